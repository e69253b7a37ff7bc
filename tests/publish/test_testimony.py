"""A testimony is told less exactly than it is known: its month, not its day; and only a testimony is."""

import json
from dataclasses import replace

import pytest
from invented_dossier import EVENT, many_claims, valdeoscuro

from recuento.model.casting import Facility
from recuento.publish import build


def _claims(dossier) -> dict[str, dict]:
    return {claim["id"]: claim for claim in json.loads(build(dossier)[f"files/{EVENT}/event.json"])["claims"]}


def _testimony() -> tuple:
    """A figure that a relative told the observatory, on no public page."""
    one = next(
        claim for claim in many_claims(30) if claim.party == "kin" and claim.measure not in ("died", "population")
    )
    return (replace(one, id="told", grounds=(), actor="madre"),)


@pytest.mark.parametrize(("rule", "shown"), [("month", "2017-03"), ("year", "2017"), ("day", None)])
def test_the_dates_of_a_testimony_are_as_coarse_as_the_rule(rule: str, shown: str | None) -> None:
    """By default its month; what parties say in public keeps its day."""
    dossier = valdeoscuro(extra=_testimony())
    found = _claims(replace(dossier, rules=replace(dossier.rules, testimony_dates=rule)))
    exact = str(_testimony()[0].stated)
    assert found["told"]["stated"] == (shown or exact) and found["told"]["as_of"] in (shown, "2017-03-18")
    assert len(found["c5"]["stated"]) == 10


def test_what_an_unnamed_voice_says_on_a_public_page_keeps_its_day() -> None:
    """The page tells the day anyway."""
    found = _claims(valdeoscuro(extra=many_claims(30)))
    public = [
        claim
        for claim in found.values()
        if claim["voice"]["party"] == "kin" and any(s["url"] for s in claim["sources"])
    ]
    assert public and all(len(claim["stated"]) == 10 for claim in public)


def test_a_testimony_on_several_facilities_does_not_say_at_which() -> None:
    """With two places its speaker could be at either; with one the event says it."""
    dossier = valdeoscuro(extra=_testimony())
    assert _claims(dossier)["told"]["facility"] == "valdeoscuro"
    account, cast = dossier.events[0], dossier.cast
    event = replace(account.event, facilities=("valdeoscuro", "otro"))
    two = replace(cast, events=(event,), facilities=(*cast.facilities, Facility("otro", "Otro centro")))
    found = _claims(replace(dossier, cast=two, events=(replace(account, event=event),)))
    assert found["told"]["facility"] is None and found["c5"]["facility"] == "valdeoscuro"


def test_a_document_of_testimony_hides_the_day_it_came() -> None:
    """Without a public address and with an unnamed voice in it, its dates are told by the month."""
    dossier = valdeoscuro()
    letter = dossier.documents[0]
    about = replace(letter.document.description, url=None)
    private = replace(letter, document=replace(letter.document, description=about))
    page = build(replace(dossier, documents=(private, *dossier.documents[1:])))[
        f"en/d/{letter.document.sha256[:16]}/index.html"
    ]
    assert b"2 Apr 2017" not in page and b"Apr 2017" in page
