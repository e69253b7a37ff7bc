"""Keys of sound: what is confused by ear is alike, what is not stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.values.spanish_sounds import sound_key


@pytest.mark.parametrize(
    "group",
    [
        "Jonathan Jhonatan Yonatan Yonathan",
        "Wilmer Wuilmer Guilmer Huilmer",
        "Yesenia Jesenia Llesenia Yecenia",
        "Vázquez Basques Bazquez Vásquez",
        "Brayan Brian Bryan",
        "Cristian Christian Kristian",
        "Jhon John Yon",
        "Héctor Ector",
        "Miguel Migel",
        "Peña Pena",
        "Jason Jas0n",
    ],
)
def test_spellings_of_one_sound_share_a_key(group):
    """Names that are written by ear in several ways are one."""
    assert len({sound_key(word) for word in group.split()}) == 1


def test_common_names_stay_apart():
    """A key that made two common names one would join strangers."""
    names = [
        "jose",
        "luis",
        "carlos",
        "pedro",
        "manuel",
        "miguel",
        "rafael",
        "andres",
        "jorge",
        "daniel",
        "perez",
        "gomez",
        "rojas",
        "torres",
        "diaz",
        "suarez",
    ]
    assert len({sound_key(name) for name in names}) == len(names)


@given(st.text(max_size=20))
def test_case_and_accents_do_not_matter(word):
    """A key is made of the folded word, and never fails."""
    assert sound_key(word) == sound_key(word.upper().lower().upper())
