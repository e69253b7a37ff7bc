"""`recuento compare`: the accounts of an event side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from recuento.casefile.events.calling import called
from recuento.casefile.events.gathering import Gathered, event_named, gather
from recuento.casefile.settings.settings import Settings
from recuento.cli.bilingual import command, language_of, say
from recuento.cli.options import casefile_option, day_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, today
from recuento.model.accounts import AccountTable, Agreement, Row, Said, Standing
from recuento.model.claim import Claim
from recuento.model.demand import Demand
from recuento.model.words import AGREEMENTS, CERTAINTIES, DEMAND_STATES, STANDINGS
from recuento.store.encoding import to_plain
from recuento.values.bilingual import Language
from recuento.values.names import fold
from recuento.values.quantity import Comparison
from recuento.values.wording import date_text, quantity_text, range_text

_MARKS = {Agreement.AGREE: "= ", Agreement.COMPATIBLE: "≈ ", Agreement.DIFFER: "≠ "}


@command(
    "compare",
    es="""Pone lado a lado lo que dice cada parte de un suceso: preguntas, cifras, quién, cuándo y dónde; el silencio
como silencio; y las exigencias con los días que llevan abiertas.""",
    en="""Lay side by side what each party says of an event: questions, figures, who, when and where; silence as
silence; and the demands with the days they have been open.""",
)
@click.argument("event", required=False)
@day_option
@casefile_option
@json_option
def run(event: str | None, on: date | None, folder: Path | None, as_json: bool) -> None:
    """Compare the accounts of an event."""
    with opened(folder) as casefile:
        day = on or casefile.settings.edition or today()
        found = gather(casefile, event_named(casefile, event), day)
        settings = casefile.settings
    if as_json:
        print_json(
            {
                "accounts": to_plain(found.table, AccountTable),
                "demands": [
                    to_plain(demand, Demand) | {"days_open": demand.days_open(day)} for demand in found.demands
                ],
            }
        )
        return
    line(found.event.name.text(language_of()), bold=True)
    for row in found.table.rows:
        _print_row(row, found, settings)
    heading(say("Exigencias", "Demands"))
    print_demands(found.demands, settings, day)


def _print_row(row: Row, found: Gathered, settings: Settings) -> None:
    language = language_of()
    measure = settings.vocabulary.find(row.measure)
    name = measure.asked().text(language) if measure else row.measure
    when = f" ({date_text(row.as_of, language)})" if row.as_of else ""
    heading(f"{name}{when}  {_MARKS.get(row.agreement, '')}{AGREEMENTS[row.agreement].text(language)}")
    silent = []
    for cell in row.cells:
        party = settings.cast.party(cell.party)
        label = party.short.text(language) if party else cell.party or "?"
        if not cell.said:
            silent.append(label)
        for said in cell.said:
            line(f"{label}: {_said(said, settings)}", indent=2, hang=4)
    if silent:
        line(f"{say('Callan', 'Silent')}: {', '.join(silent)}", indent=2, hang=4)


def _said(said: Said, settings: Settings) -> str:
    language = language_of()
    claim = said.claim
    parts = [
        _in_numbers_and_words(claim, language),
        called(settings.cast, claim, language) + _cited(claim),
        date_text(claim.stated, language),
    ]
    where = next((ground.outlet for ground in claim.grounds if ground.outlet), None)
    if where:
        parts.append(where)
    if claim.certainty.value != "asserted":
        parts.append(CERTAINTIES[claim.certainty].text(language))
    if not claim.reviewed:
        parts.append(say("leído, sin revisar", "read, not reviewed"))
    if said.standing is not Standing.CURRENT:
        parts.append(STANDINGS[said.standing].text(language))
    return " · ".join([*parts, claim.id])


def _in_numbers_and_words(claim: Claim, language: Language) -> str:
    """The quantity, and the words it was said in where they say more: 3 or more «muchos», cerca de 88 «unos 88»."""
    numbers, words = quantity_text(claim.quantity, language), claim.quantity.words
    if claim.quantity.comparison is Comparison.VAGUE:
        return f"{range_text(claim.quantity.low, claim.quantity.high, language)} {numbers}"
    return numbers if not words or fold(words) == fold(numbers) else f"{numbers} «{words}»"


def _cited(claim: Claim) -> str:
    return say(", citando a ", ", citing ") + claim.cited_source if claim.cited_source else ""


def print_demands(demands: Sequence[Demand], settings: Settings, day: date, *, with_ids: bool = False) -> None:
    """One paragraph a demand: who asks whom for what, since when, and its state."""
    language = language_of()
    if not demands:
        line(say("ninguna", "none"), indent=2)
    for demand in demands:
        days = demand.days_open(day)
        asker = called(settings.cast, demand, language) if demand.actor else demand.asker
        line(
            f"{demand.id + '  ' if with_ids else ''}{asker} → {demand.addressee or '?'}: {demand.item} · "
            f"{DEMAND_STATES[demand.state].text(language)} · {days} {say('días', 'days')} "
            f"({say('desde', 'since')} {date_text(demand.asked, language)})",
            indent=2,
            hang=4,
        )
