"""Plain text, as it stands."""

from __future__ import annotations

from recuento.preserve.parsers.characters import decoded
from recuento.preserve.parsers.found import Found
from recuento.preserve.versions import version_of


def read_plain(data: bytes) -> Found:
    """The text itself."""
    characters = decoded(data)
    return Found(
        extractor="plain",
        version=version_of("plain"),
        text=characters.text,
        charset=characters.charset,
        remarks=characters.remarks,
    )
