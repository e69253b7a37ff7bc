"""Persons from pairs: entries are joined while all that is known of their pairs speaks for it, else parted.

Two groups are joined, the surest pair first, only where the weights of all their pairs together are positive; a
pair that was never compared counts a little against. So no chain of weak links makes one person. Afterwards
entries that fit another group better, or none, are moved. What a person decided stands, and lists without duplicates
stay so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

CERTAIN = 1e6
"""The weight of what a person decided, or of a rule that has no exception (`clusters_kernel.HOLDS` is half of it)."""
_MOVE_ROUNDS = 3


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
    from recuento.link.clusters_kernel import join, move

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
