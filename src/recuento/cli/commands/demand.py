"""`recuento demand`: list the demands, and note what came of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from recuento.casefile.events.gathering import event_named, gather
from recuento.casefile.review.reviewing import decide
from recuento.cli.bilingual import command, option, say
from recuento.cli.commands.compare import print_demands
from recuento.cli.options import Day, casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import note, now, today, who
from recuento.errors import InvalidValue
from recuento.model.decision import Act
from recuento.model.demand import Demand, DemandState
from recuento.store.encoding import to_plain


@command(
    "demand",
    es="""Enumera las exigencias de un suceso o, con --set ID ESTADO, anota qué fue de una.

Estados: open, answered, partly, refused, contradicted, overdue.""",
    en="""List the demands of an event or, with --set ID STATE, note what came of one.

States: open, answered, partly, refused, contradicted, overdue.""",
)
@click.argument("event", required=False)
@option("--set", "setting", nargs=2, es="ID y estado.", en="Id and state.")
@option("--on", type=Day(), es="Día en que se respondió.", en="Day of the answer.")
@option("--answer", es="Afirmación o declaración que responde.", en="Claim or statement that answers.")
@casefile_option
@json_option
def run(
    event: str | None,
    setting: tuple[str, str] | None,
    on: date | None,
    answer: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """List demands or settle one."""
    with opened(folder) as casefile:
        wanted = event_named(casefile, event)
        day = casefile.settings.edition or today()
        if setting:
            demands = gather(casefile, wanted, day).demands
            asked = _named(setting[0], demands)
            details = _state(setting[1]) | ({"on": str(on)} if on else {}) | ({"answer": answer} if answer else {})
            decide(casefile, [f"demand:{asked.id}"], Act.SETTLE, by=who(), at=now(), details=details)
            note(say("Anotado.", "Noted."))
        demands = gather(casefile, wanted, day).demands
    if as_json:
        print_json([to_plain(demand, Demand) for demand in demands])
    else:
        print_demands(demands, casefile.settings, day, with_ids=True)


def _named(id: str, demands: tuple[Demand, ...]) -> Demand:
    """The demand of that id, or that had it before its statement was put right."""
    found = next((demand for demand in demands if id in demand.ids), None)
    if found is None:
        listed = ", ".join(demand.id for demand in demands)
        raise InvalidValue(f"there is no demand {id}; there are {listed}", f"no hay exigencia {id}; hay {listed}")
    return found


def _state(state: str) -> dict[str, str]:
    if state not in {known.value for known in DemandState}:
        listed = ", ".join(known.value for known in DemandState)
        raise InvalidValue(f"{state!r} is none of {listed}", f"{state!r} no es ninguno de {listed}")
    return {"state": state}
