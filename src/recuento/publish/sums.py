"""Proofs as sums a reader can follow: rows of an amount, its words and the claims it rests on.

The two proofs of a range that use the same terms are told as one sum ("− 18 a 22"); otherwise one after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recuento.model.balance import LineKind, Proof, ProofLine
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicBound, PublicConflict, PublicTerm, PublicWorld
from recuento.values.wording import MINUS


@dataclass(frozen=True, slots=True)
class SumRow:
    """One line of a sum. `claims` are ids to link to, none where the line rests on no claim."""

    amount: str
    words: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum with its result and the identities it uses, in words. `side` is "low", "high" or "both"."""

    side: str
    rows: tuple[SumRow, ...]
    result: str
    words: str
    using: tuple[str, ...]
    divided: str = ""


def sums_of(bound: PublicBound, world: PublicWorld, tongue: Tongue) -> tuple[Sum, ...]:
    """The sum or sums that prove `bound`."""
    joint = _joint(bound, world, tongue)
    if joint is not None:
        return (joint,)
    proofs = [bound.low_proof] + ([bound.high_proof] if bound.high_proof is not None else [])
    return tuple(_single(proof, world, tongue) for proof in proofs if proof.lines)


def sum_of_conflict(conflict: PublicConflict, world: PublicWorld | None, tongue: Tongue) -> Sum | None:
    """The sum that ends in a contradiction; None where its terms are not at hand."""
    if world is None or not conflict.proof.lines:
        return None
    proof = conflict.proof
    return Sum(
        side="low",
        rows=_rows(proof.lines, world, tongue),
        result=tongue.t("sum_contradiction", n=tongue.number(abs(proof.value))),
        words=tongue.t("sum_impossible"),
        using=_using((proof,), world, tongue),
        divided=_divided(proof, tongue),
    )


def signed(amount: int, tongue: Tongue, *, first: bool = False) -> str:
    """An amount with its sign set apart: "− 371", "+ 20"; the first line of a sum shows no plus."""
    written = tongue.number(abs(amount))
    if amount < 0:
        return f"{MINUS} {written}"
    return written if first else f"+ {written}"


def _single(proof: Proof, world: PublicWorld, tongue: Tongue) -> Sum:
    at_least = proof.side == "low"
    return Sum(
        side=proof.side,
        rows=_rows(proof.lines, world, tongue),
        result=tongue.t("sum_at_least" if at_least else "sum_at_most", n=tongue.number(proof.value)),
        words=_words(world.term(proof.term), proof.term, tongue),
        using=_using((proof,), world, tongue),
        divided=_divided(proof, tongue),
    )


def _rows(lines: tuple[ProofLine, ...], world: PublicWorld, tongue: Tongue) -> tuple[SumRow, ...]:
    told = sorted((line for line in lines if _is_told(line)), key=lambda line: line.amount < 0)
    return tuple(
        SumRow(
            amount=signed(line.amount, tongue, first=place == 0),
            words=_line_words(line, world, tongue),
            claims=(line.ref,) if line.kind is LineKind.CLAIM else (),
        )
        for place, line in enumerate(told)
    )


def _is_told(line: ProofLine) -> bool:
    """Identities mostly add nothing: they are told below the sum. A zero from a claim is told."""
    return line.amount != 0 or line.kind is LineKind.CLAIM


def _line_words(line: ProofLine, world: PublicWorld, tongue: Tongue) -> str:
    if line.kind is LineKind.IDENTITY:
        identity = next((found for found in world.identities if found.id == line.ref), None)
        return tongue.say(identity.words) if identity is not None else line.ref
    name = line.term or line.ref
    words = _words(world.term(name), name, tongue)
    if abs(line.multiplier) > 1:
        words = f"{tongue.number(abs(line.multiplier))} × {words}"
    return words


def _words(term: PublicTerm | None, id: str, tongue: Tongue) -> str:
    return tongue.say(term.words) if term is not None else id


def _using(proofs: tuple[Proof, ...], world: PublicWorld, tongue: Tongue) -> tuple[str, ...]:
    refs = [line.ref for proof in proofs for line in proof.lines if line.kind is LineKind.IDENTITY]
    words = {identity.id: tongue.say(identity.words) for identity in world.identities}
    floors = [
        tongue.t("sum_not_negative", term=_words(world.term(line.ref), line.ref, tongue))
        for proof in proofs
        for line in proof.lines
        if line.kind is LineKind.NOT_NEGATIVE
    ]
    return tuple(dict.fromkeys([words.get(ref, ref) for ref in refs] + floors))


def _divided(proof: Proof, tongue: Tongue) -> str:
    return tongue.t("sum_divided", n=tongue.number(proof.divisor)) if proof.divisor != 1 else ""


def _joint(bound: PublicBound, world: PublicWorld, tongue: Tongue) -> Sum | None:
    """Both proofs as one sum, where every term enters both with the same sign and nothing is divided."""
    low, high = bound.low_proof, bound.high_proof
    if high is None or low.divisor != 1 or high.divisor != 1:
        return None
    below, above = _by_term(low), _by_term(high)
    if below is None or above is None or below.keys() != above.keys() or not below:
        return None
    if any(_sign(below[term]) != _sign(above[term]) for term in below):
        return None
    order = sorted(below, key=lambda term: below[term].amount + above[term].amount < 0)
    amount = _amounts(tongue)
    rows = tuple(
        SumRow(
            amount=amount(below[term].amount, above[term].amount, place == 0),
            words=_line_words(below[term], world, tongue),
            claims=_claims(below[term], above[term]),
        )
        for place, term in enumerate(order)
    )
    return Sum(
        side="both",
        rows=rows,
        result=tongue.range(bound.low, bound.high),
        words=_words(world.term(bound.term), bound.term, tongue),
        using=_using((low, high), world, tongue),
    )


def _by_term(proof: Proof) -> dict[str, ProofLine] | None:
    """The lines by the term they are about; None where a term enters twice or something else adds to the sum."""
    found: dict[str, ProofLine] = {}
    for line in proof.lines:
        if line.kind is LineKind.IDENTITY and line.amount == 0:
            continue
        if line.kind is LineKind.IDENTITY or (line.term or line.ref) in found:
            return None
        found[line.term or line.ref] = line
    return found


def _sign(line: ProofLine) -> bool:
    return line.multiplier < 0


def _amounts(tongue: Tongue) -> Callable[[int, int, bool], str]:
    def written(one: int, other: int, first: bool) -> str:
        if one == other:
            return signed(one, tongue, first=first)
        small, large = sorted((abs(one), abs(other)))
        both = tongue.range(small, large)
        if one < 0 or other < 0:
            return f"{MINUS} {both}"
        return both if first else f"+ {both}"

    return written


def _claims(*lines: ProofLine) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.ref for line in lines if line.kind is LineKind.CLAIM))
