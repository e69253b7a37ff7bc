"""`recuento travel`: make a casefile to carry without what is sealed, and bring back what was added on the road."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.keeping.coming_back import bring_back
from recuento.casefile.sealing.travelling import travel
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, who


@command(
    "travel",
    es="""Hace en CARPETA un caso completo para llevar, sin nada de lo sellado: ni fuentes, ni listas de nombres, ni
originales confidenciales. No están cifrados: no están.

En el camino se trabaja como siempre, y también se puede sellar. Con --back trae de CARPETA lo que se añadió:
documentos, cifras, decisiones, listas y datos sellados.""",
    en="""Make in FOLDER a whole casefile to carry, without anything that is sealed: no sources, no lists of names, no
confidential originals. They are not encrypted: they are not there.

On the road one works as always, and can seal too. With --back what was added is brought back from FOLDER: documents,
figures, decisions, lists and sealed values.""",
)
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
@option("--back", is_flag=True, es="Trae lo que se añadió en CARPETA.", en="Bring back what was added in FOLDER.")
@casefile_option
def run(target: Path, back: bool, folder: Path | None) -> None:
    """Travel, or come back."""
    with opened(folder) as casefile:
        if back:
            done = bring_back(casefile, target, by=who(), at=now())
        else:
            made = travel(casefile, target)
    if not back:
        line(
            say(
                f"{target}: {made.files} archivos, {made.rows} filas.",
                f"{target}: {made.files} files, {made.rows} rows.",
            )
        )
        stayed = (made.stayed["lists"], made.stayed["sealed"], made.stayed["originals"])
        es, en = (
            "En casa quedan {} listas, {} datos sellados, {} originales.",
            "{} lists, {} sealed values, {} originals stay at home.",
        )
        note(say(es, en).format(*stayed))
        return
    counts = ", ".join(f"{number} {name}" for name, number in sorted(done.counts.items()))
    line(say(f"Traído: {counts}", f"Brought back: {counts}"))
    for subject in done.both:
        es, en = (
            f"! cambiado en los dos lados; vale lo que viajó: {subject}",
            f"! changed on both sides; that from the road stands: {subject}",
        )
        line(say(es, en), indent=2, hang=4)
    for name in done.left:
        line(say(f"! no se trae: {name}", f"! not brought back: {name}"), indent=2, hang=4)
