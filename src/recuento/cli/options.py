"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from recuento.casefile.casefile import Casefile, find_casefile
from recuento.cli.bilingual import option, say
from recuento.cli.output import note

F = TypeVar("F", bound=Callable[..., Any])


def casefile_option(function: F) -> F:
    """`--casefile DIR`; without it the nearest casefile from the working folder upward."""
    return option(
        "--casefile",
        "-C",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        es="Carpeta del caso (por omisión, esta o la más cercana hacia arriba).",
        en="Folder of the casefile (by default this one or the nearest above).",
    )(function)


def json_option(function: F) -> F:
    """`--json`."""
    return option("--json", "as_json", is_flag=True, es="Escribe JSON.", en="Print JSON.")(function)


class Day(click.ParamType[date]):
    """A day, written 2023-09-20."""

    name = "AAAA-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day or fail with the way to write it."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(
                say(f"{value!r} no es un día: escriba 2023-09-20", f"{value!r} is not a day: write 2023-09-20"),
                param,
                ctx,
            )


def day_option(function: F) -> F:
    """`--on DAY`: the day from which open days are counted."""
    return option(
        "--on",
        type=Day(),
        es="Día en que se mira (por omisión, el de la edición o hoy).",
        en="Day to look from (by default that of the edition, or today).",
    )(function)


def opened(folder: Path | None) -> Casefile:
    """The casefile that the option names, or the nearest one."""
    casefile = Casefile.open(folder if folder is not None else find_casefile(Path.cwd()))
    if (kept := casefile.database.kept) is not None:
        es = f"Las tablas se actualizaron para esta versión; como estaban antes, quedan en {kept}"
        en = f"The tables were brought up to date for this version; as they were before, they lie in {kept}"
        note(say(es, en))
    return casefile
