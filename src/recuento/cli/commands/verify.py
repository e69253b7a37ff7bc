"""`recuento verify`: check originals and anchors."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.verifying import verify
from recuento.cli.bilingual import command, language_of, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, progress
from recuento.errors import CheckFailed


@command(
    "verify",
    es="Vuelve a calcular la huella de cada original y comprueba que cada ancla sigue sobre sus palabras.",
    en="Re-hash every original and check that every anchor still stands on its words.",
)
@casefile_option
@json_option
def run(folder: Path | None, as_json: bool) -> None:
    """Check originals and anchors; ends with 3 where something does not stand."""
    with opened(folder) as casefile, progress(say("Comprobando", "Checking")) as bar:
        found = verify(casefile, progress=bar)
    if as_json:
        print_json(
            {
                "originals": found.originals,
                "layers": found.layers,
                "anchors": found.anchors,
                "decisions": found.decisions,
                "faults": [{"place": fault.place, "es": fault.es, "en": fault.en} for fault in found.faults],
            }
        )
    else:
        counts = (found.originals, found.layers, found.anchors, found.decisions)
        es, en = (
            "{} originales, {} textos, {} anclas, {} decisiones",
            "{} originals, {} texts, {} anchors, {} decisions",
        )
        line(say(es, en).format(*counts))
        for fault in found.faults:
            line(f"✗ {fault.text(language_of())}", indent=2, hang=4)
    if found.faults:
        number = len(found.faults)
        raise CheckFailed(f"{number} faults found", f"{number} fallos encontrados")
    if not as_json:
        line(say("Todo se sostiene.", "Everything stands."))
