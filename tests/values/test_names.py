"""Names compare without case, accents or punctuation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recuento.values.names import contains_name, fold, key_words


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded name is already folded."""
    assert fold(fold(text)) == fold(text)


def test_accents_case_and_punctuation_do_not_tell_names_apart() -> None:
    """The same institution in a headline, a list and a post is one name."""
    assert fold("PEÑA, José-María") == fold("Pena jose maria") == "pena jose maria"


def test_names_are_found_as_whole_words() -> None:
    """An acronym inside a longer word is not the organisation."""
    assert contains_name("según el OVP, hubo", "OVP")
    assert not contains_name("los OVPistas", "OVP")
    assert not contains_name("anything", "...")


def test_articles_carry_no_meaning() -> None:
    """ "The interior minister" and "ministro del Interior" keep only their telling words."""
    assert key_words("the interior minister") == {"interior", "minister"}
    assert key_words("el ministro del Interior") == {"ministro", "interior"}
