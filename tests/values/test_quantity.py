"""Quantities are ranges that never lose what was said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.errors import InvalidValue
from recuento.values.quantity import Comparison, Quantity, grain_of, half_width_of, quantity_from

ONE_NUMBER = [
    c
    for c in Comparison
    if c not in (Comparison.RANGE, Comparison.VAGUE, Comparison.UNKNOWN, Comparison.NONE, Comparison.LT)
]


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Any quantity that can be stated."""
    comparison = draw(st.sampled_from(ONE_NUMBER))
    number = draw(st.integers(1, 10**6))
    return quantity_from(comparison, (number,), str(number))


@given(quantities(), quantities())
def test_overlap_does_not_depend_on_who_spoke_first(one: Quantity, other: Quantity) -> None:
    """Two sources agree or disagree whichever of them is read first."""
    assert one.overlaps(other) == other.overlaps(one)


@given(quantities(), quantities())
def test_what_contains_another_overlaps_it(one: Quantity, other: Quantity) -> None:
    """A range that holds all of another has a number in common with it."""
    if one.contains(other):
        assert one.overlaps(other)


@given(st.sampled_from(ONE_NUMBER), st.integers(1, 10**9))
def test_the_number_said_is_kept(comparison: Comparison, number: int) -> None:
    """Whatever range the words give, the number that was literally said stays in `stated`."""
    assert quantity_from(comparison, (number,), "").stated == (number,)


@given(st.integers(0, 10**9))
def test_about_n_holds_n_and_never_reaches_zero_or_twice_n(number: int) -> None:
    """The convention for "about N" reaches at most a quarter of N to each side."""
    about = quantity_from(Comparison.APPROX, (number,), "")
    assert about.low is not None and about.high is not None
    assert number - number // 4 <= about.low <= number <= about.high <= number + number // 4


@pytest.mark.parametrize(
    ("number", "half"), [(3000, 500), (2500, 250), (88, 9), (5000, 500), (7000, 700), (3, 0), (300, 50)]
)
def test_the_width_of_about(number: int, half: int) -> None:
    """The widths that the checked results of the Tocorón case rest on."""
    assert half_width_of(number) == half


@given(st.integers(1, 10**12))
def test_the_grain_divides_the_number_and_ten_times_it_does_not(number: int) -> None:
    """The grain is the place of the last digit that is not zero."""
    grain = grain_of(number)
    assert number % grain == 0 and number % (grain * 10) != 0


def test_strict_bounds_step_by_one_person_but_not_by_one_per_cent() -> None:
    """More than 2,000 people is 2,001 upward; more than 71.4 % starts at 71.4."""
    assert quantity_from(Comparison.GT, (2000,), "").low == 2001
    assert quantity_from(Comparison.GT, (Decimal("71.4"),), "").low == Decimal("71.4")


def test_silence_and_zero_are_different() -> None:
    """Not known bounds nothing; none is zero."""
    silence, none = quantity_from(Comparison.UNKNOWN, (), "se desconoce"), quantity_from(Comparison.NONE, (), "ninguno")
    assert silence.is_silence and (silence.low, silence.high) == (None, None)
    assert (none.low, none.high) == (0, 0) and not none.is_silence


@pytest.mark.parametrize(
    ("comparison", "stated"),
    [
        (Comparison.RANGE, (3,)),
        (Comparison.EQ, ()),
        (Comparison.EQ, (1, 2)),
        (Comparison.UNKNOWN, (1,)),
        (Comparison.RANGE, (5, 4)),
    ],
)
def test_numbers_that_do_not_fit_are_refused(comparison: Comparison, stated: tuple[int, ...]) -> None:
    """A comparison with the wrong numbers is refused, not guessed at."""
    with pytest.raises(InvalidValue):
        quantity_from(comparison, stated, "x")
