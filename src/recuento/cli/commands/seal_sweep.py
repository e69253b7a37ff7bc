"""`recuento seal sweep`: remove envelopes that interrupted commands left and nothing names."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.sealing.vault import sweep
from recuento.cli.bilingual import command, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line


@command(
    "sweep",
    es="Quita los sobres que dejaron órdenes interrumpidas y que nada nombra.",
    en="Remove the envelopes that interrupted commands left and nothing names.",
)
@casefile_option
def run(folder: Path | None) -> None:
    """Sweep."""
    with opened(folder) as casefile:
        number = sweep(casefile)
    line(say(f"{number} sobres quitados.", f"{number} envelopes removed."))
