"""`recuento link answers`: what people answered about pairs, and taking an answer back."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.people.pair_decisions import standing_answers, undo_answer
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, note, now, pairs, who


@command(
    "answers",
    es="Muestra las respuestas que están en pie; --undo N deshace una.",
    en="Show the answers that stand; --undo N takes one back.",
)
@option("--undo", "number", type=int, metavar="N", es="Deshace la respuesta N.", en="Take answer N back.")
@option("--why", default="", es="Por qué.", en="Why.")
@casefile_option
@json_option
def run(number: int | None, why: str, folder: Path | None, as_json: bool) -> None:
    """Show answers, or take one back."""
    with opened(folder) as casefile:
        if number is not None:
            undo_answer(casefile, number, by=who(), at=now(), why=why)
            note(say(f"respuesta {number} deshecha", f"answer {number} taken back"))
            return
        standing = standing_answers(casefile)
    if as_json:
        print_json(
            [{"answer": d.id, "left": p.left, "right": p.right, "given": p.answer, "by": d.by} for d, p in standing]
        )
        return
    words = {"yes": say("sí", "yes"), "no": "no", "unsure": say("dudoso", "unsure")}
    if not standing:
        line(say("No hay respuestas.", "There are no answers."))
    pairs([(str(d.id), f"{p.left} · {p.right}: {words[p.answer]} ({d.by}, {d.at.date()})") for d, p in standing])
