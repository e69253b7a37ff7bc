"""Integer search on one part, for the few terms where the linear program ends between whole numbers.

Gives a proof by cases: each case ends in a sum that proves the bound or a contradiction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from recuento.balance.linear import Elastic, Point, Program
from recuento.balance.points import Values, satisfies
from recuento.balance.sums import proof_of_bound, proof_of_conflict
from recuento.balance.system import Ends, Part, System
from recuento.model.balance import Proof

_NODES_MAX = 600


class SearchGaveUp(Exception):
    """The search was too long, or the term has no limit: the bound already known stays, as an outer one."""


@dataclass(slots=True)
class _Search:
    system: System
    part: Part
    column: int | None
    side: str
    program: Program
    elastic: Elastic | None = None
    best: int | None = None
    point: Values | None = None
    nodes_left: int = field(default=_NODES_MAX)

    @property
    def weights(self) -> Mapping[int, int]:
        return {} if self.column is None else {self.column: 1 if self.side == "low" else -1}

    def visit(self, ends: Ends) -> Proof:
        """The proof under these ends. Keeps the best point met."""
        self.nodes_left -= 1
        if self.nodes_left < 0:
            raise SearchGaveUp
        self.program.take(ends)
        point = self.program.least(self.weights)
        if isinstance(point, bool):
            raise SearchGaveUp
        if point is None:
            return self._contradiction(ends)
        proof = self._proof(ends, point)
        if point.is_whole() and satisfies(self.system, self.part, ends, point.whole()):
            self._keep(point.whole())
            return proof
        if self._is_closed(proof):
            return proof
        return self._branched(ends, point)

    def _proof(self, ends: Ends, point: Point) -> Proof:
        if self.column is None:
            return Proof(term="", side="low", value=0, lines=())
        proof = proof_of_bound(self.system, ends, self.column, self.side, point.multipliers)
        if proof is None:
            raise SearchGaveUp
        return proof

    def _contradiction(self, ends: Ends) -> Proof:
        self.elastic = self.elastic or Elastic(self.system, self.part)
        self.elastic.take(ends)
        proof = proof_of_conflict(self.system, ends, self.elastic.nearest()[1].multipliers)
        if proof is None:
            raise SearchGaveUp
        return proof

    def _keep(self, values: Values) -> None:
        reached = 0 if self.column is None else values[self.column]
        better = self.best is None or (reached < self.best if self.side == "low" else reached > self.best)
        if better:
            self.best, self.point = reached, values

    def _is_closed(self, proof: Proof) -> bool:
        """Whether this case cannot give anything better than the point already kept."""
        if self.best is None or self.column is None:
            return self.best is not None
        return proof.value >= self.best if self.side == "low" else proof.value <= self.best

    def _branched(self, ends: Ends, point: Point) -> Proof:
        column = next((c for c, v in point.values.items() if abs(v - round(v)) >= 1e-6), None)
        if column is None:
            raise SearchGaveUp
        below = int(point.values[column] // 1)
        first = self.visit(ends.assuming(column, "high", below))
        if self.column is None and self.point is not None:
            return first
        second = self.visit(ends.assuming(column, "low", below + 1))
        term = "" if self.column is None else self.system.terms[self.column]
        open_cases = [case.value for case in (first, second) if case.term == term or not term]
        if term and not open_cases:
            return Proof("", "low", 1, (), split=(self.system.terms[column], below), cases=(first, second))
        value = min(open_cases) if self.side == "low" else max(open_cases)
        return Proof(term, self.side, value, (), split=(self.system.terms[column], below), cases=(first, second))


def searched_bound(system: System, part: Part, ends: Ends, column: int, side: str) -> tuple[Proof, Values]:
    """The exact bound of a column of a part that has a point, and a point that reaches it."""
    search = _Search(system, part, column, side, Program(system, part))
    proof = search.visit(ends)
    if search.point is None or search.best != proof.value:
        raise SearchGaveUp
    return proof, search.point


def searched_point(system: System, part: Part, ends: Ends) -> tuple[Proof | None, Values | None]:
    """A point of the part, or the proof by cases that there is none."""
    search = _Search(system, part, None, "low", Program(system, part))
    proof = search.visit(ends)
    if search.point is not None:
        return None, search.point
    return proof, None
