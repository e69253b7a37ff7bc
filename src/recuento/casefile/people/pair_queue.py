"""The pairs of entries worth a person's time: worked out once for a linkage, in the background.

Ordering the pairs draws clusterings, which takes seconds on large lists, so a page never waits for it: `state` tells
how far it is. The order is kept beside the linkage, so that every process of a server goes through the same pairs, and
whoever answers one is understood by whichever of them the answer reaches. What people answer meanwhile, here or in the
terminal, leaves the queue at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from recuento.casefile.background import Background
from recuento.casefile.casefile import Casefile
from recuento.casefile.people.linking import (
    NotLinked,
    entries_of,
    is_up_to_date,
    link_what_changed,
    linkage_folder,
    linkage_mark,
    linkage_of,
)
from recuento.casefile.people.pair_decisions import standing_answers
from recuento.errors import InvalidValue, RecuentoError
from recuento.model.decision import Decision
from recuento.store.durable import write_file
from recuento.store.encoding import decode, encode

if TYPE_CHECKING:
    from recuento.link.decisions import PairDecision
    from recuento.link.review import PairToReview

_ORDER = "to-review.json"
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
        self._work = Background(folder, "pairs", alone=True, same=True)
        self._pairs: tuple[PairToReview, ...] | None = None
        self._seen: tuple[str, int] | None = None
        """Of which linkage the pairs are, and when their order was written."""

    def seen(self, casefile: Casefile) -> PairsSeen:
        """The queue as it is now; starts ordering the pairs where nobody has yet."""
        answers = tuple(reversed(standing_answers(casefile)))
        if self._work.is_at_work:
            return PairsSeen(PairsState.WORKING, answers=answers)
        if self._work.error is not None:
            return PairsSeen(PairsState.FAILED, answers=answers, error=self._work.error)
        try:
            linked = linkage_mark(casefile)
        except NotLinked:
            return PairsSeen(PairsState.NOT_LINKED, answers=answers)
        self._look_again(linkage_folder(casefile, linked) / _ORDER)
        if self._pairs is None or self._is_used_up(answers):
            self._work.start(self._order)
            return PairsSeen(PairsState.WORKING, answers=answers)
        return PairsSeen(PairsState.READY, self._waiting(answers), answers, is_up_to_date(casefile))

    def link_again(self, at: datetime) -> None:
        """Link the entries anew in the background, then order the pairs; does nothing while that is under way."""

        def link(casefile: Casefile) -> None:
            link_what_changed(casefile, at=at)
            self._order(casefile)

        self._work.start(link)

    def _look_again(self, path: Path) -> None:
        """Read the order that was kept, by whichever process, unless it was read already."""
        from recuento.link.review import PairToReview

        try:
            seen = (path.parent.name, path.stat().st_mtime_ns)
            if seen != self._seen:
                self._pairs = decode(tuple[PairToReview, ...], path.read_text(encoding="utf-8"))
                self._seen = seen
        except (OSError, InvalidValue):
            # None was kept, or one of another version: it is worked out.
            self._pairs, self._seen = None, None

    def _is_used_up(self, answers: Sequence[tuple[Decision, PairDecision]]) -> bool:
        return bool(self._pairs) and not self._waiting(answers)

    def _waiting(self, answers: Sequence[tuple[Decision, PairDecision]]) -> tuple[PairToReview, ...]:
        given = {pair.pair for _, pair in answers}
        return tuple(pair for pair in self._pairs or () if (pair.left, pair.right) not in given)

    def _order(self, casefile: Casefile) -> None:
        from recuento.link.review import PairToReview, worth_reviewing

        linked, answers = linkage_mark(casefile), [pair for _, pair in standing_answers(casefile)]
        found = worth_reviewing(linkage_of(casefile), entries_of(casefile), answers, PAIRS_MAX)
        # Pairs that somebody left open come back in the terminal, which asks for them; here they have been seen.
        given = {pair.pair for pair in answers}
        pairs = tuple(pair for pair in found if (pair.left, pair.right) not in given)
        write_file(
            linkage_folder(casefile, linked) / _ORDER, encode(pairs, tuple[PairToReview, ...]).encode(), mode=0o600
        )


def pair_mark(left: str, right: str) -> str:
    """A short name of a pair for an address: 16 hex digits that hold nothing of the entries' own names."""
    return hashlib.sha256(f"{left}\0{right}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
