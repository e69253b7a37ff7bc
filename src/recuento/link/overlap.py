"""Overlap tables: how many persons are on exactly these lists, by stratum, at the best clustering and in every draw.

A person's stratum is what most of its entries say; where they are split evenly it is "unclear", where none says
anything it is "unknown". Both are strata of their own and are counted, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from recuento.errors import InvalidValue
from recuento.link.draws import Draws
from recuento.link.entries import Entries
from recuento.link.linkage import Linkage

UNCLEAR = "unclear"
UNKNOWN = "unknown"

LISTS_MAX = 60
"""A capture history is kept as the bits of one 64-bit integer."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """One overlap table: strata, a 0/1 column for each list, and `count`; the counts of `table` add up to `persons`.

    `unclear` and `unknown` count, for each stratum column, the persons whose entries disagree evenly or are silent;
    `on_one_list` the persons on a single list, `repeats` the entries beyond a person's first on the same list.
    """

    table: pa.Table
    lists: tuple[str, ...]
    strata: tuple[str, ...]
    persons: int
    unclear: dict[str, int]
    unknown: dict[str, int]
    on_one_list: int
    repeats: int


def overlap_of(linkage: Linkage, entries: Entries, *, strata: Sequence[str] = ()) -> Overlap:
    """The overlap table at the best clustering. Raises InvalidValue where a stratum is no column of the entries."""
    persons = linkage.clusters["person"].combine_chunks().dictionary_encode().indices
    return _Counting.of(entries, strata).overlap(persons.to_numpy(zero_copy_only=False).astype(np.int64))


def overlap_draws(draws: Draws, entries: Entries, *, strata: Sequence[str] = ()) -> list[Overlap]:
    """The overlap table of every draw."""
    counting = _Counting.of(entries, strata)
    return [counting.overlap(draws.labels(draw)) for draw in range(len(draws))]


def overlap_table_of_draws(overlaps: Sequence[Overlap]) -> pa.Table:
    """The tables of all draws as one, with a first column `draw` that counts from 0."""
    tables = [
        one.table.add_column(0, "draw", pa.array(np.full(one.table.num_rows, place), pa.int64()))
        for place, one in enumerate(overlaps)
    ]
    return pa.concat_tables(tables) if tables else pa.table({"draw": pa.array([], pa.int64())})


def total_variation(one: pa.Table, other: pa.Table, lists: Sequence[str]) -> float:
    """Half the summed difference of the shares of two tables' capture histories; people on no list are left out."""
    first, second = (_shares(table, lists) for table in (one, other))
    return 0.5 * sum(abs(first.get(code, 0.0) - second.get(code, 0.0)) for code in first.keys() | second.keys())


def _shares(table: pa.Table, lists: Sequence[str]) -> dict[int, float]:
    codes = np.zeros(table.num_rows, dtype=np.int64)
    for place, name in enumerate(lists):
        codes += table[name].to_numpy().astype(np.int64) << place
    counts = table["count"].to_numpy().astype(float)
    total = counts[codes > 0].sum()
    found: dict[int, float] = {}
    for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
        if code:
            found[code] = found.get(code, 0.0) + count / total
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Counting:
    """The entries as numbers: their list, and the value of each stratum (-1 where silent)."""

    lists: tuple[str, ...]
    list_of: Ints
    strata: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    value_of: tuple[Ints, ...]

    @classmethod
    def of(cls, entries: Entries, strata: Sequence[str]) -> _Counting:
        _refuse(entries, strata)
        names, list_of = _encoded(entries.column("list"))
        encoded = [_encoded(entries.column(name)) for name in strata]
        return cls(names, list_of, tuple(strata), tuple(v for v, _ in encoded), tuple(c for _, c in encoded))

    def overlap(self, labels: Ints) -> Overlap:
        """Count the persons of these labels."""
        _, person = np.unique(labels, return_inverse=True)
        count = int(person.max()) + 1 if len(person) else 0
        codes = np.zeros(count, dtype=np.int64)
        np.bitwise_or.at(codes, person, np.int64(1) << self.list_of)
        chosen = [_majority(person, values, count) for values in self.value_of]
        keys = np.column_stack([*chosen, codes]) if count else np.zeros((0, len(chosen) + 1), dtype=np.int64)
        rows, counts = np.unique(keys, axis=0, return_counts=True)
        lists_of_person = sum((codes >> place & 1 for place in range(len(self.lists))), np.zeros(count, dtype=np.int64))
        return Overlap(
            table=self._table(rows, counts),
            lists=self.lists,
            strata=self.strata,
            persons=count,
            unclear={name: int((one == -2).sum()) for name, one in zip(self.strata, chosen, strict=True)},
            unknown={name: int((one == -1).sum()) for name, one in zip(self.strata, chosen, strict=True)},
            on_one_list=int((lists_of_person == 1).sum()),
            repeats=len(labels) - int(lists_of_person.sum()),
        )

    def _table(self, rows: NDArray[Any], counts: NDArray[Any]) -> pa.Table:
        columns: dict[str, pa.Array] = {}
        for place, (name, values) in enumerate(zip(self.strata, self.values, strict=True)):
            words = [*values, UNCLEAR, UNKNOWN]  # -2 and -1 count from the end
            columns[name] = pa.array([words[int(value)] for value in rows[:, place]], pa.string())
        for place, name in enumerate(self.lists):
            columns[name] = pa.array((rows[:, -1] >> place & 1).astype(np.int8))
        return pa.table({**columns, "count": pa.array(counts.astype(np.int64))})


def _refuse(entries: Entries, strata: Sequence[str]) -> None:
    known = entries.table.column_names
    for name in strata:
        if name not in known or name in ("entry_id", "list", "count"):
            raise InvalidValue(
                f"{name!r} cannot divide the persons; take a column of the entries: {', '.join(known)}",
                f"{name!r} no puede dividir a las personas; use una columna de los registros: {', '.join(known)}",
            )
    if len(entries.lists) > LISTS_MAX:
        raise InvalidValue(
            f"there are {len(entries.lists)} lists; overlaps are counted for at most {LISTS_MAX}, so merge some",
            f"hay {len(entries.lists)} listas; se cuentan coincidencias de {LISTS_MAX} como máximo, fusione algunas",
        )


def _encoded(column: pa.ChunkedArray) -> tuple[tuple[str, ...], Ints]:
    """The sorted values of a column and the place of each row's value, -1 for null."""
    values = sorted(value for value in pc.unique(column).to_pylist() if value is not None)
    places = pc.index_in(column, pa.array(values, pa.string())).combine_chunks().fill_null(-1)
    return tuple(values), places.to_numpy(zero_copy_only=False).astype(np.int64)


def _majority(person: Ints, values: Ints, persons: int) -> Ints:
    """What most entries of each person say: -1 where all are silent, -2 where the most frequent values tie."""
    chosen = np.full(persons, -1, dtype=np.int64)
    said = values >= 0
    if not said.any():
        return chosen
    width = int(values.max()) + 1
    pairs, votes = np.unique(person[said] * width + values[said], return_counts=True)
    who, what = pairs // width, pairs % width
    most = np.zeros(persons, dtype=np.int64)
    np.maximum.at(most, who, votes)
    top = votes == most[who]
    winners = np.bincount(who[top], minlength=persons)
    chosen[who[top]] = what[top]
    chosen[winners > 1] = -2
    return chosen
