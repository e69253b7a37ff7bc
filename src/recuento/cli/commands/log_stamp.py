"""`recuento log stamp`: ask authorities for the time stamps that checkpoints do not have yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from recuento.casefile.custody.custody import CHECKPOINTS, checkpoints_in
from recuento.casefile.custody.opentimestamps import SUFFIX, State, upgrade
from recuento.casefile.custody.timestamps import stamp
from recuento.cli.bilingual import command, option, say
from recuento.cli.options import casefile_option, opened
from recuento.cli.output import line
from recuento.errors import CheckFailed, InvalidValue


@command(
    "stamp",
    es="Pide a cada autoridad los sellos que faltan, y a los calendarios de OpenTimestamps lo que prometieron.",
    en="Ask each authority for the stamps that are missing, and OpenTimestamps calendars for what they promised.",
)
@option(
    "--tsa",
    "authorities",
    multiple=True,
    es="Dirección de una autoridad; puede repetirse.",
    en="Address of an authority; may be repeated.",
)
@option(
    "--ots",
    is_flag=True,
    es="Pide a los calendarios de OpenTimestamps que completen las pruebas pendientes; ven su dirección de red.",
    en="Ask the calendars of OpenTimestamps to complete pending proofs; they see your network address.",
)
@option(
    "--calendar",
    "calendars",
    multiple=True,
    es="Con --ots, un calendario que no es público y al que también se pregunta; puede repetirse.",
    en="With --ots, a calendar that is no public one and is asked too; may be repeated.",
)
@casefile_option
def run(authorities: tuple[str, ...], ots: bool, calendars: tuple[str, ...], folder: Path | None) -> None:
    """Ask again; ends with 3 where a stamp did not come."""
    if not authorities and not ots:
        raise InvalidValue("say whom to ask: --tsa ADDRESS, or --ots", "diga a quién pedirlo: --tsa DIRECCIÓN, o --ots")
    with opened(folder) as casefile:
        place = casefile.folder / CHECKPOINTS
        if ots:
            _ask_calendars(place, calendars)
        ask_authorities(checkpoints_in(place) if authorities else [], authorities)


def _ask_calendars(place: Path, calendars: Sequence[str]) -> None:
    pending = []
    for path in sorted(place.glob(f"*{SUFFIX}")):
        if upgrade(path, calendars) is State.ANCHORED:
            line(say(f"anclado: {path.name}", f"anchored: {path.name}"), indent=2)
        else:
            pending.append(path.name)
    if pending:
        listed = ", ".join(pending)
        raise CheckFailed(
            f"still pending: {listed}. A block of Bitcoin takes hours; try again tomorrow",
            f"siguen pendientes: {listed}. Un bloque de Bitcoin tarda horas; vuelva a pedirlo mañana",
        )


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
