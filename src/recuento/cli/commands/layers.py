"""`recuento layers`: documents with more than one text, and the decisions that stayed with an earlier one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from recuento.casefile.review.correcting import undo
from recuento.casefile.review.orphans import WHAT_TO_DO, LayersOf, Orphan, layered
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, note, now, who


@command(
    "layers",
    es="""Muestra los documentos con más de una capa de texto y las decisiones huérfanas.

Un extractor nuevo añade una capa y nunca cambia la anterior. Lo decidido pasa a la capa nueva solo si están las mismas
palabras con las mismas vecinas y en un único lugar; lo demás queda huérfano, con sus palabras en la capa anterior.""",
    en="""Show the documents with more than one text layer, and the orphaned decisions.

A new extractor adds a layer and never changes the earlier one. What was decided goes over to it only where the same
words stand with the same neighbours in one place alone; the rest are orphans, whose words the earlier layer shows.""",
)
@option("--all", "every", is_flag=True, es="También lo que nadie decidió.", en="Also what nobody decided on.")
@option(
    "--take-back",
    "number",
    type=click.IntRange(min=1),
    es="Deshace la decisión huérfana de ese número.",
    en="Takes back the orphaned decision of that number.",
)
@casefile_option
@json_option
def run(every: bool, number: int | None, folder: Path | None, as_json: bool) -> None:
    """List layers and orphans, or take an orphaned decision back."""
    with opened(folder) as casefile:
        found = layered(casefile)
        if number is not None:
            if not any(one.decision and one.decision.id == number for each in found for one in each.orphans):
                raise click.UsageError(
                    say(f"la decisión {number} no es huérfana", f"decision {number} is not an orphan")
                )
            undo(casefile, number, by=who(), at=now())
            note(say(f"decisión {number} deshecha", f"decision {number} taken back"))
            found = layered(casefile)
    if as_json:
        print_json([_plain(one) for one in found])
        return
    if not found:
        line(say("Ningún documento tiene más de una capa.", "No document has more than one layer."))
    for one in found:
        _print(one, every)


def _print(one: LayersOf, every: bool) -> None:
    heading(f"{one.document.description.title or one.document.name} ({one.document.sha256[:12]})")
    for move in one.moves:
        kept = sum(span.to is not None for span in move.spans)
        total = len(move.spans)
        words = say(f"{kept} de {total} lugares pasaron", f"{kept} of {total} places carried over")
        line(f"{move.earlier[:8]} → {move.later[:8]}: {words}", indent=2, hang=2)
    decided = [orphan for orphan in one.orphans if orphan.decision is not None]
    read = [orphan for orphan in one.orphans if orphan.decision is None]
    for orphan in [*decided, *(read if every else ())]:
        _print_orphan(orphan)
    if read and not every:
        text = f"{len(read)} declaraciones sin decidir no pasaron: recuento layers --all"
        line(say(text, f"{len(read)} statements not decided on were left behind: recuento layers --all"), indent=2)


def _print_orphan(orphan: Orphan) -> None:
    decision = orphan.decision
    number = f"{decision.id}. {decision.by}, {decision.at.date()}: " if decision is not None else ""
    words = " … ".join(f"«{' '.join(part.split())}»" for part in orphan.words)
    why = WHAT_TO_DO[orphan.kind].text(language_of())
    line(f"✗ {number}{words} ({say('capa', 'layer')} {orphan.earlier[:8]})", indent=2, hang=4)
    line(why, indent=4, hang=4)


def _plain(one: LayersOf) -> dict[str, Any]:
    return {
        "document": one.document.sha256,
        "name": one.document.name,
        "moves": [
            {
                "earlier": move.earlier,
                "later": move.later,
                "carried": sum(span.to is not None for span in move.spans),
                "places": len(move.spans),
            }
            for move in one.moves
        ],
        "orphans": [
            {
                "kind": orphan.kind,
                "subject": orphan.subject,
                "words": list(orphan.words),
                "layer": orphan.earlier,
                "decision": orphan.decision.id if orphan.decision else None,
            }
            for orphan in one.orphans
        ],
    }
