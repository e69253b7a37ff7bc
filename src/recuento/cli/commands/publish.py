"""`recuento publish`: write the public dossier."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from recuento.casefile.publishing import publish
from recuento.casefile.running import default_dossier, edition_of
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import Day, casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, now, who


@command(
    "publish",
    es="""Escribe el dosier público como archivos: páginas en español e inglés y datos abiertos, sin programas.

Solo sale lo permitido; si algo reservado fuera a salir, no se escribe nada. Mismo caso, mismos bytes.""",
    en="""Write the public dossier as files: pages in Spanish and English and open data, without scripts.

Only what is allowed goes out; if anything sealed were to leave, nothing is written. Same casefile, same bytes.""",
)
@click.argument("target", required=False, type=click.Path(path_type=Path, file_okay=False))
@option("--edition", type=Day(), es="Fecha de la edición.", en="Date of the edition.")
@casefile_option
@json_option
def run(target: Path | None, edition: date | None, folder: Path | None, as_json: bool) -> None:
    """Write the dossier."""
    with opened(folder) as casefile:
        done = publish(casefile, target or default_dossier(casefile), edition_of(casefile, edition), by=who(), at=now())
    if as_json:
        print_json(
            {
                "folder": str(done.folder),
                "files": done.files,
                "bytes": done.bytes,
                "changed": list(done.changed),
                "removed": list(done.removed),
            }
        )
        return
    es = f"{done.files} archivos ({done.bytes // 1024} kB), {len(done.changed)} cambiados: {done.folder / 'index.html'}"
    en = f"{done.files} files ({done.bytes // 1024} kB), {len(done.changed)} changed: {done.folder / 'index.html'}"
    line(say(es, en))
