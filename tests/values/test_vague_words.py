"""Vague words: the least they can mean, and how they compare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.values.quantity import Comparison
from recuento.values.vague_words import LEAST, about_of, comparison_of, least_of


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("muchos", 3), ("many", 3), ("decenas", 20), ("docenas", 24), ("dozens", 24), ("several", 2), ("varios", 2),
        ("algunos presos", 2), ("some", 2), ("cientos", 200), ("hundreds", 200), ("miles", 2_000), ("thousands", 2_000),
        ("hundreds of thousands", 200_000), ("Decenas de miles de personas", 20_000), ("un gran número de reclusos", 3),
        ("un par", 2), ("11", None), ("", None), ("presos", None),
    ],
)  # fmt: skip
def test_the_least_of_vague_words(words: str, least: int | None) -> None:
    """The low end follows the table of docs/vague-quantities.md; the longest expression counts."""
    assert least_of(words) == least


@pytest.mark.parametrize(
    ("words", "comparison"),
    [
        ("al menos 11", Comparison.GE), ("at least 11", Comparison.GE), ("más de 40", Comparison.GT),
        ("over 40", Comparison.GT), ("hasta 40", Comparison.UPTO), ("up to 40", Comparison.UPTO),
        ("menos de 40", Comparison.LT), ("casi 40", Comparison.NEARLY),
        ("unos 40", Comparison.APPROX), ("about 40", Comparison.APPROX), ("entre 4 y 5", Comparison.RANGE),
        ("no más de 40", Comparison.LE), ("muchos", Comparison.VAGUE), ("several", Comparison.VAGUE),
        ("una docena", Comparison.APPROX),
        ("ninguno", Comparison.NONE), ("se desconoce", Comparison.UNKNOWN), ("40", None), ("", None),
    ],
)  # fmt: skip
def test_how_words_compare(words: str, comparison: Comparison | None) -> None:
    """The words that introduce a number tell how it is meant."""
    assert comparison_of(words) is comparison


def test_words_for_about_a_number() -> None:
    """«una docena» is about twelve, not twelve upward."""
    assert about_of("una docena de presos") == 12
    assert about_of("half a dozen") == 6
    assert about_of("doce") is None


@given(st.sampled_from(sorted(LEAST)))
def test_every_vague_word_is_more_than_nothing(words: str) -> None:
    """No vague word of the table can mean none."""
    least = least_of(words)
    assert least is not None and least >= 1


@given(st.text(max_size=60))
def test_any_text_is_answered(words: str) -> None:
    """Any text gives an answer or None."""
    least_of(words)
    about_of(words)
    comparison_of(words)
