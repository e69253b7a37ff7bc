"""Words of names, and the names that short forms stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recuento.values.names import fold
from recuento.values.person_names import COMMA, formal_given, given_names, name_words, short_forms, surnames


def test_words_and_commas():
    """Accents and marks go, a comma stays."""
    assert name_words("Peña R., José") == ("pena", "r", ",", "jose")


@given(st.text(max_size=40))
def test_words_are_those_of_the_folded_text(text):
    """Commas taken out, the words are the folded words."""
    assert [word for word in name_words(text) if word != COMMA] == fold(text).split()


def test_short_forms_stand_for_names():
    """Cheo is José, and a name is itself."""
    assert formal_given("cheo") == "jose"
    assert formal_given("jose") == "jose"
    assert formal_given("xyz") == "xyz"


def test_the_lexicon_is_folded_and_no_short_form_is_a_formal_name():
    """Lexicon files hold folded words; a short form leads to a name in one step."""
    for words in (given_names(), surnames(), set(short_forms())):
        assert all(word == fold(word) and " " not in word for word in words)
    assert not {formal_given(name) for name in short_forms()} & set(short_forms())
