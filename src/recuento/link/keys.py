"""Which entries are compared at all: those that share two words of the name, a number, or a word and something else.

A key that too many entries share is split by a second thing they may share; what is still too large is left out,
and the result says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from recuento.link.comparable import Comparable

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]

_LEAST_PER_KEY = 8
"""Entries that a key may bring together however many pairs there are; what is larger is split, not dropped."""
_AT_ONCE = 8_000_000
"""Keys that are sorted at once: sorting those of a million entries together takes gigabytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """Rows and the keys under which they are brought together; `skipped` counts pairs that were too many to compare."""

    rows: Ints
    keys: Longs
    skipped: int


def keys_of(comparable: Comparable, *, most_per_key: int, pairs_per_entry: float) -> Keys:
    """All keys of all rows, in blocks that stay small."""
    entries = comparable.table.num_rows
    parts = [_word_pairs(comparable.sounds), _values(comparable.table, "number", 1)]
    parts += _word_with(comparable)
    refinements = _refinements(comparable.table)
    return _bounded(_shared(parts), refinements, most_per_key, int(pairs_per_entry * max(entries, 50)))


def _mixed(*parts: npt.NDArray[np.int64] | int) -> Longs:
    """One number for several, spread by multiplication; the same parts give the same number everywhere."""
    with np.errstate(over="ignore"):
        total = np.uint64(0x9E3779B97F4A7C15) * np.ones(1, np.uint64)
        for part in parts:
            value = (
                np.asarray(part).astype(np.int64).view(np.uint64) if isinstance(part, np.ndarray) else np.uint64(part)
            )
            total = (total ^ value) * np.uint64(0xBF58476D1CE4E5B9)
            total = total ^ (total >> np.uint64(29))
    return np.asarray(total.view(np.int64))


def _word_pairs(sounds: Ints) -> tuple[Ints, Longs]:
    ordered = np.sort(sounds, axis=1)
    rows, keys = [], []
    for one in range(ordered.shape[1]):
        for other in range(one + 1, ordered.shape[1]):
            there = np.flatnonzero((ordered[:, one] >= 0) & (ordered[:, other] >= 0))
            rows.append(there.astype(np.int32))
            keys.append(_mixed(2, ordered[there, one].astype(np.int64), ordered[there, other].astype(np.int64)))
    return np.concatenate(rows), np.concatenate(keys)


def _values(table: pa.Table, column: str, salt: int) -> tuple[Ints, Longs]:
    codes = _codes(table, column)
    there = np.flatnonzero(codes >= 0).astype(np.int32)
    return there, _mixed(salt, codes[there])


def _codes(table: pa.Table, column: str) -> Longs:
    coded = table[column].combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return np.asarray(codes, dtype=np.int64)


def _word_with(comparable: Comparable) -> list[tuple[Ints, Longs]]:
    """One word of the name with a day of birth or of arrest, with a facility and a time, or with an age and a time."""
    table = comparable.table
    about, later, month, next_month, facility = _refinements(table)
    beside = [(11, _codes(table, "born")), (12, _codes(table, "arrest"))]
    beside += [(13, _joined(facility, when)) for when in (month, next_month)]
    beside += [(14, _joined(age, when)) for age in (about, later) for when in (month, next_month)]
    return [_with_words(comparable.sounds, salt, codes) for salt, codes in beside]


def _joined(one: Longs, other: Longs) -> Longs:
    """One code for two, -1 where either is missing."""
    return np.where((one >= 0) & (other >= 0), one * 1_000_003 + other, -1)


def _with_words(sounds: Ints, salt: int, codes: Longs) -> tuple[Ints, Longs]:
    rows, places = np.nonzero((sounds >= 0) & (codes >= 0)[:, None])
    return rows.astype(np.int32), _mixed(salt, sounds[rows, places].astype(np.int64), codes[rows])


def _refinements(table: pa.Table) -> list[Longs]:
    """Codes by which a block that is too large is split, -1 where a row has none; each row is put in all of them."""
    about = table["born_about"].to_numpy(zero_copy_only=False)
    seen = np.nan_to_num(table["seen"].to_numpy(zero_copy_only=False).astype(np.float64), nan=-1.0)
    year = np.where(np.isnan(about), -1, np.floor(np.nan_to_num(about)))
    later = np.where(np.isnan(about), -1, np.floor(np.nan_to_num(about) + 1))
    month = np.where(seen < 0, -1, np.floor(seen / 60))
    next_month = np.where(seen < 0, -1, np.floor(seen / 60 + 0.5) + 100_000)
    facility = _codes(table, "facility")
    return [
        year.astype(np.int64),
        later.astype(np.int64),
        month.astype(np.int64),
        next_month.astype(np.int64),
        facility,
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """Rows and keys that more than one row has, each once and in the order of the keys, and how many rows have each."""

    rows: Ints
    keys: Longs
    sizes: Ints


def _shared(parts: list[tuple[Ints, Longs]]) -> list[_Shared]:
    """What is shared, in lots of keys by their last bits: all rows of a key are in one lot."""
    lots = 1 << (sum(len(keys) for _, keys in parts) // _AT_ONCE).bit_length()
    found = []
    for lot in range(lots):
        chosen = [(keys & (lots - 1)) == lot for _, keys in parts]
        rows = np.concatenate([part[0][there] for part, there in zip(parts, chosen, strict=True)])
        keys = np.concatenate([part[1][there] for part, there in zip(parts, chosen, strict=True)])
        found.append(_with_sizes(rows, keys))
    return found


def _bounded(lots: list[_Shared], refinements: list[Longs], most: int, budget: int) -> Keys:
    """The keys that few enough share, and the others split by what else their rows may share."""
    limit = _limit(lots, most, budget)
    kept_rows, kept_keys, skipped = [], [], 0
    for lot in lots:
        small = lot.sizes <= limit
        kept_rows.append(lot.rows[small])
        kept_keys.append(lot.keys[small])
        big_rows, big_keys = lot.rows[~small], lot.keys[~small]
        skipped += _pair_count(big_keys)
        for salt, codes in enumerate(refinements):
            there = codes[big_rows] >= 0
            refined = _mixed(100 + salt // 2, big_keys[there], codes[big_rows[there]])
            again = _with_sizes(big_rows[there], refined)
            fits = again.sizes <= limit
            kept_rows.append(again.rows[fits])
            kept_keys.append(again.keys[fits])
    return Keys(np.concatenate(kept_rows), np.concatenate(kept_keys), skipped)


def _limit(lots: list[_Shared], most: int, budget: int) -> int:
    """The largest block that stays whole: `most`, or fewer where all pairs would be more than the budget."""
    largest = max(int(lot.sizes.max(initial=0)) for lot in lots)
    rows_in = sum(np.bincount(lot.sizes, minlength=largest + 1) for lot in lots)
    pairs = np.cumsum(rows_in * np.maximum(np.arange(largest + 1) - 1, 0) / 2)
    if pairs[-1] <= budget:
        return most
    return max(_LEAST_PER_KEY, min(most, int(np.searchsorted(pairs, budget, side="right")) - 1))


def _with_sizes(rows: Ints, keys: Longs) -> _Shared:
    order = np.lexsort((rows, keys))
    rows, keys = rows[order], keys[order]
    fresh = np.append(True, (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])) if len(keys) else np.zeros(0, bool)
    rows, keys = rows[fresh], keys[fresh]
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    counts = np.diff(np.append(starts, len(keys)))
    sizes = np.repeat(counts, counts).astype(np.int32)
    shared = sizes > 1
    return _Shared(rows[shared], keys[shared], sizes[shared])


def _pair_count(keys: Longs) -> int:
    if not len(keys):
        return 0
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    counts = np.diff(np.append(starts, len(keys))).astype(np.float64)
    return int((counts * (counts - 1) / 2).sum())
