"""`recuento seal grant`: let another keeper open sources."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.vault_keys import grant
from recuento.cli.bilingual import command, say
from recuento.cli.keys import keeper_option, key_in
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, now, who


@command(
    "grant",
    es="Concede fuentes (todas, si no se nombra ninguna) a la persona custodia NOMBRE, con la clave de otra.",
    en="Grant sources (all where none is named) to the keeper NAME, with the key of another who holds them.",
)
@click.argument("name")
@click.argument("sources", nargs=-1)
@keeper_option()
@casefile_option
def run(name: str, sources: tuple[str, ...], key_file: Path, passphrase_file: Path | None, folder: Path | None) -> None:
    """Grant."""
    with opened(folder) as casefile:
        done = grant(casefile, sources, name, key_in(key_file, passphrase_file), by=who(), at=now())
    line(say(f"{name} puede abrir {len(done)} fuentes más.", f"{name} can open {len(done)} sources more."))
