"""Counts of persons bound by sums, and what was shown of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue

Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class CountSystem:
    """The cells of one or several linked tables, totals among them, and the sums that bind them.

    `values` (n) are counts of persons, 0 upward. Each row of `sums` (m x n, of -1, 0 and 1) adds up to 0: parts count
    1, their total -1. Cells that several tables share stand once. A cell that is not known is no cell: zero is a count.
    Raises InvalidValue where a count is negative or a sum does not hold.
    """

    values: Whole
    sums: Whole

    def __post_init__(self) -> None:
        """Refuse counts that do not add up."""
        if self.values.ndim != 1 or self.sums.shape[1:] != self.values.shape:
            raise InvalidValue("sums must have one column per count", "las sumas deben tener una columna por recuento")
        if (self.values < 0).any():
            raise InvalidValue("a count of persons is negative", "un recuento de personas es negativo")
        if self.sums.size and (self.sums @ self.values != 0).any():
            raise InvalidValue("the parts of a table do not add up to its total", "las partes no suman su total")

    @classmethod
    def with_totals(cls, counts: Any) -> CountSystem:
        """A table of any number of dimensions with every total: shape (a, b, ...) gives (a+1) x (b+1) x ... cells.

        Cells stand in row-major order; the last place of each dimension is its total.
        """
        found = np.asarray(counts, dtype=np.int64)
        for axis in range(found.ndim):
            found = np.concatenate([found, found.sum(axis=axis, keepdims=True)], axis=axis)
        places = np.arange(found.size).reshape(found.shape)
        rows = []
        for axis in range(found.ndim):
            for line in np.moveaxis(places, axis, -1).reshape(-1, found.shape[axis]):
                row = np.zeros(found.size, dtype=np.int64)
                row[line[:-1]], row[line[-1]] = 1, -1
                rows.append(row)
        return cls(found.reshape(-1), np.array(rows, dtype=np.int64).reshape(len(rows), found.size))

    @classmethod
    def of_overlap(cls, patterns: Sequence[Sequence[int]], counts: Sequence[int]) -> CountSystem:
        """The overlap of lists: the counts of every pattern, the size of each list, all persons, those on several.

        `patterns` (one row of 0 and 1 per count, one column per list) is completed by the patterns nobody has; the
        pattern of those on no list is not known, so it is no cell. Cells come in the order of `overlap_patterns`,
        then the lists, all, and those on more than one list.
        """
        lists = len(patterns[0]) if patterns else 0
        given: dict[tuple[int, ...], int] = {}
        for pattern, count in zip(patterns, counts, strict=True):
            given[tuple(pattern)] = given.get(tuple(pattern), 0) + int(count)
        atoms = overlap_patterns(lists)
        belongs = [[bool(pattern[at]) for pattern in atoms] for at in range(lists)]
        belongs += [[True] * len(atoms), [sum(pattern) > 1 for pattern in atoms]]
        inside = np.array(belongs, dtype=np.int64).reshape(len(belongs), len(atoms))
        base = np.array([given.get(pattern, 0) for pattern in atoms], dtype=np.int64)
        return cls(np.concatenate([base, inside @ base]), np.hstack([inside, -np.eye(len(belongs), dtype=np.int64)]))


def overlap_patterns(lists: int) -> list[tuple[int, ...]]:
    """Every way of being on some of so many lists, on all of them last."""
    return [pattern for pattern in product((0, 1), repeat=lists) if any(pattern)]


@dataclass(frozen=True, eq=False)
class Release:
    """What an edition showed: the true `values` it was made from, and which of them it did not tell (`hidden`)."""

    values: Whole
    hidden: Marks
