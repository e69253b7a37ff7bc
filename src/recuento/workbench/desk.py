"""What the pages of one served casefile share: the casefile, its review queue, who sits there, and the token."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from recuento.casefile.background import Background
from recuento.casefile.casefile import SETTINGS, Casefile
from recuento.casefile.review.review_queue import ReviewQueue
from recuento.casefile.settings.followed import FollowedSettings
from recuento.model.document import Document
from recuento.store import decisions
from recuento.values.bilingual import Language
from recuento.workbench.importing import ONE_AT_A_TIME
from recuento.workbench.roles import Member

if TYPE_CHECKING:
    from recuento.casefile.events.effects import Effect
    from recuento.casefile.events.event_study import EventStudies
    from recuento.casefile.people.pair_queue import PairQueue
    from recuento.workbench.laid_out import LaidOutEvents

# What one page alone needs is imported where it is used: solvers, links and the dossier cost a second and more, and the
# first page needs none of them.
ENVIRON = "recuento.desk"
"""Under this name the server hands the desk to every request."""


class Desk:
    """One served casefile. Threads share it; `lock` guards the queue.

    `owner` is the one person at a laptop, who needs no account; None on a server, where everybody has one.
    """

    def __init__(
        self, casefile: Casefile, *, owner: Member | None, language: Language, clock: Callable[[], datetime]
    ) -> None:
        self.casefile = casefile
        self.owner = owner
        self.language: Language = language
        self.now = clock
        self.token = secrets.token_urlsafe(32)
        self.run = secrets.token_urlsafe(16)
        """Sessions of an earlier run are not let in: they hold another value."""
        self.lock = threading.RLock()
        self.queue = ReviewQueue(casefile)
        self.incoming = Background(casefile.folder, "incoming", alone=True, same=True)
        self.publishing = Background(casefile.folder, "publishing", alone=True)
        self.file = FollowedSettings(casefile.folder / SETTINGS)
        """recuento.toml itself: what it says without sealed sources, and what is wrong with it."""
        self._followed = ""
        self._resting_on_settings = threading.RLock()
        self._studies: EventStudies | None = None
        self._laid_out: LaidOutEvents | None = None
        self._places: dict[str, tuple[str, ...]] = {}
        self._preparing = False

    def follow_settings(self) -> None:
        """Go on with what recuento.toml says, where it was written since, by a page of any process or by hand.

        While it is wrong, what it said before counts. Where the team reaches the server, and where the tables are,
        counts at the next start.
        """
        self.file.follow()
        if self.file.sha256 != self._followed:
            self.casefile.use(self.file.settings)
            self._followed = self.file.sha256
            with self._resting_on_settings:
                self._studies = self._laid_out = None
                self._places = {}

    @property
    def studies(self) -> EventStudies:
        """The events with what follows from their claims; guards itself."""
        with self._resting_on_settings:
            if self._studies is None:
                with ONE_AT_A_TIME:
                    from recuento.casefile.events.event_study import EventStudies

                self._studies = EventStudies(self.casefile)
            return self._studies

    @property
    def laid_out(self) -> LaidOutEvents:
        """The events as their pages were laid out last; guards itself."""
        with self._resting_on_settings:
            if self._laid_out is None:
                with ONE_AT_A_TIME:
                    from recuento.workbench.laid_out import LaidOutEvents

                self._laid_out = LaidOutEvents(self.studies)
            return self._laid_out

    @cached_property
    def pairs(self) -> PairQueue:
        """The pairs of persons to judge."""
        with ONE_AT_A_TIME:
            from recuento.casefile.people.pair_queue import PairQueue

        return PairQueue(self.casefile.folder)

    def take_in(self) -> None:
        """Preserve, capture and read what was handed in, in the background."""
        self.incoming.start(self._take_in)

    def read_again(self) -> None:
        """Read in the background what was read without a facility that recuento.toml names by now."""
        self.incoming.start(self._read_again)

    def _read_again(self, casefile: Casefile) -> None:
        with ONE_AT_A_TIME:
            from recuento.casefile.reading.reading import read_what_changed

        read_what_changed(casefile, at=self.now())

    def _take_in(self, casefile: Casefile) -> None:
        with ONE_AT_A_TIME:
            from recuento.casefile.documents.capture_session import Wanted, batches_left, capture_wanted
            from recuento.casefile.reading.incoming import work_off
            from recuento.casefile.reading.reading import read_what_changed

        work_off(casefile, self.now)
        left = batches_left(casefile, self.now())
        for by, batches in left.items():
            capture_wanted(casefile, Wanted(batches=batches), casefile.settings.capture, by=by, clock=self.now)
        if left:
            read_what_changed(casefile, at=self.now())

    def is_token(self, offered: str) -> bool:
        """Whether this is the token, told in constant time."""
        return hmac.compare_digest(offered.encode(), self.token.encode())

    def prepare_effects(self) -> None:
        """Bring in what tells the effect of a decision, in the background and once: while the first page is read."""
        with self.lock:
            preparing, self._preparing = self._preparing, True
        if not preparing:
            threading.Thread(target=_bring_in_effects, name="effects", daemon=True).start()

    def effects(self, number: int) -> tuple[Effect, ...] | None:
        """What the decision of that number changed; None where there is none.

        Only what its document and the events it speaks of hold is looked at, however large the casefile is. Raises
        TooMuch where one of them has too many statements.
        """
        with ONE_AT_A_TIME:
            from recuento.casefile.events.effects import effects_of

        with self.casefile.database.reading() as connection:
            decision = decisions.numbered(connection, number)
        if decision is None:
            return None
        read, made = self.studies.around(decision)
        return effects_of(self.casefile, decision, made, read, self.today())

    def places_in(self, document: Document, text: str) -> tuple[str, ...]:
        """The facilities of the events that a document speaks of; a text never changes, so it is told once."""
        with ONE_AT_A_TIME:
            from recuento.compare.events import events_of

        known, cast = self._places, self.casefile.settings.cast
        if document.sha256 not in known:
            found = [event for id in events_of(document, text, cast) if (event := cast.event(id))]
            known[document.sha256] = tuple(dict.fromkeys(place for event in found for place in event.facilities))
        return known[document.sha256]

    def today(self) -> date:
        """The day the casefile is looked at from."""
        with ONE_AT_A_TIME:
            from recuento.casefile.publishing.edition_date import edition_of

        return edition_of(self.casefile)

    def day(self) -> date:
        """The day to which demands are counted, as in `recuento compare`: that of the edition, else the day it is."""
        return self.casefile.settings.edition or self.now().date()


def _bring_in_effects() -> None:
    with ONE_AT_A_TIME:
        import recuento.casefile.events.effects  # noqa: F401
        from recuento.balance.linear import load_solver
    load_solver()
