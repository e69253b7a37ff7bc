"""`recuento estimate`: from the overlap of lists, how many are on none of them, by several methods."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from recuento.casefile.people.overlaps import linked_tables, over_draws
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.estimates_text import print_comparison, print_power, print_sensitivity, print_strata, print_table
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import note, progress
from recuento.errors import CheckFailed, Fault, FaultsFound
from recuento.estimate.methods import METHODS, Method, compare, fitting, method_named
from recuento.estimate.reading import table_from_csv
from recuento.estimate.table import CaptureTable
from recuento.store.durable import write_file


@command(
    "estimate",
    es="""Estima cuántas personas no están en ninguna lista, por varios métodos.

ARCHIVO es un CSV con una columna de 0 y 1 por lista y otra llamada count con el número de personas (sin ella,
una fila es una persona); las columnas de palabras son estratos. Sin --method se usan todos los que sirven para
tantas listas. Nunca se da una cifra sin su intervalo ni sin lo que el método no puede saber.""",
    en="""Estimate how many people are on no list, by several methods.

FILE is a CSV with a column of 0 and 1 for each list and one called count with the number of people (without it,
a row is a person); columns of words are strata. Without --method, all that work for so many lists are used. No
figure is given without its interval, nor without what the method cannot know.""",
)
@click.argument("file", metavar="FILE", required=False)
@option(
    "--method",
    "-m",
    "methods",
    multiple=True,
    type=click.Choice([method.name for method in METHODS]),
    es="Método; puede repetirse.",
    en="Method; can be given again.",
)
@option(
    "--by",
    "strata",
    multiple=True,
    es="Columna de estratos; puede repetirse.",
    en="Column of strata; can be given again.",
)
@option("--lists", "lists", multiple=True, es="Solo estas columnas son listas.", en="Only these columns are lists.")
@option("--without", multiple=True, es="Lista que se deja fuera.", en="List to leave out.")
@option(
    "--never-met",
    multiple=True,
    metavar="A,B",
    es="Dos listas en que nadie puede estar a la vez (cero estructural).",
    en="Two lists that nobody can be on at once (a structural zero).",
)
@option(
    "--linked",
    is_flag=True,
    es="En lugar de FILE, las listas enlazadas del caso; el intervalo incluye la duda del enlace.",
    en="Instead of FILE, the linked lists of the casefile; the interval holds the doubt of the linkage.",
)
@option("--seed", type=int, default=0, show_default=True, es="Semilla del azar.", en="Seed of chance.")
@option(
    "--sensitivity",
    is_flag=True,
    es="Cuánto se mueve al cambiar una cosa.",
    en="How far it moves when one thing is changed.",
)
@option(
    "--power",
    type=click.FloatRange(0.01, 2.0),
    metavar="WIDTH",
    es="Cuántas listas más hasta que el intervalo mida WIDTH (0.2 es el 20 %) de N.",
    en="How many more lists until the interval is WIDTH (0.2 is 20 %) of N wide.",
)
@option(
    "--svg",
    type=click.Path(path_type=Path, dir_okay=False),
    es="Escribe la gráfica en este archivo.",
    en="Write the chart to this file.",
)
@casefile_option
@json_option
def run(
    file: str | None,
    methods: tuple[str, ...],
    strata: tuple[str, ...],
    lists: tuple[str, ...],
    without: tuple[str, ...],
    never_met: tuple[str, ...],
    linked: bool,
    seed: int,
    sensitivity: bool,
    power: float | None,
    svg: Path | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Read the table, ask every method, print them side by side."""
    if linked == (file is not None):
        raise click.UsageError(say("indique FILE o --linked, uno de los dos", "give FILE or --linked, one of the two"))
    asked = None
    if file is not None:
        table = _table(file, lists, strata, never_met)
    else:
        with opened(folder) as casefile:
            tables = linked_tables(casefile, strata=strata, lists=lists, seed=seed)
        table, asked = tables.best, partial(over_draws, tables=tables)
    name = file or say("listas enlazadas", "linked lists")
    if without:
        table = table.without(*without)
    chosen = [method_named(name) for name in methods] or fitting(table)
    if strata and not linked:
        _by_strata(table, chosen, strata, seed, as_json)
        return
    with progress(say("Estimando", "Estimating")) as show:
        done = compare(table, chosen, seed=seed, asked=asked, done=show)
    if svg is not None and done.estimates:
        from recuento.estimate.chart import side_by_side_chart

        write_file(svg, f"{side_by_side_chart(done.estimates, language_of())}\n".encode())
    if as_json:
        print_json(
            {
                "file": name,
                "estimates": [each.to_dict() for each in done.estimates],
                "refused": [
                    {"method": each.method, "es": each.reason.es, "en": each.reason.en} for each in done.refusals
                ],
            }
        )
        return
    print_table(name, table)
    print_comparison(done, whole=len(chosen) == 1)
    if svg is not None and done.estimates:
        note(say(f"Gráfica escrita en {svg}", f"Chart written to {svg}"))
    if not done.estimates:
        raise CheckFailed("no method could answer", "ningún método pudo responder")
    if sensitivity:
        _sensitivity(table, chosen, seed)
    if power is not None:
        _power(table, chosen, power, seed)


def _table(file: str, lists: tuple[str, ...], strata: tuple[str, ...], never_met: tuple[str, ...]) -> CaptureTable:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise FaultsFound(file, [Fault(file, f"cannot be opened: {reason}", f"no se puede abrir: {reason}")]) from None
    except UnicodeDecodeError as error:
        place = f"byte {error.start}"
        raise FaultsFound(
            file, [Fault(place, "is not UTF-8; save the CSV as UTF-8", "no es UTF-8; guarde el CSV como UTF-8")]
        ) from None
    pairs = [_pair(words) for words in never_met]
    return table_from_csv(text, file=file, lists=lists or None, strata=strata or None, never_met=pairs)


def _pair(words: str) -> tuple[str, str]:
    parts = [part.strip() for part in words.split(",")]
    if len(parts) != 2:
        raise click.UsageError(
            say(f"--never-met quiere dos listas: A,B, no {words!r}", f"--never-met wants two lists: A,B, not {words!r}")
        )
    return parts[0], parts[1]


def _by_strata(table: CaptureTable, chosen: list[Method], strata: tuple[str, ...], seed: int, as_json: bool) -> None:
    from recuento.estimate.strata import estimate_by

    answers: list[tuple[Method, Any]] = []
    for method in chosen:
        with progress(method.title.text(language_of())) as show:
            answers.append((method, estimate_by(table, method.seeded(seed), strata, seed=seed, done=show)))
    if as_json:
        print_json([_stratified_plain(method, answer) for method, answer in answers])
        return
    for method, answer in answers:
        print_strata(method, answer)


def _stratified_plain(method: Method, answer: Any) -> dict[str, Any]:
    return {
        "method": method.name,
        "columns": list(answer.columns),
        "strata": [{"stratum": list(label), **each.to_dict()} for label, each in answer.estimates.items()],
        "refused": [{"stratum": list(label), "es": why.es, "en": why.en} for label, why in answer.refused.items()],
        "total": None if answer.total is None else answer.total.to_dict(),
    }


def _sensitivity(table: CaptureTable, chosen: list[Method], seed: int) -> None:
    from recuento.estimate.variations import sensitivity

    for method in chosen:
        with progress(method.title.text(language_of())):
            rows = sensitivity(table, method.seeded(seed), settings=method.variations)
        print_sensitivity(method, rows)


def _power(table: CaptureTable, chosen: list[Method], width: float, seed: int) -> None:
    from recuento.estimate.populations import lists_needed
    from recuento.estimate.power import population_like

    for method in chosen:
        population = population_like(table, method.seeded(seed))
        print_power(method, population, width, *lists_needed(method.seeded(seed), population, width=width, seed=seed))
