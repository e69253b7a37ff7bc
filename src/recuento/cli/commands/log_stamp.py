"""`recuento log stamp`: ask authorities for the time stamps that checkpoints do not have yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from recuento.casefile.custody.custody import CHECKPOINTS, checkpoints_in
from recuento.casefile.custody.timestamps import stamp
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line
from recuento.errors import CheckFailed


@command(
    "stamp",
    es="Pide a cada autoridad el sello de los puntos de control que aún no lo tienen de ella.",
    en="Ask each authority to stamp the checkpoints that have no stamp of it yet.",
)
@option(
    "--tsa",
    "authorities",
    multiple=True,
    required=True,
    es="Dirección de una autoridad; puede repetirse.",
    en="Address of an authority; may be repeated.",
)
@casefile_option
def run(authorities: tuple[str, ...], folder: Path | None) -> None:
    """Ask again; ends with 3 where a stamp did not come."""
    with opened(folder) as casefile:
        waiting = checkpoints_in(casefile.folder / CHECKPOINTS)
    ask_authorities(waiting, authorities)


def ask_authorities(checkpoints: Sequence[Path], authorities: Iterable[str]) -> None:
    """Have each checkpoint stamped by each authority; raises CheckFailed where one gave no usable reply."""
    missing = []
    for address in authorities:
        for checkpoint in checkpoints:
            reply = stamp(checkpoint, address)
            if reply is None:
                missing.append(address)
            else:
                line(say(f"sellado: {reply.name}", f"stamped: {reply.name}"), indent=2)
    if missing:
        listed = ", ".join(sorted(set(missing)))
        raise CheckFailed(
            f"no time stamp came from {listed}; it is pending. Try again with: recuento log stamp --tsa ...",
            f"no llegó ningún sello de {listed}; queda pendiente. Vuelva a pedirlo con: recuento log stamp --tsa ...",
        )
