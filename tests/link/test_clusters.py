"""Clusters: no chain of weak links makes a person, decisions and lists without duplicates are respected."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.link.clusters import CERTAIN, ClusterSettings, WeighedPairs, components, persons

_SIZE = 9
_PAIRS = [(a, b) for a in range(_SIZE) for b in range(a + 1, _SIZE)]
_WEIGHTS = st.dictionaries(st.sampled_from(_PAIRS), st.floats(-12, 12), max_size=20)


def _pairs(weights):
    ordered = sorted(weights)
    left, right = (np.array([pair[k] for pair in ordered], np.int32) for k in (0, 1))
    return WeighedPairs(left, right, np.array([weights[pair] for pair in ordered], float))


def _persons(weights, unique=None):
    lists = np.full(_SIZE, -1, np.int32) if unique is None else np.array(unique, np.int32)
    return persons(_SIZE, _pairs(weights), lists, ClusterSettings()).tolist()


@settings(deadline=None)  # The first example compiles the loops.
@given(_WEIGHTS)
def test_a_person_is_named_by_its_smallest_entry(weights):
    """Every entry has one person, and the person is its smallest entry."""
    found = _persons(weights)
    assert all(found[person] == person <= row for row, person in enumerate(found))


@settings(deadline=None)  # The first example compiles the loops.
@given(_WEIGHTS)
def test_only_connected_entries_are_one_person(weights):
    """Entries without a path of probable pairs between them are never joined."""
    strong = {pair: w for pair, w in weights.items() if w >= -6}
    pairs = _pairs(strong)
    part = components(_SIZE, pairs.left, pairs.right)
    found = _persons(weights)
    assert all(part[row] == part[person] for row, person in enumerate(found))


def test_a_chain_of_weak_links_makes_no_person():
    """Six entries in a row, each a little like the next and unlike the rest, are not one person."""
    weights = {(a, b): (1.5 if b == a + 1 else -7.0) for a, b in _PAIRS if b < 6}
    found = _persons(weights)
    assert max(found.count(person) for person in found) == 2


def test_a_contradiction_parts_a_group():
    """Where two sure pairs meet in one entry and the far ends cannot be one, the surer pair stays."""
    assert _persons({(0, 1): 8.0, (1, 2): 5.0, (0, 2): -10.0}) == [0, 0, 2, 3, 4, 5, 6, 7, 8]


@settings(deadline=None)  # The first example compiles the loops.
@given(_WEIGHTS, st.sampled_from(_PAIRS), st.sampled_from([CERTAIN, -CERTAIN]))
def test_what_a_person_decided_stands(weights, pair, decided):
    """A yes joins whatever the model says, a no parts."""
    found = _persons({**weights, pair: decided})
    assert (found[pair[0]] == found[pair[1]]) == (decided > 0)


@settings(deadline=None)  # The first example compiles the loops.
@given(_WEIGHTS, st.lists(st.sampled_from([-1, 0, 1]), min_size=_SIZE, max_size=_SIZE))
def test_a_list_without_duplicates_names_nobody_twice(weights, unique):
    """Two entries of such a list are two persons."""
    found = _persons(weights, unique)
    kept = [(person, number) for person, number in zip(found, unique, strict=True) if number >= 0]
    assert len(kept) == len(set(kept))


def test_no_pairs_no_joins():
    """Without pairs everybody is somebody."""
    assert _persons({}) == list(range(_SIZE))


def test_what_a_person_decided_joins_groups_of_any_size():
    """A yes holds although it speaks against a million pairs of the two groups that nobody compared."""
    half = 1_100
    chain = [(row, row + 1) for row in range(2 * half - 1) if row != half - 1]
    # The pair between the groups is met when both are nearly whole.
    left, right = np.array(sorted([*chain, (half - 1, 2 * half - 1)]), np.int32).T
    pairs = WeighedPairs(left, right, np.full(len(left), CERTAIN))
    found = persons(2 * half, pairs, np.full(2 * half, -1, np.int32), ClusterSettings())
    assert set(found.tolist()) == {0}
