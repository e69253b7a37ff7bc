"""Plain text, as it stands."""

from __future__ import annotations

from recuento.preserve.parsers.characters import decoded
from recuento.preserve.parsers.found import Found, version_of


def read_plain(data: bytes) -> Found:
    """The text itself."""
    characters = decoded(data)
    return Found(
        extractor="plain",
        version=version_of(1),
        text=characters.text,
        charset=characters.charset,
        remarks=characters.remarks,
    )
