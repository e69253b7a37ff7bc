"""`recuento keeper remove`: take every key from a keeper."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.vault_keys import remove_keeper
from recuento.cli.bilingual import command, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, who


@command(
    "remove",
    es="""Quita a una persona custodia: borra de este caso las claves que tenía, y no se le sella nada más.

Lo que ya leyó o copió, también una copia de este caso con su clave, queda fuera de alcance.""",
    en="""Remove a keeper: delete the keys they held from this casefile, and seal nothing more to them.

What they have read or copied before, a copy of this casefile with their key too, is out of reach.""",
)
@click.argument("name")
@casefile_option
def run(name: str, folder: Path | None) -> None:
    """Remove a keeper."""
    with opened(folder) as casefile:
        taken = remove_keeper(casefile, name, by=who(), at=now())
    line(
        say(
            f"{name} ya no custodia; tenía {len(taken)} fuentes.",
            f"{name} keeps no names any more; {len(taken)} sources were held.",
        )
    )
    note(say("Las copias de seguridad anteriores aún contienen sus claves.", "Earlier backups still hold these keys."))
