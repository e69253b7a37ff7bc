"""`recuento lock`: lock the lists of names and confidential originals away, at once."""

from __future__ import annotations

from pathlib import Path

from recuento.casefile.sealing.locking import lock
from recuento.cli.bilingual import command, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line, note, now, who


@command(
    "lock",
    es="""Cierra de inmediato las listas de nombres y los originales confidenciales: cifrados para quienes custodian, y
las copias en claro sobrescritas y borradas.

No pide clave ni pregunta nada. Lo demás sigue funcionando. Si se interrumpe, repita la orden. Los archivos que usted
importó siguen donde estaban.""",
    en="""Lock the lists of names and confidential originals at once: encrypted to the keepers, and the copies in clear
overwritten and removed.

It needs no key and asks nothing. The rest goes on working. If it is interrupted, give it again. The files that you
imported are still where they were.""",
)
@casefile_option
def run(folder: Path | None) -> None:
    """Lock."""
    with opened(folder) as casefile:
        done = lock(casefile, by=who(), at=now())
    es = f"Cerrado: {done.lists} listas con {done.entries} registros, {done.originals} originales."
    en = f"Locked: {done.lists} lists with {done.entries} entries, {done.originals} originals."
    line(say(es, en))
    if not done.fresh:
        note(say("Ya estaba cerrado; no queda nada en claro.", "It was locked already; nothing is left in clear."))
