"""Numbers that measure and do not count: durations, money, weights of people, and masses."""

from __future__ import annotations

from recuento.read.lexicon import words_of
from recuento.read.surroundings import Surroundings
from recuento.values.quantity import Number

_AFTER = frozenset(["años", "year-old", "years-old", "°", "º", "ª", "h", "$", "€", "£"]) | words_of("measured")
_WEIGHTS = words_of("weights")
_WEIGHING = ("pes", "weigh")
_PRICES = words_of("prices")
_CALIBRES = frozenset(["mm", "millimetre", "millimeter", "calibre", "caliber", "cc"])
_UNITS_AFTER = frozenset(["per", "por", "million", "millones", "millón", "thousand", "mil", "billion", "m", "km"])
_OF = frozenset(["de", "del", "of"])
_FEVERS = frozenset(["fever", "fevers", "fiebre", "temperature", "temperatura"])
_SET_ASIDE = words_of("set_aside")


class Measured(Surroundings):
    """Tells of the numbers of one text which measure time, money or a mass."""

    def holds(self, k: int, end: int, value: Number, first: int) -> bool:
        """Whether the number from token `k` to `end` is a duration, a price, a weight or of a mass."""
        return (
            self._is_weight(k, end, first)
            or self._is_money(k, end, value, first)
            or self._is_of_a_mass(k, end, value)
            or self.follows(end)
        )

    def follows(self, end: int) -> bool:
        """Whether what is measured at `end` is a duration or money: "two or three days"."""
        low = self.tokens.low
        if low[end : end + 2] in (["of", "an"], ["of", "a"], ["de", "un"]) and end + 2 < self.last:
            return low[end + 2] in _AFTER
        if low[end : end + 1] in (["los"], ["las"]):
            end += 1
        if low[end : end + 1] in (["of"], ["de"]) and end + 3 < self.last and self.tokens.tag[end + 2] == "#":
            end += 3
        if end < self.last and low[end] in ("de", "of") and not (end + 2 < self.last and low[end + 2] == "cárcel"):
            end += 1
        return end < self.last and (low[end] in _AFTER or low[end].rstrip("'’") in _AFTER)

    def _is_weight(self, k: int, end: int, first: int) -> bool:
        """«Mi hija pesa cuarenta kilos»: what somebody weighs; of things, weights count."""
        low = self.tokens.low
        bare = end >= self.last or self.tokens.tag[end] in ".,;>)C"
        weighed = bare or low[end] in _WEIGHTS
        return weighed and any(low[m].startswith(_WEIGHING) for m in range(max(first, k - 4), k))

    def _is_money(self, k: int, end: int, value: Number, first: int) -> bool:
        """«El costo fue de 3,2 millones», "which cost 4 million": a price without its currency."""
        aside = end < self.last and (
            self.tokens.low[end] in _SET_ASIDE or self.tokens.low[end : end + 2] == ["set", "aside"]
        )
        if aside and value >= 1_000 and self.tokens.low[end - 1] in _UNITS_AFTER:
            return True
        if value < 1_000 or (
            (end < self.last and self.tokens.tag[end] in "wX") or self.tokens.low[end : end + 1] == ["de"]
        ):
            return False
        near = self.tokens.low[max(first, k - 5) : k]
        return any(low in _PRICES for low in near)

    def _is_of_a_mass(self, k: int, end: int, value: Number) -> bool:
        """ "4.5 million of it", "rice costs 1.20", "9 mm", «calibre 7,62»: what is measured or paid, never counted.

        A number with decimals counts nothing unless its unit follows: per cent, kilos, metres, guards a prisoner.
        """
        low, tag = self.tokens.low, self.tokens.tag
        if low[end : end + 2] in (["of", "it"], ["de", "ello"]) and end + 2 <= self.last:
            return True
        if end < self.last and low[end] in _CALIBRES:
            return True
        if k > 1 and low[k - 1] in _OF and low[k - 2] in _FEVERS:
            return True
        if tag[k] != "#":
            return False
        whole = value == int(value) or (end < self.last and (tag[end] in "wX%#" or low[end] in _UNITS_AFTER))
        if low[end : end + 1] in (["a"], ["al"], ["to"], ["y"], ["and"]) and end + 2 < self.last:
            whole = whole or (tag[end + 1] == "#" and low[end + 2] in ("%", "por", "per", "percent"))
        return not whole or (value != int(value) and low[end : end + 1] in (["ammunition"], ["munición"]))
