"""Proofs as signed sums: from the multipliers of identities to the lines that a reader can add up.

Any multipliers give a valid sum: what the identities leave over of each term is filled with the end that a claim
gives it, or with zero. So nothing here trusts where the multipliers came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm

from recuento.balance.propagation import Weight
from recuento.balance.system import Ends, System, is_unlimited
from recuento.model.balance import LineKind, Proof, ProofLine


def proof_of_bound(
    system: System, ends: Ends, column: int, side: str, multipliers: Mapping[int, Weight]
) -> Proof | None:
    """The proof that `x[column]` is at least ("low") or at most ("high") the sum; None where the sum is open."""
    return _proof(system, ends, {column: 1 if side == "low" else -1}, system.terms[column], side, multipliers)


def proof_of_conflict(system: System, ends: Ends, multipliers: Mapping[int, Weight]) -> Proof | None:
    """The proof that nothing satisfies everything: a sum above zero that must be at most zero; None if it is not.

    Without multipliers it is the first term whose low end lies above its own high end.
    """
    if not multipliers:
        failing = (column for column in range(len(system.terms)) if ends.low[column] > ends.high[column])
        return next((proof_of_disagreement(system, ends, column) for column in failing), None)
    proof = _proof(system, ends, {}, "", "low", multipliers)
    return proof if proof is not None and proof.value > 0 else None


def proof_of_disagreement(system: System, ends: Ends, column: int) -> Proof:
    """The proof that a term whose low end lies above its high end is impossible."""
    sides = [_said_lines(system, ends, {column: weight}, 1) or [] for weight in (1, -1)]
    lines = (*sides[0], *sides[1])
    return Proof(term="", side="low", value=sum(line.amount for line in lines), lines=lines)


def _proof(
    system: System, ends: Ends, wanted: Mapping[int, int], term: str, side: str, multipliers: Mapping[int, Weight]
) -> Proof | None:
    scale = lcm(*(Fraction(share).denominator for share in multipliers.values())) if multipliers else 1
    whole = {row: int(share * scale) for row, share in multipliers.items() if share != 0}
    left = {column: scale * weight for column, weight in wanted.items()}
    for number, share in whole.items():
        for column, coefficient in system.rows[number].cells:
            left[column] = left.get(column, 0) - share * coefficient
    if not wanted:
        divisor = gcd(*whole.values(), *left.values()) if whole else 1
        whole = {row: share // divisor for row, share in whole.items()}
        left = {column: weight // divisor for column, weight in left.items()}
        scale = 1
    sign = -1 if side == "high" else 1
    lines = _said_lines(system, ends, left, sign)
    if lines is None:
        return None
    lines += _identity_lines(system, whole, sign)
    total = sum(line.amount for line in lines)
    value = -(-total // scale) if side == "low" else total // scale
    return Proof(term=term, side=side, value=value, lines=tuple(lines), divisor=scale)


def _said_lines(system: System, ends: Ends, left: Mapping[int, int], sign: int) -> list[ProofLine] | None:
    lines = []
    for column in sorted(left):
        weight = left[column]
        if weight == 0:
            continue
        end = "low" if weight > 0 else "high"
        value = ends.low[column] if weight > 0 else ends.high[column]
        if is_unlimited(value):
            return None
        by = ends.low_by[column] if weight > 0 else ends.high_by[column]
        term = system.terms[column]
        if (column, end) in ends.cases:
            kind, ref = LineKind.CASE, term
        elif by:
            kind, ref = LineKind.CLAIM, by
        else:
            kind, ref = LineKind.NOT_NEGATIVE, term
        lines.append(ProofLine(kind, ref, term, sign * weight, sign * weight * value, end))
    return sorted(lines, key=_reading_order)


def _reading_order(line: ProofLine) -> tuple[bool, bool, int, str, str]:
    """Claims first, what adds before what takes away, the largest first."""
    return (line.kind is LineKind.NOT_NEGATIVE, line.amount < 0, -abs(line.amount), line.ref, line.term)


def _identity_lines(system: System, whole: Mapping[int, int], sign: int) -> list[ProofLine]:
    lines = []
    for number in sorted(whole):
        row, share = system.rows[number], sign * whole[number]
        if share:
            lines.append(ProofLine(LineKind.IDENTITY, row.id, "", share, share * row.constant))
    return lines


def size_of(proof: Proof) -> tuple[int, int, int, int]:
    """How much a reader has to follow: the largest multiplier, claims and identities, claims, all lines."""
    largest = max((abs(line.multiplier) for line in proof.lines), default=0)
    claims = sum(line.kind is LineKind.CLAIM for line in proof.lines)
    identities = sum(line.kind is LineKind.IDENTITY for line in proof.lines)
    return (largest, claims + identities, claims, len(proof.lines))
