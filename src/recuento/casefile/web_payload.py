"""The document inside a record of a web archive: what the server sent, without the envelope of HTTP."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from recuento.errors import RecuentoError

_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
}
_UNSAID = ("", "application/octet-stream", "unknown/unknown")


class PayloadBroken(RecuentoError):
    """The envelope cannot be opened."""


@dataclass(frozen=True, slots=True)
class Payload:
    """The bytes of a document, and a name that tells its kind where the bytes leave it open."""

    data: bytes
    name: str


def payload_of(block: bytes, url: str | None, kind: str, bytes_max: int) -> Payload | None:
    """Give what a record holds; None where it is no document: an error page, a redirect, a picture, a script.

    `kind` is "response" or "resource" and the media type of the record. Raises PayloadBroken.
    """
    record_type, _, record_media_type = kind.partition(" ")
    if record_type == "resource":
        return _named(block, record_media_type, url)
    head, mark, body = block.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    status = lines[0].split(" ", 2)
    if not mark or not lines[0].startswith("HTTP/") or len(status) < 2:
        raise PayloadBroken("the HTTP header is damaged", "la cabecera HTTP está dañada")
    if status[1] != "200":
        return None
    fields = {
        name.strip().lower(): value.strip()
        for name, colon, value in (line.partition(":") for line in lines[1:])
        if colon
    }
    found = _named(b"", fields.get("content-type", ""), url)
    if found is None:
        return None
    if fields.get("transfer-encoding", "").lower() == "chunked":
        body = _without_chunks(body)
    return Payload(_inflated(body, fields.get("content-encoding", "").lower(), bytes_max), found.name)


def _named(data: bytes, media_type: str, url: str | None) -> Payload | None:
    plain = media_type.partition(";")[0].strip().lower()
    if plain in _UNSAID:
        return Payload(data, PurePosixPath(urlsplit(url or "").path).name[-200:])
    return Payload(data, f"page{_KINDS[plain]}") if plain in _KINDS else None


def _without_chunks(body: bytes) -> bytes:
    """The body without its chunk sizes; as it is where it has none: some crawlers have taken them out already."""
    found, at = bytearray(), 0
    while True:
        end = body.find(b"\r\n", at, at + 100)
        try:
            size = int(body[at:end].partition(b";")[0], 16) if end > at else -1
        except ValueError:
            size = -1
        if size < 0:
            if at == 0:
                return body
            raise PayloadBroken("the chunks are damaged", "los trozos están dañados")
        if size == 0:
            return bytes(found)
        found += body[end + 2 : end + 2 + size]
        at = end + 2 + size + 2


def _inflated(body: bytes, coding: str, bytes_max: int) -> bytes:
    if coding in ("", "identity"):
        return body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise PayloadBroken(f"it is compressed with {coding[:40]}", f"está comprimido con {coding[:40]}")
    if coding != "deflate" and not body.startswith(b"\x1f\x8b"):
        # Decompressed by the crawler, which left the field.
        return body
    for wbits in (47, -15):
        inflating = zlib.decompressobj(wbits=wbits)
        try:
            found = inflating.decompress(body, bytes_max + 1)
        except zlib.error:
            continue
        if len(found) > bytes_max:
            raise PayloadBroken("it unpacks to far more than it is", "se expande mucho más allá de su tamaño")
        if not inflating.eof:
            raise PayloadBroken("it is cut", "está cortado")
        return found
    raise PayloadBroken("its compression is damaged", "su compresión está dañada")
