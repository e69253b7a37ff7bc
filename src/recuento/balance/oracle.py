"""Can these claims all be true? Asked hundreds of times on changing selections of the same claims.

Claims that say the same of the same terms are one item here: copies neither add conflicts nor hide them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recuento.balance.points import satisfies
from recuento.balance.propagation import Multipliers, propagate
from recuento.balance.sums import proof_of_conflict, proof_of_disagreement, size_of
from recuento.balance.system import NO_LIMIT, Ends, Part, System, ends_of, parts_of
from recuento.model.balance import LineKind, Proof
from recuento.model.ledger import Constraint

if TYPE_CHECKING:
    from recuento.balance.linear import Elastic


@dataclass(frozen=True, slots=True)
class Item:
    """What one or more claims say alike. `claims` are sorted; the first stands for them in proofs."""

    claims: tuple[str, ...]
    constraints: tuple[Constraint, ...]

    @property
    def id(self) -> str:
        """The claim that stands for all."""
        return self.claims[0]


def items_of(constraints: Iterable[Constraint]) -> tuple[Item, ...]:
    """Group the constraints by claim and the claims by what they say. Claims that say nothing are left out."""
    by_claim: dict[str, list[Constraint]] = {}
    for said in constraints:
        if (said.low is not None and said.low > 0) or said.high is not None:
            by_claim.setdefault(said.claim, []).append(said)
    alike: dict[tuple[tuple[str, int, int], ...], list[str]] = {}
    for claim in sorted(by_claim):
        alike.setdefault(tuple(sorted(_range_of(said) for said in by_claim[claim])), []).append(claim)
    return tuple(Item(tuple(claims), tuple(by_claim[claims[0]])) for claims in alike.values())


def _range_of(said: Constraint) -> tuple[str, int, int]:
    return (said.term, said.low or 0, NO_LIMIT if said.high is None else said.high)


class Oracle:
    """Tells for any selection of items whether it can be true, and if not, proves it and names whom it rests on."""

    def __init__(self, system: System, items: Sequence[Item], *, solver: bool) -> None:
        self.system = system
        self.items = items
        self.asked = 0
        self.solver = solver
        self._cyclic = [part for part in parts_of(system) if not part.simple]
        self._elastic: dict[int, Elastic] = {}
        self._soft = frozenset(system.number[said.term] for item in items for said in item.constraints)
        self._item_of = {item.id: number for number, item in enumerate(items)}

    def ends(self, chosen: Iterable[int]) -> Ends:
        """The strongest ends among the chosen items."""
        return ends_of(self.system, (said for number in chosen for said in self.items[number].constraints))

    def contradiction(self, chosen: Iterable[int]) -> Proof | None:
        """The proof that the chosen items cannot all be true; None where they can."""
        return self.contradiction_under(self.ends(chosen))

    def contradiction_under(self, ends: Ends) -> Proof | None:
        """The proof that nothing lies within these ends; None where something does."""
        self.asked += 1
        propagation = propagate(self.system, ends)
        if propagation.failed is not None:
            proof = proof_of_conflict(self.system, ends, propagation.contradiction())
            if proof is not None:
                return proof
        if not self.solver:
            return None
        for number, part in enumerate(self._cyclic):
            proof = self._elastic_contradiction(number, part, ends)
            if proof is not None:
                return proof
        return None

    def contradictions(self, chosen: Iterable[int]) -> list[Proof]:
        """Several contradictions among the chosen that share no claim and no identity; empty if they can be true.

        One elastic program shows many at once: its multipliers fall into pieces that each prove one.
        """
        self.asked += 1
        ends = self.ends(chosen)
        found = _one_by_term(self.system, ends)
        if found:
            return found
        propagation = propagate(self.system, ends, visits_max=4 * len(self.system.rows) + 100)
        if propagation.failed is None and propagation.finished and not self._cyclic:
            return []
        if not self.solver or not self._cyclic:
            proof = self.contradiction(chosen)
            return [proof] if proof is not None else []
        for number, part in enumerate(self._cyclic):
            found += self._elastic_pieces(number, part, ends)
        if not found:
            proof = self.contradiction(chosen)
            found = [proof] if proof is not None else []
        return found

    def narrowed(self, proof: Proof) -> frozenset[int]:
        """The items of the proof, fewer where the identities of the proof alone show that fewer clash."""
        blamed = sorted(self.blamed(proof))
        rows = identities_in(proof)
        if proof.split is not None or len(blamed) <= 2:
            return frozenset(blamed)
        small = restricted(self.system, rows)
        place = 0
        while place < len(blamed) and len(blamed) > 2:
            rest = blamed[:place] + blamed[place + 1 :]
            if propagate(small, self.ends(rest)).failed is not None:
                blamed = rest
            else:
                place += 1
        return frozenset(blamed)

    def simplest(self, chosen: Iterable[int], proof: Proof) -> Proof:
        """The easiest proof found that these items clash, at least as easy as `proof`."""
        if not self.solver or proof.split is not None or size_of(proof)[0] <= 1:
            return proof
        ends = self.ends(chosen)
        if any(low > high for low, high in zip(ends.low, ends.high, strict=True)):
            return proof
        found = [proof]
        for number, part in enumerate(self._cyclic):
            other = self._elastic_contradiction(number, part, ends)
            if other is not None:
                found.append(other)
        return min(found, key=size_of)

    def blamed(self, proof: Proof) -> frozenset[int]:
        """The items whose claims the proof uses."""
        return frozenset(self._item_of[claim] for claim in claims_in(proof))

    def _elastic_contradiction(self, number: int, part: Part, ends: Ends) -> Proof | None:
        elastic = self._elastic_of(number, part)
        elastic.take(ends)
        distance, point = elastic.nearest()
        if distance > 1e-6:
            return proof_of_conflict(self.system, ends, point.multipliers)
        if satisfies(self.system, part, ends, point.whole()):
            return None
        return self._searched(part, ends)

    def _elastic_pieces(self, number: int, part: Part, ends: Ends) -> list[Proof]:
        """The separate contradictions that one optimum of the elastic program proves."""
        elastic = self._elastic_of(number, part)
        elastic.take(ends)
        distance, point = elastic.nearest()
        if distance <= 1e-6:
            return []
        proofs = (proof_of_conflict(self.system, ends, piece) for piece in pieces_of(self.system, point.multipliers))
        return [proof for proof in proofs if proof is not None]

    def _elastic_of(self, number: int, part: Part) -> Elastic:
        if number not in self._elastic:
            from recuento.balance.linear import Elastic

            self._elastic[number] = Elastic(self.system, part, self._soft)
        return self._elastic[number]

    def _searched(self, part: Part, ends: Ends) -> Proof | None:
        from recuento.balance.search import SearchGaveUp, searched_point

        try:
            return searched_point(self.system, part, ends)[0]
        except SearchGaveUp:
            return None


def _one_by_term(system: System, ends: Ends) -> list[Proof]:
    """The terms whose low end lies above their high end, each as a contradiction."""
    failing = [c for c in range(len(system.terms)) if ends.low[c] > ends.high[c]]
    return [proof_of_disagreement(system, ends, column) for column in failing]


def pieces_of(system: System, multipliers: Multipliers) -> list[Multipliers]:
    """Split multipliers where the sum falls apart: rows that share no term prove things of their own."""
    rows_of: dict[int, list[int]] = {}
    for row in multipliers:
        for column, _ in system.rows[row].cells:
            rows_of.setdefault(column, []).append(row)
    root = {row: row for row in multipliers}

    def find(row: int) -> int:
        while root[row] != row:
            root[row] = root[root[row]]
            row = root[row]
        return row

    for rows in rows_of.values():
        for other in rows[1:]:
            one, two = sorted((find(rows[0]), find(other)))
            root[two] = one
    pieces: dict[int, Multipliers] = {}
    for row in sorted(multipliers):
        pieces.setdefault(find(row), {})[row] = multipliers[row]
    return [pieces[row] for row in sorted(pieces)]


def restricted(system: System, rows: Iterable[str]) -> System:
    """The system with only the rows of those ids."""
    kept = frozenset(rows)
    few = tuple(row for row in system.rows if row.id in kept)
    touching: dict[int, list[int]] = {}
    for place, row in enumerate(few):
        for column, _ in row.cells:
            touching.setdefault(column, []).append(place)
    rows_of = tuple(tuple(touching.get(column, ())) for column in range(len(system.terms)))
    return System(system.terms, few, rows_of, system.number, system.unit)


def claims_in(proof: Proof) -> frozenset[str]:
    """The claims a proof rests on, those of its cases included."""
    mine = {line.ref for line in proof.lines if line.kind is LineKind.CLAIM}
    return frozenset(mine.union(*(claims_in(case) for case in proof.cases)))


def identities_in(proof: Proof) -> frozenset[str]:
    """The identities a proof rests on, those of its cases included."""
    mine = {line.ref for line in proof.lines if line.kind is LineKind.IDENTITY}
    return frozenset(mine.union(*(identities_in(case) for case in proof.cases)))


def smallest_within(oracle: Oracle, chosen: Iterable[int], proof: Proof) -> tuple[frozenset[int], Proof]:
    """Shrink a contradictory selection until leaving out any one item makes it possible; give it with its proof."""
    core = sorted(oracle.blamed(proof) & frozenset(chosen))
    place = 0
    while place < len(core):
        rest = core[:place] + core[place + 1 :]
        smaller = oracle.contradiction(rest)
        if smaller is None:
            place += 1
            continue
        proof = smaller
        kept = oracle.blamed(smaller)
        place = sum(number in kept for number in core[:place])
        core = [number for number in core if number in kept]
    return frozenset(core), oracle.simplest(core, proof)
