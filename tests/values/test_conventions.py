"""Conventions are views: other ranges for the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.values.conventions import Convention, under
from recuento.values.quantity import Comparison, Quantity, quantity_from


@given(
    st.sampled_from(list(Convention)),
    st.sampled_from([c for c in Comparison if c not in (Comparison.RANGE, Comparison.UNKNOWN)]),
    st.integers(1, 10**6),
)
def test_words_and_numbers_said_stay(convention: Convention, comparison: Comparison, number: int) -> None:
    """Whatever the view, what was said is what was said."""
    quantity = quantity_from(comparison, (number,), "palabras")
    seen = under(convention, quantity)
    assert (seen.words, seen.stated, seen.comparison) == (quantity.words, quantity.stated, quantity.comparison)
    assert convention is not Convention.PLAIN or seen == quantity


@pytest.mark.parametrize(("words", "least"), [("decenas", 10), ("dozens", 12), ("varios cientos", 100), ("muchos", 3)])
def test_tens_dozens_and_hundreds_as_acled_codes_them(words: str, least: int) -> None:
    """The plural floor (20, 24, 200) gives way to 10, 12 and 100; other words keep theirs."""
    own = {"decenas": 20, "dozens": 24, "varios cientos": 200, "muchos": 3}[words]
    quantity = Quantity(low=own, high=None, words=words, comparison=Comparison.VAGUE)
    assert under(Convention.ACLED, quantity).low == least


def test_about_is_the_number_itself_where_a_minimum_and_a_maximum_are_recorded() -> None:
    """ "Unos 3.000" is 3,000 to 3,000, "hasta 40" is 0 to 40."""
    about = under(Convention.MIN_MAX, quantity_from(Comparison.APPROX, (3000,), "unos 3.000"))
    up_to = under(Convention.MIN_MAX, quantity_from(Comparison.UPTO, (40,), "hasta 40"))
    assert (about.low, about.high, up_to.low, up_to.high) == (3000, 3000, 0, 40)
