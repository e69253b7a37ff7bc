"""`recuento keeper split`: split a key among people, against its loss."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.keepers import split_key_file
from recuento.cli.bilingual import command, option, say
from recuento.cli.keys import passphrase, passphrase_option
from recuento.cli.output import line, note


@command(
    "split",
    es="""Reparte una clave en partes, un archivo cada una en CARPETA: con --needed de ellas se rehace, con menos no.

Entregue cada parte a una persona distinta y borre aquí los archivos. Se rehace con recuento keeper join.""",
    en="""Split a key into parts, one file each in FOLDER: any --needed of them make it again, fewer tell nothing.

Give each part to another person and delete the files here. recuento keeper join makes the key again.""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@option("--parts", type=int, default=3, show_default=True, es="Cuántas partes.", en="How many parts.")
@option("--needed", type=int, default=2, show_default=True, es="Cuántas bastan.", en="How many are enough.")
@passphrase_option
def run(file: Path, folder: Path, parts: int, needed: int, passphrase_file: Path | None) -> None:
    """Split a key."""
    for path in split_key_file(file, passphrase(passphrase_file), folder, needed=needed, parts=parts):
        line(str(path))
    note(
        say(
            f"Bastan {needed} de {parts}. Una parte a cada persona.",
            f"{needed} of {parts} are enough. One part to each person.",
        )
    )
