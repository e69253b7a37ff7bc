"""Dates are as precise as their source."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.errors import InvalidValue
from recuento.values.partial_date import PartialDate


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
def test_what_is_written_can_be_read_back(day: date, length: int) -> None:
    """Text and date are two forms of one value, at every precision."""
    text = str(day)[:length]
    assert str(PartialDate.parse(text)) == text


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
def test_first_and_last_day_hold_the_date(day: date, length: int) -> None:
    """The day that was cut short lies between the first and the last day of what is left."""
    partial = PartialDate.parse(str(day)[:length])
    assert partial.first <= day <= partial.last


@pytest.mark.parametrize("text", ["2023-13", "2023-02-30", "23-09-20", "", "20/09/2023", "2023-9-1"])
def test_what_is_no_date_is_refused_with_the_way_to_write_it(text: str) -> None:
    """Nothing is guessed about a date."""
    with pytest.raises(InvalidValue):
        PartialDate.parse(text)


def test_the_coarser_date_sorts_first() -> None:
    """A year comes before its January, and that before its first day."""
    dates = [PartialDate(2023, 1, 1), PartialDate(2023), PartialDate(2023, 1)]
    assert [str(d) for d in sorted(dates)] == ["2023", "2023-01", "2023-01-01"]
