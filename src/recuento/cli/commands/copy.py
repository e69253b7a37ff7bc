"""`recuento copy`: copy a casefile whole, between a folder and a team's server, and compare everything."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.keeping.copying import copy_casefile
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import json_option
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, note, pairs, progress


@command(
    "copy",
    es="""Copia un caso entero de la carpeta ORIGEN a la carpeta DESTINO y comprueba que todo quedó igual.

Con --server las tablas de la copia van a una base vacía de PostgreSQL; sin él, a un archivo de DESTINO, también
cuando las de ORIGEN están en un servidor. DESTINO debe estar vacío. Una copia interrumpida se termina con la misma
orden. La contraseña se toma de PGPASSWORD o de ~/.pgpass.""",
    en="""Copy a whole casefile from the folder SRC to the folder DST, and check that everything is the same.

With --server the tables of the copy go into an empty PostgreSQL database; without it into a file of DST, also where
those of SRC are on a server. DST must be empty. An interrupted copy is finished with the same command. The password
is taken from PGPASSWORD or ~/.pgpass.""",
)
@click.argument("source", metavar="SRC", type=click.Path(path_type=Path, file_okay=False))
@click.argument("target", metavar="DST", type=click.Path(path_type=Path))
@option(
    "--server",
    metavar="postgresql://USER@HOST/DATABASE",
    es="Base de PostgreSQL para las tablas de la copia.",
    en="PostgreSQL database for the tables of the copy.",
)
@json_option
def run(source: Path, target: Path, server: str | None, as_json: bool) -> None:
    """Copy a casefile and compare; ends with 3 where something is not the same."""
    with progress(say("Copiando", "Copying")) as bar:
        done = copy_casefile(source, target, server=server, progress=bar)
    if as_json:
        print_json(
            {
                "files": [{"path": str(f.path), "bytes": f.size_bytes, "sha256": f.sha256} for f in done.files],
                "originals": done.originals,
                "tables": {name: {"rows": t.rows, "sha256": t.sha256} for name, t in done.tables.items()},
            }
        )
        return
    rows = say("filas", "rows")
    pairs([(name, f"{found.rows} {rows}, {found.sha256[:12]}") for name, found in sorted(done.tables.items())])
    counts = (done.originals, len(done.files) - done.originals, done.size_bytes // 1024, done.rows)
    es, en = (
        "{} originales, {} archivos más ({} kB en total) y {} filas: todo es igual en las dos partes.",
        "{} originals, {} other files ({} kB in all) and {} rows: everything is the same on both sides.",
    )
    line((es if language_of() == "es" else en).format(*counts))
    note(say(f"Ábralo con: recuento run -C {target}", f"Open it with: recuento run -C {target}"))
