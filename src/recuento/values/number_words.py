"""Numbers written in words or digits, in Spanish and English.

"mil quinientos" is 1,500; "twenty-one" is 21; "3.400" is 3,400 in Spain and 3.4 in English: digits are read
under a convention, which is told from all the numbers of a text together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from recuento.values.bilingual import Language
from recuento.values.quantity import Number

Convention = Literal["point", "comma", "unknown"]
"""What stands before decimals: "point" (11,000.5), "comma" (11.000,5), or it cannot be told."""

_SPANISH = {
    "cero": 0, "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
    "dieciséis": 16, "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20,
    "veintiuno": 21, "veintiún": 21, "veintiun": 21, "veintiuna": 21, "veintidós": 22, "veintidos": 22,
    "veintitrés": 23, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiséis": 26, "veintiseis": 26,
    "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "treinta": 30, "cuarenta": 40, "cincuenta": 50,
    "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100,
    "doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500, "seiscientos": 600,
    "setecientos": 700, "ochocientos": 800, "novecientos": 900,
    "doscientas": 200, "trescientas": 300, "cuatrocientas": 400, "quinientas": 500, "seiscientas": 600,
    "setecientas": 700, "ochocientas": 800, "novecientas": 900,
}  # fmt: skip
_ENGLISH = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES: dict[Language, dict[str, int]] = {
    "es": {
        "mil": 1_000,
        "millón": 1_000_000,
        "millon": 1_000_000,
        "millones": 1_000_000,
        "billón": 10**12,
        "billon": 10**12,
        "billones": 10**12,
    },
    "en": {
        "hundred": 100,
        "thousand": 1_000,
        "lakh": 100_000,
        "million": 1_000_000,
        "crore": 10_000_000,
        "billion": 1_000_000_000,
        "trillion": 10**12,
    },
}
_SIMPLE: dict[Language, dict[str, int]] = {"es": _SPANISH, "en": _ENGLISH}
_HYPHENS = re.compile(r"[-‐‑]")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u2009\u202f ]\d{3})+")
_WITH_DECIMALS = re.compile(r"(\d{1,3}(?:[.,'’\u00a0\u2009\u202f ]\d{3})+|\d+)[.,](\d+)")
_SPACES = re.compile(r"['’\u00a0\u2009\u202f ]")


@dataclass(frozen=True, slots=True)
class NumberRead:
    """A number and how many words it took."""

    value: int
    words: int


def number_at(words: Sequence[str], start: int, language: Language) -> NumberRead | None:
    """Read the number in words that begins at `words[start]` (lower case), as long as it goes, or None.

    A hyphenated English number ("twenty-one") may be one word. "una" and "one" are read as 1: whether they are
    meant as a number is for the caller to judge.
    """
    return _NumberReader(words, language).read(start)


@cache
def number_starts(language: Language) -> frozenset[str]:
    """The words with which a number may begin; a hyphenated English one begins with one of them."""
    return frozenset(_SIMPLE[language]) | frozenset(_SCALES[language]) | {"a"}


def number_in(text: str, language: Language) -> int | None:
    """The value of a text that is one number in words and nothing else, or None."""
    words = text.casefold().split()
    read = number_at(words, 0, language)
    return read.value if read is not None and read.words == len(words) else None


class _NumberReader:
    """Reads one number: groups below a thousand, each closed by a scale, in falling order."""

    def __init__(self, words: Sequence[str], language: Language) -> None:
        self.words = words
        self.language = language

    def read(self, start: int) -> NumberRead | None:
        total, place, last_scale = 0, start, 10**15
        while True:
            group, after = self._group(place if place == start else self._past_and(place))
            scale = self._scale(after)
            if scale is None or scale >= last_scale:
                if group is not None and (place == start or group < last_scale):
                    total, place = total + group, after
                break
            if group is None and place != start:
                break
            if group is None and not self._may_stand_alone(after):
                return None
            total, place, last_scale = total + (1 if group is None else group) * scale, after + 1, scale
            upper = self._scale(place)
            if upper is not None and upper > scale:
                total, place, last_scale = total * upper, place + 1, upper
        return NumberRead(total, place - start) if place > start else None

    def _may_stand_alone(self, at: int) -> bool:
        """Spanish says "mil"; English does not say "thousand" without a number."""
        return self.language == "es" and self.words[at] == "mil"

    def _scale(self, at: int) -> int | None:
        if at >= len(self.words):
            return None
        scale = _SCALES[self.language].get(self.words[at])
        return scale if scale != 100 else None

    def _group(self, at: int) -> tuple[int | None, int]:
        """A number below 1,000 from `at`, and the place after it."""
        value, limit, place = None, 1_000, at
        while True:
            here = place if value is None else self._past_and(place, value)
            number = self._simple(here)
            if number is None or number >= limit or (number == 0 and value is not None):
                break
            value = number + (value or 0)
            place, limit = here + 1, _below(number)
            if self.language == "en" and (value < 20 or value % 10) and value < 100 and self._is_hundred(place):
                value, place, limit = value * 100, place + 1, 100
            if limit <= 1:
                break
        return value, place

    def _is_hundred(self, at: int) -> bool:
        return at < len(self.words) and self.words[at] == "hundred"

    def _simple(self, at: int) -> int | None:
        if at >= len(self.words):
            return None
        word = self.words[at]
        found = _SIMPLE[self.language].get(word)
        if found is None and self.language == "en" and len(word) > 6:
            parts = _HYPHENS.split(word)
            if len(parts) == 2:
                tens, unit = _ENGLISH.get(parts[0]), _ENGLISH.get(parts[1])
                if tens is not None and unit is not None and tens >= 20 and 0 < unit < 10:
                    return tens + unit
        if found is None and word == "a" and self.language == "en" and at + 1 < len(self.words):
            return 1 if self.words[at + 1] in _SCALES["en"] else None
        return found

    def _past_and(self, at: int, value: int | None = None) -> int:
        """The place after "y" or "and" where the grammar allows one there, else `at`."""
        if at + 1 >= len(self.words):
            return at
        if self.language == "es":
            tens = value is not None and value % 100 >= 30 and value % 10 == 0
            unit = self._simple(at + 1)
            return at + 1 if self.words[at] == "y" and tens and unit is not None and 0 < unit < 10 else at
        small = self._simple(at + 1)
        rounded = value is None or value % 100 == 0
        joins = self.words[at] == "and" and rounded and small is not None and small < 100
        return at + 1 if joins and not self._is_hundred(at + 2) and self._scale(at + 2) is None else at


def _below(number: int) -> int:
    """What may still follow a simple number inside a group: less than its last place."""
    if number >= 100:
        return 100
    return 10 if number >= 20 and number % 10 == 0 else 1


def convention_of(numerals: Iterable[str]) -> Convention:
    """Tell from all the numerals of a text what stands before decimals; "unknown" where they disagree or are silent."""
    votes = {vote for numeral in numerals if (vote := _vote(numeral)) is not None}
    if len(votes) != 1:
        return "unknown"
    return votes.pop()


def _vote(numeral: str) -> Convention | None:
    points, commas = numeral.count("."), numeral.count(",")
    if points and commas:
        return "point" if numeral.rfind(".") > numeral.rfind(",") else "comma"
    if points > 1 or commas > 1:
        return "comma" if points > 1 else "point"
    if points or commas:
        mark = "." if points else ","
        before, after = numeral.split(mark)
        decimals = len(after) != 3 or len(before) > 3 or before.startswith("0")
        if decimals:
            return "point" if points else "comma"
        return "comma" if points else "point"
    return None


_LONGEST = 40
"""More characters than any count has: a longer row of digits is an account number, or noise."""


def value_of(numeral: str, convention: Convention, language: Language) -> Number | None:
    """The value of a numeral in digits. Where the convention is unknown the language decides; None if it is no number.

    A single mark before exactly three digits is a mark of thousands unless the convention says otherwise.
    """
    if len(numeral) > _LONGEST:
        return None
    plain = _SPACES.sub("", numeral)
    if plain.isdecimal():
        return int(plain)
    if convention == "unknown":
        convention = "comma" if language == "es" else "point"
    thousands, decimals = (",", ".") if convention == "point" else (".", ",")
    if _GROUPED.fullmatch(numeral) and decimals not in numeral:
        return int(plain.replace(thousands, ""))
    match = _WITH_DECIMALS.fullmatch(numeral)
    if match is None:
        return None
    whole, fraction = _SPACES.sub("", match.group(1)), match.group(2)
    mark = numeral[match.end(1)]
    if mark == decimals and decimals not in whole:
        return Decimal(f"{whole.replace(thousands, '')}.{fraction}")
    if len(fraction) == 3 and whole.isdecimal():
        return int(whole + fraction)
    return Decimal(f"{whole}.{fraction}") if whole.isdecimal() else None
