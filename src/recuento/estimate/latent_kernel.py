"""The latent class sampler's inner loop: one Gibbs sweep over classes, unseen people, weights and concentration.

The state is theta: capture odds by list and class, stick-breaking weights and alpha. Who is in which class and how
many are unseen is drawn anew in every sweep from its exact conditional, so that moves of `latent_moves` can treat
theta alone, with both integrated out. Compiled; imported only where a sampler runs.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recuento.estimate.latent_random import binomial, exponential, gamma, log_gamma_draw, poisson, uniform

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_TINY = 1e-250
_EXTREME = 1e-200


class Histories(NamedTuple):
    """The observed histories as a tree: a node is a history, its parent lacks the node's highest list.

    Node 0 is the history of the unseen. A class's chance of a node is its parent's times the odds of one list,
    so that all chances cost a multiplication each. `at` is the node of each observed history, `counts` its people;
    `lists[starts[x]:starts[x + 1]]` are the lists of history x.
    """

    parent: Integers
    added: Integers
    at: Integers
    counts: Floats
    starts: Integers
    lists: Integers


class Theta(NamedTuple):
    """Parameters, changed in place. `odds[j, k]`: odds that somebody of class k is on list j.

    `missed[k]` and `caught[k]`: chance of being on no list, on some. `log_v`, `log_rest`: log V_k, log(1 - V_k) of
    the stick-breaking; `log_nu` the weights they make; `alpha[0]` the concentration.
    """

    odds: Floats
    missed: Floats
    caught: Floats
    log_v: Floats
    log_rest: Floats
    log_nu: Floats
    alpha: Floats


class Work(NamedTuple):
    """Room for one sweep: chances by node and class, people and captures by class; `unseen[0]` is n_0."""

    chance: Floats
    logs: Floats
    people: Floats
    captures: Floats
    unseen: Floats


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def fill_chances(table, theta, chance):  # type: ignore[no-untyped-def]
    """nu_k times the chance of every node in class k. Gives 1 - p_0, without cancellation."""
    classes = theta.log_nu.shape[0]
    seen = 0.0
    total = 0.0
    for k in range(classes):
        share = math.exp(theta.log_nu[k])
        chance[0, k] = share * theta.missed[k]
        seen += share * theta.caught[k]
        total += share
    for node in range(1, table.parent.shape[0]):
        above = table.parent[node]
        j = table.added[node]
        for k in range(classes):
            chance[node, k] = chance[above, k] * theta.odds[j, k]
    return seen / total


@njit(cache=True, error_model="numpy")
def log_likelihood(table, chance, seen):  # type: ignore[no-untyped-def]
    """Sum of n_x log(p_x / (1 - p_0)): N is integrated out under p(N) proportional to 1/N."""
    classes = chance.shape[1]
    people = 0.0
    total = 0.0
    for x in range(table.counts.shape[0]):
        share = 0.0
        for k in range(classes):
            share += chance[table.at[x], k]
        total += table.counts[x] * math.log(share)
        people += table.counts[x]
    return total - people * math.log(seen)


@njit(cache=True, error_model="numpy")
def extreme(theta):  # type: ignore[no-untyped-def]
    """Whether products of odds could leave the range of a float64, so that logarithms are needed."""
    found = False
    for k in range(theta.missed.shape[0]):
        # Written so that what is no number is extreme too.
        found = found or not theta.missed[k] > _EXTREME
    return found


@njit(cache=True, error_model="numpy")
def _log_chances(table, theta, x, logs):  # type: ignore[no-untyped-def]
    """The chances of history x by class, by logarithms, scaled so that the greatest is 1."""
    classes = theta.log_nu.shape[0]
    top = -np.inf
    for k in range(classes):
        total = theta.log_nu[k]
        for j in range(theta.odds.shape[0]):
            total -= math.log1p(theta.odds[j, k])
        for at in range(table.starts[x], table.starts[x + 1]):
            total += math.log(theta.odds[table.lists[at], k])
        logs[k] = total
        top = max(top, total)
    for k in range(classes):
        logs[k] = math.exp(logs[k] - top)


@njit(cache=True, error_model="numpy")
def _place(table, work, x, k, count):  # type: ignore[no-untyped-def]
    """Count people of history x as members of class k."""
    work.people[k] += count
    for at in range(table.starts[x], table.starts[x + 1]):
        work.captures[table.lists[at], k] += count


@njit(cache=True, error_model="numpy")
def _divide(state, table, work, x, shares, first, last, total, count):  # type: ignore[no-untyped-def]
    """Divide `count` people of history x over classes first to last - 1, by their shares of `total`."""
    if count <= 3.0:
        for _ in range(int(count)):
            left = uniform(state) * total
            k = first
            while k < last - 1 and left >= shares[k]:
                left -= shares[k]
                k += 1
            _place(table, work, x, k, 1.0)
        return
    for k in range(first, last):
        drawn = count if k == last - 1 else binomial(state, count, shares[k] / total)
        if drawn > 0.0:
            _place(table, work, x, k, drawn)
            count -= drawn
            if count <= 0.0:
                return
        total -= shares[k]
        if total <= 0.0:
            # Rounding has used up the total: the rest belongs to the greatest share that is left.
            best = k
            for other in range(k + 1, last):
                if shares[other] > shares[best]:
                    best = other
            _place(table, work, x, best, count)
            return


@njit(cache=True, error_model="numpy")
def draw_people(state, table, theta, work, active):  # type: ignore[no-untyped-def]
    """Draw the class of everybody observed, then n_0 and the classes of the unseen, given theta."""
    classes = theta.log_nu.shape[0]
    seen = fill_chances(table, theta, work.chance)
    for k in range(classes):
        work.people[k] = 0.0
        for j in range(work.captures.shape[0]):
            work.captures[j, k] = 0.0
    by_logs = extreme(theta)
    everybody = 0.0
    for x in range(table.counts.shape[0]):
        count = table.counts[x]
        everybody += count
        shares = work.chance[table.at[x]]
        head = 0.0
        for k in range(active):
            head += shares[k]
        tail = 0.0
        for k in range(active, classes):
            tail += shares[k]
        total = head + tail
        if by_logs or not (total > _TINY and total < 1.0 / _TINY):
            _log_chances(table, theta, x, work.logs)
            shares = work.logs
            head, tail = 0.0, 0.0
            for k in range(active):
                head += shares[k]
            for k in range(active, classes):
                tail += shares[k]
        # Few people, mostly none, go to the classes that were empty: draw how many before drawing which.
        rare = binomial(state, count, tail / (head + tail)) if tail > 0.0 else 0.0
        if rare > 0.0:
            _divide(state, table, work, x, shares, active, classes, tail, rare)
        if count > rare:
            _divide(state, table, work, x, shares, 0, active, head, count - rare)
    rate = gamma(state, everybody) / seen
    work.unseen[0] = 0.0
    for k in range(classes):
        drawn = poisson(state, rate * work.chance[0, k])
        work.people[k] += drawn
        work.unseen[0] += drawn


@njit(cache=True, error_model="numpy")
def reorder(state, theta, work):  # type: ignore[no-untyped-def]
    """Exchange neighbouring classes, with V integrated out (in the spirit of Papaspiliopoulos & Roberts 2008).

    With m_k people in class k and r in all later ones, the sizes have probability proportional to the product of
    1 / (alpha + people after k), so exchanging k and k + 1 has the ratio (alpha + m_{k+1} + r) / (alpha + m_k + r).
    """
    classes = work.people.shape[0]
    alpha = theta.alpha[0]
    after = 0.0
    for k in range(classes - 2, -1, -1):
        here, there = work.people[k], work.people[k + 1]
        if here != there:
            if k == classes - 2:
                log_ratio = math.lgamma(1.0 + there) + math.lgamma(alpha + here)
                log_ratio -= math.lgamma(1.0 + here) + math.lgamma(alpha + there)
            else:
                log_ratio = math.log((alpha + there + after) / (alpha + here + after))
            if log_ratio >= 0.0 or uniform(state) < math.exp(log_ratio):
                work.people[k], work.people[k + 1] = there, here
                for j in range(work.captures.shape[0]):
                    kept = work.captures[j, k]
                    work.captures[j, k] = work.captures[j, k + 1]
                    work.captures[j, k + 1] = kept
        after += work.people[k + 1]


@njit(cache=True, error_model="numpy")
def _draw_odds(state, caught, missed):  # type: ignore[no-untyped-def]
    """lambda / (1 - lambda) for lambda ~ Beta(1 + caught, 1 + missed), in closed form where one of them is 0."""
    if caught == 0.0:
        if missed == 0.0:
            share = uniform(state)
            return share / (1.0 - share)
        return math.expm1(exponential(state) / (1.0 + missed))
    if missed == 0.0:
        return 1.0 / math.expm1(exponential(state) / (1.0 + caught))
    return gamma(state, 1.0 + caught) / gamma(state, 1.0 + missed)


@njit(cache=True, error_model="numpy")
def draw_odds(state, theta, work):  # type: ignore[no-untyped-def]
    """Draw every capture odds given who is in which class."""
    for j in range(theta.odds.shape[0]):
        for k in range(theta.odds.shape[1]):
            caught = work.captures[j, k]
            drawn = _draw_odds(state, caught, work.people[k] - caught)
            theta.odds[j, k] = min(max(drawn, 1e-300), 1e300)
    settle_odds(theta)


@njit(cache=True, error_model="numpy")
def settle_odds(theta):  # type: ignore[no-untyped-def]
    """Recompute the chances of being missed and caught from the odds."""
    for k in range(theta.odds.shape[1]):
        missed = 1.0
        caught = 0.0
        for j in range(theta.odds.shape[0]):
            chance = 1.0 / (1.0 + theta.odds[j, k])
            caught += missed * theta.odds[j, k] * chance
            missed *= chance
        theta.missed[k] = missed
        theta.caught[k] = caught


@njit(cache=True, error_model="numpy")
def _draw_stick(state, theta, k, size, after):  # type: ignore[no-untyped-def]
    """Draw V_k ~ Beta(1 + size, alpha + after)."""
    second = theta.alpha[0] + after
    if size == 0.0:
        theta.log_rest[k] = -exponential(state) / second
        theta.log_v[k] = math.log(-math.expm1(theta.log_rest[k]))
        return
    one = math.log(gamma(state, 1.0 + size))
    other = log_gamma_draw(state, second)
    top = max(one, other)
    both = top + math.log1p(math.exp(min(one, other) - top))
    theta.log_v[k] = one - both
    theta.log_rest[k] = other - both


@njit(cache=True, error_model="numpy")
def draw_weights(state, theta, work, shape, rate):  # type: ignore[no-untyped-def]
    """Draw the sticks up to the last occupied class, then alpha with the later sticks integrated out, then those.

    Gives how many leading classes hold everybody.
    """
    classes = work.people.shape[0]
    occupied = classes
    while occupied > 1 and work.people[occupied - 1] == 0.0:
        occupied -= 1
    sticks = min(occupied, classes - 1)
    after = 0.0
    for k in range(classes - 1, sticks - 1, -1):
        after += work.people[k]
    rests = 0.0
    for k in range(sticks - 1, -1, -1):
        _draw_stick(state, theta, k, work.people[k], after)
        rests += theta.log_rest[k]
        after += work.people[k]
    if shape > 0.0:
        theta.alpha[0] = max(gamma(state, shape + sticks) / (rate - rests), 1e-300)
    for k in range(sticks, classes - 1):
        _draw_stick(state, theta, k, 0.0, 0.0)
    settle_weights(theta)
    return occupied


@njit(cache=True, error_model="numpy")
def settle_weights(theta):  # type: ignore[no-untyped-def]
    """Recompute the class weights from the sticks; the last class takes what is left."""
    classes = theta.log_nu.shape[0]
    left = 0.0
    for k in range(classes - 1):
        theta.log_nu[k] = left + theta.log_v[k]
        left += theta.log_rest[k]
    theta.log_nu[classes - 1] = left


@njit(cache=True, error_model="numpy")
def sweep(state, table, theta, work, active, shape, rate):  # type: ignore[no-untyped-def]
    """One Gibbs sweep from theta to theta. Gives how many leading classes hold everybody."""
    draw_people(state, table, theta, work, active)
    reorder(state, theta, work)
    draw_odds(state, theta, work)
    return draw_weights(state, theta, work, shape, rate)
