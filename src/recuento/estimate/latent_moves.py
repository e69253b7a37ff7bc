"""A move of all parameters at once, with people's classes and the unseen integrated out.

Gibbs sweeps move by the share of people whose class is in doubt, which is little where lists are few and people
many. Hamiltonian steps (Neal 2011) on the conditional likelihood, prod (p_x / (1 - p_0))^n_x, follow the long
ridges of such posteriors. Coordinates are the log odds of lambda and of V; alpha stays. Compiled.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recuento.estimate.latent_kernel import fill_chances, log_likelihood, settle_odds, settle_weights
from recuento.estimate.latent_random import normal, uniform

Floats = NDArray[np.float64]


class Path(NamedTuple):
    """Room for a trajectory: places, momenta and slopes of the list odds and of the sticks, what to go back to."""

    spot: Floats
    push: Floats
    slope: Floats
    before: Floats
    gathered: Floats
    chance: Floats


@njit(cache=True, error_model="numpy")
def take_spot(theta, spot):  # type: ignore[no-untyped-def]
    """Log odds of lambda (by list, then class), then of V."""
    lists, classes = theta.odds.shape
    for j in range(lists):
        for k in range(classes):
            spot[j, k] = math.log(theta.odds[j, k])
    for k in range(classes - 1):
        spot[lists, k] = theta.log_v[k] - theta.log_rest[k]
    spot[lists, classes - 1] = 0.0


@njit(cache=True, error_model="numpy")
def put_spot(theta, spot):  # type: ignore[no-untyped-def]
    """The parameters at these log odds."""
    lists, classes = theta.odds.shape
    for j in range(lists):
        for k in range(classes):
            theta.odds[j, k] = math.exp(spot[j, k])
    settle_odds(theta)
    for k in range(classes - 1):
        logit = spot[lists, k]
        common = math.log1p(math.exp(-abs(logit)))
        theta.log_v[k] = min(logit, 0.0) - common
        theta.log_rest[k] = -max(logit, 0.0) - common
    settle_weights(theta)


@njit(cache=True, error_model="numpy")
def log_target(table, theta, chance, heat):  # type: ignore[no-untyped-def]
    """Log posterior density of the log odds given alpha, the likelihood to the power `heat`."""
    seen = fill_chances(table, theta, chance)
    total = heat * log_likelihood(table, chance, seen)
    lists, classes = theta.odds.shape
    for j in range(lists):
        for k in range(classes):
            total += math.log(theta.odds[j, k]) - 2.0 * math.log1p(theta.odds[j, k])
    for k in range(classes - 1):
        total += theta.log_v[k] + theta.alpha[0] * theta.log_rest[k]
    return total


@njit(cache=True, error_model="numpy", fastmath={"contract", "reassoc"})
def fill_slope(table, theta, path, heat):  # type: ignore[no-untyped-def]
    """The slope of `log_target` in every log odds."""
    lists, classes = theta.odds.shape
    chance, gathered, slope = path.chance, path.gathered, path.slope
    seen = fill_chances(table, theta, chance)
    for node in range(gathered.shape[0]):
        for k in range(classes):
            gathered[node, k] = 0.0
    for row in range(slope.shape[0]):
        for k in range(classes):
            slope[row, k] = 0.0
    everybody = 0.0
    for x in range(table.counts.shape[0]):
        node = table.at[x]
        share = 0.0
        for k in range(classes):
            share += chance[node, k]
        per = heat * table.counts[x] / share
        for k in range(classes):
            gathered[node, k] = per * chance[node, k]
        everybody += heat * table.counts[x]
    for node in range(table.parent.shape[0] - 1, 0, -1):
        above, j = table.parent[node], table.added[node]
        for k in range(classes):
            slope[j, k] += gathered[node, k]
            gathered[above, k] += gathered[node, k]
    # Row 0 now holds the observed people expected in each class; the unseen come to them.
    per = everybody / seen
    for k in range(classes):
        gathered[0, k] += per * chance[0, k]
    for j in range(lists):
        for k in range(classes):
            odds = theta.odds[j, k]
            slope[j, k] += 1.0 - (gathered[0, k] + 2.0) * odds / (1.0 + odds)
    after = gathered[0, classes - 1]
    for k in range(classes - 2, -1, -1):
        v = math.exp(theta.log_v[k])
        here = gathered[0, k]
        slope[lists, k] = here + 1.0 - v * (here + after + 1.0 + theta.alpha[0])
        after += here
    slope[lists, classes - 1] = 0.0


@njit(cache=True, error_model="numpy")
def hamiltonian_move(state, table, theta, path, step, leaps, heat):  # type: ignore[no-untyped-def]
    """One trajectory of `leaps` leapfrog steps. Gives the chance it had of being accepted."""
    rows, classes = path.spot.shape
    take_spot(theta, path.before)
    for row in range(rows):
        for k in range(classes):
            path.spot[row, k] = path.before[row, k]
    start = log_target(table, theta, path.chance, heat)
    energy = 0.0
    for row in range(rows):
        for k in range(classes):
            drawn = normal(state)
            path.push[row, k] = drawn
            energy += 0.5 * drawn * drawn
    fill_slope(table, theta, path, heat)
    for _ in range(leaps):
        for row in range(rows):
            for k in range(classes):
                path.push[row, k] += 0.5 * step * path.slope[row, k]
                path.spot[row, k] += step * path.push[row, k]
        put_spot(theta, path.spot)
        fill_slope(table, theta, path, heat)
        for row in range(rows):
            for k in range(classes):
                path.push[row, k] += 0.5 * step * path.slope[row, k]
    left = 0.0
    for row in range(rows):
        for k in range(classes):
            left += 0.5 * path.push[row, k] * path.push[row, k]
    gain = log_target(table, theta, path.chance, heat) - start + energy - left
    chance = math.exp(min(gain, 0.0)) if gain == gain else 0.0
    if uniform(state) >= chance:
        put_spot(theta, path.before)
    return chance
