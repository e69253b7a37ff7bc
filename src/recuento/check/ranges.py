"""Sums and ratios of ranges, and when they close: exact where the words are exact, wide where they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from recuento.check.mentions import Mention
from recuento.values.quantity import Number, grain_of


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, either open (None)."""

    low: Fraction | None
    high: Fraction | None

    def meets(self, other: Range) -> bool:
        """Whether some number lies in both."""
        low = max((n for n in (self.low, other.low) if n is not None), default=None)
        high = min((n for n in (self.high, other.high) if n is not None), default=None)
        return low is None or high is None or low <= high

    def widened(self, by: Fraction) -> Range:
        """The range with `by` more to each side."""
        return Range(None if self.low is None else self.low - by, None if self.high is None else self.high + by)


def range_of(mention: Mention) -> Range:
    """The range of a mention; "30,5 millones" reaches half its last digit to each side."""
    found = Range(_fraction(mention.low), _fraction(mention.high))
    return found.widened(mention.step / 2) if mention.decimals < 0 else found


def sum_of(parts: Sequence[Mention], *, open_ended: bool = False) -> Range:
    """The range of the sum; open upward where a part has no number of its own ("and several others")."""
    lows, highs = [range_of(p).low for p in parts], [range_of(p).high for p in parts]
    low = sum((n for n in lows if n is not None), Fraction(0))
    high = None if open_ended or None in highs else sum((n for n in highs if n is not None), Fraction(0))
    return Range(low, high)


def sums_close(total: Mention, parts: Sequence[Mention], *, open_ended: bool = False) -> bool:
    """Whether the parts can make the total, a round total allowing for the rounding it shows."""
    return sum_of(parts, open_ended=open_ended).meets(range_of(total).widened(rounding_of(total)))


def rounding_of(total: Mention) -> Fraction:
    """How far a round total may be from its parts: half a hundred and more, at two significant digits; else nothing.

    "40,000" may stand for 39,900 without anybody having erred; "7,270" and "300" may not.
    """
    number = total.shown
    if not isinstance(number, int) or number < 1_000:
        return Fraction(0)
    unit = min(grain_of(number), 10 ** (len(str(number)) - 2))
    return Fraction(unit, 2) if unit >= 100 else Fraction(0)


def rough_range_of(mention: Mention) -> Range:
    """The range of a mention as the base of a ratio, where a round number may have been rounded: "2,000 in 1995"."""
    return range_of(mention).widened(rounding_of(mention))


def ratio_of(part: Range, whole: Range, times: int = 100) -> Range | None:
    """`times` the part over the whole, None where the whole may be nothing."""
    if whole.low is None or whole.low <= 0:
        return None
    low = Fraction(0) if part.low is None or whole.high is None else times * part.low / whole.high
    high = None if part.high is None else times * part.high / whole.low
    return Range(low, high)


def stated_range(mention: Mention) -> Range:
    """What a rounded figure can stand for: rounded at the last digit shown, or cut off there."""
    step = mention.step
    quantity = Range(_fraction(mention.low), _fraction(mention.high))
    return Range(
        None if quantity.low is None else quantity.low - step * _ROUNDED_TWICE,
        None if quantity.high is None else quantity.high + step * Fraction(99_999, 100_000),
    )


_ROUNDED_TWICE = Fraction(11, 20)
"""Of the last digit: 34.48 is often rounded to 34.5 and then to 35."""


def value_range(value: Number) -> Range:
    """The range of one number."""
    return Range(_fraction(value), _fraction(value))


def rounded(value: Fraction, decimals: int) -> Decimal:
    """A ratio at so many decimals, half away from zero."""
    decimals = max(decimals, 0)
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    number = Decimal(whole).scaleb(-decimals)
    return -number if value < 0 else number


def _fraction(number: Number | None) -> Fraction | None:
    return None if number is None else Fraction(number)
