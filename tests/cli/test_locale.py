"""Click's own words in Spanish: the compiled catalogue is the readable one."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def test_the_compiled_catalogue_is_made_from_the_readable_one() -> None:
    """Nobody edits one and forgets the other."""
    folder = files("recuento.cli").joinpath("locale/es/LC_MESSAGES")
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(folder.joinpath("recuento.po").read_bytes())))
    assert compiled.getvalue() == folder.joinpath("recuento.mo").read_bytes()
