"""Every page of the dossier in one language, and the root that leads to the languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from recuento.model.demand import DemandState
from recuento.model.edition import Edition
from recuento.model.ledger import Reading
from recuento.publish.addresses import Addresses
from recuento.publish.document_page import pieces_of
from recuento.publish.event_page import Brief, EventTold, brief_of, told
from recuento.publish.formats.citation import in_words
from recuento.publish.formats.feeds import grouped, kind_words
from recuento.publish.formats.linked_data import json_ld
from recuento.publish.links import Links, Page
from recuento.publish.render import event_helpers, first_printed, render, shared_by_pages, templates
from recuento.publish.tongue import Tongue, phrases
from recuento.publish.view import (
    PublicClaim,
    PublicDemand,
    PublicDocument,
    PublicDossier,
    PublicEvent,
    PublicFacility,
    PublicParty,
)
from recuento.values.quantity import Comparison, quantity_from

_PENDING = (DemandState.OPEN, DemandState.OVERDUE, DemandState.PARTLY, DemandState.CONTRADICTED)
_STOCKS = ("population", "capacity", "occupancy_rate", "overcrowding_rate")


def root_page(view: PublicDossier) -> bytes:
    """The page at the root: to the first language at once, with a link to every language."""
    names = [(language, phrases()[f"language_{language}"].text(language)) for language in view.languages]
    text = templates().get_template("root.html").render(site=view, first=view.languages[0], languages=names)
    return f"{text}\n".encode()


class Site:
    """All pages in one language. `editions` are all, this one last."""

    def __init__(
        self,
        view: PublicDossier,
        addresses: Addresses,
        tongue: Tongue,
        editions: Sequence[Edition],
    ) -> None:
        self.editions = editions
        self.view = view
        self.addresses = addresses
        self.tongue = tongue
        self.shared = shared_by_pages(view, addresses, tongue)
        self.stocks = _stocks_by_facility(view)
        self.home = self._links(Page("home"))

    def event_page(self, event: PublicEvent) -> tuple[dict[str, bytes], Brief]:
        """The page of an event, and what other pages tell of it."""
        page = told(event, self.home, self.tongue)
        return self._rendered([(Page("event", event.id), "event.html", self._event(page))]), brief_of(page)

    def other_pages(self, briefs: Mapping[str, Brief], sizes: Mapping[str, int]) -> dict[str, bytes]:
        """Every page but those of events: from what `event_page` gave of each, and the sizes of all files in bytes."""
        return self._rendered(self._all(briefs, sizes))

    def _rendered(self, pages: Sequence[tuple[Page, str, dict[str, Any]]]) -> dict[str, bytes]:
        found = {}
        for page, template, values in pages:
            links = self._links(page)
            found[links.path] = render(template, links, self.shared, **values)
        return found

    def _links(self, page: Page) -> Links:
        return Links(self.view, self.addresses, self.tongue.language, page)

    def _all(self, briefs: Mapping[str, Brief], sizes: Mapping[str, int]) -> list[tuple[Page, str, dict[str, Any]]]:
        found = [
            (Page("home"), "home.html", self._home(briefs)),
            (Page("facilities"), "facilities.html", {}),
            (Page("demands"), "demands.html", self._demands()),
            (Page("data"), "data.html", {"events": self.view.events, "size_of": partial(self._size, sizes)}),
            (Page("method"), "method.html", self._method()),
            (Page("changes"), "changes.html", self._changes()),
        ]
        found += [
            (Page("estimation", one.id), "estimation.html", {"one": one, "picture": Markup(one.picture.text(language))})
            for language in [self.tongue.language]
            for one in self.view.estimations
        ]
        found += [(Page("facility", f.id), "facility.html", self._facility(f, briefs)) for f in self.view.facilities]
        found += [(Page("document", d.id), "document.html", _document(d)) for d in self.view.documents]
        return found

    def _event(self, told: EventTold) -> dict[str, Any]:
        return {
            "told": told,
            "event": told.event,
            "estimations": self.view.estimations_of(told.event.id),
            "json_ld": _safe(json_ld(told, self._links(Page("event", told.event.id)), self.tongue)),
            "citation": in_words(told.event, self.view, self.tongue),
            **event_helpers(told, self.tongue),
            "fresh": first_printed(),
        }

    def _home(self, briefs: Mapping[str, Brief]) -> dict[str, Any]:
        latest = sorted(self.view.events, key=lambda event: str(event.starts), reverse=True)
        return {"events": [(event, briefs[event.id]) for event in latest], "demands": self._pending()}

    def _changes(self) -> dict[str, Any]:
        told = {event.id for event in self.view.events}
        return {
            "since": self.editions[-2].number if len(self.editions) > 1 else None,
            "changes": [
                (one, [(kind_words(kind, self.tongue), some) for kind, some in grouped(one.changes)])
                for one in self.editions[-1].changes
                if one.event in told
            ],
            "editions": list(reversed(self.editions)),
        }

    def _demands(self) -> dict[str, Any]:
        every = [demand for event in self.view.events for demand in event.demands]
        settled = [demand for demand in every if demand.state not in _PENDING]
        return {"open": self._pending(), "settled": sorted(settled, key=lambda demand: -demand.days_open)}

    def _pending(self) -> list[PublicDemand]:
        every = [demand for event in self.view.events for demand in event.demands if demand.state in _PENDING]
        return sorted(every, key=lambda demand: -demand.days_open)

    def _facility(self, facility: PublicFacility, briefs: Mapping[str, Brief]) -> dict[str, Any]:
        claims = self.stocks.get(facility.id, [])
        return {
            "facility": facility,
            "events": [(event, briefs[id]) for id in facility.events if (event := self.view.event(id))],
            "claims": sorted(claims, key=lambda claim: (str(claim.as_of), str(claim.stated), claim.id)),
        }

    def _size(self, sizes: Mapping[str, int], event: str, name: str) -> str:
        size = sizes[self.addresses.file(event, name)]
        return f"{self.tongue.number(max(1, round(size / 1000)))} kB"

    def _method(self) -> dict[str, Any]:
        readings: dict[str, Reading] = {}
        parties: dict[str, PublicParty] = {}
        for event in self.view.events:
            readings.update((reading.id, reading) for world in event.worlds for reading in world.readings)
            parties.update((party.id, party) for party in event.parties)
        return {
            "readings": list(readings.values()),
            "parties": list(parties.values()),
            "vague": vague_table(self.tongue),
        }


def vague_table(tongue: Tongue) -> list[tuple[str, str, str]]:
    """How each expression is read, with an example worked out by the code that reads them all."""
    examples = {
        "exact": (Comparison.EQ, (14,)),
        "ge": (Comparison.GE, (19,)),
        "gt": (Comparison.GT, (30,)),
        "le": (Comparison.LE, (40,)),
        "approx": (Comparison.APPROX, (3000,)),
        "nearly": (Comparison.NEARLY, (3000,)),
        "upto": (Comparison.UPTO, (100,)),
        "words": (Comparison.VAGUE, (20,)),
        "unknown": (Comparison.UNKNOWN, ()),
    }
    rows = []
    for key, (comparison, stated) in examples.items():
        quantity = quantity_from(comparison, stated, "")
        said = f"«{tongue.t('vague_tens')}»" if key == "words" else tongue.quantity(quantity)
        reading = "" if key == "unknown" else f": {tongue.span(quantity.low, quantity.high)}"
        rows.append((tongue.t(f"vague_{key}"), tongue.t(f"vague_{key}_read"), f"{said}{reading}"))
    return rows


def _document(document: PublicDocument) -> dict[str, Any]:
    return {
        "document": document,
        "pieces": pieces_of(document) if document.text is not None else (),
        "numbers": {statement.id: statement.number for statement in document.statements},
    }


def _stocks_by_facility(view: PublicDossier) -> dict[str, list[PublicClaim]]:
    """How many were held and how many fit, said of each facility in any event."""
    found: dict[str, list[PublicClaim]] = {}
    for event in view.events:
        for claim in event.claims:
            if claim.facility is not None and claim.measure in _STOCKS and not claim.quantity.is_silence:
                found.setdefault(claim.facility, []).append(claim)
    return found


def _safe(text: str) -> Markup:
    """JSON that `in_page` has made safe to stand inside a script element."""
    return Markup(text)
