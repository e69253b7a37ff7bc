"""Numbers of documents: the eight ways lists write them are one number; what is no number is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.values.document_numbers import DocumentNumber, document_number

_FORMATS = (
    "V-{d}", "{n}", "V{n}", "{d}", "V-{n}", "C.I. {d}", "v- {s}", "CI:V {n}", "C.I. Nº {n}", "V.{d}.",
)  # fmt: skip


@given(st.integers(1_000_000, 99_999_999), st.sampled_from(_FORMATS))
def test_every_format_gives_the_same_digits(number, written):
    """Separators, prefixes and letters are read away."""
    if len(set(str(number))) == 1:
        return
    dotted = f"{number:,}".replace(",", ".")
    found = document_number(written.format(n=number, d=dotted, s=dotted.replace(".", " ")))
    assert found is not None
    assert found.digits == str(number)
    assert found.letter in ("", "V")


@given(st.integers(1_000_000, 99_999_999), st.integers(0, 6))
def test_an_illegible_digit_keeps_its_place(number, place):
    """One digit that could not be read is a question mark, and the number is not whole."""
    text = str(number)
    found = document_number(text[:place] + "*" + text[place + 1 :])
    if found is not None:
        assert found.digits == (text[:place] + "?" + text[place + 1 :]).lstrip("0")
        assert not found.is_whole


@pytest.mark.parametrize("text", ["S/C", "0", "", "no porta", "11111111", "1234", "123456789012", "por verificar"])
def test_what_is_no_number_is_none(text):
    """Placeholders are not numbers that many people share."""
    assert document_number(text) is None


def test_the_letter_is_kept():
    """A foreigner's number stays one."""
    assert document_number("E-84.123.456") == DocumentNumber("84123456", "E")


@given(st.text(max_size=30))
def test_any_cell_is_read(text):
    """No cell makes it fail, and digits are digits."""
    found = document_number(text)
    assert found is None or set(found.digits) <= set("0123456789?")
