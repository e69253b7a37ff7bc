"""What to follow: Atom feeds (RFC 4287) of all events and of each, and a site map where there is a public address.

An entry is one event in one edition that changed it: its id is made of the site, the language, the event and the
number of the edition, so it is the same in every feed and every later edition; its date is that of the edition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import groupby, islice
from xml.sax.saxutils import escape, quoteattr

from recuento.model.edition import Change, ChangeKind, Edition, EventChanges
from recuento.publish.addresses import Addresses, leads
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicDossier, PublicEvent
from recuento.values.partial_date import PartialDate

_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), " ")
_LONGEST = 50
"""Entries of the feed of all events; that of one event has them all."""
_KIND_WORDS = {
    ChangeKind.TESTIMONIES: "change_testimonies_kind",
    ChangeKind.RETRACTED: "change_retracted_kind",
}


def feed(view: PublicDossier, addresses: Addresses, tongue: Tongue, editions: Sequence[Edition]) -> bytes:
    """The latest changes of all events, newest edition first. `editions` are all, oldest first."""
    path = f"{tongue.language}/atom.xml"
    told = {event.id: event for event in view.events}
    every = (
        _entry(edition, one, told[one.event], view, addresses, tongue, path)
        for edition in reversed(editions)
        for one in edition.changes
        if one.event in told
    )
    home = addresses.section("home", tongue.language)
    title = tongue.t("feed_title", site=view.name)
    return _feed(view, tongue, path, home, title, _urn(view.name, tongue.language), list(islice(every, _LONGEST)))


Past = Mapping[str, Sequence[tuple[Edition, EventChanges]]]
"""The changes of each event with the edition they came with, the newest first."""


def past_of(editions: Sequence[Edition]) -> Past:
    """The changes of these editions, oldest first as they are, by event."""
    found: dict[str, list[tuple[Edition, EventChanges]]] = {}
    for edition in reversed(editions):
        for one in edition.changes:
            found.setdefault(one.event, []).append((edition, one))
    return found


def event_feed(event: PublicEvent, view: PublicDossier, addresses: Addresses, tongue: Tongue, past: Past) -> bytes:
    """Every edition that changed this event, newest first."""
    path = addresses.event_feed(event.id, tongue.language)
    found = [_entry(edition, one, event, view, addresses, tongue, path) for edition, one in past.get(event.id, ())]
    title = tongue.t("feed_event", site=view.name, name=tongue.say(event.name))
    page = addresses.event(event.id, tongue.language)
    id = _urn(view.name, tongue.language, "event", addresses.events[event.id])
    return _feed(view, tongue, path, page, title, id, found)


def withdrawn_feed(path: str, month: PartialDate, site: str, tongue: Tongue) -> bytes:
    """What stands in the place of the feed of an event that was withdrawn: one entry that says so."""
    day = f"{month.first.isoformat()}T00:00:00Z"
    id = _urn(site, tongue.language, "event", path.split("/")[-2])
    words = _xml(tongue.t("notice_withdrawn_page", month=tongue.day(month)))
    title = f"{_xml(site)}: {_xml(tongue.t('notice_withdrawn_title'))}"
    entry = (
        f"<entry><id>{_urn(id, 'withdrawn')}</id><title>{_xml(tongue.t('notice_withdrawn_title'))}</title>"
        f'<updated>{day}</updated><link href="index.html"/><summary>{words}</summary></entry>\n'
    )
    return _document(tongue, id, title, day, "atom.xml", "index.html", site, entry)


def kind_words(kind: ChangeKind, tongue: Tongue) -> str:
    """What changes of a kind are called."""
    return tongue.t(_KIND_WORDS.get(kind, f"change_{kind.value.replace(' ', '_')}"))


def grouped(changes: Sequence[Change]) -> list[tuple[ChangeKind, list[Change]]]:
    """Changes by kind, in the order kinds are told."""
    order = list(ChangeKind)
    in_order = sorted(changes, key=lambda change: order.index(change.kind))
    return [(kind, list(some)) for kind, some in groupby(in_order, key=lambda change: change.kind)]


def _feed(
    view: PublicDossier, tongue: Tongue, path: str, page: str, title: str, id: str, entries: Sequence[str]
) -> bytes:
    day = f"{view.edition.isoformat()}T00:00:00Z"
    here = f"{view.address}/{path}" if view.address else path.rsplit("/", 1)[-1]
    there = f"{view.address}/{page.removesuffix('index.html')}" if view.address else leads(path, page)
    return _document(tongue, id, _xml(title), day, here, there, view.name, "".join(entries))


def _document(tongue: Tongue, id: str, title: str, day: str, here: str, there: str, site: str, entries: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{tongue.language}">\n'
        f"<id>{id}</id>\n<title>{title}</title>\n<updated>{day}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(here)}/>\n<link href={quoteattr(there)}/>\n'
        f"<author><name>{_xml(site)}</name></author>\n{entries}</feed>\n"
    ).encode()


def _entry(
    edition: Edition,
    one: EventChanges,
    event: PublicEvent,
    view: PublicDossier,
    addresses: Addresses,
    tongue: Tongue,
    path: str,
) -> str:
    page = addresses.event(event.id, tongue.language)
    link = f"{view.address}/{page.removesuffix('index.html')}" if view.address else leads(path, page)
    title = tongue.t("feed_entry", name=tongue.say(event.name), n=tongue.number(edition.number))
    slug = addresses.events[event.id]
    return (
        f"<!--e:{slug}--><entry><id>{_urn(view.name, tongue.language, event.id, str(edition.number))}</id>"
        f"<title>{_xml(title)}</title><updated>{edition.day.isoformat()}T00:00:00Z</updated>"
        f"<link href={quoteattr(link)}/><summary>{_xml(_summary(one, event, edition, view, tongue))}</summary></entry>"
        f"<!--/e:{slug}-->\n"
    )


def _summary(one: EventChanges, event: PublicEvent, edition: Edition, view: PublicDossier, tongue: Tongue) -> str:
    lines = []
    for kind, changes in grouped(one.changes):
        if kind is ChangeKind.EVENT_NEW:
            lines.append(tongue.t("feed_entry_first"))
            continue
        lines.append(f"{kind_words(kind, tongue)}: {'; '.join(_words(change, tongue) for change in changes)}")
    if event.retracted is not None and edition.number == view.number:
        lines.append(tongue.t("retracted", month=tongue.day(event.retracted)))
    return "\n".join(lines)


def _words(change: Change, tongue: Tongue) -> str:
    words = tongue.say(change.words)
    if change.before is None or change.after is None:
        return words
    moved = tongue.t("change_from_to", before=tongue.say(change.before), after=tongue.say(change.after))
    return moved if change.after == change.words else f"{words} ({moved})"


def sitemap(address: str, paths: Sequence[str]) -> bytes:
    """Every page of the dossier by its public address."""
    lines = "".join(
        f"<url><loc>{_xml(f'{address}/' + path.removesuffix('index.html'))}</loc></url>\n" for path in paths
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    )
    return text.encode()


def _urn(*parts: str) -> str:
    digest = sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"urn:uuid:{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def _xml(text: str) -> str:
    return escape(text.translate(_FORBIDDEN))
