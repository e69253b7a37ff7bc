"""`recuento link pair`: why two entries are, or are not, taken for one person; and an answer about them."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.people.linking import linkage_of
from recuento.casefile.people.pair_decisions import answer
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, note, now, who
from recuento.link.decisions import ANSWERS, Answer
from recuento.link.reasons import reasons_of
from recuento.link.reasons_chart import waterfall_svg
from recuento.store.durable import write_file


@command(
    "pair",
    es="Explica un par de registros campo por campo, o anota con --answer qué se juzgó de él.",
    en="Explain a pair of entries field by field, or note with --answer what was judged of it.",
)
@click.argument("one")
@click.argument("other")
@option("--answer", "given", type=click.Choice(ANSWERS), es="Anota la respuesta.", en="Note the answer.")
@option("--why", default="", es="Por qué.", en="Why.")
@option("--svg", type=click.Path(path_type=Path, dir_okay=False), es="Escribe la gráfica.", en="Write the chart.")
@casefile_option
@json_option
def run(
    one: str, other: str, given: Answer | None, why: str, svg: Path | None, folder: Path | None, as_json: bool
) -> None:
    """Explain or answer."""
    with opened(folder) as casefile:
        if given is not None:
            made = answer(casefile, one, other, given, by=who(), at=now(), why=why)
            note(say(f"anotada como respuesta {made.id}", f"noted as answer {made.id}"))
            return
        reasons = reasons_of(linkage_of(casefile), one, other)
    if svg is not None:
        write_file(svg, f"{waterfall_svg(reasons, language_of())}\n".encode())
    if as_json:
        print_json(
            {
                "left": reasons.left,
                "right": reasons.right,
                "probability": reasons.probability,
                "weight": reasons.weight,
                "prior": reasons.prior_bits,
                "fields": [{"field": r.field, "level": r.level, "bits": r.bits} for r in reasons.reasons],
            }
        )
        return
    language = language_of()
    line(f"{reasons.left}  ·  {reasons.right}", bold=True)
    line(reasons.words.text(language), indent=2)
    for reason in reasons.reasons:
        line(reason.words.text(language), indent=2, hang=2)
    for each in reasons.counterfactuals:
        line(each.words.text(language), indent=2, hang=2)
