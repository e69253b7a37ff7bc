"""`recuento demo`: copy the example casefile and run it whole."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.demo import fill_demo, start_demo
from recuento.casefile.events.summary import summary_of
from recuento.casefile.publishing.edition_date import edition_of
from recuento.casefile.running import default_dossier
from recuento.casefile.running import run as run_steps
from recuento.cli.bilingual import command, say
from recuento.cli.commands.import_ import print_plan
from recuento.cli.commands.preserve import print_preserved
from recuento.cli.commands.run import print_steps
from recuento.cli.output import heading, line, now, who
from recuento.cli.summary import print_summary


@command(
    "demo",
    es="Copia el caso de ejemplo (la toma de Tocorón, 2023) a una carpeta y lo ejecuta entero.",
    en="Copy the example casefile (the takeover of Tocorón, 2023) into a folder and run it whole.",
)
@click.argument("folder", default="recuento-demo", type=click.Path(path_type=Path, file_okay=False))
def run(folder: Path) -> None:
    """Run the example."""
    at = now()
    with start_demo(folder) as casefile:
        plan, kept = fill_demo(casefile, at=at)
        print_plan(plan, written=True, brief=True)
        print_preserved(kept)
        print_steps(run_steps(casefile, by=who(), at=at))
        on = edition_of(casefile)
        for event in casefile.settings.cast.events:
            heading("")
            print_summary(summary_of(casefile, event, on), casefile.settings, on)
        page = default_dossier(casefile) / "index.html"
        heading(say(f"El dosier está en {page}", f"The dossier is in {page}"))
        line(
            say(
                f"Siga con: recuento compare -C {folder}, balance, verify …",
                f"Go on with: recuento compare -C {folder}, balance, verify …",
            )
        )
