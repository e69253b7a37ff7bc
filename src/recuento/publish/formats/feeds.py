"""What to follow: an Atom feed per language, and a site map where the dossier has a public address."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from xml.sax.saxutils import escape, quoteattr

from recuento.publish.addresses import Addresses
from recuento.publish.tongue import Tongue
from recuento.publish.view import PublicDossier, PublicEvent

_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), " ")


def atom(view: PublicDossier, addresses: Addresses, tongue: Tongue) -> bytes:
    """The events, as a feed reader wants them. Nothing but the edition gives a date: no clock is read."""
    day = f"{view.edition.isoformat()}T00:00:00Z"
    title = _xml(tongue.t("feed_title", site=view.name))
    entries = "".join(_entry(event, view, addresses, tongue, day) for event in view.events)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{tongue.language}">\n'
        f"<id>{_urn(view.name, tongue.language)}</id>\n<title>{title}</title>\n<updated>{day}</updated>\n"
        f"<author><name>{_xml(view.name)}</name></author>\n{entries}</feed>\n"
    )
    return text.encode()


def _entry(event: PublicEvent, view: PublicDossier, addresses: Addresses, tongue: Tongue, day: str) -> str:
    path = addresses.event(event.id, tongue.language)
    link = f"{view.address}/{path.removesuffix('index.html')}" if view.address else path.split("/", 1)[1]
    summary = tongue.t("event_description", name=tongue.say(event.name), days=tongue.days(event.starts, event.ends))
    if event.retracted is not None:
        summary = f"{summary} {tongue.t('retracted', month=tongue.day(event.retracted))}"
    return (
        f"<entry><id>{_urn(view.name, tongue.language, event.id)}</id>"
        f"<title>{_xml(tongue.say(event.name))}</title><updated>{day}</updated>"
        f"<link href={quoteattr(link)}/><summary>{_xml(summary)}</summary></entry>\n"
    )


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
