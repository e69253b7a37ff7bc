"""What is compared to find copies: a document's text with its outlet, day and language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from recuento.compare.copy_words import small_words
from recuento.values.bilingual import Language
from recuento.values.names import fold
from recuento.values.partial_date import PartialDate

_CHARACTERS_ENOUGH = 3_000
_TONGUES: tuple[tuple[Language, Language], ...] = (("es", "en"), ("en", "es"))


@dataclass(frozen=True)
class CopyText:
    """One document as it is compared. `document` is its SHA-256; `published` and `outlet` may be unknown."""

    document: str
    text: str
    outlet: str = ""
    published: PartialDate | None = None
    language: str | None = None
    author: str = ""

    @cached_property
    def order(self) -> tuple[object, ...]:
        """Sorts the earliest first; of one day the longest, which copies trim; documents without a day last."""
        day = self.published
        return (day is None, day.first.toordinal() if day else 0, -len(self.text), self.document)

    @property
    def words(self) -> list[str]:
        """The folded words of the text; not kept, as an archive of them would fill the memory."""
        return fold(self.text).split()

    @cached_property
    def tongue(self) -> Language | None:
        """Spanish or English: as the document is described, else by its commonest words; None for any other."""
        if self.language:
            return "es" if self.language.lower().startswith("es") else "en" if self._says_english else None
        words = fold(self.text[:_CHARACTERS_ENOUGH]).split()
        spanish, english = (
            sum(map((small_words(tongue) - small_words(other)).__contains__, words)) for tongue, other in _TONGUES
        )
        if max(spanish, english) <= 1.5 * min(spanish, english):
            return None
        return "es" if spanish > english else "en"

    @property
    def _says_english(self) -> bool:
        return (self.language or "").lower().startswith("en")


def days_between(one: PartialDate | None, other: PartialDate | None) -> int | None:
    """The least number of days two dates can lie apart, None where one is not known."""
    if one is None or other is None:
        return None
    if one.first <= other.last and other.first <= one.last:
        return 0
    return min(abs((one.first - other.last).days), abs((other.first - one.last).days))
