"""The figures of a text by value, in digits under either convention or in words, so that languages can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recuento.compare.copy_sentences import Sentence, Token
from recuento.values.bilingual import Language
from recuento.values.number_words import Convention, convention_of, number_at, number_starts, value_of
from recuento.values.quantity import Number

_SCALES = {"mil": 1_000, "thousand": 1_000, "millón": 10**6, "millon": 10**6, "millones": 10**6, "million": 10**6}
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)+")
_DIGITS_MOST = 20
_DOZENS = frozenset({"docena", "docenas", "dozen"})
_HALVES = frozenset({"media", "half"})


@dataclass(frozen=True, slots=True)
class FigureRead:
    """A number and the tokens it took in its sentence, end exclusive."""

    value: Number
    first: int
    last: int


def convention_in(text: str) -> Convention:
    """What stands before decimals in this text, told from all its numerals."""
    return convention_of(_NUMERAL.findall(text))


def figures_in(sentence: Sentence, language: Language, convention: Convention) -> list[FigureRead]:
    """Every number of a sentence in order, also 2 in words; "un", "una" and "one" alone are no figure."""
    words = [token.text.lower() for token in sentence.tokens]
    starts = number_starts(language)
    found: list[FigureRead] = []
    place = 0
    while place < len(words):
        read = _figure_at(sentence.tokens, words, place, language, convention, starts)
        if read is not None:
            found.append(read)
        place = read.last if read is not None else place + 1
    return found


def _figure_at(
    tokens: Sequence[Token],
    words: Sequence[str],
    place: int,
    language: Language,
    convention: Convention,
    starts: frozenset[str],
) -> FigureRead | None:
    dozen = _dozen_at(words, place, language)
    if dozen is not None:
        return dozen
    if tokens[place].is_numeral and len(words[place]) <= _DIGITS_MOST:
        value, last = value_of(words[place], convention, language), place + 1
        while value is not None and last < len(words) and words[last] in _SCALES:
            value, last = value * _SCALES[words[last]], last + 1
        return None if value is None else FigureRead(_whole(value), place, last)
    if words[place] not in starts and words[place].split("-")[0] not in starts:
        return None
    read = number_at(words, place, language)
    if read is None or (read.value == 1 and read.words == 1):
        return None
    return FigureRead(read.value, place, place + read.words)


def _dozen_at(words: Sequence[str], place: int, language: Language) -> FigureRead | None:
    """«media docena», "two dozen", «una docena»."""
    if words[place] in _HALVES and _DOZENS.intersection(words[place + 1 : place + 3]):
        return FigureRead(6, place, place + (2 if words[place + 1] in _DOZENS else 3))
    if place + 1 < len(words) and words[place + 1] in _DOZENS:
        if words[place] in ("una", "a", "one"):
            return FigureRead(12, place, place + 2)
        read = number_at(words[place : place + 1], 0, language)
        if read is not None:
            return FigureRead(12 * read.value, place, place + 2)
    return None


def _whole(value: Number) -> Number:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
