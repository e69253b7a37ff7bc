"""Interval propagation in whole numbers: sound ends for every term, and the sum that proves each of them.

Exact where the identities form no cycle; elsewhere a first, outer answer. Needs nothing but Python. Every
tightening is remembered, so that the multipliers of the proof can be collected afterwards.
"""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass, field
from fractions import Fraction

from recuento.balance.system import Ends, System, is_unlimited

Weight = int | Fraction
Multipliers = dict[int, Weight]
"""For each row its multiplier in a sum that bounds an expression from below."""


@dataclass(slots=True)
class Propagation:
    """The ends reached, and how. `failed` is a column whose low end passed its high end, None if there is none.

    `finished` is False where the visits allowed ran out: the ends are sound and may be loose.
    """

    system: System
    low: list[int]
    high: list[int]
    failed: int | None = None
    finished: bool = True
    _column: list[int] = field(default_factory=list)
    _row: list[int] = field(default_factory=list)
    _before: list[int] = field(default_factory=list)
    _latest_low: list[int] = field(default_factory=list)
    _latest_high: list[int] = field(default_factory=list)

    def proof_of(self, column: int, side: str) -> Multipliers:
        """Multipliers that prove this end: of `x[column]` from below, or of `-x[column]`."""
        if side == "low":
            return self._collected([(self._latest_low[column], 1)])
        return self._collected([(self._latest_high[column], -1)])

    def contradiction(self) -> Multipliers:
        """Multipliers that prove `0 >= something above zero`. Only where it has failed."""
        assert self.failed is not None
        return self._collected([(self._latest_low[self.failed], 1), (self._latest_high[self.failed], -1)])

    def _collected(self, starts: list[tuple[int, Weight]]) -> Multipliers:
        """Unroll tightenings, latest first, so that each is unrolled once with all its weight."""
        weights: dict[int, Weight] = {}
        heap: list[int] = []
        for event, weight in starts:
            self._add(weights, heap, event, weight)
        multipliers: Multipliers = {}
        while heap:
            event = -heapq.heappop(heap)
            weight = weights.pop(event)
            if weight == 0:
                continue
            column, row = self._column[event], self._row[event]
            cells = self.system.rows[row].cells
            own = next(c for place, c in cells if place == column)
            share = weight * own if own in (1, -1) else Fraction(weight) / own
            multipliers[row] = multipliers.get(row, 0) + share
            for place, coefficient in cells:
                if place != column:
                    needed = -share * coefficient
                    latest = self._latest_low if needed > 0 else self._latest_high
                    self._add(weights, heap, self._as_of(latest[place], event), needed)
        return {row: share for row, share in multipliers.items() if share != 0}

    def _as_of(self, event: int, later: int) -> int:
        """The version of an end that stood when tightening number `later` was made."""
        while event >= later:
            event = self._before[event]
        return event

    @staticmethod
    def _add(weights: dict[int, Weight], heap: list[int], event: int, weight: Weight) -> None:
        if event < 0:
            return
        if event not in weights:
            heapq.heappush(heap, -event)
            weights[event] = weight
        else:
            weights[event] += weight


def propagate(system: System, ends: Ends, *, visits_max: int | None = None) -> Propagation:
    """Tighten the ends until nothing moves, a contradiction shows, or the visits run out.

    Inconsistent cycles would crawl by one at a time; `visits_max` (by default 40 for each row) stops that.
    """
    size = len(system.terms)
    state = Propagation(system, ends.low[:], ends.high[:])
    state._latest_low = [-1] * size
    state._latest_high = [-1] * size
    for column in range(size):
        if state.low[column] > state.high[column]:
            state.failed = column
            return state
    _run(state, visits_max if visits_max is not None else 40 * len(system.rows) + 100)
    return state


def _run(state: Propagation, visits_left: int) -> None:
    rows, rows_of = state.system.rows, state.system.rows_of
    low, high = state.low, state.high
    waiting = deque(range(len(rows)))
    queued = [True] * len(rows)
    while waiting:
        number = waiting.popleft()
        queued[number] = False
        visits_left -= 1
        if visits_left < 0:
            state.finished = False
            return
        row = rows[number]
        least, most = _activity(row.cells, low, high)
        constant, equal = row.constant, row.equal
        for column, coefficient in row.cells:
            old_low, old_high = low[column], high[column]
            own_least, own_most = (old_low, old_high) if coefficient > 0 else (old_high, old_low)
            others_most = most - coefficient * own_most
            if not is_unlimited(others_most):
                _at_least(state, number, column, coefficient, constant - others_most)
            if equal:
                others_least = least - coefficient * own_least
                if not is_unlimited(-others_least):
                    _at_least(state, number, column, -coefficient, others_least - constant)
            new_low, new_high = low[column], high[column]
            if new_low == old_low and new_high == old_high:
                continue
            if new_low > new_high:
                state.failed = column
                return
            # Whole numbers stand for open ends too, so the sums of the row can be kept up to date exactly.
            if coefficient > 0:
                least += coefficient * (new_low - old_low)
                most += coefficient * (new_high - old_high)
            else:
                least += coefficient * (new_high - old_high)
                most += coefficient * (new_low - old_low)
            for touched in rows_of[column]:
                if not queued[touched] and touched != number:
                    queued[touched] = True
                    waiting.append(touched)


def _activity(cells: tuple[tuple[int, int], ...], low: list[int], high: list[int]) -> tuple[int, int]:
    """The least and the greatest the sum of a row can be; sums with an open end are beyond the limit."""
    least = most = 0
    for column, coefficient in cells:
        if coefficient > 0:
            least += coefficient * low[column]
            most += coefficient * high[column]
        else:
            least += coefficient * high[column]
            most += coefficient * low[column]
    return least, most


def _at_least(state: Propagation, number: int, column: int, coefficient: int, amount: int) -> None:
    """Take in `coefficient * x >= amount`. Rounded outward, so that the sum of rows proves what is kept."""
    if coefficient > 0:
        value = amount // coefficient
        if value > state.low[column]:
            _remember(state, column, number, state._latest_low)
            state.low[column] = value
        return
    value = -(amount // -coefficient)
    if value < state.high[column]:
        _remember(state, column, number, state._latest_high)
        state.high[column] = value


def _remember(state: Propagation, column: int, row: int, latest: list[int]) -> None:
    state._before.append(latest[column])
    latest[column] = len(state._column)
    state._column.append(column)
    state._row.append(row)
