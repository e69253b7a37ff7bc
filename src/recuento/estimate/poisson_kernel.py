"""Poisson log-linear models by maximum likelihood: Newton with step halving, whose last step proves that it ends.

The model is n_x ~ Poisson(mu_x), log mu = A beta, over the cells that can be seen. Its likelihood is maximal where
A'mu = A'n. A Newton step d at mu solves A'WA d = A'n - A'mu with W = diag(mu), so x = mu (1 + A d) keeps A'x = A'n
exactly: once no |A d| reaches 1, x is positive and proves (Haberman 1974; Fienberg & Rinaldo 2012) that the
maximum exists. Where it does not, the steps settle on a direction with A d = 0 on occupied cells and A d <= 0 on
all others; rounded to twelfths and checked in whole numbers it is the proof of that.

Two forms: a dense design of any columns (`fit`, `fit_batch`), and hierarchical terms written as bit masks of lists
(`fit_terms` and what builds on it), where sums over cells are sums over supersets and cost k 2^(k-1) additions.

Import this module where it is used, inside a function: it brings numba.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from recuento.errors import InvalidValue

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CONVERGED = 0
NO_MAXIMUM = 1
NOT_IDENTIFIED = 2
UNDECIDED = 4
"""What a fit ended with. `NO_MAXIMUM` is proved by a direction; `UNDECIDED` asks for `existence.existence_code`."""

ITERATIONS_MAX = 80
CLOSE_ENOUGH = 1e-9
"""The largest relative change of a fitted cell in the last step; Newton squares it."""

PIVOT_MIN = 1e-11
"""A pivot smaller than this share of its diagonal makes the information matrix singular."""


@dataclass(frozen=True, slots=True, eq=False)
class PoissonFit:
    """One fitted model. Only `converged` fits may be used as maxima; nothing in it is ever NaN.

    `coefficients` are in the order of the columns, `mu` in the order of the cells; `covariance` is the inverse of
    the information (zeros where it is singular); `status` one of CONVERGED, NO_MAXIMUM, NOT_IDENTIFIED, UNDECIDED;
    `rank` that of the design; `score_gap` the largest |A'n - A'mu| relative to max(1, A'n).
    """

    coefficients: Floats
    mu: Floats
    covariance: Floats
    deviance: float
    log_likelihood: float
    status: int
    rank: int
    iterations: int
    score_gap: float

    @property
    def converged(self) -> bool:
        """Whether the maximum was found."""
        return self.status == CONVERGED

    @property
    def parameters(self) -> int:
        """How many coefficients there are."""
        return len(self.coefficients)

    @property
    def aic(self) -> float:
        """-2 log-likelihood + 2 parameters."""
        return -2 * self.log_likelihood + 2 * self.parameters


def fit(design: ArrayLike, counts: ArrayLike, *, start: ArrayLike | None = None) -> PoissonFit:
    """The maximum of the Poisson likelihood of `counts` (m, from 0, also fractions) with log mu = design @ beta.

    `design` is m by p, one row per cell that can occur: leave the rows of structural zeros out. `start` are
    coefficients to begin from. Raises InvalidValue for shapes that do not fit or counts below 0 or not finite.
    """
    matrix, amounts = _checked(design, counts)
    cells, columns = matrix.shape
    beta = np.full(columns, np.nan) if start is None else np.ascontiguousarray(start, dtype=np.float64).copy()
    mu, covariance = np.zeros(cells), np.zeros((columns, columns))
    status, iterations = _fit_dense(matrix, amounts, beta, mu, covariance)
    rank = columns if status == CONVERGED else int(np.linalg.matrix_rank(matrix))
    target = matrix.T @ amounts
    gap = float(np.max(np.abs(target - matrix.T @ mu) / np.maximum(1.0, np.abs(target)), initial=0.0))
    return PoissonFit(
        beta, mu, covariance, _deviance(amounts, mu), _log_likelihood(amounts, mu), status, rank, iterations, gap
    )


@dataclass(frozen=True, slots=True, eq=False)
class PoissonFits:
    """Many fits of one design, a row each: what `fit` gives, without the covariances but with that of column 0."""

    coefficients: Floats
    mu: Floats
    deviance: Floats
    log_likelihood: Floats
    variance_of_first: Floats
    status: Ints


def fit_batch(design: ArrayLike, counts: ArrayLike) -> PoissonFits:
    """`fit` of one design to every row of `counts` (r by m), each row on its own."""
    rows = np.ascontiguousarray(np.atleast_2d(np.asarray(counts, dtype=np.float64)))
    matrix, _ = _checked(design, rows[0])
    _refuse_counts(rows)
    return PoissonFits(*_fit_rows(matrix, rows))


def _checked(design: ArrayLike, counts: ArrayLike) -> tuple[Floats, Floats]:
    matrix = np.ascontiguousarray(design, dtype=np.float64)
    amounts = np.ascontiguousarray(counts, dtype=np.float64)
    if matrix.ndim != 2 or amounts.shape != matrix.shape[:1] or not matrix.size:
        raise InvalidValue(
            en=f"a design of cells by columns and a count per cell are needed, not {matrix.shape}, {amounts.shape}",
            es=f"hacen falta un diseño de celdas por columnas y una cuenta por celda, no {matrix.shape}, "
            f"{amounts.shape}",
        )
    _refuse_counts(amounts)
    return matrix, amounts


def _refuse_counts(amounts: Floats) -> None:
    if not np.isfinite(amounts).all() or (amounts < 0).any():
        raise InvalidValue(en="counts are finite numbers from 0", es="las cuentas son números finitos desde 0")


@njit(cache=True, nogil=True)
def cholesky(matrix: Floats, size: int) -> bool:
    """The lower triangle L of `matrix` = L L', in place; False where it is singular."""
    for j in range(size):
        whole = matrix[j, j]
        pivot = whole
        for m in range(j):
            pivot -= matrix[j, m] * matrix[j, m]
        if not pivot > PIVOT_MIN * whole:
            return False
        root = math.sqrt(pivot)
        matrix[j, j] = root
        for i in range(j + 1, size):
            value = matrix[i, j]
            for m in range(j):
                value -= matrix[i, m] * matrix[j, m]
            matrix[i, j] = value / root
    return True


@njit(cache=True, nogil=True)
def solve_cholesky(lower: Floats, vector: Floats, size: int) -> None:
    """Solve L L' x = vector, in place."""
    for i in range(size):
        value = vector[i]
        for m in range(i):
            value -= lower[i, m] * vector[m]
        vector[i] = value / lower[i, i]
    for i in range(size - 1, -1, -1):
        value = vector[i]
        for m in range(i + 1, size):
            value -= lower[m, i] * vector[m]
        vector[i] = value / lower[i, i]


@njit(cache=True, nogil=True)
def _log_likelihood(counts: Floats, mu: Floats) -> float:
    total = 0.0
    for i in range(len(counts)):
        if counts[i] > 0:
            total += counts[i] * math.log(max(mu[i], 1e-300))
        total -= mu[i] + math.lgamma(counts[i] + 1)
    return total


@njit(cache=True, nogil=True)
def _deviance(counts: Floats, mu: Floats) -> float:
    total = 0.0
    for i in range(len(counts)):
        if counts[i] > 0:
            total += counts[i] * math.log(counts[i] / max(mu[i], 1e-300))
        total -= counts[i] - mu[i]
    return 2 * total


@njit(cache=True, nogil=True)
def _information(design: Floats, weights: Floats, out: Floats) -> None:
    cells, columns = design.shape
    for a in range(columns):
        for b in range(columns):
            out[a, b] = 0.0
    for i in range(cells):
        for a in range(columns):
            left = weights[i] * design[i, a]
            if left != 0.0:
                for b in range(a + 1):
                    out[a, b] += left * design[i, b]


@njit(cache=True, nogil=True)
def _full_rank(design: Floats) -> bool:
    columns = design.shape[1]
    gram = np.empty((columns, columns))
    _information(design, np.ones(design.shape[0]), gram)
    return cholesky(gram, columns)


@njit(cache=True, nogil=True)
def _start(design: Floats, counts: Floats, beta: Floats, gram: Floats) -> bool:
    """Weighted least squares on log(n + 1/2): a first guess near the maximum."""
    columns = design.shape[1]
    weights = np.empty(len(counts))
    for i in range(len(counts)):
        weights[i] = counts[i] + 0.5
    _information(design, weights, gram)
    for a in range(columns):
        beta[a] = 0.0
    for i in range(len(counts)):
        seen = weights[i] * math.log(weights[i])
        for a in range(columns):
            beta[a] += design[i, a] * seen
    if not cholesky(gram, columns):
        return False
    solve_cholesky(gram, beta, columns)
    return True


@njit(cache=True, nogil=True)
def _times(design: Floats, vector: Floats, out: Floats) -> float:
    """`design` @ `vector` into `out`; the largest absolute value of it."""
    largest = 0.0
    for i in range(design.shape[0]):
        total = 0.0
        for a in range(design.shape[1]):
            total += design[i, a] * vector[a]
        out[i] = total
        largest = max(largest, abs(total))
    return largest


@njit(cache=True, nogil=True)
def _value(beta: Floats, target: Floats, eta: Floats, mu: Floats) -> float:
    """The log-likelihood but for its constant, with the cells of `eta` into `mu`."""
    total = 0.0
    for a in range(len(beta)):
        total += beta[a] * target[a]
    for i in range(len(eta)):
        mu[i] = math.exp(min(eta[i], 700.0))
        total -= mu[i]
    return total


@njit(cache=True, nogil=True)
def _fit_dense(design: Floats, counts: Floats, beta: Floats, mu: Floats, covariance: Floats) -> tuple[int, int]:
    cells, columns = design.shape
    gram, target = np.empty((columns, columns)), np.zeros(columns)
    if not _full_rank(design):
        for a in range(columns):
            beta[a] = 0.0
        return NOT_IDENTIFIED, 0
    for i in range(cells):
        for a in range(columns):
            target[a] += design[i, a] * counts[i]
    if np.isnan(beta[0]) and not _start(design, counts, beta, gram):
        for a in range(columns):
            beta[a] = 0.0
    step, eta, change = np.empty(columns), np.empty(cells), np.empty(cells)
    trial, trial_eta = np.empty(columns), np.empty(cells)
    _times(design, beta, eta)
    value = _value(beta, target, eta, mu)
    for iteration in range(1, ITERATIONS_MAX + 1):
        _information(design, mu, gram)
        if not cholesky(gram, columns):
            return UNDECIDED, iteration
        for a in range(columns):
            step[a] = target[a]
            for i in range(cells):
                step[a] -= design[i, a] * mu[i]
        solve_cholesky(gram, step, columns)
        largest = _times(design, step, change)
        if iteration > 5 and largest > 0.5 and _leads_away(design, counts, step):
            return NO_MAXIMUM, iteration
        scale = min(1.0, 8.0 / largest) if largest > 0 else 1.0
        for _ in range(40):
            for a in range(columns):
                trial[a] = beta[a] + scale * step[a]
            for i in range(cells):
                trial_eta[i] = eta[i] + scale * change[i]
            reached = _value(trial, target, trial_eta, mu)
            if reached >= value - 1e-9 * (1.0 + abs(value)):
                break
            scale *= 0.5
        value = reached
        for a in range(columns):
            beta[a] = trial[a]
        for i in range(cells):
            eta[i] = trial_eta[i]
        if largest < CLOSE_ENOUGH:
            _invert_information(design, mu, gram, covariance)
            return CONVERGED, iteration
    return UNDECIDED, ITERATIONS_MAX


@njit(cache=True, nogil=True)
def _invert_information(design: Floats, mu: Floats, gram: Floats, covariance: Floats) -> None:
    columns = design.shape[1]
    _information(design, mu, gram)
    if cholesky(gram, columns):
        for a in range(columns):
            covariance[a, a] = 1.0
            solve_cholesky(gram, covariance[a], columns)


@njit(cache=True, nogil=True)
def _leads_away(design: Floats, counts: Floats, step: Floats) -> bool:
    """Whether the step, rounded to twelfths, proves that there is no maximum: see the module."""
    cells, columns = design.shape
    moves = False
    for i in range(cells):
        along = 0.0
        for a in range(columns):
            along += design[i, a] * np.rint(step[a] * 12.0)
        if along > 0 or (along < 0 and counts[i] > 0):
            return False
        moves = moves or along < 0
    return moves


@njit(cache=True, nogil=True)
def _fit_rows(design: Floats, rows: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats, Ints]:
    count, cells = rows.shape
    columns = design.shape[1]
    beta, mu = np.zeros((count, columns)), np.zeros((count, cells))
    deviance, likelihood, variance = np.zeros(count), np.zeros(count), np.zeros(count)
    status = np.zeros(count, dtype=np.int64)
    for r in range(count):
        covariance = np.zeros((columns, columns))
        beta[r, 0] = np.nan
        status[r], _ = _fit_dense(design, rows[r], beta[r], mu[r], covariance)
        deviance[r], likelihood[r] = _deviance(rows[r], mu[r]), _log_likelihood(rows[r], mu[r])
        variance[r] = covariance[0, 0]
    return beta, mu, deviance, likelihood, variance, status
