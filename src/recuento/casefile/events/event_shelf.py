"""The documents, claims and decisions of each event, held in memory and following the database.

An event is loaded once; after that only what was decided, entered or read since is taken in, so that a page costs the
same in a casefile of a hundred statements and of a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.events.gathering import Gathered, document_decided, gathered_from
from recuento.casefile.events.too_much import refuse_too_many
from recuento.casefile.reading.reading import STEP
from recuento.casefile.review.reviewing import standing
from recuento.compare import events_of
from recuento.model.casting import Event
from recuento.model.claim import Claim
from recuento.model.decision import Decision
from recuento.model.dossier import PublishedDocument
from recuento.store import claims as stored_claims
from recuento.store import decisions, documents, layer_moves, layers, runs, statement_outlines, statements

_MOST_EVENTS = 8
"""How many events stay loaded: each holds the texts and statements of all its documents."""


@dataclass(slots=True)
class _Kept:
    """A document on the shelf: its events, and itself as it stands once somebody asked for it."""

    events: tuple[str, ...]
    fingerprint: str
    whole: PublishedDocument | None = None
    decided: PublishedDocument | None = None


@dataclass(slots=True)
class _Mark:
    """Where the shelf stands: it is up to date where the database says the same."""

    reading: tuple[int, int] | None = None
    decision: int = 0
    moves: int = 0
    claims: object = None


@dataclass(slots=True)
class _Decided:
    """The decisions by subject; those on claims and demands also on their own, for they concern the whole event."""

    by_subject: dict[str, list[Decision]] = field(default_factory=dict)
    by_document: dict[str, set[str]] = field(default_factory=dict)
    others: list[Decision] = field(default_factory=list)


class EventShelf:
    """The shelf of one casefile. One thread at a time may use it; call `refresh` before anything else."""

    def __init__(self, casefile: Casefile) -> None:
        self._casefile = casefile
        self._mark = _Mark()
        self._kept: dict[str, _Kept] = {}
        """In the order of the casefile."""
        self._by_prefix: dict[str, str] = {}
        self._decided = _Decided()
        self._claims: list[Claim] = []
        self._versions: dict[str, int] = {}
        self._gathered: dict[tuple[str, date], tuple[int, Gathered]] = {}
        """The events that were asked for last, the last at the end."""

    def refresh(self) -> None:
        """Take in what was read, decided or entered since the last time."""
        with self._casefile.database.reading() as connection:
            reading = statement_outlines.last_reading(connection)
            if reading != self._mark.reading:
                self._take_readings(connection)
                self._mark.reading = reading
            moves = layer_moves.count(connection)
            if moves != self._mark.moves:
                self._forget_decisions()
                self._mark.moves = moves
            for decision in decisions.since(connection, self._mark.decision):
                self._take_decision(decision)
            changed = stored_claims.last_change(connection)
            if changed != self._mark.claims:
                self._claims = stored_claims.all(connection)
                self._mark.claims = changed
                self._touch(event.id for event in self._casefile.settings.cast.events)

    def version(self, event: str) -> int:
        """A number that grows whenever something of the event changes."""
        return self._versions.get(event, 0)

    def documents(self, event: str) -> Sequence[str]:
        """The SHA-256 of the documents that speak of the event, in the order of the casefile."""
        return [sha256 for sha256, kept in self._kept.items() if event in kept.events]

    def events_in(self, sha256: str) -> tuple[str, ...]:
        """The events that a document speaks of."""
        kept = self._kept.get(sha256)
        return kept.events if kept else ()

    def document(self, beginning: str) -> PublishedDocument | None:
        """The document whose SHA-256 begins so (16 digits are enough) as it stands; None where there is none."""
        with self._casefile.database.reading() as connection:
            sha256 = self._by_prefix.get(beginning[:16])
            if sha256 is not None:
                return self._stands(connection, sha256)
            unread = documents.find(connection, beginning)
            layer = layers.current(connection, unread.sha256) if unread is not None else None
        return PublishedDocument(unread, layer) if unread is not None else None

    def decisions_in(self, sha256: str) -> list[Decision]:
        """Every decision on a statement of the document, the first first."""
        subjects = self._decided.by_document.get(sha256[:16], ())
        found = [one for subject in subjects for one in self._decided.by_subject[subject]]
        return sorted(found, key=lambda decision: decision.id)

    def around(self, beginning: str) -> tuple[tuple[PublishedDocument, ...], tuple[Decision, ...]]:
        """The documents, as they were read, that share an event with the one whose SHA-256 begins so, and what was
        decided on them and on claims and demands, the first first. Raises TooMuch.
        """
        sha256 = self._by_prefix.get(beginning[:16])
        events = self.events_in(sha256) if sha256 is not None else ()
        near = {event: self.documents(event) for event in events}
        with self._casefile.database.reading() as connection:
            for some in near.values():
                refuse_too_many(statement_outlines.size(connection, some))
            wanted = dict.fromkeys(one for some in near.values() for one in some)
            read = tuple(self._as_read(connection, one) for one in wanted)
        made = [*self._decided.others, *(decision for one in wanted for decision in self.decisions_in(one))]
        return read, tuple(sorted(made, key=lambda decision: decision.id))

    def gathered(self, event: Event, on: date) -> Gathered:
        """The event as it stands, with its demands as of `on`; the very same object until something changes."""
        version = self.version(event.id)
        known = self._gathered.pop((event.id, on), None)
        if known is not None and known[0] == version:
            self._gathered[event.id, on] = known
            return known[1]
        with self._casefile.database.reading() as connection:
            mine = [self._stands(connection, sha256) for sha256 in self.documents(event.id)]
        decided = standing(self._decided.others)
        found = gathered_from(self._casefile.settings, event, on, mine, self._claims, decided)
        self._gathered[event.id, on] = (version, found)
        self._forget_oldest()
        return found

    def _forget_oldest(self) -> None:
        """Let go of the texts and statements of events that nobody has asked for in a while."""
        while len(self._gathered) > _MOST_EVENTS:
            del self._gathered[next(iter(self._gathered))]
        wanted = {event for event, _ in self._gathered}
        for kept in self._kept.values():
            if kept.whole is not None and wanted.isdisjoint(kept.events):
                kept.whole = kept.decided = None

    def _stands(self, connection: Connection, sha256: str) -> PublishedDocument:
        kept = self._kept[sha256]
        whole = self._as_read(connection, sha256)
        if kept.decided is None:
            kept.decided = document_decided(self._casefile, whole, standing(self.decisions_in(sha256)))
        return kept.decided

    def _as_read(self, connection: Connection, sha256: str) -> PublishedDocument:
        kept = self._kept[sha256]
        if kept.whole is None:
            document = documents.find(connection, sha256)
            assert document is not None
            layer = layers.current(connection, sha256)
            found = tuple(statements.of(connection, sha256))
            kept.whole = PublishedDocument(document, layer, found, events=kept.events)
        return kept.whole

    def _take_readings(self, connection: Connection) -> None:
        """Put in the place of what was on the shelf what was read anew, and find out what it speaks of."""
        cast = self._casefile.settings.cast
        fresh = runs.all_finished(connection, STEP)
        touched: set[str] = set()
        for sha256 in [known for known in self._kept if known not in fresh]:
            touched.update(self._kept.pop(sha256).events)
        kept: dict[str, _Kept] = {}
        for document in documents.all(connection):
            known = self._kept.get(document.sha256)
            fingerprint = fresh.get(document.sha256)
            if fingerprint is None:
                continue
            if known is None or known.fingerprint != fingerprint:
                layer = layers.current(connection, document.sha256)
                events = events_of(document, layer.text, cast) if layer else ()
                touched.update(events, known.events if known else ())
                known = _Kept(events, fingerprint)
            kept[document.sha256] = known
        self._kept = kept
        self._by_prefix = {sha256[:16]: sha256 for sha256 in kept}
        self._touch(touched)

    def _forget_decisions(self) -> None:
        """A text has a later layer: what was decided on the earlier one stands elsewhere now."""
        self._decided = _Decided()
        self._mark.decision = 0
        for kept in self._kept.values():
            kept.decided = None
        self._touch(event.id for event in self._casefile.settings.cast.events)

    def _take_decision(self, decision: Decision) -> None:
        self._mark.decision = decision.id
        self._decided.by_subject.setdefault(decision.subject, []).append(decision)
        kind, _, rest = decision.subject.partition(":")
        if kind in ("claim", "demand"):
            self._decided.others.append(decision)
            self._touch(event.id for event in self._casefile.settings.cast.events)
        if kind != "statement":
            return
        prefix = rest.split(":")[0]
        self._decided.by_document.setdefault(prefix, set()).add(decision.subject)
        kept = self._kept.get(self._by_prefix.get(prefix, ""))
        if kept is not None:
            kept.decided = None
            self._touch(kept.events)

    def _touch(self, events: Iterable[str]) -> None:
        for event in events:
            self._versions[event] = self._versions.get(event, 0) + 1
