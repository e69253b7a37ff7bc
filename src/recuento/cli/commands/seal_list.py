"""`recuento seal list`: the sources as far as they may be told without a key."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.sealing.vault import sources_of
from recuento.cli.bilingual import command, language_of, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, pairs


@command(
    "list",
    es="Muestra las fuentes: su clase, cuánto hay sellado, quiénes pueden abrirlas.",
    en="Show the sources: their class, how much is sealed, who can open them.",
)
@casefile_option
@json_option
def run(folder: Path | None, as_json: bool) -> None:
    """Show the sources."""
    with opened(folder) as casefile:
        found = sources_of(casefile)
    if as_json:
        print_json(
            [
                {
                    "source": one.source.id,
                    "party": one.source.party,
                    "called": {"es": one.source.called.es, "en": one.source.called.en},
                    "parts": one.parts,
                    "keepers": list(one.keepers),
                    "destroyed": one.source.is_destroyed,
                }
                for one in found
            ]
        )
        return
    if not found:
        line(say("No hay fuentes: recuento seal source", "There are no sources: recuento seal source"))
    rows = []
    for one in found:
        called = one.source.called.text(language_of())
        held = say("destruida", "destroyed") if one.source.is_destroyed else ", ".join(one.keepers)
        party = f" ({one.source.party})" if one.source.party else ""
        rows.append((one.source.id, f"{called}{party}; {one.parts} {say('partes', 'parts')}; {held}"))
    pairs(rows)
