"""FollowTheMoney entities of an event, one a line: the event, the actors that may be named, documents and figures."""

from __future__ import annotations

import json
from typing import Any

from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicActor, PublicClaim, PublicDocument, PublicDossier, PublicEvent


def entities(event: PublicEvent, view: PublicDossier) -> bytes:
    """JSON lines that tools of the FollowTheMoney family read."""
    tongue = Tongue(view.languages[0])
    speaking = {claim.voice.actor for claim in event.claims} | {demand.asker.actor for demand in event.demands}
    actors = [actor for actor in view.actors if actor.id in speaking]
    found = [_event(event, actors, view, tongue)]
    found += [_actor(actor, tongue) for actor in actors]
    found += [_document(document) for id in event.documents if (document := view.document(id)) is not None]
    found += [_note(claim, event, tongue) for claim in event.claims]
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in found).encode()


def _entity(id: str, schema: str, **properties: str | list[str] | None) -> dict[str, Any]:
    lists = {name: [value] if isinstance(value, str) else value for name, value in properties.items() if value}
    return {"id": id, "schema": schema, "properties": lists}


def _event(event: PublicEvent, actors: list[PublicActor], view: PublicDossier, tongue: Tongue) -> dict[str, Any]:
    places = [facility.name for facility in view.facilities if facility.id in event.facilities]
    return _entity(
        f"event-{event.id}",
        "Event",
        name=list(dict.fromkeys([event.name.es, event.name.en])),
        startDate=str(event.starts),
        endDate=str(event.ends),
        location=places,
        summary=tongue.say(event.summary) if event.summary is not None else None,
        involved=[f"actor-{actor.id}" for actor in actors],
        notes=tongue.t("retracted", month=tongue.day(event.retracted)) if event.retracted is not None else None,
    )


def _actor(actor: PublicActor, tongue: Tongue) -> dict[str, Any]:
    roles = [tongue.say(role) for role in actor.roles]
    if actor.person:
        return _entity(f"actor-{actor.id}", "Person", name=actor.name, position=roles)
    return _entity(f"actor-{actor.id}", "Organization", name=actor.name)


def _document(document: PublicDocument) -> dict[str, Any]:
    return _entity(
        f"document-{document.id}",
        "Document",
        title=document.title,
        publisher=document.outlet,
        sourceUrl=document.url,
        mimeType=document.media_type,
        fileSize=str(document.size_bytes) if document.size_bytes is not None else None,
        publishedAt=str(document.published) if document.published is not None else None,
        language={"es": "spa", "en": "eng"}.get(document.language or ""),
        notes=f"SHA-256 {document.fingerprint}" if document.fingerprint is not None else None,
    )


def _note(claim: PublicClaim, event: PublicEvent, tongue: Tongue) -> dict[str, Any]:
    figure = tongue.said_of(claim.quantity, claim.unit, claim.measure_name)
    return _entity(
        f"claim-{claim.id}",
        "Note",
        name=f"{tongue.say(claim.measure_name)}: {tongue.quantity(claim.quantity)}",
        description=f"{tongue.say(claim.voice.name)}, {claim.stated}: {figure}",
        entity=f"event-{event.id}",
        sourceUrl=[source.url for source in claim.sources if source.url],
    )
