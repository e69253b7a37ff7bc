"""The likelihood of N, summed over decomposable graphs, as a smooth function of how many people are unseen."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from recuento.estimate.dga_prior import Floats
from recuento.estimate.graphs import complete_code, graph_codes, graph_parts

REACH = 600.0
"""Columns summed together differ by at most e^600 in the weight of any graph, so that nothing overflows."""

COLUMNS = {3: 64, 4: 64, 5: 32, 6: 16, 7: 8, 8: 8, 9: 4, 10: 2}
"""How many columns at most are summed together, by lists: what fits the caches (measured)."""


class GraphAverage:
    """The marginal likelihood of a table under every decomposable graph on its lists (hyper-Dirichlet cells).

    `counts` are the 2^k counts by code, `delta` the prior weight of a full cell, so that a cell of the margin on A
    weighs delta 2^(k - |A|) (Dawid & Lauritzen 1993). The complete (saturated) graph is kept apart.
    """

    def __init__(
        self, counts: NDArray[np.int64], delta: float, *, threads: int = 1, graph_weights: Floats | None = None
    ) -> None:
        self.k = len(counts).bit_length() - 1
        self.people = float(counts.sum())
        self.delta = delta
        self.total_weight = delta * len(counts)
        self.threads = threads
        self._zero_cells, self._constants, self._weights = _margins(self.k, counts, delta)
        self._cells = float(sum(math.lgamma(count + 1.0) for count in counts.tolist() if count))
        self.graph_weights = graph_weights
        self._known: dict[float, float] = {}
        self.evaluations = 0

    def log_phi(self, unseen: Floats) -> Floats:
        """log w of every complete set of lists against its independence, 2^k rows by columns of `unseen`."""
        from recuento.estimate.dga_kernel import log_phi_rows

        rows: Floats = log_phi_rows(
            self._zero_cells, self._constants, self._weights, self.total_weight, self.people, unseen
        )
        rows[[1 << at for at in range(self.k)]] = 0.0
        return rows

    def independence(self, unseen: Floats) -> Floats:
        """log likelihood of N where no list depends on another."""
        from recuento.estimate.dga_kernel import log_independence

        lists = [1 << at for at in range(self.k)]
        logs: Floats = log_independence(
            self._zero_cells[lists],
            self._constants[lists],
            self._weights[lists],
            self.total_weight,
            self.people,
            unseen,
        )
        return logs - self._cells

    def saturated(self, unseen: Floats) -> Floats:
        """log weight of the complete graph against independence."""
        row = self.log_phi(unseen)[-1]
        if self.graph_weights is not None:
            row = row + self.graph_weights[graph_codes(self.k) == complete_code(self.k)][0]
        return np.asarray(row, dtype=np.float64)

    def others(self, unseen: Floats) -> Floats:
        """log of the summed weights of all graphs but the complete one, against independence. Kept once computed."""
        missing = np.array(sorted({value for value in unseen.tolist() if value not in self._known}))
        if len(missing):
            self.evaluations += len(missing)
            self._known.update(zip(missing.tolist(), self._computed(missing).tolist(), strict=True))
        return np.array([self._known[value] for value in unseen.tolist()])

    def _computed(self, unseen: Floats) -> Floats:
        log_phi = self.log_phi(unseen)
        if self.graph_weights is not None:
            return self._listed(log_phi)
        from recuento.estimate.decomposable_kernel import sum_over_graphs

        starts = _near_together(log_phi, COLUMNS[self.k], REACH / (2 * self.k - 3))
        pieces = [np.ascontiguousarray(log_phi[:, start:end]) for start, end in starts]
        if self.threads > 1 and len(pieces) > 1 and self.k > 5:
            with ThreadPoolExecutor(self.threads) as pool:
                sums = list(pool.map(lambda piece: sum_over_graphs(self.k, piece), pieces))
        else:
            sums = [sum_over_graphs(self.k, piece) for piece in pieces]
        return np.concatenate(sums)

    def _listed(self, log_phi: Floats) -> Floats:
        from recuento.estimate.graphs_kernel import weighted_sum

        weights = np.array(self.graph_weights, dtype=np.float64)
        weights[graph_codes(self.k) == complete_code(self.k)] = -np.inf
        summed: Floats = weighted_sum(*graph_parts(self.k), weights, log_phi)
        return summed


def _margins(k: int, counts: NDArray[np.int64], delta: float) -> tuple[Floats, Floats, Floats]:
    """For every set of lists: people on none of them, the terms without N, the prior weight of one of its cells."""
    seen = np.flatnonzero(counts)
    amounts = counts[seen]
    zero_cells = np.zeros(len(counts))
    constants = np.zeros(len(counts))
    weights = np.zeros(len(counts))
    for subset in range(len(counts)):
        weight = delta * 2.0 ** (k - subset.bit_count())
        cells = np.bincount(seen & subset, weights=amounts)
        zero_cells[subset] = cells[0] if len(cells) else 0.0
        weights[subset] = weight
        own = math.lgamma(weight)
        constants[subset] = sum(math.lgamma(cell + weight) - own for cell in cells[1:].tolist() if cell) - own
    return zero_cells, constants, weights


def _near_together(log_phi: Floats, columns: int, reach: float) -> list[tuple[int, int]]:
    """Runs of neighbouring columns in which no row moves by more than `reach`."""
    runs = []
    start = 0
    low = high = log_phi[:, 0]
    for at in range(1, log_phi.shape[1]):
        low = np.minimum(low, log_phi[:, at])
        high = np.maximum(high, log_phi[:, at])
        if at - start >= columns or float((high - low).max()) > reach:
            runs.append((start, at))
            start = at
            low = high = log_phi[:, at]
    return [*runs, (start, log_phi.shape[1])]
