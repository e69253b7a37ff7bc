"""The two loops of clustering, compiled. Import it where it is used, inside a function: it brings numba.

Compiling takes eight seconds, once on a machine: the result is kept beside this file, or in the user's cache.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

HOLDS = 5e5
"""The weight from which a pair was decided."""


@njit(cache=True, nogil=True)
def _root(parent: Any, row: Any) -> Any:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


@njit(cache=True, nogil=True)
def _clash(one: Any, other: Any, after: Any, unique: Any) -> bool:
    a = one
    while a >= 0:
        if unique[a] >= 0:
            b = other
            while b >= 0:
                if unique[b] == unique[a]:
                    return True
                b = after[b]
        a = after[a]
    return False


@njit(cache=True, nogil=True)
def _weight_between(
    a: Any, b: Any, parent: Any, after: Any, count: Any, starts: Any, others: Any, weights: Any, missing: Any
) -> Any:
    total, found = 0.0, 0
    member = a
    while member >= 0:
        for e in range(starts[member], starts[member + 1]):
            if _root(parent, others[e]) == b:
                total += weights[e]
                found += 1
        member = after[member]
    return total + missing * (count[a] * count[b] - found)


@njit(cache=True, nogil=True)
def join(
    size: Any, left: Any, right: Any, weight: Any, starts: Any, others: Any, weights: Any, unique: Any, missing: Any
) -> Any:
    """The person of each of `size` rows after all joins, the pairs tried in the order given.

    Row r has the pairs others[starts[r]:starts[r + 1]] with their weights; `unique` is the number of its list where
    that has no duplicates, else -1; `missing` is what a pair never compared weighs.
    """
    parent, last = np.arange(size), np.arange(size)
    after = np.full(size, -1)
    count = np.ones(size, np.int64)
    for k in range(len(left)):
        a, b = _root(parent, left[k]), _root(parent, right[k])
        if a == b:
            continue
        if count[a] > count[b]:
            a, b = b, a
        if weight[k] < HOLDS:
            # What a person decided holds, however many pairs of the two were never compared.
            if _weight_between(a, b, parent, after, count, starts, others, weights, missing) <= 0:
                continue
            if _clash(a, b, after, unique):
                continue
        keep, gone = (a, b) if a < b else (b, a)
        parent[gone] = keep
        after[last[keep]] = gone
        last[keep] = last[gone]
        count[keep] += count[gone]
    for row in range(size):
        parent[row] = _root(parent, row)
    return parent


@njit(cache=True, nogil=True)
def _best_group(
    row: Any, group: Any, count: Any, starts: Any, others: Any, weights: Any, missing: Any, total: Any, found: Any
) -> Any:
    """The group that fits the row best, -1 for one of its own. `total` and `found` are left empty."""
    for e in range(starts[row], starts[row + 1]):
        other = group[others[e]]
        total[other] += weights[e]
        found[other] += 1
    here = group[row]
    own = total[here] + missing * (count[here] - 1 - found[here])
    best, target = max(own, 0.0), here
    if own < 0:
        target = -1
    for e in range(starts[row], starts[row + 1]):
        other = group[others[e]]
        if other != here and found[other] > 0:
            value = total[other] + missing * (count[other] - found[other])
            if value > best + 1e-9 or (value > best - 1e-9 and target != here and other < target):
                best, target = value, other
    for e in range(starts[row], starts[row + 1]):
        other = group[others[e]]
        total[other], found[other] = 0.0, 0
    return target


@njit(cache=True, nogil=True)
def move(group: Any, starts: Any, others: Any, weights: Any, unique: Any, missing: Any, rounds: Any) -> Any:
    """The same after rows were moved to where they fit better, at most `rounds` times each; `group` is changed."""
    size = len(group)
    count = np.zeros(size + 1, np.int64)
    for row in range(size):
        count[group[row]] += 1
    total, found = np.zeros(size), np.zeros(size, np.int64)
    free = np.flatnonzero(count[:size] == 0)
    taken = 0
    for _ in range(rounds):
        moved = 0
        for row in range(size):
            if starts[row] == starts[row + 1] or unique[row] >= 0:
                continue
            target = _best_group(row, group, count, starts, others, weights, missing, total, found)
            if target == group[row] or (target == -1 and count[group[row]] == 1):
                continue
            if target == -1:
                if taken == len(free):
                    continue
                target = free[taken]
                taken += 1
            count[group[row]] -= 1
            count[target] += 1
            group[row] = target
            moved += 1
        if moved == 0:
            break
    return group
