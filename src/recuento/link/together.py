"""Pairs of rows that share a key, each once, some at a time: what the keys bring together, without one great table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]


def pairs_together(rows: Ints, keys: Longs, at_once: int) -> Iterator[pa.Table]:
    """Pairs left_row < right_row that share a key, in tables of about `at_once` at most.

    A pair that shares several keys is given with the first of them, so no table needs to be compared with another.
    `at_once` may be exceeded by the pairs of one key.
    """
    blocks = _blocks(rows, keys)
    if blocks is None:
        return
    starts, members, row_starts, blocks_of_row = blocks
    from recuento.link.together_kernel import pairs_of_blocks

    sizes = np.diff(starts)
    up_to = np.cumsum(sizes * (sizes - 1) // 2)
    first, done = 0, 0
    while first < len(sizes):
        last = max(first + 1, int(np.searchsorted(up_to, done + at_once, side="right")))
        count = int(up_to[last - 1]) - done
        left, right = pairs_of_blocks(first, last, count, starts, members, row_starts, blocks_of_row)
        yield pa.table({"left_row": left, "right_row": right})
        first, done = last, int(up_to[last - 1])


def _blocks(rows: Ints, keys: Longs) -> tuple[Longs, Ints, Longs, Ints] | None:
    """Where each block starts among the rows in turn, and where each row starts among its blocks in turn."""
    order = np.lexsort((rows, keys))
    rows, keys = rows[order], keys[order]
    if not len(rows):
        return None
    fresh = np.append(True, (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1]))
    rows, keys = rows[fresh], keys[fresh]
    begins = np.append(True, keys[1:] != keys[:-1])
    block = (np.cumsum(begins) - 1).astype(np.int32)
    starts = np.append(np.flatnonzero(begins), len(rows)).astype(np.int64)
    by_row = np.argsort(rows, kind="stable")
    row_starts = np.concatenate([[0], np.cumsum(np.bincount(rows))]).astype(np.int64)
    return starts, rows, row_starts, block[by_row]
