"""A list of names as a file: its rows as they stand there, from CSV, a spreadsheet, or the lines of a text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from recuento.casefile.people.list_encodings import LOST, decoded
from recuento.errors import Fault, FaultsFound
from recuento.link.text_list import COLUMNS as TEXT_COLUMNS
from recuento.link.text_list import entries_in_text
from recuento.model.people import ListKind
from recuento.preserve.extract import extract
from recuento.values.names import fold

LONGEST_CELL = 1_000
COLUMNS_MAX = 100
_REMARKED = 20
"""Rows with a broken character that are named one by one."""


@dataclass(frozen=True, slots=True, repr=False)
class ListFile:
    """The rows of a file: cells by column, with the place of each in the file ("row 12", "line 40")."""

    name: str
    data: bytes
    kind: ListKind
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    remarks: tuple[Fault, ...] = ()


def read_list_file(path: Path) -> ListFile:
    """Read a file whole: CSV here, everything else through the jail that parses documents.

    A spreadsheet gives its first sheet with a header; a text (also PDF, DOCX, HTML) the lines that hold a name.
    Raises FaultsFound naming every wrong row, and where a file is no list at all.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise FaultsFound(
            path.name, [Fault(path.name, f"cannot be opened: {reason}", f"no se puede abrir: {reason}")]
        ) from None
    if path.suffix.lower() in (".csv", ".tsv"):
        return _from_csv(path.name, data)
    found = extract(data, path.name)
    if found.text is None:
        why = found.unreadable
        raise FaultsFound(
            path.name, [Fault(path.name, why.en if why else "cannot be read", why.es if why else "no se puede leer")]
        )
    if found.extractor == "xlsx":
        lines = [line.split("\t") for line in found.text.split("\n")]
        first = next((at for at, cells in enumerate(lines) if len([c for c in cells if c]) > 1), 0)
        return _table(path.name, data, lines[first:], first + 1)
    if found.extractor == "csv":
        return _from_csv(path.name, data)
    return _from_text(path.name, data, found.text)


def guessed_columns(header: Sequence[str]) -> dict[str, str]:
    """Which column of a file is which of ours, by what such columns are called; each of ours is given once."""
    known = _column_words()
    guessed: dict[str, str] = {}
    for name in header:
        ours = known.get(" ".join(re.sub(r"[^a-z0-9]+", " ", fold(name)).split()))
        if ours is not None and ours not in guessed.values():
            guessed[name] = ours
    return guessed


def _column_words() -> Mapping[str, str]:
    text = files("recuento.casefile.people").joinpath("list_columns.txt").read_text(encoding="utf-8")
    known = {}
    for line in text.splitlines():
        ours, _, words = line.partition(":")
        known.update({word.strip(): ours.strip() for word in words.split(",") if word.strip()})
    return known


def _from_csv(name: str, data: bytes) -> ListFile:
    text, encoding = decoded(data)
    remarks = []
    if encoding is not None:
        remarks.append(Fault(name, f"is not UTF-8; read as {encoding}", f"no está en UTF-8; se lee como {encoding}"))
    if LOST in text:
        faults = [
            Fault(f"row/fila {number}", f"a character is no {encoding}", f"un carácter no es {encoding}")
            for number, one in enumerate(text.split("\n"), start=1)
            if LOST in one
        ]
        remarks += faults[:_REMARKED]
    if "\0" in text:
        raise FaultsFound(
            name, [Fault(name, "is no text: it holds NUL characters", "no es texto: tiene caracteres NUL")]
        )
    first = text.split("\n", 1)[0]
    delimiter = max((",", ";", "\t", "|"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = list(reader)
    except csv.Error:
        # All that csv itself refuses is a field beyond 131,072 characters: a quote that is never closed, most often.
        fault = Fault(
            f"row/fila {reader.line_num}",
            f"the cell is longer than {LONGEST_CELL} characters; check the separator and the quotes",
            f"la celda tiene más de {LONGEST_CELL} caracteres; revise el separador y las comillas",
        )
        raise FaultsFound(name, [fault]) from None
    return _table(name, data, lines, 1, remarks)


def _table(
    name: str, data: bytes, lines: Sequence[Sequence[str]], first_row: int, remarks: Sequence[Fault] = ()
) -> ListFile:
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise FaultsFound(name, [Fault("row/fila 1", "is empty: name the columns", "está vacía: nombre las columnas")])
    header = tuple(cell.strip() or f"column {at + 1}" for at, cell in enumerate(lines[0]))
    faults = _header_faults(header)
    rows: list[tuple[str, ...]] = []
    places: list[str] = []
    for number, cells in enumerate(lines[1:], start=first_row + 1):
        if not any(cell.strip() for cell in cells):
            continue
        place = f"row/fila {number}"
        faults += _row_faults(place, cells, header)
        rows.append(tuple(cells[: len(header)]) + ("",) * (len(header) - len(cells)))
        places.append(place)
    if faults:
        raise FaultsFound(name, faults)
    return ListFile(name, data, "table", header, tuple(rows), tuple(places), tuple(remarks))


def _header_faults(header: Sequence[str]) -> list[Fault]:
    doubled = sorted({name for name in header if header.count(name) > 1})
    found = [
        Fault("row/fila 1", f"two columns are called {name!r}", f"dos columnas se llaman {name!r}") for name in doubled
    ]
    if len(header) > COLUMNS_MAX:
        found.append(
            Fault(
                "row/fila 1",
                f"{len(header)} columns; at most {COLUMNS_MAX} are taken: delete those you do not need",
                f"{len(header)} columnas; se admiten {COLUMNS_MAX}: borre las que no necesite",
            )
        )
    return found


def _row_faults(place: str, cells: Sequence[str], header: Sequence[str]) -> list[Fault]:
    """A cell too long or cells without a column; the cell itself is never repeated, it may be a name."""
    found = [
        Fault(
            f"{place}, {header[at] if at < len(header) else at + 1}",
            f"the cell is longer than {LONGEST_CELL} characters; check the separator and the quotes",
            f"la celda tiene más de {LONGEST_CELL} caracteres; revise el separador y las comillas",
        )
        for at, cell in enumerate(cells)
        if len(cell) > LONGEST_CELL
    ]
    if any(cell.strip() for cell in cells[len(header) :]):
        found.append(
            Fault(
                place,
                "has more cells than the header; check the separator",
                "tiene más celdas que el encabezado; revise el separador",
            )
        )
    return found


def _from_text(name: str, data: bytes, text: str) -> ListFile:
    found = entries_in_text(text)
    if not found:
        raise FaultsFound(
            name,
            [Fault(name, "no line of the text holds a name", "ninguna línea del texto contiene un nombre")],
        )
    rows = tuple(tuple(line.cell(column) for column in TEXT_COLUMNS) for line in found)
    return ListFile(name, data, "text", TEXT_COLUMNS, rows, tuple(f"line/línea {line.number}" for line in found))
