"""`recuento hold`: hold something back from the dossier until somebody lets it out."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.publishing.holding import held_back, hold_named, release, words_of
from recuento.casefile.review.correcting import Hand
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, now, who


@command(
    "hold",
    es="""Retiene del dosier una afirmación, una exigencia, un documento o una sola declaración; sin argumento, lista
lo retenido.

Las palabras de una declaración retenida no salen en ninguna parte, tampoco en el texto de su documento. Fuera no se
dice que falte nada; para lo que ya fue público, vea recuento retract.""",
    en="""Hold back from the dossier a claim, a demand, a document or a single statement; without an argument, list
what is held back.

The words of a held statement leave nowhere, not in the text of its document either. Outside nothing tells that
something is missing; for what has been public already, see recuento retract.""",
)
@click.argument("subject", required=False)
@option("--why", default="", es="Motivo; se queda en el caso.", en="Reason; it stays in the casefile.")
@option("--undo", is_flag=True, es="Lo suelta.", en="Lets it out.")
@casefile_option
@json_option
def run(subject: str | None, why: str, undo: bool, folder: Path | None, as_json: bool) -> None:
    """Hold back, let out, or list."""
    with opened(folder) as casefile:
        hand = Hand(who(), now(), why=why)
        if subject is not None:
            release(casefile, subject, hand) if undo else hold_named(casefile, subject, hand)
        held = held_back(casefile)
    if as_json:
        print_json(
            [
                {
                    "subject": f"{kind}:{id}",
                    "words": words_of(one),
                    "at": one.at.isoformat(),
                    "by": one.by,
                    "why": one.why,
                }
                for (kind, id), one in held.items()
            ]
        )
        return
    for (kind, id), one in held.items():
        line(f"{kind}:{id}  {one.at:%Y-%m-%d} {one.by}  {words_of(one)}  {one.why}".rstrip())
    if not held:
        line(say("No hay nada retenido.", "Nothing is held back."))
