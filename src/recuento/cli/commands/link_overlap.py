"""`recuento link overlap`: the table of overlaps, as `recuento estimate` reads it. It holds counts, no names."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.people.overlaps import linked_tables
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import note
from recuento.estimate.table import CaptureTable
from recuento.store.durable import write_file


@command(
    "overlap",
    es="""Escribe cuántas personas figuran en cada combinación de listas: solo cuentas, ningún nombre.

Con --draws escribe además la tabla de cada sorteo del enlace, con una columna draw.""",
    en="""Write how many persons are on every combination of lists: counts alone, no name.

With --draws the table of every draw of the linkage is written too, with a column draw.""",
)
@option(
    "--by",
    "strata",
    multiple=True,
    es="Columna de estratos (sex, facility ...).",
    en="Column of strata (sex, facility ...).",
)
@option("--draws", type=click.IntRange(0, 10_000), default=0, es="Cuántos sorteos.", en="How many draws.")
@option("--seed", type=int, default=0, es="Semilla del azar.", en="Seed of chance.")
@option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    es="Archivo (por omisión, la salida).",
    en="File (by default, the output).",
)
@casefile_option
def run(strata: tuple[str, ...], draws: int, seed: int, out: Path | None, folder: Path | None) -> None:
    """Write the table."""
    with opened(folder) as casefile:
        tables = linked_tables(casefile, strata=strata, draws=draws, seed=seed)
    numbered: list[tuple[int | None, CaptureTable]] = list(enumerate(tables.draws)) if draws else [(None, tables.best)]
    first = numbered[0][1]
    head: list[object] = [*(["draw"] if draws else []), *first.strata, *first.lists, "count"]
    lines = [",".join(_cell(cell) for cell in row) for row in [head, *(r for n, t in numbered for r in _rows(n, t))]]
    text = "\n".join(lines) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        write_file(out, text.encode())
    if tables.unclear:
        note(
            say(
                f"{tables.unclear} personas cuyos registros discrepan en el estrato",
                f"{tables.unclear} persons whose entries disagree on the stratum",
            )
        )


def _rows(number: int | None, table: CaptureTable) -> list[list[object]]:
    labels = table.stratum_of_row or ((),) * len(table.codes)
    rows = zip(labels, table.patterns.tolist(), table.counts.tolist(), strict=True)
    return [[*([] if number is None else [number]), *label, *marks, count] for label, marks, count in rows]


def _cell(cell: object) -> str:
    text = str(cell)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(mark in text for mark in ',"\n') else text
