"""What came inside a document, unpacked within limits: plain data for the border, and the bytes one after another."""

from __future__ import annotations

from typing import Any

from recuento.preserve import media_types
from recuento.preserve.parsers.mail_parts import TooManyParts, attached_parts
from recuento.preserve.parsers.parse import frozen

ATTACHMENTS_MAX = 200
_NAME_CHARACTERS_MAX = 300
_OUTLOOK = ("application/ms-tnef", "application/vnd.ms-tnef")


def unpacked(data: bytes, name: str, *, bytes_max: int) -> tuple[dict[str, Any], bytes]:
    """The attachments of a message. Each has its size among the bytes, or why it is not among them:
    "outlook" (winmail.dat), "empty", "too_big", "too_many". `broken` says that no more could be told apart.
    """
    if media_types.at_first_sight(data, name) != media_types.MAIL:
        return {"inside": []}, b""
    told: list[dict[str, Any]] = []
    bodies: list[bytes] = []
    left = bytes_max
    broken = False
    try:
        for part in attached_parts(data):
            why = _why_not(part.media_type, part.name, len(part.data), left, len(told))
            if len(told) > ATTACHMENTS_MAX:
                break
            told.append(
                {
                    "name": frozen(part.name)[:_NAME_CHARACTERS_MAX],
                    "media_type": frozen(part.media_type)[:100],
                    "place": part.place,
                    "size": 0 if why else len(part.data),
                    "why": why,
                }
            )
            if not why:
                bodies.append(part.data)
                left -= len(part.data)
    except TooManyParts:
        broken = True
    return {"inside": told, "broken": broken}, b"".join(bodies)


def _why_not(media_type: str, name: str, size: int, left: int, number: int) -> str:
    if number >= ATTACHMENTS_MAX:
        return "too_many"
    if media_type in _OUTLOOK or name.lower() == "winmail.dat":
        return "outlook"
    if size == 0:
        return "empty"
    return "too_big" if size > left else ""
