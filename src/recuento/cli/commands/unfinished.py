"""`recuento unfinished`: say what interrupted work left, and sweep it away."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.keeping.unfinished import DAY_SECONDS, sweep, unfinished
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line


@command(
    "unfinished",
    es="""Dice qué quedó a medias: archivos sin terminar y originales que no llegaron a ser documentos.

Nada de esto se dio por guardado. Con --sweep se borra lo de hace más de un día; los originales, nunca.""",
    en="""Say what was left unfinished: files that are not whole, and originals that never became documents.

None of it was said to be saved. --sweep deletes what is older than a day; originals are never deleted.""",
)
@option("--sweep", "swept", is_flag=True, es="Borra los restos de más de un día.", en="Delete leftovers of over a day.")
@option("--now", is_flag=True, es="Con --sweep, también los de hoy.", en="With --sweep, those of today as well.")
@casefile_option
@json_option
def run(swept: bool, now: bool, folder: Path | None, as_json: bool) -> None:
    """List, or sweep."""
    with opened(folder) as casefile:
        gone = sweep(casefile, age_seconds_min=0 if now else DAY_SECONDS) if swept else ()
        found = unfinished(casefile)
    here = casefile.folder
    if as_json:
        print_json(
            {
                "originals": [{"place": one.place, "es": one.es, "en": one.en} for one in found.strays],
                "left": [path.relative_to(here).as_posix() for path in found.left],
                "swept": [path.relative_to(here).as_posix() for path in gone],
            }
        )
        return
    for path in gone:
        line(say(f"- borrado: {path.relative_to(here)}", f"- deleted: {path.relative_to(here)}"), indent=2, hang=4)
    for fault in found.strays:
        line(f"- {fault.text(language_of())}", indent=2, hang=4)
    for path in found.left:
        line(f"- {path.relative_to(here)}", indent=2, hang=4)
    if found.left and not swept:
        line(say("Bórrelo con: recuento unfinished --sweep", "Delete it with: recuento unfinished --sweep"))
    if not (found.strays or found.left):
        line(say("Nada quedó a medias.", "Nothing was left unfinished."))
