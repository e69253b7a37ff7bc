"""`recuento keeper list`: who keeps names."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.sealing.keepers import keepers_of
from recuento.casefile.sealing.vault import sources_of
from recuento.cli.bilingual import command, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, pairs


@command(
    "list",
    es="Muestra quiénes custodian, y cuántas fuentes pueden abrir.",
    en="Show the keepers, and how many sources each can open.",
)
@casefile_option
@json_option
def run(folder: Path | None, as_json: bool) -> None:
    """Show the keepers."""
    with opened(folder) as casefile:
        keepers, sources = keepers_of(casefile), sources_of(casefile)
    held = {one.id: sum(one.id in source.keepers for source in sources) for one in keepers}
    if as_json:
        print_json([{"keeper": one.id, "key": one.public_key, "sources": held[one.id]} for one in keepers])
        return
    if not keepers:
        line(
            say(
                "Nadie custodia todavía: recuento keeper new, recuento keeper add",
                "There is no keeper yet: recuento keeper new, recuento keeper add",
            )
        )
    sources_word = say("fuentes", "sources")
    pairs([(one.id, f"{one.public_key}, {held[one.id]} {sources_word}") for one in keepers])
