"""Named conventions for vague quantities: other people's ways of turning words into numbers, as views.

The hard range of a `Quantity` is Recuento's own reading. A convention gives another range for the same words, so that
one can see what a database with that rule would have concluded. Nothing stored changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from recuento.values.names import fold
from recuento.values.quantity import Comparison, Quantity


class Convention(StrEnum):
    """Whose rule is followed."""

    PLAIN = "plain"
    """Recuento's own table (docs/vague-quantities.md)."""
    ACLED = "acled"
    """As the Armed Conflict Location & Event Data project codes words: tens are 10, dozens 12, hundreds 100 or more."""
    MIN_MAX = "min-max"
    """As databases that record a minimum and a maximum: "about N" is N, "up to N" is 0 to N, no convention widens."""


_ACLED: Mapping[str, int] = {
    "decenas": 10, "tens": 10, "docenas": 12, "dozens": 12,
    "centenares": 100, "cientos": 100, "hundreds": 100,
}  # fmt: skip


def under(convention: Convention, quantity: Quantity) -> Quantity:
    """The same words read by `convention`; words it has no rule for keep their range."""
    if convention is Convention.ACLED and quantity.comparison is Comparison.VAGUE:
        least = next((_ACLED[word] for word in fold(quantity.words).split() if word in _ACLED), None)
        return quantity if least is None else replace(quantity, low=least)
    if convention is Convention.MIN_MAX and quantity.stated:
        number = quantity.stated[0]
        if quantity.comparison in (Comparison.APPROX, Comparison.NEARLY):
            return replace(quantity, low=number, high=number)
        if quantity.comparison is Comparison.UPTO:
            return replace(quantity, low=0, high=number)
    return quantity
