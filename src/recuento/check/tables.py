"""Tables: rows and columns that call themselves totals, against what they are the totals of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from recuento.check.mentions import Page, has
from recuento.check.ranges import rounded
from recuento.check.repairs import correction_for, written
from recuento.check.wording import ended
from recuento.check.words import OF_THEM, PARTIAL
from recuento.model.anchor import Anchor
from recuento.model.finding import Correction, Finding, FindingKind
from recuento.values.bilingual import LANGUAGES, Bilingual, Language
from recuento.values.names import fold
from recuento.values.number_words import Convention, convention_of, value_of
from recuento.values.quantity import Number
from recuento.values.wording import number_text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its words, where they stand, and its number where it holds one and nothing else."""

    text: str
    start: int
    value: Fraction | None
    is_share: bool

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def number(self) -> Anchor:
        """Its characters."""
        return Anchor(self.start, self.end, self.text)

    @property
    def shown(self) -> Number:
        """Its number as a whole number or a decimal; 0 where it has none."""
        value = self.value or Fraction(0)
        return int(value) if value.denominator == 1 else rounded(value, self.decimals)

    @property
    def decimals(self) -> int:
        """How many decimals it is written with."""
        value, places = self.value or Fraction(0), 0
        while (value * 10**places).denominator != 1 and places < 6:
            places += 1
        return places


Row = Sequence[Cell]


def table_findings(page: Page) -> list[Finding]:
    """Every total of a row or column that its cells do not make."""
    return [finding for table in tables_of(page) for finding in _table_findings(page, table)]


def tables_of(page: Page) -> Iterator[list[Row]]:
    """The tables of a text: three lines or more with the same mark between cells."""
    lines = list(_lines(page.text))
    for mark, group in groupby(lines, key=lambda line: _mark_of(line[1])):
        rows = list(group)
        if mark is None or len(rows) < 3:
            continue
        convention = convention_of(word for _, line in rows for word in re.findall(r"\d[\d.,]*\d|\d", line))
        cut = [_cells(line, start, mark, page, convention) for start, line in rows]
        yield [row for row in cut if not all(set(cell.text) <= set("-:= ") for cell in row)]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _mark_of(line: str) -> str | None:
    for mark in ("\t", "|", ";"):
        if line.count(mark) >= (1 if mark == "\t" else 2):
            return mark
    return None


def _cells(line: str, start: int, mark: str, page: Page, convention: Convention) -> list[Cell]:
    cells: list[Cell] = []
    place = start
    for piece in line.split(mark):
        text = piece.strip()
        at = place + (len(piece) - len(piece.lstrip()))
        cells.append(_cell(text, at, page, convention))
        place += len(piece) + 1
    if mark == "|" and cells and not cells[0].text:
        cells = cells[1:]
    return cells


def _cell(text: str, at: int, page: Page, convention: Convention) -> Cell:
    bare = text.strip("*_ ")
    share = bare.endswith("%")
    value = value_of(bare.rstrip("% ").strip(), convention, page.language) if bare[:1].isdigit() else None
    return Cell(text, at, None if value is None else Fraction(value), share)


# Judging.

_TOTAL = re.compile(
    r"(?:gran |grand |sub ?)?totale?s?(?: (?:general|nacional|national|\d{4}))?|sumas?|sum|overall|suma total"
)
_NOT_ADDED = re.compile(
    r"%|porciento|percent|percentage|share|porcentaje|tasa|rate|promedio|average|media|mean|edad|age|hacinamiento|ocupacion|"
    r"occupancy|overcrowding|variacion|change|ano|year|indice|index|ratio|no|num|codigo|code|id|mediana|median",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A total and the cells that should make it, under their heading."""

    total: Cell
    cells: tuple[Cell, ...]
    heading: str

    def wanted(self, cell: Cell) -> Fraction | None:
        """What one of its cells should be for the sum to close."""
        assert self.total.value is not None
        made = sum_of(self.cells)
        if cell is self.total:
            return made
        if cell in self.cells and cell.value is not None:
            return cell.value + self.total.value - made
        return None


def sum_of(cells: Sequence[Cell]) -> Fraction:
    """What the cells with a number add up to."""
    return sum((cell.value for cell in cells if cell.value is not None), Fraction(0))


def _table_findings(page: Page, rows: Sequence[Row]) -> Iterator[Finding]:
    head, body = rows[0], rows[1:]
    if any(cell.value is not None for cell in head[1:]) and not _is_years(head[1:]):
        head, body = [], rows
    faults = [*_column_faults(head, body), *_row_faults(head, body)]
    while faults:
        first = faults[0]
        cell, explained = _shared_cell(first, faults[1:])
        yield _said(page, first, cell)
        faults = [fault for fault in faults[1:] if fault not in explained]


def _shared_cell(first: Fault, others: Sequence[Fault]) -> tuple[Cell | None, list[Fault]]:
    """The one cell that, put right, closes this fault and others with it, and those others."""
    found: dict[Cell, list[Fault]] = {}
    for cell in (first.total, *first.cells):
        closed = [
            other for other in others if (value := other.wanted(cell)) is not None and value == first.wanted(cell)
        ]
        if closed:
            found[cell] = closed
    if len(found) != 1:
        return None, []
    return next(iter(found.items()))


def _is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(fold(text)))


def _is_added(header: str) -> bool:
    """Whether the numbers under a heading can be added: counts, not shares, rates, averages or years."""
    return "%" not in header and not any(_NOT_ADDED.fullmatch(word) for word in fold(header).split())


def _is_years(cells: Sequence[Cell]) -> bool:
    return all(cell.value is None or (1_800 <= cell.value < 2_100 and len(cell.text) == 4) for cell in cells)


def _heading(head: Row, column: int) -> str:
    return head[column].text if column < len(head) else ""


def _column_faults(head: Row, body: Sequence[Row]) -> Iterator[Fault]:
    """Rows called total: each of their cells against the rows above, or the subtotals above."""
    parts: list[Row] = []
    subtotals: list[Row] = []
    for row in body:
        if not row or not _is_total(row[0].text):
            if row and not has(f" {fold(row[0].text)} ", (*OF_THEM, *PARTIAL)):
                parts.append(row)
            continue
        for column in range(1, len(row)):
            above = [r[column] for r in parts if column < len(r)]
            since = [r[column] for r in parts[_after_last(parts, subtotals) :] if column < len(r)]
            sums = [above, since, [r[column] for r in subtotals if column < len(r)]]
            heading = _heading(head, column)
            if _is_added(heading) and (fault := _fault(row[column], sums, heading)) is not None:
                yield fault
        subtotals.append(row)


def _after_last(parts: Sequence[Row], subtotals: Sequence[Row]) -> int:
    """The first of the rows below the last subtotal."""
    if not subtotals:
        return 0
    start = subtotals[-1][0].start
    return sum(row[0].start < start for row in parts)


def _row_faults(head: Row, body: Sequence[Row]) -> Iterator[Fault]:
    """Columns called total: each of their cells against the columns that make it in most rows."""
    for column in range(1, len(head)):
        if not _is_total(head[column].text):
            continue
        made_of = _columns_of(head, body, column)
        for row in body:
            if made_of is not None and column < len(row):
                cells = [row[other] for other in made_of if other < len(row)]
                if (fault := _fault(row[column], [cells], row[0].text)) is not None:
                    yield fault


def _columns_of(head: Row, body: Sequence[Row], total: int) -> list[int] | None:
    """The run of columns beside a total column that makes it in most rows, or None where no run does."""
    others = [c for c in range(1, len(head)) if c != total and _is_added(head[c].text)][:_COLUMNS_MOST]
    runs = [others] + [others[a:b] for a in range(len(others)) for b in range(a + 2, len(others) + 1)]
    rows = [row for row in body if total < len(row) and row[total].value is not None][:_ROWS_MOST]
    best: tuple[int, list[int]] = (0, [])
    for run in runs:
        if len(run) >= 2:
            hits = sum(_adds_up(row[total], [row[c] for c in run if c < len(row)]) for row in rows)
            best = max(best, (hits, run), key=lambda pair: pair[0])
    return best[1] if rows and best[0] * 2 > len(rows) else None


_ROWS_MOST = 200
"""Rows by which it is told which columns a total column adds."""
_COLUMNS_MOST = 24
"""Columns that are tried; every run of them is, so the cost grows with the square."""


def _adds_up(total: Cell, cells: Sequence[Cell]) -> bool:
    """Whether the cells make the total; where one of them is empty they may make less."""
    if total.value is None:
        return True
    made = sum_of(cells)
    return made <= total.value if any(cell.value is None for cell in cells) else made == total.value


def _fault(total: Cell, readings: Sequence[Sequence[Cell]], heading: str) -> Fault | None:
    if total.value is None or total.is_share or any(cell.is_share for cell in readings[0]):
        return None
    usable = [cells for cells in readings if sum(cell.value is not None for cell in cells) >= 2]
    if not usable or any(_adds_up(total, cells) or _is_rounding(total, cells) for cells in usable):
        return None
    return Fault(total, tuple(cell for cell in usable[0] if cell.value is not None), heading)


def _is_rounding(total: Cell, cells: Sequence[Cell]) -> bool:
    """Whether decimals were rounded: each number may be half its last digit off."""
    most = max((cell.decimals for cell in (total, *cells)), default=0)
    assert total.value is not None
    return most > 0 and abs(sum_of(cells) - total.value) * 2 * 10**most <= len(cells) + 1


# What is said.


def _said(page: Page, fault: Fault, shared: Cell | None) -> Finding:
    cells = sorted((fault.total, *fault.cells), key=lambda cell: cell.start)
    correction = _correction(page, fault, shared)
    said = {
        lang: (fault.heading, _text(sum_of(fault.cells), lang), _text(fault.total.value, lang)) for lang in LANGUAGES
    }
    return Finding(
        kind=FindingKind.TABLE,
        place=Anchor.of(page.text, cells[0].start, cells[-1].end),
        figures=tuple(cell.number for cell in cells),
        sum=Bilingual(es=_sum(fault, "es"), en=_sum(fault, "en")),
        words=ended(
            Bilingual(
                es="En «{}» las celdas suman {} y el total dice {}.".format(*said["es"]),
                en="Under “{}” the cells add up to {} and the total says {}.".format(*said["en"]),
            ),
            correction,
        ),
        correction=correction,
    )


def _correction(page: Page, fault: Fault, shared: Cell | None) -> Correction | None:
    if shared is not None:
        value = fault.wanted(shared)
        whole = value is not None and value >= 0 and value.denominator == 1
        return (
            Correction(shared.number, written(int(value), shared, page.language))
            if value is not None and whole
            else None
        )
    figures = (fault.total, *fault.cells)
    return correction_for(
        figures, lambda numbers: Fraction(numbers[0]) == sum(map(Fraction, numbers[1:])), page.language
    )


def _sum(fault: Fault, language: Language) -> str:
    numbers = [_text(cell.value, language) for cell in fault.cells]
    if len(numbers) > _NUMBERS_SHOWN:
        numbers = [*numbers[: _NUMBERS_SHOWN - 2], "…", numbers[-1]]
    return (
        f"{' + '.join(numbers)} = {_text(sum_of(fault.cells), language)}; total: {_text(fault.total.value, language)}"
    )


_NUMBERS_SHOWN = 12


def _text(number: Fraction | None, language: Language) -> str:
    value = number or Fraction(0)
    return number_text(int(value) if value.denominator == 1 else rounded(value, 2), language)
