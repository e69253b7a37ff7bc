"""Lines of a text that list people: "12. PÉREZ GÓMEZ, ANA  V-12.345.678  34 años" and its kin, one entry a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

COLUMNS = ("line", "name", "document_number", "age", "nickname")

_NUMBERED = re.compile(r"^\s*(?:\d{1,5}\s*[.)\-–:]+|[-–•*·])\s*")
_DOCUMENT = re.compile(
    r"(?<![\w.])(?:(?:c\.?\s?i\.?|c[ée]dula|nro\.?|n[°º])[\s:.]*)?((?:[VEve]\s?[-.:]?\s?)?\d{1,2}[.,]?\d{3}[.,]?\d{3}|[VEve]\s?-?\s?\d{6,9})(?![\w])",
    re.IGNORECASE,
)
_AGE = re.compile(r"[(,;\s]\(?(?:edad[:\s]*)?(\d{1,2})\s*a[ñn]os(?:\s+de\s+edad)?\)?", re.IGNORECASE)
_NICKNAME = re.compile(
    r"[(,;\s]*(?:alias|apodad[oa]|a\.?k\.?a\.?)[\s:]+[«\"“']?([^»\"”'(),;]+)[»\"”']?\)?|[«“\"]([^»”\"]{2,30})[»”\"]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*\.?")
_SMALL = frozenset({"de", "del", "la", "las", "los", "y", "da", "dos", "di", "van", "von", "san", "santa"})
_WORDS_MAX = 9


@dataclass(frozen=True, slots=True, repr=False)
class TextEntry:
    """One line that holds a name: its number in the text (from 1), and what else stands in it."""

    number: int
    line: str
    name: str
    document_number: str = ""
    age: str = ""
    nickname: str = ""

    def cell(self, column: str) -> str:
        """The cell of one of `COLUMNS`."""
        return str(getattr(self, column))


def entries_in_text(text: str) -> list[TextEntry]:
    """The lines that look like an entry of a list, with what was read in each. Never raises.

    A line counts when, beside a number, a document number, an age and a nickname, it holds two to nine words, all of
    them written like names (capitals, or particles such as "de la"). Headings in capitals count too: a person looks
    over the import before anything is kept.
    """
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        entry = _entry(number, line)
        if entry is not None:
            found.append(entry)
    return found


def _entry(number: int, line: str) -> TextEntry | None:
    if len(line) > 300:
        return None
    rest = _NUMBERED.sub("", line.strip())
    rest, nickname = _taken(_NICKNAME, rest)
    rest, age = _taken(_AGE, rest)
    rest, document = _taken(_DOCUMENT, rest)
    name = " ".join(re.sub(r"[\t|;:/]+", " ", rest).split()).strip(" ,.-–()")
    words = _WORD.findall(name)
    leftover = re.sub(r"[\s,.\-–()]+", "", _WORD.sub("", name))
    if not 2 <= len(words) <= _WORDS_MAX or leftover or not all(_like_a_name(word) for word in words):
        return None
    return TextEntry(number, line.strip(), name, document, age, nickname)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """The text without the first match, and the words of its first group that matched."""
    match = pattern.search(text)
    if match is None:
        return text, ""
    value = next((group for group in match.groups() if group), "")
    return f"{text[: match.start()]} {text[match.end() :]}", " ".join(value.split())


def _like_a_name(word: str) -> bool:
    return word[0].isupper() or word.lower().strip(".") in _SMALL
