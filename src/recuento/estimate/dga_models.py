"""Which graphs carry the average: their weights, and what each says of N alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from recuento.estimate.dga_average import GraphAverage
from recuento.estimate.dga_grid import Grid
from recuento.estimate.dga_prior import Floats
from recuento.estimate.graphs import (
    LISTED_MAX,
    DecomposableGraph,
    complete_code,
    graph_codes,
    graph_of,
    graph_parts,
)

CUTS = np.concatenate([10.0 ** np.arange(-15, -1), np.arange(0.05, 0.96, 0.05), 1 - 10.0 ** np.arange(-2, -13, -1.0)])
"""Graphs are ranked by their mean share at the middles between these quantiles of N, then the best weighed exactly."""

TOGETHER = 2_000_000
"""Numbers held at once while graphs are weighed: 16 MB."""

EXPANSIONS = 3000
"""From eight lists on: of so many of the best graphs met, all neighbours are looked at."""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A graph, its posterior weight, and mean, median and mode of N under it alone (None where it has no weight)."""

    graph: DecomposableGraph
    weight: float
    mean: float | None
    median: int | None
    mode: int | None

    def to_dict(self) -> dict[str, Any]:
        """As plain values; cliques by numbers of lists from 1."""
        return {
            "cliques": self.graph.numbered,
            "weight": self.weight,
            "mean": self.mean,
            "median": self.median,
            "mode": self.mode,
        }


def best_models(
    average: GraphAverage, grid: Grid, mass: Floats, log_total: Floats, count: int, include_saturated: bool
) -> tuple[list[ModelRow], dict[str, float], str]:
    """The `count` graphs of largest weight, the weight of independence, and how they were sought.

    `log_total` is the log of the sum over graphs at the nodes of the grid. Up to seven lists every graph is
    ranked ("all"); beyond, the best are sought from neighbour to neighbour ("best first"), and one could be missed.
    """
    columns, weights = _columns(mass)
    log_phi = average.log_phi(grid.points[columns].astype(np.float64))
    totals = grid.spread(log_total)[columns] - np.log(weights)
    codes = _ranked(average, log_phi, totals, 2 * count + 2)
    if not include_saturated:
        codes = [code for code in codes if code != complete_code(average.k)]
    graphs = [graph_of(code, average.k) for code in {0: 0, **dict.fromkeys(codes)}]
    rows = _rows(graphs, average, grid, mass, log_total)
    alone = rows[0].weight
    if 0 not in codes:
        rows = rows[1:]
    rows.sort(key=lambda row: (-row.weight, row.graph.code))
    return rows[:count], {"independence": alone}, "all" if average.k <= LISTED_MAX else "best first"


def _columns(mass: Floats) -> tuple[list[int], Floats]:
    """Points of the support, far out in the tails too, and the share of the mass that each stands for."""
    reached = np.append(0.0, np.cumsum(mass))
    reached /= reached[-1]
    edges = np.unique(np.concatenate([[0], np.searchsorted(reached, CUTS), [len(mass)]]))
    middles = np.searchsorted(reached, (reached[edges[1:]] + reached[edges[:-1]]) / 2) - 1
    columns = np.clip(middles, edges[:-1], edges[1:] - 1)
    weights = np.add.reduceat(mass, edges[:-1])
    return columns.tolist(), np.maximum(weights, 1e-300)


def _ranked(average: GraphAverage, log_phi: Floats, totals: Floats, count: int) -> list[int]:
    from recuento.estimate.graphs_kernel import best_first, mean_shares

    k = average.k
    if k <= LISTED_MAX:
        codes = graph_codes(k)
        shares = mean_shares(*graph_parts(k), log_phi, totals)
        if average.graph_weights is not None:
            shares = shares * np.exp(average.graph_weights)
    else:
        start = np.array([0, complete_code(k)], dtype=np.int64)
        codes, shares = best_first(start, k, log_phi, totals, EXPANSIONS)
    best = np.argsort(-shares, kind="stable")[:count]
    return [int(code) for code in codes[best]]


def _rows(
    graphs: list[DecomposableGraph], average: GraphAverage, grid: Grid, mass: Floats, log_total: Floats
) -> list[ModelRow]:
    log_phi = average.log_phi(grid.nodes)
    shares = np.empty((len(graphs), len(grid.nodes)))
    for at, graph in enumerate(graphs):
        shares[at] = log_phi[list(graph.cliques)].sum(axis=0) - log_phi[list(graph.separators)].sum(axis=0) - log_total
        if average.graph_weights is not None:
            shares[at] += max(float(average.graph_weights[graph_codes(average.k) == graph.code][0]), -1e6)
    together = max(1, TOGETHER // len(mass))
    rows: list[ModelRow] = []
    for at in range(0, len(graphs), together):
        own = mass * np.exp(np.minimum(grid.spread(shares[at : at + together]), 1e-6))
        rows += [_row(graph, own[row], grid, average.people) for row, graph in enumerate(graphs[at : at + together])]
    return rows


def _row(graph: DecomposableGraph, own: Floats, grid: Grid, observed: float) -> ModelRow:
    weight = float(own.sum())
    people = grid.points + observed
    if weight == 0.0:
        return ModelRow(graph, 0.0, None, None, None)
    median = people[min(int(np.searchsorted(np.cumsum(own), weight / 2)), len(people) - 1)]
    mode = people[np.argmax(own / grid.steps)]
    return ModelRow(graph, weight, float((people * own).sum() / weight), int(median), int(mode))
