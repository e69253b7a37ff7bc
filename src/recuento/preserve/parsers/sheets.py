"""Tables: every row a line of the text, a tab between cells."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

from recuento.preserve.outcome import Outcome
from recuento.preserve.parsers.archives import check_archive
from recuento.preserve.parsers.characters import decoded
from recuento.preserve.parsers.found import Found, Unreadable
from recuento.preserve.versions import version_of


def read_csv(data: bytes) -> Found:
    """The rows of a CSV, whichever of , ; tab and | parts its cells."""
    characters = decoded(data)
    csv.field_size_limit(max(1, len(characters.text)))
    try:
        text = _lines(csv.reader(StringIO(characters.text, newline=""), delimiter=_delimiter(characters.text)))
    except csv.Error as error:
        raise Unreadable(Outcome.DAMAGED, str(error)[:100]) from None
    if not text.strip():
        raise Unreadable(Outcome.NO_TEXT)
    return Found(
        extractor="csv", version=version_of("csv"), text=text, charset=characters.charset, remarks=characters.remarks
    )


def read_xlsx(data: bytes, *, text_characters_max: int) -> Found:
    """The rows of every sheet, each sheet under its name; formulas as the values last computed."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    check_archive(data)
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        lines = list(_bounded(_sheet_lines(book), text_characters_max))
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise Unreadable(Outcome.DAMAGED, type(error).__name__) from None
    if not any(cells for _, cells in lines):
        raise Unreadable(Outcome.NO_TEXT)
    return Found(
        extractor="xlsx",
        version=version_of("xlsx"),
        text="\n".join(line for line, _ in lines),
        title=book.properties.title or None,
        author=book.properties.creator or None,
    )


def _sheet_lines(book: Any) -> Iterator[tuple[str, bool]]:
    for sheet in book.worksheets:
        yield sheet.title, False
        for row in sheet.iter_rows(values_only=True):
            if line := _line(_shown(cell) for cell in row):
                yield line, True


def _bounded(lines: Iterable[tuple[str, bool]], text_characters_max: int) -> Iterator[tuple[str, bool]]:
    seen = 0
    for line, cells in lines:
        seen += len(line) + 1
        if seen > text_characters_max:
            raise Unreadable(Outcome.TOO_LONG)
        yield line, cells


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _delimiter(text: str) -> str:
    first = text.lstrip("\n").split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def _lines(rows: Iterable[list[str]]) -> str:
    return "\n".join(_line(row) for row in rows)


def _line(cells: Iterable[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t")
