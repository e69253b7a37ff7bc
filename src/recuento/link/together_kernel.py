"""The loop over the pairs of blocks, compiled. Import it where it is used, inside a function: it brings numba."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]


@njit(cache=True, nogil=True)
def pairs_of_blocks(
    first: int, last: int, count: int, starts: Longs, members: Ints, row_starts: Longs, blocks_of_row: Ints
) -> tuple[Ints, Ints]:
    """The pairs, at most `count`, whose first shared block lies from `first` to before `last`.

    Block b has the rows members[starts[b]:starts[b + 1]]; row r is in the blocks
    blocks_of_row[row_starts[r]:row_starts[r + 1]]; both in order.
    """
    left = np.empty(count, np.int32)
    right = np.empty(count, np.int32)
    found = 0
    for block in range(first, last):
        for one in range(starts[block], starts[block + 1]):
            a = members[one]
            for other in range(one + 1, starts[block + 1]):
                b = members[other]
                here, there = row_starts[a], row_starts[b]
                while blocks_of_row[here] != blocks_of_row[there]:
                    if blocks_of_row[here] < blocks_of_row[there]:
                        here += 1
                    else:
                        there += 1
                if blocks_of_row[here] == block:
                    left[found] = a
                    right[found] = b
                    found += 1
    return left[:found].copy(), right[:found].copy()
