"""Totals and zeros told without a number, and what only looks like one."""

from __future__ import annotations

import pytest

from recuento.model.statement import Figure
from recuento.read import read_figures
from recuento.values.quantity import Comparison


def none_of(text: str) -> list[tuple[str | None, str]]:
    """Measure and words of the figures that say none."""
    return [(f.measure, f.anchor.quote) for f in read_figures(text) if f.quantity.comparison is Comparison.NONE]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Government said that the prison had been completely cleared.", "completely cleared"),
        ("El Gobierno dijo que el penal fue totalmente desalojado.", "totalmente desalojado"),
        ("All the prisoners were moved.", "All the prisoners were moved"),
        ("Todos los presos fueron trasladados a otras cárceles.", "Todos los presos fueron trasladados"),
        ("La cárcel quedó vacía.", "vacía"),
    ],
)
def test_nobody_is_left(text: str, words: str) -> None:
    """A prison cleared to the last person has none remaining."""
    assert none_of(text) == [("remaining", words)]


@pytest.mark.parametrize(
    "text",
    [
        "The prison was not completely cleared.",
        "La cárcel fue casi totalmente desalojada.",
        "The road was completely cleared by noon.",
        "Todos los presos, 1.600, fueron trasladados a otras cárceles.",
        "Todos los presos serán escuchados.",
        "Some prisoners were moved.",
        "",
    ],
)
def test_less_than_a_total_is_none(text: str) -> None:
    """A part, a denial, a road or a number of its own leave nothing to conclude."""
    assert none_of(text) == []


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Nadie se fugó.", "escaped"),
        ("Nadie se fugó durante el operativo.", "escaped_during"),
        ("Nobody escaped during the raid.", "escaped_during"),
    ],
)
def test_nobody_escaped(text: str, measure: str) -> None:
    """Zero escapes during the operation only where the words say when."""
    assert [name for name, _ in none_of(text)] == [measure]


def test_existence_is_at_least_one() -> None:
    """ "Deaths and injuries" is a figure of each, from one upward, and nothing more."""
    figures: list[Figure] = read_figures("Sources speak of deaths and injuries.")
    assert [(f.measure, f.quantity.low, f.quantity.high) for f in figures] == [("died", 1, None), ("injured", 1, None)]
