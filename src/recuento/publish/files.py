"""The downloads: every file of the dossier that is not a page."""

from __future__ import annotations

from collections.abc import Sequence

from recuento.model.dossier import ProofFile
from recuento.model.edition import Edition
from recuento.publish.addresses import Addresses
from recuento.publish.formats.annotations import annotations_of
from recuento.publish.formats.changes_json import changes_json, edition_json
from recuento.publish.formats.citation import bibtex, csl_json
from recuento.publish.formats.event_json import event_json
from recuento.publish.formats.feeds import Past, event_feed, feed, sitemap
from recuento.publish.formats.follow_the_money import entities
from recuento.publish.formats.tables import claims_csv, datapackage
from recuento.publish.freezing import folder_of
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicDossier, PublicEvent


def event_files(event: PublicEvent, view: PublicDossier, addresses: Addresses) -> dict[str, bytes]:
    """The downloads of an event, by path."""
    return {addresses.file(event.id, name): content for name, content in _of_event(event, view, addresses).items()}


def event_feeds(
    event: PublicEvent, view: PublicDossier, addresses: Addresses, tongue: Tongue, past: Past
) -> dict[str, bytes]:
    """The feed of an event in one language."""
    path = addresses.event_feed(event.id, tongue.language)
    return {path: event_feed(event, view, addresses, tongue, past)}


def document_files(view: PublicDossier, addresses: Addresses) -> dict[str, bytes]:
    """The annotations of every document, by path."""
    found: dict[str, bytes] = {}
    for document in view.documents:
        page = addresses.document(document.id, view.languages[0]).removesuffix("index.html")
        address = f"{view.address}/{page}" if view.address is not None else None
        found[addresses.annotations(document.id)] = annotations_of(document, address)
    return found


def _of_event(event: PublicEvent, view: PublicDossier, addresses: Addresses) -> dict[str, bytes]:
    found = {
        "claims.csv": claims_csv(event),
        "datapackage.json": datapackage(event, view),
        "event.json": event_json(event, view),
        "entities.ftm.json": entities(event, view),
    }
    found |= {proof_name(proof): proof.text.encode("utf-8") for proof in event.proofs}
    slug = addresses.events[event.id]
    for language in view.languages:
        page = f"{folder_of(view.number)}/{addresses.event(event.id, language)}".removesuffix("index.html")
        address = f"{view.address}/{page}" if view.address is not None else None
        tongue = Tongue(language)
        found[f"cite.{language}.bib"] = bibtex(event, view, tongue, slug, address)
        found[f"cite.{language}.json"] = csl_json(event, view, tongue, slug, address)
    return found


def proof_name(proof: ProofFile) -> str:
    """The name of a proof among the downloads of its event."""
    return f"proofs/{proof.term.replace('@', '-')}-{proof.side}.json"


def feeds(view: PublicDossier, addresses: Addresses, pages: list[str], editions: Sequence[Edition]) -> dict[str, bytes]:
    """The feed of all events in each language; what changed as data; a site map where it has an address.

    `editions` are all, the oldest first, this one last.
    """
    found = {"changes.json": changes_json(editions), "edition.json": edition_json(view, editions)}
    for language in view.languages:
        tongue = Tongue(language)
        found[f"{language}/atom.xml"] = feed(view, addresses, tongue, editions)
    if view.address is not None:
        found["sitemap.xml"] = sitemap(view.address, pages)
    return found
