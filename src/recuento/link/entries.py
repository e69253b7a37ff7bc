"""The table of entries that is handed in: its columns, its faults, and how other tables map onto it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from recuento.errors import Fault, FaultsFound

COLUMNS: tuple[str, ...] = (
    "entry_id",
    "list",
    "name",
    "document_number",
    "age",
    "birth_date",
    "sex",
    "facility",
    "state",
    "nationality",
    "nickname",
    "date",
    "arrest_date",
)
"""The columns an entry may have, as written on the list; `date` is the day of the record on its list."""
REQUIRED: tuple[str, ...] = ("entry_id", "list", "name")
LONGEST_CELL = 1_000
"""Characters a cell may have. A longer one is a broken file, not a name."""
MOST_STRATA = 100
_SHOWN_FAULTS = 50
"""Faults listed one by one per kind; beyond it they are counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """A valid table of entries, all text as written, sorted by `entry_id`; columns that were not given are null.

    `strata` names the further columns that were handed in (a group, a wave); they are kept and not compared.
    """

    table: pa.Table
    strata: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: pa.Table, *, columns: Mapping[str, str] | None = None, file: str = "entries") -> Entries:
        """Check a table whole and give the entries in it.

        `columns` says which column of the table holds which column of ours ({"nombre": "name"}); those it does not
        name keep their own name. Raises FaultsFound with every fault, each with its row (the first row is 1)
        and column. No cell is repeated in a message: it may be a name.
        """
        renamed, faults = _renamed(table, columns or {})
        text = {name: _as_text(renamed.column(name)) for name in renamed.column_names}
        faults += _cell_faults(text)
        faults += _id_faults(text)
        if faults:
            raise FaultsFound(file, faults)
        return cls(*_ordered(text, table.num_rows))

    @classmethod
    def of_rows(cls, rows: Sequence[Mapping[str, object]], *, file: str = "entries") -> Entries:
        """The same from rows, as read from CSV. A key that a row lacks is null."""
        names = list(dict.fromkeys(key for row in rows for key in row)) or list(REQUIRED)
        cells = {n: pa.array([_text_or_none(row.get(n)) for row in rows], pa.string()) for n in names}
        return cls.of(pa.table(cells), file=file)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of the lists, sorted."""
        return tuple(sorted(pc.unique(self.table["list"]).to_pylist()))

    def column(self, name: str) -> pa.ChunkedArray:
        """One column, as written."""
        return self.table[name]


def _renamed(table: pa.Table, columns: Mapping[str, str]) -> tuple[pa.Table, list[Fault]]:
    faults = [
        Fault(
            theirs,
            "the mapping names a column that the table lacks",
            "la correspondencia nombra una columna que no está en la tabla",
        )
        for theirs in columns
        if theirs not in table.column_names
    ]
    names = [columns.get(name, name) for name in table.column_names]
    twice = sorted({name for name in names if names.count(name) > 1})
    faults += [
        Fault(name, "two columns are this one; map only one", "dos columnas son esta; asigne solo una")
        for name in twice
    ]
    faults += [
        Fault(name, "the table lacks this column", "a la tabla le falta esta columna")
        for name in REQUIRED
        if name not in names
    ]
    extra = [name for name in dict.fromkeys(names) if name not in COLUMNS]
    if len(extra) > MOST_STRATA:
        faults.append(
            Fault(
                "columns",
                f"{len(extra)} columns are not ours; at most {MOST_STRATA} are kept, so leave out some",
                f"{len(extra)} columnas no son nuestras; se conservan como máximo {MOST_STRATA}, quite algunas",
            )
        )
    kept = [place for place, name in enumerate(names) if name not in names[:place]]
    return table.select(kept).rename_columns([names[place] for place in kept]), faults


def _as_text(column: pa.ChunkedArray) -> pa.Array:
    """The column as text; numbers without a fraction lose it, blank cells are null."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        column = _whole_where_whole(column)
    try:
        text = column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        text = pa.array([_text_or_none(value) for value in column.to_pylist()], pa.string())
    return pc.if_else(pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(text)), 0), pa.scalar(None, pa.string()), text)


def _whole_where_whole(column: pa.Array) -> pa.Array:
    column = pc.if_else(pc.is_finite(column), column, pa.scalar(None, column.type))
    if pc.all(pc.equal(pc.floor(column), column), skip_nulls=True).as_py() in (True, None):
        return column.cast(pa.int64(), safe=False)
    return column


def _text_or_none(value: Any) -> str | None:
    return None if value is None else str(value)


def _cell_faults(text: Mapping[str, pa.Array]) -> list[Fault]:
    faults: list[Fault] = []
    for name, column in text.items():
        rows = pc.indices_nonzero(pc.fill_null(pc.greater(pc.utf8_length(column), LONGEST_CELL), False))
        faults += _faults_at(
            rows.to_pylist(),
            name,
            f"the cell is longer than {LONGEST_CELL:,} characters; check the separator and the quotes of the file",
            f"la celda tiene más de {LONGEST_CELL} caracteres; revise el separador y las comillas del archivo",
        )
    return faults


def _id_faults(text: Mapping[str, pa.Array]) -> list[Fault]:
    faults: list[Fault] = []
    for name in ("entry_id", "list"):
        if name in text:
            rows = pc.indices_nonzero(pc.is_null(text[name])).to_pylist()
            faults += _faults_at(rows, name, "the cell is empty", "la celda está vacía")
    if "entry_id" in text:
        counts = pc.value_counts(text["entry_id"])
        repeated = pc.filter(counts.field("values"), pc.greater(counts.field("counts"), 1))
        rows = pc.indices_nonzero(pc.and_(pc.is_in(text["entry_id"], repeated), pc.is_valid(text["entry_id"])))
        faults += _faults_at(
            rows.to_pylist(),
            "entry_id",
            "another row has the same id; give each row its own",
            "otra fila tiene el mismo identificador; dé uno propio a cada fila",
        )
    return faults


def _faults_at(rows: Iterable[int], column: str, en: str, es: str) -> list[Fault]:
    places = list(rows)
    faults = [Fault(f"row {row + 1}, {column}", en, es) for row in places[:_SHOWN_FAULTS]]
    if len(places) > _SHOWN_FAULTS:
        more = len(places) - _SHOWN_FAULTS
        faults.append(Fault(column, f"and {more} more rows: {en}", f"y {more} filas más: {es}"))
    return faults


def _ordered(text: Mapping[str, pa.Array], rows: int) -> tuple[pa.Table, tuple[str, ...]]:
    strata = tuple(name for name in text if name not in COLUMNS)
    full = {name: text.get(name, pa.nulls(rows, pa.string())) for name in (*COLUMNS, *strata)}
    return pa.table(full).sort_by("entry_id"), strata
