"""`recuento link calibration`: do the probabilities hold in this casefile, by its own reviewed pairs?"""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.people.linking import linkage_of
from recuento.casefile.people.pair_decisions import standing_answers
from recuento.cli.bilingual import command, language_of, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, pairs
from recuento.link.calibration import calibration_warning, reliability_of_reviewed


@command(
    "calibration",
    es="Compara las probabilidades con lo que respondieron las personas.",
    en="Compare the probabilities with what persons answered.",
)
@casefile_option
@json_option
def run(folder: Path | None, as_json: bool) -> None:
    """Compare."""
    with opened(folder) as casefile:
        found = reliability_of_reviewed(linkage_of(casefile), [pair for _, pair in standing_answers(casefile)])
    if as_json:
        print_json(
            {"judged": found.judged, "error": found.error, "noise": found.noise, "bins": found.table().to_pylist()}
        )
        return
    if not found.judged:
        line(say("Nadie ha respondido aún: recuento link review", "Nobody has answered yet: recuento link review"))
        return
    pairs(
        [
            (
                f"{one.low:.2f}–{one.high:.2f}",
                say(
                    f"{one.judged} juzgados, esperado {one.expected:.2f}, hallado {one.observed:.2f}",
                    f"{one.judged} judged, expected {one.expected:.2f}, found {one.observed:.2f}",
                ),
            )
            for one in found.bins
            if one.judged
        ]
    )
    line(say(f"Error de calibración: {found.error:.3f}", f"Calibration error: {found.error:.3f}"))
    warning = calibration_warning(found)
    if warning is not None:
        line(f"! {warning.text(language_of())}", hang=2)
