"""The numbers of one sentence, as the rules need them.

The quantities are those that a reader of figures found, where it found them; years, durations and the "one" of
"and one guard" are added here, because a sum needs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from recuento.check.kinds import KindTeller
from recuento.check.mentions import Kind, Mention, Token
from recuento.check.words import BORDERS, CLASSES, EXCEEDS
from recuento.model.anchor import Anchor
from recuento.model.statement import Figure
from recuento.values.bilingual import Language
from recuento.values.number_words import Convention, number_at, value_of
from recuento.values.quantity import Comparison, Number, Quantity, quantity_from
from recuento.values.vague_words import COMPARISONS

_SCALES = {"mil": 1_000, "thousand": 1_000, "million": 10**6, "millones": 10**6, "millon": 10**6, "billion": 10**9}


_CHARACTERS_MOST = 40
"""A longer numeral is an account number or rubbish, and Python refuses to read one of 5,000 digits."""


class NumberFinder:
    """Finds the mentions of one sentence."""

    def __init__(
        self, text: str, tokens: Sequence[Token], figures: Sequence[Figure], language: Language, convention: Convention
    ) -> None:
        self.text, self.tokens, self.language, self.convention = text, tokens, language, convention
        self.figures, self.kinds = figures, KindTeller(text, tokens)
        self.lows = [token.low for token in tokens]

    def mentions(self) -> list[Mention]:
        """Every number of the sentence in order."""
        found: list[Mention] = []
        k = 0
        while k < len(self.tokens):
            mention = self._at(k)
            if mention is None:
                k += 1
            else:
                found.append(mention)
                k = mention.last
        return self._alike(found)

    def _alike(self, found: list[Mention]) -> list[Mention]:
        """Let the numbers of "24, 31 y 45 años" and "aged 19 to 45" be of one kind."""
        for order in (1, -1):
            for k in range(len(found) - 1)[::order]:
                one, two = (found[k], found[k + 1])[::order]
                left, right = found[k], found[k + 1]
                joined = all(
                    t.low in (",", "y", "and", "a", "to", "o", "or", "–", "-", "e")
                    for t in self.tokens[left.last : right.first]
                )
                if (
                    joined
                    and one.kind is Kind.OTHER
                    and one.unit in ("age", "label")
                    and two.kind in (Kind.COUNT, Kind.DURATION)
                ):
                    found[k + (order == 1)] = replace(two, kind=Kind.OTHER, unit=one.unit)
        return found

    def _at(self, k: int) -> Mention | None:
        read = self._number(k)
        if read is None:
            return None
        value, last, weak = read
        if weak and not self._is_listed_one(k, last):
            return None
        kind, unit, anchor_last = self.kinds.kind(k, last, value)
        figure = self._figure(k)
        quantity, last, first = self._quantity(k, last, value, figure, kind)
        anchor_last = max(anchor_last, last)
        anchor = Anchor.of(self.text, self.tokens[first].start, self.tokens[anchor_last - 1].end)
        number_last = last if figure is None or quantity.comparison is not Comparison.RANGE else k + 1
        alone = Anchor.of(self.text, self.tokens[k].start, self.tokens[number_last - 1].end)
        return Mention(anchor, alone, k, anchor_last, kind, quantity, value, self._decimals(k, value), unit, weak)

    def _is_listed_one(self, k: int, last: int) -> bool:
        """Whether "one" is a number: "ten inmates and one guard"."""
        before = self.lows[k - 1] if k else ""
        after = self.tokens[last].plain if last < len(self.tokens) else ""
        return before in ("y", "and", ",", ":", "(", ";", "e") and after in CLASSES["person"] | CLASSES["death"]

    def _number(self, k: int) -> tuple[Number, int, bool] | None:
        """The number that begins at a token, the token after it, and whether it is a bare "one"."""
        low = self.lows[k]
        if len(low) > _CHARACTERS_MOST:
            return None
        if low[0].isdigit():
            value = value_of(low, self.convention, self.language)
            return None if value is None else self._magnified(value, k + 1)
        if not low[0].isalpha():
            return None
        if low == "mil" and (rest := self._hundreds(k + 1)) is not None:
            return 1_000 + rest, k + 2, False
        read = number_at(self.lows[k : k + 12], 0, self.language)
        if read is None:
            return None
        return read.value, k + read.words, read.value == 1 and read.words == 1

    def _magnified(self, value: Number, k: int) -> tuple[Number, int, bool]:
        start = k
        while k < len(self.tokens) and self.tokens[k].plain in _SCALES:
            value = value * _SCALES[self.tokens[k].plain]
            k += 1
        if k > start and self.tokens[k - 1].plain == "mil" and (rest := self._hundreds(k)) is not None:
            value, k = value + rest, k + 1
        return (int(value) if k > start and value == int(value) else value), k, False

    def _hundreds(self, k: int) -> int | None:
        """Three digits that follow "mil": "54 mil 738" is 54,738."""
        low = self.lows[k] if k < len(self.lows) else ""
        return int(low) if len(low) == 3 and low.isdigit() else None

    def _decimals(self, k: int, value: Number) -> int:
        """The decimals shown; below zero where a word gives the zeros: "30,5 millones" is exact to 100,000."""
        marks = re.search(r"[.,](\d+)$", self.lows[k]) if self.lows[k][0].isdigit() else None
        shown = len(marks.group(1)) if marks is not None else 0
        if marks is not None and len(marks.group(1)) == 3 and isinstance(value, int):
            shown = 0
        power, at = 0, k + 1
        if self.lows[k][0].isdigit() and "mil" in self.lows[k + 1 : k + 2] and self._hundreds(k + 2) is not None:
            return 0
        while self.lows[k][0].isdigit() and at < len(self.tokens) and self.tokens[at].plain in _SCALES:
            power += len(str(_SCALES[self.tokens[at].plain])) - 1
            at += 1
        return shown - power

    # What it is.

    # How much it is.

    def _figure(self, k: int) -> Figure | None:
        start = self.tokens[k].start
        return next((f for f in self.figures if f.anchor.start <= start < f.anchor.end), None)

    def _quantity(
        self, k: int, last: int, value: Number, figure: Figure | None, kind: Kind
    ) -> tuple[Quantity, int, int]:
        """The quantity, the token after it and the token where its words begin."""
        if figure is not None and self._is_multiple(figure):
            figure = None
        bare = figure is not None and figure.quantity.comparison is Comparison.EQ
        if (
            figure is not None
            and value in figure.quantity.stated
            and not (bare and self._verb_bound(k) is not Comparison.EQ)
        ):
            quantity = figure.quantity
            spread = quantity.comparison is Comparison.RANGE
            if not (spread and self._is_passage(self._first_number(k, figure))):
                end = last
                while spread and end < len(self.tokens) and self.tokens[end].end <= figure.anchor.end:
                    end += 1
                first = k
                while first > 0 and self.tokens[first - 1].start >= figure.anchor.start:
                    first -= 1
                return quantity, end, first
        comparison, first = self._bound(k)
        words = self.text[self.tokens[first].start : self.tokens[last - 1].end]
        vague = comparison in (Comparison.APPROX, Comparison.NEARLY, Comparison.LT)
        if vague and (not isinstance(value, int) or value < 1):
            comparison = Comparison.EQ
        return quantity_from(comparison, (value,), words), last, first

    def _is_multiple(self, figure: Figure) -> bool:
        """Whether "as many as" compares ("twice as many as the 110") instead of giving a limit."""
        if figure.quantity.comparison is not Comparison.UPTO:
            return False
        before = [token.plain for token in self.tokens if token.end <= figure.anchor.start][-1:]
        return before in (["twice"], ["times"], ["half"], ["double"])

    def _first_number(self, k: int, figure: Figure) -> int:
        """The token of the first number that a figure holds."""
        while k > 0 and self.tokens[k - 1].start >= figure.anchor.start:
            k -= 1
        return next(m for m in range(k, len(self.tokens)) if self._number(m) is not None)

    def _is_passage(self, k: int) -> bool:
        """Whether "de 60 a 75" is a way from one to the other rather than a range."""
        before = [token.plain for token in self.tokens[max(0, k - 2) : k]]
        return bool(before) and (before[-1] in ("de", "from", "desde") or before in (["de", "ser"], ["from", "being"]))

    def _bound(self, k: int) -> tuple[Comparison, int]:
        """How the words before a number bound it, and where they begin."""
        for length in (3, 2, 1):
            if k - length < 0:
                continue
            words = " ".join(token.plain for token in self.tokens[k - length : k])
            found = COMPARISONS.get(words)
            if found is Comparison.UPTO and words == "as many as":
                return Comparison.EQ, k
            if found is not None and found not in (Comparison.NONE, Comparison.UNKNOWN, Comparison.RANGE):
                return found, k - length
        return self._verb_bound(k), k

    def _verb_bound(self, k: int) -> Comparison:
        """ "supera el 100 %", "exceeds 300": the verb is the bound."""
        before = [
            token.plain for token in self.tokens[max(0, k - 2) : k] if token.plain not in ("el", "los", "las", "the")
        ]
        if before and before[-1] in EXCEEDS:
            return Comparison.GT
        return Comparison.APPROX if before and before[-1] in BORDERS else Comparison.EQ
