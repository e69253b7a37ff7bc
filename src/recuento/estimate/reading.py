"""Tables as people have them (a CSV, a data frame, columns) made capture tables; every fault named with its row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from recuento.errors import Fault, FaultsFound, InvalidValue
from recuento.estimate.table import CaptureTable, row_faults

COUNT = "count"
"""The column that holds how many people have the history of the row; without it, a row is a person."""

_MARKS = {"0": 0, "1": 1, "0.0": 0, "1.0": 1, "false": 0, "true": 1, "no": 0, "si": 1, "sí": 1, "yes": 1, "": 0}


def table_from_csv(
    text: str,
    *,
    file: str = "CSV",
    lists: Sequence[str] | None = None,
    strata: Sequence[str] | None = None,
    count: str = COUNT,
    never_met: Iterable[tuple[str, str]] = (),
) -> CaptureTable:
    """The capture table in a CSV with a header: columns of 0 and 1 are lists, columns of words are strata.

    A column called `count` says how many people have the history; without it, every row is one person. Where
    `lists` or `strata` are named, only those columns are used so; columns that neither names are left out when `lists`
    is given. The separator (comma, semicolon, tab) is found from the header. Raises FaultsFound, with the line of
    every fault, and InvalidValue where a column is missing.
    """
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=_separator(text)))
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise InvalidValue(
            en=f"{file} is empty; its first line must name the columns",
            es=f"{file} está vacío; su primera línea debe nombrar las columnas",
        )
    header = [cell.strip() for cell in rows[0]]
    body = [(line, row) for line, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    faults = _faults_of_shape(header, body)
    if faults:
        raise FaultsFound(file, faults)
    columns = {name: [row[at].strip() for _, row in body] for at, name in enumerate(header)}
    places = [f"line {line}" for line, _ in body]
    return _table(columns, places, file, lists, strata, count, never_met)


def table_from_columns(
    columns: Mapping[str, Any] | Any,
    *,
    lists: Sequence[str] | None = None,
    strata: Sequence[str] | None = None,
    count: str = COUNT,
    never_met: Iterable[tuple[str, str]] = (),
) -> CaptureTable:
    """The capture table in a mapping of columns: a dict of sequences, a pandas DataFrame, a pyarrow Table.

    Columns are understood as in `table_from_csv`. Raises FaultsFound, naming rows from 1.
    """
    held = columns.to_pydict() if hasattr(columns, "to_pydict") else columns
    texts = {str(name): [_text(value) for value in held[name]] for name in held}
    lengths = {len(values) for values in texts.values()}
    if len(lengths) > 1:
        raise InvalidValue(en="the columns are not equally long", es="las columnas no son igual de largas")
    places = [f"row {row + 1}" for row in range(max(lengths, default=0))]
    return _table(texts, places, "columns", lists, strata, count, never_met)


def _table(
    columns: Mapping[str, Sequence[str]],
    places: Sequence[str],
    file: str,
    lists: Sequence[str] | None,
    strata: Sequence[str] | None,
    count: str,
    never_met: Iterable[tuple[str, str]],
) -> CaptureTable:
    strata_names = list(strata) if strata is not None else _strata_among(columns, lists, count)
    list_names = (
        list(lists) if lists is not None else [name for name in columns if name != count and name not in strata_names]
    )
    _refuse_missing(columns, [*strata_names, *list_names], file)
    if not list_names:
        raise InvalidValue(
            en=f"{file} has no column of zeros and ones; each list needs one",
            es=f"{file} no tiene ninguna columna de ceros y unos; cada lista necesita una",
        )
    marks = [[_mark(columns[name][row]) for name in list_names] for row in range(len(places))]
    counts = [_count(columns[count][row]) if count in columns else 1 for row in range(len(places))]
    faults = [
        fault
        for row, place in enumerate(places)
        for fault in [
            *row_faults(place, marks[row], counts[row], list_names, (), ()),
            *_empty_strata(place, {name: columns[name][row] for name in strata_names}),
        ]
    ]
    if faults:
        raise FaultsFound(file, faults)
    return CaptureTable.from_patterns(
        np.asarray(marks or [[0] * len(list_names)], dtype=np.int64),
        np.asarray(counts or [0], dtype=np.int64),
        lists=list_names,
        strata={name: columns[name] if places else [""] for name in strata_names},
        never_met=never_met,
    )


def _separator(text: str) -> str:
    """The mark that divides the header: the commonest of comma, semicolon and tab."""
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _faults_of_shape(header: Sequence[str], body: Sequence[tuple[int, Sequence[str]]]) -> list[Fault]:
    doubled = sorted({name for name in header if header.count(name) > 1})
    faults = [
        Fault("line 1", en=f"two columns are called {name!r}", es=f"dos columnas se llaman {name!r}")
        for name in doubled
    ]
    if "" in header:
        faults.append(Fault("line 1", en="a column has no name", es="una columna no tiene nombre"))
    faults.extend(
        Fault(
            f"line {line}",
            en=f"{len(row)} cells where the header has {len(header)}",
            es=f"{len(row)} celdas donde el encabezado tiene {len(header)}",
        )
        for line, row in body
        if len(row) != len(header)
    )
    return faults


def _strata_among(columns: Mapping[str, Sequence[str]], lists: Sequence[str] | None, count: str) -> list[str]:
    """Columns of words: none of whose cells is a mark of a list. With `lists` named, no other column is taken."""
    if lists is not None:
        return []
    return [
        name
        for name, cells in columns.items()
        if name != count and cells and not any(cell.lower() in _MARKS and cell for cell in cells) and any(cells)
    ]


def _refuse_missing(columns: Mapping[str, Sequence[str]], names: Sequence[str], file: str) -> None:
    missing = [name for name in names if name not in columns]
    if missing:
        known = ", ".join(columns)
        raise InvalidValue(
            en=f"{file} has no column {', '.join(missing)}; it has: {known}",
            es=f"{file} no tiene la columna {', '.join(missing)}; tiene: {known}",
        )


def _empty_strata(place: str, labels: Mapping[str, str]) -> list[Fault]:
    return [
        Fault(
            place,
            en=f'the stratum "{name}" is empty; write a value, "unknown" if need be',
            es=f"el estrato «{name}» está vacío; escriba un valor, «desconocido» si hace falta",
        )
        for name, label in labels.items()
        if not label
    ]


def _mark(cell: str) -> object:
    return _MARKS.get(cell.lower(), cell)


def _count(cell: str) -> object:
    try:
        value = float(cell)
    except ValueError:
        return cell
    return int(value) if value.is_integer() else value


def _text(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return str(value).strip()
