"""The clause around a number, as far as it may tell what the number counts."""

from __future__ import annotations

from recuento.model.measure import Vocabulary
from recuento.read.figures.measure_terms import terms_of
from recuento.read.text.count_words import count_words
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span, Tokens
from recuento.values.bilingual import Language

REACH = 30
"""Tokens to each side of a number in which it is looked for what happened."""
_BUT = frozenset(["but", "while", "although", "though", "whereas", "pero", "mientras", "aunque", "sino"])
_INCLUDING = words_of("including")


class NumberClause:
    """The words around the numbers of one text."""

    def __init__(self, tokens: Tokens, language: Language, vocabulary: Vocabulary) -> None:
        self.tokens, self.language, self.vocabulary = tokens, language, vocabulary
        self.words = count_words(language)
        self.terms = terms_of(vocabulary, language)

    def _window(self, number: Span, first: int, last: int) -> Span:
        """The clause around a number: to the marks and to the conjunctions that open another clause."""
        tokens = self.tokens
        left = number[0]
        while left > first and number[0] - left < REACH and tokens.tag[left - 1] not in (".", ";", ":"):
            if tokens.tag[left - 1] == "," and self._opens_clause(left, number[0]):
                break
            if (
                tokens.low[left - 1] in ("que", "that")
                and left < number[0] - 0
                and tokens.tag[left - 2 : left - 1]
                and tokens.tag[left - 2] in "Qq"
            ):
                break
            if number[0] - left > 1 and tokens.low[left - 1] in _BUT and tokens.tag[left] not in "VQ":
                break
            left -= 1
        right = number[1]
        while right < last and right - number[1] < REACH and tokens.tag[right] not in (".", ";", ":"):
            if right > number[1] and tokens.tag[right] == "#":
                break
            if tokens.tag[right] == "," and tokens.low[right + 1 : right + 2] and tokens.low[right + 1] in _INCLUDING:
                right = self._past_commas(right, last)
                continue
            if tokens.tag[right] in ",C" and right > number[1] and self._new_clause_after(right, last):
                break
            if tokens.tag[right] == "," and right + 1 < last and tokens.low[right + 1] in _BUT:
                break
            right += 1
        return left, right

    def _past_commas(self, k: int, last: int) -> int:
        """The token after ", including 140 women,": what is only put in between commas."""
        ends = next((m for m in range(k + 1, min(last, k + 10)) if self.tokens.tag[m] in ",.;"), k)
        return ends + 1 if self.tokens.tag[ends] == "," else min(last, ends)

    def _opens_clause(self, k: int, number: int) -> bool:
        """Whether the words between a comma and the number hold a verb of their own."""
        return any(self.tokens.tag[m] in "VQ" or self.tokens.low[m] in self.words.event for m in range(k, number))

    def _new_clause_after(self, k: int, last: int) -> bool:
        """Whether a comma or conjunction opens a clause with a number or subject of its own."""
        tokens = self.tokens
        m = k + 1
        while m < last and tokens.tag[m] in ",CASG":
            m += 1
        if m >= last:
            return False
        if tokens.low[m] in ("que", "that"):
            return tokens.tag[k] == "C"
        return any(tokens.tag[n] == "#" for n in range(m, min(last, m + 6))) and tokens.tag[k] in "C,"
