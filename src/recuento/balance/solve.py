"""Solve one part at a time: is there a point, how far can each term go, and what proves it?

Propagation answers parts without cycles. Elsewhere a linear program decides, and an integer search where that
ends between whole numbers. Without the solver the propagated ends stand, marked as outer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recuento.balance.points import Values, satisfies, walked_point
from recuento.balance.propagation import Propagation
from recuento.balance.sums import proof_of_bound, proof_of_conflict, size_of
from recuento.balance.system import Ends, Part, System, is_unlimited
from recuento.model.balance import Proof

if TYPE_CHECKING:
    from recuento.balance.linear import Program


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a term can go to one side: None without limit. `point` reaches it where it is `tight`."""

    value: int | None
    proof: Proof | None
    tight: bool
    point: Values = field(default_factory=dict)


def solver_wanted(solver: bool | None) -> bool:
    """Whether to use HiGHS: as asked, or where it is installed if nothing was asked."""
    if solver is not None:
        return solver
    from recuento.balance.linear import solver_present

    return solver_present()


class PartSolver:
    """Answers about one part under fixed ends. `solver` is false where HiGHS must not or cannot be used."""

    def __init__(self, system: System, part: Part, ends: Ends, propagation: Propagation, *, solver: bool) -> None:
        self._system = system
        self._part = part
        self._ends = ends
        self._propagation = propagation
        self._solver = solver and not part.simple
        self._program: Program | None = None

    def contradiction(self) -> Proof | None:
        """The proof that the part has no point, None where it has one (or where that could not be told)."""
        if self._part.simple or not self._solver:
            return None
        from recuento.balance.linear import Elastic

        point = self._linear().least({})
        if point is None:
            elastic = Elastic(self._system, self._part)
            elastic.take(self._ends)
            return proof_of_conflict(self._system, self._ends, elastic.nearest()[1].multipliers)
        if isinstance(point, bool) or satisfies(self._system, self._part, self._ends, point.whole()):
            return None
        return self._searched_contradiction()

    def reach(self, column: int, side: str) -> Reach:
        """How far the column can go to that side. Only for a part that has a point."""
        outer = self._propagated(column, side)
        if not self._solver:
            return self._witnessed(column, side, outer)
        return self._tightened(column, side, outer)

    def _propagated(self, column: int, side: str) -> Reach:
        value = self._propagation.low[column] if side == "low" else self._propagation.high[column]
        if is_unlimited(value):
            return Reach(None, None, self._part.simple)
        multipliers = self._propagation.proof_of(column, side)
        proof = proof_of_bound(self._system, self._ends, column, side, multipliers)
        assert proof is not None
        return Reach(proof.value, proof, self._part.simple)

    def _witnessed(self, column: int, side: str, outer: Reach) -> Reach:
        """The propagated bound with the point that reaches it, if walking finds one."""
        if outer.value is None:
            return outer
        low, high = self._propagation.low, self._propagation.high
        point = walked_point(self._system, low, high, column, outer.value)
        if satisfies(self._system, self._part, self._ends, point):
            return Reach(outer.value, outer.proof, True, point)
        return Reach(outer.value, outer.proof, False)

    def _tightened(self, column: int, side: str, outer: Reach) -> Reach:
        point = self._linear().least({column: 1 if side == "low" else -1})
        if isinstance(point, bool):
            return Reach(None, None, True)
        if point is None:
            return outer
        proof = proof_of_bound(self._system, self._ends, column, side, point.multipliers)
        proof = _better(proof, outer.proof, side)
        if proof is None:
            return Reach(None, None, False)
        whole = point.whole()
        if whole[column] == proof.value and satisfies(self._system, self._part, self._ends, whole):
            return Reach(proof.value, proof, True, whole)
        return self._searched(column, side, proof)

    def _searched(self, column: int, side: str, outer: Proof) -> Reach:
        from recuento.balance.search import SearchGaveUp, searched_bound

        try:
            proof, point = searched_bound(self._system, self._part, self._ends, column, side)
        except SearchGaveUp:
            return Reach(outer.value, outer, False)
        if outer.value == proof.value:
            proof = outer
        return Reach(proof.value, proof, True, point)

    def _searched_contradiction(self) -> Proof | None:
        from recuento.balance.search import SearchGaveUp, searched_point

        try:
            return searched_point(self._system, self._part, self._ends)[0]
        except SearchGaveUp:
            return None

    def _linear(self) -> Program:
        if self._program is None:
            from recuento.balance.linear import Program

            self._program = Program(self._system, self._part)
            self._program.take(self._ends)
        return self._program


def _better(one: Proof | None, other: Proof | None, side: str) -> Proof | None:
    """The sharper of two proofs, and of two equally sharp ones the one with less to follow."""
    if one is None or other is None:
        return one or other
    sharper = one.value - other.value if side == "low" else other.value - one.value
    if sharper != 0:
        return one if sharper > 0 else other
    return min((one, other), key=size_of)
