"""Load what concerns one event: its claims with their grounds, its documents, its accounts, its demands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from recuento.casefile.casefile import Casefile
from recuento.casefile.reading import read_documents
from recuento.casefile.reviewing import Reviews, reviews
from recuento.compare import demands_in, events_of, grounded, overdue, side_by_side
from recuento.compare.demands import statement_key
from recuento.errors import CasefileUnusable, InvalidValue
from recuento.model.accounts import AccountTable
from recuento.model.casting import Event
from recuento.model.claim import Claim
from recuento.model.demand import Demand
from recuento.model.dossier import PublishedDocument
from recuento.store import claims as stored_claims


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a casefile holds on one event. `demands` have their state as of the day asked for."""

    event: Event
    claims: tuple[Claim, ...]
    documents: tuple[PublishedDocument, ...]
    table: AccountTable
    demands: tuple[Demand, ...]

    def entered(self) -> tuple[Claim, ...]:
        """The claims a person answers for: entered, imported or confirmed."""
        return tuple(claim for claim in self.claims if claim.reviewed)


def event_named(casefile: Casefile, name: str | None) -> Event:
    """The event of that id, or the only one where none is named; raises InvalidValue naming those there are."""
    events = casefile.settings.cast.events
    if name is None and len(events) == 1:
        return events[0]
    found = casefile.settings.cast.event(name or "")
    if found is not None:
        return found
    if not events:
        raise CasefileUnusable(
            "this casefile has no event: write an [events.ID] table in recuento.toml",
            "este caso no tiene ningún suceso: escriba una tabla [events.ID] en recuento.toml",
        )
    listed = ", ".join(event.id for event in events)
    raise InvalidValue(f"name one of the events: {listed}", f"nombre uno de los sucesos: {listed}")


def documents_of(casefile: Casefile) -> tuple[PublishedDocument, ...]:
    """Every document with its statements, the events it speaks of, and which statements a person confirmed.

    Statements that a person rejected are left out, with those nested in them.
    """
    decided = reviews(casefile)
    return tuple(_document(casefile, document, decided) for document in read_documents(casefile))


def _document(casefile: Casefile, read: PublishedDocument, decided: Reviews) -> PublishedDocument:
    keys = {statement.id: statement_key(read.document, statement) for statement in read.statements}
    kept = []
    dropped: set[str] = set()
    for statement in read.statements:
        if keys[statement.id] in decided.rejected or statement.parent in dropped:
            dropped.add(statement.id)
        else:
            kept.append(statement)
    return replace(
        read,
        statements=tuple(kept),
        reviewed=frozenset(statement.id for statement in kept if keys[statement.id] in decided.confirmed),
        events=events_of(read.document, read.layer.text if read.layer else "", casefile.settings.cast),
    )


def gather(
    casefile: Casefile, event: Event, on: date, *, documents: Sequence[PublishedDocument] | None = None
) -> Gathered:
    """Load one event as it stands, with the demands as of `on`."""
    decided = reviews(casefile)
    settings = casefile.settings
    with casefile.database.reading() as connection:
        entered = stored_claims.all(connection)
    mine = tuple(d for d in (documents_of(casefile) if documents is None else documents) if event.id in d.events)
    pairs = [(d.document, d.statements) for d in mine]
    claims = grounded(event, entered, pairs, settings.cast, settings.vocabulary, reviewed=decided.confirmed)
    demands = demands_in(event, pairs, settings.cast, reviewed=decided.confirmed, decisions=decided.decisions)
    return Gathered(
        event=event,
        claims=claims,
        documents=mine,
        table=side_by_side(event, claims, settings.cast, settings.vocabulary, withdrawn=decided.withdrawn),
        demands=overdue(demands, on, settings.answer_days),
    )
