"""Hierarchical log-linear models of sparse tables, compiled: extended maximum likelihood fits.

Tables are the 2^k counts by code (entry 0 unseen, always 0); a term is the bit mask of its lists, 0 the constant.
Sums over cells are sums over supersets, so the score of a term is S(n)[term] - S(mu)[term] and the information of
two terms S(mu)[a | b], with S computed once per step in k 2^(k-1) additions. A term that nobody has is a parameter
at minus infinity: its cells are left out (Chan, Silverman & Vincent 2021). Import inside functions: it brings numba.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recuento.estimate.poisson_kernel import (
    CONVERGED,
    ITERATIONS_MAX,
    NO_MAXIMUM,
    NOT_IDENTIFIED,
    UNDECIDED,
    cholesky,
    solve_cholesky,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]

NEWTON_ENDS = 1e-6
"""A last step that changes no fitted cell by more leaves an error of its square."""


@njit(cache=True, nogil=True)
def superset_sums(values: Floats, lists: int) -> None:
    """Each entry becomes the sum over all codes that hold it, in place."""
    for j in range(lists):
        bit = 1 << j
        for block in range(0, len(values), 2 * bit):
            for code in range(block, block + bit):
                values[code] += values[code + bit]


@njit(cache=True, nogil=True)
def subset_sums(values: Floats, lists: int) -> None:
    """Each entry becomes the sum over all codes inside it, in place."""
    for j in range(lists):
        bit = 1 << j
        for block in range(0, len(values), 2 * bit):
            for code in range(block, block + bit):
                values[code + bit] += values[code]


@njit(cache=True, nogil=True)
def open_model(terms: Ints, size: int, sums: Floats, possible: Marks, kept: Ints, alive: Marks) -> int:
    """Which of the terms have a finite parameter (into `kept`) and which cells are left (`alive`); how many terms."""
    for code in range(len(alive)):
        alive[code] = possible[code]
    count = 0
    for at in range(size):
        term = terms[at]
        if sums[term] > 0:
            kept[count] = term
            count += 1
        else:
            for code in range(len(alive)):
                if code & term == term:
                    alive[code] = False
    return count


@njit(cache=True, nogil=True)
def _gather(sums: Floats, kept: Ints, size: int, out: Floats) -> None:
    for a in range(size):
        for b in range(a + 1):
            out[a, b] = sums[kept[a] | kept[b]]


@njit(cache=True, nogil=True)
def is_identified(lists: int, kept: Ints, size: int, alive: Marks) -> bool:
    """Whether the columns of the terms are independent on the cells that are left."""
    cells = alive.astype(np.float64)
    superset_sums(cells, lists)
    gram = np.empty((size, size))
    _gather(cells, kept, size, gram)
    return cholesky(gram, size)


@njit(cache=True, nogil=True)
def _first_guess(lists: int, kept: Ints, size: int, counts: Floats, alive: Marks, beta: Floats, gram: Floats) -> bool:
    weights, seen = np.zeros(len(counts)), np.zeros(len(counts))
    for code in range(1, len(counts)):
        if alive[code]:
            weights[code] = counts[code] + 0.5
            seen[code] = weights[code] * math.log(weights[code])
    superset_sums(weights, lists)
    superset_sums(seen, lists)
    _gather(weights, kept, size, gram)
    if not cholesky(gram, size):
        return False
    guess = np.empty(size)
    for a in range(size):
        guess[a] = seen[kept[a]]
    solve_cholesky(gram, guess, size)
    for code in range(len(beta)):
        beta[code] = 0.0
    for a in range(size):
        beta[kept[a]] = guess[a]
    return True


@njit(cache=True, nogil=True)
def _proves_no_maximum(lists: int, kept: Ints, step: Floats, size: int, counts: Floats, alive: Marks) -> bool:
    """Whether the step, rounded to twelfths, leads away along empty cells alone (see `poisson_kernel`)."""
    along = np.zeros(len(counts))
    for a in range(size):
        along[kept[a]] = np.rint(step[a] * 12.0)
    subset_sums(along, lists)
    moves = False
    for code in range(1, len(counts)):
        if alive[code]:
            if along[code] > 0 or (along[code] < 0 and counts[code] > 0):
                return False
            moves = moves or along[code] < 0
    return moves


@njit(cache=True, nogil=True)
def _at_most(mu: Floats, change: Floats, alive: Marks) -> float:
    """A likelihood that no coefficients surpass: sum x log x - x of any x >= 0 with the margins of the table.

    The Newton step gives one, x = mu (1 + change); infinite where it leaves the positive numbers. Here `mu` are the
    fitted cells themselves.
    """
    total = 0.0
    for code in range(1, len(mu)):
        if alive[code]:
            x = mu[code] * (1.0 + change[code])
            if x < 0:
                return np.inf
            if x > 0:
                total += x * (math.log(x) - 1.0)
    return total


@njit(cache=True, nogil=True)
def fit_terms(
    lists: int,
    kept: Ints,
    size: int,
    counts: Floats,
    sums: Floats,
    alive: Marks,
    beta: Floats,
    mu: Floats,
    needed: float,
) -> tuple[int, float]:
    """Maximum likelihood of the model with the terms `kept[:size]` on the cells `alive`: status and log-likelihood.

    `sums` are the superset sums of `counts`; `beta` (by term, 2^k) is the start, NaN at 0 for none, and the result.
    `mu` becomes the superset sums of the fitted cells. The log-likelihood lacks - sum log n_x!. Where there is no
    maximum, `beta[0]` is where the constant goes: infinity, minus infinity, or NaN where it stays but was not
    followed. A model that can be shown not to reach the log-likelihood `needed` is given up, UNDECIDED.
    """
    cells = len(counts)
    gram, step = np.empty((size, size)), np.empty(size)
    if size == 0:
        beta[0] = np.nan
        return NOT_IDENTIFIED, 0.0
    if np.isnan(beta[0]) and not _first_guess(lists, kept, size, counts, alive, beta, gram):
        if not is_identified(lists, kept, size, alive):
            return NOT_IDENTIFIED, 0.0
        for code in range(cells):
            beta[code] = 0.0
        beta[0] = math.log((sums[0] + 0.5) / cells)
    eta, change, trial, fitted = np.zeros(cells), np.empty(cells), np.empty(cells), np.zeros(cells)
    for a in range(size):
        eta[kept[a]] = beta[kept[a]]
    for code in range(cells):
        beta[code] = eta[code]
    subset_sums(eta, lists)
    for code in range(1, cells):
        fitted[code] = math.exp(min(eta[code], 700.0)) if alive[code] else 0.0
    for code in range(cells):
        mu[code] = fitted[code]
    superset_sums(mu, lists)
    value = -mu[0]
    for a in range(size):
        value += beta[kept[a]] * sums[kept[a]]
    for iteration in range(ITERATIONS_MAX):
        _gather(mu, kept, size, gram)
        if not cholesky(gram, size):
            return (UNDECIDED if is_identified(lists, kept, size, alive) else NOT_IDENTIFIED), value
        for a in range(size):
            step[a] = sums[kept[a]] - mu[kept[a]]
        solve_cholesky(gram, step, size)
        for code in range(cells):
            change[code] = 0.0
        for a in range(size):
            change[kept[a]] = step[a]
        subset_sums(change, lists)
        largest = 0.0
        for code in range(1, cells):
            if alive[code] and abs(change[code]) > largest:
                largest = abs(change[code])
        if iteration > 4 and largest > 0.5 and _proves_no_maximum(lists, kept, step, size, counts, alive):
            limit = np.rint(step[0] * 12.0)
            beta[0] = np.inf if limit > 0 else (-np.inf if limit < 0 else np.nan)
            return NO_MAXIMUM, value
        if needed > -np.inf and _at_most(fitted, change, alive) < needed:
            return UNDECIDED, value
        scale = min(1.0, 8.0 / largest) if largest > 0 else 1.0
        for _ in range(40):
            for code in range(1, cells):
                fitted[code] = math.exp(min(eta[code] + scale * change[code], 700.0)) if alive[code] else 0.0
            for code in range(cells):
                trial[code] = fitted[code]
            superset_sums(trial, lists)
            reached = -trial[0]
            for a in range(size):
                reached += (beta[kept[a]] + scale * step[a]) * sums[kept[a]]
            if reached >= value - 1e-9 * (1.0 + abs(value)):
                break
            scale *= 0.5
        for code in range(cells):
            eta[code] += scale * change[code]
            mu[code] = trial[code]
        for a in range(size):
            beta[kept[a]] += scale * step[a]
        value = reached
        if largest < NEWTON_ENDS:
            return CONVERGED, value
    return UNDECIDED, value


@njit(cache=True, nogil=True)
def fit_models(lists: int, models: Marks, counts: Floats, possible: Marks) -> tuple[Ints, Floats, Floats, Ints]:
    """Every model (a row of 2^k truths) fitted to one table: status, log-likelihood, fitted unseen, parameters.

    Parameters at minus infinity are counted.
    """
    count, cells = models.shape
    status, unseen = np.zeros(count, dtype=np.int64), np.zeros(count)
    likelihood, parameters = np.zeros(count), np.zeros(count, dtype=np.int64)
    sums = counts.copy()
    superset_sums(sums, lists)
    terms, kept = np.empty(cells, dtype=np.int64), np.empty(cells, dtype=np.int64)
    alive, beta, mu = np.empty(cells, dtype=np.bool_), np.empty(cells), np.empty(cells)
    for m in range(count):
        size = 0
        for term in range(cells):
            if models[m, term]:
                terms[size] = term
                size += 1
        parameters[m] = size
        kept_size = open_model(terms, size, sums, possible, kept, alive)
        beta[0] = np.nan
        status[m], likelihood[m] = fit_terms(lists, kept, kept_size, counts, sums, alive, beta, mu, -np.inf)
        unseen[m] = math.exp(min(beta[0], 700.0)) if status[m] == CONVERGED else np.inf
    return status, likelihood, unseen, parameters
