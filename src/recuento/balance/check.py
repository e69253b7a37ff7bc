"""Check proofs in whole numbers. Knows no solver and takes nothing from the rest of the room.

`verify` recomputes every sum from the claims and identities themselves; nothing of the balance is shown or
published that has not passed it. The rules it applies are written down in docs/proofs.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from recuento.errors import CheckFailed
from recuento.model.balance import LineKind, Proof, ProofLine
from recuento.model.ledger import Constraint, Identity, Ledger, Relation

Assumptions = tuple[tuple[str, str, int], ...]
"""What a case assumes: (term, "low" or "high", value)."""


class ProofFails(CheckFailed):
    """A proof does not stand: the message names the line or the sum."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What proofs may rest on: the identities in force and the ends that claims give to terms."""

    terms: frozenset[str]
    identities: Mapping[str, Identity]
    ends: Mapping[tuple[str, str, str], tuple[int, ...]]
    """(claim, term, "low" or "high") to the ends that the claim gives there."""


def basis_of(ledger: Ledger, constraints: Iterable[Constraint]) -> Basis:
    """What proofs about this ledger and these constraints may rest on."""
    ends: dict[tuple[str, str, str], tuple[int, ...]] = {}
    for said in constraints:
        for side, value in (("low", said.low), ("high", said.high)):
            if value is not None:
                key = (said.claim, said.term, side)
                ends[key] = (*ends.get(key, ()), value)
    terms = frozenset(term.id for term in ledger.terms)
    return Basis(terms, {identity.id: identity for identity in ledger.identities}, ends)


def verify(proof: Proof, ledger: Ledger, constraints: Iterable[Constraint]) -> None:
    """Return if the proof stands on the ledger and the constraints; raise ProofFails if it does not."""
    verify_on(basis_of(ledger, constraints), proof)


def verify_on(basis: Basis, proof: Proof) -> None:
    """As `verify`, for many proofs on one basis."""
    if proof.term and proof.term not in basis.terms:
        raise _fails(f"the term {proof.term!r} is not in the ledger", f"el término {proof.term!r} no está en el libro")
    _verify_case(basis, proof, ())


def verify_world(world: Sequence[tuple[str, int]], ledger: Ledger, constraints: Iterable[Constraint]) -> None:
    """Return if the world obeys every identity that touches its terms and every constraint on them.

    A world may leave out the terms that no identity ties to those it has.
    """
    _verify_world(world, tuple(ledger.identities), tuple(constraints))


def verify_attained(
    proof: Proof, world: Sequence[tuple[str, int]], ledger: Ledger, constraints: Iterable[Constraint]
) -> None:
    """Return if the world is possible and reaches the bound of the proof: then the bound is exact."""
    verify_world(world, ledger, constraints)
    if dict(world).get(proof.term) != proof.value:
        raise _fails(f"the world does not reach {proof.term} = {proof.value}",
                     f"el mundo no alcanza {proof.term} = {proof.value}")  # fmt: skip


def _verify_case(basis: Basis, proof: Proof, assumed: Assumptions) -> None:
    if proof.split is None:
        _verify_sum(basis, proof, assumed)
        return
    term, below = proof.split
    if term not in basis.terms or len(proof.cases) != 2 or proof.lines:
        raise _fails("a proof by cases needs a known term and two cases",
                     "una prueba por casos necesita un término conocido y dos casos")  # fmt: skip
    for case, assumption in zip(proof.cases, ((term, "high", below), (term, "low", below + 1)), strict=True):
        if case.term and (case.term, case.side) != (proof.term, proof.side):
            raise _fails("a case proves something else", "un caso prueba otra cosa")
        _verify_case(basis, case, (*assumed, assumption))
        if case.term and not _proves(case, proof):
            raise _fails(f"a case proves only {case.value}", f"un caso solo prueba {case.value}")
    if not proof.term and proof.value <= 0:
        raise _fails("a contradiction needs a sum above zero", "una contradicción necesita una suma mayor que cero")


def _proves(case: Proof, whole: Proof) -> bool:
    return case.value >= whole.value if whole.side == "low" else case.value <= whole.value


def _verify_sum(basis: Basis, proof: Proof, assumed: Assumptions) -> None:
    """The one rule: the lines cancel to `divisor * term`, each line may be used that way, and the sum is the value."""
    if proof.divisor < 1 or proof.side not in ("low", "high"):
        raise _fails("the divisor is at least 1 and the side low or high",
                     "el divisor es al menos 1 y el lado low o high")  # fmt: skip
    if not proof.term and (proof.side != "low" or proof.value <= 0):
        raise _fails("a contradiction needs a sum above zero", "una contradicción necesita una suma mayor que cero")
    left: dict[str, int] = {}
    total = 0
    for line in proof.lines:
        total += _amount(basis, proof, line, assumed, left)
    wanted = {proof.term: proof.divisor} if proof.term else {}
    if {term: weight for term, weight in left.items() if weight} != wanted:
        raise _fails("the lines do not cancel to the term", "las líneas no se cancelan hasta el término")
    value = -(-total // proof.divisor) if proof.side == "low" else total // proof.divisor
    if value != proof.value:
        raise _fails(f"the lines add up to {value}, not {proof.value}", f"las líneas suman {value}, no {proof.value}")


def _amount(basis: Basis, proof: Proof, line: ProofLine, assumed: Assumptions, left: dict[str, int]) -> int:
    """What a line adds to the sum, once it is known to be allowed; its terms are added to `left`."""
    if line.kind is LineKind.IDENTITY:
        amount = _identity_amount(basis, proof, line, left)
    else:
        left[line.term] = left.get(line.term, 0) + line.multiplier
        amount = line.multiplier * _end(basis, proof, line, assumed)
    if amount != line.amount:
        raise _fails(f"the line of {line.ref} adds {amount}, not {line.amount}",
                     f"la línea de {line.ref} suma {amount}, no {line.amount}")  # fmt: skip
    return amount


def _identity_amount(basis: Basis, proof: Proof, line: ProofLine, left: dict[str, int]) -> int:
    identity = basis.identities.get(line.ref)
    if identity is None:
        raise _fails(f"there is no identity {line.ref!r}", f"no existe la identidad {line.ref!r}")
    if line.multiplier == 0 or line.term or line.end:
        raise _fails(f"the line of {line.ref} is malformed", f"la línea de {line.ref} está mal formada")
    one_way = identity.relation is Relation.GE
    if one_way and (line.multiplier < 0) != (proof.side == "high"):
        raise _fails(f"{line.ref} holds one way only", f"{line.ref} vale en un solo sentido")
    for term, coefficient in identity.coefficients:
        left[term] = left.get(term, 0) + line.multiplier * coefficient
    return line.multiplier * identity.constant


def _end(basis: Basis, proof: Proof, line: ProofLine, assumed: Assumptions) -> int:
    """The end a line uses: the low one where the sum needs the term from below, else the high one."""
    needed = "low" if (line.multiplier > 0) == (proof.side == "low") else "high"
    if line.multiplier == 0 or line.end != needed or line.term not in basis.terms:
        raise _fails(f"the line of {line.ref} uses the wrong end", f"la línea de {line.ref} usa el extremo equivocado")
    if line.kind is not LineKind.CLAIM and line.ref != line.term:
        raise _fails(f"the line of {line.ref} names another term", f"la línea de {line.ref} nombra otro término")
    if line.kind is LineKind.CLAIM:
        allowed = basis.ends.get((line.ref, line.term, needed), ())
    elif line.kind is LineKind.CASE:
        allowed = tuple(value for term, side, value in assumed if (term, side) == (line.term, needed))
    elif line.kind is LineKind.NOT_NEGATIVE and needed == "low":
        allowed = (0,)
    else:
        allowed = ()
    fitting = [value for value in allowed if line.multiplier * value == line.amount]
    if not fitting:
        raise _fails(f"nothing gives {line.ref} that end", f"nada da a {line.ref} ese extremo")
    return fitting[0]


def _verify_world(
    world: Sequence[tuple[str, int]], identities: Sequence[Identity], constraints: Sequence[Constraint]
) -> None:
    values = dict(world)
    for term, value in values.items():
        if value < 0:
            raise _fails(f"{term} is below zero in the world", f"{term} es menor que cero en el mundo")
    for identity in identities:
        touched = [term in values for term, _ in identity.coefficients]
        if not any(touched):
            continue
        total = sum(c * values[t] for t, c in identity.coefficients) if all(touched) else None
        held = total is not None and (
            total == identity.constant if identity.relation is Relation.EQ else total >= identity.constant
        )
        if not held:
            raise _fails(f"the world breaks {identity.id}", f"el mundo rompe {identity.id}")
    for said in constraints:
        reached = values.get(said.term)
        if reached is not None and not (said.low or 0) <= reached <= (said.high if said.high is not None else reached):
            raise _fails(f"the world breaks claim {said.claim}", f"el mundo rompe la afirmación {said.claim}")


def _fails(en: str, es: str) -> ProofFails:
    return ProofFails(f"the proof does not stand: {en}", f"la prueba no se sostiene: {es}")
