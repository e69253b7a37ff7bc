"""`recuento link lists`: the lists of the casefile."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.people.lists import lists_of
from recuento.cli.bilingual import command, language_of, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, pairs
from recuento.values.wording import number_text


@command(
    "lists", es="Muestra las listas y cuántos registros tienen.", en="Show the lists and how many entries they have."
)
@casefile_option
@json_option
def run(folder: Path | None, as_json: bool) -> None:
    """Show the lists."""
    with opened(folder) as casefile:
        found = lists_of(casefile)
    if as_json:
        print_json(
            [{"list": names.id, "name": names.name, "entries": count, "source": names.source} for names, count in found]
        )
        return
    if not found:
        line(say("No hay listas: recuento link import", "There are no lists: recuento link import"))
    word = say("registros", "entries")
    pairs(
        [
            (names.id, f"{number_text(count, language_of())} {word} · {names.name} · {names.source}")
            for names, count in found
        ]
    )
