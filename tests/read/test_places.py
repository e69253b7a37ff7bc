"""Figures get the place of detention that their sentence names, as the casefile knows it."""

from __future__ import annotations

import pytest

from recuento.model.casting import Facility
from recuento.read import read, read_figures

FACILITIES = (
    Facility("lomas", "Centro Penitenciario de Las Lomas", ("Las Lomas",)),
    Facility("rio", "Cárcel de Río Seco", ("Río Seco",)),
)


@pytest.mark.parametrize(
    ("text", "facility"),
    [
        ("En Las Lomas murieron 11 presos.", "lomas"),
        ("Murieron 11 presos en el Centro Penitenciario de Las Lomas.", "lomas"),
        ("En Las Lomas hubo disparos. Murieron 11 presos.", "lomas"),
        ("Eleven prisoners died in Rio Seco.", "rio"),
        ("312 presos fueron trasladados de Las Lomas a Río Seco.", "lomas"),
        ("312 presos fueron trasladados a Río Seco.", None),
        ("En las lomas murieron 11 presos.", None),
        ("Murieron 11 presos.", None),
    ],
)
def test_the_facility_is_the_one_named(text: str, facility: str | None) -> None:
    """The nearest name or alias counts; where people are sent is not where they were."""
    figures = read_figures(text, facilities=FACILITIES)
    assert figures[0].facility == facility


def test_nothing_else_changes() -> None:
    """Facilities add places to figures and take nothing away."""
    text = "El director dijo que en Las Lomas murieron 11 presos y que 40 fueron trasladados a Río Seco."
    plain, placed = read(text), read(text, facilities=FACILITIES)
    assert [s.anchors() for s in plain] == [s.anchors() for s in placed]
    assert all(figure.facility is None for s in plain for figure in s.figures)
    assert any(figure.facility == "lomas" for s in placed for figure in s.figures)
