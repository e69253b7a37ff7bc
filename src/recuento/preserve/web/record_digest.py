"""The digests that a record brings with it: of its block, and of its payload."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from recuento.preserve.web.http_message import BodyBroken, NotHttp, body_of, head_of

_ALGORITHMS = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}
_UNPACKED_BYTES_MAX = 256 << 20


class Digested(Protocol):
    """A record with its fields and its block."""

    @property
    def fields(self) -> Mapping[str, str]:
        """Header fields by lower-case name."""
        ...

    @property
    def block(self) -> bytes | None:
        """What the record holds."""
        ...


def digest_named(field: str) -> tuple[hashlib._Hash, bytes] | None:
    """A running hash and what it must come to; None where the field names no digest in a known form."""
    name, _, value = field.partition(":")
    size = _ALGORITHMS.get(name.lower())
    if size is None:
        return None
    for decode in (base64.b32decode, bytes.fromhex):
        try:
            found = decode(value.strip().upper())
        except ValueError:
            continue
        if len(found) == size:
            return hashlib.new(name.lower(), usedforsecurity=False), found
    return None


def is_unreadable_digest(field: str) -> bool:
    """Whether a field names an algorithm that is known, and no digest of its form: it was damaged."""
    return field.partition(":")[0].lower() in _ALGORITHMS and digest_named(field) is None


def payload_fits(record: Digested) -> bool | None:
    """Whether the payload is what its digest says, None where it brings none that can be checked.

    The standard lets crawlers hash what follows the head as it was sent, without its chunks, or unpacked; each is done.
    """
    field = record.fields.get("warc-payload-digest")
    if field is None or record.block is None or record.fields.get("warc-type") not in ("response", "resource"):
        return None
    if record.fields.get("warc-truncated") or digest_named(field) is None:
        return None
    return any(_is(field, data) for data in _payloads(record))


def _payloads(record: Digested) -> Iterator[bytes]:
    block = record.block or b""
    if record.fields.get("warc-type") == "resource":
        yield block
        return
    try:
        head = head_of(block)
    except NotHttp:
        head = None
    if head is None:
        yield block
        return
    yield block[head.size :]
    packed = replace(head, fields=tuple(one for one in head.fields if one[0] != "content-encoding"))
    for way in (packed, head):
        try:
            yield body_of(block, way, _UNPACKED_BYTES_MAX, archived=True).data
        except BodyBroken:
            continue


def _is(field: str, data: bytes) -> bool:
    named = digest_named(field)
    if named is None:
        return False
    named[0].update(data)
    return named[0].digest() == named[1]
