"""`recuento retract`: take something out of what is public."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.publishing.retracting import restore, retract, retractions
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, now, who


@command(
    "retract",
    es="""Retira de lo público una afirmación, un documento, una exigencia, una estimación o un suceso; sin
argumento, lista lo retirado.

Desde la próxima edición no está en ninguna página ni archivo. Queda dicho que algo se retiró, nunca qué ni cuánto.
En el caso no se borra nada.""",
    en="""Take a claim, a document, a demand, an estimate or an event out of what is public; without an argument,
list what is retracted.

From the next edition on it is in no page and no file. It is told that something was withdrawn, never what nor how
much. Nothing is erased from the casefile.""",
)
@click.argument("subject", required=False)
@option("--why", default="", es="Motivo; se queda en el caso.", en="Reason; it stays in the casefile.")
@option("--undo", is_flag=True, es="Deshace la retirada.", en="Takes the retraction back.")
@casefile_option
@json_option
def run(subject: str | None, why: str, undo: bool, folder: Path | None, as_json: bool) -> None:
    """Retract, take back, or list."""
    with opened(folder) as casefile:
        if subject is not None and undo:
            restore(casefile, subject, by=who(), at=now(), why=why)
        elif subject is not None:
            retract(casefile, subject, by=who(), at=now(), why=why)
        found = retractions(casefile)
    if as_json:
        print_json(
            [{"subject": f"{o.kind}:{o.id}", "at": o.decision.at.isoformat(), "why": o.decision.why} for o in found]
        )
        return
    for one in found:
        line(f"{one.kind}:{one.id}  {one.decision.at:%Y-%m-%d} {one.decision.by}  {one.decision.why}".rstrip())
    if subject is not None:
        line(
            say(
                "Publique de nuevo para que se note: recuento publish", "Publish again for it to show: recuento publish"
            )
        )
