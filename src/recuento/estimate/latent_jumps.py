"""A jump to anywhere in the posterior, by what the chains saw while they warmed up.

Chains that warm up leave snapshots: how many people, and how many captures of each list, every class held. Given such
counts and alpha the parameters follow beta distributions, and the posterior is the mean of these over all counts; so
the mixture over the snapshots is close to the posterior in every mode that any chain has seen. A jump proposes from
the mixture, whatever the state, and is weighed exactly (an independence sampler, Tierney 1994; the mixture is the
Rao-Blackwell estimate of Gelfand & Smith 1990):

    q(theta) = mean_s prod_k Beta(V_k; 1 + m_k, alpha + m_{k+1} + ...) prod_jk Beta(lambda_jk; 1 + c_jk, 1 + m_k - c_jk)

with the target  prod_x (p_x / (1 - p_0))^n_x  times the prior. Classes after the last that holds anybody are drawn
from the prior in both, and cancel. Once the chains are warm the snapshots stay as they are. Compiled.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recuento.estimate.latent_kernel import (
    Theta,
    draw_odds,
    draw_weights,
    fill_chances,
    log_likelihood,
)
from recuento.estimate.latent_random import log_factorial, uniform

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Snapshots(NamedTuple):
    """Counts by class as chains saw them.

    `counts` (snapshot, class, 1 + list): people, then captures by list; `after` (snapshot, class): people of all later
    classes; `leads`: the classes up to the last that holds anybody; `base`: what of the log density depends neither
    on the parameters nor on alpha.
    """

    counts: Floats
    after: Floats
    leads: Integers
    base: Floats


class Leap(NamedTuple):
    """Room for jumps: the state to go back to; by class, log nu_k plus that of being missed, and log odds by list."""

    before: Theta
    logs: Floats


def snapshots(people: Floats, captures: Floats) -> Snapshots:
    """Snapshots of these counts: (snapshot, class) and (snapshot, class, list)."""
    from scipy.special import betaln, gammaln

    classes = people.shape[1]
    held = people > 0
    leads = np.where(held.any(axis=1), classes - np.argmax(held[:, ::-1], axis=1), 1)
    sticks = np.arange(classes)[None, :] < np.minimum(leads, classes - 1)[:, None]
    base = -(gammaln(1 + people) * sticks).sum(axis=1)
    base -= betaln(1 + captures, 1 + people[:, :, None] - captures).sum(axis=(1, 2))
    counts = np.ascontiguousarray(np.concatenate([people[:, :, None], captures], axis=2))
    after = np.ascontiguousarray(people[:, ::-1].cumsum(axis=1)[:, ::-1] - people)
    return Snapshots(counts, after, leads.astype(np.int64), base)


def leap(lists: int, classes: int) -> Leap:
    """Room for the jumps of one chain."""
    missed, caught, log_v, log_rest, log_nu = np.zeros((5, classes))
    before = Theta(np.zeros((lists, classes)), missed, caught, log_v, log_rest, log_nu, np.ones(1))
    return Leap(before, np.zeros((classes, 1 + lists)))


@njit(cache=True, error_model="numpy")
def jump(state, table, theta, work, seen, room, tries):  # type: ignore[no-untyped-def]
    """Propose states from the snapshots, alpha as it is, `tries` times over. How many were accepted."""
    given_alpha = log_given_alpha(theta.alpha[0], seen, work.people.shape[0])
    worth = _log_worth(table, theta, work.chance, seen, given_alpha, room)
    if not abs(worth) < np.inf:
        return 0
    accepted = 0
    _copy(theta, room.before)
    for _ in range(tries):
        _draw_from(state, theta, work, seen)
        proposed = _log_worth(table, theta, work.chance, seen, given_alpha, room)
        gain = proposed - worth
        if gain < np.inf and (gain >= 0.0 or uniform(state) < math.exp(gain)):
            accepted += 1
            worth = proposed
            _copy(theta, room.before)
    _copy(room.before, theta)
    return accepted


@njit(cache=True, error_model="numpy")
def _draw_from(state, theta, work, seen):  # type: ignore[no-untyped-def]
    """Draw the parameters given the counts of one snapshot."""
    s = min(int(uniform(state) * seen.leads.shape[0]), seen.leads.shape[0] - 1)
    for k in range(work.people.shape[0]):
        work.people[k] = seen.counts[s, k, 0]
        for j in range(work.captures.shape[0]):
            work.captures[j, k] = seen.counts[s, k, 1 + j]
    draw_odds(state, theta, work)
    draw_weights(state, theta, work, 0.0, 0.0)


@njit(cache=True, error_model="numpy")
def _log_worth(table, theta, chance, seen, given_alpha, room):  # type: ignore[no-untyped-def]
    """The log of target over mixture; not finite where a float64 cannot tell it, and such a state is not jumped to."""
    caught = fill_chances(table, theta, chance)
    return log_likelihood(table, chance, caught) - log_mixture(theta, seen, given_alpha, room)


@njit(cache=True, error_model="numpy")
def log_given_alpha(alpha, seen, classes):  # type: ignore[no-untyped-def]
    """What of the log density of every snapshot depends on alpha but not on the parameters.

    The products of gamma functions of neighbouring sticks cancel, but for the first and the last.
    """
    log_alpha, log_gamma_alpha = math.log(alpha), math.lgamma(alpha)
    given_alpha = np.empty(seen.leads.shape[0])
    for s in range(seen.leads.shape[0]):
        sticks = min(seen.leads[s], classes - 1)
        last = seen.after[s, sticks - 1]
        everybody = seen.after[s, 0] + seen.counts[s, 0, 0]
        logs = log_factorial(alpha + everybody - 1.0) - sticks * log_alpha
        logs -= math.lgamma(alpha + last) if last > 0.0 else log_gamma_alpha
        product = alpha + everybody
        for k in range(sticks - 1):
            product *= alpha + seen.after[s, k]
            if product > 1e200:
                logs += math.log(product)
                product = 1.0
        given_alpha[s] = logs + math.log(product)
    return given_alpha


@njit(cache=True, error_model="numpy")
def log_mixture(theta, seen, given_alpha, room):  # type: ignore[no-untyped-def]
    """The log density of the mixture over that of the prior, given alpha."""
    lists = theta.odds.shape[0]
    leads = 0
    for s in range(seen.leads.shape[0]):
        leads = max(leads, seen.leads[s])
    for k in range(leads):
        room.logs[k, 0] = theta.log_nu[k]
        for j in range(lists):
            room.logs[k, 1 + j] = math.log(theta.odds[j, k])
            room.logs[k, 0] -= math.log1p(theta.odds[j, k])
    counts = seen.counts.reshape(seen.counts.shape[0], room.logs.size)
    logs = room.logs.reshape(room.logs.size)
    top, total = -np.inf, 0.0
    for s in range(counts.shape[0]):
        here = seen.base[s] + given_alpha[s] + _dot(counts[s], logs, seen.leads[s] * (1 + lists))
        # The sum of exponentials, scaled by the greatest so far.
        if here > top:
            total = total * math.exp(top - here) + 1.0
            top = here
        elif here > top - 40.0:
            total += math.exp(here - top)
    return top + math.log(total / counts.shape[0])


@njit(cache=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _dot(one, other, length):  # type: ignore[no-untyped-def]
    total = 0.0
    for at in range(length):
        total += one[at] * other[at]
    return total


@njit(cache=True, error_model="numpy")
def _copy(source, target):  # type: ignore[no-untyped-def]
    for k in range(source.log_nu.shape[0]):
        for j in range(source.odds.shape[0]):
            target.odds[j, k] = source.odds[j, k]
        target.missed[k] = source.missed[k]
        target.caught[k] = source.caught[k]
        target.log_v[k] = source.log_v[k]
        target.log_rest[k] = source.log_rest[k]
        target.log_nu[k] = source.log_nu[k]
    target.alpha[0] = source.alpha[0]
