"""Moves from world to world: changes of several terms at once that keep every equation."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recuento.balance.system import Part, System
from recuento.errors import InvalidValue

_PAIRS_MAX = 400
_COMBINATIONS_MAX = 40_000
_QUIET_MAX = 300


@dataclass(frozen=True, slots=True)
class Directions:
    """For each family of moves how every column of the part changes; `free` are the columns that choose."""

    families: list[list[NDArray[Any]]]
    free: frozenset[int]


def directions_of(system: System, part: Part, spoken: frozenset[int]) -> Directions:
    """Give the moves of a part: one for each term that the equations leave free, exchanges between two of them, and
    those longer exchanges that leave most of the `spoken` columns (of which somebody gave a figure) as they are.

    Totals are made to depend on their parts where that can be done. Raises InvalidValue where the equations cannot
    be solved in whole numbers term by term.
    """
    solved = _solved(system, part)
    free = [column for column in part.columns if column not in solved]
    place = {column: at for at, column in enumerate(part.columns)}
    singles = []
    for chosen in free:
        effect = np.zeros(len(part.columns), dtype=np.int64)
        effect[place[chosen]] = 1
        for column, cells in solved.items():
            effect[place[column]] = cells.get(chosen, 0)
        singles.append(effect)
    pairs = list(combinations(range(len(singles)), 2))[:_PAIRS_MAX]
    exchanges = [singles[one] - singles[other] for one, other in pairs]
    told = np.array([column in spoken for column in part.columns])
    return Directions([singles, exchanges, _quiet(singles, told)], frozenset(free))


def _quiet(singles: list[NDArray[Any]], told: NDArray[Any]) -> list[NDArray[Any]]:
    """Sums and differences of up to four moves that change the fewest told columns, quietest first."""
    found: dict[bytes, tuple[int, int, NDArray[Any]]] = {}
    for size in (2, 3, 4):
        groups = list(combinations(range(len(singles)), size))
        if len(found) + len(groups) * 2 ** (size - 1) > _COMBINATIONS_MAX:
            break
        for group in groups:
            for signs in product((1, -1), repeat=size - 1):
                effect = singles[group[0]] + sum(sign * singles[at] for sign, at in zip(signs, group[1:], strict=True))
                changed = effect != 0
                found.setdefault(effect.tobytes(), (int((changed & told).sum()), int(changed.sum()), effect))
    ordered = sorted(found.values(), key=lambda entry: (entry[0], entry[1], entry[2].tolist()))
    return [effect for _, _, effect in ordered[:_QUIET_MAX] if effect.any()]


def _solved(system: System, part: Part) -> dict[int, dict[int, int]]:
    """Each dependent column as a whole-number sum of free ones (constants do not matter to moves)."""
    solved: dict[int, dict[int, int]] = {}
    for row in (system.rows[number] for number in part.rows):
        if not row.equal:
            continue
        cells: dict[int, int] = {}
        for column, coefficient in row.cells:
            for base, share in solved.get(column, {column: 1}).items():
                cells[base] = cells.get(base, 0) + coefficient * share
        cells = {column: coefficient for column, coefficient in cells.items() if coefficient}
        if not cells:
            continue
        pivot = _pivot(system, cells, dict(row.cells))
        factor = cells.pop(pivot)
        expressed = {column: -coefficient * factor for column, coefficient in cells.items()}
        for known in solved.values():
            share = known.pop(pivot, 0)
            for column, coefficient in expressed.items():
                if share:
                    known[column] = known.get(column, 0) + share * coefficient
        solved[pivot] = expressed
    return solved


def _pivot(system: System, cells: dict[int, int], row: dict[int, int]) -> int:
    """The column to depend on the others: the total of the row if it can, else the one that fewest rows touch."""
    able = [column for column, coefficient in cells.items() if coefficient in (1, -1)]
    able.sort(key=lambda column: (len(system.rows_of[column]), column))
    if not able:
        raise InvalidValue(
            "an identity cannot be solved in whole numbers", "una identidad no se puede resolver en números enteros"
        )
    totals = [column for column in able if _stands_alone(column, row)]
    return totals[0] if totals else able[0]


def _stands_alone(column: int, row: dict[int, int]) -> bool:
    """Whether the column is the only one of its sign in the row."""
    return column in row and sum(coefficient * row[column] > 0 for coefficient in row.values()) == 1
