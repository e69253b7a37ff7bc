"""`recuento link review`: the pairs worth a person's time first, one key a pair."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.casefile import Casefile
from recuento.casefile.people.linking import entries_of, linkage_of
from recuento.casefile.people.pair_decisions import answer, standing_answers, undo_answer
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, note, now, pairs, who
from recuento.cli.pressing import pressed
from recuento.errors import RecuentoError
from recuento.link.decisions import Answer
from recuento.link.review import PairToReview, worth_reviewing

_KEYS: dict[str, Answer] = {"y": "yes", "s": "yes", "n": "no", "?": "unsure", "d": "unsure"}


@command(
    "review",
    es="""Pregunta, de uno en uno, por los pares inciertos que más cambian la tabla de coincidencias.

Teclas: s sí, son la misma persona; n no; d dudoso; espacio salta; u deshace; q termina. Toda respuesta queda anotada
con quién y cuándo, y puede deshacerse. Después: recuento link run.""",
    en="""Ask, one by one, about the uncertain pairs that change the table of overlaps most.

Keys: y yes, one person; n no; d doubtful; space skips; u undoes; q ends. Every answer is kept with who and when, and
can be taken back. Afterwards: recuento link run.""",
)
@option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, es="Cuántos pares.", en="How many pairs."
)
@option("--list", "listing", is_flag=True, es="Solo los enumera.", en="Only list them.")
@casefile_option
@json_option
def run(limit: int, listing: bool, folder: Path | None, as_json: bool) -> None:
    """Review pairs."""
    with opened(folder) as casefile:
        waiting = worth_reviewing(
            linkage_of(casefile), entries_of(casefile), [pair for _, pair in standing_answers(casefile)], limit
        )
        if as_json:
            print_json([{"left": w.left, "right": w.right, "joined": w.joined, "value": w.value} for w in waiting])
        elif listing:
            for place, one in enumerate(waiting, start=1):
                print_pair(one, f"{place}/{len(waiting)}")
        else:
            _ask_each(casefile, waiting)


def print_pair(one: PairToReview, place: str) -> None:
    """Both entries side by side, why they are asked about, and what would change the probability."""
    language = language_of()
    heading(f"{place}  {one.left}  ·  {one.right}")
    pairs(
        [
            (row.name.text(language), f"{row.left or '—'}  |  {row.right or '—'}  ({row.words.text(language)})")
            for row in one.rows
        ]
    )
    line(one.why.text(language), indent=2)
    line(one.reasons.words.text(language), indent=2)
    for other in one.reasons.counterfactuals[:2]:
        line(other.words.text(language), indent=2)


def _ask_each(casefile: Casefile, waiting: list[PairToReview]) -> None:
    made: list[int] = []
    place = 0
    while place < len(waiting):
        one = waiting[place]
        print_pair(one, f"{place + 1}/{len(waiting)}")
        click.echo(
            say(
                "[s] sí [n] no [d] dudoso [espacio] salta [u] deshace [q] termina ",
                "[y] yes [n] no [d] doubtful [space] skip [u] undo [q] quit ",
            ),
            nl=False,
        )
        key = pressed("--list; recuento link import").lower()
        click.echo(key)
        if key in _KEYS:
            try:
                made.append(answer(casefile, one.left, one.right, _KEYS[key], by=who(), at=now()).id)
            except RecuentoError as error:
                note(error.text(language_of()))
            place += 1
        elif key == " ":
            place += 1
        elif key == "u" and made:
            undo_answer(casefile, made.pop(), by=who(), at=now())
            place = max(0, place - 1)
        elif key in "q\x03\x04":
            break
    note(
        say(
            f"{len(made)} respuestas. Para que cuenten: recuento link run",
            f"{len(made)} answers. To let them count: recuento link run",
        )
    )
