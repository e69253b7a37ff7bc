"""Words that proofs and sentences share: bounds, terms, readings, and what a figure said.

Nothing here decides anything: it reads results that have been verified.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from recuento.model.balance import Bound
from recuento.model.claim import Claim
from recuento.model.ledger import Ledger
from recuento.values.bilingual import Language
from recuento.values.quantity import Quantity
from recuento.values.wording import number_text

Speaker = Callable[[Claim], str]
"""What a page calls the speaker of a claim; whoever publishes decides it."""

_T = TypeVar("_T")


def bound_words(bound: Bound, language: Language) -> str:
    """The range in words: "between 792 and 1,889", "at least 792; no limit known"."""
    low = number_text(bound.low, language)
    if bound.high is None:
        if bound.low == 0:
            return pick(language, "nada lo acota", "nothing bounds it")
        return pick(language, f"al menos {low}; no se conoce un límite", f"at least {low}; no limit known")
    if bound.low == bound.high:
        return low
    high = number_text(bound.high, language)
    if bound.low == 0:
        return pick(language, f"a lo sumo {high}", f"at most {high}")
    return pick(language, f"entre {low} y {high}", f"between {low} and {high}")


def readings_words(ids: Iterable[str], ledger: Ledger, language: Language) -> list[str]:
    """The readings of those ids in words, in a fixed order."""
    wanted = frozenset(ids)
    return [r.words.text(language) for r in sorted(ledger.readings, key=lambda r: r.id) if r.id in wanted]


def said_words(quantity: Quantity, language: Language) -> str:
    """The words of a figure with its number put back where the table left an N."""
    words = quantity.words
    if " km" in words:
        return words
    for letter, value in zip("NM", quantity.stated, strict=False):
        words = re.sub(rf"\b{letter}\b", number_text(value, language), words, count=1)
    return words


def term_words(ledger: Ledger, term: str, language: Language) -> str:
    """The words of a term; its id where the ledger has none."""
    found = ledger.term(term)
    return found.words.text(language) if found is not None and found.words.text(language) else term


def joined(parts: Sequence[str], language: Language) -> str:
    """The parts as a list in a sentence: "a, b y c", with "e" before the sound of an i."""
    if len(parts) < 2:
        return "".join(parts)
    last = parts[-1]
    also = "and"
    if language == "es":
        also = "e" if re.match(r"h?i(?!e)", last.lower()) else "y"
    return f"{', '.join(parts[:-1])} {also} {last}"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def pick(language: Language, es: _T, en: _T) -> _T:
    """The one of the two that the language asks for."""
    return es if language == "es" else en
