"""`recuento cast list`: what recuento.toml names."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.casefile import SETTINGS
from recuento.casefile.settings.settings import read_settings
from recuento.cli.bilingual import command, language_of, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, pairs
from recuento.store.encoding import to_plain


@command("list", es="Muestra los actores, centros y sucesos.", en="Show the actors, facilities and events.")
@casefile_option
@json_option
def run(folder: Path | None, as_json: bool) -> None:
    """Show the cast as the file has it, without sealed sources."""
    with opened(folder) as casefile:
        cast = read_settings(casefile.folder / SETTINGS).cast
    if as_json:
        print_json(
            {kind: [to_plain(one) for one in getattr(cast, kind)] for kind in ("actors", "facilities", "events")}
        )
        return
    heading(say("Actores", "Actors"))
    pairs([(one.id, ", ".join((one.name, one.party, *one.aliases))) for one in cast.actors])
    heading(say("Centros", "Facilities"))
    pairs([(one.id, ", ".join((one.name, *one.aliases))) for one in cast.facilities])
    heading(say("Sucesos", "Events"))
    pairs([(one.id, f"{one.name.text(language_of())}, {one.starts} – {one.ends}") for one in cast.events])
