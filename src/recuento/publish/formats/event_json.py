"""event.json: the accounts, worlds, bounds and proofs of an event, enough to check every sum without the site."""

from __future__ import annotations

from typing import Any

from recuento.model.balance import Proof
from recuento.publish.formats.plain import both, quantity, written
from recuento.publish.view import (
    PublicBound,
    PublicClaim,
    PublicConflict,
    PublicDemand,
    PublicDossier,
    PublicEvent,
    PublicRow,
    PublicSource,
    PublicWorld,
    Voice,
)


def event_json(event: PublicEvent, view: PublicDossier) -> bytes:
    """Everything the page of an event tells, as data."""
    return written(
        {
            "format": "recuento-event/1",
            "edition": view.edition.isoformat(),
            "made_by": f"recuento {view.version}",
            "id": event.id,
            "name": both(event.name),
            "starts": str(event.starts),
            "ends": str(event.ends),
            "facilities": list(event.facilities),
            "headline": list(event.headline),
            "parties": [{"id": party.id, "name": both(party.name), "mark": party.mark} for party in event.parties],
            "claims": [_claim(claim) for claim in event.claims],
            "accounts": [_row(row) for row in event.rows],
            "worlds": [_world(world) for world in event.worlds],
            "conflicts": [_conflict(conflict) for conflict in event.conflicts],
            "demands": [_demand(demand) for demand in event.demands],
            "documents": list(event.documents),
            "retracted": str(event.retracted) if event.retracted is not None else None,
        }
    )


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "name": both(voice.name),
        "party": voice.party.id if voice.party is not None else None,
        "role": both(voice.role) if voice.role is not None else None,
    }


def _claim(claim: PublicClaim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "facility": claim.facility,
        "region": claim.region,
        "voice": _voice(claim.voice),
        "measure": claim.measure,
        "subset": claim.subset,
        "quantity": quantity(claim.quantity),
        "unit": claim.unit,
        "stated": str(claim.stated),
        "as_of": str(claim.as_of),
        "certainty": claim.certainty.value,
        "cites": both(claim.cited) if claim.cited is not None else None,
        "standing": claim.standing.value,
        "replaced_by": claim.replaced_by,
        "reviewed": claim.reviewed,
        "sources": [_source(source) for source in claim.sources],
    }


def _source(source: PublicSource) -> dict[str, Any]:
    anchor = source.anchor
    return {
        "document": source.document,
        "statement": source.statement,
        "start": anchor.start if anchor is not None else None,
        "end": anchor.end if anchor is not None else None,
        "quote": anchor.quote if anchor is not None else None,
        "outlet": source.outlet,
        "url": source.url,
    }


def _row(row: PublicRow) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "subset": row.subset,
        "as_of": str(row.as_of) if row.as_of is not None else None,
        "agreement": row.agreement.value,
        "cells": {cell.party.id: list(cell.claims) for cell in row.cells},
    }


def _world(world: PublicWorld) -> dict[str, Any]:
    return {
        "id": world.id,
        "name": both(world.name),
        "claims": list(world.claims),
        "readings": [{"id": reading.id, "words": both(reading.words)} for reading in world.readings],
        "complete": not world.withheld,
        "consistent": world.consistent,
        "terms": [{"id": term.id, "words": both(term.words)} for term in world.terms],
        "identities": [
            {
                "id": identity.id,
                "sum": dict(identity.coefficients),
                "relation": identity.relation.value,
                "constant": identity.constant,
                "words": both(identity.words),
            }
            for identity in world.identities
        ],
        "constraints": [
            {"claim": claim, "term": term, "low": low, "high": high} for claim, term, low, high in world.constraints
        ],
        "bounds": [_bound(bound) for bound in world.bounds],
        "conflict": _conflict(world.conflict) if world.conflict is not None else None,
    }


def _bound(bound: PublicBound) -> dict[str, Any]:
    return {
        "term": bound.term,
        "low": bound.low,
        "high": bound.high,
        "low_tight": bound.low_tight,
        "high_tight": bound.high_tight,
        "low_proof": _proof(bound.low_proof),
        "high_proof": _proof(bound.high_proof) if bound.high_proof is not None else None,
    }


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "term": proof.term,
        "side": proof.side,
        "value": proof.value,
        "divisor": proof.divisor,
        "lines": [
            {
                "kind": line.kind.value,
                "ref": line.ref,
                "term": line.term,
                "end": line.end,
                "multiplier": line.multiplier,
                "amount": line.amount,
            }
            for line in proof.lines
        ],
    }


def _conflict(conflict: PublicConflict) -> dict[str, Any]:
    return {
        "kind": conflict.kind.value,
        "claims": list(conflict.claims),
        "readings": list(conflict.readings),
        "words": both(conflict.words) if conflict.words is not None else None,
        "proof": _proof(conflict.proof),
    }


def _demand(demand: PublicDemand) -> dict[str, Any]:
    return {
        "id": demand.id,
        "asker": _voice(demand.asker),
        "item": demand.item,
        "asked": str(demand.asked),
        "addressee": both(demand.addressee) if demand.addressee is not None else None,
        "state": demand.state.value,
        "settled": str(demand.settled) if demand.settled is not None else None,
        "days_open": demand.days_open,
        "answer": demand.answer,
        "document": demand.document,
        "statement": demand.statement,
        "reviewed": demand.reviewed,
    }
