"""Maximum likelihood for a fixed number of latent classes: expectation-maximisation, accelerated. Compiled.

Class k sends tau_k people into the world and list j catches each with chance lambda_jk, so that n_x is Poisson with
mean sum_k tau_k prod_j lambda_jk^x_j (1 - lambda_jk)^(1 - x_j). The maximum is that of the conditional likelihood with
N = n / (1 - p_0) (Sanathanan 1972). Steps are stretched by SQUAREM (Varadhan & Roland 2008).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

LOGIT_MAX = 20.0
"""A list's chance closer to 0 or 1 than this log odds is on the boundary."""

_RATE_MAX = 46.0


@njit(cache=True, error_model="numpy", nogil=True)
def log_likelihood(counts, patterns, spot):  # type: ignore[no-untyped-def]
    """Poisson log-likelihood, without its constant, at log tau (row 0) and logit lambda (rows 1 to k)."""
    means = _means(patterns, spot)[1]
    total = 0.0
    for x in range(counts.shape[0]):
        total += counts[x] * math.log(max(means[x], 1e-300))
    for k in range(spot.shape[1]):
        total -= math.exp(spot[0, k]) * _caught(spot, k)
    return total


@njit(cache=True, error_model="numpy", nogil=True)
def _caught(spot, k):  # type: ignore[no-untyped-def]
    """The chance that somebody of class k is on some list, without cancellation."""
    missed = 1.0
    caught = 0.0
    for j in range(1, spot.shape[0]):
        share = 1.0 / (1.0 + math.exp(-spot[j, k]))
        caught += missed * share
        missed *= 1.0 - share
    return caught


@njit(cache=True, error_model="numpy", nogil=True)
def _means(patterns, spot):  # type: ignore[no-untyped-def]
    """Expected people by history and class, and by history."""
    histories, lists = patterns.shape
    classes = spot.shape[1]
    chances = np.zeros((histories, classes))
    means = np.zeros(histories)
    base = np.zeros(classes)
    for k in range(classes):
        base[k] = spot[0, k]
        for j in range(lists):
            base[k] -= math.log1p(math.exp(spot[j + 1, k]))
    for x in range(histories):
        for k in range(classes):
            total = base[k]
            for j in range(lists):
                if patterns[x, j]:
                    total += spot[j + 1, k]
            chances[x, k] = math.exp(total)
            means[x] += chances[x, k]
    return chances, means


@njit(cache=True, error_model="numpy", nogil=True)
def _step(counts, patterns, spot):  # type: ignore[no-untyped-def]
    """One expectation-maximisation step."""
    lists, classes = patterns.shape[1], spot.shape[1]
    chances, means = _means(patterns, spot)
    people = np.zeros(classes)
    captures = np.zeros((lists, classes))
    for x in range(counts.shape[0]):
        if counts[x] > 0.0 and means[x] > 0.0:
            for k in range(classes):
                share = counts[x] * chances[x, k] / means[x]
                people[k] += share
                for j in range(lists):
                    if patterns[x, j]:
                        captures[j, k] += share
    after = np.zeros_like(spot)
    for k in range(classes):
        everybody = people[k] + math.exp(spot[0, k]) * (1.0 - _caught(spot, k))
        after[0, k] = min(math.log(max(everybody, 1e-12)), _RATE_MAX)
        for j in range(lists):
            odds = captures[j, k] / max(everybody - captures[j, k], 1e-300)
            after[j + 1, k] = min(max(math.log(max(odds, 1e-300)), -LOGIT_MAX), LOGIT_MAX)
    return after


@njit(cache=True, error_model="numpy", nogil=True)
def maximise(counts, patterns, start, rounds_max, tolerance):  # type: ignore[no-untyped-def]
    """Climb from `start`. Gives the place, the log-likelihood there, and whether it stopped moving."""
    spot = start.copy()
    value = log_likelihood(counts, patterns, spot)
    for _ in range(rounds_max):
        one = _step(counts, patterns, spot)
        two = _step(counts, patterns, one)
        bend = move = 0.0
        for row in range(spot.shape[0]):
            for k in range(spot.shape[1]):
                first = one[row, k] - spot[row, k]
                second = two[row, k] - one[row, k] - first
                bend += second * second
                move += first * first
        bend, move = math.sqrt(bend), math.sqrt(move)
        reached = two
        if bend > 0.0:
            stretch = -max(move / bend, 1.0)
            far = np.empty_like(spot)
            for row in range(far.shape[0]):
                limit = _RATE_MAX if row == 0 else LOGIT_MAX
                for k in range(far.shape[1]):
                    first = one[row, k] - spot[row, k]
                    second = two[row, k] - one[row, k] - first
                    place = spot[row, k] - 2.0 * stretch * first + stretch * stretch * second
                    far[row, k] = min(max(place, -limit), limit)
            far = _step(counts, patterns, far)
            if log_likelihood(counts, patterns, far) > log_likelihood(counts, patterns, two):
                reached = far
        gained = log_likelihood(counts, patterns, reached)
        still = gained - value < tolerance and move < 1e-5
        spot, value = reached, gained
        if still:
            return spot, value, True
    return spot, value, False
