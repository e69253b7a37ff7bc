"""Simulated lists: the truth they come with is the truth, and every rate does what it says."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.errors import InvalidValue
from recuento.link.entries import Entries
from recuento.link.simulate import simulate
from recuento.link.simulate_people import UNISSUED, UNISSUED_FOREIGN
from recuento.link.simulate_presets import PRESETS, preset
from recuento.link.simulate_settings import ListSettings, NameRates, NumberRates, SimulationSettings


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(PRESETS)), st.integers(0, 400), st.integers(0, 2**31))
def test_captures_are_those_of_the_truth(name, persons, seed):
    """The capture table adds up to the population and is what entries and truth give when counted."""
    made = simulate(preset(name, persons), seed)
    entries = Entries.of(made.entries)
    assert sum(made.captures["count"].to_pylist()) == persons
    person_of = dict(zip(*(made.truth[c].to_pylist() for c in ("entry_id", "person_id")), strict=True))
    on: dict[int, set[str]] = {}
    for entry, on_list in zip(*(entries.column(c).to_pylist() for c in ("entry_id", "list")), strict=True):
        on.setdefault(person_of[entry], set()).add(on_list)
    counted = Counter(frozenset(found) for found in on.values())
    lists = made.captures.column_names[:-1]
    told = {frozenset(n for n in lists if row[n]): row["count"] for row in made.captures.to_pylist()}
    told.pop(frozenset(), None)
    assert told == counted


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_the_same_seed_gives_the_same_lists(name):
    """Tables are equal for the same seed and differ for another."""
    one, again, other = (simulate(preset(name, 150), seed) for seed in (4, 4, 5))
    assert one.entries.equals(again.entries) and one.truth.equals(again.truth)
    assert not one.entries.equals(other.entries)


def test_no_number_was_ever_issued():
    """Every number that can be read whole, also after an error, lies where nobody has one, or has a digit too many."""
    made = simulate(preset("hard", 6_000), 2)
    for cell in made.entries["document_number"].drop_null().to_pylist():
        digits = re.sub(r"\D", "", cell)
        whole = len(digits) == 8 and not re.search(r"[?_x*]", cell)
        if whole:
            assert any(low <= int(digits) <= high for low, high in (UNISSUED, UNISSUED_FOREIGN)), cell
        else:
            assert len(digits) in (0, 9) or re.search(r"[?_x*]", cell), cell


def clean_list(name: str = "clean", **other: object) -> ListSettings:
    """A list on which nothing goes wrong."""
    names = NameRates(**{f: 0.0 for f in NameRates.__dataclass_fields__ if f != "longest"})
    numbers = replace(NumberRates(**dict.fromkeys(NumberRates.__dataclass_fields__, 0.0)), present=1.0)
    return ListSettings(name=name, chance=0.9, repeats=0.0, names=names, numbers=numbers, **other)  # type: ignore[arg-type]


def test_without_errors_a_person_is_written_the_same_everywhere():
    """With every rate at nothing, all entries of a person bear one name and one number."""
    made = simulate(SimulationSettings(500, (clean_list("a"), clean_list("b")), undocumented=0.0), 9)
    written: dict[int, set[tuple[str, str]]] = {}
    rows = zip(made.truth["person_id"].to_pylist(), made.entries["name"].to_pylist(),
               made.entries["document_number"].to_pylist(), strict=True)  # fmt: skip
    for person, name, number in rows:
        written.setdefault(person, set()).add((name, re.sub(r"\D", "", number)))
    assert len(written) > 450
    assert all(len(found) == 1 for found in written.values())


def test_a_list_catches_its_share_and_one_that_follows_catches_the_same_people():
    """The chance is met over the persons in reach; a list that follows another shares more with it than chance."""
    lists = (clean_list("a"), replace(clean_list("b"), chance=0.3), replace(clean_list("c"), chance=0.3))
    lists = (replace(lists[0], chance=0.3), lists[1], replace(lists[2], follows=(("a", 3.0),)))
    made = simulate(SimulationSettings(8_000, lists, visibility_spread=0.0), 3)
    rows = made.captures.to_pylist()
    for name in "abc":
        assert sum(row["count"] for row in rows if row[name]) / 8_000 == pytest.approx(0.3, abs=0.03)
    together = {pair: sum(row["count"] for row in rows if row["a"] and row[pair]) for pair in "bc"}
    assert together["c"] > 1.8 * together["b"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: NameRates(phonetic=1.2),
        lambda: NameRates(upper=0.7, lower=0.7),
        lambda: NumberRates(present=-0.1),
        lambda: ListSettings(name=""),
        lambda: ListSettings(name="a", repeats=0.99),
        lambda: SimulationSettings(-1, ()),
        lambda: SimulationSettings(10, (ListSettings(name="a"), ListSettings(name="a"))),
        lambda: SimulationSettings(10, (ListSettings(name="a", follows=(("b", 1.0),)),)),
        lambda: preset("moon", 10),
    ],
)
def test_impossible_settings_are_refused(wrong):
    """A rate that is no chance, a list twice, a list that follows none: refused in both languages."""
    with pytest.raises(InvalidValue) as found:
        wrong()
    assert found.value.en and found.value.es


def test_ten_thousand_persons_take_moments():
    """Simulating grows with the number of entries alone: ten thousand persons are written in a few seconds."""
    start = time.process_time()
    assert len(simulate(preset("plain", 10_000), 1).entries) > 9_000
    assert time.process_time() - start < 5
