"""Numbers in digits and in words, with their scale: "1,5 millones", "two and a half thousand", «3 mil 500»."""

from __future__ import annotations

import re
from decimal import Decimal

from recuento.read.text.count_words import count_words
from recuento.read.text.lexicon import Lexicon
from recuento.read.text.tokens import Tokens
from recuento.values.number_words import Convention, number_at, value_of
from recuento.values.quantity import Number

MAGNITUDES = {
    "mil": 1_000, "millón": 1_000_000, "millones": 1_000_000, "millon": 1_000_000,
    "billón": 10**12, "billones": 10**12, "billon": 10**12, "thousand": 1_000, "million": 1_000_000, "hundred": 100,
    "billion": 1_000_000_000, "trillion": 10**12, "lakh": 100_000, "lakhs": 100_000, "crore": 10_000_000,
    "crores": 10_000_000, "mn": 1_000_000, "bn": 1_000_000_000,
}  # fmt: skip
"""What a word after a number multiplies it by; lakh and crore as the papers of South Asia say."""
_LETTERS = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "b": 1_000_000_000, "bn": 1_000_000_000}
_LETTERED = re.compile(r"(\d[\d.,]*)(k|mn?|bn?)")
_OF_A_MILLION = {
    ("a", "quarter", "of", "a", "million"): 250_000, ("three", "quarters", "of", "a", "million"): 750_000,
    ("un", "cuarto", "de", "millón"): 250_000, ("tres", "cuartos", "de", "millón"): 750_000,
}  # fmt: skip
_FURTHER = frozenset([
    "further", "additional", "total", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "last", "former",
])  # fmt: skip
HAPPENINGS = frozenset(["died", "injured", "escaped", "recaptured", "released", "captured", "transferred"])
"""Events that befall one person."""
_PEOPLE = frozenset(["inmate", "agent", "official", "leader", "woman", "child", "relative", "person"])


class Numerals:
    """Reads the numbers of one text, bare of what bounds them."""

    def __init__(self, tokens: Tokens, last: int, lexicon: Lexicon, convention: Convention) -> None:
        self.tokens, self.last, self.lexicon, self.convention = tokens, last, lexicon, convention

    def number(self, k: int) -> tuple[Number, int] | None:
        """The number that begins at `k` and the token after it, with the half that may follow it."""
        read = self._number_alone(k)
        return read if read is None else self._and_a_half(*read)

    def _and_a_half(self, value: Number, end: int) -> tuple[Number, int]:
        """ "Two and a half thousand", «dos millones y medio», «uno y medio»."""
        low = self.tokens.low
        if low[end : end + 3] == ["and", "a", "half"] and end + 3 <= self.last:
            if low[end - 1] in MAGNITUDES:
                return whole(value + Decimal("0.5") * MAGNITUDES[low[end - 1]]), end + 3  # "A million and a half".
            scale = MAGNITUDES.get(low[end + 3], 0) if end + 3 < self.last else 0
            return whole((value + Decimal("0.5")) * (scale or 1)), end + 3 + bool(scale)
        if low[end : end + 2] in (["y", "medio"], ["y", "media"]) and end + 2 <= self.last:
            return whole(value + Decimal("0.5") * MAGNITUDES.get(low[end - 1], 1)), end + 2
        return value, end

    def _number_alone(self, k: int) -> tuple[Number, int] | None:
        tokens = self.tokens
        if k >= self.last:
            return None
        if tokens.tag[k] == "#":
            value, end = self.digits(k), k + 1
            if value is None:
                return self._lettered(k)
            if isinstance(value, int) and len(tokens.word[k]) <= 3:
                value, end = self._spaced(k, value)
            return self._magnified(value, end)
        if tokens.tag[k] in "wXDNSQVP" or tokens.low[k] in ("a", "an", "un", "una", "uno", "one"):
            return self._words(k)
        return None

    def digits(self, k: int) -> Number | None:
        """The value of the token in digits at `k`, None where it is no number."""
        word = self.tokens.word[k]
        return value_of(word, self.convention, self.lexicon.language) if word[-1].isdigit() else None

    def _lettered(self, k: int) -> tuple[Number, int] | None:
        """ "1.2m people", "40k detainees": the scale as a letter, of people or things."""
        tokens = self.tokens
        match = _LETTERED.fullmatch(tokens.low[k])
        value = value_of(match[1], self.convention, self.lexicon.language) if match is not None else None
        if match is None or value is None or k + 1 >= self.last:
            return None
        noun = tokens.low[k + 1] == "people" or (tokens.tag[k + 1] in "wX" and tokens.low[k + 1].endswith("s"))
        return (whole(value * _LETTERS[match[2]]), k + 1) if noun else None

    def _spaced(self, k: int, value: int) -> tuple[int, int]:
        """Groups of three digits with spaces between them: "2 350" is one number."""
        tokens, end = self.tokens, k + 1
        while end < self.last and tokens.tag[end] == "#" and tokens.start[end] == tokens.end[end - 1] + 1:
            word = tokens.word[end]
            if not (len(word) == 3 and word.isdecimal() and word.isascii()) or value == 0:
                break
            value, end = value * 1_000 + int(word), end + 1
        return value, end

    def _magnified(self, value: Number, k: int) -> tuple[Number, int] | None:
        """ "1,5 millones", "3 mil 500"."""
        tokens, total = self.tokens, value
        while k < self.last and tokens.low[k] in MAGNITUDES:
            if tokens.low[k] == "mil" and value >= 1_000:
                break
            total = total * MAGNITUDES[tokens.low[k]]
            k += 1
            if k < self.last and tokens.low[k - 1] == "mil" and tokens.tag[k] == "#":
                rest = self.digits(k)
                if isinstance(rest, int) and rest < 1_000:
                    return whole(total) + rest, k + 1
        return whole(total), k

    def _words(self, k: int) -> tuple[Number, int] | None:
        tokens, language = self.tokens, self.lexicon.language
        low = tokens.low[k]
        for words, value in _OF_A_MILLION.items():
            if tuple(tokens.low[k : k + len(words)]) == words and k + len(words) <= self.last:
                return value, k + len(words)
        if low == "half" and language == "en" and tokens.low[k + 1 : k + 3] == ["a", "million"] and k + 3 <= self.last:
            return 500_000, k + 3
        if low == "medio" and language == "es" and k + 1 < self.last and tokens.low[k + 1] in ("millón", "millon"):
            return 500_000, k + 2
        read = number_at(tokens.low[k : min(self.last, k + 14)], 0, language)
        if read is None:
            single = low == "a" and tokens.low[k + 1 : k + 2] == ["single"]
            alone = low in ("a", "an") and language == "en" and (single or self.one_person(k) > k)
            return (1, k + 1) if alone else None
        end = k + read.words
        if tokens.low[end - 1] == "mil" and end < self.last and tokens.tag[end] == "#":
            rest = self.digits(end)  # «Mil 522 internos», as papers of Mexico write it.
            if isinstance(rest, int) and rest < 1_000:
                return read.value + rest, end + 1
        return read.value, end

    def one_person(self, k: int) -> int:
        """The noun of somebody to whom something happened, after "un", "a" or "one"; -1 where it is not so.

        «La muerte de un militar», "a guard was injured".
        """
        words, low = count_words(self.lexicon.language), self.tokens.low
        noun = next((m for m in range(k + 1, min(self.last, k + 4)) if low[m] in words.who), None)
        if (
            noun is None
            or words.who[low[noun]] not in _PEOPLE
            or any(self.tokens.tag[m] in "VQ,P#.;:" or low[m] in _FURTHER for m in range(k + 1, noun))
        ):
            return -1
        if noun > k + 1 and words.event.get(low[k + 1]) in ("released", "captured", "recaptured", "transferred"):
            return -1
        before = next((m for m in range(k - 1, max(-1, k - 4), -1) if self.tokens.tag[m] in ".;"), max(-1, k - 4))
        near = [*range(before + 1, k), *range(k + 1, noun), *range(noun + 1, min(self.last, noun + 4))]
        happened = [m for m in near if words.event.get(low[m]) in HAPPENINGS]
        near_enough = (m < k or not any(self.tokens.tag[n] in "Q,.;" for n in range(noun + 1, m)) for m in happened)
        return noun if any(near_enough) else -1


def whole(value: Number) -> Number:
    """The number as an integer where it is one."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value
