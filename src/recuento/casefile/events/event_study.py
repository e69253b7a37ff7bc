"""One event as it stands, with what follows in whichever world is asked for; each thing is worked out once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recuento.casefile.casefile import Casefile
from recuento.casefile.events.balancing import (
    Accounting,
    account_for,
    conflicts_of,
    questions_for,
    selected_world,
    with_words,
)
from recuento.casefile.events.event_shelf import EventShelf
from recuento.casefile.events.gathering import Gathered
from recuento.casefile.events.headlines import strongest
from recuento.casefile.events.summary import term_of
from recuento.casefile.settings.settings import Settings
from recuento.model.balance import Balance, Conflict, Question, World
from recuento.model.casting import Event
from recuento.model.claim import Claim
from recuento.model.decision import Decision
from recuento.model.dossier import PublishedDocument

_MOST_SELECTIONS = 16
"""How many worlds chosen by hand are kept worked out."""


class EventStudy:
    """The accounting of one set of claims. Threads may share it; nothing of it changes once it is worked out."""

    def __init__(self, settings: Settings, found: Gathered) -> None:
        self._settings = settings
        self._found = found
        self._lock = threading.RLock()
        self._accounting: Accounting | None = None
        self._balances: dict[World, Balance] = {}
        self._conflicts: tuple[Conflict, ...] | None = None
        self._questions: dict[tuple[World, str], tuple[Question, ...]] = {}

    @property
    def accounting(self) -> Accounting:
        """The ledger, the constraints and the worlds of the event."""
        with self._lock:
            if self._accounting is None:
                self._accounting = account_for(self._settings, self._found)
            return self._accounting

    def worlds(self) -> tuple[World, ...]:
        """Every world that may be chosen, in the order of `recuento balance --worlds`."""
        return self.accounting.worlds

    def world(self, id: str = "", claims: Sequence[str] = ()) -> World:
        """The world of these claims, else the one of that id, else the first; InvalidValue where there is none."""
        if claims:
            return selected_world(self.accounting, claims)
        return self.accounting.world(id) if id else self.accounting.worlds[0]

    def balance(self, world: World) -> Balance:
        """What follows in that world, its conflict in words."""
        with self._lock:
            if world not in self._balances:
                chosen = [known for known in self._balances if known.id == world.id == "selection"]
                for known in chosen[: max(0, len(chosen) - _MOST_SELECTIONS + 1)]:
                    del self._balances[known]
                found = self.accounting.balanced(world)
                self._balances[world] = with_words(found, self.accounting, self._settings)
            return self._balances[world]

    def conflicts(self) -> tuple[Conflict, ...]:
        """Every smallest set of claims that clashes, the strongest first."""
        with self._lock:
            if self._conflicts is None:
                every = conflicts_of(self.accounting, self._settings)
                cast = self._settings.cast
                self._conflicts = strongest(every, self.accounting, self._found.event, cast, most=len(every))
            return self._conflicts

    def questions(self, world: World, target: str) -> tuple[Question, ...]:
        """The figures that would narrow the term `target` most in that world: what `recuento balance --ask` says."""
        with self._lock:
            known = self._questions.get((world, target))
            if known is None:
                known = questions_for(self.accounting, world, target, self._found.demands)
                self._questions[world, target] = known
            return known

    def with_demands(self, found: Gathered) -> EventStudy:
        """The same study where only the demands changed: all but the questions is kept."""
        made = EventStudy(self._settings, found)
        with self._lock:
            made._lock = self._lock
            made._accounting, made._balances, made._conflicts = self._accounting, self._balances, self._conflicts
        return made

    def target(self, measure: str) -> str | None:
        """The term of a measure; None where the ledger has none."""
        term = term_of(self._settings.vocabulary.canonical(measure), self.accounting.ledger)
        return term.id if term is not None else None


@dataclass(frozen=True, slots=True)
class DocumentAsItStands:
    """A document, the ids of the events it speaks of, and the decisions on its statements, the first first."""

    whole: PublishedDocument
    events: tuple[str, ...]
    decisions: tuple[Decision, ...]


class EventStudies:
    """The studies of a casefile's events, each kept until a claim of its event changes."""

    def __init__(self, casefile: Casefile) -> None:
        self.settings = casefile.settings
        self.shelf = EventShelf(casefile)
        self._lock = threading.RLock()
        self._known: dict[str, tuple[tuple[Claim, ...], Gathered, EventStudy]] = {}

    def of(self, event: Event, on: date) -> tuple[Gathered, EventStudy]:
        """The event as it stands, with the demands as of `on`, and the study of its claims."""
        with self._lock:
            self.shelf.refresh()
            found = self.shelf.gathered(event, on)
            known = self._known.get(event.id)
            if known is not None and known[1] is found:
                return found, known[2]
            claims = found.entered()
            if known is None or known[0] != claims:
                study = EventStudy(self.settings, found)
            elif known[1].demands != found.demands:
                study = known[2].with_demands(found)
            else:
                study = known[2]
            self._known[event.id] = (claims, found, study)
            return found, study

    def around(self, decision: Decision) -> tuple[tuple[PublishedDocument, ...], tuple[Decision, ...]]:
        """The documents, as the machine read them, of every event that the document of a decision speaks of, and what
        was decided on them and on claims and demands. Raises TooMuch where an event has too many statements.
        """
        with self._lock:
            self.shelf.refresh()
            return self.shelf.around(decision.subject.split(":")[1])

    def document(self, beginning: str) -> DocumentAsItStands | None:
        """The document whose SHA-256 begins so, with its statements as people left them, and every decision on them."""
        with self._lock:
            self.shelf.refresh()
            found = self.shelf.document(beginning)
            if found is None:
                return None
            sha256 = found.document.sha256
            return DocumentAsItStands(found, self.shelf.events_in(sha256), tuple(self.shelf.decisions_in(sha256)))
