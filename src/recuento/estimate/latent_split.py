"""Splitting one class in two, or joining two: the step that brings a chain from one mode to another.

Between modes lie divisions of a class that no person-by-person move crosses: with 20 lists a chain stays for a million
sweeps. Here two classes are proposed anew at once, in the manner of Jain & Neal (2004, 2007): a rough division is
found from the data alone, people are divided by it, and both classes' parameters are drawn from what follows.

The algebra: with t ~ Gamma(n, 1 - p_0) the rates tau_k = t nu_k have the density

    tau_{K-1}^(alpha - 1)  R_0^(-alpha)  prod_{k < K-1} 1 / R_k  prod_x (sum_k tau_k f_kx)^n_x  exp(-sum_k tau_k c_k)

with R_k = tau_k + ... + tau_{K-1}, f_kx the chance of history x in class k and c_k that of any. N is integrated out,
and other classes enter only by R. For people of histories z alone in a class, with 1/tau and uniform lambda,

    Z(z) = sum_{n_0} Gamma(S + n_0) / n_0!  prod_j B(1 + c_j, 1 + S + n_0 - c_j),    S = sum z,  c_j its captures,

is the integral over its parameters, and drawing n_0, then lambda and tau, is exact. Compiled.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recuento.estimate.latent_kernel import fill_chances, settle_odds, settle_weights
from recuento.estimate.latent_random import binomial, gamma, normal, uniform

Floats = NDArray[np.float64]

SUM_MAX = 60_000
"""Terms of Z that are added up; where they do not suffice the move is given up, in either direction."""

_EMPTY = 3.0
_CLIMB = 40
_LOG2 = math.log(2.0)


class Parting(NamedTuple):
    """Room for a move: people of the pair by history, those of the first class, chances by node in both, sums."""

    pair: Floats
    first: Floats
    second: Floats
    share: Floats
    chance: Floats
    rates: Floats
    rest: Floats
    captures: Floats
    fresh: Floats
    running: Floats


def parting(histories: int, nodes: int, lists: int, classes: int) -> Parting:
    """Room for the moves of one chain."""
    return Parting(
        np.zeros(histories),
        np.zeros(histories),
        np.zeros(histories),
        np.zeros(histories),
        np.zeros((nodes, 2)),
        np.zeros(classes),
        np.zeros(classes + 1),
        np.zeros((2, lists)),
        np.zeros((2, lists)),
        np.zeros(SUM_MAX),
    )


@njit(cache=True, error_model="numpy")
def split_or_join(state, table, theta, chance, room):  # type: ignore[no-untyped-def]
    """Propose to divide a class or to join two. Gives 0 where nothing was tried, 1 refused, 2 divided, 3 joined."""
    classes = theta.log_nu.shape[0]
    seen = fill_chances(table, theta, chance)
    everybody = table.counts.sum()
    total = gamma(state, everybody) / seen
    _fill_rests(theta, total, room.rest)
    for k in range(classes):
        room.rates[k] = total * math.exp(theta.log_nu[k])
    reach = _reach(room.rates)
    if reach < 1:
        return 0
    a = _weighted(state, room.rates, reach)
    b = int(uniform(state) * reach)
    if b >= a:
        b += 1
    dividing = uniform(state) < 0.5
    if dividing and room.rates[b] > _EMPTY:
        return 0
    _draw_pair(state, table, chance, a, b, room)
    if dividing:
        return 2 if _divide(state, table, theta, a, b, reach, room) else 1
    _draw_first(state, table, chance, a, b, room)
    if room.first.sum() == 0.0 or room.second.sum() == 0.0:
        return 0
    return 3 if _join(state, table, theta, a, b, reach, room) else 1


@njit(cache=True, error_model="numpy")
def _weighted(state, rates, reach):  # type: ignore[no-untyped-def]
    """A class up to `reach`, with chance proportional to its rate: large ones are worth dividing."""
    left = uniform(state) * rates[: reach + 1].sum()
    k = 0
    while k < reach and left >= rates[k]:
        left -= rates[k]
        k += 1
    return k


@njit(cache=True, error_model="numpy")
def _reach(rates):  # type: ignore[no-untyped-def]
    """The last class that a move may take: the first after all that expect more than one person."""
    last = 0
    for k in range(rates.shape[0]):
        if rates[k] > 1.0:
            last = k
    return min(last + 1, rates.shape[0] - 2)


@njit(cache=True, error_model="numpy")
def _fill_rests(theta, total, rest):  # type: ignore[no-untyped-def]
    """R_k, by the logarithms of the sticks, so that the smallest are right too."""
    classes = theta.log_nu.shape[0]
    left = math.log(total)
    for k in range(classes):
        rest[k] = math.exp(left)
        if k < classes - 1:
            left += theta.log_rest[k]


@njit(cache=True, error_model="numpy")
def _draw_pair(state, table, chance, a, b, room):  # type: ignore[no-untyped-def]
    """How many people of each history are in one of the two classes."""
    for x in range(table.counts.shape[0]):
        row = chance[table.at[x]]
        room.pair[x] = binomial(state, table.counts[x], (row[a] + row[b]) / row.sum())


@njit(cache=True, error_model="numpy")
def _draw_first(state, table, chance, a, b, room):  # type: ignore[no-untyped-def]
    """How many of them are in the first."""
    for x in range(table.counts.shape[0]):
        row = chance[table.at[x]]
        room.first[x] = binomial(state, room.pair[x], row[a] / (row[a] + row[b])) if room.pair[x] > 0.0 else 0.0
        room.second[x] = room.pair[x] - room.first[x]


@njit(cache=True, error_model="numpy")
def _divide(state, table, theta, a, b, reach, room):  # type: ignore[no-untyped-def]
    """Two classes out of `a`, in the places of `a` and of the empty `b`. Whether it was accepted."""
    joined = _log_integral(table, room.pair, room, 0)[0]
    if not joined > -np.inf:
        return False
    before = _log_joined(table, theta, joined, room.rates[a], room.rates[b], room.rest[b + 1], a, b, room)
    before += _log_prior(theta, room.rates, room.rest, a, b, room.rates[a], room.rates[b])
    if not before > -np.inf:
        return False
    _rough_division(state, table, room)
    if uniform(state) < 0.5:
        for x in range(room.share.shape[0]):
            room.share[x] = 1.0 - room.share[x]
    for x in range(room.pair.shape[0]):
        room.first[x] = binomial(state, room.pair[x], room.share[x])
        room.second[x] = room.pair[x] - room.first[x]
    one, terms = _log_integral(table, room.first, room, 0)
    if not one > -np.inf:
        return False
    rate_a = _draw_class(state, room, 0, room.first.sum(), terms)
    two, terms = _log_integral(table, room.second, room, 1)
    if not two > -np.inf:
        return False
    rate_b = _draw_class(state, room, 1, room.second.sum(), terms)
    after = one + two + math.log(rate_a) + math.log(rate_b) - _log_division(room)
    after += _log_prior(theta, room.rates, room.rest, a, b, rate_a, rate_b)
    return _settle(state, theta, a, b, rate_a, rate_b, after - before, reach, room)


@njit(cache=True, error_model="numpy")
def _join(state, table, theta, a, b, reach, room):  # type: ignore[no-untyped-def]
    """One class out of `a` and `b`, in the place of `a`; `b` is left empty. Whether it was accepted."""
    one = _log_integral(table, room.first, room, 0)[0]
    two = _log_integral(table, room.second, room, 0)[0]
    joined, terms = _log_integral(table, room.pair, room, 0)
    if not (one > -np.inf and two > -np.inf and joined > -np.inf):
        return False
    rate_a = _draw_class(state, room, 0, room.pair.sum(), terms)
    beyond = room.rest[b + 1] + (rate_a - room.rates[a] if a > b else 0.0)
    if not beyond > 1e-280:
        return False
    rate_b = beyond * math.expm1(uniform(state) * math.log1p(_EMPTY / beyond))
    for j in range(room.fresh.shape[1]):
        share = uniform(state)
        room.fresh[1, j] = share / (1.0 - share)
    before = one + two + math.log(room.rates[a]) + math.log(room.rates[b])
    before += _log_prior(theta, room.rates, room.rest, a, b, room.rates[a], room.rates[b])
    kept_first = room.first.copy()
    _rough_division(state, table, room)
    room.first[:] = kept_first
    before -= _log_division(room)
    after = _log_joined_fresh(table, joined, rate_a, rate_b, beyond, room)
    after += _log_prior(theta, room.rates, room.rest, a, b, rate_a, rate_b)
    return _settle(state, theta, a, b, rate_a, rate_b, after - before, reach, room)


@njit(cache=True, error_model="numpy")
def _settle(state, theta, a, b, rate_a, rate_b, gain, reach, room):  # type: ignore[no-untyped-def]
    """Accept or refuse new rates and odds of the two classes, and put them into theta. Whether it was accepted."""
    old_a, old_b = room.rates[a], room.rates[b]
    gain -= math.log(old_a / room.rates[: reach + 1].sum() / reach)
    room.rates[a], room.rates[b] = rate_a, rate_b
    back = _reach(room.rates)
    if a > back or b > back or back < 1:
        room.rates[a], room.rates[b] = old_a, old_b
        return False
    gain += math.log(rate_a / room.rates[: back + 1].sum() / back)
    if not (gain >= 0.0 or uniform(state) < math.exp(gain)):
        room.rates[a], room.rates[b] = old_a, old_b
        return False
    for j in range(theta.odds.shape[0]):
        theta.odds[j, a] = min(max(room.fresh[0, j], 1e-300), 1e300)
        theta.odds[j, b] = min(max(room.fresh[1, j], 1e-300), 1e300)
    settle_odds(theta)
    after = room.rest[max(a, b) + 1]
    for k in range(max(a, b), -1, -1):
        whole = after + room.rates[k]
        theta.log_v[k] = math.log(room.rates[k] / whole)
        theta.log_rest[k] = math.log(after / whole)
        after = whole
    settle_weights(theta)
    return True


@njit(cache=True, error_model="numpy")
def _log_prior(theta, rates, rest, a, b, rate_a, rate_b):  # type: ignore[no-untyped-def]
    """The density of the rates, with those of two classes changed: what depends on them."""
    alpha = theta.alpha[0]
    after = rest[max(a, b) + 1]
    total = 0.0
    for k in range(max(a, b), -1, -1):
        after += rate_a if k == a else (rate_b if k == b else rates[k])
        total -= math.log(after)
    return total - alpha * math.log(after)


@njit(cache=True, error_model="numpy")
def _log_joined(table, theta, joined, rate_a, rate_b, beyond, a, b, room):  # type: ignore[no-untyped-def]
    """Target over proposal, the prior of rates apart, of the state as it is, taken as one class and an empty one."""
    for j in range(theta.odds.shape[0]):
        room.fresh[0, j] = theta.odds[j, a]
        room.fresh[1, j] = theta.odds[j, b]
    return _log_joined_fresh(table, joined, rate_a, rate_b, beyond, room)


@njit(cache=True, error_model="numpy")
def _log_joined_fresh(table, joined, rate_a, rate_b, beyond, room):  # type: ignore[no-untyped-def]
    """The same for the odds in `fresh`; `beyond` is R_{b+1}."""
    if rate_b > _EMPTY or not beyond > 1e-280:
        return -np.inf
    caught = _fill_two(table, room.fresh, rate_a, rate_b, room.chance)
    total = joined + math.log(rate_a) - rate_b * caught
    for x in range(room.pair.shape[0]):
        if room.pair[x] > 0.0:
            row = room.chance[table.at[x]]
            total += room.pair[x] * math.log1p(row[1] / row[0])
    return total + math.log(rate_b + beyond) + math.log(math.log1p(_EMPTY / beyond))


@njit(cache=True, error_model="numpy")
def _fill_two(table, odds, rate_a, rate_b, chance):  # type: ignore[no-untyped-def]
    """Expected people at every node in two classes. Gives the second's chance of being caught."""
    missed_a, missed_b, caught = 1.0, 1.0, 0.0
    for j in range(odds.shape[1]):
        missed_a /= 1.0 + odds[0, j]
        share = 1.0 / (1.0 + odds[1, j])
        caught += missed_b * odds[1, j] * share
        missed_b *= share
    chance[0, 0] = rate_a * missed_a
    chance[0, 1] = rate_b * missed_b
    for node in range(1, table.parent.shape[0]):
        above, j = table.parent[node], table.added[node]
        chance[node, 0] = chance[above, 0] * odds[0, j]
        chance[node, 1] = chance[above, 1] * odds[1, j]
    return caught


@njit(cache=True, error_model="numpy")
def _rough_division(state, table, room):  # type: ignore[no-untyped-def]
    """Fill `share`, the first class's part of each history, from the pair's people alone.

    A random plane through the histories, then some steps of expectation-maximisation with the priors' counts.
    Changes neither the state nor what is kept in `fresh`, so that both directions can use it.
    """
    lists = room.fresh.shape[1]
    plane = np.zeros(lists)
    for j in range(lists):
        plane[j] = normal(state)
    lean = normal(state)
    for x in range(room.pair.shape[0]):
        score = 0.7 * lean
        for at in range(table.starts[x], table.starts[x + 1]):
            score += plane[table.lists[at]]
        room.share[x] = 0.95 if score > 0.0 else 0.05
    odds = np.ones((2, lists))
    unseen = np.zeros(2)
    for _ in range(_CLIMB):
        people = _gather(table, room)
        rates = people + unseen
        for side in range(2):
            for j in range(lists):
                caught = room.captures[side, j]
                odds[side, j] = (caught + 1.0) / (rates[side] - caught + 1.0)
        _fill_two(table, odds, rates[0] + 1e-9, rates[1] + 1e-9, room.chance)
        unseen[0], unseen[1] = room.chance[0, 0], room.chance[0, 1]
        for x in range(room.pair.shape[0]):
            row = room.chance[table.at[x]]
            both = row[0] + row[1]
            room.share[x] = min(max(row[0] / both, 1e-9), 1.0 - 1e-9) if both > 0.0 else 0.5


@njit(cache=True, error_model="numpy")
def _gather(table, room):  # type: ignore[no-untyped-def]
    """Expected people and captures on both sides of a division."""
    people = np.zeros(2)
    room.captures[:] = 0.0
    for x in range(room.pair.shape[0]):
        if room.pair[x] > 0.0:
            one = room.pair[x] * room.share[x]
            other = room.pair[x] - one
            people[0] += one
            people[1] += other
            for at in range(table.starts[x], table.starts[x + 1]):
                room.captures[0, table.lists[at]] += one
                room.captures[1, table.lists[at]] += other
    return people


@njit(cache=True, error_model="numpy")
def _log_division(room):  # type: ignore[no-untyped-def]
    """The log chance of dividing the pair as in `first`, the rough division taken either way round."""
    one, other = 0.0, 0.0
    for x in range(room.pair.shape[0]):
        if room.pair[x] > 0.0:
            here, there = math.log(room.share[x]), math.log1p(-room.share[x])
            second = room.pair[x] - room.first[x]
            one += room.first[x] * here + second * there
            other += room.first[x] * there + second * here
    top = max(one, other)
    return top + math.log1p(math.exp(min(one, other) - top)) - _LOG2


@njit(cache=True, error_model="numpy")
def _log_integral(table, people, room, side):  # type: ignore[no-untyped-def]
    """log Z of these people, and how many terms it took; captures go to `side`. Minus infinity: none, or too long."""
    captures = room.captures[side]
    captures[:] = 0.0
    size = 0.0
    for x in range(people.shape[0]):
        size += people[x]
        for at in range(table.starts[x], table.starts[x + 1]):
            captures[table.lists[at]] += people[x]
    if size == 0.0:
        return -np.inf, 0
    logs = math.lgamma(size)
    for j in range(captures.shape[0]):
        logs += math.lgamma(1.0 + captures[j]) + math.lgamma(1.0 + size - captures[j]) - math.lgamma(2.0 + size)
    term, total = 1.0, 0.0
    for unseen in range(SUM_MAX):
        total += term
        room.running[unseen] = total
        if total > 1e250:
            for at in range(unseen + 1):
                room.running[at] *= 1e-250
            total *= 1e-250
            term *= 1e-250
            logs += 250.0 * math.log(10.0)
        ratio = (size + unseen) / (unseen + 1.0)
        over = 1.0 / (2.0 + size + unseen)
        for j in range(captures.shape[0]):
            ratio *= (1.0 + size + unseen - captures[j]) * over
        term *= ratio
        if ratio < 1.0 and term * (unseen + 1.0) < 1e-9 * total:
            return logs + math.log(total), unseen + 1
    return -np.inf, 0


@njit(cache=True, error_model="numpy")
def _draw_class(state, room, side, size, terms):  # type: ignore[no-untyped-def]
    """Draw the odds (into `fresh`) and the rate of a class from its people, after `_log_integral` on that side."""
    mark = uniform(state) * room.running[terms - 1]
    low, high = 0, terms - 1
    while low < high:
        middle = (low + high) // 2
        if room.running[middle] < mark:
            low = middle + 1
        else:
            high = middle
    everybody = size + low
    for j in range(room.fresh.shape[1]):
        caught = room.captures[side, j]
        room.fresh[side, j] = gamma(state, 1.0 + caught) / gamma(state, 1.0 + everybody - caught)
    return gamma(state, everybody)
