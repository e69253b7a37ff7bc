"""`recuento seal check`: look for every sealed value in a dossier that is written already."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.publishing.edition_date import edition_of
from recuento.casefile.publishing.publishing import dossier_of
from recuento.casefile.sealing.sealed_search import SealedSearch, sealed_values, search_dossier
from recuento.cli.bilingual import command, language_of, say
from recuento.cli.keys import keeper_option, key_in
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, now, who
from recuento.errors import CheckFailed


@command(
    "check",
    es="""Busca todo lo sellado en los archivos de una carpeta, en cualquier forma, abiertos hasta el fondo.

Dice en qué archivo y de qué fuente, nunca el dato. Termina en 3 si encuentra algo.""",
    en="""Look for everything that is sealed in the files of a folder, in any form, opened to the bottom.

It says in which file and of which source, never the value. It ends with 3 where it finds something.""",
)
@click.argument("dossier", type=click.Path(path_type=Path, exists=True, file_okay=False))
@keeper_option()
@casefile_option
def run(dossier: Path, key_file: Path, passphrase_file: Path | None, folder: Path | None) -> None:
    """Look."""
    with opened(folder) as casefile:
        edition = edition_of(casefile, None)
        search = SealedSearch(key_in(key_file, passphrase_file))
        kept = sealed_values(casefile, search, edition, by=who(), at=now())
        faults = search_dossier(dossier, dossier_of(casefile, edition, kept))
    for fault in faults:
        line(f"✗ {fault.text(language_of())}", indent=2, hang=4)
    if faults:
        raise CheckFailed(f"{len(faults)} findings", f"{len(faults)} hallazgos")
    line(say("No hay nada sellado ni reservado en la carpeta.", "Nothing sealed or private stands in the folder."))
