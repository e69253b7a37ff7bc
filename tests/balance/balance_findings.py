"""Hold the balance to the findings of a shared case (expected.json).

Counts follow the lab's convention: every claim that says something is counted, copies included, so that two claims
that repeat one figure make two conflicts; a correction takes all copies and its size counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from balance_case import SharedCase

from recuento.balance import balance, clashes, questions, verify, world_of
from recuento.balance.constraints import is_round, rounded_ends
from recuento.balance.oracle import claims_in, identities_in
from recuento.model.balance import Proof, World
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint
from recuento.model.statement import Certainty
from recuento.values.bilingual import Bilingual
from recuento.values.names import contains_name


@dataclass(frozen=True)
class Finding:
    """One expected finding: what it is, whether it holds, and what was found instead."""

    what: str
    ok: bool
    got: str = ""


def findings_of(case: SharedCase) -> list[Finding]:
    """Every finding of the case, held against what the balance gives."""
    checks: Mapping[str, Callable[[SharedCase, dict[str, Any]], Finding]] = {
        "conflict": _conflict,
        "consistent": _consistent,
        "count": _count,
        "bound": _bound,
        "ask": _ask,
    }
    found = []
    for number, entry in enumerate(case.findings, start=1):
        check = checks.get(entry["kind"])
        if check is not None:
            found.append(check(case, entry))
        elif "interval rule" in entry["kind"]:
            found.append(_rule_used(case, number, entry))
        else:
            found.append(Finding(f"finding {number}: {entry['kind']}", False, "this kind of finding is not known"))
    return found


def _world(claims: Iterable[str]) -> World:
    return world_of("w", Bilingual.same("case"), claims)


def _constraints(case: SharedCase, entry: dict[str, Any]) -> tuple[Constraint, ...]:
    """What the claims say under the reading the finding names: bare round numbers exact, or rounded."""
    if "half a grain" not in entry.get("reading", ""):
        return case.constraints()
    quantities = {claim.id: claim.quantity for claim in case.claims}
    return tuple(
        Constraint(said.claim, said.term, *rounded_ends(quantities[said.claim]))
        if is_round(quantities[said.claim])
        else said
        for said in case.constraints()
    )


def _account(case: SharedCase, name: str) -> list[str]:
    """The usable claims of an account: a party, its asserted claims, "all usable", or one speaker alone."""
    usable = {said.claim for said in case.constraints()}
    words = name.removesuffix(" alone").removesuffix(" asserted")
    certain = name.endswith(" asserted")
    parties = {claim.party for claim in case.claims}

    def belongs(claim: Claim) -> bool:
        if words == "all usable":
            return True
        if words in parties:
            return claim.party == words
        organisation = f"{claim.claimant} {claim.claimant_role}"
        return contains_name(organisation, words)

    return [
        c.id
        for c in case.claims
        if c.id in usable and belongs(c) and (not certain or c.certainty is Certainty.ASSERTED)
    ]


def _conflict(case: SharedCase, entry: dict[str, Any]) -> Finding:
    """The claims are a conflict, and a smallest one among all claims."""
    found = clashes(case.imported.ledger, _constraints(case, entry), _world(entry["claims"])).conflicts
    sets = {conflict.claims for conflict in found}
    for conflict in found:
        verify(conflict.proof, case.imported.ledger, _constraints(case, entry))
    wanted = tuple(sorted(entry["claims"]))
    return Finding(f"conflict {', '.join(wanted)}", sets == {wanted}, str(sets))


def _consistent(case: SharedCase, entry: dict[str, Any]) -> Finding:
    claims = entry.get("claims") or _account(case, entry["account"])
    what = entry.get("account") or ", ".join(entry["claims"])
    result = balance(case.imported.ledger, _constraints(case, entry), _world(claims))
    got = str(result.conflict.claims) if result.conflict else f"{len(claims)} claims"
    return Finding(f"consistent: {what}", result.consistent and bool(claims), got)


def _count(case: SharedCase, entry: dict[str, Any]) -> Finding:
    claims = _account(case, entry["account"])
    found = clashes(case.imported.ledger, _constraints(case, entry), _world(claims))
    got = {
        "claims": len(claims),
        "conflicts": len(found.conflicts),
        "corrections": found.corrections_count,
        "smallest_correction": len(found.least_correction.claims),
    }
    return Finding(
        f"counts of {entry['account']}", all(got[key] == entry[key] for key in got if key in entry), str(got)
    )


def _bound(case: SharedCase, entry: dict[str, Any]) -> Finding:
    constraints = _constraints(case, entry)
    bound = balance(case.imported.ledger, constraints, _world(entry["claims"])).bound(entry["term"])
    what = f"{entry['low']} to {entry['high']} for {entry['term']} from {', '.join(entry['claims'])}"
    if bound is None:
        return Finding(what, False, "inconsistent")
    same = (bound.low, bound.high) == (entry["low"], entry["high"]) and bound.low_tight and bound.high_tight
    for side, proof in (("low", bound.low_proof), ("high", bound.high_proof)):
        if proof is not None:
            verify(proof, case.imported.ledger, constraints)
        same = same and _rests_on(proof, entry, side)
    return Finding(what, same, f"{bound.low} to {bound.high}")


def _rests_on(proof: Proof | None, entry: dict[str, Any], side: str) -> bool:
    """Whether the proof uses the claims and identities that the finding names, where it names them."""
    by, identities = entry.get(f"{side}_by"), entry.get(f"{side}_identities")
    if by is not None and (proof is None or sorted(claims_in(proof)) != sorted(by)):
        return False
    return identities is None or (proof is not None and sorted(identities_in(proof)) == sorted(identities))


def _ask(case: SharedCase, entry: dict[str, Any]) -> Finding:
    asked = questions(case.imported.ledger, _constraints(case, entry), _world(entry["claims"]), entry["target"])
    got = {"first": asked[0].term, "guaranteed_cut": asked[0].guaranteed_cut, "width": asked[0].width} if asked else {}
    same = bool(asked) and all(got[key] == entry[key] for key in got if key in entry)
    return Finding(f"ask for {entry['first']} first", same, str(got))


def _rule_used(case: SharedCase, number: int, entry: dict[str, Any]) -> Finding:
    """The rule for turning words into ranges: every approximate and every "more than" figure obeys it."""
    wrong = []
    for claim in case.claims:
        quantity = claim.quantity
        number_said = int(quantity.stated[0]) if quantity.stated else None
        if quantity.comparison.value == "approx" and number_said is not None:
            zeros = len(re.search(r"0*$", str(number_said)).group())  # type: ignore[union-attr]
            half = min(max((10**zeros + 1) // 2, -(-number_said // 10)), number_said // 4)
            if (quantity.low, quantity.high) != (number_said - half, number_said + half):
                wrong.append(claim.id)
        if quantity.comparison.value == "gt" and quantity.low != (number_said or 0) + 1:
            wrong.append(claim.id)
        if quantity.comparison.value == "vague" and quantity.low not in (2, 3):
            wrong.append(claim.id)
    return Finding(f"finding {number}: {entry['kind']}", not wrong, ", ".join(wrong))
