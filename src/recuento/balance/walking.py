"""Walk through the worlds of one part of a ledger: many chains at once, every step a world that keeps the identities.

Each step takes one direction that keeps every equation and lands anywhere on a stretch of it, by weight (Gibbs).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from recuento.balance.directions import directions_of
from recuento.balance.points import satisfies
from recuento.balance.system import Part, System, open_ends
from recuento.errors import InvalidValue

_WIDTHS = (64, 512, 4_096, 32_768)
_CHANCES_BELOW = (0.45, 0.85, 0.98)
"""How often a stretch up to each width is tried, the widest for the rest.

Narrow ones are cheap; wide ones leave what narrow ones cannot."""

Weights = Mapping[int, NDArray[np.float64]]


class Walker:
    """Chains of worlds of one part. `states` has a row for each chain."""

    def __init__(
        self, system: System, part: Part, weights: Weights, *, cap: int, chains: int, rng: np.random.Generator
    ) -> None:
        moves = directions_of(system, part, frozenset(weights))
        # Where nobody speaks of a term that a move can set freely, small numbers are likelier: 1 / (1 + x).
        vague = -np.log1p(np.arange(cap + 1, dtype=float))
        logs = [weights.get(column, vague if column in moves.free else None) for column in part.columns]
        self._widths = [min(width, 2 * cap + 1) for width in _WIDTHS]
        tables = [None if table is None else _Table.of(table, max(self._widths)) for table in logs]
        rows = _one_way_rows(system, part)
        families = [[_Line.of(effect, tables, rows) for effect in family] for family in moves.families]
        self._families = [family for family in families if family]
        self._cap, self._rng = cap, rng
        self.states = np.repeat(_start(system, part, cap)[None, :], chains, axis=0)

    def walk(self, steps: int, *, heat: float = 1.0) -> None:
        """Take so many steps; `heat` below 1 flattens the weights, to set out from different places."""
        for _ in range(steps):
            self._step(heat)

    def _step(self, heat: float) -> None:
        rng, chains = self._rng, len(self.states)
        family = self._families[int(rng.random() * len(self._families))]
        line = family[int(rng.random() * len(family))]
        width = self._widths[bisect(_CHANCES_BELOW, rng.random())]
        # A stretch that lies at random around the state can be drawn from any of its points: the step stays fair.
        first = -(rng.random(chains) * width).astype(np.int64)
        low, high = line.reach(self.states, self._cap)
        start = np.maximum(first, low)
        length = np.minimum(first + width - 1, high) - start + 1
        logs = line.logs(self.states, start, int(length.max()))
        logs[np.arange(logs.shape[1]) >= length[:, None]] = -np.inf
        logs -= logs.max(axis=1, keepdims=True)
        sums = np.cumsum(np.exp(heat * logs), axis=1)
        drawn = (sums <= (rng.random(chains) * sums[:, -1])[:, None]).sum(axis=1)
        self.states[:, line.places] += line.effects * (start + np.minimum(drawn, length - 1))[:, None]


@dataclass(frozen=True, slots=True)
class _Table:
    """The log weights of a term, forward and backward, with room at both ends for a stretch that reaches beyond."""

    padded: NDArray[np.float64]
    forward: NDArray[np.float64]
    """From each place on, the weights of the widest stretch; a view that takes no room of its own."""
    backward: NDArray[np.float64]
    room: int
    cap: int

    @classmethod
    def of(cls, table: NDArray[np.float64], room: int) -> _Table:
        padded = np.pad(table, room, constant_values=table.min())
        turned = padded[::-1].copy()
        return cls(padded, sliding_window_view(padded, room), sliding_window_view(turned, room), room, len(table) - 1)

    def stretch(self, here: NDArray[np.int64], effect: int, first: NDArray[np.int64], width: int) -> NDArray[Any]:
        """The weights met on the stretch, a row for each chain; beyond the ends they mean nothing."""
        if effect == 1:
            return np.asarray(self.forward[here + first + self.room, :width])
        if effect == -1:
            return np.asarray(self.backward[self.cap - here + first + self.room, :width])
        met = here[:, None] + effect * (first[:, None] + np.arange(width))
        return np.asarray(self.padded[np.clip(met, 0, self.cap) + self.room])


@dataclass(frozen=True, slots=True)
class _Line:
    """A direction: which places change and by how much, the one-way identities it touches, the tables it reads."""

    places: NDArray[np.int64]
    effects: NDArray[np.int64]
    rows: tuple[tuple[NDArray[np.int64], int, int], ...]
    tables: tuple[tuple[int, int, _Table], ...]

    @classmethod
    def of(
        cls,
        effect: NDArray[np.int64],
        tables: Sequence[_Table | None],
        rows: Iterable[tuple[NDArray[np.int64], int]],
    ) -> _Line:
        places = np.flatnonzero(effect)
        touched = tuple((cells, constant, int(cells @ effect)) for cells, constant in rows if cells @ effect)
        read = [(place, int(effect[place]), tables[place]) for place in map(int, places)]
        return cls(places, effect[places], touched, tuple((p, e, table) for p, e, table in read if table is not None))

    def reach(self, states: NDArray[np.int64], cap: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How far each chain can go back and forth without leaving what is possible."""
        here, size = states[:, self.places], np.abs(self.effects)
        below, above = here // size, (cap - here) // size
        low = -np.where(self.effects > 0, below, above).min(axis=1)
        high = np.where(self.effects > 0, above, below).min(axis=1)
        for cells, constant, slope in self.rows:
            slack = states @ cells - constant
            if slope > 0:
                low = np.maximum(low, -(slack // slope))
            else:
                high = np.minimum(high, slack // -slope)
        return low, high

    def logs(self, states: NDArray[np.int64], first: NDArray[np.int64], width: int) -> NDArray[np.float64]:
        """The log weight of every point of each chain's stretch."""
        logs = np.zeros((len(states), width))
        for place, effect, table in self.tables:
            logs += table.stretch(states[:, place], effect, first, width)
        return logs


def _one_way_rows(system: System, part: Part) -> list[tuple[NDArray[np.int64], int]]:
    place = {column: at for at, column in enumerate(part.columns)}
    rows = []
    for row in (system.rows[number] for number in part.rows):
        if not row.equal:
            cells = np.zeros(len(part.columns), dtype=np.int64)
            for column, coefficient in row.cells:
                cells[place[column]] = coefficient
            rows.append((cells, row.constant))
    return rows


def _start(system: System, part: Part, cap: int) -> NDArray[np.int64]:
    """A world to start from: nobody anywhere, or a point of the linear program."""
    ends = open_ends(len(system.terms))
    ends.high = [cap] * len(system.terms)
    values: dict[int, int] = dict.fromkeys(part.columns, 0)
    if not satisfies(system, part, ends, values):
        values = _found_start(system, part, ends, values)
    return np.array([values[column] for column in part.columns], dtype=np.int64)


def _found_start(system: System, part: Part, ends: Any, values: dict[int, int]) -> dict[int, int]:
    from recuento.balance.linear import solver_present

    if solver_present():
        from recuento.balance.search import SearchGaveUp, searched_point

        try:
            found = searched_point(system, part, ends)[1]
        except SearchGaveUp:
            found = None
        if found is not None:
            return found
    raise InvalidValue(
        "no world was found to start the sampling from", "no se encontró un mundo desde el que empezar el muestreo"
    )
