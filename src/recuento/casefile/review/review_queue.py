"""The review queue: which statements wait for a person, hardest documents first, in reading order inside each.

In memory lie the order of the documents and a few numbers of each; what stands in one is read when it is asked for. So
a step costs the same at a hundred statements and at a hundred thousand, and the first page waits for no statement. It
follows the database: `refresh` takes in what was decided or read since, by whomever.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.document_queue import DECIDES, DocumentQueue, Item, start_of
from recuento.model.decision import Act, Decision
from recuento.model.document import Document, Sureness
from recuento.model.statement import Statement
from recuento.store import decisions, decisions_in_brief, opened_documents, statement_outlines, statements
from recuento.store.decisions_in_brief import Brief
from recuento.store.layer_moves import is_orphan

_KEPT = 64
"""How many documents are kept at hand."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with its text, its statements as the machine read them, and all that was decided on them."""

    document: Document
    text: str
    statements: tuple[Statement, ...]
    decisions: tuple[Decision, ...]
    sureness: tuple[Sureness, ...]


class ReviewQueue:
    """The queue of one casefile. One thread at a time may use it; call `refresh` before anything else."""

    def __init__(self, casefile: Casefile) -> None:
        self._casefile = casefile
        self._connection: Connection | None = None
        self.reading: tuple[int, int] | None = None
        """Changes whenever something is read again."""
        self._seen = 0
        self._start_over()

    def refresh(self) -> None:
        """Take in what was read or decided since the last time."""
        with self.reading_once() as connection:
            found = decisions_in_brief.news(connection, self._seen)
            if found.reading != self.reading:
                self._start_over()
                self._fill(connection)
                self.reading, self._seen = found.reading, decisions.last_number(connection)
            elif found.made:
                self._follow(found.made)
                self._seen = found.made[-1].id

    def take(self, made: Decision) -> None:
        """Take in a decision that was made just now; where others decided in between, all of theirs too."""
        if made.id != self._seen + 1:
            self.refresh()
            return
        self._follow([decisions_in_brief.brief_of(made)])
        self._seen = made.id

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

    def waiting_documents(self) -> Sequence[str]:
        """Those of them in which a statement waits."""
        return [sha256 for sha256, waiting in zip(self._documents, self._waiting, strict=True) if waiting]

    def of_document(self, sha256: str) -> Sequence[Item]:
        """The statements of a document in reading order, decided or not."""
        return self._queue(sha256).items

    def first_of(self, several: Sequence[str]) -> dict[str, Item]:
        """The first statement of each of these documents that has one, decided or not."""
        self._load(several)
        return {sha256: found[0] for sha256 in several if (found := self.of_document(sha256))}

    def find(self, key: str) -> Item | None:
        """The statement with that key."""
        sha256 = self.document_starting(key.split(":")[1])
        return self._queue(sha256).find(key) if sha256 else None

    def document_starting(self, prefix: str) -> str | None:
        """The document whose SHA-256 starts with these 16 digits."""
        place = self._place.get(prefix)
        return None if place is None else self._documents[place]

    def size(self) -> int:
        """How many statements there are, decided or not."""
        return sum(self._sizes)

    def waiting(self) -> int:
        """How many wait."""
        return sum(self._waiting)

    def waiting_in(self, sha256: str) -> int:
        """How many wait in a document."""
        place = self._place.get(sha256[:16])
        return 0 if place is None else self._waiting[place]

    def waits(self, item: Item) -> bool:
        """Whether nobody has decided on it, nor rejected what it is nested in."""
        return self._queue(item.document).waits(item)

    def falls_with_parent(self, item: Item) -> bool:
        """Whether a statement that this one is nested in was rejected."""
        return self._queue(item.document).falls_with_parent(item)

    def standing(self, item: Item) -> Brief | None:
        """The decision that stands on a statement, None where there is none."""
        return self._queue(item.document).standing(item.key)

    def last_seen(self, item: Item) -> int:
        """The number of the last decision on the statement, taken back or not; 0 without any."""
        return self._queue(item.document).last_seen(item.key)

    def known(self, below: Callable[[int], int], but: Item) -> Item | None:
        """One statement whose right answer is known, any but that one; `below(n)` draws a number under n.

        None where there is none. All are as likely as each other.
        """
        mine = sum(item == but for item in self._queue(but.document).known())
        total = sum(self._known) - mine
        if total < 1:
            return None
        left = below(total)
        for place, number in enumerate(self._known):
            here = number - mine if self._documents[place] == but.document else number
            if left < here:
                return [item for item in self._queue(self._documents[place]).known() if item != but][left]
            left -= here
        return None

    def referred(self, most: int | None = None) -> Sequence[Item]:
        """The statements that a second reader shall decide, by document and place; the first `most` of them."""
        keys = [(place, start_of(key), key) for place, found in self._referred.items() for key in found]
        wanted = sorted(keys)[:most]
        self._load([self._documents[place] for place, _, _ in wanted])
        return [item for _, _, key in wanted if (item := self.find(key)) is not None]

    def next_waiting(self, item: Item | None) -> Item | None:
        """The next one that waits: in its document, in the documents behind, then from the start again."""
        if item is None:
            return self._first_waiting(0, len(self._documents))
        mine = self.of_document(item.document)
        here = mine.index(item)
        later = next((one for one in mine[here + 1 :] if self.waits(one)), None)
        place = self._place[item.document[:16]]
        return later or self._first_waiting(place + 1, len(self._documents)) or self._first_waiting(0, place + 1)

    def beside(self, item: Item, step: Literal[-1, 1]) -> Item | None:
        """The statement one place on or back, decided or not."""
        mine = self.of_document(item.document)
        here = mine.index(item) + step
        if 0 <= here < len(mine):
            return mine[here]
        place = self._place[item.document[:16]] + step
        while 0 <= place < len(self._documents):
            if self._sizes[place]:
                return self.of_document(self._documents[place])[0 if step == 1 else -1]
            place += step
        return None

    def undoable(self, by: str) -> Decision | None:
        """The last decision on a statement by that person that was not taken back."""
        with self.reading_once() as connection:
            return decisions.last_standing(connection, by, DECIDES)

    def open(self, sha256: str) -> Opened | None:
        """A document with its text, statements and decisions; None where it has no text."""
        with self.reading_once() as connection:
            opened = opened_documents.find(connection, sha256)
            if opened is None:
                return None
            found = tuple(statements.of(connection, sha256))
            decided = tuple(decisions.in_document(connection, sha256))
        return Opened(opened.document, opened.layer.text, found, decided, opened.sureness)

    def _start_over(self) -> None:
        self._documents: list[str] = []
        self._place: dict[str, int] = {}
        """By the first 16 digits of the SHA-256, as in the key of a statement."""
        self._sizes = array("l")
        self._waiting = array("l")
        self._known = array("l")
        self._referred: dict[int, tuple[str, ...]] = {}
        self._queues: OrderedDict[str, DocumentQueue] = OrderedDict()
        self._seen = 0

    def _fill(self, connection: Connection) -> None:
        for one in sorted(statement_outlines.sizes(connection), key=lambda one: (-one.hardness, one.document)):
            self._put(one.document, one.statements)
        for brief in decisions_in_brief.of(connection, Act.ADD):
            self._put_unread(brief)
        by_name = sorted(self._documents)
        for start in range(0, len(by_name), _AT_ONCE):
            some = by_name[start : start + _AT_ONCE]
            decided = _by_document(decisions_in_brief.between(connection, some[0], some[-1]))
            if decided:
                places = statement_outlines.between(connection, some[0], some[-1])
                for sha256 in some:
                    if sha256[:16] in decided:
                        self._settle(DocumentQueue(sha256, places.get(sha256, ()), decided[sha256[:16]]), sha256)

    def _follow(self, made: Iterable[Brief]) -> None:
        changed: dict[str, None] = {}
        for brief in made:
            if brief.subject.startswith(decisions.STATEMENT):
                if brief.act is Act.ADD:
                    self._put_unread(brief)
                sha256 = self.document_starting(brief.subject.split(":")[1])
                if sha256 is not None:
                    changed[sha256] = None
                    if sha256 in self._queues:
                        self._queues[sha256].take(brief)
        for sha256 in changed:
            self._settle(self._queue(sha256), sha256)

    def _put(self, sha256: str, size: int) -> None:
        self._place[sha256[:16]] = len(self._documents)
        self._documents.append(sha256)
        for numbers, number in ((self._sizes, size), (self._waiting, size), (self._known, 0)):
            numbers.append(number)

    def _put_unread(self, brief: Brief) -> None:
        """Put a document last in which a person found the first statement."""
        sha256 = dict(brief.details).get("document", "")
        if sha256 and not is_orphan(brief.subject) and sha256[:16] not in self._place:
            self._put(sha256, 0)

    def _settle(self, queue: DocumentQueue, sha256: str) -> None:
        place = self._place[sha256[:16]]
        self._sizes[place] = len(queue.items)
        self._waiting[place] = len(queue.waiting())
        self._known[place] = len(queue.known())
        referred = tuple(item.key for item in queue.referred())
        if referred:
            self._referred[place] = referred
        else:
            self._referred.pop(place, None)

    def _queue(self, sha256: str) -> DocumentQueue:
        self._load([sha256])
        self._queues.move_to_end(sha256)
        return self._queues[sha256]

    def _load(self, several: Sequence[str]) -> None:
        """Have these documents at hand, as many as are kept at most; all are asked for at once."""
        wanted = [sha256 for sha256 in dict.fromkeys(several) if sha256 not in self._queues][:_KEPT]
        if not wanted:
            return
        with self.reading_once() as connection:
            places = statement_outlines.of(connection, wanted)
            decided = _by_document(decisions_in_brief.on(connection, wanted))
        for sha256 in wanted:
            self._queues[sha256] = DocumentQueue(sha256, places.get(sha256, ()), decided.get(sha256[:16], ()))
        while len(self._queues) > _KEPT:
            self._queues.popitem(last=False)

    def _first_waiting(self, first: int, last: int) -> Item | None:
        place = next((place for place in range(first, last) if self._waiting[place]), None)
        return None if place is None else self._queue(self._documents[place]).waiting()[0]


def _by_document(briefs: Iterable[Brief]) -> dict[str, list[Brief]]:
    found: dict[str, list[Brief]] = {}
    for brief in briefs:
        found.setdefault(brief.subject.split(":")[1], []).append(brief)
    return found
