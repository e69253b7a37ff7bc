"""A proof as a small JSON file that stands alone: the claims and identities it uses, the sum, a world that attains it.

`verify_file` checks it from the file alone, in whole numbers. docs/proofs.md describes the format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from recuento.balance.check import ProofFails, verify, verify_world
from recuento.errors import Fault, FaultsFound
from recuento.model.balance import LineKind, Proof, ProofLine
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint, Identity, Ledger, Relation, Term
from recuento.values.bilingual import Bilingual

FORMAT = "recuento-proof"
VERSION = 1


def proof_to_json(
    proof: Proof,
    ledger: Ledger,
    constraints: Sequence[Constraint],
    *,
    attained: Sequence[tuple[str, int]] = (),
    claims: Mapping[str, Claim] | None = None,
    event: str = "",
) -> dict[str, Any]:
    """Give the proof as a JSON object with all it rests on, ready for `json.dumps`; the same bytes every time.

    `attained` is the world that reaches the bound; with it the identities and claims that it obeys are included.
    `claims` adds who said each figure, when, in which words and where it was published.
    """
    terms = {term.id: term for term in ledger.terms}
    used_ids, used_claims = _used(proof)
    world = dict(attained)
    identities = [i for i in ledger.identities if i.id in used_ids or any(t in world for t, _ in i.coefficients)]
    held = [c for c in constraints if (c.claim, c.term) in used_claims or c.term in world]
    named = {term for identity in identities for term, _ in identity.coefficients}
    named |= {c.term for c in held} | world.keys() | _terms_in(proof)
    return {
        "format": FORMAT,
        "version": VERSION,
        "event": event,
        "terms": [
            {"id": id, "es": terms[id].words.es, "en": terms[id].words.en} for id in sorted(named) if id in terms
        ],
        "identities": [_identity_entry(i) for i in sorted(identities, key=lambda i: i.id)],
        "claims": [_claim_entry(c, (claims or {}).get(c.claim)) for c in sorted(held, key=_constraint_key)],
        "proof": _proof_entry(proof),
        "attained": {id: world[id] for id in sorted(world)},
    }


def proof_from_json(
    data: Mapping[str, Any],
) -> tuple[Proof, Ledger, tuple[Constraint, ...], tuple[tuple[str, int], ...]]:
    """Read a proof file: the proof, its ledger, its constraints and the world that attains it.

    Raises FaultsFound where the file has another form.
    """
    if data.get("format") != FORMAT or data.get("version") != VERSION:
        raise _malformed("format", f"this is not a {FORMAT} file of version {VERSION}",
                         f"esto no es un archivo {FORMAT} de la versión {VERSION}")  # fmt: skip
    try:
        terms = tuple(Term(t["id"], Bilingual(es=t["es"], en=t["en"])) for t in data["terms"])
        identities = tuple(_identity_from(entry) for entry in data["identities"])
        constraints = tuple(Constraint(c["id"], c["term"], _whole(c["low"]), _whole(c["high"])) for c in data["claims"])
        proof = _proof_from(data["proof"])
        attained = tuple(sorted((term, _number(value)) for term, value in data["attained"].items()))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _malformed("proof", f"the file is incomplete or malformed: {error}",
                         f"el archivo está incompleto o mal formado: {error}") from error  # fmt: skip
    return proof, Ledger(terms, identities), constraints, attained


def verify_file(data: Mapping[str, Any]) -> Proof:
    """Check a proof file from what it contains; give its proof, or raise ProofFails or FaultsFound."""
    proof, ledger, constraints, attained = proof_from_json(data)
    verify(proof, ledger, constraints)
    if attained:
        verify_world(attained, ledger, constraints)
        if dict(attained).get(proof.term) != proof.value:
            raise ProofFails("the world does not reach the bound", "el mundo no alcanza la cota")
    return proof


def _used(proof: Proof) -> tuple[set[str], set[tuple[str, str]]]:
    identities = {line.ref for line in proof.lines if line.kind is LineKind.IDENTITY}
    claims = {(line.ref, line.term) for line in proof.lines if line.kind is LineKind.CLAIM}
    for case in proof.cases:
        more_identities, more_claims = _used(case)
        identities |= more_identities
        claims |= more_claims
    return identities, claims


def _terms_in(proof: Proof) -> set[str]:
    terms = {line.term for line in proof.lines if line.term} | ({proof.term} if proof.term else set())
    if proof.split is not None:
        terms.add(proof.split[0])
    return terms.union(*(_terms_in(case) for case in proof.cases))


def _constraint_key(said: Constraint) -> tuple[str, str, int, int]:
    return (said.claim, said.term, said.low or 0, -1 if said.high is None else said.high)


def _identity_entry(identity: Identity) -> dict[str, Any]:
    return {
        "id": identity.id,
        "sum": dict(sorted(identity.coefficients)),
        "relation": identity.relation.value,
        "constant": identity.constant,
        "es": identity.words.es,
        "en": identity.words.en,
    }


def _claim_entry(said: Constraint, claim: Claim | None) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": said.claim, "term": said.term, "low": said.low, "high": said.high}
    if claim is not None:
        entry |= {
            "claimant": claim.claimant,
            "stated": str(claim.stated),
            "as_of": str(claim.as_of),
            "words": claim.quantity.words,
        }
        urls = sorted({ground.url for ground in claim.grounds if ground.url})
        if urls:
            entry["urls"] = urls
    return entry


def _proof_entry(proof: Proof) -> dict[str, Any]:
    entry: dict[str, Any] = {"term": proof.term, "side": proof.side, "value": proof.value}
    if proof.split is not None:
        entry["split"] = {"term": proof.split[0], "at_most": proof.split[1]}
        entry["cases"] = [_proof_entry(case) for case in proof.cases]
        return entry
    entry["divisor"] = proof.divisor
    entry["lines"] = [
        {
            "kind": line.kind.value,
            "ref": line.ref,
            "term": line.term,
            "end": line.end,
            "multiplier": line.multiplier,
            "amount": line.amount,
        }
        for line in proof.lines
    ]
    return entry


def _proof_from(entry: Mapping[str, Any]) -> Proof:
    split = (str(entry["split"]["term"]), _number(entry["split"]["at_most"])) if "split" in entry else None
    return Proof(
        term=str(entry["term"]),
        side=str(entry["side"]),
        value=_number(entry["value"]),
        lines=tuple(_line_from(line) for line in entry.get("lines", ())),
        divisor=_number(entry.get("divisor", 1)),
        split=split,
        cases=tuple(_proof_from(case) for case in entry.get("cases", ())),
    )


def _line_from(line: Mapping[str, Any]) -> ProofLine:
    return ProofLine(
        kind=LineKind(line["kind"]),
        ref=str(line["ref"]),
        term=str(line["term"]),
        multiplier=_number(line["multiplier"]),
        amount=_number(line["amount"]),
        end=str(line["end"]),
    )


def _identity_from(entry: Mapping[str, Any]) -> Identity:
    return Identity(
        id=str(entry["id"]),
        coefficients=tuple((str(term), _number(c)) for term, c in entry["sum"].items()),
        words=Bilingual(es=str(entry.get("es", "")), en=str(entry.get("en", ""))),
        relation=Relation(entry["relation"]),
        constant=_number(entry["constant"]),
    )


def _number(value: Any) -> int:
    """A whole number and nothing else: a proof has no room for 2.0 or true."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{value!r} is not a whole number")
    return value


def _whole(value: Any) -> int | None:
    return None if value is None else _number(value)


def _malformed(place: str, en: str, es: str) -> FaultsFound:
    return FaultsFound("proof", [Fault(place, en, es)])
