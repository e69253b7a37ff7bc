"""`recuento seal open`: show what is sealed of a source, with a keeper's key and a purpose."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.keepers import refuse_inside_casefile
from recuento.casefile.sealing.vault import FILE
from recuento.casefile.sealing.vault_opening import OpenedSource, open_source, write_file_of
from recuento.cli.bilingual import command, option, say
from recuento.cli.keys import keeper_option, key_in
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, pairs, who
from recuento.errors import InvalidValue
from recuento.seal.sealed import opened as opened_value


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
        _show(found)
        if files is None:
            return
        files.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in found.parts:
            if part.name is None:
                continue
            with opened_value(part.name) as name:
                target = files / f"{part.id[:8]}-{Path(name.text).name}"
            try:
                with target.open("xb") as out:
                    write_file_of(casefile, found, part, out)
            except OSError as error:
                raise InvalidValue(
                    f"a file cannot be written: {error.strerror}", f"no se puede escribir: {error.strerror}"
                ) from None
    note(
        say(
            f"Archivos en claro en {files}: bórrelos cuando termine.",
            f"Files in clear in {files}: delete them when done.",
        )
    )


def _show(found: OpenedSource) -> None:
    words = {"name": ("nombre", "name"), "contact": ("contacto", "contact"), "place": ("lugar", "place")}
    words |= {"notes": ("notas", "notes"), FILE: ("archivo", "file")}
    if not found.parts:
        line(say("No hay nada sellado todavía.", "Nothing is sealed yet."))
    for part in found.parts:
        with opened_value(part.name or part.value) as plain:
            pairs([(f"{say(*words[part.kind])} ({part.month})", plain.text)])
