"""The least adjustment: by how many people in all the figures would have to give way so that everything adds up.

An illustration, never a finding: few claims move and it says which, but the fewest people moved is not the truth.
Several adjustments are often equally small; the range over all of them is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recuento.balance.linear import solver_present
from recuento.balance.oracle import Item, items_of
from recuento.balance.refusals import refuse_malformed
from recuento.balance.system import System, in_force, is_unlimited, system_of
from recuento.errors import RecuentoError
from recuento.model.balance import World
from recuento.model.ledger import Constraint, Ledger


class NoSolver(RecuentoError):
    """HiGHS is needed and not installed."""

    def __init__(self) -> None:
        super().__init__(
            "this needs the solver: pip install highspy",
            "esto necesita el programa de optimización: pip install highspy",
        )


@dataclass(frozen=True, slots=True)
class Moved:
    """One claim that gives way in the adjustment shown: by so many people, upward or downward."""

    claim: str
    term: str
    by: int


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A least adjustment. `total` is the weighted number of people moved.

    `values` is one adjusted world; `ranges` gives for each term the least and the greatest value over all equally
    small adjustments (None: no limit known).
    """

    total: float
    moved: tuple[Moved, ...]
    values: tuple[tuple[str, int], ...]
    ranges: tuple[tuple[str, int, int | None], ...]


def least_adjustment(
    ledger: Ledger,
    constraints: Sequence[Constraint],
    world: World,
    *,
    weights: Mapping[str, float] | None = None,
    terms: Sequence[str] | None = None,
) -> Adjustment:
    """Give the adjustment of the claims of the world that moves the fewest people, weighted by claim.

    Claims that say the same move as one, with the heaviest of their weights (1 if not given). `terms` limits the
    terms whose range over ties is worked out. Raises NoSolver where HiGHS is missing.
    """
    refuse_malformed(ledger, constraints)
    if not solver_present():
        raise NoSolver
    system = system_of(ledger, world.readings)
    items = items_of(in_force(constraints, world.claims, world.readings))
    said = [(item, constraint) for item in items for constraint in item.constraints]
    costs = [max((weights or {}).get(id, 1.0) for id in item.claims) for item, _ in said]
    program = _Adjusting(system, said, costs)
    total, values, slacks = program.least()
    moved = tuple(
        Moved(item.id, constraint.term, by) for (item, constraint), by in zip(said, slacks, strict=True) if by != 0
    )
    wanted = system.terms if terms is None else [id for id in system.terms if id in frozenset(terms)]
    ranges = tuple((id, *program.range_of(system.number[id])) for id in wanted)
    named = tuple((id, values[column]) for column, id in enumerate(system.terms))
    return Adjustment(total, moved, named, ranges)


class _Adjusting:
    """The linear program: identities hold, each claim may give way at its cost."""

    def __init__(self, system: System, said: Sequence[tuple[Item, Constraint]], costs: Sequence[float]) -> None:
        import highspy
        import numpy as np

        self._size, self._claims = len(system.terms), len(said)
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("solver", "simplex")
        self._solver, inf = solver, solver.inf
        for _ in range(self._size):
            solver.addVar(0.0, inf)
        for cost in costs:
            for _ in range(2):
                solver.addVar(0.0, inf)
                solver.changeColCost(solver.getNumCol() - 1, cost)
        for row in system.rows:
            columns = np.array([column for column, _ in row.cells], dtype=np.int32)
            values = np.array([float(coefficient) for _, coefficient in row.cells])
            high = float(row.constant) if row.equal else inf
            solver.addRow(float(row.constant), high, len(columns), columns, values)
        for place, (_, constraint) in enumerate(said):
            at = self._size + 2 * place
            columns = np.array([system.number[constraint.term], at, at + 1], dtype=np.int32)
            low = float(constraint.low) if constraint.low is not None else -inf
            high = float(constraint.high) if constraint.high is not None else inf
            solver.addRow(low, high, 3, columns, np.array([1.0, 1.0, -1.0]))
        self._costs = list(costs)

    def least(self) -> tuple[float, list[int], list[int]]:
        """The least total, an adjusted world, and by how much each claim gives way (upward is positive)."""
        import numpy as np

        self._solver.run()
        total = float(self._solver.getInfo().objective_function_value)
        found = self._solver.getSolution().col_value
        values = [round(found[column]) for column in range(self._size)]
        slacks = []
        for place in range(self._claims):
            at = self._size + 2 * place
            slacks.append(round(found[at + 1]) - round(found[at]))
            self._solver.changeColCost(at, 0.0)
            self._solver.changeColCost(at + 1, 0.0)
        # From now on every adjustment as small as the least is allowed, and none larger.
        columns = np.arange(self._size, self._size + 2 * self._claims, dtype=np.int32)
        doubled = np.repeat(np.array(self._costs), 2)
        self._solver.addRow(-self._solver.inf, total + 1e-6, len(columns), columns, doubled)
        return total, values, slacks

    def range_of(self, column: int) -> tuple[int, int | None]:
        """The least and greatest value of a term over all equally small adjustments."""
        ends = []
        for sign in (1.0, -1.0):
            self._solver.changeColCost(column, sign)
            self._solver.run()
            status = str(self._solver.modelStatusToString(self._solver.getModelStatus()))
            ends.append(self._solver.getSolution().col_value[column] if status == "Optimal" else None)
        self._solver.changeColCost(column, 0.0)
        low, high = ends
        limited = high is not None and not is_unlimited(round(high))
        return round(low or 0.0), round(high) if limited and high is not None else None
