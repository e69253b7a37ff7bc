"""The addresses of the pages, written in one place."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

STATIC = "/static/"
API = "/api/"


def review_url(key: str, after: int | None = None) -> str:
    """The page of a statement by its key; `after` names the decision that led there."""
    _, document, spans = key.split(":")
    return f"/review/{document}/{spans}/" + (f"?after={after}" if after is not None else "")


def act_url(key: str, what: str) -> str:
    """Where the forms of a statement go: "decide" or "redraw"."""
    return f"{review_url(key)}{what}/"


def history_url(key: str) -> str:
    """The history of a statement."""
    _, document, spans = key.split(":")
    return f"/history/{document}/{spans}/"


def add_url(sha256: str, what: str = "") -> str:
    """Where a missed statement of a document is added."""
    return f"/add/{sha256[:16]}/" + (f"{what}/" if what else "")


def pair_url(mark: str, what: str = "") -> str:
    """The page of a pair of entries by its mark, or where its form goes ("decide")."""
    return f"/people/{mark}/" + (f"{what}/" if what else "")


def source_url(id: str, what: str = "") -> str:
    """The page of a sealed source, or where its forms go ("open", "packet")."""
    return f"/unseal/{id}/" + (f"{what}/" if what else "")


def take_out_url(subject: str) -> str:
    """The page on which "claim:ID", "document:SHA256" and the like are held back or withdrawn."""
    return f"/publish/out/?subject={quote(subject, safe=':,')}"


def event_url(id: str) -> str:
    """The page of an event."""
    return f"/event/{quote(id, safe='')}/"


def claim_url(event: str, id: str, what: str = "") -> str:
    """The page of a claim of an event, or where its forms go."""
    return f"{event_url(event)}claim/{quote(id, safe='')}/" + (f"{what}/" if what else "")


def demand_url(event: str, id: str, what: str = "") -> str:
    """The page of a demand of an event, or where its forms go."""
    return f"{event_url(event)}demand/{quote(id, safe='')}/" + (f"{what}/" if what else "")


def cast_url(kind: str, id: str) -> str:
    """Where an actor, a facility or an event of recuento.toml stands on the page of the cast."""
    return f"/cast/#{kind}-{quote(id, safe='')}"


def who_url(given: Mapping[str, str]) -> str:
    """The page that asks who somebody is, its form filled in."""
    return f"/cast/actor/?{urlencode({name: words for name, words in given.items() if words})}"


def record_url(kind: str, id: str) -> str:
    """The page of a claim or demand whose event is still to be found."""
    return f"/{kind}/{quote(id, safe='')}/"


def document_url(sha256: str) -> str:
    """The page of a document."""
    return f"/document/{sha256[:16]}/"


def layer_url(sha256: str, layer: str) -> str:
    """The page of one text layer of a document, by the SHA-256 of both or their beginnings."""
    return f"{document_url(sha256)}layer/{layer[:8]}/"


def words_url(sha256: str, start: int, end: int) -> str:
    """The characters `start` to `end` of a document, highlighted on its page."""
    return f"{document_url(sha256)}#{words_mark(start, end)}"


def words_mark(start: int, end: int) -> str:
    """The fragment under which those characters stand."""
    return f"w-{start}-{end}"


def key_from(document: str, spans: str) -> str:
    """The key behind the two parts of an address."""
    return f"statement:{document}:{spans}"
