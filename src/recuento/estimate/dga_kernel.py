"""Marginal likelihoods of the margins of a table, as functions of how many people are unseen (numba)."""

from __future__ import annotations

import math

import numpy as np
from numba import njit, vectorize
from numpy.typing import NDArray


@vectorize(["float64(float64)"], cache=True)  # type: ignore[no-untyped-call]
def log_gamma(value: float) -> float:
    """The logarithm of the gamma function, element by element."""
    return math.lgamma(value)


@njit(cache=True, nogil=True)
def log_gamma_ratio(value: float, origin: float) -> float:
    """lgamma(value) - lgamma(origin), without the loss of digits that both would bring where they are large.

    Stirling's series from 30 on, whose first term left out is below 3e-14 there.
    """
    if value < 30.0 or origin < 30.0:
        return math.lgamma(value) - math.lgamma(origin)
    step = value - origin
    one = 1.0 / value
    two = 1.0 / origin
    series = (one - two) / 12.0 - (one**3 - two**3) / 360.0 + (one**5 - two**5) / 1260.0
    return (value - 0.5) * math.log1p(step / origin) + step * (math.log(origin) - 1.0) + series


@njit(cache=True, nogil=True)
def log_independence(
    zero_cells: NDArray[np.float64],
    constants: NDArray[np.float64],
    cell_weights: NDArray[np.float64],
    total_weight: float,
    people: float,
    unseen: NDArray[np.float64],
) -> NDArray[np.float64]:
    """log of N! / n_0! and of the marginal likelihood of every list alone; `zero_cells` and so on are of the lists."""
    logs = np.empty(len(unseen))
    own = math.lgamma(total_weight)
    for column in range(len(unseen)):
        n0 = unseen[column]
        origin = people + n0 + total_weight
        total = log_gamma_ratio(people + n0 + 1.0, origin) - log_gamma_ratio(n0 + 1.0, origin)
        for at in range(len(zero_cells)):
            total += own + constants[at] + log_gamma_ratio(zero_cells[at] + n0 + cell_weights[at], origin)
        logs[column] = total
    return logs


@njit(cache=True, nogil=True)
def log_phi_rows(
    zero_cells: NDArray[np.float64],
    constants: NDArray[np.float64],
    cell_weights: NDArray[np.float64],
    total_weight: float,
    people: float,
    unseen: NDArray[np.float64],
) -> NDArray[np.float64]:
    """log phi(A) = h_A(N) - sum of h_j(N) over the lists j of A, for every set A of lists (rows) and n_0 (columns)."""
    sets = len(zero_cells)
    rows = np.zeros((sets, len(unseen)))
    own = math.lgamma(total_weight)
    for column in range(len(unseen)):
        n0 = unseen[column]
        origin = people + n0 + total_weight
        for subset in range(1, sets):
            value = zero_cells[subset] + n0 + cell_weights[subset]
            rows[subset, column] = own + constants[subset] + log_gamma_ratio(value, origin)
        for subset in range(sets - 1, 0, -1):
            if subset & (subset - 1):
                singles = 0.0
                rest = subset
                while rest:
                    singles += rows[rest & -rest, column]
                    rest &= rest - 1
                rows[subset, column] -= singles
    return rows


@njit(cache=True, nogil=True)
def barycentric(
    nodes: NDArray[np.float64], weights: NDArray[np.float64], rows: NDArray[np.float64], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The polynomials through `rows` (curves by nodes) at `points`."""
    curves = len(rows)
    by_node = np.ascontiguousarray(rows.T)
    out = np.empty((curves, len(points)))
    shares = np.empty(len(nodes))
    values = np.empty(curves)
    for at in range(len(points)):
        total = 0.0
        hit = -1
        for node in range(len(nodes)):
            gap = points[at] - nodes[node]
            if gap == 0.0:
                hit = node
                break
            shares[node] = weights[node] / gap
            total += shares[node]
        if hit >= 0:
            for curve in range(curves):
                out[curve, at] = by_node[hit, curve]
            continue
        for curve in range(curves):
            values[curve] = 0.0
        for node in range(len(nodes)):
            share = shares[node] / total
            for curve in range(curves):
                values[curve] += share * by_node[node, curve]
        for curve in range(curves):
            out[curve, at] = values[curve]
    return out
