"""`recuento unlock`: bring back what was locked away, with a keeper's key."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.sealing.locking import unlock
from recuento.cli.bilingual import command, say
from recuento.cli.keys import keeper_option, key_in
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, now, who


@command(
    "unlock",
    es="Vuelve a abrir lo que cerró recuento lock, con la clave de una persona custodia. Si se interrumpe, repítala.",
    en="Bring back what recuento lock took away, with the key of a keeper. If it is interrupted, give it again.",
)
@keeper_option()
@casefile_option
def run(key_file: Path, passphrase_file: Path | None, folder: Path | None) -> None:
    """Unlock."""
    with opened(folder) as casefile:
        done = unlock(casefile, key_in(key_file, passphrase_file), by=who(), at=now())
    es = f"Abierto: {done.lists} listas con {done.entries} registros, {done.originals} originales."
    en = f"Unlocked: {done.lists} lists with {done.entries} entries, {done.originals} originals."
    line(say(es, en))
