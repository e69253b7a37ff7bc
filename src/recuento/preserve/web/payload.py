"""The document inside a record of a web archive: what the server sent, without the envelope of HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from recuento.preserve.web.addresses import parts_of
from recuento.preserve.web.http_message import BodyBroken, Head, body_of, head_of

_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "message/rfc822": ".eml",
}
_UNSAID = ("", "application/octet-stream", "unknown/unknown", "application/binary")
_NAME_CHARACTERS_MAX = 120


@dataclass(frozen=True, slots=True)
class Payload:
    """The bytes of a document, and a name that tells its kind where the bytes leave it open.

    `undone` names what was taken off, in its order; `is_cut` says that less came than was announced.
    """

    data: bytes
    name: str
    undone: tuple[str, ...] = ()
    is_cut: bool = False


def payload_of(block: bytes, url: str | None, kind: str, bytes_max: int) -> Payload | None:
    """Give what a record holds; None where it is no document: an error page, a redirect, a picture, a script.

    `kind` is "response" or "resource" and the media type of the record. Raises BodyBroken.
    """
    record_type, _, record_media_type = kind.partition(" ")
    if record_type == "resource":
        return Payload(block, document_name(url, record_media_type)) if is_document(record_media_type) else None
    head = archived_head(block)
    if head.status != 200 or not is_document(head.field("content-type") or ""):
        return None
    body = body_of(block, head, bytes_max, archived=True)
    return Payload(body.data, document_name(url, head.field("content-type") or ""), body.undone, body.is_cut)


def archived_head(block: bytes) -> Head:
    """The head of the response in a record; raises BodyBroken where there is none."""
    head = head_of(block)
    if head is None:
        raise BodyBroken("the HTTP header is damaged", "la cabecera HTTP está dañada")
    return head


def is_document(media_type: str) -> bool:
    """Whether something of this type is a document: a page, a PDF, a text; or of no type, so that it may be one."""
    plain = plain_type(media_type)
    return plain in _UNSAID or plain in _KINDS


def document_name(url: str | None, media_type: str) -> str:
    """A file name for what lies at an address, with the extension of its type where it has none of its own."""
    parts = parts_of(url or "")
    last = PurePosixPath(unquote(parts.path)).name
    extension = _KINDS.get(plain_type(media_type))
    if extension is None:
        return last[-_NAME_CHARACTERS_MAX:]
    stem = last or parts.hostname or "page"
    known = stem.lower().endswith((extension, ".htm")) if extension == ".html" else stem.lower().endswith(extension)
    kept = stem[-_NAME_CHARACTERS_MAX:]
    return kept if known else kept + extension


def plain_type(media_type: str) -> str:
    """The media type alone, without its parameters."""
    return media_type.partition(";")[0].strip().lower()
