"""What an edition tells, as the next one is held against it: figures, bounds, clashes, demands, estimates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256

from recuento.model.edition import (
    Contents,
    HeldDocument,
    HeldEstimate,
    HeldEvent,
    ToldBound,
    ToldClash,
    ToldDemand,
    ToldEstimate,
    ToldEvent,
    ToldFigure,
)
from recuento.publish.addresses import Addresses
from recuento.publish.event_page import clash_of
from recuento.publish.headlines import headlines_of
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicClaim, PublicConflict, PublicDossier, PublicEvent
from recuento.values.bilingual import Bilingual

_TONGUES = (Tongue("es"), Tongue("en"))


def in_both(words: Callable[[Tongue], str]) -> Bilingual:
    """What both languages say."""
    return Bilingual(*map(words, _TONGUES))


def told_of(view: PublicDossier) -> tuple[ToldEvent, ...]:
    """What the view tells of each event, in its order."""
    return tuple(_event(event, view) for event in view.events)


def contents_of(view: PublicDossier, addresses: Addresses, document_ids: Mapping[str, str]) -> Contents:
    """What stands in the view, and where. `document_ids` are the random ids of documents by their SHA-256."""
    true = {id: sha256 for sha256, id in document_ids.items()}
    return Contents(
        events=tuple(
            HeldEvent(
                event.id,
                addresses.events[event.id],
                tuple(claim.id for claim in event.claims),
                tuple(demand.id for demand in event.demands),
            )
            for event in view.events
        ),
        documents=tuple(
            HeldDocument(
                true.get(document.id, document.id),
                addresses.documents[document.id],
                document.events,
                tuple(dict.fromkeys(id for statement in document.statements for id in statement.claims)),
            )
            for document in view.documents
        ),
        estimates=tuple(HeldEstimate(one.id, addresses.estimations[one.id], one.event) for one in view.estimations),
    )


def _event(event: PublicEvent, view: PublicDossier) -> ToldEvent:
    return ToldEvent(
        id=event.id,
        name=event.name,
        figures=tuple(_figure(claim) for claim in event.claims),
        bounds=tuple(
            ToldBound(headline.measure, headline.term.words, headline.bound.low, headline.bound.high)
            for headline in headlines_of(event)
            if headline.bound is not None and headline.term is not None
        ),
        clashes=tuple(
            ToldClash(tuple(sorted(conflict.claims)), _clash(conflict, event)) for conflict in event.conflicts
        ),
        demands=tuple(
            ToldDemand(demand.id, Bilingual.same(demand.item), demand.state, demand.asker.protected)
            for demand in event.demands
        ),
        estimates=tuple(
            ToldEstimate(one.id, one.question, _mark(repr((one.lists, one.observed, one.repeated, one.answers))))
            for one in view.estimations_of(event.id)
        ),
        documents=len(event.documents),
    )


def _clash(conflict: PublicConflict, event: PublicEvent) -> Bilingual:
    return in_both(lambda tongue: clash_of(conflict, event, tongue).words)


def _figure(claim: PublicClaim) -> ToldFigure:
    told = (
        claim.quantity,
        claim.unit,
        claim.measure,
        claim.subset,
        str(claim.stated),
        str(claim.as_of),
        claim.voice.name,
    )
    return ToldFigure(
        id=claim.id,
        words=in_both(lambda tongue: _words(claim, tongue)),
        mark=_mark(repr((told, claim.standing.value, claim.certainty.value))),
        testimony=claim.testimony,
    )


def _words(claim: PublicClaim, tongue: Tongue) -> str:
    figure = tongue.said_of(claim.quantity, claim.unit, claim.measure_name)
    standing = "" if claim.standing.value == "current" else f" ({tongue.t(f'standing_{claim.standing.value}')})"
    return f"{tongue.say(claim.voice.name)}, {tongue.day(claim.stated)}: {figure}{standing}"


def _mark(told: str) -> str:
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
