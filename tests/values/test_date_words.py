"""Dates in words against the day of publication, and what holds of all of them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.values.bilingual import Language
from recuento.values.date_words import date_in, dates_in
from recuento.values.partial_date import PartialDate

WEDNESDAY = PartialDate(2023, 9, 20)


@pytest.mark.parametrize(
    ("words", "language", "wanted"),
    [
        ("hoy", "es", "2023-09-20"), ("ayer", "es", "2023-09-19"), ("anoche", "es", "2023-09-19"),
        ("esta mañana", "es", "2023-09-20"), ("el martes", "es", "2023-09-19"), ("este miércoles", "es", "2023-09-20"),
        ("el pasado martes", "es", "2023-09-19"), ("el miércoles pasado", "es", "2023-09-13"),
        ("el próximo lunes", "es", "2023-09-25"), ("hace tres días", "es", "2023-09-17"),
        ("hace dos semanas", "es", "2023-09"), ("hace un mes", "es", "2023-08"), ("hace 4 años", "es", "2019"),
        ("la semana pasada", "es", "2023-09"), ("el mes pasado", "es", "2023-08"), ("el año pasado", "es", "2022"),
        ("el 3 de enero", "es", "2023-01-03"), ("el 3 de enero de 2021", "es", "2021-01-03"),
        ("en marzo de 2023", "es", "2023-03"), ("en diciembre", "es", "2022-12"), ("desde 2019", "es", "2019"),
        ("23 sept 2023", "es", "2023-09-23"), ("20/09/2023", "es", "2023-09-20"), ("2023-09-20", "es", "2023-09-20"),
        ("today", "en", "2023-09-20"), ("yesterday", "en", "2023-09-19"), ("on Tuesday", "en", "2023-09-19"),
        ("last Wednesday", "en", "2023-09-13"), ("two weeks ago", "en", "2023-09"),
        ("three days ago", "en", "2023-09-17"),
        ("a year ago", "en", "2022"), ("last month", "en", "2023-08"), ("January 3, 2021", "en", "2021-01-03"),
        ("3 January 2021", "en", "2021-01-03"), ("the 3rd of January", "en", "2023-01-03"),
        ("in March", "en", "2023-03"),
        ("Sept. 12", "en", "2023-09-12"), ("since 2019", "en", "2019"), ("last night", "en", "2023-09-19"),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_its_words(words: str, language: Language, wanted: str) -> None:
    """Each expression gives its day, month or year, counted from the Wednesday of publication."""
    assert date_in(words, WEDNESDAY, language) == PartialDate.parse(wanted)


@pytest.mark.parametrize("words", ["march", "they may go", "mar azul", "2,019 people", "1999 presos"])
def test_what_is_no_date_is_not_read(words: str) -> None:
    """Words that only look like dates give nothing."""
    assert date_in(words, WEDNESDAY, "en" if "they" in words or "people" in words or words == "march" else "es") is None


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from(["lunes", "jueves", "domingo"])
)
def test_a_weekday_is_within_the_week_before(published: date, weekday: str) -> None:
    """«el lunes» lies from six days before publication to the day itself, on that weekday."""
    found = date_in(f"el {weekday}", PartialDate.of(published), "es")
    assert found is not None
    assert published - timedelta(days=6) <= found.first <= published
    assert found.first.weekday() == {"lunes": 0, "jueves": 3, "domingo": 6}[weekday]


@given(st.sampled_from(["hoy", "el martes", "hace dos días", "last week", "yesterday", "esta noche"]))
def test_relative_dates_need_a_publication_date(words: str) -> None:
    """Without the day of publication a relative date is not made up."""
    assert date_in(words, None, "es") is None
    assert date_in(words, PartialDate(2023, 9), "en") is None


@given(
    st.lists(
        st.sampled_from(
            [
                "el",
                "3",
                "31",
                "de",
                "enero",
                "2023",
                "1999",
                "hace",
                "dos",
                "semanas",
                "mes",
                "ago",
                "last",
                "may",
                "mar",
                ".",
                ",",
                "en",
                "lunes",
                "0000-00",
                "99/99/9999",
            ]
        )
    )
)
def test_any_words_give_dates_in_order(words: list[str]) -> None:
    """Any sequence of words gives dates that do not overlap, and never raises."""
    for language in ("es", "en"):
        found = dates_in(words, WEDNESDAY, language)
        assert all(one.last <= other.first for one, other in itertools.pairwise(found))
        assert all(one.first < one.last <= len(words) for one in found)
