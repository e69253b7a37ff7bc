"""The pairs of entries worth a person's time, held in memory: worked out once for a linkage, in the background.

Ordering the pairs draws clusterings, which takes seconds on large lists, so a page never waits for it: `state` tells
how far it is. What people answer meanwhile, here or in the terminal, leaves the queue at once.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from recuento.casefile.casefile import Casefile
from recuento.casefile.linking import (
    NotLinked,
    entries_of,
    is_up_to_date,
    link_what_changed,
    linkage_mark,
    linkage_of,
)
from recuento.casefile.pair_decisions import standing_answers
from recuento.errors import RecuentoError
from recuento.model.decision import Decision

if TYPE_CHECKING:
    from recuento.link.decisions import PairDecision
    from recuento.link.review import PairToReview

PAIRS_MAX = 200
"""Pairs ordered at a time: a few hours of a person's work, after which the answers given change the order anyway."""


class PairsState(StrEnum):
    """How far the queue is."""

    NOT_LINKED = "not_linked"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PairsSeen:
    """The queue at one moment: what waits, most worth first, and the answers that stand, the last first."""

    state: PairsState
    waiting: tuple[PairToReview, ...] = ()
    answers: tuple[tuple[Decision, PairDecision], ...] = ()
    is_fresh: bool = True
    """False where lists or answers changed since the linkage was made."""
    error: RecuentoError | None = None


class PairQueue:
    """The queue of one casefile. Any thread may call it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._pairs: tuple[PairToReview, ...] | None = None
        self._linked = ""
        self._error: RecuentoError | None = None

    def seen(self, casefile: Casefile) -> PairsSeen:
        """The queue as it is now; starts ordering the pairs where nobody has yet."""
        answers = tuple(reversed(standing_answers(casefile)))
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return PairsSeen(PairsState.WORKING, answers=answers)
            if self._error is not None:
                return PairsSeen(PairsState.FAILED, answers=answers, error=self._error)
            try:
                linked = linkage_mark(casefile)
            except NotLinked:
                return PairsSeen(PairsState.NOT_LINKED, answers=answers)
            if self._pairs is None or linked != self._linked or self._is_used_up(answers):
                self._linked = linked
                self._start(self._order)
                return PairsSeen(PairsState.WORKING, answers=answers)
            waiting = self._waiting(answers)
        return PairsSeen(PairsState.READY, waiting, answers, is_up_to_date(casefile))

    def link_again(self, at: datetime) -> None:
        """Link the entries anew in the background, then order the pairs; does nothing while that is under way."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._error = None
                self._start(lambda casefile: self._link(casefile, at))

    def _is_used_up(self, answers: Sequence[tuple[Decision, PairDecision]]) -> bool:
        return bool(self._pairs) and not self._waiting(answers)

    def _waiting(self, answers: Sequence[tuple[Decision, PairDecision]]) -> tuple[PairToReview, ...]:
        given = {pair.pair for _, pair in answers}
        return tuple(pair for pair in self._pairs or () if (pair.left, pair.right) not in given)

    def _start(self, work: Callable[[Casefile], None]) -> None:
        def with_a_casefile_of_its_own() -> None:
            try:
                with Casefile.open(self._folder) as casefile:
                    work(casefile)
            except RecuentoError as error:
                self._error = error
            except BaseException:
                self._error = RecuentoError(
                    "ordering the pairs ended with a fault of our own; it is shown where recuento serve runs",
                    "ordenar los pares terminó con un fallo nuestro; se muestra donde corre recuento serve",
                )
                raise

        self._thread = threading.Thread(target=with_a_casefile_of_its_own, name="pairs", daemon=True)
        self._thread.start()

    def _link(self, casefile: Casefile, at: datetime) -> None:
        link_what_changed(casefile, at=at)
        self._linked = linkage_mark(casefile)
        self._order(casefile)

    def _order(self, casefile: Casefile) -> None:
        from recuento.link.review import worth_reviewing

        answers = [pair for _, pair in standing_answers(casefile)]
        found = worth_reviewing(linkage_of(casefile), entries_of(casefile), answers, PAIRS_MAX)
        # Pairs that somebody left open come back in the terminal, which asks for them; here they have been seen.
        given = {pair.pair for pair in answers}
        self._pairs = tuple(pair for pair in found if (pair.left, pair.right) not in given)


def pair_mark(left: str, right: str) -> str:
    """A short name of a pair for an address: 16 hex digits that hold nothing of the entries' own names."""
    return hashlib.sha256(f"{left}\0{right}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
