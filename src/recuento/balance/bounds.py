"""What follows in one world: exact ends of every term with their proofs, or the smallest set that clashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recuento.balance.check import basis_of, verify_attained, verify_on
from recuento.balance.clashes import one_smallest_conflict
from recuento.balance.propagation import propagate
from recuento.balance.refusals import refuse_malformed
from recuento.balance.solve import PartSolver, Reach, solver_wanted
from recuento.balance.sums import proof_of_conflict
from recuento.balance.system import System, ends_of, in_force, parts_of, system_of
from recuento.model.balance import Balance, Bound, Proof, World
from recuento.model.ledger import Constraint, Ledger


def balance(
    ledger: Ledger,
    constraints: Sequence[Constraint],
    world: World,
    *,
    event: str = "",
    terms: Iterable[str] | None = None,
    solver: bool | None = None,
) -> Balance:
    """Give the exact whole-number range of every term (or of `terms`) in the world, each end proved and verified.

    Only claims of `world.claims` and identities and constraints of `world.readings` count. Where they cannot all
    be true the balance has no bounds and names one smallest conflict. `solver` None uses HiGHS where it is
    installed; without it ends that cycles may loosen are marked not tight. Raises FaultsFound for malformed
    input. The result depends on no order of the input.
    """
    asked = Bounds(ledger, constraints, world, solver=solver)
    named = World(world.id, world.name, tuple(sorted(world.claims)), tuple(sorted(world.readings)))
    held = asked.held
    if asked.contradiction is not None:
        conflict = one_smallest_conflict(ledger, held, world, solver=solver)
        return Balance(event, named, ledger, held, consistent=False, conflict=conflict)
    wanted = asked.terms if terms is None else [id for id in asked.terms if id in frozenset(terms)]
    return Balance(event, named, ledger, held, consistent=True, bounds=tuple(asked.of(id) for id in wanted))


class Bounds:
    """A world taken in once, so that the bounds of single terms can be asked for. Large ledgers are worked so."""

    def __init__(
        self, ledger: Ledger, constraints: Sequence[Constraint], world: World, *, solver: bool | None = None
    ) -> None:
        """Raise FaultsFound for malformed input. `contradiction` is the proof that the world is impossible."""
        refuse_malformed(ledger, constraints)
        self.held = tuple(in_force(constraints, world.claims, world.readings))
        self._active = active_ledger(ledger, world.readings)
        self._basis = basis_of(self._active, self.held)
        self._system = system_of(ledger, world.readings)
        self._ends = ends_of(self._system, self.held)
        self._propagation = propagate(self._system, self._ends)
        self._solver = solver_wanted(solver)
        self._parts = parts_of(self._system)
        self._part_of = {column: place for place, part in enumerate(self._parts) for column in part.columns}
        self._made: dict[int, PartSolver] = {}
        self._near: dict[int, Ledger] = {}
        self.terms = self._system.terms
        self.contradiction = self._contradiction()

    def of(self, term: str) -> Bound:
        """The proved and verified range of the term. Only where there is no contradiction."""
        column = self._system.number[term]
        part = self._part_of[column]
        bound = _bound(self._system, self._solver_of(part), column)
        self._verify(bound, part)
        return bound

    def _contradiction(self) -> Proof | None:
        if self._propagation.failed is not None:
            return proof_of_conflict(self._system, self._ends, self._propagation.contradiction())
        cyclic = (place for place, part in enumerate(self._parts) if not part.simple)
        found = (self._solver_of(place).contradiction() for place in cyclic)
        return next((proof for proof in found if proof is not None), None)

    def _solver_of(self, place: int) -> PartSolver:
        if place not in self._made:
            part = self._parts[place]
            self._made[place] = PartSolver(self._system, part, self._ends, self._propagation, solver=self._solver)
        return self._made[place]

    def _verify(self, bound: Bound, place: int) -> None:
        """The bound passes the checker, or this raises: a proof that does not stand is a bug of ours."""
        ends = (
            (bound.low_proof, bound.low, bound.low_attained),
            (bound.high_proof, bound.high, bound.high_attained),
        )
        for proof, value, point in ends:
            if proof is None:
                continue
            verify_on(self._basis, proof)
            assert (proof.term, proof.value) == (bound.term, value)
            if point:
                verify_attained(proof, point, self._nearby(place), self._said_of(place))

    def _nearby(self, place: int) -> Ledger:
        """The identities that touch the terms of a part."""
        if place not in self._near:
            ids = {self._system.rows[row].id for row in self._parts[place].rows}
            identities = tuple(i for i in self._active.identities if i.id in ids)
            self._near[place] = Ledger(self._active.terms, identities)
        return self._near[place]

    def _said_of(self, place: int) -> list[Constraint]:
        return [said for said in self.held if self._part_of[self._system.number[said.term]] == place]


def _bound(system: System, solver: PartSolver, column: int) -> Bound:
    low, high = solver.reach(column, "low"), solver.reach(column, "high")
    assert low.value is not None and low.proof is not None, "a term has no low end"
    return Bound(
        term=system.terms[column],
        low=low.value,
        high=high.value,
        low_proof=low.proof,
        high_proof=high.proof,
        low_tight=low.tight,
        high_tight=high.tight,
        low_attained=_named(system, low),
        high_attained=_named(system, high),
    )


def _named(system: System, reach: Reach) -> tuple[tuple[str, int], ...]:
    return tuple((system.terms[column], reach.point[column]) for column in sorted(reach.point))


def active_ledger(ledger: Ledger, readings: Iterable[str]) -> Ledger:
    """The ledger with only the identities that hold with those readings on."""
    on = frozenset(readings)
    identities = tuple(i for i in ledger.identities if i.reading is None or i.reading in on)
    return Ledger(ledger.terms, identities, ledger.readings, ledger.upper)
