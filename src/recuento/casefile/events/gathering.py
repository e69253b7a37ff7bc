"""Load what concerns one event: its claims with their grounds, its documents, its accounts, its demands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from recuento.casefile.casefile import Casefile
from recuento.casefile.reading.reading import read_documents
from recuento.casefile.review.correcting import corrections_of, statements_standing
from recuento.casefile.review.reviewing import Reviews, reviews
from recuento.casefile.settings.settings import Settings
from recuento.compare import demands_in, events_of, grounded, overdue, side_by_side
from recuento.errors import CasefileUnusable, InvalidValue
from recuento.model.accounts import AccountTable
from recuento.model.casting import Event
from recuento.model.claim import Claim
from recuento.model.demand import Demand
from recuento.model.dossier import PublishedDocument
from recuento.model.statement_key import statement_key
from recuento.store import claims as stored_claims


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a casefile holds on one event. `demands` have their state as of the day asked for."""

    event: Event
    claims: tuple[Claim, ...]
    documents: tuple[PublishedDocument, ...]
    table: AccountTable
    demands: tuple[Demand, ...]
    withdrawn: frozenset[str] = frozenset()
    """Ids of claims that their speaker took back."""

    def standing(self) -> tuple[Claim, ...]:
        """The claims that nobody took back: a figure whose speaker withdrew it bounds nothing."""
        return tuple(claim for claim in self.claims if claim.id not in self.withdrawn)

    def entered(self) -> tuple[Claim, ...]:
        """Of those the ones a person answers for: entered, imported or confirmed."""
        return tuple(claim for claim in self.standing() if claim.reviewed)


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
    """Every document with its statements, the events it speaks of, and which statements a person answers for.

    Statements stand as people corrected or added them; those that a person rejected are left out, with those nested
    in them.
    """
    decided = reviews(casefile)
    return tuple(document_decided(casefile, document, decided) for document in read_documents(casefile))


def document_decided(casefile: Casefile, read: PublishedDocument, decided: Reviews) -> PublishedDocument:
    """A document as it was read, put right by what people decided."""
    text = read.layer.text if read.layer else ""
    kept = [one for one in statements_standing(read.document, text, read.statements, decided) if not one.rejected]
    return replace(
        read,
        statements=tuple(one.statement for one in kept),
        reviewed=frozenset(one.statement.id for one in kept if one.reviewed),
        events=read.events or events_of(read.document, text, casefile.settings.cast),
        corrections=tuple(corrections_of(read.document, decided)),
    )


def gather(
    casefile: Casefile,
    event: Event,
    on: date,
    *,
    documents: Sequence[PublishedDocument] | None = None,
    decided: Reviews | None = None,
) -> Gathered:
    """Load one event as it stands, with the demands as of `on`.

    `documents` are those of `documents_of`, where they are loaded already; `decided` what stood at another time.
    """
    with casefile.database.reading() as connection:
        entered = stored_claims.all(connection)
    found = documents_of(casefile) if documents is None else documents
    return gathered_from(casefile.settings, event, on, found, entered, decided or reviews(casefile))


def gathered_from(
    settings: Settings,
    event: Event,
    on: date,
    documents: Iterable[PublishedDocument],
    entered: Sequence[Claim],
    decided: Reviews,
) -> Gathered:
    """The event out of documents as they stand, the claims of the casefile, and what was decided on claims and demands.

    Documents that do not speak of the event are passed over.
    """
    mine = tuple(d for d in documents if event.id in d.events)
    pairs = [(d.document, d.statements) for d in mine]
    reviewed = frozenset(statement_key(d.document, s) for d in mine for s in d.statements if s.id in d.reviewed)
    claims = grounded(event, entered, pairs, settings.cast, settings.vocabulary, reviewed=reviewed)
    corrections = [each for d in mine for each in d.corrections]
    demands = demands_in(
        event, pairs, settings.cast, reviewed=reviewed, decisions=decided.decisions, corrections=corrections
    )
    return Gathered(
        event=event,
        claims=claims,
        documents=mine,
        table=side_by_side(event, claims, settings.cast, settings.vocabulary, withdrawn=decided.withdrawn),
        demands=overdue(demands, on, settings.answer_days),
        withdrawn=decided.withdrawn,
    )
