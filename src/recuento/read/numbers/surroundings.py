"""What stands around a number that may count: a noun, people, or nothing."""

from __future__ import annotations

from recuento.read.text.count_words import count_words
from recuento.read.text.lexicon import Lexicon
from recuento.read.text.tokens import Tokens
from recuento.values.number_words import number_starts

_SENTENCE = 40
"""Tokens before "no" in which a number that it contrasts with may stand."""
ONE = frozenset(["un", "uno", "una", "one", "a"])
OF = frozenset(["de", "del", "of"])
TO = frozenset(["to", "a", "al", "y", "and", "-", "–"])
"""What joins the ends of a range or a span."""
JOINS = frozenset(["y", "e", "o", "u", "and", "or", ","])
"""What joins numbers in a row."""
NUMERALS = number_starts("es") | number_starts("en")


class Surroundings:
    """Tells what stands beside the numbers of one text."""

    def __init__(self, tokens: Tokens, last: int, lexicon: Lexicon) -> None:
        self.tokens, self.last, self.lexicon = tokens, last, lexicon
        self.words = count_words(lexicon.language)

    def is_who(self, end: int) -> bool:
        """Whether a word for people stands there."""
        return end < self.last and self.tokens.low[end] in self.words.who

    def is_compound(self, end: int) -> bool:
        """Whether the noun that follows only tells of what sort the next one is: "the 1998 prisons act"."""
        if not (self.is_noun(end) and self.is_noun(end + 1)):
            return False
        last = self.tokens.low[end + 1]
        return not last.endswith(("s", "ed", "ing", "ly")) and last not in self.words.all

    def counts_people(self, end: int) -> bool:
        """Whether a noun that may be counted follows: a word for people, or a plural."""
        low = self.tokens.low[end] if end < self.last else ""
        if low == "people":
            return True
        if not self.is_noun(end):
            return False
        return low in self.words.who or (low.endswith("s") and not low.endswith(("ss", "us", "is")))

    def is_noun_or_share(self, k: int) -> bool:
        """Whether a noun, or the sign of per cent, stands there."""
        return k < self.last and self.tokens.tag[k] in "wX%"

    def is_noun(self, end: int) -> bool:
        """Whether a word stands there that is in no closed class: a noun, as a rule."""
        return end < self.last and self.tokens.tag[end] in "wX"

    def sentence_before(self, k: int, first: int) -> range:
        """The tokens of the sentence before `k`, not all of a long one."""
        begin = k
        while begin > first and k - begin < _SENTENCE and self.tokens.tag[begin - 1] not in (".", ";"):
            begin -= 1
        return range(begin, k)

    def is_number(self, m: int) -> bool:
        """Whether a number stands there, in digits or in a word that is no article."""
        if m >= self.last:
            return False
        low = self.tokens.low[m]
        return self.tokens.tag[m] == "#" or (low in NUMERALS and low not in ONE and len(low) > 2)
