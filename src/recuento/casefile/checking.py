"""Check the arithmetic of a document: bytes to text, text to figures, figures to findings."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.check import check
from recuento.errors import Fault, FaultsFound
from recuento.model.finding import Finding
from recuento.preserve.extract import extract
from recuento.read import language_of, read_figures
from recuento.values.bilingual import Language


@dataclass(frozen=True, slots=True)
class Checked:
    """A document whose arithmetic was checked: its text as read, the language it was read in, what does not add up."""

    name: str
    text: str
    language: Language
    findings: tuple[Finding, ...]

    def line_of(self, finding: Finding) -> int:
        """The line of the text on which the words of a finding begin, from 1."""
        return self.text.count("\n", 0, finding.place.start) + 1


def check_document(data: bytes, name: str) -> Checked:
    """Check a document of any kind that can be read; `name` tells the kind where the bytes leave it open.

    Raises FaultsFound with the reason where no text can be read from it.
    """
    found = extract(data, name)
    if found.text is None:
        why = found.unreadable
        raise FaultsFound(name, [Fault(name, why.en, why.es) if why else Fault(name, "no text", "no hay texto")])
    return check_text(found.text, name)


def check_text(text: str, name: str = "-") -> Checked:
    """Check a text; its own language decides how its numbers are read."""
    language = language_of(text) or "es"
    return Checked(name, text, language, tuple(check(text, read_figures(text), language)))
