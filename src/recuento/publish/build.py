"""From a dossier to its files: allow, render, and look once more at every byte."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files as package_files

from recuento.model.dossier import Dossier
from recuento.model.edition import Edition, ToldEvent
from recuento.publish.addresses import Addresses, slugs
from recuento.publish.allow import public_view
from recuento.publish.changes import changes_between, past_changes, retracted_since, tellable
from recuento.publish.event_page import Brief
from recuento.publish.files import document_files, feeds
from recuento.publish.formats.feeds import past_of
from recuento.publish.gate import Finding, Gate, refuse_private_values
from recuento.publish.icon import ICON_SVG
from recuento.publish.links import ICON, STYLE
from recuento.publish.pages import Site, root_page
from recuento.publish.private import gate_of
from recuento.publish.shares import Work, shares, usual_jobs
from recuento.publish.telling import contents_of, told_of
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicDossier


@dataclass(frozen=True, slots=True)
class Built:
    """An edition that may leave: its files, and what has to be remembered of it for those to come."""

    files: dict[str, bytes]
    edition: Edition
    told: tuple[ToldEvent, ...]
    gate: Gate
    view: PublicDossier


def build(dossier: Dossier) -> dict[str, bytes]:
    """Every file of the public dossier: relative path to bytes. The same dossier always gives the same bytes.

    Raises CheckFailed, naming files and places, where anything private would get out in any form.
    """
    return build_edition(dossier).files


def build_edition(dossier: Dossier, jobs: int | None = None) -> Built:
    """The same, with what has to be remembered of this edition. Raises CheckFailed as `build` does.

    `jobs` is how many processes make the pages of events; as many as are worth it where nothing is said.
    """
    gate = gate_of(dossier)
    view = public_view(dossier, gate)
    addresses = addresses_of(view)
    told = told_of(view)
    withdrawn = dossier.rules.withdrawn
    retracted = retracted_since(dossier.earlier, withdrawn)
    changes = tellable(changes_between(dossier.last_told, told, retracted), gate.tells)
    edition = Edition(dossier.number, dossier.edition, changes, contents_of(view, addresses, dossier.document_ids))
    past = past_changes(dossier.earlier, withdrawn)
    editions = (*(replace(one, changes=tellable(one.changes, gate.tells)) for one in past), edition)
    sites = [Site(view, addresses, Tongue(language), editions) for language in view.languages]
    work = Work(view, addresses, past_of(editions), gate, sites)
    with shares(work, jobs or usual_jobs(len(view.events))) as begun:
        found = document_files(view, addresses)
        searched: dict[str, bytes] = {}
        private: list[Finding] = []
        briefs: list[dict[str, Brief]] = [{} for _ in sites]
        for share in begun.of_events():
            searched |= share.files
            private += share.findings
            for told_so_far, some in zip(briefs, share.briefs, strict=True):
                told_so_far |= some
        for share in begun.other_pages(briefs, {path: len(content) for path, content in searched.items()}):
            searched |= share.files
            private += share.findings
    pages = sorted(path for path in searched if path.endswith(".html"))
    found.update(feeds(view, addresses, pages, editions))
    found["index.html"] = root_page(view)
    found[STYLE] = package_files("recuento.publish").joinpath(STYLE).read_bytes()
    found[ICON] = ICON_SVG.encode()
    refuse_private_values(found, gate, private)
    found |= searched
    return Built(dict(sorted(found.items())), edition, told, gate, view)


def addresses_of(view: PublicDossier) -> Addresses:
    """Where everything of this view lies."""
    return Addresses(
        events=slugs(event.id for event in view.events),
        facilities=slugs(facility.id for facility in view.facilities),
        documents=slugs((document.id for document in view.documents), longest=16),
        claims=slugs((claim.id for event in view.events for claim in event.claims), keep_case=True),
        statements=slugs((s.id for document in view.documents for s in document.statements), keep_case=True),
        estimations=slugs(one.id for one in view.estimations),
        demands=slugs((demand.id for event in view.events for demand in event.demands), keep_case=True),
    )
