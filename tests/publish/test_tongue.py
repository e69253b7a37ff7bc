"""Words, numbers and dates in both languages, and no phrase forgotten or unused."""

import re
import string
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recuento.publish
from recuento.publish.pages import vague_table
from recuento.publish.tongue import Tongue, phrases
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

ROOM = Path(recuento.publish.__file__).parent


def test_every_phrase_has_the_same_gaps_in_both_languages() -> None:
    """What is filled in in Spanish is filled in in English."""
    for key, phrase in phrases().items():
        gaps = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (phrase.es, phrase.en)]
        assert gaps[0] == gaps[1], key
        assert phrase.es.strip() and phrase.en.strip(), key


def test_every_phrase_is_used_and_every_phrase_used_exists() -> None:
    """No phrase is dead and none is missing: keys are looked up in the code and the templates."""
    sources = "\n".join(path.read_text() for pattern in ("**/*.py", "**/*.html") for path in ROOM.glob(pattern))
    whole = set(re.findall(r"\bt\(\s*[\"']([a-z_0-9]+)[\"']\s*[,)]", sources))
    assert whole <= phrases().keys(), whole - phrases().keys()
    quoted = set(re.findall(r"[\"']([a-z_0-9]+)[\"']", sources))
    stems = set(re.findall(r"[\"']([a-z_0-9]+_)[\"{]", sources)) | set(re.findall(r"f[\"']([a-z_]+_)\{", sources))
    stems |= set(re.findall(r"[\"']([a-z_]+_)[\"'] ~", sources)) | {"read_", "file_"}
    for key in phrases():
        plain = key.removesuffix("_one").removesuffix("_many")
        assert key in quoted or plain in quoted or any(key.startswith(stem) for stem in stems), key


@given(st.integers(-(10**9), 10**9))
def test_a_written_number_can_be_read_back(number: int) -> None:
    """Grouping changes the look, not the number."""
    for language, group in (("es", "."), ("en", ",")):
        written = Tongue(language).number(number)
        assert int(written.replace(group, "").replace("\N{MINUS SIGN}", "-")) == number


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", ["1.600", "20 sept 2023", "14–16 mar 2017", "sept 2023", "2,5", "al menos 19", "«decenas»", "19 o más"]),
        (
            "en",
            ["1,600", "20 Sept 2023", "14–16 Mar 2017", "Sept 2023", "2.5", "at least 19", "«decenas»", "19 or more"],
        ),
    ],
)
def test_what_people_read(language: str, expected: list[str]) -> None:
    """Numbers, dates and quantities as each language writes them."""
    tongue = Tongue(language)
    day = PartialDate.parse
    assert [
        tongue.number(1600),
        tongue.day(day("2023-09-20")),
        tongue.days(day("2017-03-14"), day("2017-03-16")),
        tongue.day(day("2023-09")),
        tongue.number(Decimal("2.5")),
        tongue.quantity(quantity_from(Comparison.GE, (19,), "por lo menos diecinueve")),
        tongue.quantity(quantity_from(Comparison.VAGUE, (20,), "decenas")),
        tongue.range(19, None),
    ] == expected


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_comparison_can_be_said(language: str) -> None:
    """No kind of quantity is without words."""
    tongue = Tongue(language)
    for comparison in Comparison:
        stated = {Comparison.RANGE: (2, 3), Comparison.UNKNOWN: (), Comparison.VAGUE: (), Comparison.NONE: ()}
        assert tongue.quantity(quantity_from(comparison, stated.get(comparison, (30,)), "palabras"))
    assert len(vague_table(tongue)) == 9


def test_lists_are_joined_as_people_join_them() -> None:
    """Spanish turns y into e before an i sound, and not before hie-."""
    spanish = Tongue("es")
    assert spanish.joined(["a", "b", "c"]) == "a, b y c"
    assert spanish.joined(["padres", "hijos"]) == "padres e hijos"
    assert spanish.joined(["agua", "hielo"]) == "agua y hielo"
    assert Tongue("en").joined(["a", "b"]) == "a and b"
