"""A table made ready for the sparse methods, and the tables drawn from it: resamples, one person less, one more."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue
from recuento.estimate.requirements import refuse_few_lists, refuse_many_lists, refuse_nobody
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

LISTS_MAX = 12
"""2^12 cells in each of a thousand resamples is what a laptop holds."""

REPLICATES_MIN = 20
REPLICATES_MAX = 100_000

CELLS_ADDED_MAX = 31
"""Beyond this many cells (5 lists), one more person is tried only where people are and on one or two lists."""


@dataclass(frozen=True, slots=True, eq=False)
class SparseGround:
    """The pooled table as arrays by code: `counts` (2^k) and `possible`, which cells can occur."""

    table: CaptureTable
    counts: NDArray[np.float64]
    possible: NDArray[np.bool_]

    @classmethod
    def of(cls, table: CaptureTable, method: Bilingual) -> SparseGround:
        """The ground of a table. Raises NotEstimable where nobody is seen, or lists are fewer than 2 or above 12."""
        refuse_nobody(table)
        refuse_few_lists(table, 2, method)
        refuse_many_lists(table, LISTS_MAX, method)
        pooled = table.pooled()
        possible = np.zeros(1 << pooled.list_count, dtype=np.bool_)
        possible[pooled.possible_codes] = True
        return cls(pooled, pooled.dense().astype(np.float64), possible)

    @property
    def lists(self) -> int:
        """k: how many lists."""
        return self.table.list_count

    @property
    def pairs(self) -> NDArray[np.int64]:
        """The codes of the pairs of lists that can meet, 12, 13 ... 23 ...; others have no parameter."""
        codes = [1 << a | 1 << b for a, b in combinations(range(self.lists), 2)]
        return np.asarray([code for code in codes if self.has_cells(code)], dtype=np.int64)

    def has_cells(self, term: int) -> bool:
        """Whether somebody could be on all lists of the term."""
        codes = np.arange(len(self.possible))
        return bool(self.possible[(codes & term) == term].any())

    def itself(self) -> NDArray[np.float64]:
        """The table as one row."""
        return self.counts[None, :].copy()

    def resamples(self, replicates: int, seed: int) -> NDArray[np.float64]:
        """As many people again, drawn from the histories that occur (multinomial); a row each."""
        if not REPLICATES_MIN <= replicates <= REPLICATES_MAX:
            raise InvalidValue(
                en=f"replicates: from {REPLICATES_MIN} to {REPLICATES_MAX}, not {replicates}",
                es=f"réplicas: de {REPLICATES_MIN} a {REPLICATES_MAX}, no {replicates}",
            )
        rng = np.random.default_rng(np.random.SeedSequence(seed))
        drawn = rng.multinomial(self.table.people, self.table.counts / self.table.people, size=replicates)
        rows = np.zeros((replicates, len(self.counts)))
        rows[:, self.table.codes] = drawn
        return rows

    def without_one(self) -> NDArray[np.float64]:
        """The table without one person of each history that occurs, a row each, in the order of the codes."""
        rows = np.tile(self.counts, (len(self.table.codes), 1))
        rows[np.arange(len(rows)), self.table.codes] -= 1
        return rows

    def codes_to_add(self) -> NDArray[np.int64]:
        """The histories where one more person is tried: all that can be, or the likely ones of many lists."""
        codes = np.flatnonzero(self.possible)
        if len(codes) <= CELLS_ADDED_MAX:
            return codes
        few = np.asarray([code.bit_count() <= 2 for code in codes.tolist()])
        return codes[few | (self.counts[codes] > 0)]

    def with_one(self) -> NDArray[np.float64]:
        """The table with one person more at each of `codes_to_add`, a row each."""
        codes = self.codes_to_add()
        rows = np.tile(self.counts, (len(codes), 1))
        rows[np.arange(len(rows)), codes] += 1
        return rows
