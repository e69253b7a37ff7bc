"""`recuento link run`: entries to persons."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.people.linking import link_what_changed
from recuento.cli.bilingual import command, language_of, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, now
from recuento.values.wording import number_text


@command(
    "run",
    es="Enlaza los registros de todas las listas en personas, si algo cambió. Lo que alguien decidió siempre manda.",
    en="Link the entries of all lists into persons, where anything changed. What a person decided always wins.",
)
@casefile_option
@json_option
def run(folder: Path | None, as_json: bool) -> None:
    """Link."""
    with opened(folder) as casefile:
        done = link_what_changed(casefile, at=now())
    if as_json:
        counts = {"fresh": done.fresh, "entries": done.entries, "persons": done.persons, "pairs": done.pairs}
        print_json({**counts, "warnings": [words.text(language_of()) for words in done.warnings]})
        return
    entries, persons, found = (number_text(n, language_of()) for n in (done.entries, done.persons, done.pairs))
    line(
        say(
            f"{entries} registros, {persons} personas, {found} pares",
            f"{entries} entries, {persons} persons, {found} pairs",
        )
    )
    for words in done.warnings:
        line(f"! {words.text(language_of())}", indent=2, hang=2)
