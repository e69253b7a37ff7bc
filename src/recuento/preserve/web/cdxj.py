"""The index of a web archive (CDXJ): a line for every answer, by the address turned round, so that tools find it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO
from urllib.parse import parse_qsl, urlencode, urlsplit

from recuento.preserve.web.http_message import NotHttp, head_of
from recuento.preserve.web.payload import plain_type
from recuento.preserve.web.warc_reading import Record, records

_INDEXED = ("response", "resource", "revisit")


def index_lines(file: IO[bytes], name: str, block_bytes_max: int) -> Iterator[str]:
    """The lines of one WARC file called `name`, in its order; what is damaged or too long has none."""
    for one in records(file, block_bytes_max):
        if isinstance(one, Record) and one.block is not None and one.fields.get("warc-type") in _INDEXED:
            line = _line(one, name)
            if line is not None:
                yield line


def turned_round(url: str) -> str:
    """The address as it is sorted by: host from its end, without www, then path and sorted query, in lower case.

    What is no address of the web is given back as it is.
    """
    if not url.startswith(("http:", "https:")):
        return url
    try:
        parts = urlsplit(re.sub(r"^(https?://)www\d*\.", r"\1", url.lower()))
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True))) if parts.query else ""
    path = parts.path or "/"
    return f"{','.join(reversed((parts.hostname or '').split('.')))}{port}){path}{'?' + query if query else ''}"


def _line(one: Record, name: str) -> str | None:
    url = one.fields.get("warc-target-uri", "").strip("<>")
    stamp = stamp_of(one.fields.get("warc-date", ""))
    block = one.block or b""
    if not url or stamp is None:
        return None
    status, media_type, body = "200", one.fields.get("content-type", ""), block
    if one.fields["warc-type"] != "resource":
        try:
            head = head_of(block)
        except NotHttp:
            head = None
        if head is None:
            return None
        status, media_type, body = str(head.status), head.field("content-type") or "", block[head.size :]
    digest = one.fields.get("warc-payload-digest") or f"sha256:{hashlib.sha256(body).hexdigest()}"
    told = {
        "url": url,
        "mime": "warc/revisit" if one.fields["warc-type"] == "revisit" else plain_type(media_type) or "unk",
        "status": status,
        "digest": digest,
        "length": str(one.end - one.start),
        "offset": str(one.start),
        "filename": name,
    }
    return f"{turned_round(url)} {stamp} {json.dumps(told, ensure_ascii=False)}"


def stamp_of(date: str) -> str | None:
    """The fourteen digits of a WARC-Date; None where it is none."""
    try:
        found = datetime.fromisoformat(date.replace("Z", "+00:00"))
        # The system writes a year before 1000 with fewer digits.
        return f"{found.year:04d}{found:%m%d%H%M%S}"
    except ValueError:
        digits = re.sub(r"\D", "", date)[:14]
        return digits if len(digits) == 14 else None
