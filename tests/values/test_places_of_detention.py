"""Facilities, states, sex and nationality in the words of lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.values.nationality import nationality
from recuento.values.places_of_detention import facility_core, state_core
from recuento.values.sex import sex


@pytest.mark.parametrize(
    "text", ["C.P. El Samán II", "CENTRO PENITENCIARIO EL SAMAN II", "Samán II", "Internado Judicial El Samán II"]
)
def test_kinds_of_places_are_left_out(text):
    """A facility is known by its own name."""
    assert facility_core(text) == "saman ii"


def test_a_place_that_is_only_a_kind_keeps_its_words():
    """ "Comandancia de Policía" is not nothing."""
    assert facility_core("Comandancia de Policía") == "comandancia de policia"
    assert facility_core(" ") is None


@pytest.mark.parametrize(
    ("text", "want"),
    [("Edo. Zulia", "zulia"), ("Dtto. Capital", "distrito capital"), ("Caracas", "distrito capital"), ("", None)],
)
def test_states(text, want):
    """States without the word state."""
    assert state_core(text) == want


@pytest.mark.parametrize(
    ("text", "want"), [("M", "M"), ("Femenino", "F"), ("mujer", "F"), ("Hombre", "M"), ("?", None)]
)
def test_sex(text, want):
    """Two letters, or none."""
    assert sex(text) == want


@pytest.mark.parametrize(
    ("text", "want"), [("V", "V"), ("venezolana", "V"), ("E", "E"), ("Colombiano", "colombia"), ("", None)]
)
def test_nationality(text, want):
    """One word for a country."""
    assert nationality(text) == want


@given(st.text(max_size=20))
def test_any_cell_is_read(text):
    """No cell makes them fail."""
    for read in (facility_core, state_core, sex, nationality):
        read(text)
