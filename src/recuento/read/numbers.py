"""The numbers of a text with the words that bound them: "al menos 11", "between 400 and 500", "dozens of".

Years, dates, ages, hours, article and prison numbers are told apart from counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from recuento.read.counting import count_words
from recuento.read.folding import plain
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.readings import Span
from recuento.read.tokens import Tokens
from recuento.values.bilingual import Language
from recuento.values.number_words import Convention, number_at, number_starts, value_of
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.values.vague_words import ABOUT, COMPARISONS, LEAST

_LONGEST_BOUND = 3
_MARKS = frozenset("<>,;:.()-[]")
_VAGUE_HEADS = frozenset(words.split()[0] for words in (*LEAST, *ABOUT))
_MAGNITUDES = {
    "mil": 1_000, "millón": 1_000_000, "millones": 1_000_000, "millon": 1_000_000,
    "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "hundred": 100,
}  # fmt: skip
_NOT_COUNTS_BEFORE = words_of("not_counts_before")
_HAPPENINGS = frozenset(["died", "injured", "escaped", "recaptured", "released", "captured", "transferred"])
_AGE_AFTER = frozenset(["años", "year-old", "years-old"])
_UNITS = {
    "por ciento": "percent", "per cent": "percent", "percent": "percent", "%": "percent", "porciento": "percent",
}  # fmt: skip
_MEASURED = words_of("measured")


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A quantity and the tokens of its words; `bound` includes the words that bound it. `unit` is "percent" or None."""

    span: Span
    quantity: Quantity
    unit: str | None = None


def numbers_in(tokens: Tokens, first: int, last: int, lexicon: Lexicon, convention: Convention) -> list[NumberFound]:
    """All quantities between two tokens, in order; one token belongs to one quantity at most."""
    return _NumberFinder(tokens, last, lexicon, convention).find(first)


class _NumberFinder:
    def __init__(self, tokens: Tokens, last: int, lexicon: Lexicon, convention: Convention) -> None:
        self.tokens, self.last, self.lexicon, self.convention = tokens, last, lexicon, convention

    def find(self, first: int) -> list[NumberFound]:
        found: list[NumberFound] = []
        starters, tags, lows = _starters(self.lexicon.language), self.tokens.tag, self.tokens.low
        place = first
        for k in [k for k in range(first, self.last) if tags[k] == "#" or lows[k] in starters or "-" in lows[k]]:
            here = self._quantity_at(k, first) if k >= place else None
            if here is not None:
                found.append(here)
                place = max(here.span[1], k + 1)
        return found

    def _quantity_at(self, k: int, first: int) -> NumberFound | None:
        """A quantity whose number, or whose vague word, begins at `k`."""
        low = self.tokens.low[k]
        if low in ("ni", "not") or low in _ZERO:
            return self._zero(k)
        vague = self._vague(k, first)
        if vague is not None:
            return vague
        number = self._number(k)
        if number is None or self._is_no_count(k, number[1], number[0], first):
            return None
        value, end = number
        begin, comparison = self._bound(k, first)
        other = self._other_end(end, begin, comparison)
        if other is not None:
            high, end = other
            if high < value:
                value, high = high, value
            return self._made(begin, end, Comparison.RANGE, (value, high))
        if comparison is Comparison.RANGE:
            begin, comparison = k, None
        return self._made(begin, end, comparison or Comparison.EQ, (value,))

    def _made(self, begin: int, end: int, comparison: Comparison, stated: tuple[Number, ...]) -> NumberFound:
        unit, end = self._unit(end)
        whole = stated
        if comparison in (Comparison.APPROX, Comparison.NEARLY) and not all(isinstance(n, int) for n in stated):
            comparison = Comparison.APPROX if all(n == int(n) for n in stated) else Comparison.EQ
            whole = tuple(int(n) if n == int(n) else n for n in stated)
        quantity = quantity_from(comparison, whole, self.tokens.slice(begin, end))
        return NumberFound((begin, end), quantity, unit)

    def _unit(self, end: int) -> tuple[str | None, int]:
        low = self.tokens.low
        if end < self.last and low[end] in _UNITS:
            return _UNITS[low[end]], end + 1
        if end + 1 < self.last and f"{low[end]} {low[end + 1]}" in _UNITS:
            return "percent", end + 2
        return None, end

    # Numbers.

    def _number(self, k: int) -> tuple[Number, int] | None:
        """The number that begins at `k` and the token after it."""
        tokens = self.tokens
        if k >= self.last:
            return None
        if tokens.tag[k] == "#":
            value = self._digits(k)
            if value is None:
                return None
            return self._magnified(value, k + 1)
        if tokens.tag[k] in "wXDNSQVP" or tokens.low[k] in ("a", "an", "un", "una", "uno", "one"):
            return self._words(k)
        return None

    def _digits(self, k: int) -> Number | None:
        word = self.tokens.word[k]
        return value_of(word, self.convention, self.lexicon.language) if word[-1].isdigit() else None

    def _magnified(self, value: Number, k: int) -> tuple[Number, int] | None:
        """ "1,5 millones", "3 mil 500"."""
        tokens, total = self.tokens, value
        while k < self.last and tokens.low[k] in _MAGNITUDES:
            total = total * _MAGNITUDES[tokens.low[k]]
            k += 1
            if k < self.last and tokens.low[k - 1] == "mil" and tokens.tag[k] == "#":
                rest = self._digits(k)
                if isinstance(rest, int) and rest < 1_000:
                    return _whole(total) + rest, k + 1
        return _whole(total), k

    def _words(self, k: int) -> tuple[Number, int] | None:
        tokens, language = self.tokens, self.lexicon.language
        low = tokens.low[k]
        if low == "medio" and language == "es" and k + 1 < self.last and tokens.low[k + 1] in ("millón", "millon"):
            return 500_000, k + 2
        read = number_at(tokens.low[k : min(self.last, k + 14)], 0, language)
        if read is None:
            return (1, k + 1) if low in ("a", "an") and language == "en" and self._is_one_person(k) else None
        if read.value == 1 and read.words == 1 and not self._is_one_person(k):
            return None
        return read.value, k + read.words

    def _is_one_person(self, k: int) -> bool:
        """Whether "un", "a" or "one" counts somebody to whom something happened: "la muerte de un militar"."""
        words, low = count_words(self.lexicon.language), self.tokens.low
        noun = next((m for m in range(k + 1, min(self.last, k + 4)) if low[m] in words.who), None)
        if noun is None or any(self.tokens.tag[m] in "VQ,P" for m in range(k + 1, noun)):
            return False
        near = [*range(max(0, k - 3), k), *range(k + 1, min(self.last, noun + 4))]
        happened = [m for m in near if words.event.get(low[m]) in _HAPPENINGS]
        return any(m < k or not any(self.tokens.tag[n] in "Q,.;" for n in range(noun + 1, m)) for m in happened)

    # Bounds.

    def _bound(self, k: int, first: int) -> tuple[int, Comparison | None]:
        """Where the words that bound the number at `k` begin, and what they say."""
        tokens = self.tokens
        start = k
        if start > first and tokens.low[start - 1] in ("los", "las", "the", "of", "de") and start - 1 > first:
            inner = self._bound_words(start - 1, first)
            if inner is not None and tokens.low[start - 1] in ("los", "las", "the"):
                return inner
        found = self._bound_words(start, first)
        return found if found is not None else (k, None)

    def _bound_words(self, k: int, first: int) -> tuple[int, Comparison] | None:
        low = self.tokens.low
        for length in range(_LONGEST_BOUND, 0, -1):
            if k - length < first:
                continue
            if self.tokens.tag[k - length] in _MARKS:
                continue
            words = plain(" ".join(low[k - length : k]))
            found = COMPARISONS.get(words[:-1] if words.endswith(" del") else words)
            if found is None or found in (Comparison.NONE, Comparison.UNKNOWN):
                continue
            negated = k - length > first and low[k - length - 1] in ("no", "not", "ni")
            if negated and found in (Comparison.GT, Comparison.LT):
                return k - length - 1, Comparison.LE if found is Comparison.GT else Comparison.GE
            return k - length, found
        return None

    def _other_end(self, end: int, begin: int, comparison: Comparison | None) -> tuple[Number, int] | None:
        """The other end of a range: "entre 400 y 500", "400 to 500", "400-500"."""
        tokens = self.tokens
        if end + 1 >= self.last:
            return None
        low = tokens.low[end]
        joins = (comparison is Comparison.RANGE and low in ("y", "and", "e")) or (
            comparison in (None, Comparison.APPROX) and low in ("a", "to", "–", "-", "o", "or")
        )
        if not joins:
            return None
        other = self._number(end + 1)
        if other is None:
            return None
        if (
            low in ("o", "or", "a", "to")
            and comparison is not Comparison.RANGE
            and tokens.tag[end + 1] != "#"
            and tokens.tag[end - 1] == "#"
        ):
            return None
        return other

    # Vague words and none.

    def _vague(self, k: int, first: int) -> NumberFound | None:
        tokens = self.tokens
        folded = plain(tokens.low[k])
        if folded not in _VAGUE_HEADS or (k > first and tokens.low[k - 1] in ("how", "so", "as", "too", "tan", "very")):
            return None
        for length in range(4, 0, -1):
            if k + length > self.last or not tokens.word[k + length - 1][0].isalnum():
                continue
            words = plain(" ".join(tokens.low[k : k + length]))
            if words in ABOUT:
                begin, comparison = self._bound(k, first)
                return self._made(begin, k + length, comparison or Comparison.APPROX, (ABOUT[words],))
            if words in LEAST and self._is_quantifier(k, k + length, words):
                begin = k
                return self._made_vague(begin, k + length, LEAST[words])
        return None

    def _made_vague(self, begin: int, end: int, least: int) -> NumberFound:
        quantity = quantity_from(Comparison.VAGUE, (least,), self.tokens.slice(begin, end))
        return NumberFound((begin, end), quantity)

    def _is_quantifier(self, begin: int, end: int, words: str) -> bool:
        """Whether a vague word counts something: a noun, or "of them", must follow; "unos 300" is a bound instead."""
        if end >= self.last:
            return words in (
                "varios",
                "muchos",
                "decenas",
                "dozens",
                "hundreds",
                "cientos",
                "many",
                "several",
                "algunos",
            )
        tag, low = self.tokens.tag[end], self.tokens.low[end]
        if words in ("unos", "unas", "some") and (tag == "#" or self._number(end) is not None):
            return False
        if words in ("miles",) and self.lexicon.language == "en":
            return False
        if words in ("algun", "alguno", "alguna", "tens", "couple of", "few", "pocos") and tag not in "wX":
            return words in ("few", "pocos") and low in ("of", "de")
        if begin > 0 and self.tokens.tag[begin - 1] == "#":
            return False
        return tag in "wX<>qV" or low in ("de", "of", "más", "more", "los", "other", "otros", "otras")

    def _zero(self, k: int) -> NumberFound | None:
        """ "ningún muerto", "no deaths", «ni uno», "nobody"."""
        tokens = self.tokens
        low = tokens.low[k]
        end = k + 1
        if low in ("ni", "not"):
            if end < self.last and tokens.low[end] in ("un", "uno", "una", "one", "a"):
                end += 2 if tokens.low[end] == "a" and end + 1 < self.last and tokens.low[end + 1] == "single" else 1
            else:
                return None
            if low == "not" and end - k < 2:
                return None
        elif low in ("no", "sin", "without") and not (
            end < self.last and tokens.tag[end] in "wX<" and not self._is_verb(k)
        ):
            return None
        quantity = quantity_from(Comparison.NONE, (), tokens.slice(k, end))
        return NumberFound((k, end), quantity)

    def _is_verb(self, k: int) -> bool:
        """Whether "no" is the Spanish negation of a verb rather than the English "no deaths"."""
        return self.lexicon.language == "es" and self.tokens.low[k] == "no"

    # What is no count.

    def _is_hour(self, k: int, end: int, value: Number, before: str, after: str) -> bool:
        """Whether the number is a time of day: "at eight", "by six we held", «hasta las cinco de la tarde»."""
        if value > 24 or (end < self.last and self.tokens.tag[end] in "wX#" and after not in ("in", "am", "pm")):
            return False
        if self.lexicon.language == "en":
            verbs = (self.tokens.form[m] for m in range(max(0, k - 10), k))
            if any(form is not None and "y" in form.verbs[0].frames for form in verbs):
                return False
            return before in ("at", "by", "until", "since") and value <= 12 and after != "of" and after != "%"
        return before == "las" and k > 1 and self.tokens.low[k - 2] in ("a", "hasta", "desde", "sobre", "de")

    def _is_no_count(self, k: int, end: int, value: Number, first: int) -> bool:
        tokens, low = self.tokens, self.tokens.low
        before = low[k - 1] if k > first else ""
        after = low[end] if end < self.last else ""
        if before in _NOT_COUNTS_BEFORE or (
            before == "." and k > first + 1 and low[k - 2] in ("no", "n", "núm", "art")
        ):
            return True
        if before in ("nº", "#", "$", "€", "£", "us$", "@", "°", "º") or tokens.word[k].startswith(("#", "@")):
            return True
        if self._is_hour(k, end, value, before, after) or (before in ("of", "de") and low[k - 2] in ("age", "edad")):
            return True
        if after in _AGE_AFTER or after in _MEASURED or after in ("°", "º", "ª", "h", "kg", "km", "$", "€"):
            return True
        if (
            after == "/"
            or before == "/"
            or (
                after == ":"
                and tokens.start[end] == tokens.end[end - 1]
                and end + 1 < self.last
                and tokens.tag[end + 1] == "#"
            )
        ):
            return True
        if before == ":" and k > first + 1 and tokens.tag[k - 2] == "#":
            return True
        months = self.lexicon.lists["month"]
        if (
            isinstance(value, int)
            and value <= 31
            and (before in months or after in months or self._day_of_month(k, end))
        ):
            return True
        if (
            tokens.tag[k] == "#"
            and end == k + 1
            and _looks_like_year(tokens.word[k])
            and self._is_year(k, end, before, after)
        ):
            return True
        if self._is_name_number(k, first, before):
            return True
        return value == 1 and tokens.tag[k] != "#" and not self._is_one_person(k)

    def _day_of_month(self, k: int, end: int) -> bool:
        """«3 de enero», "3rd of January"."""
        low, months = self.tokens.low, self.lexicon.lists["month"]
        return end + 1 < self.last and low[end] in ("de", "of") and low[end + 1] in months

    def _is_year(self, k: int, end: int, before: str, after: str) -> bool:
        lists = self.lexicon.lists
        if (
            before
            in (
                "in",
                "en",
                "of",
                "de",
                "del",
                "since",
                "desde",
                "until",
                "hasta",
                "by",
                "during",
                "durante",
                ",",
                "(",
                "early",
                "late",
                "mid",
            )
            or before in lists["month"]
        ):
            return not (before in ("de", "of", "hasta", "by") and self._counts_people(end))
        return not self._counts_people(end)

    def _counts_people(self, end: int) -> bool:
        """Whether a noun that may be counted follows: a word for people, or a plural."""
        if end >= self.last or self.tokens.tag[end] not in "wX":
            return False
        low = self.tokens.low[end]
        return low in count_words(self.lexicon.language).who or low.endswith("s")

    def _is_name_number(self, k: int, first: int, before: str) -> bool:
        """Part of a name: "Unit 12", «CP 3», "Boeing 737": a capitalised word right before, inside the sentence."""
        tokens = self.tokens
        if k <= first or tokens.tag[k] != "#" or tokens.tag[k - 1] != "X":
            return False
        return k - 1 > first and tokens.tag[k - 2] != "." and not self._counts_people(k + 1)


_ZERO = words_of("zero")


def _looks_like_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in ("18", "19", "20")


def _whole(value: Number) -> Number:
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


@cache
def _starters(language: Language) -> frozenset[str]:
    """The words with which a quantity may begin, with and without accents."""
    vague = {word for word in _VAGUE_HEADS if word} | {"algún", "ningún"}
    return frozenset({*number_starts(language), *vague, *_ZERO, "ni", "not", "medio", "a", "an", "un", "una"})
