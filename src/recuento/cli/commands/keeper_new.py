"""`recuento keeper new`: make the key of a keeper, on the keeper's own machine."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.keepers import PUBLIC, new_key_file
from recuento.cli.bilingual import command, say
from recuento.cli.keys import passphrase, passphrase_option
from recuento.cli.output import line, note


@command(
    "new",
    es="""Crea la clave de una persona custodia: la mitad privada en ARCHIVO, bajo frase de paso; la pública al lado.

Hágalo en su propio equipo, fuera del caso. Envíe ARCHIVO.pub a quien lleva el caso. Si pierde ARCHIVO o la frase de
paso, pierde lo que solo esa clave abre: repártala con recuento keeper split.""",
    en="""Make the key of a keeper: the private half into FILE, under a passphrase; the public one beside it.

Do so on your own machine, outside of the casefile. Send FILE.pub to whoever runs the casefile. If you lose FILE or its
passphrase, you lose what this key alone opens: split it with recuento keeper split.""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@passphrase_option
def run(file: Path, passphrase_file: Path | None) -> None:
    """Make a key."""
    public = new_key_file(file, passphrase(passphrase_file, new=True))
    line(public)
    note(
        say(
            f"Clave privada: {file}. Mitad pública: {file}{PUBLIC}", f"Private key: {file}. Public half: {file}{PUBLIC}"
        )
    )
