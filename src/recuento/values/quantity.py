"""Quantities: always a range, with the words it was read from.

"312" is 312 to 312; "at least 40" is 40 upward; "about 3,000" is a range around 3,000 whose width is our
convention. The hard range (`low`, `high`) is what a proof may use; what was literally said stays in `stated`
and `words`. The table of expressions and its sources is in docs/vague-quantities.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from recuento.errors import InvalidValue

Number = int | Decimal


class Comparison(StrEnum):
    """How a quantity is meant: the relation between the number said and the number counted."""

    EQ = "eq"
    """Exactly N."""
    GE = "ge"
    """At least N."""
    GT = "gt"
    """More than N."""
    LE = "le"
    """At most N."""
    LT = "lt"
    """Fewer than N."""
    RANGE = "range"
    """Between A and B."""
    APPROX = "approx"
    """About N: a convention gives the width."""
    NEARLY = "nearly"
    """Almost N: below it."""
    UPTO = "upto"
    """Up to N: the limit can be cancelled, so it is no hard bound."""
    VAGUE = "vague"
    """A word without a number: several, dozens."""
    NONE = "none"
    """Zero, stated or implied."""
    UNKNOWN = "unknown"
    """Said not to be known, or silence. Never zero."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A range of numbers: `low` to `high`, either may be open (None), and the words it was read from.

    `stated` holds the numbers literally said, in order ("entre 400 y 500": (400, 500); "decenas": ()).
    """

    low: Number | None
    high: Number | None
    words: str
    comparison: Comparison
    stated: tuple[Number, ...] = ()

    def __post_init__(self) -> None:
        """Raise InvalidValue where the range ends before it starts or is negative."""
        if self.low is not None and self.high is not None and self.high < self.low:
            raise InvalidValue(
                f"the quantity ends at {self.high}, before its start at {self.low}",
                f"la cantidad termina en {self.high}, antes de su comienzo en {self.low}",
            )
        if any(number is not None and number < 0 for number in (self.low, self.high)):
            raise InvalidValue(f"{self.words!r} is below zero", f"{self.words!r} es menor que cero")

    @property
    def is_exact(self) -> bool:
        """Whether the range is one number."""
        return self.low is not None and self.low == self.high

    @property
    def is_silence(self) -> bool:
        """Whether it says only that nothing is known or said."""
        return self.comparison is Comparison.UNKNOWN

    def overlaps(self, other: Quantity) -> bool:
        """Whether some number lies in both ranges. Silence overlaps everything."""
        low = max((n for n in (self.low, other.low) if n is not None), default=None)
        high = min((n for n in (self.high, other.high) if n is not None), default=None)
        return low is None or high is None or low <= high

    def contains(self, other: Quantity) -> bool:
        """Whether every number of `other` lies in this range."""
        low_fits = self.low is None or (other.low is not None and other.low >= self.low)
        high_fits = self.high is None or (other.high is not None and other.high <= self.high)
        return low_fits and high_fits


def grain_of(number: int) -> int:
    """The place of the last digit that is not zero: 1,600 gives 100, 3,000 gives 1,000, 0 gives 1."""
    if number == 0:
        return 1
    power = 1
    while number % (power * 10) == 0:
        power *= 10
    return power


def half_width_of(number: int) -> int:
    """How far "about N" reaches to each side: the larger of half a grain and 10 % of N, at most a quarter of N.

    Our convention (docs/vague-quantities.md), rounded up to a whole person; the cap is rounded down.
    """
    return min(max((grain_of(number) + 1) // 2, -(-number // 10)), number // 4)


def quantity_from(comparison: Comparison, stated: tuple[Number, ...], words: str) -> Quantity:
    """Give the quantity that `comparison` makes of the numbers `stated`.

    `stated` has one number, two for RANGE, none for VAGUE and UNKNOWN (for VAGUE one number is taken as the
    least it can mean). Raises InvalidValue where the numbers do not fit the comparison.
    """
    wanted = {
        Comparison.RANGE: (2,),
        Comparison.VAGUE: (0, 1),
        Comparison.UNKNOWN: (0,),
        Comparison.NONE: (0, 1),
    }
    if len(stated) not in wanted.get(comparison, (1,)):
        raise InvalidValue(
            f"{comparison.value} does not go with {len(stated)} numbers ({words!r})",
            f"{comparison.value} no va con {len(stated)} números ({words!r})",
        )
    low, high = _hard_range(comparison, stated)
    return Quantity(low=low, high=high, words=words, comparison=comparison, stated=stated)


def _hard_range(comparison: Comparison, stated: tuple[Number, ...]) -> tuple[Number | None, Number | None]:
    if comparison is Comparison.UNKNOWN:
        return None, None
    if comparison is Comparison.NONE:
        return 0, 0
    if comparison is Comparison.VAGUE:
        return (stated[0] if stated else 2), None
    number = stated[0]
    step = 1 if isinstance(number, int) else Decimal(0)
    if comparison is Comparison.RANGE:
        return stated[0], stated[1]
    if comparison is Comparison.GE:
        return number, None
    if comparison is Comparison.GT:
        return number + step, None
    if comparison is Comparison.LE:
        return 0, number
    if comparison is Comparison.LT:
        return 0, number - step
    if comparison is Comparison.UPTO:
        return None, None
    if comparison is Comparison.APPROX:
        half = half_width_of(int(number))
        return number - half, number + half
    if comparison is Comparison.NEARLY:
        return max(number - max(half_width_of(int(number)), 1), 0), max(number - step, 0)
    return number, number
