"""What a casefile holds on an event, in the order people ask for it: clashes, said and implied, demands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recuento.casefile.casefile import Casefile
from recuento.casefile.events.balancing import Accounting, account_for, conflicts_of
from recuento.casefile.events.gathering import Gathered, gather
from recuento.casefile.events.headlines import strongest
from recuento.model.accounts import Said, Standing
from recuento.model.balance import Balance, Bound, Conflict, World
from recuento.model.casting import Event
from recuento.model.ledger import Ledger, Term

_CLASHES = 3
_WORLDS = 2


@dataclass(frozen=True, slots=True)
class Implied:
    """What follows for one question in one world; `bound` is None where the world cannot be."""

    balance: Balance
    bound: Bound | None


@dataclass(frozen=True, slots=True)
class Question:
    """One unknown: what each party said of it (empty: nothing), and what is implied in each world."""

    measure: str
    term: Term | None
    said: tuple[tuple[str, tuple[Said, ...]], ...]
    implied: tuple[Implied, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """An event in brief. `conflicts` counts every smallest conflict; `clashes` are the strongest of them."""

    found: Gathered
    accounting: Accounting
    statements: int
    parties: tuple[str, ...]
    conflicts: int
    clashes: tuple[Conflict, ...]
    questions: tuple[Question, ...]
    worlds: tuple[World, ...]


def summary_of(casefile: Casefile, event: Event, on: date) -> Summary:
    """Gather an event and work out its clashes, its headline questions and its demands as of `on`.

    The worlds are the first that hold together, in the order of recuento.toml; at least two where there are two.
    """
    settings = casefile.settings
    found = gather(casefile, event, on)
    accounting = account_for(settings, found)
    conflicts = conflicts_of(accounting, settings)
    balances = _first_that_hold(accounting)
    return Summary(
        found=found,
        accounting=accounting,
        statements=sum(len(document.statements) for document in found.documents),
        parties=found.table.parties,
        conflicts=len(conflicts),
        clashes=strongest(conflicts, accounting, event, settings.cast, most=_CLASHES),
        questions=tuple(_question(measure, found, accounting.ledger, balances) for measure in event.headline),
        worlds=tuple(balance.world for balance in balances),
    )


def _first_that_hold(accounting: Accounting) -> list[Balance]:
    """The balances of the first worlds that hold together and of which something follows."""
    held: list[Balance] = []
    for world in accounting.worlds:
        if len(held) == _WORLDS:
            break
        balance = accounting.balanced(world)
        if balance.consistent:
            held.append(balance)
    return held


def _question(measure: str, found: Gathered, ledger: Ledger, balances: Sequence[Balance]) -> Question:
    term = term_of(measure, ledger)
    return Question(
        measure=measure,
        term=term,
        said=tuple((party, _said(party, measure, found, term)) for party in found.table.parties),
        implied=tuple(Implied(balance, balance.bound(term.id) if term else None) for balance in balances),
    )


def term_of(measure: str, ledger: Ledger) -> Term | None:
    """The term a measure is asked for by: of running counts the last day."""
    terms = [term for term in ledger.terms if term.measure == measure and not term.subset]
    return max(terms, key=lambda term: (str(term.as_of or ""), term.id), default=None)


def _said(party: str, measure: str, found: Gathered, term: Term | None) -> tuple[Said, ...]:
    """The figures of a party that stand, or that it revised, on the rows of the measure the term speaks of."""
    event_days = (found.event.starts.first.toordinal() - 31, found.event.ends.last.toordinal() + 31)
    return tuple(
        said
        for row in found.table.rows
        if row.measure == measure
        and (row.as_of is None or event_days[0] <= row.as_of.first.toordinal() <= event_days[1])
        for cell in row.cells
        if cell.party == party
        for said in cell.said
        if said.standing in (Standing.CURRENT, Standing.REVISED) and not said.claim.quantity.is_silence
    )
