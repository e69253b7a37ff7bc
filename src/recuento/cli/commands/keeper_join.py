"""`recuento keeper join`: make a lost key again from its parts."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.keepers import PUBLIC, join_key_file
from recuento.cli.bilingual import command, say
from recuento.cli.keys import passphrase, passphrase_option
from recuento.cli.output import line, note
from recuento.errors import InvalidValue


@command(
    "join",
    es="Rehace una clave en ARCHIVO, con una frase de paso nueva, a partir de los archivos de sus PARTES.",
    en="Make a key again into FILE, under a new passphrase, from the files of its PARTS.",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("parts", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@passphrase_option
def run(file: Path, parts: tuple[Path, ...], passphrase_file: Path | None) -> None:
    """Join a key."""
    try:
        lines = [path.read_text(encoding="utf-8") for path in parts]
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(f"a part cannot be read: {error}", f"no se puede leer una parte: {error}") from error
    line(join_key_file(lines, file, passphrase(passphrase_file, new=True)))
    note(
        say(
            f"Clave privada: {file}. Mitad pública: {file}{PUBLIC}", f"Private key: {file}. Public half: {file}{PUBLIC}"
        )
    )
