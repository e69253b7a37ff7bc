"""Draw clusterings of parts of the graph, compiled: exactly where a part is small, by a walk where it is large.

The weight of a person is the heaviest tree of pairs that holds its entries together, plus a share of what the
remaining pairs say: a pair between entries already held together by others mostly repeats what those say.

Import this module where it is used, inside a function: it brings numba.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NEVER = -1e29
"""The log weight of what cannot be; anything below `NEVER_ABOVE` is it."""

NEVER_ABOVE = -1e28


class Weights(NamedTuple):
    """The arrays of a `Graph` that weighing needs, and the rates.

    `rates`: the share of a further pair that agrees, of one that disagrees, and the log odds of one never compared.
    """

    masks: Ints
    start: Ints
    neighbour: Ints
    weight: Floats
    linkable: NDArray[np.bool_]
    rates: Floats


@njit(cache=True, nogil=True)
def uniform(state: NDArray[np.uint64]) -> float:
    """The next number from 0 to below 1 (splitmix64)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return float((z >> np.uint64(11)) * (1.0 / 9007199254740992.0))


@njit(cache=True, nogil=True)
def find(start: Ints, neighbour: Ints, one: int, other: int) -> int:
    """The place of a pair in the rows, -1 where it was never compared."""
    low, end = start[one], start[one + 1]
    high = end
    while low < high:
        middle = (low + high) // 2
        if neighbour[middle] < other:
            low = middle + 1
        else:
            high = middle
    if low < end and neighbour[low] == other:
        return int(low)
    return -1


@njit(cache=True, nogil=True)
def person_weight(weights: Weights, members: Ints, count: int) -> float:
    """The log weight of the first `count` of these nodes as one person; NEVER where they cannot be one."""
    # Taken out of the tuple once: passing it on in the inner loop costs three times as much.
    masks, start, neighbour, weight, linkable, rates = weights
    if count == 1:
        return 0.0
    if count == 2:  # By far the most frequent; it needs no tree.
        at = find(start, neighbour, members[0], members[1])
        if at < 0 or not linkable[at] or masks[members[0]] & masks[members[1]]:
            return NEVER
        return float(weight[at])
    seen = np.int64(0)
    for place in range(count):
        mask = masks[members[place]]
        if seen & mask:
            return NEVER
        seen |= mask
    # Prim's tree: nearest[k] is the heaviest linkable pair between k and what is held together so far.
    nearest = np.full(count, NEVER)
    held = np.zeros(count, dtype=np.bool_)
    total = 0.0
    newest = 0
    held[0] = True
    for _ in range(count - 1):
        best = -1
        for place in range(count):
            if held[place]:
                continue
            at = find(start, neighbour, members[newest], members[place])
            if at < 0:
                total += rates[2]
            else:
                value = weight[at]
                if value <= NEVER:
                    return NEVER
                total += value * (rates[0] if value > 0 else rates[1])
                if linkable[at] and value > nearest[place]:
                    nearest[place] = value
            if best < 0 or nearest[place] > nearest[best]:
                best = place
        link = nearest[best]
        if link < NEVER_ABOVE:
            return NEVER
        # The pair that holds it counts in full; its share was added above like that of all pairs.
        total += link * (1.0 - (rates[0] if link > 0 else rates[1]))
        held[best] = True
        newest = best
    return float(total)


@njit(cache=True, nogil=True)
def draw_exactly(
    weights: Weights, nodes: Ints, name_of: Ints, shifts: Floats, state: NDArray[np.uint64], out: NDArray[np.int32]
) -> None:
    """Sum over all clusterings by subsets, then take the person of the first node, of the first one left over ..."""
    n = len(nodes)
    everything = (1 << n) - 1
    logs = np.zeros(everything + 1)
    links = np.zeros(everything + 1)
    members = np.empty(n, dtype=np.int64)
    for subset in range(1, everything + 1):
        count = 0
        for place in range(n):
            if subset >> place & 1:
                members[count] = nodes[place]
                count += 1
        links[subset] = count - 1
        logs[subset] = person_weight(weights, members, count)
    chances = np.zeros(everything + 1)
    sums = np.ones(everything + 1)
    for draw in range(len(shifts)):
        if draw == 0 or shifts[draw] != shifts[draw - 1]:
            _sum_over_clusterings(logs, links, shifts[draw], chances, sums)
        left = everything
        while left:
            lowest = left & -left
            rest = left ^ lowest
            wanted = uniform(state) * sums[left]
            inner = rest
            while True:
                wanted -= chances[inner | lowest] * sums[rest ^ inner]
                if wanted < 0 or inner == 0:
                    break
                inner = (inner - 1) & rest
            taken = inner | lowest
            called = np.int64(-1)
            for place in range(n):
                if taken >> place & 1 and (called < 0 or name_of[nodes[place]] < called):
                    called = name_of[nodes[place]]
            for place in range(n):
                if taken >> place & 1:
                    out[draw, place] = called
            left ^= taken


@njit(cache=True, nogil=True)
def _sum_over_clusterings(logs: Floats, links: Floats, shift: float, chances: Floats, sums: Floats) -> None:
    """`chances` of every subset as one person, `sums` over all clusterings of every subset (sums[0] is 1)."""
    for subset in range(1, len(logs)):
        value = logs[subset] + links[subset] * shift
        chances[subset] = np.exp(min(value, 690.0)) if value > -700 else 0.0
    for subset in range(1, len(logs)):
        lowest = subset & -subset
        rest = subset ^ lowest
        total, inner = 0.0, rest
        while True:
            total += chances[inner | lowest] * sums[rest ^ inner]
            if inner == 0:
                break
            inner = (inner - 1) & rest
        sums[subset] = total
