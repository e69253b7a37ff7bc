"""Draws from clusterings: coherent, within the constraints, as likely as they should be."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_linkages import Pair, entries_of, entry_id, linkage_of, partitions

from recuento.errors import InvalidValue
from recuento.link.decisions import PairDecision
from recuento.link.draws import DrawSettings, draw_clusterings
from recuento.link.draws_graph import graph_of

PLAIN = DrawSettings(
    draws=4_000, doubt_bits=0.0, agreeing_share=0.3, disagreeing_share=0.6, uncompared_bits=-2.0, missed=False
)
FEW = DrawSettings(draws=40)


def weight_by_trees(pairs: dict[tuple[int, int], float], labels: tuple[int, ...], chosen: DrawSettings) -> float:
    """The log weight of a clustering the slow way: all spanning trees are what the heaviest tree is found among."""
    total = 0.0
    least = log(chosen.least_probability / (1 - chosen.least_probability))
    for person in set(labels):
        members = [entry for entry, label in enumerate(labels) if label == person]
        inside = list(combinations(members, 2))
        weights = {pair: max(-12.0, min(12.0, pairs[pair] * log(2))) for pair in inside if pair in pairs}
        best = None
        for tree in combinations([p for p, w in weights.items() if w >= least], len(members) - 1):
            if is_connected(members, tree):
                value = sum(weights[pair] for pair in tree)
                rest = sum(
                    weights[pair] * (chosen.agreeing_share if weights[pair] > 0 else chosen.disagreeing_share)
                    for pair in weights
                    if pair not in tree
                )
                rest += chosen.uncompared_bits * log(2) * sum(pair not in weights for pair in inside)
                if best is None or value > best[0]:
                    best = (value, rest)
        if len(members) > 1:
            if best is None:
                return -np.inf
            total += sum(best)
    return total


def is_connected(members: list[int], tree: tuple[tuple[int, int], ...]) -> bool:
    """Whether the pairs hold the members together."""
    reached = {members[0]}
    for _ in members:
        reached |= {other for pair in tree for other in pair if reached & set(pair)}
    return reached == set(members)


PAIRS: list[Pair] = [(0, 1, 2.0), (0, 2, 0.7), (1, 2, -1.5), (2, 3, 1.1), (3, 4, -0.4), (1, 4, 0.3)]


def shares_expected(pairs: list[Pair], count: int, allowed=lambda labels: True) -> dict[tuple[int, ...], float]:
    """The chance of every clustering, by weighing them all."""
    known = {(one, other): weight for one, other, weight in pairs}
    weights = {p: exp(weight_by_trees(known, p, PLAIN)) for p in partitions(count) if allowed(p)}
    total = sum(weights.values())
    return {labels: weight / total for labels, weight in weights.items()}


def shares_drawn(drawn: np.ndarray) -> dict[tuple[int, ...], float]:
    """How often each clustering was drawn."""
    counts = Counter(tuple(row) for row in drawn.tolist())
    return {labels: count / len(drawn) for labels, count in counts.items()}


def distance(one: dict[tuple[int, ...], float], other: dict[tuple[int, ...], float]) -> float:
    """Total variation between two distributions."""
    return 0.5 * sum(abs(one.get(key, 0) - other.get(key, 0)) for key in one.keys() | other.keys())


def test_small_parts_are_drawn_as_often_as_weighing_every_clustering_says():
    """Draws of five entries have the shares that all 52 clusterings have when each is weighed by its trees."""
    linkage, entries = linkage_of(5, PAIRS), entries_of(["a"] * 5)
    draws = draw_clusterings(linkage, entries, settings=PLAIN, seed=3)
    assert distance(shares_expected(PAIRS, 5), shares_drawn(draws.drawn)) < 0.04


def test_walking_and_weighing_agree():
    """The walk for large parts, made to walk a small one, visits clusterings as often as their weights say."""
    from recuento.link.draws_kernel import Weights
    from recuento.link.draws_walk import walk_parts

    graph = graph_of(linkage_of(5, PAIRS), ["a"] * 5, (), least_probability=0.01)
    rates = np.array([PLAIN.agreeing_share, PLAIN.disagreeing_share, PLAIN.uncompared_bits * np.log(2)])
    weights = Weights(graph.masks, graph.start, graph.neighbour, graph.weight, graph.linkable, rates)
    out = np.zeros((20_000, 5), dtype=np.int32)
    walk_parts(graph.part_start, graph.part_nodes, weights, graph.labels, graph.first_entry, np.zeros(len(out)),
               np.array([20, 3]), 5, out)  # fmt: skip
    assert distance(shares_expected(PAIRS, 5), shares_drawn(out)) < 0.03


def test_walking_keeps_to_lists_and_decisions():
    """A walk over a long chain of entries never puts two of a list free of duplicates together, nor two kept apart."""
    count = 40
    pairs = [(one, other, 1.5) for one in range(count) for other in range(one + 1, min(one + 4, count))]
    lists = ["u" if number % 3 == 0 else "x" for number in range(count)]
    decided = [PairDecision(entry_id(1), entry_id(2), "no"), PairDecision(entry_id(4), entry_id(5), "yes")]
    linkage = linkage_of(count, pairs, unique_lists=["u"], decisions=decided)
    draws = draw_clusterings(linkage, entries_of(lists), settings=FEW)
    for draw in range(len(draws)):
        labels = draws.labels(draw)
        on_unique = [label for label, name in zip(labels, lists, strict=True) if name == "u"]
        assert len(set(on_unique)) == len(on_unique)
        assert labels[1] != labels[2]
        assert labels[4] == labels[5]


@st.composite
def cases(draw: st.DrawFn):
    """A few entries, pairs with any weights, lists of which one is free of duplicates, and some decisions."""
    count = draw(st.integers(2, 8))
    both = list(combinations(range(count), 2))
    weights = draw(st.dictionaries(st.sampled_from(both), st.floats(-20, 20), min_size=1))
    lists = draw(st.lists(st.sampled_from("abc"), min_size=count, max_size=count))
    no = draw(st.sets(st.sampled_from(both), max_size=3))
    return count, [(*pair, weight) for pair, weight in weights.items()], lists, no


@settings(max_examples=60, deadline=None)
@given(cases(), st.integers(0, 2**31))
def test_every_draw_is_a_clustering_within_its_constraints(case, seed):
    """Each entry has one person, called by its first entry; lists and decisions are kept; persons are counted right."""
    count, pairs, lists, no = case
    decided = [PairDecision(entry_id(one), entry_id(other), "no") for one, other in sorted(no)]
    linkage = linkage_of(count, pairs, unique_lists=["a"], decisions=decided)
    draws = draw_clusterings(linkage, entries_of(lists), settings=FEW, seed=seed)
    for draw, persons in enumerate(draws.persons().tolist()):
        labels = draws.labels(draw)
        assert persons == len(set(labels.tolist()))
        assert all(labels[label] == label <= entry for entry, label in enumerate(labels))
        assert all(labels[one] != labels[other] for one, other in no)
        on_unique = [label for label, name in zip(labels, lists, strict=True) if name == "a"]
        assert len(set(on_unique)) == len(on_unique)


@settings(max_examples=25, deadline=None)
@given(cases(), st.integers(0, 2**31))
def test_draws_depend_on_nothing_but_the_seed(case, seed):
    """The same seed gives the same draws, with one worker or three."""
    count, pairs, lists, _ = case
    linkage, entries = linkage_of(count, pairs), entries_of(lists)
    one = draw_clusterings(linkage, entries, settings=FEW, seed=seed, workers=1)
    three = draw_clusterings(linkage, entries, settings=FEW, seed=seed, workers=3)
    assert (one.drawn == three.drawn).all()


def test_a_lone_pair_is_joined_as_often_as_its_probability_says():
    """Where two entries have nobody else, the share of draws that join them is the pair's probability."""
    linkage = linkage_of(2, [(0, 1, 1.0)])
    draws = draw_clusterings(linkage, entries_of(["a", "b"]), settings=PLAIN, seed=8)
    assert abs(float((draws.persons() == 1).mean()) - 2 / 3) < 0.03


def test_a_yes_holds_against_any_weight():
    """Entries that a person said are one are one in every draw, compared or not, and bring their friends along."""
    decided = [PairDecision(entry_id(0), entry_id(2), "yes")]
    linkage = linkage_of(3, [(0, 1, 8.0), (1, 2, -9.0)], decisions=decided)
    draws = draw_clusterings(linkage, entries_of(["a", "b", "c"]), settings=FEW)
    assert all(draws.labels(draw)[2] == 0 for draw in range(len(draws)))


def test_contradictory_decisions_are_refused():
    """One is two and two is three, yet one is not three: the message names the pair and asks for one back."""
    decided = [PairDecision(entry_id(a), entry_id(b), w) for a, b, w in ((0, 1, "yes"), (1, 2, "yes"), (0, 2, "no"))]
    linkage = linkage_of(3, [(0, 1, 3.0)], decisions=decided)
    with pytest.raises(InvalidValue, match="e0000 and e0002"):
        draw_clusterings(linkage, entries_of(["a"] * 3), settings=FEW)


def test_nothing_to_link_gives_draws_of_everybody_apart():
    """No entries, and entries without pairs, are drawn as they are."""
    assert draw_clusterings(linkage_of(0, []), entries_of([]), settings=FEW).persons().tolist() == [0] * 40
    assert draw_clusterings(linkage_of(3, []), entries_of(["a"] * 3), settings=FEW).persons().tolist() == [3] * 40
