"""`recuento preserve`: keep documents and their text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from recuento.casefile.preserving import Outcome, Preserved, preserve
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json, line, now, progress, who
from recuento.values.bilingual import Bilingual

_NAMES = {
    Outcome.ADDED: Bilingual(es="nuevos", en="new"),
    Outcome.KNOWN: Bilingual(es="ya guardados", en="kept already"),
    Outcome.UNREADABLE: Bilingual(es="guardados sin texto", en="kept without text"),
    Outcome.MISSING: Bilingual(es="no se pudieron abrir", en="could not be opened"),
}


@command(
    "preserve",
    es="""Guarda archivos y carpetas: los bytes, su huella SHA-256, su procedencia y su texto.

Un documents.csv en la carpeta, o junto a ella, aporta título, medio, fecha y dirección de cada archivo.""",
    en="""Keep files and folders: their bytes, SHA-256, origin and text.

A documents.csv in the folder, or beside it, gives title, outlet, date and address of each file.""",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--by", es="Quién los obtuvo (por omisión, usted).", en="Who obtained them (by default you).")
@casefile_option
@json_option
def run(paths: tuple[Path, ...], by: str | None, folder: Path | None, as_json: bool) -> None:
    """Keep documents and their text."""
    with opened(folder) as casefile, progress(say("Guardando", "Keeping")) as bar:
        done = preserve(casefile, paths, by=by or who(), at=now(), progress=bar)
    if as_json:
        _print_json(done)
    else:
        print_preserved(done)


def print_preserved(done: tuple[Preserved, ...]) -> None:
    """Say how many files had which outcome, and name each that has no text, with the reason."""
    language = language_of()
    counts = Counter(one.outcome for one in done)
    listed = ", ".join(f"{counts[o]} {name.text(language)}" for o, name in _NAMES.items() if counts[o])
    line(f"{len(done)} {say('archivos', 'files')}: {listed or say('ninguno', 'none')}")
    for one in done:
        if one.reason is not None:
            line(f"{one.path.name}: {one.reason.text(language)}", indent=2, hang=2)


def _print_json(done: tuple[Preserved, ...]) -> None:
    as_json(
        [
            {
                "file": str(one.path),
                "outcome": one.outcome.value,
                "sha256": one.sha256,
                "reason": one.reason and {"es": one.reason.es, "en": one.reason.en},
            }
            for one in done
        ]
    )
