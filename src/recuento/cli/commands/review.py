"""`recuento review`: confirm or reject what was read, one key a statement; every decision is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from recuento.casefile.casefile import Casefile
from recuento.casefile.reading.reading import read_documents
from recuento.casefile.review.reviewing import decide, reviews
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.commands.read import print_statement
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, note, now, who
from recuento.cli.pressing import pressed
from recuento.model.decision import Act
from recuento.model.statement import Statement
from recuento.model.statement_key import statement_key


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A statement that nobody has decided on yet."""

    key: str
    title: str
    statement: Statement


@command(
    "review",
    es="""Confirma o rechaza, de una en una, las declaraciones que leyó la máquina.

Teclas: a confirma, x rechaza, s salta, u deshace, q termina. Con --confirm-all confirma las que faltan;
con --list solo las enumera. Toda decisión queda anotada con quién y cuándo, y puede deshacerse.""",
    en="""Confirm or reject, one by one, the statements that the machine read.

Keys: a confirms, x rejects, s skips, u undoes, q ends. --confirm-all confirms what is left; --list only lists it.
Every decision is kept with who and when, and can be taken back.""",
)
@option("--list", "listing", is_flag=True, es="Enumera lo que espera revisión.", en="List what waits for review.")
@option("--confirm-all", is_flag=True, es="Confirma todo lo que espera.", en="Confirm all that waits.")
@option("--document", es="Solo este documento (huella o nombre).", en="Only this document (hash or name).")
@casefile_option
@json_option
def run(listing: bool, confirm_all: bool, document: str | None, folder: Path | None, as_json: bool) -> None:
    """Review what was read."""
    with opened(folder) as casefile:
        waiting = _waiting(casefile, document)
        if as_json:
            print_json([{"key": w.key, "document": w.title, "statement": w.statement.id} for w in waiting])
        elif listing:
            _list(waiting)
        elif confirm_all:
            made = decide(casefile, [w.key for w in waiting], Act.CONFIRM, by=who(), at=now())
            note(say(f"{len(made)} confirmadas", f"{len(made)} confirmed"))
        else:
            _ask_each(casefile, waiting)


def _waiting(casefile: Casefile, document: str | None) -> list[_Waiting]:
    decided = reviews(casefile)
    done = decided.confirmed | decided.rejected
    waiting = []
    for read in read_documents(casefile):
        if document and not (read.document.sha256.startswith(document) or read.document.name == document):
            continue
        for statement in read.statements:
            key = statement_key(read.document, statement)
            if key not in done:
                waiting.append(_Waiting(key, read.document.description.title or read.document.name, statement))
    return waiting


def _list(waiting: list[_Waiting]) -> None:
    title = None
    for one in waiting:
        if one.title != title:
            heading(one.title)
            title = one.title
        print_statement(one.statement, language_of())
    line(say(f"{len(waiting)} esperan revisión", f"{len(waiting)} wait for review"))


def _ask_each(casefile: Casefile, waiting: list[_Waiting]) -> None:
    made: list[int] = []
    place = 0
    while place < len(waiting):
        one = waiting[place]
        heading(f"{place + 1}/{len(waiting)} {one.title}")
        print_statement(one.statement, language_of())
        click.echo(
            say(
                "[a] confirma [x] rechaza [s] salta [u] deshace [q] termina ",
                "[a] confirm [x] reject [s] skip [u] undo [q] quit ",
            ),
            nl=False,
        )
        key = pressed("--list, --confirm-all")
        click.echo(key)
        if key in "ax":
            act = Act.CONFIRM if key == "a" else Act.REJECT
            made.append(decide(casefile, [one.key], act, by=who(), at=now())[0].id)
            place += 1
        elif key == "s":
            place += 1
        elif key == "u" and made:
            decide(casefile, [one.key], Act.UNDO, by=who(), at=now(), details={"decision": str(made.pop())})
            place = max(0, place - 1)
        elif key == "q":
            break
