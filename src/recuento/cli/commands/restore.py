"""`recuento restore`: restore a backup into an empty place and compare everything."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.keeping.backing_up import restore
from recuento.cli.bilingual import command, language_of, say
from recuento.cli.keys import keeper_option, key_in
from recuento.cli.output import line, note, progress
from recuento.errors import CheckFailed


@command(
    "restore",
    es="""Restaura una copia en una carpeta vacía y lo compara todo: huellas, número de filas, raíz del registro.

Si algo difiere, lo dice y deja lo que pudo leerse en CARPETA.unfinished. Una copia cifrada se abre con --keeper; si
fue alterada no se restaura nada.""",
    en="""Restore a backup into an empty folder and compare everything: hashes, counts of rows, root of the log.

Where anything differs it says so, and leaves what could be read in FOLDER.unfinished. An encrypted backup opens with
--keeper; where it was altered nothing is restored.""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@keeper_option(required=False)
def run(file: Path, folder: Path, key_file: Path | None, passphrase_file: Path | None) -> None:
    """Restore."""
    key = key_in(key_file, passphrase_file) if key_file is not None else None
    with progress(say("Restaurando", "Restoring")) as bar:
        done = restore(file, folder, key=key, progress=bar)
    es = f"{folder}: {done.files} archivos, {done.rows} filas, {done.entries} asientos, iguales a los guardados."
    en = f"{folder}: {done.files} files, {done.rows} rows, {done.entries} log entries, the same as were backed up."
    line(say(es, en))
    for fault in done.damaged:
        line(f"✗ {fault.text(language_of())}", indent=2, hang=4)
    note(say(f"Compruébelo con: recuento verify -C {folder}", f"Check it with: recuento verify -C {folder}"))
    if done.damaged:
        number = len(done.damaged)
        raise CheckFailed(f"{number} originals were damaged", f"{number} originales estaban dañados")
