"""Templates to bytes. Autoescape is on, an unknown name raises, and no template sees anything but the public view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from recuento.model.accounts import Agreement, Standing
from recuento.publish.addresses import Addresses
from recuento.publish.chart import LETTERS
from recuento.publish.event_page import EventTold, Question, fit_words
from recuento.publish.files import proof_name
from recuento.publish.links import Links
from recuento.publish.quick_templates import QuickEnvironment
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicClaim, PublicDossier, PublicRow
from recuento.values.wording import shortened

_QUOTE_MAX = 120


@cache
def templates() -> Environment:
    """The one environment of the pages. The workbench may load the same templates."""
    environment = QuickEnvironment(
        loader=PackageLoader("recuento.publish"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters.update(
        short=shortened, capital=capital, nb=unbroken, excerpt=excerpt, standing_order=standing_order, drawn=drawn
    )
    return environment


@lru_cache(maxsize=256)
def drawn(mark: str, label: str) -> Markup:
    """The mark of a party, a hundred times on a page; a mark without a label only repeats what stands beside it."""
    told = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup(
        '<svg class="m p{}" width="14" height="14" viewBox="-10 -10 20 20" {}><use href="#m-{}"/></svg>'
    ).format(LETTERS[mark], told, mark)


def capital(words: str) -> str:
    """`words` with its first letter in upper case and the rest as they are."""
    return words[:1].upper() + words[1:]


def unbroken(words: str) -> str:
    """`words` with spaces at which no line is broken."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def excerpt(quote: str, claim: PublicClaim) -> str:
    """At most a line or two of a quote, around the words of the quantity, with an ellipsis where words are missing."""
    quote = " ".join(quote.split())
    if len(quote) <= _QUOTE_MAX:
        return quote
    place = max(quote.find(claim.quantity.words), 0) if claim.quantity.words else 0
    start = max(0, min(place - _QUOTE_MAX // 2, len(quote) - _QUOTE_MAX))
    piece = quote[start : start + _QUOTE_MAX]
    if start > 0 and " " in piece[:30]:
        piece = piece.split(" ", 1)[1]
    if start + _QUOTE_MAX < len(quote) and " " in piece[-30:]:
        piece = piece.rsplit(" ", 1)[0]
    return ("… " if start > 0 else "") + piece + (" …" if start + _QUOTE_MAX < len(quote) else "")


def standing_order(claims: Sequence[PublicClaim]) -> list[PublicClaim]:
    """What stands first, then what was replaced or repeated; within each, the latest first."""
    if len(claims) < 2:
        return list(claims)
    latest = sorted(claims, key=lambda claim: str(claim.stated), reverse=True)
    return sorted(latest, key=lambda claim: claim.standing is not Standing.CURRENT)


def render(template: str, links: Links, shared: Mapping[str, Any], **values: Any) -> bytes:
    """One page as UTF-8 bytes; `shared` is what `shared_by_pages` gave."""
    text = templates().get_template(template).render(to=links, **shared, **values)
    return f"{text}\n".encode()


def row_chip(row: PublicRow, told: EventTold, tongue: Tongue) -> Markup:
    """The small mark under a question: how the accounts stand to one another, and whether one does not fit."""
    ids = {id for cell in row.cells for id in cell.claims}
    unfit = any(
        answer.fits == "no" and answer.claim.id in ids and answer.claim.standing is Standing.CURRENT
        for answer in told.answers
    )
    if unfit:
        kind, sign, key = "no", "≠", "agree_unfit"
    else:
        kind, sign = _SIGNS[row.agreement]
        key = f"agree_{row.agreement.value}"
    return Markup('<span class="chip {}"><span aria-hidden="true">{}</span> {}</span>').format(
        kind, sign, tongue.t(key)
    )


_SIGNS = {
    Agreement.DIFFER: ("no", "≠"),
    Agreement.COMPATIBLE: ("ok", "≈"),
    Agreement.AGREE: ("ok", "="),
    Agreement.APART: ("", "·"),
    Agreement.APART: ("", "·"),
    Agreement.ALONE: ("", "·"),
    Agreement.SILENT: ("", "·"),
}


def document_labels(view: PublicDossier, tongue: Tongue) -> Callable[[str], str]:
    """What each document is called: its title, else its outlet and date, else the beginning of its hash."""
    documents = {document.id: document for document in view.documents}

    def label(id: str) -> str:
        document = documents[id]
        if document.title:
            return document.title
        if document.outlet and document.published:
            return f"{document.outlet}, {tongue.day(document.published)}"
        return document.outlet or tongue.t("untitled", key=id[:8])

    return label


def host_of(url: str) -> str:
    """The host of an address, to be shown where no outlet is known."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def figure_words(question: Question, tongue: Tongue) -> str:
    """The chart in words, for those who do not see it."""
    lines = question.chart.lines if question.chart is not None else ()
    said = [
        tongue.t("chart_said", who=line.name, day=line.day, quantity=f"{line.value} {line.note}".strip())
        for line in lines
    ]
    implied = tongue.t("chart_implied", range=question.implied) if question.implied else ""
    return f"{implied} {'. '.join(said)}.".strip()


def shared_by_pages(view: PublicDossier, addresses: Addresses, tongue: Tongue) -> Mapping[str, Any]:
    """What every template of one language may ask for, indexed once for the whole site."""
    claims = {claim.id: claim for event in view.events for claim in event.claims}
    return {
        "L": tongue,
        "site": view,
        "letters": LETTERS,
        "claim_of": claims.__getitem__,
        "claims_of": lambda ids: [claims[id] for id in ids],
        "year_of": {event.id: event.starts.year for event in view.events}.__getitem__,
        "facility_name": {facility.id: facility.name for facility in view.facilities}.__getitem__,
        "event_name": {event.id: event.name for event in view.events}.__getitem__,
        "document_of": {document.id: document for document in view.documents}.__getitem__,
        "document_label": document_labels(view, tongue),
        "host_of": host_of,
        "claim_mark": addresses.claim_mark,
        "statement_mark": addresses.statement_mark,
        "list_mark": lambda id: "r" + addresses.statement_mark(id),
        "demand_mark": addresses.demand_mark,
        "subset": lambda written: subset_told(written, view, tongue),
        "part": lambda kind, id: _mark(kind, id, addresses),
        "end": lambda kind, id: _mark(f"/{kind}", id, addresses),
        "proof_name": proof_name,
    }


def subset_told(written: str, view: PublicDossier, tongue: Tongue) -> str:
    """A subset in this language; quoted as it is written where only that is known."""
    both = view.subsets.get(written)
    return tongue.say(both) if both is not None else tongue.t("subset_written", words=written)


def _mark(kind: str, id: str, addresses: Addresses) -> Markup:
    """Where a part of a page begins or ends that is taken out once what it is about is withdrawn."""
    slug = addresses.documents[id] if kind.endswith("d") else addresses.events[id]
    return Markup(f"<!--{kind}:{slug}-->")


def first_printed() -> Callable[[str], bool]:
    """Tells, while one page is printed, whether a claim is for the first time: its address may stand only once."""
    seen: set[str] = set()

    def fresh(id: str) -> bool:
        new = id not in seen
        seen.add(id)
        return new

    return fresh


def event_helpers(told: EventTold, tongue: Tongue) -> dict[str, Any]:
    """What only the page of an event asks for; `fresh` besides, which is of one printing (`first_printed`)."""
    return {
        "fit_words": lambda claim, question: fit_words(claim, question.headline.bound, tongue),
        "row_chip": lambda row: row_chip(row, told, tongue),
        "figure_words": lambda question: figure_words(question, tongue),
    }
