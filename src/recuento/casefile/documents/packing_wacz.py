"""Put the captures of a casefile into one WACZ, which ReplayWeb.page shows and others can check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from recuento import __version__
from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.custody import note_act
from recuento.casefile.documents.capture_record import record_of
from recuento.casefile.documents.web_archives import WARC
from recuento.errors import InvalidValue
from recuento.model.capture import Capture
from recuento.preserve.web.visit import PRODUCT
from recuento.preserve.web.wacz_writing import Page, write_wacz
from recuento.store import captures as stored_captures
from recuento.store import documents
from recuento.store.durable import write_file
from recuento.store.log import Act


def pack_captures(
    casefile: Casefile, path: Path, *, by: str, at: datetime, only: Sequence[Capture] | None = None
) -> tuple[int, int]:
    """Write a WACZ of all captures, or of `only` these, to `path`; gives how many archives and pages are in it.

    Beside the archives it holds recuento/captures.jsonl with every field that is told of each capture. Archives that
    came as WACZ stay out: they are WACZ already. The export is an entry of the custody log. Raises InvalidValue where
    nothing was captured.
    """
    with casefile.database.reading() as connection:
        listed = stored_captures.all(connection) if only is None else list(only)
        kinds = {document.sha256: document for document in documents.all(connection)}
    warcs = [
        sha256
        for sha256 in dict.fromkeys(one.warc for one in listed if one.warc)
        if sha256 in kinds and kinds[sha256].media_type == WARC
    ]
    if not warcs:
        raise InvalidValue(
            "nothing was captured that could be packed: recuento preserve URL captures",
            "no hay capturas que empaquetar: recuento preserve URL las hace",
        )
    shown = [one for one in listed if one.warc in set(warcs)]
    file = BytesIO()
    pages = list(_pages(shown))
    write_wacz(
        file,
        ((_name(sha256, kinds[sha256].name), casefile.originals.read(sha256)) for sha256 in warcs),
        pages,
        title=casefile.settings.name,
        software=f"{PRODUCT} {__version__}",
        at=at,
        more=[("recuento/captures.jsonl", _records(shown))],
    )
    data = file.getvalue()
    details = {"form": "wacz", "sha256": hashlib.sha256(data).hexdigest()}
    note_act(casefile, Act.EXPORTED, by=by, at=at, details=details)
    write_file(path, data)
    return len(warcs), len(pages)


def _pages(captures: Iterable[Capture]) -> Iterator[Page]:
    for one in captures:
        if one.outcome.is_kept_as_document and one.document:
            yield Page(one.id.rpartition(":")[2], one.final_url or one.url, one.clocks.before, one.title or "")


def _records(captures: Iterable[Capture]) -> bytes:
    return "".join(json.dumps(record_of(one), ensure_ascii=False) + "\n" for one in captures).encode()


def _name(sha256: str, name: str) -> str:
    """A file name for an archive in the zip: its hash, so that no two are the same, with the ending it needs."""
    return f"{sha256[:24]}.warc.gz" if name.lower().endswith(".gz") else f"{sha256[:24]}.warc"
