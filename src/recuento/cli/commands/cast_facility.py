"""`recuento cast facility`: add a place of detention to recuento.toml."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.cast.adding import add_record
from recuento.casefile.cast.ids import id_from
from recuento.casefile.review.correcting import Hand
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, who
from recuento.model.casting import Facility


@command("facility", es="Añade un centro a recuento.toml.", en="Add a facility to recuento.toml.")
@click.argument("name")
@option("--alias", "aliases", multiple=True, es="Otro nombre; se repite.", en="Another name; may be repeated.")
@option("--place", es="Ciudad, región, país.", en="Town, region, country.")
@option("--region", es="Estado o región.", en="State or region.")
@option("--capacity", type=click.IntRange(min=0), es="Capacidad.", en="Capacity.")
@option("--id", es="Identificador; si falta, sale del nombre.", en="Id; told from the name if left out.")
@casefile_option
def run(
    name: str,
    aliases: tuple[str, ...],
    place: str | None,
    region: str | None,
    capacity: int | None,
    id: str | None,
    folder: Path | None,
) -> None:
    """Add a facility."""
    with opened(folder) as casefile:
        facility = Facility(
            id=id or id_from(name, {one.id for one in casefile.settings.cast.facilities}, "facility"),
            name=name,
            aliases=aliases,
            place=place,
            region=region,
            parameters=(("capacity", capacity),) if capacity is not None else (),
        )
        add_record(casefile, facility, Hand(who(), now()))
    line(say(f"Añadido: [facilities.{facility.id}]", f"Added: [facilities.{facility.id}]"))
    note(
        say(
            "Los documentos ya leídos lo reconocen tras recuento read",
            "Documents read already know it after recuento read",
        )
    )
