"""What a decision on a statement changed in the balance of the events its document speaks of.

It is worked out after the decision, from the decisions before it and up to it, so that nobody is led by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from recuento.casefile.casefile import Casefile
from recuento.casefile.events.balancing import Accounting, account_for
from recuento.casefile.events.gathering import document_decided, gather
from recuento.casefile.events.summary import term_of
from recuento.casefile.events.too_much import refuse_too_many
from recuento.casefile.review.reviewing import Reviews, standing
from recuento.compare.events import events_of
from recuento.model.balance import Balance, Bound
from recuento.model.casting import Event
from recuento.model.decision import Decision
from recuento.model.dossier import PublishedDocument


@dataclass(frozen=True, slots=True)
class Change:
    """The bound of one headline measure before and after; None where nothing could be said."""

    measure: str
    before: Bound | None
    after: Bound | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision changed in one event: `held` and `holds` say whether the world held together before and after.

    `figures` is by how many the figures that people answer for grew.
    """

    event: Event
    figures: int
    held: bool
    holds: bool
    changes: tuple[Change, ...]


def effects_of(
    casefile: Casefile, decision: Decision, every: Iterable[Decision], read: Sequence[PublishedDocument], on: date
) -> tuple[Effect, ...]:
    """The effect of a decision on each event its document speaks of.

    `every` holds at least all decisions up to this one, `read` the documents as the machine read them. The world is
    the first that held together before; the same is looked at after. Raises TooMuch for an event of too many
    statements.
    """
    upto = [one for one in every if one.id <= decision.id]
    before, after = standing(one for one in upto if one.id != decision.id), standing(upto)
    touched = [one for one in read if decision.subject.split(":")[1] == one.document.sha256[:16]]
    names = {id for one in touched for id in _events(casefile, one)}
    return tuple(
        _effect(casefile, event, [one for one in read if event.id in _events(casefile, one)], before, after, on)
        for event in casefile.settings.cast.events
        if event.id in names
    )


def _events(casefile: Casefile, read: PublishedDocument) -> tuple[str, ...]:
    """The events a document speaks of: those it comes with, where somebody has told already."""
    return read.events or events_of(read.document, read.layer.text if read.layer else "", casefile.settings.cast)


def _effect(
    casefile: Casefile, event: Event, read: Sequence[PublishedDocument], before: Reviews, after: Reviews, on: date
) -> Effect:
    refuse_too_many(sum(len(one.statements) for one in read))
    then, now = (_accounting(casefile, event, read, decided, on) for decided in (before, after))
    balance = next((found for world in then.worlds if (found := then.balanced(world)).consistent), None)
    if balance is None:
        balance = then.balanced(then.world("all"))
    same = next((world for world in now.worlds if world.id == balance.world.id), now.world("all"))
    later = now.balanced(same)
    return Effect(
        event=event,
        figures=len(now.claims) - len(then.claims),
        held=balance.consistent,
        holds=later.consistent,
        changes=tuple(_changes(event, then, balance, now, later)),
    )


def _accounting(
    casefile: Casefile, event: Event, read: Sequence[PublishedDocument], decided: Reviews, on: date
) -> Accounting:
    documents = [document_decided(casefile, one, decided) for one in read]
    return account_for(casefile.settings, gather(casefile, event, on, documents=documents, decided=decided))


def _changes(event: Event, then: Accounting, earlier: Balance, now: Accounting, later: Balance) -> Iterator[Change]:
    for measure in event.headline:
        before, after = _bound(measure, then, earlier), _bound(measure, now, later)
        if _ends(before) != _ends(after):
            yield Change(measure, before, after)


def _bound(measure: str, accounting: Accounting, balance: Balance) -> Bound | None:
    term = term_of(measure, accounting.ledger)
    return balance.bound(term.id) if term is not None and balance.consistent else None


def _ends(bound: Bound | None) -> tuple[int, int | None]:
    """A bound that says nothing is the same as none."""
    return (0, None) if bound is None else (bound.low, bound.high)
