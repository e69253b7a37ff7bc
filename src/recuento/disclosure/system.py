"""What somebody who has read every release can compute: one linear program over all of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from recuento.disclosure.counts import CountSystem, Release, Whole

Reals = NDArray[np.float64]
INFINITE = highspy.kHighsInf
_NODES = 100
"""Where a search in whole numbers stops; what it has not found by then counts as not there."""
_LARGEST = 250
"""Columns up to which whole numbers are searched for; beyond, more is hidden until corners of the program are whole."""


@dataclass(frozen=True, eq=False)
class Joint:
    """The counts of all releases as one system of equations: `matrix` @ (all counts, then slacks) = 0.

    Columns: the cells of each earlier release, those of this one, then one slack per cell and pair of consecutive
    releases that only grew or only shrank. That they did so is told to the attacker too, though none could be sure of
    it: what holds against more knowledge holds against less. So is that no hidden cell is zero, since zeros are shown.
    """

    matrix: NDArray[np.int64]
    truth: Whole
    hidden_before: NDArray[np.bool_]
    """Of the columns before this release: which were not shown."""
    cells: int
    releases: int

    @classmethod
    def of(cls, system: CountSystem, earlier: Sequence[Release]) -> Joint:
        """All releases together. Every one has the same cells and sums."""
        states = [*(release.values for release in earlier), system.values]
        n, m, r = len(system.values), len(system.sums), len(states)
        steps = [_direction(one, other) for one, other in itertools.pairwise(states)]
        slacks = sum(step != 0 for step in steps) * n
        matrix = np.zeros((r * m + slacks, r * n + slacks), dtype=np.int64)
        for at in range(r):
            matrix[at * m : (at + 1) * m, at * n : (at + 1) * n] = system.sums
        row, column, differences = r * m, r * n, []
        for at, step in enumerate(steps):
            if step == 0:
                continue
            here = np.arange(n)
            matrix[row + here, (at + 1) * n + here] = step
            matrix[row + here, at * n + here] = -step
            matrix[row + here, column + here] = -1
            differences.append(step * (states[at + 1] - states[at]))
            row, column = row + n, column + n
        return cls(
            matrix=matrix,
            truth=np.concatenate([*states, *differences]).astype(np.int64),
            hidden_before=np.concatenate([release.hidden for release in earlier] or [np.zeros(0, dtype=bool)]),
            cells=n,
            releases=r,
        )

    @property
    def before(self) -> int:
        """How many columns are cells of earlier releases."""
        return (self.releases - 1) * self.cells

    @property
    def now(self) -> slice:
        """The columns of this release."""
        return slice(self.before, self.before + self.cells)

    def bounds(self, hidden: NDArray[np.bool_]) -> tuple[Reals, Reals]:
        """What is known of every column before any sum is used, if `hidden` of this release is not shown."""
        low, high = self.truth.astype(np.float64), self.truth.astype(np.float64)
        unknown = np.zeros(len(self.truth), dtype=bool)
        unknown[: self.before], unknown[self.now] = self.hidden_before, hidden
        low[unknown], high[unknown] = 1.0, INFINITE
        slacks = self.before + self.cells
        low[slacks:], high[slacks:] = 0.0, INFINITE
        return low, high


def _direction(one: Whole, other: Whole) -> int:
    """1 where no count shrank, -1 where none grew, 0 where neither holds."""
    if (other >= one).all():
        return 1
    return -1 if (other <= one).all() else 0


class Attacker:
    """Solves for the most that a combination of counts can be; keeps the solver warm between questions."""

    def __init__(self, joint: Joint, *, room: int = 1_000_000, whole: bool = False) -> None:
        self.joint = joint
        self.room = joint.truth + float(room)
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        rows, columns = joint.matrix.shape
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns, rows
        model.col_cost_ = np.zeros(columns)
        low, high = joint.bounds(np.zeros(joint.cells, dtype=bool))
        model.col_lower_, model.col_upper_ = low, np.minimum(high, self.room)
        model.row_lower_ = model.row_upper_ = np.zeros(rows)
        places = [np.flatnonzero(joint.matrix[:, at]) for at in range(columns)]
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(place) for place in places])]).astype(np.int32)
        model.a_matrix_.index_ = np.concatenate(places).astype(np.int32) if places else np.zeros(0, dtype=np.int32)
        model.a_matrix_.value_ = np.concatenate([joint.matrix[place, at] for at, place in enumerate(places)]).astype(
            np.float64
        )
        if whole:
            for option in ("mip_max_nodes", "mip_max_leaves", "mip_max_stall_nodes"):
                self.solver.setOptionValue(option, _NODES)
            self.solver.setOptionValue("mip_max_improving_sols", 1)
            model.integrality_ = [highspy.HighsVarType.kInteger] * columns
        self.solver.passModel(model)
        self._all = np.arange(columns, dtype=np.int32)

    def sees(self, hidden: NDArray[np.bool_]) -> None:
        """From here on, `hidden` of this release is not shown."""
        low, high = self.joint.bounds(hidden)
        self.solver.changeColsBounds(len(low), self._all, low, np.minimum(high, self.room))

    def most(self, target: Reals, sign: int = 1) -> tuple[float, Reals, Reals]:
        """The most of `target` (with `sign` -1: of its opposite), the counts that reach it, and reduced costs.

        No count is looked for further above the truth than `room`.
        """
        self.solver.changeColsCost(len(self._all), self._all, -sign * target)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kSolutionLimit or not self.solver.getSolution().value_valid:
            return (
                float(sign * target @ self.joint.truth),
                self.joint.truth.astype(np.float64),
                np.zeros(len(self._all)),
            )
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the solver ended with {self.solver.modelStatusToString(status)}")
        solution = self.solver.getSolution()
        counts = np.array(solution.col_value)
        return float(sign * target @ counts), counts, -np.array(solution.col_dual)

    def reaching(self, target: Reals, least: float) -> Reals | None:
        """Some counts in which `target` is `least` or more; None where there are none, or none was found in time."""
        if len(self._all) > _LARGEST:
            return None
        places = np.flatnonzero(target).astype(np.int32)
        rows = self.joint.matrix.shape[0]
        self.solver.changeColsCost(len(self._all), self._all, np.zeros(len(self._all)))
        self.solver.addRow(least, highspy.kHighsInf, len(places), places, target[places])
        self.solver.run()
        counts = np.array(self.solver.getSolution().col_value)
        found = self.solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        self.solver.deleteRows(1, np.array([rows], dtype=np.int32))
        return counts if found else None
