"""`recuento log head`: show the size and the root of the log."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.custody.custody import heads
from recuento.cli.bilingual import command, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line


@command(
    "head",
    es="Muestra cuántos asientos tiene cada registro (el público y el reservado) y su raíz.",
    en="Show how many entries each log has (the public and the sealed one), and its root.",
)
@casefile_option
@json_option
def run(folder: Path | None, as_json: bool) -> None:
    """Show the heads."""
    with opened(folder) as casefile:
        found = heads(casefile)
    if as_json:
        print_json([{"origin": head.origin, "size": head.size, "root": head.root.hex()} for head in found])
        return
    for head in found:
        name = say("público", "public") if head.tree == "public" else say("reservado", "sealed")
        line(
            say(
                f"{name}: {head.size} asientos, raíz {head.root.hex()}",
                f"{name}: {head.size} entries, root {head.root.hex()}",
            )
        )
    if not found:
        line(say("El registro aún no tiene asientos.", "The log has no entry yet."))
