"""Stepwise choice of pairs on many sparse tables, compiled. Import inside functions: it brings numba."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from recuento.estimate.poisson_kernel import CONVERGED, NO_MAXIMUM, UNDECIDED
from recuento.estimate.sparse_kernel import Floats, Ints, Marks, fit_terms, open_model, superset_sums

MANY_EXPECTED = 1e5
"""Above this the sum of Poisson probabilities grows long, and its expansion is as exact as needed."""


TIE = 1e-9
"""Log p-values nearer than this are equal but for rounding."""


@njit(cache=True, nogil=True)
def log_tail(people: float, expected: float) -> float:
    """log of min(P(X <= people), P(X >= people)) for X Poisson with mean `expected`."""
    if expected <= 0:
        return 0.0 if people == 0 else -np.inf
    if expected > MANY_EXPECTED and people > 0.5 * expected:
        return _log_tail_of_many(people, expected)
    log_here = people * math.log(expected) - expected - math.lgamma(people + 1)
    total, term, at = 1.0, 1.0, people
    if people >= expected:
        while term > 1e-17 * total:
            at += 1
            term *= expected / at
            total += term
    else:
        while term > 1e-17 * total and at > 0:
            term *= at / expected
            at -= 1
            total += term
    one = log_here + math.log(total)
    if one < -1.0:
        return min(one, 0.0)
    other = 1.0 - math.exp(one) + math.exp(log_here)
    return min(one, math.log(max(other, 1e-300)), 0.0)


@njit(cache=True, nogil=True)
def _log_tail_of_many(people: float, expected: float) -> float:
    """The same where tens of thousands are expected: Temme's uniform expansion, its first two terms.

    Far out, where the error function ends, the tail is a geometric series from its first probability.
    """
    away = (expected - people) / people
    half_square = max(away - math.log1p(away), 0.0)
    depth = people * half_square
    if depth > 200.0:
        ratio = expected / (people + 1) if people > expected else people / expected
        return -depth - 0.5 * math.log(2 * math.pi * people) - math.log1p(-ratio)
    eta = math.copysign(math.sqrt(2 * half_square), away)
    first = 1.0 / away - 1.0 / eta if abs(away) > 1e-4 else -1.0 / 3.0
    density = math.exp(-depth) / math.sqrt(2 * math.pi * people)
    up_to = 0.5 * math.erfc(eta * math.sqrt(people / 2)) + density * (first + 1.0)
    and_more = 0.5 * math.erfc(-eta * math.sqrt(people / 2)) - density * first
    return math.log(max(min(up_to, and_more), 1e-300))


@njit(cache=True, nogil=True)
def _fit(
    lists: int, terms: Ints, size: int, row: Floats, sums: Floats, possible: Marks, beta: Floats, mu: Floats
) -> int:
    """The extended fit of the terms: its status. A start in `beta` that leads nowhere is given up for the usual one."""
    kept, alive = np.empty(size, dtype=np.int64), np.empty(len(row), dtype=np.bool_)
    kept_size = open_model(terms, size, sums, possible, kept, alive)
    given, status = not np.isnan(beta[0]), UNDECIDED
    while status == UNDECIDED:
        status, _ = fit_terms(lists, kept, kept_size, row, sums, alive, beta, mu, -np.inf)
        if not given:
            break
        given = False
        if status == UNDECIDED:
            beta[0] = np.nan
    return status


@njit(cache=True, nogil=True)
def _least_likely(pairs: Ints, closed: Marks, sums: Floats, mu: Floats) -> tuple[int, float]:
    """The pair that may still come in with the smallest p-value, and its logarithm; -1 where there is none."""
    best, least = -1, np.inf
    for at in range(len(pairs)):
        if not closed[at]:
            tail = log_tail(sums[pairs[at]], mu[pairs[at]])
            # Ties, as in a symmetric table, go to the first pair: rounding must not decide.
            if tail < least - TIE:
                best, least = at, tail
    return best, least


@njit(cache=True, nogil=True)
def _stepwise(
    lists: int, row: Floats, possible: Marks, pairs: Ints, log_threshold: float, chosen: Ints
) -> tuple[int, float, int]:
    cells = len(row)
    sums, closed = row.copy(), np.zeros(len(pairs), dtype=np.bool_)
    superset_sums(sums, lists)
    terms = np.zeros(lists + 1 + len(pairs), dtype=np.int64)
    for j in range(lists):
        terms[j + 1] = 1 << j
    size, refused = lists + 1, 0
    beta, mu, tried_mu = np.zeros(cells), np.zeros(cells), np.zeros(cells)
    beta[0] = np.nan
    status = _fit(lists, terms, size, row, sums, possible, beta, mu)
    if status != CONVERGED:
        return status, math.exp(beta[0]) if status == NO_MAXIMUM else np.nan, refused
    while True:
        best, least = _least_likely(pairs, closed, sums, mu)
        if best < 0 or not least < log_threshold:
            return CONVERGED, math.exp(beta[0]), refused
        closed[best] = True
        terms[size] = pairs[best]
        tried = beta.copy()
        status = _fit(lists, terms, size + 1, row, sums, possible, tried, tried_mu)
        if status == UNDECIDED:
            return UNDECIDED, np.nan, refused
        if status == CONVERGED:
            chosen[size - lists - 1] = best
            size += 1
            beta = tried
            mu, tried_mu = tried_mu, mu
        else:
            refused += 1


@njit(cache=True, nogil=True)
def stepwise_rows(
    lists: int, rows: Floats, possible: Marks, pairs: Ints, log_threshold: float
) -> tuple[Ints, Floats, Ints, Ints]:
    """Stepwise selection on every table (a row of 2^k counts): status, fitted unseen, pairs in the order they came.

    Where independence itself has no maximum, the unseen are where it leads: infinitely many, nobody, or NaN. A pair
    is the index into `pairs`, -1 where no more were chosen; the fourth result counts models that were turned down.
    Status UNDECIDED (unseen NaN) marks rows where one of the fits could not be decided here.
    """
    count = len(rows)
    status, unseen = np.zeros(count, dtype=np.int64), np.zeros(count)
    chosen = np.full((count, len(pairs)), -1, dtype=np.int64)
    refused = np.zeros(count, dtype=np.int64)
    for r in range(count):
        status[r], unseen[r], refused[r] = _stepwise(lists, rows[r], possible, pairs, log_threshold, chosen[r])
    return status, unseen, chosen, refused
