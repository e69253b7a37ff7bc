"""`recuento cast name`: add another name of an actor to recuento.toml."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.cast.adding import add_alias
from recuento.casefile.review.correcting import Hand
from recuento.cli.bilingual import command, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, now, who


@command(
    "name",
    es="Añade otro nombre a un actor de recuento.toml: quien se llame así es ese actor.",
    en="Add another name to an actor of recuento.toml: whoever is called so is that actor.",
)
@click.argument("actor")
@click.argument("name")
@casefile_option
def run(actor: str, name: str, folder: Path | None) -> None:
    """Add another name."""
    with opened(folder) as casefile:
        add_alias(casefile, actor, name, Hand(who(), now()))
    line(say(f"Añadido a [actors.{actor}]: {name}", f"Added to [actors.{actor}]: {name}"))
