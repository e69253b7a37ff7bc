"""What was opened of a source, shown on the screen, and its files written in clear where somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from recuento.casefile.sealing.metadata_values import METADATA, lines_of
from recuento.casefile.sealing.vault import FILE
from recuento.casefile.sealing.vault_opening import OpenedPart, OpenedSource
from recuento.cli.bilingual import say
from recuento.cli.output import line, note, pairs
from recuento.errors import InvalidValue
from recuento.seal.envelopes import Writable
from recuento.seal.sealed import opened

_WORDS = {"name": ("nombre", "name"), "contact": ("contacto", "contact"), "place": ("lugar", "place")}
_WORDS |= {"notes": ("notas", "notes"), FILE: ("archivo", "file"), METADATA: ("metadatos", "metadata")}


def show(found: OpenedSource) -> None:
    """Print every value with its kind and month; of a file its name."""
    if not found.parts:
        line(say("No hay nada sellado todavía.", "Nothing is sealed yet."))
    for part in found.parts:
        with opened(part.name or part.value) as plain:
            text = "; ".join(lines_of(plain.text)) if part.kind == METADATA else plain.text
            pairs([(f"{say(*_WORDS[part.kind])} ({part.month})", text)])


def write_files(found: OpenedSource, folder: Path, write: Callable[[OpenedPart, Writable], None]) -> None:
    """Write the files of a source in clear into `folder`, which is made; `write` writes one of them.

    Raises InvalidValue where one cannot be written, or is there already.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in found.parts:
        if part.name is None:
            continue
        with opened(part.name) as name:
            target = folder / f"{part.id[:8]}-{Path(name.text).name}"
        try:
            with target.open("xb") as out:
                write(part, out)
        except OSError as error:
            raise InvalidValue(
                f"a file cannot be written: {error.strerror}", f"no se puede escribir: {error.strerror}"
            ) from None
    note(
        say(
            f"Archivos en claro en {folder}: bórrelos cuando termine.",
            f"Files in clear in {folder}: delete them when done.",
        )
    )
