"""`recuento backup`: write the whole casefile into one file, also while it is in use."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.keeping.backing_up import back_up
from recuento.casefile.sealing.keepers import enough, keepers_of
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, progress
from recuento.errors import CheckFailed


@command(
    "backup",
    es="""Guarda el caso entero en un archivo (tar), también mientras se usa: tablas, originales, puntos de control.

Con --to-keepers va cifrado para las personas custodias; sin eso NO va cifrado: guárdelo en un disco cifrado. Lo
contiene todo, también lo que no se publica. El dosier no se incluye: se vuelve a construir.""",
    en="""Write the whole casefile into one file (tar), also while it is in use: tables, originals, checkpoints.

With --to-keepers it is encrypted to the keepers; without it is NOT encrypted: keep it on an encrypted disk. It holds
everything, also what is not published. The dossier is left out: it is built again.""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@option(
    "--to-keepers",
    is_flag=True,
    es="Cifrada para las personas custodias del caso.",
    en="Encrypted to the keepers of the casefile.",
)
@casefile_option
def run(file: Path, to_keepers: bool, folder: Path | None) -> None:
    """Back up; ends with 3 where originals were damaged already."""
    with opened(folder) as casefile, progress(say("Copiando", "Copying")) as bar:
        keepers = enough(keepers_of(casefile)) if to_keepers else ()
        done = back_up(casefile, file, to=[keeper.public_key for keeper in keepers], progress=bar)
    es = f"{file}: {done.files} archivos, {done.bytes // 1024} kB, {done.rows} filas, {done.entries} asientos"
    en = f"{file}: {done.files} files, {done.bytes // 1024} kB, {done.rows} rows, {done.entries} log entries"
    line(say(es, en))
    if keepers:
        names = ", ".join(keeper.id for keeper in keepers)
        note(say(f"Cifrada; la abren: {names}.", f"Encrypted; it is opened by: {names}."))
    else:
        note(say("El archivo no va cifrado.", "The file is not encrypted."))
    for fault in done.damaged:
        line(f"✗ {fault.text(language_of())}", indent=2, hang=4)
    if done.damaged:
        number = len(done.damaged)
        raise CheckFailed(
            f"the backup is complete, but {number} originals were damaged before it",
            f"la copia está completa, pero {number} originales ya estaban dañados antes",
        )
