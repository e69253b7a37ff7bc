"""Numbers that measure and do not count: durations, money, weights of people, and masses."""

from __future__ import annotations

from recuento.read.numbers.numerals import MAGNITUDES
from recuento.read.numbers.surroundings import NUMERALS, OF, Surroundings
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Tokens
from recuento.values.quantity import Number

MEASURED = frozenset(["años", "year-old", "years-old", "°", "º", "ª", "h", "$", "€", "£"]) | words_of("measured")
"""What makes of the number before it a measure and no count."""
_WEIGHTS = words_of("weights")
_WEIGHING = ("pes", "weigh")
_LOSING = ("lost", "lose", "perd", "gained")
_PRICES = words_of("prices")
_CALIBRES = frozenset(["mm", "millimetre", "millimeter", "calibre", "caliber", "cc"])
_DEGREES = frozenset(["C", "F", "Celsius", "Fahrenheit"])
_UNITS_AFTER = frozenset(["per", "por", "million", "millones", "millón", "thousand", "mil", "billion", "m", "km"])
_FEVERS = frozenset(["fever", "fevers", "fiebre", "temperature", "temperatura"])
_SET_ASIDE = words_of("set_aside")
_PAST = frozenset(["last", "past", "first", "next", "últimos", "últimas", "primeros", "primeras", "próximos"])
_SPANS = frozenset(["life", "lives", "vida", "sentence", "sentences", "term", "condena", "pena", "time", "tiempo"])
_PRENOMINAL = words_of("prenominal") | words_of("before_durations")
_MILLIONS = frozenset(["million", "millones", "millón", "billion", "billones", "trillion", "crore", "lakh", "mn", "bn"])
_OF_MONEY = tuple(sorted(words_of("of_money")))
"""Beginnings of words that make a bare "80 million" money: «se invirtieron 80 millones en sanidad»."""
_SELLING = ("vend", "sell", "sold", "goes", "fetch")
_WAGES = ("earn", "wage", "salar", "sueldo", "gana", "cobra", "jornal", "pay", "paid", "stipend", "pag")


_PLACES = frozenset(["place", "bed", "bunk", "inmate", "prisoner"])
_FACILITIES = frozenset([
    "prison", "jail", "unit", "wing", "block", "facility", "centre", "center", "dormitory", "camp", "institution",
    "penitentiary", "complex", "annexe", "annex", "extension", "lockup", "lock-up",
])  # fmt: skip
_FAR = 4
"""Tokens after a compound in which its facility stands: "a 1,200-bed county jail"."""


def is_capacity(tokens: Tokens, end: int, last: int) -> bool:
    """Whether a number that ends there is what a facility holds: "a 1,200-bed jail"; a "60-bed clinic" is none."""
    glued = 0 < end < last - 2 and tokens.low[end] == "-" and tokens.start[end] == tokens.end[end - 1]
    if not glued or tokens.low[end + 1] not in _PLACES:
        return False
    return not _FACILITIES.isdisjoint(tokens.low[end + 2 : min(last, end + 2 + _FAR)])


class Measured(Surroundings):
    """Tells of the numbers of one text which measure time, money or a mass."""

    def holds(self, k: int, end: int, value: Number, first: int) -> bool:
        """Whether the number from token `k` to `end` is a duration, a price, a weight or of a mass."""
        return (
            self._is_compound(end)
            or self._is_weight(k, end, first)
            or self._is_money(k, end, value, first)
            or self._is_wage(k, end, first)
            or self._is_of_a_mass(k, end, value)
            or self.follows(end)
        )

    def _is_compound(self, end: int) -> bool:
        """ "A 60-bed clinic": a compound that tells of no facility's capacity counts nothing."""
        tokens = self.tokens
        glued = 0 < end < self.last - 1 and tokens.low[end] == "-" and tokens.start[end] == tokens.end[end - 1]
        return glued and tokens.low[end + 1] in _PLACES and not is_capacity(tokens, end, self.last)

    def follows(self, end: int) -> bool:
        """Whether what is measured at `end` is a duration or money: "two or three days"."""
        low = self.tokens.low
        if low[end : end + 2] in (["of", "an"], ["of", "a"], ["de", "un"]) and end + 2 < self.last:
            return low[end + 2] in MEASURED
        if self._is_suspended(end) or self._follows_adjective(end):
            return True
        if self._is_by_day_or_night(end):
            return False
        if low[end : end + 1] in (["los"], ["las"]):
            end += 1
        if low[end : end + 1] in (["of"], ["de"]) and end + 3 < self.last and self.tokens.tag[end + 2] == "#":
            end += 3
        if end < self.last and low[end] in ("de", "of") and not (end + 2 < self.last and low[end + 2] == "cárcel"):
            end += 1
        return end < self.last and (low[end] in MEASURED or low[end].rstrip("'’") in MEASURED)

    def is_of_time(self, end: int) -> bool:
        """ "Half of his sentence", «la mitad de su vida», "a lot of the last five months": a part of a span of time."""
        low, tag = self.tokens.low, self.tokens.tag
        if end + 2 >= self.last or low[end] not in ("of", "de", "del"):
            return False
        m = end + 1
        while m < self.last - 1 and m - end < 5 and (tag[m] in "Dp#A" or low[m] in _PAST or low[m] in NUMERALS):
            m += 1
        return m < self.last and (low[m] in MEASURED or low[m] in _SPANS) and m > end + (low[end] != "del")

    def _is_suspended(self, end: int) -> bool:
        """ "A 10- to 15-year sentence": the unit stands with the second number only."""
        low, tokens = self.tokens.low, self.tokens
        glued = end + 2 < self.last and tokens.tag[end] == "-" and tokens.start[end] == tokens.end[end - 1]
        return glued and low[end + 1] in ("to", "or", "and") and "-" in low[end + 2]

    def _follows_adjective(self, end: int) -> bool:
        """ "Two full days", «los seis primeros meses», "300 Kenyan shillings": one adjective stands between."""
        low = self.tokens.low
        if end + 1 >= self.last or low[end + 1] not in MEASURED:
            return False
        if self.lexicon.language == "es":
            return low[end] in _PRENOMINAL or (self.tokens.word[end - 1][-1].isdigit() and low[end] in ("us", "u.s"))
        adjective = self.tokens.tag[end] in "wXA" and not low[end].endswith(("s", "ed")) and low[end].isalpha()
        return adjective and low[end] not in self.words.all and low[end] not in MEASURED and low[end + 1].endswith("s")

    def _is_by_day_or_night(self, end: int) -> bool:
        """ "Two night guards", "12 day labourers": people, told apart by when they work."""
        low = self.tokens.low
        if end + 1 >= self.last or low[end] not in ("night", "day", "weekend"):
            return False
        return low[end + 1] in self.words.who or low[end + 1].endswith(("ers", "shifts"))

    def _is_weight(self, k: int, end: int, first: int) -> bool:
        """«Mi hija pesa cuarenta kilos»: what somebody weighs; of things, weights count."""
        low = self.tokens.low
        bare = end >= self.last or self.tokens.tag[end] in ".,;>)C"
        weighed = bare or low[end] in _WEIGHTS
        lost = end < self.last and low[end] in _WEIGHTS and (bare or self._ends_clause(end + 1))
        near = low[max(first, k - 4) : k]
        return weighed and any(w.startswith(_WEIGHING) or (lost and w.startswith(_LOSING)) for w in near)

    def _ends_clause(self, k: int) -> bool:
        return k >= self.last or self.tokens.tag[k] in ".,;>)C"

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
        return any(low in _PRICES for low in near) or self._is_a_sum(k, end, first)

    def _is_a_sum(self, k: int, end: int, first: int) -> bool:
        """«Se invirtieron 80 millones en sanidad»: bare millions in a clause that tells of money."""
        low, tag = self.tokens.low, self.tokens.tag
        if low[end - 1] not in _MILLIONS:
            return False
        for m in range(k - 1, max(first - 1, k - 16), -1):
            if tag[m] in ".;":
                break
            if low[m].startswith(_OF_MONEY):
                return True
        ends = next((m for m in range(end, min(self.last, end + 7)) if tag[m] in ".;"), min(self.last, end + 7))
        return any(low[m].startswith(_OF_MONEY) for m in range(end, ends))

    def _is_wage(self, k: int, end: int, first: int) -> bool:
        """ "He earns 900 a month", «cobra 300 por semana»."""
        low = self.tokens.low
        each = end + 1 < self.last and low[end] in ("a", "per", "por", "al", "each", "el", "la")
        if each and low[end + 1] in _WEIGHTS:
            return True  # "Rice sells at 40 a kilo".
        if k - first > 1 and low[k - 1] in ("a", "at", "for", "en", "por") and low[k - 2].startswith(_SELLING):
            return True
        each = each and low[end + 1] in MEASURED
        return each and any(low[m].startswith(_WAGES) for m in range(max(first, k - 4), k))

    def _is_of_a_mass(self, k: int, end: int, value: Number) -> bool:
        """ "4.5 million of it", "rice costs 1.20", "9 mm", «calibre 7,62»: what is measured or paid, never counted.

        A number with decimals counts nothing unless its unit follows: per cent, kilos, metres, guards a prisoner.
        """
        low, tag = self.tokens.low, self.tokens.tag
        if low[end : end + 2] in (["of", "it"], ["de", "ello"]) and end + 2 <= self.last:
            return True
        if end < self.last and (low[end] in _CALIBRES or self.tokens.word[end] in _DEGREES):
            return True
        if k > 1 and low[k - 1] in OF and low[k - 2] in _FEVERS:
            return True
        if tag[k] != "#":
            return False
        whole = value == int(value) or (end < self.last and (tag[end] in "wX%#" or low[end] in _UNITS_AFTER))
        if low[end : end + 1] in (["a"], ["al"], ["to"], ["y"], ["and"]) and end + 2 < self.last:
            scaled = low[end + 2] in ("%", "por", "per", "percent") or low[end + 2] in MAGNITUDES
            whole = whole or (tag[end + 1] == "#" and scaled)
        return not whole or (value != int(value) and low[end : end + 1] in (["ammunition"], ["munición"]))
