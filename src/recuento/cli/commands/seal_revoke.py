"""`recuento seal revoke`: take sources from a keeper."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.vault_keys import revoke
from recuento.cli.bilingual import command, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, now, who


@command(
    "revoke",
    es="""Retira fuentes (todas, si no se nombra ninguna) a la persona custodia NOMBRE.

Lo que ya leyó o copió queda fuera de alcance. Ninguna fuente queda sin nadie que pueda abrirla.""",
    en="""Take sources (all where none is named) from the keeper NAME.

What they have read or copied is out of reach. No source is left without anybody who can open it.""",
)
@click.argument("name")
@click.argument("sources", nargs=-1)
@casefile_option
def run(name: str, sources: tuple[str, ...], folder: Path | None) -> None:
    """Revoke."""
    with opened(folder) as casefile:
        taken = revoke(casefile, sources, name, by=who(), at=now())
    line(say(f"{name} ya no puede abrir {len(taken)} fuentes.", f"{name} can no longer open {len(taken)} sources."))
