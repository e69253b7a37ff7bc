"""`recuento link simulate`: invented lists with their truth, for testing and for training reviewers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from recuento.cli.bilingual import command, option, say
from recuento.cli.output import line
from recuento.link.simulate import simulate
from recuento.link.simulate_presets import PRESETS, preset


@command(
    "simulate",
    es="""Inventa una población y sus listas, con errores como los de verdad, y guarda la verdad aparte.

Escribe en la carpeta un CSV por lista, truth.csv (qué registro es qué persona) y captures.csv (las coincidencias
verdaderas). Nadie de los que salen existe.""",
    en="""Invent a population and its lists, with errors like real ones, and keep the truth apart.

Writes into the folder a CSV for each list, truth.csv (which entry is which person) and captures.csv (the true
overlaps). Nobody who appears exists.""",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@option(
    "--preset",
    "name",
    type=click.Choice(list(PRESETS)),
    default=next(iter(PRESETS)),
    show_default=True,
    es="Qué listas.",
    en="Which lists.",
)
@option(
    "--persons",
    type=click.IntRange(0, 5_000_000),
    default=2000,
    show_default=True,
    es="Cuántas personas.",
    en="How many persons.",
)
@option("--seed", type=int, default=0, show_default=True, es="Semilla del azar.", en="Seed of chance.")
def run(folder: Path, name: str, persons: int, seed: int) -> None:
    """Invent lists."""
    import pyarrow.compute as pc

    made = simulate(preset(name, persons), seed)
    folder.mkdir(parents=True, exist_ok=True)
    for each in sorted(pc.unique(made.entries["list"]).to_pylist()):
        rows = made.entries.filter(pc.equal(made.entries["list"], each)).drop_columns(["list"])
        _write(rows, folder / f"{each}.csv")
    _write(made.truth, folder / "truth.csv")
    _write(made.captures, folder / "captures.csv")
    line(say(f"{made.entries.num_rows} registros en {folder}", f"{made.entries.num_rows} entries in {folder}"))


def _write(table: Any, path: Path) -> None:
    from pyarrow import csv

    csv.write_csv(table, path)
