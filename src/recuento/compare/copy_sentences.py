"""Sentences, words and numerals of a text, each with its place, as copies are compared by them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"(?<=[.!?…])[\"”»’')\]]*\s+(?=[\"“«‘'(\[¿¡—–-]*[A-ZÁÉÍÓÚÑÜ\d])|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Sr|Sra|Dr|Dra|Gral|Cnel|Cap|Lic|Ing|Mr|Mrs|Ms|Gen|Col|Lt|Sgt|Gov|Sen|Rep|St|No|núm|art|EE|UU|pág|vs)|\b[A-Z])\.$"
)
_TOKEN = re.compile(r"\d+(?:[.,'’\u00a0\u2009\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]")


_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, numeral or mark, and where it stands in the text."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is of letters."""
        return self.text[0].isalpha()

    @property
    def is_numeral(self) -> bool:
        """Whether it is of digits."""
        return self.text[0].isdigit()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with its words, numerals and marks."""

    start: int
    end: int
    tokens: tuple[Token, ...]


def sentences_in(text: str) -> list[Sentence]:
    """Every sentence that holds a word or numeral, in order. An empty line ends one."""
    return [sentence_at(text, start, end) for start, end in spans_in(text)]


def spans_in(text: str) -> list[tuple[int, int]]:
    """Where the sentences start and end; cheaper than to read their words."""
    found = []
    start = 0
    for match in _END.finditer(text):
        if "\n" in match.group() or _ABBREVIATION.search(text, max(start, match.start() - 6), match.start()) is None:
            found.append((start, match.start()))
            start = match.end()
    found.append((start, len(text)))
    return [(start, end) for start, end in found if _WORD.search(text, start, end)]


def sentence_at(text: str, start: int, end: int) -> Sentence:
    """The sentence there with its words; its bounds shrink to them."""
    tokens = tuple(Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text, start, end))
    return Sentence(tokens[0].start, tokens[-1].end, tokens)
