"""documents.csv: what an observatory knows of its files (title, outlet, date, address), laid beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from os.path import isfile
from pathlib import Path

from recuento.errors import Fault, FaultsFound, InvalidValue
from recuento.model.document import Description
from recuento.values.partial_date import PartialDate

MANIFEST = "documents.csv"
COLUMNS = ("file", "title", "outlet", "author", "published", "language", "url", "obtained_by", "obtained_at")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one file; what it leaves empty is None."""

    description: Description
    obtained_by: str | None
    obtained_at: datetime | None


def read_manifest(path: Path) -> dict[Path, Entry]:
    """Read a manifest; the keys are the files it names, resolved against its folder.

    Raises FaultsFound with every fault by row: an unknown column, a date that is none, a file named twice or
    not there.
    """
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    if "\0" in text:
        fault = Fault(path.name, "is no text: it holds NUL characters", "no es texto: tiene caracteres NUL")
        raise FaultsFound(str(path), [fault])
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return _entries(path, rows)
    except csv.Error as error:
        # A quote that is never closed, most often: the cell goes on to the end of the file.
        raise FaultsFound(str(path), [Fault(f"row/fila {rows.line_num + 1}", str(error), str(error))]) from None


def _entries(path: Path, rows: csv.DictReader[str]) -> dict[Path, Entry]:
    unknown = [name for name in rows.fieldnames or () if name not in COLUMNS]
    if "file" not in (rows.fieldnames or ()) or unknown:
        known = ", ".join(COLUMNS)
        raise FaultsFound(str(path), [Fault("row/fila 1", f"columns are {known}", f"las columnas son {known}")])
    faults: list[Fault] = []
    entries: dict[Path, Entry] = {}
    for row in rows:
        _take(row, rows.line_num, path.parent, entries, faults)
    if faults:
        raise FaultsFound(str(path), faults)
    return entries


def _take(
    row: Mapping[str, str | None], number: int, folder: Path, entries: dict[Path, Entry], faults: list[Fault]
) -> None:
    def cell(name: str) -> str | None:
        return (row.get(name) or "").strip() or None

    place = f"row/fila {number}"
    file = (folder / (cell("file") or "")).resolve()
    if not isfile(file):  # noqa: PTH113 - Path.is_file raises where a name is longer than any file system takes
        faults.append(Fault(place, f"there is no file {cell('file')}", f"no existe el archivo {cell('file')}"))
    if file in entries:
        faults.append(Fault(place, f"{cell('file')} is named twice", f"{cell('file')} aparece dos veces"))
    try:
        published = PartialDate.parse(text) if (text := cell("published")) else None
        obtained_at = _instant(text) if (text := cell("obtained_at")) else None
    except InvalidValue as error:
        faults.append(Fault(place, error.en, error.es))
        return
    entries[file] = Entry(
        Description(
            title=cell("title"),
            outlet=cell("outlet"),
            author=cell("author"),
            published=published,
            language=cell("language"),
            url=cell("url"),
        ),
        cell("obtained_by"),
        obtained_at,
    )


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidValue(
            f"{text!r} is not a time: write 2023-09-21T14:05:00Z",
            f"{text!r} no es una hora: escriba 2023-09-21T14:05:00Z",
        ) from None
