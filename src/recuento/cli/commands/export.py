"""`recuento export`: write everything as readable text."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.exporting import export
from recuento.cli.bilingual import command, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import note


@command(
    "export",
    es="""Escribe el caso entero como texto: claims.csv, documentos, declaraciones (JSON), decisiones y originales.

Contiene todo, también lo que no se publica: guárdelo como el caso mismo.""",
    en="""Write the whole casefile as text: claims.csv, documents, statements (JSON), decisions and originals.

It holds everything, also what is not published: keep it as you keep the casefile.""",
)
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@casefile_option
def run(target: Path, folder: Path | None) -> None:
    """Write everything as text."""
    with opened(folder) as casefile:
        written = export(casefile, target)
    note(say(f"{len(written)} archivos en {target}", f"{len(written)} files in {target}"))
