"""Click's own words in Spanish: the compiled catalogue is the readable one."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po


def entries(catalog: Catalog) -> set[tuple[str, str]]:
    """Every message with its translation, without the header."""
    return {(_forms(message.id), _forms(message.string)) for message in catalog if message.id}


def _forms(text: object) -> str:
    return "|".join(text) if isinstance(text, list | tuple) else str(text)


def test_the_compiled_catalogue_is_made_from_the_readable_one() -> None:
    """Nobody edits one and forgets the other."""
    folder = files("recuento.cli").joinpath("locale/es/LC_MESSAGES")
    readable = read_po(BytesIO(folder.joinpath("recuento.po").read_bytes()))
    compiled = read_mo(BytesIO(folder.joinpath("recuento.mo").read_bytes()))
    assert entries(compiled) == entries(readable)
