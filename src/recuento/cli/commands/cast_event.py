"""`recuento cast event`: add an event to recuento.toml."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.cast.adding import add_record
from recuento.casefile.cast.ids import id_from
from recuento.casefile.review.correcting import Hand
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, now, who
from recuento.model.casting import Event
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate


@command("event", es="Añade un suceso a recuento.toml.", en="Add an event to recuento.toml.")
@click.argument("name")
@option(
    "--facility",
    "facilities",
    multiple=True,
    required=True,
    es="Centro (id); se repite.",
    en="Facility (id); may be repeated.",
)
@option(
    "--starts",
    required=True,
    es="Primer día: 2023-09-20, 2023-09 o 2023.",
    en="First day: 2023-09-20, 2023-09 or 2023.",
)
@option("--ends", required=True, es="Último día.", en="Last day.")
@option("--name-en", es="El nombre en inglés, si es otro.", en="The name in English, if it is another.")
@option(
    "--headline",
    multiple=True,
    es="Medida que se pregunta primero; se repite.",
    en="Measure asked for first; may be repeated.",
)
@option("--id", es="Identificador; si falta, sale del nombre.", en="Id; told from the name if left out.")
@casefile_option
def run(
    name: str,
    facilities: tuple[str, ...],
    starts: str,
    ends: str,
    name_en: str | None,
    headline: tuple[str, ...],
    id: str | None,
    folder: Path | None,
) -> None:
    """Add an event."""
    with opened(folder) as casefile:
        event = Event(
            id=id or id_from(name, {one.id for one in casefile.settings.cast.events}, "event"),
            name=Bilingual(es=name, en=name_en or name),
            facilities=facilities,
            starts=PartialDate.parse(starts),
            ends=PartialDate.parse(ends),
            headline=headline,
        )
        add_record(casefile, event, Hand(who(), now()))
    line(say(f"Añadido: [events.{event.id}]", f"Added: [events.{event.id}]"))
