"""Linear programs over one part of a ledger, solved by HiGHS. The only module that knows `highspy`.

A solver is asked for multipliers and a point, never believed: `sums` and `check` redo both in whole numbers.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from typing import Any

from recuento.balance.propagation import Multipliers, Weight
from recuento.balance.system import Ends, Part, System, is_unlimited, open_ends

_DENOMINATOR_MAX = 5_000
_DUAL, _PRIMAL = 1, 4
"""Strategies of the simplex method, by HiGHS's numbers."""


def solver_present() -> bool:
    """Whether HiGHS can be used here."""
    return find_spec("highspy") is not None


@dataclass(frozen=True, slots=True)
class Point:
    """An optimum: a value for each column of the part, and the multipliers of its rows."""

    values: dict[int, float]
    multipliers: Multipliers

    def is_whole(self) -> bool:
        """Whether every value is a whole number, to the solver's precision."""
        return all(abs(value - round(value)) < 1e-6 for value in self.values.values())

    def whole(self) -> dict[int, int]:
        """The values rounded to whole numbers."""
        return {column: round(value) for column, value in self.values.items()}


class Program:
    """A warm linear program over one part: identities are rows, ends are bounds of columns."""

    def __init__(self, system: System, part: Part) -> None:
        self._columns = part.columns
        self._rows = part.rows
        self._place = {column: place for place, column in enumerate(part.columns)}
        self._solver = _solver()
        _pass_model(self._solver, system, part, self._place, ())
        self._ends: list[tuple[int, int] | None] = [None] * len(part.columns)
        self._costs: dict[int, float] = {}
        self._moved = True

    def take(self, ends: Ends) -> None:
        """Work under these ends from now on."""
        for place, column in enumerate(self._columns):
            wanted = (ends.low[column], ends.high[column])
            if wanted != self._ends[place]:
                self._ends[place] = wanted
                self._moved = True
                high = self._solver.inf if is_unlimited(wanted[1]) else float(wanted[1])
                self._solver.changeColBounds(place, float(wanted[0]), high)

    def least(self, weights: Mapping[int, int]) -> Point | bool | None:
        """The point where the weighted sum is least; False where there is no least, None where there is no point."""
        costs = {self._place[column]: float(weight) for column, weight in weights.items()}
        for place in self._costs.keys() - costs.keys():
            self._solver.changeColCost(place, 0.0)
        for place, cost in costs.items():
            if self._costs.get(place) != cost:
                self._solver.changeColCost(place, cost)
        self._costs = costs
        # The last point stays possible while only costs change: the primal simplex then goes on from it. Measured on
        # 73,000 terms: 0.05 s a bound against 0.7 s.
        self._solver.setOptionValue("simplex_strategy", _DUAL if self._moved else _PRIMAL)
        self._moved = False
        status = self._status()
        if status == "Unbounded":
            return False
        if status != "Optimal":
            return None
        solution = self._solver.getSolution()
        values, duals = solution.col_value, solution.row_dual
        return Point(
            {column: values[place] for place, column in enumerate(self._columns)},
            _exact({row: duals[place] for place, row in enumerate(self._rows)}),
        )

    def _status(self) -> str:
        self._solver.run()
        status = str(self._solver.modelStatusToString(self._solver.getModelStatus()))
        if status in ("Optimal", "Infeasible", "Unbounded"):
            return status
        # A warm basis can leave the question open; a cold start settles it.
        self._solver.clearSolver()
        self._solver.run()
        return str(self._solver.modelStatusToString(self._solver.getModelStatus()))


class Elastic:
    """A warm linear program in which every end may give way at a cost of one a person: how far from possible?

    Its optimum is zero where the claims can all be true. Else its multipliers prove that they cannot, which
    spares the unreliable rays of an infeasible program.
    """

    def __init__(self, system: System, part: Part, soft: Container[int] | None = None) -> None:
        """`soft` are the columns that somebody may speak of (all, if None)."""
        self._system = system
        self._part = part
        self._columns = part.columns
        self._rows = part.rows
        place = {column: at for at, column in enumerate(part.columns)}
        self._soft = [column for column in part.columns if soft is None or column in soft]
        self._solver = _solver()
        _pass_model(self._solver, system, part, place, [place[column] for column in self._soft])
        self._ends: list[tuple[int, int] | None] = [None] * len(self._soft)
        self._base = len(part.rows)

    def take(self, ends: Ends) -> None:
        """Work under these ends from now on."""
        for place, column in enumerate(self._soft):
            wanted = (ends.low[column], ends.high[column])
            if wanted != self._ends[place]:
                self._ends[place] = wanted
                high = self._solver.inf if is_unlimited(wanted[1]) else float(wanted[1])
                self._solver.changeRowBounds(self._base + place, float(wanted[0]), high)

    def nearest(self) -> tuple[float, Point]:
        """How far the ends have to give way in all, and the point and multipliers that show it."""
        self._solver.run()
        if str(self._solver.modelStatusToString(self._solver.getModelStatus())) != "Optimal":
            return self._giving_all()
        solution = self._solver.getSolution()
        values, duals = solution.col_value, solution.row_dual
        point = Point(
            {column: values[place] for place, column in enumerate(self._columns)},
            _exact({row: duals[place] for place, row in enumerate(self._rows)}),
        )
        return float(self._solver.getInfo().objective_function_value), point

    def _giving_all(self) -> tuple[float, Point]:
        """Where the identities alone are impossible, let them and "no count is negative" give way too."""
        ends = open_ends(len(self._system.terms))
        for place, column in enumerate(self._soft):
            ends.low[column], ends.high[column] = self._ends[place] or (0, ends.high[column])
        solver = _solver()
        place_of = {column: at for at, column in enumerate(self._columns)}
        _pass_model(solver, self._system, self._part, place_of, range(len(self._columns)), hard=False)
        for at, column in enumerate(self._columns):
            high = solver.inf if is_unlimited(ends.high[column]) else float(ends.high[column])
            solver.changeRowBounds(self._base + at, float(ends.low[column]), high)
        solver.run()
        solution = solver.getSolution()
        values, duals = solution.col_value, solution.row_dual
        point = Point(
            {column: values[at] for at, column in enumerate(self._columns)},
            _exact({row: duals[at] for at, row in enumerate(self._rows)}),
        )
        return float(solver.getInfo().objective_function_value), point


def load_solver() -> None:
    """Bring in the solver, which the first question asked of it otherwise waits for (0.2 s)."""
    _solver()


def _solver() -> Any:
    import highspy

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("solver", "simplex")
    return solver


def _pass_model(
    solver: Any, system: System, part: Part, place: Mapping[int, int], soft: Sequence[int], *, hard: bool = True
) -> None:
    """Hand over the rows, and for each soft column a row for its ends with a slack to either side.

    Unless `hard`, identities give way too, at a higher cost, and columns may go below zero at the cost of the rest.
    """
    import highspy
    import numpy as np

    inf = solver.inf
    size = len(part.columns)
    starts, indices, values = [0], [], []
    low: list[float] = []
    high: list[float] = []
    first_give = size + 2 * len(soft)
    for at, row in enumerate(system.rows[number] for number in part.rows):
        for column, coefficient in row.cells:
            indices.append(place[column])
            values.append(float(coefficient))
        if not hard:
            indices += [first_give + 2 * at, first_give + 2 * at + 1]
            values += [1.0, -1.0]
        starts.append(len(indices))
        low.append(float(row.constant))
        high.append(float(row.constant) if row.equal else inf)
    for slack, at in enumerate(soft):
        indices += [at, size + 2 * slack, size + 2 * slack + 1]
        values += [1.0, 1.0, -1.0]
        starts.append(len(indices))
        low.append(-inf)
        high.append(inf)
    lp = highspy.HighsLp()
    gives = 0 if hard else 2 * len(part.rows)
    lp.num_col_ = first_give + gives
    lp.num_row_ = len(low)
    lp.col_cost_ = np.array([0.0] * size + [1.0] * (2 * len(soft)) + [100.0] * gives)
    lp.col_lower_ = np.concatenate([np.full(size, 0.0 if hard else -inf), np.zeros(2 * len(soft) + gives)])
    lp.col_upper_ = np.full(lp.num_col_, inf)
    lp.row_lower_ = np.array(low, dtype=np.double)
    lp.row_upper_ = np.array(high, dtype=np.double)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(indices, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(values, dtype=np.double)
    solver.passModel(lp)


def _exact(duals: Mapping[int, float]) -> Multipliers:
    """Multipliers as whole numbers, or as fractions where they are not."""
    exact: dict[int, Weight] = {}
    for row, dual in duals.items():
        nearest = round(dual)
        if abs(dual - nearest) < 1e-7:
            if nearest:
                exact[row] = nearest
        else:
            exact[row] = Fraction(dual).limit_denominator(_DENOMINATOR_MAX)
    return exact
