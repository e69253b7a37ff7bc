"""A purpose is kept in clear, so it may tell nothing of what is sealed; any other is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.casefile.sealing.purposes import refuse_values_in, require_purpose
from recuento.errors import InvalidValue
from recuento.seal.sealed import Sealed

NAMES = ["Ubaldina Trasmonte", "+58 414 5550199", "Callejón Guayacán 47"]
NOTES = ["Vio salir dos camiones azules por la puerta trasera; llamó al 0212 555 0133."]


@pytest.mark.parametrize(
    "purpose",
    ["llamar a UBALDINA", "ver a la señora trasmonte", "ir al callejon", "el 414 555 0199",
     "por los camiones azules", "marcar 0212-5550133"],
)  # fmt: skip
def test_a_name_a_number_and_words_of_a_note_are_refused(purpose: str) -> None:
    """Whatever the case, the accents, and what stands between the digits; the message repeats nothing."""
    with pytest.raises(InvalidValue) as raised:
        refuse_values_in(purpose, [Sealed(one) for one in NAMES], [Sealed(one) for one in NOTES])
    assert not any(word in raised.value.en for word in ("Ubaldina", "Trasmonte", "camiones"))


@pytest.mark.parametrize("purpose", ["preparar la segunda entrevista", "la puerta del penal", "una llamada de control"])
def test_a_purpose_that_tells_nothing_is_taken(purpose: str) -> None:
    """Words that a note shares with any other text one by one tell nothing."""
    require_purpose(purpose)
    refuse_values_in(purpose, [Sealed(one) for one in NAMES], [Sealed(one) for one in NOTES])


@given(st.text(alphabet=" \t\n", max_size=5), st.text(alphabet="abcñ", max_size=8))
def test_one_word_is_no_purpose(space: str, word: str) -> None:
    """An opening says in a few words what it is for."""
    with pytest.raises(InvalidValue):
        require_purpose(space + word + space)
