"""`recuento run`: do whatever is out of date."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path

from recuento.casefile.documents.preserving import Progress
from recuento.casefile.events.summary import summary_of
from recuento.casefile.publishing.edition_date import edition_of
from recuento.casefile.running import StepDone, default_dossier
from recuento.casefile.running import run as run_steps
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import Day, casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, now, progress, who
from recuento.cli.summary import print_summary


@command(
    "run",
    es="""Hace lo que esté sin actualizar: guarda lo que haya en inbox/, lee, compara, calcula y publica.

Cada paso puede interrumpirse y sigue donde quedó. Al final resume cada suceso.""",
    en="""Do whatever is out of date: keep what lies in inbox/, read, compare, balance and publish.

Each step can be interrupted and goes on where it was. At the end it sums up each event.""",
)
@option("--edition", type=Day(), es="Fecha de la edición.", en="Date of the edition.")
@option("--quiet", is_flag=True, es="No imprime el resumen.", en="Do not print the summary.")
@casefile_option
@json_option
def run(edition: date | None, quiet: bool, folder: Path | None, as_json: bool) -> None:
    """Do what is out of date."""
    with opened(folder) as casefile, ExitStack() as bars:

        def watch(step: str) -> Progress | None:
            return bars.enter_context(progress(step))

        done = run_steps(casefile, by=who(), at=now(), edition=edition, watch=watch)
        bars.close()
        if as_json:
            print_json([{"step": s.step, "fresh": s.fresh, "es": s.words.es, "en": s.words.en} for s in done])
            return
        print_steps(done)
        on = edition_of(casefile, edition)
        for event in () if quiet else casefile.settings.cast.events:
            heading("")
            print_summary(summary_of(casefile, event, on), casefile.settings, on)
        heading(say("Dosier", "Dossier") + f": {default_dossier(casefile) / 'index.html'}")


def print_steps(done: tuple[StepDone, ...]) -> None:
    """A line a step: what it did, or that it was up to date."""
    for step in done:
        line(f"{'✓' if step.fresh else '·'} {step.step}: {step.words.text(language_of())}", hang=4)
