"""Persons from pairs: entries are joined while all that is known of their pairs speaks for it, else parted.

Two groups are joined, the surest pair first, only where the weights of all their pairs together are positive; a
pair that was never compared counts a little against. So no chain of weak links makes one person. Afterwards
entries that fit another group better, or none, are moved. What a person decided stands, and lists without duplicates
stay so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

CERTAIN = 1e6
"""The weight of what a person decided, or of a rule that has no exception."""
_MOVE_ROUNDS = 3
_COMPILED_FROM = 150_000
"""Pairs from which compiling the loops pays."""


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """How much one pair may say (log2 odds) and what a pair that was not compared says."""

    most: float = 10.0
    least: float = -10.0
    not_compared: float = -2.0
    reach: float = 0.02
    """Pairs less probable than this never begin a join."""


@dataclass(frozen=True, slots=True, eq=False)
class WeighedPairs:
    """Pairs of rows and their log2 odds. Decided pairs carry CERTAIN or -CERTAIN."""

    left: Ints
    right: Ints
    weight: Floats


def persons(size: int, pairs: WeighedPairs, unique_list: Ints, settings: ClusterSettings) -> Ints:
    """For each of `size` rows the smallest row of its person.

    `unique_list` is the number of the row's list where that list has no duplicates, else -1.
    """
    if not len(pairs.left):
        return np.arange(size, dtype=np.int32)
    kept = _within_reach(size, pairs, settings)
    starts, others, weights = _neighbours(size, kept, settings)
    order = _join_order(kept, settings)
    join, move = _loops(compiled=len(kept.left) > _COMPILED_FROM)
    around = (starts, others, weights, unique_list, settings.not_compared)
    group = join(size, kept.left[order], kept.right[order], kept.weight[order], *around)
    return _smallest(move(group, *around, _MOVE_ROUNDS))


def components(size: int, left: Ints, right: Ints) -> Ints:
    """For each row the smallest row it is connected with."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edges = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
    return _smallest(connected_components(edges, directed=False)[1].astype(np.int32))


def _within_reach(size: int, pairs: WeighedPairs, settings: ClusterSettings) -> WeighedPairs:
    """The pairs that can matter: both ends connected by pairs probable enough."""
    limit = np.log2(settings.reach / (1 - settings.reach))
    strong = pairs.weight >= limit
    part = components(size, pairs.left[strong], pairs.right[strong])
    kept = part[pairs.left] == part[pairs.right]
    return WeighedPairs(pairs.left[kept], pairs.right[kept], pairs.weight[kept])


def _neighbours(
    size: int, pairs: WeighedPairs, settings: ClusterSettings
) -> tuple[npt.NDArray[np.int64], Ints, Floats]:
    decided = np.abs(pairs.weight) >= CERTAIN / 2
    weight = np.where(decided, pairs.weight, np.clip(pairs.weight, settings.least, settings.most))
    ends = np.concatenate([pairs.left, pairs.right])
    others = np.concatenate([pairs.right, pairs.left])
    order = np.lexsort((others, ends))
    starts = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=size))])
    return starts, others[order], np.concatenate([weight, weight])[order]


def _join_order(pairs: WeighedPairs, settings: ClusterSettings) -> npt.NDArray[np.int64]:
    order = np.lexsort((pairs.right, pairs.left, -pairs.weight))
    begins = pairs.weight[order] >= np.log2(settings.reach / (1 - settings.reach))
    return np.asarray(order[begins], dtype=np.int64)


def _smallest(group: Ints) -> Ints:
    first = np.full(len(group), len(group), np.int32)
    np.minimum.at(first, group, np.arange(len(group), dtype=np.int32))
    return np.asarray(first[group], dtype=np.int32)


@cache
def _loops(*, compiled: bool) -> Sequence[Callable[..., Any]]:
    """The two loops, `join` and `move`. Compiling takes eight seconds, so few pairs are walked in plain Python."""

    def plain(function: Callable[..., Any]) -> Callable[..., Any]:
        return function

    made: Callable[[Callable[..., Any]], Callable[..., Any]] = plain
    if compiled:
        from numba import njit

        made = njit

    @made
    def root(parent: Any, row: Any) -> Any:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    @made
    def clash(one: Any, other: Any, after: Any, unique: Any) -> bool:
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

    @made
    def weight_between(
        a: Any, b: Any, parent: Any, after: Any, count: Any, starts: Any, others: Any, weights: Any, missing: Any
    ) -> Any:
        total, found = 0.0, 0
        member = a
        while member >= 0:
            for e in range(starts[member], starts[member + 1]):
                if root(parent, others[e]) == b:
                    total += weights[e]
                    found += 1
            member = after[member]
        return total + missing * (count[a] * count[b] - found)

    @made
    def join(
        size: Any, left: Any, right: Any, weight: Any, starts: Any, others: Any, weights: Any, unique: Any, missing: Any
    ) -> Any:
        parent, last = np.arange(size), np.arange(size)
        after = np.full(size, -1)
        count = np.ones(size, np.int64)
        for k in range(len(left)):
            a, b = root(parent, left[k]), root(parent, right[k])
            if a == b:
                continue
            if count[a] > count[b]:
                a, b = b, a
            if weight[k] < CERTAIN / 2:
                # What a person decided holds, however many pairs of the two were never compared.
                if weight_between(a, b, parent, after, count, starts, others, weights, missing) <= 0:
                    continue
                if clash(a, b, after, unique):
                    continue
            keep, gone = (a, b) if a < b else (b, a)
            parent[gone] = keep
            after[last[keep]] = gone
            last[keep] = last[gone]
            count[keep] += count[gone]
        for row in range(size):
            parent[row] = root(parent, row)
        return parent

    @made
    def best_group(
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

    @made
    def move(group: Any, starts: Any, others: Any, weights: Any, unique: Any, missing: Any, rounds: Any) -> Any:
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
                target = best_group(row, group, count, starts, others, weights, missing, total, found)
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

    return join, move
