"""What earlier editions show of what was withdrawn since: that something was, and never what.

Pages and files that are about a withdrawn thing, or rest on it, become a page that says so. Pages that list many
things lose the part that is about it: parts lie between two comments that name an event ("e"), the name of one ("n")
or a document ("d").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from recuento.model.edition import Contents, Edition, Withdrawn
from recuento.publish.changes import months_hit
from recuento.publish.formats.feeds import withdrawn_feed
from recuento.publish.formats.plain import written
from recuento.publish.formats.tables import retracted_csv
from recuento.publish.freezing import frozen
from recuento.publish.notices import language_of, notice_page
from recuento.publish.tongue import Tongue
from recuento.values.partial_date import PartialDate

_PART = re.compile(rb"<!--([end]:[\w-]+)-->.*?<!--/\1-->", re.S)
_MAIN = b'<main id="main">'


@dataclass(frozen=True, slots=True)
class Affected:
    """What of an edition is no longer shown: files by how their paths begin, and parts of pages by their name."""

    whole: dict[str, PartialDate] = field(default_factory=dict)
    parts: dict[str, PartialDate] = field(default_factory=dict)
    events: dict[str, PartialDate] = field(default_factory=dict)
    """Events by id, for the list of changes."""

    def month_of(self, path: str) -> PartialDate | None:
        """Since when the whole file is withdrawn; None where it is not."""
        return next((month for start, month in self.whole.items() if path.startswith(start)), None)

    def __bool__(self) -> bool:
        """Whether anything is."""
        return bool(self.whole or self.parts)


def affected(contents: Contents, withdrawn: Iterable[Withdrawn]) -> Affected:
    """What of an edition is about, or rests on, what was withdrawn since. A claim takes its event's page along."""
    every = tuple(withdrawn)
    hit = months_hit(contents, every)
    gone = {one.id: one.month for one in every if one.kind == "event"}
    claims = {one.id: one.month for one in every if one.kind == "claim"}
    whole: dict[str, PartialDate] = {}
    parts: dict[str, PartialDate] = {}
    for event in contents.events:
        if event.id not in hit:
            continue
        month = gone.get(event.id, hit[event.id].month)
        whole |= dict.fromkeys((f"es/s/{event.slug}/", f"en/s/{event.slug}/", f"files/{event.slug}/"), month)
        parts[f"e:{event.slug}"] = month
        if event.id in gone:
            parts[f"n:{event.slug}"] = month
    for document in contents.documents:
        months = [one.month for one in every if one.kind == "document" and one.id == document.sha256]
        months += [claims[id] for id in document.claims if id in claims]
        if months:
            slug, month = document.slug, max(months, key=str)
            pages = (f"es/d/{slug}/", f"en/d/{slug}/", f"files/documents/{slug}.annotations.json")
            whole |= dict.fromkeys(pages, month)
            parts[f"d:{slug}"] = month
    for estimate in contents.estimates:
        months = [one.month for one in every if one.kind == "estimate" and one.id == estimate.id]
        months += [gone[estimate.event]] if estimate.event in gone else []
        if months:
            whole |= dict.fromkeys((f"es/e/{estimate.slug}/", f"en/e/{estimate.slug}/"), max(months, key=str))
    return Affected(whole, parts, {id: one.month for id, one in hit.items()})


def shown(path: str, content: bytes, hit: Affected, edition: Edition, site: str) -> bytes:
    """A frozen file of an edition as far as it may still be seen. `site` is the name of the dossier."""
    month = hit.month_of(path)
    if month is not None:
        return frozen(path, tombstone(path, month, site), edition.number, edition.day)
    if path.endswith("changes.json"):
        return _without_events(content, hit)
    if not path.endswith((".html", ".xml")):
        return content
    return _without_parts(path, content, hit)


def tombstone(path: str, month: PartialDate, site: str) -> bytes:
    """What stands at `path` in the place of what was withdrawn: that something was, and in which month."""
    kind = path.rsplit(".", 1)[-1]
    if kind == "html":
        return notice_page(path, site, "withdrawn", month)
    if kind == "csv":
        return retracted_csv(month)
    if kind == "bib":
        return f"% withdrawn {month}\n".encode()
    if kind == "xml":
        return withdrawn_feed(path, month, site, Tongue(language_of(path)))
    if path.endswith(".ftm.json"):
        entity = {"id": "withdrawn", "schema": "Note", "properties": {"name": ["withdrawn"], "date": [str(month)]}}
        return (json.dumps(entity) + "\n").encode()
    return written({"format": "recuento-withdrawn/1", "withdrawn": str(month)})


def _without_parts(path: str, content: bytes, hit: Affected) -> bytes:
    months: list[PartialDate] = []

    def cut(found: re.Match[bytes]) -> bytes:
        month = hit.parts.get(found[1].decode())
        if month is None:
            return found[0]
        months.append(month)
        return b""

    left = _PART.sub(cut, content)
    if not months or not path.endswith(".html"):
        return left
    tongue = Tongue(language_of(path))
    note = f'<p class="meta">{tongue.t("notice_part", month=tongue.day(max(months, key=str)))}</p>'
    return left.replace(_MAIN, _MAIN + b"\n" + note.encode(), 1)


def _without_events(content: bytes, hit: Affected) -> bytes:
    plain = json.loads(content)
    kept = [one for one in plain["events"] if one["event"] not in hit.events]
    if len(kept) == len(plain["events"]):
        return content
    return written({**plain, "events": kept, "withdrawn": str(max(hit.events.values(), key=str))})
