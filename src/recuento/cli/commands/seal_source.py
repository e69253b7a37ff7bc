"""`recuento seal source`: make a source under a random id."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.sealing.vault import new_source
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, note, now, who
from recuento.values.bilingual import Bilingual


@command(
    "source",
    es="""Crea una fuente: un nombre al azar, que usan afirmaciones y documentos, y cómo la llama el dosier.

--class dice su clase en español, --class-en en inglés: «familiar de un detenido», "relative of a detainee".""",
    en="""Make a source: a random id, which claims and documents use, and what the dossier calls it.

--class-es says its class in Spanish, --class-en in English: «familiar de un detenido», "relative of a detainee".""",
)
@option(
    "--party", required=True, es="Parte a la que pertenece (recuento.toml).", en="Party it belongs to (recuento.toml)."
)
@option("--class-es", "es", required=True, es="Su clase, en español.", en="Its class, in Spanish.")
@option("--class-en", "en", required=True, es="Su clase, en inglés.", en="Its class, in English.")
@casefile_option
@json_option
def run(party: str, es: str, en: str, folder: Path | None, as_json: bool) -> None:
    """Make a source."""
    with opened(folder) as casefile:
        source = new_source(casefile, party, Bilingual(es=es, en=en), by=who(), at=now())
    if as_json:
        print_json({"source": source.id, "party": party, "called": {"es": es, "en": en}})
        return
    line(source.id)
    note(
        say(
            f"Selle lo que se sabe de ella: recuento seal add {source.id} name",
            f"Seal what is known of it: recuento seal add {source.id} name",
        )
    )
    note(say("En claims.csv, es el claimant de lo que diga.", "In claims.csv it is the claimant of what it says."))
