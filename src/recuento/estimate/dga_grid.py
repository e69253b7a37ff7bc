"""Where a smooth log mass over whole numbers lies, and its value at every one of them, from few evaluations.

The log of a sum over graphs is analytic in the number of unseen people, so on a short enough panel a polynomial
of degree 16 or 32 through Chebyshev points holds it to ten digits. Panels are halved until the last coefficients
of their polynomials vanish; a panel of 17 whole numbers or fewer is evaluated at each. Every whole number where
the mass is above e^-90 of its peak is in the support, each with its own mass (`step` 1). Only where there would be
millions of them are they gathered in cells, each with its summed mass (`step` above 1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from recuento.estimate.dga_prior import Floats

Curve = Callable[[Floats], Floats]

DEGREE = 16
DROP = 90.0
"""Mass below e^-90 of the peak is left out."""

TAIL = 1e-9
"""Where no end is given, the grid ends where less than this share lies beyond."""

HORIZON = float(2**40)
"""No grid goes beyond a million million unseen people."""

PANELS_MAX = 4000
"""Beyond so many panels none is halved any more; the error that is left is measured and reported."""

SINGLES = 1 << 18
"""So many whole numbers of a support stand alone; then cells double in width every 32nd part as many of them."""

ROUGH = 1 << 13
"""As many where only the whole mass or a rough quantile is wanted."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Whole numbers `first` to `last`, and the points (not all whole) where the curve is known on them."""

    first: float
    last: float
    nodes: Floats
    exact: bool


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The support of a mass over n_0: ascending whole numbers, the width of the cell each stands for, the log mass.

    `beyond` is the share of the mass above the last point (of an unending grid), `slope` the power of n_0 with which
    the mass falls there, `error` the largest error of the log mass found at points between the nodes.
    """

    panels: tuple[Panel, ...]
    points: NDArray[np.int64]
    steps: NDArray[np.int64]
    log_mass: Floats
    beyond: float
    slope: float
    error: float

    @property
    def nodes(self) -> Floats:
        """All points where a curve must be known to be spread over the support."""
        return np.concatenate([panel.nodes for panel in self.panels])

    def spread(self, values: Floats) -> Floats:
        """A curve known at `nodes` (rows of curves by nodes), at every point of the support."""
        rows = np.atleast_2d(values)
        out = np.empty((len(rows), len(self.points)))
        at = start = 0
        for panel in self.panels:
            end = int(np.searchsorted(self.points, int(panel.last), side="right"))
            out[:, start:end] = _between(panel, rows[:, at : at + len(panel.nodes)], self.points[start:end])
            at += len(panel.nodes)
            start = end
        return out if values.ndim == 2 else out[0]


def grid_of(
    curve: Curve, first: int, last: int | None, scale: float, allowed: float = 1e-10, singles: int = SINGLES
) -> Grid:
    """The support of exp(curve) over whole numbers from `first` to `last` (or as far as there is mass).

    `scale` is a number of people beyond whose multiples the curve only falls; `allowed` the error of the
    log mass; `singles` how many whole numbers stand alone before they are gathered in cells.
    """
    known = _Known(curve)
    end = HORIZON if last is None else float(last)
    marks = _scanned(known, float(first), end, scale)
    _find_peaks(known, marks)
    beyond, slope, end = _tail(known, sorted(marks), end, last is None)
    marks = {mark for mark in marks if mark <= end} | {end}
    pieces = _panels(known, sorted(marks), allowed)
    points, steps = _support(pieces, singles)
    grid = Grid(tuple(pieces), points, steps, np.empty(0), beyond, slope, 0.0)
    log_mass = _cell_mass(grid, known)
    return Grid(grid.panels, points, steps, log_mass, beyond, slope, _error_between(grid, known, curve))


def every_number(curve: Curve, first: int, last: int, allowed: float = 1e-10) -> Grid:
    """A grid of every whole number from `first` to `last`, however little mass it has: for any prior whatever."""
    known = _Known(curve)
    marks = {float(first), float(last)} | {float(first) + 2.0**at for at in range(3, 41) if first + 2.0**at < last}
    known(np.array(sorted(marks)))
    pieces = _panels(known, sorted(marks), allowed, drop=np.inf)
    points = np.arange(first, last + 1, dtype=np.int64)
    grid = Grid(tuple(pieces), points, np.ones(len(points), dtype=np.int64), np.empty(0), 0.0, -np.inf, 0.0)
    values = grid.spread(known(grid.nodes))
    return Grid(grid.panels, points, grid.steps, values, 0.0, -np.inf, _error_between(grid, known, curve))


class _Known:
    """A curve that remembers where it was evaluated."""

    def __init__(self, curve: Curve) -> None:
        self._curve = curve
        self._values: dict[float, float] = {}

    def __call__(self, points: Floats) -> Floats:
        missing = np.array(sorted({point for point in points.tolist() if point not in self._values}))
        if len(missing):
            self._values.update(zip(missing.tolist(), self._curve(missing).tolist(), strict=True))
        return np.array([self._values[point] for point in points.tolist()])


def _scanned(known: _Known, first: float, end: float, scale: float) -> set[float]:
    """Points that double their distance from the first, until the curve has fallen far beyond `scale`, or the end."""
    marks = [first]
    reach = 8.0
    top = float(known(np.array([first]))[0])
    while marks[-1] < end:
        batch = []
        for _ in range(8):
            batch.append(min(first + reach, end))
            reach *= 2
            if batch[-1] == end:
                break
        values = known(np.array(batch))
        marks += batch
        top = max(top, float(values.max()))
        if values[-1] < top - DROP - 40 and batch[-1] > 64 * scale:
            break
    return set(marks)


def _find_peaks(known: _Known, marks: set[float]) -> None:
    """Add points about every peak until its neighbours lie less than two below it."""
    for _ in range(80):
        ordered = np.array(sorted(marks))
        values = known(ordered)
        more: set[float] = set()
        for at in np.flatnonzero(
            (np.append(values[1:], -np.inf) <= values) & (np.append(-np.inf, values[:-1]) <= values)
        ).tolist():
            for other in (at - 1, at + 1):
                if 0 <= other < len(ordered) and values[at] - values[other] > 2:
                    middle = float(np.rint((ordered[at] + ordered[other]) / 2))
                    if middle not in (ordered[at], ordered[other]):
                        more.add(middle)
        if not more - marks:
            return
        marks |= more
        known(np.array(sorted(more)))


def _tail(known: _Known, ordered: list[float], end: float, free: bool) -> tuple[float, float, float]:
    """Share beyond the end, the power of the fall there, and the end (sought where it is `free`).

    Between two points the mass is taken as a power of n_0, which is right in the tail and rough elsewhere.
    """
    past = [end + max(end - ordered[0], 8.0) * 2.0**at for at in range(0 if end < HORIZON else 1, 40)]
    outer = np.array([*ordered, *(point for point in past if not free and point <= HORIZON)])
    values = known(outer)
    top = values.max()
    pieces = _power_pieces(outer + 1.0, np.exp(np.maximum(values - top, -745.0)), values)
    last_slope = _slope(outer[-2:] + 1.0, values[-2:]) if len(outer) > 1 else -np.inf
    rest = _power_rest(outer[-1] + 1.0, float(np.exp(values[-1] - top)), last_slope)
    total = float(pieces.sum()) + rest + 1e-300
    after = np.append(np.cumsum(pieces[::-1])[::-1], 0.0) + rest
    if not free:
        at = int(np.searchsorted(outer, end))
        slope = _slope(outer[at : at + 2] + 1.0, values[at : at + 2]) if at + 1 < len(outer) else last_slope
        return min(1.0, float(after[at]) / total) if np.isfinite(total) else 1.0, slope, end
    if not np.isfinite(total):
        return 1.0, last_slope, float(outer[-1])
    enough = np.flatnonzero(after / total < TAIL)
    at = int(enough[0]) if len(enough) else len(outer) - 1
    return float(after[at] / total), last_slope, float(outer[at])


def _slope(points: Floats, values: Floats) -> float:
    return float((values[1] - values[0]) / np.log(points[1] / points[0]))


def _power_pieces(points: Floats, masses: Floats, logs: Floats) -> Floats:
    """The integral of the power law through neighbouring points, for each pair of them."""
    ratio = np.log(points[1:] / points[:-1])
    grown = np.diff(logs) + ratio
    with np.errstate(over="ignore"):
        factor = np.where(
            np.abs(grown) < 1e-9, 1.0, np.expm1(np.minimum(grown, 700)) / np.where(grown == 0, 1.0, grown)
        )
    rising = points[1:] * masses[1:] * ratio * -np.expm1(-np.maximum(grown, 1e-9)) / np.maximum(grown, 1e-9)
    falling = points[:-1] * masses[:-1] * ratio * factor
    return np.asarray(np.where(grown > 0, rising, falling), dtype=np.float64)


def _power_rest(point: float, mass: float, slope: float) -> float:
    if mass == 0.0 or slope == -np.inf:
        return 0.0
    return np.inf if slope >= -1.0 else point * mass / -(slope + 1.0)


def _panels(known: _Known, ordered: list[float], allowed: float, drop: float = DROP) -> list[Panel]:
    """Panels on which the curve is held to `allowed`, from the marks between which it only rises or falls."""
    starts = np.array(ordered)
    values = known(starts)
    top = float(values.max())
    waiting = [
        (starts[at], starts[at + 1] - 1 if at + 2 < len(starts) else starts[at + 1])
        for at in range(len(starts) - 1)
        if max(values[at], values[at + 1]) > top - drop
    ]
    if len(starts) == 1:
        waiting = [(starts[0], starts[0])]
    done: list[Panel] = []
    panels = [_panel(float(first), float(last), DEGREE) for first, last in waiting]
    while panels:
        known(np.concatenate([panel.nodes for panel in panels]))
        again: list[Panel] = []
        for panel in panels:
            held = known(panel.nodes)
            left = 0.0 if panel.exact else _left_over(held)
            if left <= allowed or len(done) + len(panels) > PANELS_MAX:
                done.append(panel)
            elif float(held.max()) > top - drop:
                again += _finer(panel, left)
        panels = again
    return sorted(done, key=lambda panel: panel.first)


def _panel(first: float, last: float, degree: int) -> Panel:
    if last - first <= DEGREE:
        return Panel(first, last, np.arange(first, last + 1), True)
    half = (last - first) / 2
    return Panel(first, last, first + half - half * np.cos(np.pi * np.arange(degree + 1) / degree), False)


def _finer(panel: Panel, left: float) -> list[Panel]:
    """Twice the degree, which keeps the points there are, where that promises enough; else two halves."""
    if len(panel.nodes) == DEGREE + 1 and left < 3e-4 and panel.last - panel.first > 2 * DEGREE:
        return [_panel(panel.first, panel.last, 2 * DEGREE)]
    middle = float(np.floor((panel.first + panel.last) / 2))
    return [_panel(panel.first, middle, DEGREE), _panel(middle + 1, panel.last, DEGREE)]


@lru_cache(maxsize=2)
def _turn(degree: int) -> Floats:
    """The last rows of the cosine transform that gives Chebyshev coefficients from values."""
    turn = np.cos(np.pi * np.outer(np.arange(degree - 2, degree + 1), np.arange(degree + 1)) / degree)
    turn[:, [0, -1]] /= 2
    return np.asarray(turn * 2 / degree)


def _left_over(values: Floats) -> float:
    """The largest of the last three Chebyshev coefficients of the polynomial through the values."""
    return float(np.abs(_turn(len(values) - 1) @ (values - values.mean())).max())


def _between(panel: Panel, rows: Floats, points: NDArray[np.int64] | Floats) -> Floats:
    """The polynomials through `rows` (curves by nodes) at these points (barycentric; Berrut & Trefethen 2004)."""
    from recuento.estimate.dga_kernel import barycentric

    if panel.exact and points.dtype.kind == "i":
        return rows[:, (points - int(panel.first)).astype(np.int64)]
    weights = _equal_weights(len(panel.nodes)) if panel.exact else _chebyshev_weights(len(panel.nodes))
    between: Floats = barycentric(panel.nodes, weights, np.ascontiguousarray(rows), points.astype(np.float64))
    return between


@lru_cache(maxsize=2)
def _chebyshev_weights(count: int) -> Floats:
    weights = np.where(np.arange(count) % 2, -1.0, 1.0)
    weights[[0, -1]] /= 2
    return weights


@lru_cache(maxsize=32)
def _equal_weights(count: int) -> Floats:
    weights = np.ones(count)
    for at in range(1, count):
        weights[at] = -weights[at - 1] * (count - at) / at
    return weights


def _support(panels: list[Panel], singles: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Whole numbers of all panels; beyond the first `singles`, the middles of wider and wider cells."""
    doubling = singles // 32
    points = []
    steps = []
    used = 0
    for panel in panels:
        at = int(panel.first)
        last = int(panel.last)
        while at <= last:
            step = 1 if used < singles else 1 << (1 + (used - singles) // doubling)
            room = singles - used if step == 1 else doubling - (used - singles) % doubling
            cells = min(room, max(1, (last - at + 1) // step))
            step = min(step, last - at + 1)
            starts = at + step * np.arange(cells, dtype=np.int64)
            points.append(starts + (step - 1) // 2)
            steps.append(np.full(cells, step, dtype=np.int64))
            at += cells * step
            used += cells
    return np.concatenate(points), np.concatenate(steps)


def _cell_mass(grid: Grid, known: _Known) -> Floats:
    """log of the summed mass of every cell: three Gauss points where a cell is wider than one whole number."""
    values = known(grid.nodes)
    logs = grid.spread(values)
    wide = np.flatnonzero(grid.steps > 1)
    if not len(wide):
        return logs
    out = logs
    at = 0
    lowest = grid.points - (grid.steps - 1) // 2 - 0.5
    for panel in grid.panels:
        inside = wide[(grid.points[wide] >= panel.first) & (grid.points[wide] <= panel.last)]
        if len(inside):
            rows = values[None, at : at + len(panel.nodes)]
            offsets = 0.5 + 0.5 * np.array([-np.sqrt(0.6), 0.0, np.sqrt(0.6)])
            parts = np.stack([_between(panel, rows, lowest[inside] + part * grid.steps[inside])[0] for part in offsets])
            shares = np.log(np.array([5.0, 8.0, 5.0]) / 18.0)[:, None] + parts
            top = shares.max(axis=0)
            out[inside] = top + np.log(np.exp(shares - top).sum(axis=0)) + np.log(grid.steps[inside])
        at += len(panel.nodes)
    return out


def _error_between(grid: Grid, known: _Known, curve: Curve) -> float:
    """The largest error of the polynomials at a whole number of each panel, as far from its nodes as it gets."""
    peak = float(known(grid.nodes).max())
    places = [
        (panel, np.array([np.rint(panel.first + (panel.last - panel.first) * 0.5490085701647803)]))
        for panel in grid.panels
        if not panel.exact and float(known(panel.nodes).max()) > peak - 46
    ]
    if not places:
        return 0.0
    straight = curve(np.concatenate([place for _, place in places]))
    held = np.array([_between(panel, known(panel.nodes)[None, :], place)[0, 0] for panel, place in places])
    return float(np.abs(straight - held).max())
