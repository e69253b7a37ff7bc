"""Overlap tables: their counts are the persons, by list and stratum."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_linkages import entries_of, linkage_of

from recuento.errors import InvalidValue
from recuento.link.draws import DrawSettings, draw_clusterings
from recuento.link.overlap import overlap_draws, overlap_of, overlap_table_of_draws, total_variation


@st.composite
def clustered(draw: st.DrawFn):
    """Entries on up to four lists with a state or none, and the person of each."""
    count = draw(st.integers(1, 14))
    raw = draw(st.lists(st.integers(0, count - 1), min_size=count, max_size=count))
    persons = [raw.index(value) for value in raw]
    lists = draw(st.lists(st.sampled_from("abcd"), min_size=count, max_size=count))
    states = draw(st.lists(st.sampled_from(["Sur", "Norte", None]), min_size=count, max_size=count))
    return persons, lists, states


@settings(max_examples=60, deadline=None)
@given(clustered())
def test_an_overlap_table_agrees_with_counting_persons_one_by_one(case):
    """Every person is counted once, in the row of just its lists and of what most of its entries say of the state."""
    persons, lists, states = case
    found = overlap_of(linkage_of(len(lists), [], persons=persons), entries_of(lists, state=states), strata=["state"])
    expected: Counter[tuple[object, ...]] = Counter()
    for person in set(persons):
        members = [entry for entry, label in enumerate(persons) if label == person]
        votes = Counter(states[entry] for entry in members if states[entry] is not None).most_common()
        tied = len(votes) > 1 and votes[0][1] == votes[1][1]
        stratum = "unknown" if not votes else "unclear" if tied else votes[0][0]
        on = {lists[entry] for entry in members}
        expected[stratum, *(int(name in on) for name in sorted(set(lists)))] += 1
    rows = found.table.to_pylist()
    assert {tuple(list(row.values())[:-1]): row["count"] for row in rows} == expected
    assert found.persons == sum(row["count"] for row in rows) == len(set(persons))
    assert found.unclear["state"] == sum(row["count"] for row in rows if row["state"] == "unclear")
    assert found.unknown["state"] == sum(row["count"] for row in rows if row["state"] == "unknown")


@settings(max_examples=30, deadline=None)
@given(clustered())
def test_entries_are_first_ones_on_a_list_or_repeats(case):
    """Entries add up: those that put a person on a list, and those that repeat it."""
    persons, lists, _ = case
    found = overlap_of(linkage_of(len(lists), [], persons=persons), entries_of(lists))
    on_lists = sum(row["count"] * sum(row[name] for name in found.lists) for row in found.table.to_pylist())
    assert on_lists + found.repeats == len(lists)


def test_the_overlap_of_every_draw_counts_its_persons():
    """The tables of draws have as many persons as the draws, and one table holds them all."""
    rng = np.random.default_rng(4)
    pairs = [(one, one + 1, float(rng.normal(0, 3))) for one in range(30)]
    entries = entries_of([["a", "b", "c"][number % 3] for number in range(31)])
    draws = draw_clusterings(linkage_of(31, pairs), entries, settings=DrawSettings(draws=20))
    overlaps = overlap_draws(draws, entries)
    assert [one.persons for one in overlaps] == draws.persons().tolist()
    together = overlap_table_of_draws(overlaps)
    assert sum(together["count"].to_pylist()) == sum(draws.persons().tolist())
    assert set(together["draw"].to_pylist()) == set(range(20))


def test_total_variation_is_a_distance_between_shares():
    """Nothing between a table and its double, one between tables that share no history; nobody's row does not count."""
    one = pa.table({"a": [1, 0, 0], "b": [0, 1, 0], "count": [3, 1, 99]})
    twice = pa.table({"a": [1, 0], "b": [0, 1], "count": [6, 2]})
    other = pa.table({"a": [1], "b": [1], "count": [5]})
    assert total_variation(one, twice, ["a", "b"]) == pytest.approx(0)
    assert total_variation(one, other, ["a", "b"]) == pytest.approx(1)


def test_a_stratum_must_be_a_column():
    """A stratum that no entry has is refused with the columns there are."""
    with pytest.raises(InvalidValue, match="facility"):
        overlap_of(linkage_of(1, []), entries_of(["a"]), strata=["planet"])
