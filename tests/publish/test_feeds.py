"""The feeds are Atom as RFC 4287 asks: what a validator checks of the structure, on every feed of two editions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from invented_dossier import EVENT, valdeoscuro

from recuento.model.edition import Withdrawn
from recuento.publish.build import build_edition
from recuento.publish.retraction import tombstone
from recuento.values.partial_date import PartialDate

ATOM = "{http://www.w3.org/2005/Atom}"
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def faults(text: bytes) -> list[str]:
    """What a validator would say of a feed."""
    root = ElementTree.fromstring(text)
    found = [] if root.tag == f"{ATOM}feed" else ["the root is no feed"]
    found += [f"feed: {fault}" for fault in _faults_of(root)]
    if not [one for one in root.findall(f"{ATOM}link") if one.get("rel") == "self"]:
        found.append("no link to itself")
    entries = root.findall(f"{ATOM}entry")
    if root.find(f"{ATOM}author/{ATOM}name") is None and not all(one.find(f"{ATOM}author") for one in entries):
        found.append("no author")
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    found += ["two entries share an id"] if len(set(ids)) < len(ids) else []
    for one in entries:
        found += [f"entry: {fault}" for fault in _faults_of(one)]
        if not [link for link in one.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]:
            found.append("an entry leads nowhere")
        if (one.findtext(f"{ATOM}updated") or "") > (root.findtext(f"{ATOM}updated") or ""):
            found.append("an entry is newer than the feed")
    return found


def _faults_of(element: ElementTree.Element) -> list[str]:
    found = []
    for name in ("id", "title", "updated"):
        if len(element.findall(f"{ATOM}{name}")) != 1 or not (element.findtext(f"{ATOM}{name}") or "").strip():
            found.append(f"not one {name}")
    if not _URN.fullmatch(element.findtext(f"{ATOM}id") or ""):
        found.append("the id is no URI")
    if not _WHEN.fullmatch(element.findtext(f"{ATOM}updated") or ""):
        found.append("the date is none")
    return found + ["a link without address" for one in element.findall(f"{ATOM}link") if not one.get("href")]


def _feeds(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path.endswith("atom.xml")}


@pytest.mark.parametrize("address", [None, "https://ejemplo.invalid/recuento"])
def test_every_feed_is_valid_and_its_entries_keep_their_ids(address: str | None) -> None:
    """One feed of all and one of each event, in both languages; the next edition adds an entry and changes none."""
    dossier = replace(valdeoscuro(), address=address)
    first = build_edition(dossier)
    account = dossier.events[0]
    claims = tuple(replace(c, unit="percent") if c.id == "c12" else c for c in account.claims)
    later = replace(dossier, events=(replace(account, claims=claims),), number=2, edition=date(2018, 1, 2))
    second = build_edition(replace(later, earlier=(first.edition,), last_told=first.told))
    assert _feeds(first.files).keys() == _feeds(second.files).keys()
    assert {f"{language}/s/{EVENT}/atom.xml" for language in ("es", "en")} <= _feeds(first.files).keys()
    for path, data in _feeds(second.files).items():
        assert not faults(data) and not faults(first.files[path]), path
        entries = {part for part in data.decode().split("<!--") if "<entry>" in part}
        before = {part for part in first.files[path].decode().split("<!--") if "<entry>" in part}
        assert before < entries and len(entries) == 2, path
        assert "2018-01-02T00:00:00Z" in data.decode()


def test_a_withdrawn_event_keeps_a_valid_feed_that_says_so() -> None:
    """Whoever follows it reads that it was withdrawn; the feed of all forgets it."""
    first = build_edition(valdeoscuro())
    feed = tombstone(f"es/s/{EVENT}/atom.xml", PartialDate(2018, 2), valdeoscuro().name)
    assert not faults(feed) and b"feb 2018" in feed
    before = ElementTree.fromstring(first.files[f"es/s/{EVENT}/atom.xml"])
    assert ElementTree.fromstring(feed).findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    rules = replace(
        valdeoscuro().rules,
        withheld_events=frozenset([EVENT]),
        withdrawn=(Withdrawn("event", EVENT, PartialDate(2018, 2)),),
    )
    gone = replace(valdeoscuro(), rules=rules, number=2, edition=date(2018, 3, 1), earlier=(first.edition,))
    files = build_edition(replace(gone, last_told=first.told)).files
    assert not faults(files["es/atom.xml"]) and b"<entry>" not in files["es/atom.xml"]


def test_the_check_finds_what_is_wrong() -> None:
    """A feed without dates, with one id twice, is not passed."""
    feed = build_edition(valdeoscuro()).files["es/atom.xml"]
    assert faults(re.sub(rb"<updated>[^<]*</updated>", b"", feed))
    entry = re.search(rb"<entry>.*?</entry>", feed, re.S)
    assert entry is not None and "two entries share an id" in faults(feed.replace(entry[0], entry[0] * 2))
