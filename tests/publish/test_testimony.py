"""A testimony is told less exactly than it is known: its month, not its day; and only a testimony is."""

import json
from dataclasses import replace

import pytest
from invented_dossier import EVENT, many_claims, valdeoscuro

from recuento.model.casting import Facility
from recuento.publish.build import build


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


def test_a_testimony_tells_its_region_and_never_its_facility() -> None:
    """With a region in recuento.toml it is that; without one no place at all. Others keep their facility."""
    dossier = valdeoscuro(extra=_testimony())
    found = _claims(dossier)
    assert found["told"]["facility"] is None and found["told"]["region"] is None
    assert found["c5"]["facility"] == "valdeoscuro" and found["c5"]["region"] is None
    placed = tuple(replace(one, region="TM-L") for one in dossier.cast.facilities)
    found = _claims(replace(dossier, cast=replace(dossier.cast, facilities=placed)))
    assert found["told"]["facility"] is None and found["told"]["region"] == "TM-L" and found["c5"]["region"] is None


def test_of_an_event_at_several_facilities_no_sum_tells_where_a_testimony_is_from() -> None:
    """A term is one facility's: no world, conflict or proof names the testimony, and everything else stays."""
    dossier = valdeoscuro()
    account, cast = dossier.events[0], dossier.cast
    moved = tuple(replace(claim, grounds=()) if claim.id == "c3" else claim for claim in account.claims)
    event = replace(account.event, facilities=("valdeoscuro", "otro"))
    two = replace(cast, events=(event,), facilities=(*cast.facilities, Facility("otro", "Otro centro")))
    for facilities, named in ((("valdeoscuro",), True), (("valdeoscuro", "otro"), False)):
        event = replace(account.event, facilities=facilities)
        changed = replace(
            dossier, cast=replace(two, events=(event,)), events=(replace(account, event=event, claims=moved),)
        )
        told = json.loads(build(changed)[f"files/{EVENT}/event.json"])
        worlds = json.dumps([told["worlds"], told["conflicts"]])
        assert ('"c3"' in worlds) == named


def _with_private_letter(**more: object):
    """The dossier with a letter of a relative that stands on no public page, and its true hash."""
    dossier = valdeoscuro()
    letter = dossier.documents[0]
    about = replace(letter.document.description, url=None)
    private = replace(letter, document=replace(letter.document, description=about))
    changed = replace(dossier, documents=(private, *dossier.documents[1:]), **more)
    return changed, letter.document


def test_a_document_of_testimony_hides_the_day_it_came_and_every_hash_of_it() -> None:
    """Its dates are told by the month; it is known by a random id, and neither its hash, text hash nor size is told."""
    dossier, letter = _with_private_letter()
    layer = dossier.documents[0].layer
    files = build(replace(dossier, document_ids={letter.sha256: "00d0c0ffee00d0c0"}))
    page = files["en/d/00d0c0ffee00d0c0/index.html"]
    assert b"2 Apr 2017" not in page and b"Apr 2017" in page and b"kept back" in page
    assert b"diecinueve" in page, "its words are told where texts are"
    for hash in (letter.sha256, layer.sha256):
        for told in (hash, hash[:16], hash[:8], hash[-8:]):
            assert not [path for path, data in files.items() if told.encode() in data or told in path]
    told = json.loads(files["files/documents/00d0c0ffee00d0c0.annotations.json"])
    assert told["id"].startswith("urn:recuento:document:00d0c0ffee00d0c0")


def test_a_document_of_testimony_without_an_id_is_left_out() -> None:
    """Where the casefile gave it none, nothing is made up: no page, no annotations, and no hash."""
    dossier, letter = _with_private_letter()
    files = build(dossier)
    assert not [path for path, data in files.items() if letter.sha256[:16] in path or letter.sha256.encode() in data]
