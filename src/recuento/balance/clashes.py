"""Conflicts in two tiers, and the corrections that would end them.

A disagreement gives one term different values. An arithmetical conflict gives different terms values that cannot
add up. Both are smallest sets: leave out any one claim and the rest can be true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from recuento.balance.check import basis_of, verify_on
from recuento.balance.dualise import all_conflicts, mask_of, numbers_in
from recuento.balance.oracle import Item, Oracle, identities_in, items_of, smallest_within
from recuento.balance.refusals import refuse_malformed
from recuento.balance.solve import solver_wanted
from recuento.balance.system import ends_of, in_force, parts_of, system_of
from recuento.model.balance import Conflict, ConflictKind, Correction, Proof, World
from recuento.model.ledger import Constraint, Ledger

CONFLICTS_MAX = 5_000


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that no other claims can clash with: their conflicts and the corrections that would end them.

    `complete` is False where there was too much to list it all.
    """

    conflicts: tuple[Conflict, ...]
    corrections: tuple[Correction, ...]
    contested: frozenset[str]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Clashes:
    """All that clashes in a world, in groups. A correction of the whole is one correction of each group."""

    conflicts: tuple[Conflict, ...]
    groups: tuple[Group, ...]
    complete: bool = True

    @property
    def contested(self) -> frozenset[str]:
        """The claims that stand in some conflict, copies included."""
        return frozenset(claim for group in self.groups for claim in group.contested)

    @property
    def corrections_count(self) -> int:
        """How many smallest corrections of the whole there are."""
        return prod(len(group.corrections) for group in self.groups)

    @property
    def least_correction(self) -> Correction:
        """A correction of the fewest claims; empty where nothing clashes, or where no removal would help."""
        claims = sorted(claim for group in self.groups for c in group.corrections[:1] for claim in c.claims)
        return Correction(tuple(claims), weight=float(len(claims)))

    def of_kind(self, kind: ConflictKind) -> tuple[Conflict, ...]:
        """The conflicts of one tier."""
        return tuple(conflict for conflict in self.conflicts if conflict.kind == kind)


def clashes(
    ledger: Ledger,
    constraints: Sequence[Constraint],
    world: World,
    *,
    merge: bool = False,
    most: int = CONFLICTS_MAX,
    solver: bool | None = None,
) -> Clashes:
    """Give every smallest conflict and every smallest correction of the world.

    Claims that say the same are searched as one. With `merge` they stay one in the result (the claim whose id
    sorts first stands for the rest); without it every combination of copies is listed.
    """
    refuse_malformed(ledger, constraints)
    held = in_force(constraints, world.claims, world.readings)
    oracle = oracle_for(ledger, held, world, solver)
    groups = [_group(oracle, ledger, numbers, merge=merge, most=most) for numbers in separate_items(oracle)]
    found = sorted((conflict for group in groups for conflict in group.conflicts), key=conflict_order)
    basis = basis_of(ledger, held)
    for conflict in found:
        verify_on(basis, conflict.proof)
    return Clashes(tuple(found), tuple(group for group in groups if group.conflicts), all(g.complete for g in groups))


def separate_items(oracle: Oracle) -> list[list[int]]:
    """The items in groups that no identity ties to one another: no conflict reaches across."""
    part_of = {column: place for place, part in enumerate(parts_of(oracle.system)) for column in part.columns}
    groups: dict[int, list[int]] = {}
    merged: dict[int, int] = {}

    def root(part: int) -> int:
        while part in merged:
            part = merged[part]
        return part

    touched = [[part_of[oracle.system.number[c.term]] for c in item.constraints] for item in oracle.items]
    for parts in touched:
        for part in parts[1:]:
            one, other = sorted((root(parts[0]), root(part)))
            if one != other:
                merged[other] = one
    for number, parts in enumerate(touched):
        groups.setdefault(root(parts[0]), []).append(number)
    return [groups[part] for part in sorted(groups)]


def _group(oracle: Oracle, ledger: Ledger, numbers: Sequence[int], *, merge: bool, most: int) -> Group:
    """All conflicts and corrections among those items."""
    items = oracle.items
    proofs: dict[int, Proof] = {}

    def shrink(mask: int) -> int | None:
        chosen = numbers_in(mask)
        proof = oracle.contradiction(chosen)
        if proof is None:
            return None
        core, smallest = smallest_within(oracle, chosen, proof)
        found = mask_of(core)
        proofs[found] = smallest
        return found

    masks, hitting, complete = all_conflicts(mask_of(numbers), shrink, most=most)
    spelled = [c for mask in masks for c in _spelled(oracle, mask, proofs[mask], ledger, merge=merge)]
    corrections = sorted((_correction(items, mask, merge=merge) for mask in hitting), key=correction_order)
    contested = {claim for mask in masks for number in numbers_in(mask) for claim in items[number].claims}
    return Group(tuple(sorted(spelled, key=conflict_order)), tuple(corrections), frozenset(contested), complete)


def conflicts(
    ledger: Ledger, constraints: Sequence[Constraint], world: World, *, solver: bool | None = None
) -> tuple[Conflict, ...]:
    """Every smallest conflict of the world, copies counted once: smaller ones first, then by claim ids."""
    return clashes(ledger, constraints, world, merge=True, solver=solver).conflicts


def one_smallest_conflict(
    ledger: Ledger, constraints: Sequence[Constraint], world: World, *, solver: bool | None = None
) -> Conflict | None:
    """One conflict of the fewest claims (the first in a fixed order), or None where all can be true.

    In a world too large to list all its conflicts it is smallest in the sense that no claim can be left out.
    """
    held = in_force(constraints, world.claims, world.readings)
    oracle = oracle_for(ledger, held, world, solver)
    everything = range(len(oracle.items))
    proof = oracle.contradiction(everything)
    if proof is None:
        return None
    if len(oracle.items) <= 60:
        found = clashes(ledger, held, world, merge=True, most=200, solver=solver).conflicts
        if found:
            return found[0]
    core, proof = smallest_within(oracle, everything, proof)
    return _spelled(oracle, mask_of(core), proof, ledger, merge=True)[0]


def conflict_order(conflict: Conflict) -> tuple[int, tuple[str, ...]]:
    """Smaller conflicts first, then by claim ids."""
    return (len(conflict.claims), conflict.claims)


def correction_order(correction: Correction) -> tuple[float, int, tuple[str, ...]]:
    """Lighter corrections first, then smaller ones, then by claim ids."""
    return (correction.weight, len(correction.claims), correction.claims)


def oracle_for(ledger: Ledger, held: Sequence[Constraint], world: World, solver: bool | None) -> Oracle:
    """The oracle of these constraints; `solver` None uses HiGHS where it is installed."""
    return Oracle(system_of(ledger, world.readings), items_of(held), solver=solver_wanted(solver))


def _spelled(oracle: Oracle, mask: int, proof: Proof, ledger: Ledger, *, merge: bool) -> list[Conflict]:
    """The conflict in claims; with copies spelled out, one for each way of choosing among them."""
    members = [oracle.items[number] for number in numbers_in(mask)]
    readings = _needed_readings(oracle, members, proof, ledger)
    choices = [item.claims[:1] if merge else item.claims for item in members]
    return [_conflict(members, chosen, proof, readings) for chosen in product(*choices)]


def _conflict(members: Sequence[Item], chosen: Sequence[str], proof: Proof, readings: tuple[str, ...]) -> Conflict:
    names = {item.id: claim for item, claim in zip(members, chosen, strict=True)}
    terms = tuple(sorted({said.term for item in members for said in item.constraints}))
    kind = ConflictKind.DISAGREEMENT if len(terms) == 1 else ConflictKind.ARITHMETICAL
    return Conflict(kind, tuple(sorted(chosen)), terms, _renamed(proof, names), readings)


def _needed_readings(oracle: Oracle, members: Sequence[Item], proof: Proof, ledger: Ledger) -> tuple[str, ...]:
    """The readings without which these claims would not clash, and those that the identities of the proof need."""
    said = [constraint for item in members for constraint in item.constraints]
    used = {identity.reading for identity in ledger.identities if identity.id in identities_in(proof)}
    for reading in sorted({constraint.reading for constraint in said if constraint.reading}):
        rest = [constraint for constraint in said if constraint.reading != reading]
        if oracle.contradiction_under(ends_of(oracle.system, rest)) is None:
            used.add(reading)
    return tuple(sorted(reading for reading in used if reading))


def _renamed(proof: Proof, names: dict[str, str]) -> Proof:
    """The same proof with each claim replaced by the copy that was chosen."""
    lines = tuple(replace(line, ref=names.get(line.ref, line.ref)) if line.end else line for line in proof.lines)
    return replace(proof, lines=lines, cases=tuple(_renamed(case, names) for case in proof.cases))


def _correction(items: Sequence[Item], mask: int, *, merge: bool) -> Correction:
    chosen = [items[number] for number in numbers_in(mask)]
    claims = [claim for item in chosen for claim in (item.claims[:1] if merge else item.claims)]
    return Correction(tuple(sorted(claims)), weight=float(len(claims)))
