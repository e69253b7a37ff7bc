"""The parts of a message as the bytes they are: what a library writes anew would have another hash than what was sent.

The structure is split here, by its boundaries alone; headers and transfer encodings of each part are the library's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any, cast

from recuento.preserve.parsers.mail_fields import FIELDS, file_name_of, type_of, words_of

_NESTED_MAX = 40
_PARTS_MAX = 2_000
_HEADERS_END = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_SHOWN_TOGETHER = ("multipart/alternative", "multipart/related")


@dataclass(frozen=True, slots=True)
class Part:
    """A part that holds no others: its type, the name it was given, how it came, and its decoded bytes.

    `place` is "attached", "inline" or "message"; a body of the message itself is none of its attachments.
    """

    name: str
    media_type: str
    place: str
    data: bytes


class TooManyParts(Exception):
    """More parts, or deeper ones, than a message has."""


def attached_parts(data: bytes) -> Iterator[Part]:
    """What came with a message, in its order; raise TooManyParts where there is no end to it.

    What stands beside a first text is attached, also another text; of several forms of one text none is.
    """
    seen = _Seen()
    yield from _inside(data, seen, "", 0)


@dataclass
class _Seen:
    parts: int = 0
    has_body: bool = False


def _inside(data: bytes, seen: _Seen, container: str, depth: int) -> Iterator[Part]:
    seen.parts += 1
    if depth > _NESTED_MAX or seen.parts > _PARTS_MAX:
        raise TooManyParts
    headers, body = _split(data)
    about = message_from_bytes(headers, policy=FIELDS)
    media_type = type_of(about)
    boundary = _boundary(about)
    if media_type.startswith("multipart/") and boundary:
        for piece in _pieces(body, boundary.encode("utf-8", "surrogateescape")):
            yield from _inside(piece, seen, media_type, depth + 1)
        return
    if depth == 0:
        return
    name = " ".join((file_name_of(about) or "").split())
    disposition = (words_of(about, "content-disposition") or "").split(";")[0].strip().lower()
    if media_type in ("text/plain", "text/html") and not name and disposition != "attachment":
        is_body = container in _SHOWN_TOGETHER or not seen.has_body
        seen.has_body = True
        if is_body:
            return
    if media_type == "message/rfc822":
        yield Part(name, media_type, "message", _decoded(about, body))
        return
    inline = disposition == "inline" or (not disposition and words_of(about, "content-id") is not None)
    yield Part(name, media_type, "inline" if inline else "attached", _decoded(about, body))


def _split(data: bytes) -> tuple[bytes, bytes]:
    """Headers and body; a part that begins with an empty line has no headers."""
    if data.startswith((b"\n", b"\r\n")):
        return b"\n", data.split(b"\n", 1)[1]
    found = _HEADERS_END.search(data)
    return (data, b"") if found is None else (data[: found.start()] + b"\n\n", data[found.end() :])


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What lies between the boundaries, without the line break that belongs to the boundary after it."""
    marks = list(re.finditer(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)", body))
    for number, mark in enumerate(marks):
        if mark[1]:
            return
        end = marks[number + 1].start() if number + 1 < len(marks) else len(body)
        yield re.sub(rb"\A\r?\n", b"", body[mark.end() : end], count=1)


def _decoded(about: Message[Any, Any], body: bytes) -> bytes:
    """The bytes behind base64 or quoted-printable; as they stand behind anything else."""
    encoding = (words_of(about, "content-transfer-encoding") or "").strip().lower()
    if encoding not in ("base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"):
        return body
    plain = message_from_bytes(b"Content-Transfer-Encoding: " + encoding.encode() + b"\n\n" + body)
    return cast(bytes, plain.get_payload(decode=True) or b"")


def _boundary(about: Message[Any, Any]) -> str | None:
    try:
        return about.get_boundary()
    except (ValueError, LookupError, AttributeError, TypeError):
        # Broken parameters of broken mails: the library raises what it likes.
        return None
