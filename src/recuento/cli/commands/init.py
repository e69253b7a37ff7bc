"""`recuento init`: create an empty casefile."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.casefile import SETTINGS, Casefile
from recuento.cli.bilingual import command, option, say
from recuento.cli.output import note


@command(
    "init",
    es="Crea un caso vacío en una carpeta: recuento.toml por rellenar, originales y base de datos.",
    en="Create an empty casefile in a folder: a recuento.toml to fill in, originals and database.",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@option("--name", es="Nombre del caso.", en="Name of the casefile.")
def run(folder: Path, name: str | None) -> None:
    """Create an empty casefile."""
    Casefile.create(folder, name or folder.resolve().name).close()
    note(
        say(
            f"Caso creado. Complete {folder / SETTINGS} y siga con: recuento preserve ARCHIVOS -C {folder}",
            f"Casefile created. Fill in {folder / SETTINGS} and go on with: recuento preserve FILES -C {folder}",
        )
    )
