"""`recuento cast actor`: add an actor to recuento.toml."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.cast.adding import add_record
from recuento.casefile.cast.ids import id_from
from recuento.casefile.review.correcting import Hand
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, now, who
from recuento.model.casting import Actor
from recuento.values.bilingual import Bilingual


@command(
    "actor",
    es="""Añade a recuento.toml una persona u organización que habla.

Sin --public el dosier no la nombra nunca. No ponga aquí a quien pidió reserva: recuento seal source.""",
    en="""Add a person or organisation that speaks to recuento.toml.

Without --public the dossier never names it. Put nobody here who asked for confidence: recuento seal source.""",
)
@click.argument("name")
@option("--party", required=True, es="Parte (id).", en="Party (id).")
@option("--person", is_flag=True, es="Es una persona.", en="It is a person.")
@option("--public", is_flag=True, es="El dosier puede nombrarla.", en="The dossier may name it.")
@option("--alias", "aliases", multiple=True, es="Otro nombre; se repite.", en="Another name; may be repeated.")
@option("--role", es="Cargo.", en="Role.")
@option("--called", es="Cómo la llama el dosier.", en="What the dossier calls it.")
@option("--organisation", es="De qué actor es voz (id).", en="Whose voice it is (id).")
@option("--id", es="Identificador; si falta, se elige.", en="Id; chosen if left out.")
@casefile_option
def run(
    name: str,
    party: str,
    person: bool,
    public: bool,
    aliases: tuple[str, ...],
    role: str | None,
    called: str | None,
    organisation: str | None,
    id: str | None,
    folder: Path | None,
) -> None:
    """Add an actor."""
    with opened(folder) as casefile:
        taken = {one.id for one in casefile.settings.cast.actors}
        actor = Actor(
            id=id or id_from(name if public else "", taken, "actor"),
            name=name,
            party=party,
            aliases=aliases,
            roles=(Bilingual.same(role),) if role else (),
            organisation=organisation,
            public=public,
            person=person,
            called=Bilingual.same(called) if called else None,
        )
        add_record(casefile, actor, Hand(who(), now()))
    line(say(f"Añadido: [actors.{actor.id}]", f"Added: [actors.{actor.id}]"))
