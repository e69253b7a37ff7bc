"""Numbers that count nobody and nothing: years, dates, hours, ages, durations, money, articles and names."""

from __future__ import annotations

from recuento.read.numbers.ages import Ages
from recuento.read.numbers.labels import Labels, is_plural_label
from recuento.read.numbers.measured import MEASURED, Measured
from recuento.read.numbers.points_in_time import PointsInTime
from recuento.read.numbers.surroundings import JOINS, NUMERALS, ONE, TO, Surroundings
from recuento.read.text.folding import plain
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Tokens
from recuento.values.number_words import number_at
from recuento.values.quantity import Number

_BEFORE = words_of("not_counts_before")
_RATIOS = frozenset([
    "what", "as", "more", "the", "higher", "larger", "over", "than", "más", "mayor", "lo", "la", "el", "superior",
    "that", "its", "their", "his", "her", "our", "your", "su", "sus", "nuestra", "nuestro", "capacity", "normal",
])  # fmt: skip
_SERVING = words_of("serving")
_LONGEST_ROW = 12
"""Tokens of a row of numbers that are looked at: a text of numbers only must not take long."""
_SENTENCED = ("sentenc", "condenad", "condenó")


class NotCounts(Surroundings):
    """Tells of the numbers of one text which are no counts."""

    def __init__(self, tokens: Tokens, last: int, lexicon: Lexicon) -> None:
        super().__init__(tokens, last, lexicon)
        self.ages = Ages(tokens, last, lexicon)
        self.labels = Labels(tokens, last, lexicon)
        self.times = PointsInTime(tokens, last, lexicon)
        self.measured = Measured(tokens, last, lexicon)

    def holds(self, k: int, end: int, value: Number, first: int) -> bool:
        """Whether the number from token `k` to `end` counts nothing; `first` is where the reading began."""
        before = self.tokens.low[k - 1] if k > first else ""
        after = self.tokens.low[end] if end < self.last else ""
        return (
            self.labels.holds(k, end, first, before)
            or self.measured.holds(k, end, value, first)
            or self._is_multiple(end)
            or self._is_served(k, end, before)
            or self._is_distributed(k, first)
            or self.times.holds(k, end, value, first, before, after)
            or self.ages.holds(k, end, value, first)
            or self._goes_on(k, end, first)
            or self._is_span_of_time(k, end, first)
        )

    def follows(self, end: int) -> bool:
        """Whether what is measured at `end` is a duration or money: "two or three days"."""
        return self.measured.follows(end)

    def _is_served(self, k: int, end: int, before: str) -> bool:
        """ "Eight years, of which he served six", «llevaba seis»: years told of before, and left out here."""
        tokens = self.tokens
        if before not in _SERVING or (end < self.last and tokens.tag[end] in "wX"):
            return False
        return any(tokens.low[m] in ("years", "años", "months", "meses") for m in range(max(0, k - 16), k))

    def _is_multiple(self, end: int) -> bool:
        """ "Three times what the government said", «cinco veces más»: a ratio."""
        low = self.tokens.low
        if low[end - 4 : end - 1] == ["times", "out", "of"] or low[end : end + 3] == ["times", "out", "of"]:
            return True
        if low[end : end + 2] == ["times", "over"] and any(
            low[m] in MEASURED for m in range(end + 2, min(self.last, end + 5))
        ):
            return False  # "Rang 40 times over seven hours".
        if end + 1 >= self.last or low[end] not in ("times", "veces"):
            return False
        compared = self.tokens.tag[end + 1] == "w" and low[end + 1].endswith("er")
        return compared or low[end + 1] in _RATIOS

    def _is_distributed(self, k: int, first: int) -> bool:
        """«Bajamos de a cinco»: by how many at a time."""
        return k - first >= 2 and self.tokens.low[k - 2 : k] == ["de", "a"]

    def _goes_on(self, k: int, end: int, first: int) -> bool:
        """A number without a noun joined to one that counts nothing: "aged 34 and 61", «una hora o dos»."""
        low, tag = self.tokens.low, self.tokens.tag
        if k - first > 2 and low[k - 1] in ("to", "a", "-", "–") and low[k - 3] in ("aged", "age", "ages", "edades"):
            return True
        if k - first > 3 and low[k - 1] == "and" and low[k - 4] == "aged" and low[k - 3] == "between":
            return True
        if self._is_in_row_of_measures(k, end, first):
            return True
        if k - first > 2 and low[k - 1] == "to" and low[k - 3] in _BEFORE and low[k - 3].endswith("s"):
            return tag[k - 2] == "#" and not self.counts_people(end)
        if k - first > 2 and low[k - 1] in TO and tag[k - 2] == tag[k] == "#" and is_plural_label(low[k - 3]):
            return not self.counts_people(end)
        if k - first < 2 or low[k - 1] not in JOINS or (end < self.last and tag[end] in "wX%#"):
            return False
        if self.labels.is_in_row(k, first):
            return True
        if tag[k - 2] == "#" and k - 2 > first and low[k - 3] in _BEFORE and low[k - 1] not in ("to", "a"):
            return not (low[k - 3] == "number" and self.labels.is_verb_number(k - 3))
        if end < self.last and tag[end] in "VQD":
            return False
        if low[k - 2] in MEASURED and low[k - 1] != ",":
            return True
        other = next((m for m in range(k - 2, max(first, k - 9), -1) if tag[m] in "#.;"), first)
        if other <= first or tag[other] != "#":
            return False
        return low[other + 1] in MEASURED and end < self.last and tag[end] == "P"

    def _is_span_of_time(self, k: int, end: int, first: int) -> bool:
        """ "From 15 years to 11", «de 15 a 11 años», "ten years, five of them suspended": time said once for both."""
        low, tag = self.tokens.low, self.tokens.tag
        bare = end >= self.last or tag[end] not in "wX%#"
        if low[end : end + 2] in (["of", "them"], ["de", "ellos"]) and k - first > 1 and tag[k - 1] == ",":
            return low[k - 2] in MEASURED
        joined = bare and k - first > 1 and low[k - 1] in ("to", "a")
        if joined and any(low[m].startswith(_SENTENCED) for m in range(max(first, k - 4), k - 1)):
            return low[end : end + 1] not in (["of"], ["de"])
        if joined and low[k - 2] in MEASURED and low[k - 3] not in ("a", "per", "por", "al"):
            return any(low[m] in ("from", "de", "los") for m in range(max(first, k - 5), k - 2))
        opened = k > first and low[k - 1] in ("from", "de") and end + 1 < self.last and low[end] in ("to", "a")
        if not opened:
            return False
        other = number_at(low[end + 1 : min(self.last, end + 6)], 0, self.lexicon.language)
        length = 1 if tag[end + 1] == "#" else other.words if other is not None else 0
        return length > 0 and self.follows(end + 1 + length)

    def _is_numeral(self, m: int) -> bool:
        return self.tokens.tag[m] == "#" or (self.tokens.low[m] in NUMERALS and self.tokens.low[m] not in ONE)

    def _is_in_row_of_measures(self, k: int, end: int, first: int) -> bool:
        """ "Aged 19, 24 and 31", «de 19, 24 y 31 años»: a number of a row whose end counts nothing."""
        low, tag = self.tokens.low, self.tokens.tag
        m = end
        while m + 1 < self.last and m - end < _LONGEST_ROW and low[m] in JOINS and self._is_numeral(m + 1):
            m += 2
        if m > end and self.follows(m):
            return True
        m = k
        while m - 2 >= first and k - m < _LONGEST_ROW and low[m - 1] in JOINS and tag[m - 2] == "#":
            m -= 2
        return m < k and m > first and low[m - 1] == "aged" and not (end < self.last and tag[end] in "wX%")


def is_idiom(tokens: Tokens, k: int) -> bool:
    """Whether a word of zero stands with a noun that nobody counts: "no doubt", «ningún momento», "zero tolerance"."""
    word = plain(tokens.low[k])
    return word in _UNCOUNTED or word.removesuffix("s") in _UNCOUNTED or tokens.low[k].endswith(("ing", "ness"))


_UNCOUNTED = words_of("uncounted")
