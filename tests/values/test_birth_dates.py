"""Dates and ages as lists write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.values.birth_dates import written_age, written_date
from recuento.values.partial_date import PartialDate

_FORMATS = (
    "{d:02}/{m:02}/{y}",
    "{d}-{m}-{y}",
    "{y}-{m:02}-{d:02}",
    "{d}.{m}.{y}",
    "{d:02}{m:02}{y}",
    "{d:02}/{m:02}/{s:02}",
)


@given(st.dates(date(1931, 1, 1), date(2029, 12, 31)), st.sampled_from(_FORMATS))
def test_every_format_gives_the_day(day, written):
    """Day first, or ISO; two digits of a year are the nearest that a prisoner may have."""
    text = written.format(d=day.day, m=day.month, y=day.year, s=day.year % 100)
    assert written_date(text) == PartialDate.of(day)


@pytest.mark.parametrize(("text", "want"), [("12/25/1990", "1990-12-25"), ("1990", "1990"), ("6-1990", "1990-06")])
def test_what_can_be_read_only_one_way_is(text, want):
    """Month first where the day cannot be a month; a year alone stays a year."""
    assert str(written_date(text)) == want


@pytest.mark.parametrize("text", ["", "xx", "31/02/1990", "99/99/1990", "desconocida"])
def test_no_date_is_none(text):
    """What is no date is not guessed."""
    assert written_date(text) is None


@pytest.mark.parametrize(
    ("text", "want"), [("32", 32), ("32 años", 32), ("32.0", 32), ("0", None), ("320", None), ("x", None)]
)
def test_ages(text, want):
    """Years of age, within reason."""
    assert written_age(text) == want


@given(st.text(max_size=20))
def test_any_cell_is_read(text):
    """No cell makes it fail."""
    written_date(text)
    written_age(text)
