"""Numbers, ranges and dates read as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from
from recuento.values.wording import date_text, long_date_text, number_text, quantity_text, range_text


@given(st.integers(0, 10**12))
def test_only_the_separator_differs_between_the_languages(number: int) -> None:
    """Spanish groups with a point where English groups with a comma."""
    assert number_text(number, "es") == number_text(number, "en").replace(",", ".")


def test_decimals_swap_both_marks() -> None:
    """1234.5 is 1.234,5 in Spanish."""
    assert number_text(Decimal("1234.5"), "es") == "1.234,5"
    assert number_text(Decimal("1234.5"), "en") == "1,234.5"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (803, 1900, "803 a 1.900"),
        (5, 5, "5"),
        (2, None, "2 o más"),
        (None, 40, "hasta 40"),
        (None, None, "sin límite conocido"),
    ],
)
def test_ranges_in_words(low: int | None, high: int | None, words: str) -> None:
    """A range is said in words, never as one number with an error."""
    assert range_text(low, high, "es") == words


@pytest.mark.parametrize("comparison", [c for c in Comparison if c not in (Comparison.VAGUE,)])
def test_every_comparison_has_words(comparison: Comparison) -> None:
    """No comparison falls back to the raw words by oversight."""
    stated = {Comparison.RANGE: (40, 50), Comparison.UNKNOWN: (), Comparison.NONE: ()}.get(comparison, (40,))
    quantity = quantity_from(comparison, stated, "##")
    assert "#" not in quantity_text(quantity, "es") and "#" not in quantity_text(quantity, "en")


def test_vague_words_stay_as_they_were_said() -> None:
    """ "Muchos" is shown as "muchos", not as "3 or more"."""
    assert quantity_text(quantity_from(Comparison.VAGUE, (3,), "muchos"), "es") == "«muchos»"


def test_dates_are_as_precise_as_known() -> None:
    """A month is not given a day."""
    assert date_text(PartialDate(2023, 9, 20), "es") == "20 sept 2023"
    assert date_text(PartialDate(2023, 9), "en") == "Sept 2023"


def test_long_dates_are_said_in_full() -> None:
    """The first of a month is "1.º" in Spanish; a month or a year alone is given no day."""
    assert long_date_text(PartialDate(2023, 9, 1), "es") == "1.º de septiembre de 2023"
    assert long_date_text(PartialDate(2023, 9, 23), "en") == "23 September 2023"
    assert long_date_text(PartialDate(2023, 9), "es") == "septiembre de 2023"
    assert long_date_text(PartialDate(2023), "en") == "2023"
