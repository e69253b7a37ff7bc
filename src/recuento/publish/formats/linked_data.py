"""JSON-LD inside the page of an event: schema.org Event and Claim. Not ClaimReview: we give no verdicts."""

from __future__ import annotations

from typing import Any

from recuento.publish.event_page import EventTold
from recuento.publish.formats.plain import in_page
from recuento.publish.links import Links
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicClaim

_CLAIMS_MAX = 12


def json_ld(told: EventTold, links: Links, tongue: Tongue) -> str:
    """The event with the figures its headline questions rest on; every figure is in the downloads."""
    event = told.event
    claims = {claim.id: claim for question in told.questions for claim in question.headline.current}
    value: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": tongue.say(event.name),
        "startDate": str(event.starts),
        "endDate": str(event.ends),
        "location": [_place(links, id) for id in event.facilities],
        "subjectOf": [_claim(claim, links, tongue) for claim in list(claims.values())[:_CLAIMS_MAX]],
    }
    if event.retracted is not None:
        note = {"@type": "CreativeWork", "creativeWorkStatus": "Retracted", "dateModified": str(event.retracted)}
        value["subjectOf"].append(note)
    address = links.public()
    if address is not None:
        value = {**value, "@id": address, "url": address}
    return in_page(value)


def _place(links: Links, id: str) -> dict[str, str]:
    facility = next(facility for facility in links.view.facilities if facility.id == id)
    place = {"@type": "Place", "name": facility.name}
    return {**place, "address": facility.place} if facility.place else place


def _claim(claim: PublicClaim, links: Links, tongue: Tongue) -> dict[str, Any]:
    value: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"#{links.addresses.claim_mark(claim.id)}",
        "text": f"{tongue.say(claim.measure_name)}: {tongue.quantity(claim.quantity)}",
        "datePublished": str(claim.stated),
    }
    if claim.voice.actor is not None:
        people = {actor.id: actor.person for actor in links.view.actors}
        kind = "Person" if people.get(claim.voice.actor, True) else "Organization"
        value["author"] = {"@type": kind, "name": tongue.say(claim.voice.name)}
    url = next((source.url for source in claim.sources if source.url), None)
    return {**value, "appearance": {"@type": "CreativeWork", "url": url}} if url else value
