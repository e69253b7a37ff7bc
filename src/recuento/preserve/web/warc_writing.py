"""Write WARC 1.1 (ISO 28500:2017): every record with the digests of its block and its payload, each a gzip member.

Digests are SHA-256 in hexadecimal. The payload digest is over what follows the head as it crossed the wire, chunks
included, as the tools that check it (warcio, py-wacz) read the standard.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from recuento.preserve.web.http_message import NotHttp, head_of

VERSION = "WARC/1.1"


@dataclass(frozen=True, slots=True)
class RecordMade:
    """A record as it lies in a file: its id, its bytes, and where it stands."""

    id: str
    data: bytes
    offset: int = 0


def record(
    kind: str,
    id: str,
    at: datetime,
    block: bytes,
    media_type: str,
    *,
    url: str | None = None,
    payload: bytes | None = None,
    fields: Mapping[str, str] | None = None,
) -> bytes:
    """One record, not compressed. `payload` is the part of the block that its own digest speaks of."""
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<{id}>",
        "WARC-Date": at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        **({"WARC-Target-URI": url} if url else {}),
        **(fields or {}),
        "WARC-Block-Digest": _digest(block),
        **({"WARC-Payload-Digest": _digest(payload)} if payload is not None else {}),
        "Content-Type": media_type,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in lines.items())
    return f"{VERSION}\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def payload_in(response: bytes) -> bytes | None:
    """What follows the head of an answer; None where there is no head."""
    try:
        head = head_of(response)
    except NotHttp:
        return None
    return None if head is None else response[head.size :]


def packed(records: Sequence[bytes]) -> bytes:
    """Records as a file, a gzip member each."""
    return b"".join(gzip.compress(one, 6, mtime=0) for one in records)


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _one_line(value: str) -> str:
    return " ".join(value.split())
