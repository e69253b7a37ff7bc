"""`recuento seal destroy`: destroy the key of a source, and with it all that was sealed."""

from __future__ import annotations

from pathlib import Path

import click

from recuento.casefile.sealing.vault_keys import destroy
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, who


@command(
    "destroy",
    es="""Destruye la clave de una fuente y todo lo sellado con ella. Nadie podrá abrirla; no se puede deshacer.

Las copias de seguridad anteriores la contienen hasta que se reemplacen. En el registro queda que se destruyó.""",
    en="""Destroy the key of a source and all that was sealed with it. Nobody can open it then; it cannot be undone.

Earlier backups hold it until they are replaced. That it was destroyed stays in the log.""",
)
@click.argument("source")
@option("--why", default="", es="Por qué.", en="Why.")
@option("--yes", is_flag=True, es="Hazlo sin preguntar.", en="Do it without asking.")
@casefile_option
def run(source: str, why: str, yes: bool, folder: Path | None) -> None:
    """Destroy."""
    if not yes:
        click.confirm(say(f"¿Destruir {source} para siempre?", f"Destroy {source} for good?"), abort=True, err=True)
    with opened(folder) as casefile:
        gone = destroy(casefile, source, by=who(), at=now(), why=why)
    line(say(f"{source}: destruida, con {gone} partes.", f"{source}: destroyed, with {gone} parts."))
    note(say("Reemplace las copias de seguridad anteriores.", "Replace the earlier backups."))
