"""The review queue: which statements wait for a person, hardest documents first, in reading order inside each.

It is held in memory, so that a step costs the same at a hundred statements and at a hundred thousand, and it follows
the database: `refresh` takes in what was decided or read since, by whomever.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.correcting import added_statement, details
from recuento.compare.demands import key_of
from recuento.model.decision import Act, Decision
from recuento.model.document import Document
from recuento.model.statement import Statement
from recuento.store import decisions, documents, layers, statement_outlines, statements
from recuento.store.layer_moves import is_orphan
from recuento.store.statement_outlines import Outline

_KNOWN = frozenset([Act.CONFIRM, Act.CORRECT, Act.ADD])
_DECIDES = frozenset([Act.CONFIRM, Act.REJECT, Act.CORRECT, Act.ADD, Act.REFER])


class Item(NamedTuple):
    """One place of the queue: a statement of a document, whose words begin at `start`."""

    key: str
    document: str
    start: int
    parent: str | None = None
    """The key of the statement it is nested in."""
    added: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with its text and its statements as the machine read them."""

    document: Document
    text: str
    statements: tuple[Statement, ...]


def hardness(outline: Outline) -> float:
    """How much a careful look is needed, 0 to 2: what the rule gets wrong, and what was concluded or is not exact."""
    marks = 0.4 * outline.inferred + 0.3 * outline.unmeasured + 0.3 * outline.vague
    return 1 - outline.confidence + marks


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let the collector rest: it would look through all that is made again and again, a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class ReviewQueue:
    """The queue of one casefile. One thread at a time may use it; call `refresh` before anything else."""

    def __init__(self, casefile: Casefile) -> None:
        self._casefile = casefile
        self._connection: Connection | None = None
        self.reading: tuple[int, str] | None = None
        """Changes whenever something is read again."""
        self._start_over()

    def refresh(self) -> None:
        """Take in what was read or decided since the last time."""
        with self.reading_once() as connection:
            reading = statement_outlines.last_reading(connection)
            if reading != self.reading:
                self._start_over()
                with _no_collection():
                    self._fill(tuple(statement_outlines.outlines(connection)))
                self.reading = reading
            for decision in decisions.since(connection, self._seen):
                self._take(decision)
        for sha256 in self._changed:
            self._waiting[sha256] = sum(map(self.waits, self.of_document(sha256)))
        self._changed.clear()

    @contextmanager
    def reading_once(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state, opened once for all that is asked inside.

        Opening one costs more (5 ms) than what is asked of it. Write nothing inside: it would not be seen.
        """
        if self._connection is not None:
            yield self._connection
            return
        with self._casefile.database.reading() as connection:
            self._connection = connection
            try:
                yield connection
            finally:
                self._connection = None

    def documents(self) -> Sequence[str]:
        """The documents that have statements, hardest first."""
        return self._documents

    def of_document(self, sha256: str) -> Sequence[Item]:
        """The statements of a document in reading order, decided or not."""
        return self._by_document.get(sha256, ())

    def find(self, key: str) -> Item | None:
        """The statement with that key."""
        return self._by_key.get(key)

    def document_starting(self, prefix: str) -> str | None:
        """The document whose SHA-256 starts with these 16 digits."""
        return self._by_prefix.get(prefix)

    def size(self) -> int:
        """How many statements there are, decided or not."""
        return len(self._by_key)

    def waiting(self) -> int:
        """How many wait."""
        return sum(self._waiting.values())

    def waiting_in(self, sha256: str) -> int:
        """How many wait in a document."""
        return self._waiting.get(sha256, 0)

    def waits(self, item: Item) -> bool:
        """Whether nobody has decided on it, nor rejected what it is nested in."""
        return self.decided(item.key) is None and not self.falls_with_parent(item)

    def decided(self, key: str) -> Decision | None:
        """The decision that stands on a statement, None where there is none."""
        stack = self._stacks.get(key)
        return stack[-1] if stack else None

    def known(self) -> Sequence[Item]:
        """The statements whose right answer is known: confirmed, corrected or added, and not rejected with another."""
        found = (self._by_key.get(key) for key, stack in self._stacks.items() if stack and stack[-1].act in _KNOWN)
        return [item for item in found if item is not None and not self.falls_with_parent(item)]

    def referred(self) -> Sequence[Item]:
        """The statements that a second reader shall decide, by document and place."""
        found = [item for key in self._referred if (item := self._by_key.get(key)) is not None]
        return sorted(found, key=lambda item: (self._place[item.document], item.start, item.key))

    def next_waiting(self, item: Item | None) -> Item | None:
        """The next one that waits: in its document, in the documents behind, then from the start again."""
        if item is None:
            return self._first_waiting(0, len(self._documents))
        mine = self.of_document(item.document)
        here = mine.index(item)
        later = next((one for one in mine[here + 1 :] if self.waits(one)), None)
        place = self._place[item.document]
        return later or self._first_waiting(place + 1, len(self._documents)) or self._first_waiting(0, place + 1)

    def beside(self, item: Item, step: Literal[-1, 1]) -> Item | None:
        """The statement one place on or back, decided or not."""
        mine = self.of_document(item.document)
        here = mine.index(item) + step
        if 0 <= here < len(mine):
            return mine[here]
        place = self._place[item.document] + step
        while 0 <= place < len(self._documents):
            found = self.of_document(self._documents[place])
            if found:
                return found[0] if step == 1 else found[-1]
            place += step
        return None

    def last_seen(self, key: str) -> int:
        """The number of the last decision on the statement, taken back or not; 0 without any."""
        return self._last.get(key, 0)

    def undoable(self, by: str) -> Decision | None:
        """The last decision on a statement by that person that was not taken back."""
        while self._trail and self._trail[-1].id in self._undone:
            self._trail.pop()
        return next((d for d in reversed(self._trail) if d.by == by and d.id not in self._undone), None)

    def open(self, sha256: str) -> Opened | None:
        """A document with its text and its statements as they were read; None where it has no text."""
        with self.reading_once() as connection:
            document = documents.find(connection, sha256)
            layer = layers.current(connection, sha256)
            found = statements.of(connection, sha256)
        return None if document is None or layer is None else Opened(document, layer.text, tuple(found))

    def _start_over(self) -> None:
        self._documents: list[str] = []
        self._place: dict[str, int] = {}
        self._by_key: dict[str, Item] = {}
        self._by_document: dict[str, list[Item]] = {}
        self._by_prefix: dict[str, str] = {}
        self._stacks: dict[str, list[Decision]] = {}
        self._last: dict[str, int] = {}
        self._undone: set[int] = set()
        self._trail: list[Decision] = []
        self._referred: set[str] = set()
        self._waiting: dict[str, int] = {}
        self._changed: set[str] = set()
        self._seen = 0

    def _fill(self, every: Sequence[Outline]) -> None:
        groups = [(sha256, tuple(group)) for sha256, group in groupby(every, key=lambda outline: outline.document)]
        groups.sort(key=lambda pair: (-sum(map(hardness, pair[1])) / len(pair[1]), pair[0]))
        for sha256, group in groups:
            keys = {outline.id: key_of(sha256, outline.spans) for outline in group}
            for outline in sorted(group, key=lambda outline: (outline.spans[0][0], -outline.spans[-1][1])):
                if keys[outline.id] not in self._by_key:
                    parent = keys.get(outline.parent or "")
                    self._put(Item(keys[outline.id], sha256, outline.spans[0][0], parent))

    def _put(self, item: Item) -> None:
        if item.document not in self._place:
            self._place[item.document] = len(self._documents)
            self._documents.append(item.document)
            self._by_prefix[item.document[:16]] = item.document
            self._by_document[item.document] = []
        mine = self._by_document[item.document]
        mine.insert(bisect_right([one.start for one in mine], item.start) if item.added else len(mine), item)
        self._by_key[item.key] = item
        self._changed.add(item.document)

    def _take(self, decision: Decision) -> None:
        self._seen = decision.id
        key = decision.subject
        if not key.startswith("statement:") or is_orphan(key):
            return
        self._last[key] = decision.id
        stack = self._stacks.setdefault(key, [])
        if decision.act is Act.UNDO:
            self._take_back(int(details(decision).get("decision", "0")), key, stack)
        elif decision.act in _DECIDES:
            stack.append(decision)
            self._trail.append(decision)
            if decision.act is Act.ADD:
                self._put_added(decision)
        if stack and stack[-1].act is Act.REFER:
            self._referred.add(key)
        else:
            self._referred.discard(key)
        if key in self._by_key:
            self._changed.add(self._by_key[key].document)

    def _put_added(self, decision: Decision) -> None:
        statement = added_statement(decision)
        if statement is not None and decision.subject not in self._by_key:
            sha256 = details(decision)["document"]
            self._put(Item(decision.subject, sha256, statement.content[0].start, added=True))

    def _take_back(self, number: int, key: str, stack: list[Decision]) -> None:
        self._undone.add(number)
        stack[:] = [decision for decision in stack if decision.id != number]
        item = self._by_key.get(key)
        if item is not None and item.added and not any(decision.act is Act.ADD for decision in stack):
            self._by_document[item.document].remove(item)
            del self._by_key[key]
            self._changed.add(item.document)

    def _first_waiting(self, first: int, last: int) -> Item | None:
        for place in range(first, last):
            sha256 = self._documents[place]
            if self.waiting_in(sha256):
                return next((item for item in self.of_document(sha256) if self.waits(item)), None)
        return None

    def falls_with_parent(self, item: Item) -> bool:
        """Whether a statement that this one is nested in was rejected."""
        seen = {item.key}
        parent = self._by_key.get(item.parent or "")
        while parent is not None and parent.key not in seen:
            decision = self.decided(parent.key)
            if decision is not None and decision.act is Act.REJECT:
                return True
            seen.add(parent.key)
            parent = self._by_key.get(parent.parent or "")
        return False
