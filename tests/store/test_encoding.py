"""Nouns to JSON and back: nothing is lost, nothing foreign is let in."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.model.balance import Proof
from recuento.model.claim import Claim
from recuento.model.decision import Decision
from recuento.model.demand import Demand
from recuento.model.document import Description, Document, TextLayer
from recuento.model.measure import Measure, standard_vocabulary
from recuento.model.statement import Statement
from recuento.store.encoding import decode, encode, instant
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Quantity

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=15)
NUMBERS = st.integers(0, 10**7) | st.decimals(0, 10**7, allow_nan=False, places=2)
ANCHORS = st.builds(
    lambda start, quote: Anchor(start, start + len(quote), quote), st.integers(0, 10**6), WORDS.filter(bool)
)
DAYS = st.dates()
DATES = st.one_of(
    DAYS.map(PartialDate.of), DAYS.map(lambda d: PartialDate(d.year, d.month)), DAYS.map(lambda d: PartialDate(d.year))
)
QUANTITIES = st.builds(
    lambda ends, words, comparison, stated: Quantity(ends[0], ends[1], words, comparison, tuple(stated)),
    st.tuples(NUMBERS, NUMBERS).map(sorted) | st.tuples(NUMBERS | st.none(), st.none()),
    WORDS,
    st.sampled_from(Comparison),
    st.lists(NUMBERS, max_size=2),
)
for kind, strategy in {
    str: WORDS,
    float: st.floats(0, 1),
    Anchor: ANCHORS,
    PartialDate: DATES,
    Quantity: QUANTITIES,
    datetime: st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(fold=0)),
}.items():
    st.register_type_strategy(kind, strategy)
STATEMENTS = st.builds(Statement, content=st.lists(ANCHORS, min_size=1, max_size=3).map(tuple))
NOUNS: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (Statement, STATEMENTS),
    (Quantity, QUANTITIES),
    *[(kind, st.builds(kind)) for kind in (Claim, Demand, Decision, Document, Description, TextLayer, Measure)],
]


def said(noun: Any) -> str:
    """The noun in full; a set has no order, so its members are put into one."""

    def ordered(value: Any) -> Any:
        if isinstance(value, frozenset):
            return sorted(value)
        if isinstance(value, tuple):
            return [ordered(one) for one in value]
        if is_dataclass(value):
            return [type(value).__name__, *((one.name, ordered(getattr(value, one.name))) for one in fields(value))]
        return value

    return repr(ordered(noun))


@pytest.mark.parametrize(("kind", "nouns"), NOUNS, ids=[kind.__name__ for kind, _ in NOUNS])
def test_what_is_written_can_be_read_back(kind: Any, nouns: st.SearchStrategy[Any]) -> None:
    """Every noun comes back equal and of the same types, and its text is the same every time."""

    @settings(max_examples=60, deadline=None)
    @given(nouns)
    def round_trip(noun: Any) -> None:
        text = encode(noun)
        back = decode(kind, text)
        assert back == noun
        assert said(back) == said(noun)  # 1 and Decimal("1.00") are equal, but not the same saying
        assert encode(back) == text == encode(noun)
        assert "\n" not in text

    round_trip()


def test_the_vocabulary_of_the_package_comes_back() -> None:
    """A real list of nouns, with its type given, is read back whole."""
    measures = standard_vocabulary().measures
    assert decode(tuple[Measure, ...], encode(measures, tuple[Measure, ...])) == measures  # type: ignore[arg-type]


def test_keys_are_sorted_and_decimals_are_no_floats() -> None:
    """The text is canonical: another program gives the same bytes, and no figure passes through a float."""
    text = encode(Quantity(Decimal("0.10"), Decimal("0.30"), "entre 0,10 y 0,30", Comparison.RANGE))
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert '"low":"0.10"' in text


def test_a_field_that_was_added_later_takes_its_default() -> None:
    """A row written before a noun gained an optional field is still read."""
    assert decode(Description, '{"title":"Informe"}') == Description(title="Informe")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '{"unheard_of":1}',
        '{"title":1}',
        '{"published":"20 de septiembre"}',
        '{"published":true}',
    ],
)
def test_what_is_no_description_is_refused(text: str) -> None:
    """Text of another shape, as a newer version may write it, is refused in words and never half read."""
    with pytest.raises(InvalidValue) as refused:
        decode(Description, text)
    assert refused.value.es != refused.value.en


@pytest.mark.parametrize("wrong", [Description(title=1), Description(published="2023")])  # type: ignore[arg-type]
def test_a_value_of_another_type_is_not_written(wrong: Description) -> None:
    """What could not be read back is never written."""
    with pytest.raises(TypeError):
        encode(wrong)


@given(st.datetimes(timezones=st.timezones()), st.datetimes(timezones=st.timezones()))
def test_moments_sort_as_text(one: datetime, other: datetime) -> None:
    """The text of two moments stands in the order of time, whatever zones they are told in."""
    try:
        assert (instant(one) < instant(other)) == (one.astimezone(UTC) < other.astimezone(UTC))
    except OverflowError:
        return


def test_a_moment_without_a_zone_is_refused() -> None:
    """Ten o'clock of no place is no moment."""
    with pytest.raises(InvalidValue):
        instant(datetime(2023, 9, 20, 10))


def test_a_noun_may_hold_its_own_kind() -> None:
    """A proof by cases holds proofs; it is written and read back whole."""
    leaf = Proof("x", "low", 3, ())
    tree = Proof("x", "low", 3, (), split=("y", 1), cases=(leaf, leaf))
    assert decode(Proof, encode(tree)) == tree
