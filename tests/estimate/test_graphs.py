"""Decomposable graphs: how many there are, that each is one, and that its parts are right."""

import itertools
import math

import numpy as np
import pytest

from recuento.errors import InvalidValue
from recuento.estimate.decomposable_kernel import sum_over_graphs
from recuento.estimate.graphs import (
    GRAPH_COUNTS,
    decomposable_graphs,
    graph_codes,
    graph_from_cliques,
    graph_of,
    graph_parts,
)


def test_graphs_are_listed_each_once():
    """2, 8, 61, 822, 18,154 and 617,675 different graphs on two to seven lists."""
    for k in range(2, 8):
        codes = graph_codes(k)
        assert len(codes) == len(np.unique(codes)) == GRAPH_COUNTS[k]


def test_the_sum_over_graphs_counts_them():
    """With every weight one the sum is the number of graphs, eight lists (30,888,596) included."""
    for k in range(3, 9):
        summed = math.exp(sum_over_graphs(k, np.zeros((1 << k, 1)))[0]) + 1
        assert summed == pytest.approx(GRAPH_COUNTS[k], rel=1e-12)


def test_the_sum_over_graphs_is_the_sum_over_the_list():
    """For wild weights, hundreds of powers of ten apart, it is the plain sum over all graphs."""
    for k, size in ((3, 1.0), (4, 30.0), (5, 3.0), (5, 200.0), (6, 20.0), (7, 6.0)):
        rng = np.random.default_rng(k)
        log_phi = rng.normal(size=(1 << k, 1)) * size + rng.normal(size=(1 << k, 3)) * 0.5
        log_phi[[0, *(1 << at for at in range(k))]] = 0.0
        cliques, separators = graph_parts(k)
        logs = log_phi[cliques].sum(axis=1) - log_phi[separators].sum(axis=1)
        logs = logs[(cliques != (1 << k) - 1).all(axis=1)]
        top = logs.max(axis=0)
        plain = top + np.log(np.exp(logs - top).sum(axis=0))
        assert np.allclose(sum_over_graphs(k, log_phi), plain, rtol=1e-13, atol=1e-10)


def test_cliques_and_separators_fit_together():
    """Cliques are complete, cover every edge, and outnumber the separators by one; sizes add up to the lists."""
    for k in (3, 4, 5):
        for graph in decomposable_graphs(k):
            assert len(graph.cliques) == len(graph.separators) + 1
            sizes = sum(c.bit_count() for c in graph.cliques) - sum(s.bit_count() for s in graph.separators)
            assert sizes == k
            members = [[at for at in range(k) if clique >> at & 1] for clique in graph.cliques]
            assert graph_from_cliques(k, members) == graph


def test_a_cycle_without_a_chord_is_refused():
    """Four lists in a ring are no decomposable graph."""
    with pytest.raises(InvalidValue, match="cycle"):
        graph_from_cliques(4, [[0, 1], [1, 2], [2, 3], [0, 3]])
    with pytest.raises(InvalidValue):
        graph_codes(9)


def test_graphs_are_named_by_their_lists():
    """Cliques are written with numbers or names of lists, in order."""
    graph = graph_from_cliques(4, [[1, 2], [0, 1], [3]])
    assert graph.numbered == "12|23|4"
    assert graph.named(("A", "B", "C", "D")) == "A+B | B+C | D"
    assert graph_of(graph.code, 4) == graph


def test_every_graph_on_five_lists_by_brute_force():
    """The listed graphs are those of all 1,024 whose cycles all have chords."""
    pairs = [(u, v) for v in range(5) for u in range(v)]
    found = set()
    for code in range(1 << len(pairs)):
        edges = {pair for at, pair in enumerate(pairs) if code >> at & 1}
        left = set(range(5))
        while left:
            for v in left:
                near = [u for u in left if (min(u, v), max(u, v)) in edges and u != v]
                if all((min(a, b), max(a, b)) in edges for a, b in itertools.combinations(near, 2)):
                    left.remove(v)
                    break
            else:
                break
        if not left:
            found.add(code)
    assert found == set(graph_codes(5).tolist())
