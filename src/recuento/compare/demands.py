"""The demands made in an event: who asks whom for what, since when, and what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from recuento.compare.corrected_items import became, joined
from recuento.compare.speakers import actor_for, actor_named
from recuento.model.casting import Cast, Event
from recuento.model.decision import Act, Decision, undone_in
from recuento.model.demand import Demand, DemandState
from recuento.model.document import Document
from recuento.model.statement import Ask, SpeakerKind, Statement
from recuento.model.statement_key import statement_key
from recuento.values.names import fold, key_words
from recuento.values.partial_date import PartialDate


def demands_in(
    event: Event,
    documents: Iterable[tuple[Document, Sequence[Statement]]],
    cast: Cast,
    *,
    reviewed: frozenset[str] = frozenset(),
    decisions: Sequence[Decision] = (),
    corrections: Iterable[tuple[Statement, Statement]] = (),
) -> tuple[Demand, ...]:
    """Give the demands of `event`, oldest first; what one asker repeats is one demand, dated when first made.

    `reviewed` holds the keys (`statement_key`) of statements a person confirmed. Decisions with the act SETTLE
    and the subject `demand:ID` set the state. Documents without a date count from the start of the event.
    What unnamed sources ask is left out until a person confirms it.

    `corrections` are statements before and after a person put them right, also where that was taken back. A demand
    is known by who asks and for what, so a correction may give it another id: the ids it had are then in `earlier`,
    and what was decided on them stands.
    """
    found: dict[str, Demand] = {}
    for document, statements in sorted(documents, key=lambda pair: (_dated(pair[0], event).first, pair[0].sha256)):
        for statement in statements:
            for ask in statement.demanded:
                key = statement_key(document, statement)
                demand = _demand(event, document, statement, ask, cast, key in reviewed)
                if not _has_asker(demand, statement):
                    continue
                earlier = found.get(demand.id)
                if earlier is None or (demand.reviewed and not earlier.reviewed and demand.asked == earlier.asked):
                    found[demand.id] = demand
    former = joined(_ids(event, corrections, cast), frozenset(found))
    settled = _settlements(decisions)
    demands = [_settled(replace(demand, earlier=former.get(id, ())), settled) for id, demand in found.items()]
    return tuple(sorted(demands, key=lambda demand: (demand.asked.first, demand.asker, demand.item, demand.id)))


def overdue(demands: Iterable[Demand], on: date, days: int) -> tuple[Demand, ...]:
    """The demands with every one that is open for more than `days` days on `on` marked overdue."""
    return tuple(
        replace(demand, state=DemandState.OVERDUE)
        if demand.state is DemandState.OPEN and demand.days_open(on) > days
        else demand
        for demand in demands
    )


def _dated(document: Document, event: Event) -> PartialDate:
    return document.description.published or event.starts


def _ids(event: Event, corrections: Iterable[tuple[Statement, Statement]], cast: Cast) -> Iterator[tuple[str, str]]:
    """The ids of the demands of corrected statements, before and after, where they differ."""
    for before, after in corrections:
        for was, ask in became(before.asks, after.asks):
            if was is not None and ask is not None:
                ids = _id(event, _asker(before, cast), was), _id(event, _asker(after, cast), ask)
                if ids[0] != ids[1]:
                    yield ids


def _id(event: Event, asker: str, ask: Ask) -> str:
    wanted = ask.measure or " ".join(sorted(key_words(ask.item.quote)))
    return "D" + hashlib.sha256(f"{event.id}|{fold(asker)}|{wanted}".encode()).hexdigest()[:8]


def _asker(statement: Statement, cast: Cast) -> str:
    actor = actor_for(statement.speaker, cast)
    return actor.name if actor else statement.speaker.name


def _demand(event: Event, document: Document, statement: Statement, ask: Ask, cast: Cast, reviewed: bool) -> Demand:
    actor = actor_for(statement.speaker, cast)
    addressee = actor_named(ask.addressee, cast) if ask.addressee else None
    asker = actor.name if actor else statement.speaker.name
    return Demand(
        id=_id(event, asker, ask),
        event=event.id,
        asker=asker,
        party=actor.party if actor else "",
        item=ask.item.quote,
        asked=_dated(document, event),
        addressee=addressee.name if addressee else ask.addressee,
        measure=ask.measure,
        actor=actor.id if actor else None,
        document=document.sha256,
        statement=statement.id,
        anchor=ask.item,
        reviewed=reviewed,
    )


def _has_asker(demand: Demand, statement: Statement) -> bool:
    """Whether somebody can be said to ask: an actor, a named speaker, or anybody once a person confirmed it."""
    unnamed = statement.speaker.kind in (SpeakerKind.UNNAMED, SpeakerKind.RUMOUR)
    return demand.actor is not None or demand.reviewed or not unnamed


def _settlements(decisions: Sequence[Decision]) -> Mapping[str, Decision]:
    """The last settlement of each demand that was not taken back."""
    undone = undone_in(decisions)
    return {
        decision.subject.removeprefix("demand:"): decision
        for decision in sorted(decisions, key=lambda d: d.id)
        if decision.act is Act.SETTLE and decision.id not in undone
    }


def _settled(demand: Demand, settled: Mapping[str, Decision]) -> Demand:
    made = [settled[id] for id in demand.ids if id in settled]
    if not made:
        return demand
    details = dict(max(made, key=lambda decision: decision.id).details)
    return replace(
        demand,
        state=DemandState(details["state"]),
        settled=PartialDate.parse(details["on"]) if "on" in details else None,
        answer=details.get("answer"),
    )
