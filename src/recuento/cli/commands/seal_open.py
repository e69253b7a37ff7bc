"""`recuento seal open`: show what is sealed of a source, with a keeper's key and a purpose."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.keepers import refuse_inside_casefile
from recuento.casefile.sealing.vault_opening import open_source, write_file_of
from recuento.cli.bilingual import command, option
from recuento.cli.keys import keeper_option, key_in
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import now, who
from recuento.cli.sealed_text import show, write_files


@command(
    "open",
    es="""Abre una fuente: muestra en la pantalla lo sellado. El motivo y quién abrió quedan en el registro.

Con --files escribe también sus archivos, en claro, en una carpeta fuera del caso: bórrelos después.""",
    en="""Open a source: show on the screen what is sealed. The purpose and who opened it are in the log.

With --files its files too are written, in clear, into a folder outside of the casefile: delete them afterwards.""",
)
@click.argument("source")
@option("--why", "purpose", required=True, es="Para qué se abre.", en="What it is opened for.")
@option(
    "--files",
    type=click.Path(path_type=Path, file_okay=False),
    es="Carpeta para sus archivos.",
    en="Folder for its files.",
)
@keeper_option()
@casefile_option
def run(
    source: str, purpose: str, files: Path | None, key_file: Path, passphrase_file: Path | None, folder: Path | None
) -> None:
    """Open."""
    if files is not None:
        refuse_inside_casefile(files / "x")
    with opened(folder) as casefile:
        found = open_source(casefile, source, key_in(key_file, passphrase_file), purpose=purpose, by=who(), at=now())
        show(found)
        if files is not None:
            write_files(found, files, lambda part, out: write_file_of(casefile, found, part, out))
