"""A walk over the clusterings of a large part, compiled: single nodes move, whole persons are joined and split.

Both moves keep the weights: a node goes where its weight says (Gibbs); a join or split is taken as often as makes the
walk fair (Metropolis; splits are proposed by handing out the nodes one after another, Dahl 2005).

Import this module where it is used, inside a function: it brings numba.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from recuento.link.draws_kernel import NEVER_ABOVE, Floats, Ints, Weights, draw_exactly, find, person_weight, uniform

EXACT_MAX = 11
"""Nodes of a part whose clusterings are all weighed (3 ** 11 = 177,147 steps a draw)."""

_FAR = -9.0
_PULL_MAX = 12.0
"""What a pair never compared counts when a split is proposed, and the most that pulls count; they decide how often a
split is tried, not what is accepted."""


class _State(NamedTuple):
    """A clustering of one part. Persons are numbered by places; a person is a chain of places from its head."""

    nodes: Ints
    local: Ints
    """The place of a node, by its number less the part's first."""
    person: Ints
    chain: Ints
    """The next place of the same person, -1 at the end."""
    head: Ints
    logs: Floats
    free: Ints
    """Numbers of persons that nobody is; the last entry says how many."""
    chance: NDArray[np.uint64]
    room: Ints
    other_room: Ints
    side: Ints
    first: NDArray[np.bool_]
    options: Ints
    values: Floats


@njit(cache=True, nogil=True)
def draw_parts(
    first: int,
    last: int,
    part_start: Ints,
    part_nodes: Ints,
    weights: Weights,
    labels: Ints,
    name_of: Ints,
    shifts: Floats,
    rounds: Ints,
    seed: int,
    out: NDArray[np.int32],
) -> None:
    """Fill `out` (draws by places in `part_nodes`) for the parts from `first` to `last`.

    `shifts` is added to every link, one for each draw; `rounds` are those before the first draw and for each draw.
    A person is called by the least of its `name_of`. Each part has its own stream of chance, so neither the order
    nor the number of workers matters.
    """
    for part in range(first, last):
        begin, end = part_start[part], part_start[part + 1]
        nodes = part_nodes[begin:end]
        chance = np.zeros(1, dtype=np.uint64)
        chance[0] = np.uint64(seed) ^ (np.uint64(name_of[nodes[0]] + 1) * np.uint64(0x9E3779B97F4A7C15))
        uniform(chance)
        if len(nodes) <= EXACT_MAX:
            draw_exactly(weights, nodes, name_of, shifts, chance, out[:, begin:end])
        else:
            _walk(weights, nodes, labels, name_of, shifts, rounds, chance, out[:, begin:end])


@njit(cache=True, nogil=True)
def walk_parts(
    part_start: Ints,
    part_nodes: Ints,
    weights: Weights,
    labels: Ints,
    name_of: Ints,
    shifts: Floats,
    rounds: Ints,
    seed: int,
    out: NDArray[np.int32],
) -> None:
    """The same by walking alone, whatever the size: a second opinion on the exact draws."""
    for part in range(len(part_start) - 1):
        begin, end = part_start[part], part_start[part + 1]
        chance = np.zeros(1, dtype=np.uint64)
        chance[0] = np.uint64(seed + 1) * np.uint64(0x9E3779B97F4A7C15) ^ np.uint64(part)
        _walk(weights, part_nodes[begin:end], labels, name_of, shifts, rounds, chance, out[:, begin:end])


@njit(cache=True, nogil=True)
def _walk(
    weights: Weights,
    nodes: Ints,
    labels: Ints,
    name_of: Ints,
    shifts: Floats,
    rounds: Ints,
    chance: NDArray[np.uint64],
    out: NDArray[np.int32],
) -> None:
    n = len(nodes)
    state = _set_out(weights, nodes, labels, chance)
    pairs = _linkable_pairs(weights, state)
    for draw in range(len(shifts)):
        for _ in range(rounds[1] + (rounds[0] if draw == 0 else 0)):
            for place in range(n):
                _move(weights, state, place, shifts[draw])
            for _ in range(len(pairs) // 4 + 1):
                at = min(int(uniform(chance) * len(pairs)), len(pairs) - 1)
                _join_or_split(weights, state, pairs[at, 0], pairs[at, 1], shifts[draw])
        for one in range(n):
            called = np.int64(-1)
            place = state.head[one]
            while place >= 0:
                if called < 0 or name_of[nodes[place]] < called:
                    called = name_of[nodes[place]]
                place = state.chain[place]
            place = state.head[one]
            while place >= 0:
                out[draw, place] = called
                place = state.chain[place]


@njit(cache=True, nogil=True)
def _set_out(weights: Weights, nodes: Ints, labels: Ints, chance: NDArray[np.uint64]) -> _State:
    """The linkage's own persons, each taken apart where it cannot be one here."""
    n = len(nodes)
    local = np.full(nodes[n - 1] - nodes[0] + 1, -1, dtype=np.int64)
    for place in range(n):
        local[nodes[place] - nodes[0]] = place
    state = _State(
        nodes,
        local,
        np.arange(n),
        np.full(n, -1, dtype=np.int64),
        np.full(n, -1, dtype=np.int64),
        np.zeros(n),
        np.zeros(n + 1, dtype=np.int64),
        chance,
        np.empty(n + 1, dtype=np.int64),
        np.empty(n + 1, dtype=np.int64),
        np.empty(n + 1, dtype=np.int64),
        np.zeros(n + 1, dtype=np.bool_),
        np.empty(n + 1, dtype=np.int64),
        np.empty(n + 1),
    )
    order = np.argsort(labels[nodes])
    begin = 0
    while begin < n:
        end = begin
        while end < n and labels[nodes[order[end]]] == labels[nodes[order[begin]]]:
            state.room[end - begin] = nodes[order[end]]
            end += 1
        whole = person_weight(weights, state.room, end - begin)
        if whole > NEVER_ABOVE:
            state.logs[order[begin]] = whole
            for at in range(begin, end):
                state.person[order[at]] = order[begin]
        begin = end
    for place in range(n):
        _put(state, place, state.person[place])
    for one in range(n):
        if state.head[one] < 0:
            _release(state, one)
    return state


@njit(cache=True, nogil=True)
def _linkable_pairs(weights: Weights, state: _State) -> Ints:
    """The places of both ends of every linkable pair of the part."""
    n = len(state.nodes)
    count = 0
    for place in range(n):
        node = state.nodes[place]
        for at in range(weights.start[node], weights.start[node + 1]):
            count += weights.linkable[at] and weights.neighbour[at] > node
    pairs = np.empty((count, 2), dtype=np.int64)
    count = 0
    for place in range(n):
        node = state.nodes[place]
        for at in range(weights.start[node], weights.start[node + 1]):
            if weights.linkable[at] and weights.neighbour[at] > node:
                pairs[count, 0] = place
                pairs[count, 1] = state.local[weights.neighbour[at] - state.nodes[0]]
                count += 1
    return pairs


@njit(cache=True, nogil=True)
def _put(state: _State, place: int, person: int) -> None:
    state.person[place] = person
    state.chain[place] = state.head[person]
    state.head[person] = place


@njit(cache=True, nogil=True)
def _release(state: _State, person: int) -> None:
    """Give the number of a person that nobody is any longer back."""
    state.logs[person] = 0.0
    count = state.free[-1]
    state.free[count] = person
    state.free[-1] = count + 1


@njit(cache=True, nogil=True)
def _new_person(state: _State) -> int:
    state.free[-1] -= 1
    return int(state.free[state.free[-1]])


@njit(cache=True, nogil=True)
def _gathered(state: _State, person: int) -> int:
    """Lay the nodes of a person into `room`; how many there are."""
    count = 0
    place = state.head[person]
    while place >= 0:
        state.room[count] = state.nodes[place]
        count += 1
        place = state.chain[place]
    return count


@njit(cache=True, nogil=True)
def _move(weights: Weights, state: _State, place: int, shift: float) -> None:
    """Take one node out of its person and put it where its weight says, or by itself."""
    own = state.person[place]
    _take_out(state, place)
    alone = state.head[own] < 0
    if not alone:
        rest = person_weight(weights, state.room, _gathered(state, own))
        if rest < NEVER_ABOVE:
            # What is left cannot stand by itself, so the node has nowhere else to go.
            _put(state, place, own)
            return
        state.logs[own] = rest
    else:
        _release(state, own)
    choices = _weigh_options(weights, state, place, shift)
    chosen = _one_of(state.values, choices, state.chance)
    if chosen == 0:
        _put(state, place, _new_person(state))
    else:
        there = state.options[chosen]
        state.logs[there] += state.values[chosen] - shift
        _put(state, place, there)


@njit(cache=True, nogil=True)
def _take_out(state: _State, place: int) -> None:
    own = state.person[place]
    at = state.head[own]
    if at == place:
        state.head[own] = state.chain[place]
        return
    while state.chain[at] != place:
        at = state.chain[at]
    state.chain[at] = state.chain[place]


@njit(cache=True, nogil=True)
def _weigh_options(weights: Weights, state: _State, place: int, shift: float) -> int:
    """The persons that a node taken out may go to, with what each gains; the first is to be by itself."""
    node = state.nodes[place]
    state.options[0], state.values[0] = -1, 0.0
    choices = 1
    for at in range(weights.start[node], weights.start[node + 1]):
        other = state.local[weights.neighbour[at] - state.nodes[0]] if weights.linkable[at] else place
        there = state.person[other]
        known = other == place
        for k in range(1, choices):
            known = known or state.options[k] == there
        if known:
            continue
        count = _gathered(state, there)
        state.room[count] = node
        whole = person_weight(weights, state.room, count + 1)
        if whole > NEVER_ABOVE:
            state.options[choices] = there
            state.values[choices] = whole - state.logs[there] + shift
            choices += 1
    return choices


@njit(cache=True, nogil=True)
def _one_of(values: Floats, choices: int, chance: NDArray[np.uint64]) -> int:
    """One of the choices, each as likely as the exponential of its value."""
    top = values[:choices].max()
    wanted = uniform(chance) * np.exp(values[:choices] - top).sum()
    for k in range(choices):
        wanted -= np.exp(values[k] - top)
        if wanted < 0:
            return k
    return 0


@njit(cache=True, nogil=True)
def _join_or_split(weights: Weights, state: _State, i: int, j: int, shift: float) -> None:
    """Join the persons of i and j, or split theirs between them."""
    one, other = state.person[i], state.person[j]
    count = _others(state, i, j, one, other)
    log_chance, here, there = _handed_out(weights, state, i, j, count)
    if one == other:
        first = person_weight(weights, state.room, here)
        second = person_weight(weights, state.other_room, there) if first > NEVER_ABOVE else first
        if second < NEVER_ABOVE:
            return
        if np.log(uniform(state.chance) + 1e-300) < first + second - state.logs[one] - shift - log_chance:
            new = _new_person(state)
            state.head[one] = -1
            _put(state, i, one)
            _put(state, j, new)
            for k in range(count):
                _put(state, state.side[k], one if state.first[k] else new)
            state.logs[one], state.logs[new] = first, second
        return
    for k in range(there):
        state.room[here + k] = state.other_room[k]
    whole = person_weight(weights, state.room, here + there)
    if whole < NEVER_ABOVE:
        return
    gain = whole - state.logs[one] - state.logs[other] + shift
    if np.log(uniform(state.chance) + 1e-300) < gain + log_chance:
        state.head[other] = -1
        _put(state, j, one)
        for k in range(count):
            if not state.first[k]:
                _put(state, state.side[k], one)
        _release(state, other)
        state.logs[one] = whole


@njit(cache=True, nogil=True)
def _others(state: _State, i: int, j: int, one: int, other: int) -> int:
    """Lay the places of both persons, without i and j, into `side` in a random order; how many there are."""
    count = 0
    for turn in range(1 if one == other else 2):
        at = state.head[one if turn == 0 else other]
        while at >= 0:
            if at not in (i, j):
                state.side[count] = at
                count += 1
            at = state.chain[at]
    for k in range(count - 1, 0, -1):
        pick = min(int(uniform(state.chance) * (k + 1)), k)
        state.side[k], state.side[pick] = state.side[pick], state.side[k]
    return count


@njit(cache=True, nogil=True)
def _handed_out(weights: Weights, state: _State, i: int, j: int, count: int) -> tuple[float, int, int]:
    """Hand the places in `side` out between i and j by what pulls them, or as they already are where i and j are
    two persons. Gives the log chance of just this outcome and how many went either way."""  # fmt: skip
    apart = state.person[i] != state.person[j]
    state.room[0], state.other_room[0] = state.nodes[i], state.nodes[j]
    here, there, log_chance = 1, 1, 0.0
    for k in range(count):
        node = state.nodes[state.side[k]]
        pull = _pull(weights, node, state.room, here) - _pull(weights, node, state.other_room, there)
        to_first = 1.0 / (1.0 + np.exp(-min(max(pull, -_PULL_MAX), _PULL_MAX)))
        if apart:
            goes_first = state.person[state.side[k]] == state.person[i]
        else:
            goes_first = uniform(state.chance) < to_first
        log_chance += np.log(to_first if goes_first else 1.0 - to_first)
        state.first[k] = goes_first
        if goes_first:
            state.room[here] = node
            here += 1
        else:
            state.other_room[there] = node
            there += 1
    return log_chance, here, there


@njit(cache=True, nogil=True)
def _pull(weights: Weights, node: int, members: Ints, count: int) -> float:
    """The heaviest pair of a node with these."""
    start, neighbour, weight = weights.start, weights.neighbour, weights.weight
    best = -30.0
    for k in range(count):
        at = find(start, neighbour, node, members[k])
        best = max(best, weight[at] if at >= 0 else _FAR)
    return best
