"""Queries on moves: how what people decided on an earlier text layer is carried to the one that came after.

A decision is never changed. It judged words of the layer that was the current one when it was made; where a later layer
has the same words in the same surroundings, it is read as a decision on them, and where it has not, its subject bears
the mark of the layer it stays with ("statement:...@1f3b5c7d"), which nothing in the later text can be named by.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import Connection, bindparam, func, insert, select

from recuento.model.decision import Decision
from recuento.model.moving import Move, Moved
from recuento.model.statement import Statement
from recuento.store import log, tables
from recuento.store.encoding import decode, encode

_STATEMENT = re.compile(r"statement:([0-9a-f]{16}):(\d+-\d+(?:,\d+-\d+)*)")
_CLAIM = re.compile(r"((?:hold:|public:)?claim:)(.+)")
_DEMAND_HELD = re.compile(r"(?:hold|public):demand:(.+)")
_PLACED = ("from", "to")
"""The details of a decision that hold a statement."""
ORPHAN = "@"
_ALWAYS = 1 << 62
_IN_DOCUMENT = (
    select(tables.layer_moves.c.body)
    .where(tables.layer_moves.c.document >= bindparam("first"), tables.layer_moves.c.document < bindparam("behind"))
    .order_by(tables.layer_moves.c.id)
)


def is_orphan(subject: str) -> bool:
    """Whether a subject names what stayed with an earlier layer."""
    return ORPHAN in subject


def add(connection: Connection, move: Move) -> None:
    """Keep a move, with its entry in the custody log. The two layers are there already."""
    layers = tables.text_layers
    numbers = {
        row.sha256: row.id
        for row in connection.execute(
            select(layers.c.id, layers.c.sha256).where(layers.c.document == move.document).order_by(layers.c.id)
        )
    }
    values = {
        "id": numbers[move.later],
        "document": move.document,
        "earlier": numbers[move.earlier],
        "decided": move.decided,
        "body": encode(move),
    }
    connection.execute(insert(tables.layer_moves).values(**values))
    log.append(connection, log.Act.EXTRACTED, [log.recorded("layer_moves", values)])


def all(connection: Connection) -> list[Move]:
    """Every move, the first first."""
    table = tables.layer_moves
    return [_move(body) for body in connection.scalars(select(table.c.body).order_by(table.c.id))]


def of(connection: Connection, document: str) -> list[Move]:
    """The moves of a document, the first first."""
    table = tables.layer_moves
    query = select(table.c.body).where(table.c.document == document).order_by(table.c.id)
    return [_move(body) for body in connection.scalars(query)]


def count(connection: Connection) -> int:
    """How many layers came after another."""
    return connection.scalar(select(func.count()).select_from(tables.layer_moves)) or 0


def carried(connection: Connection, decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions as they stand on the current layers."""
    moves = all(connection) if decisions else []
    return carried_over(moves, decisions) if moves else list(decisions)


def carried_in(connection: Connection, document: str, decisions: Sequence[Decision]) -> list[Decision]:
    """The same of decisions on statements of one document (its SHA-256, or 16 digits and more of it)."""
    moves = connection.scalars(_IN_DOCUMENT, {"first": document, "behind": f"{document}g"}).all() if decisions else []
    return carried_over(map(_move, moves), decisions) if moves else list(decisions)


def carried_over(moves: Iterable[Move], decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions carried over these moves, each over those that came after it."""
    found = _Moves(tuple(moves))
    return [found.carried(decision) for decision in decisions]


def carried_from(here: Connection, there: Connection, decisions: Sequence[Decision]) -> list[Decision]:
    """Decisions that were made in another database (`there`) as they stand on the layers of this one.

    On a document whose text was made again here meanwhile they are carried over; where its text there is unknown here,
    they are orphans.
    """
    moves: list[Move] = []
    unknown: dict[str, str] = {}
    for document in sorted({move.document for move in [*all(here), *all(there)]}):
        theirs, ours = _last(there, document), _last(here, document)
        if theirs is None or ours is None or theirs == ours:
            continue
        mine = of(here, document)
        behind = next((place for place, move in enumerate(mine) if move.earlier == theirs), None)
        if behind is None:
            unknown[document[:16]] = theirs
        else:
            moves += [replace(move, decided=_ALWAYS) for move in mine[behind:]]
    found = carried_over(moves, decisions) if moves else list(decisions)
    return [_stayed(decision, unknown) for decision in found]


def _stayed(decision: Decision, unknown: Mapping[str, str]) -> Decision:
    match = _STATEMENT.fullmatch(decision.subject)
    if match is None or match[1] not in unknown:
        return decision
    return replace(decision, subject=f"{decision.subject}{ORPHAN}{unknown[match[1]][:8]}")


def _last(connection: Connection, document: str) -> str | None:
    layers = tables.text_layers
    query = select(layers.c.sha256).where(layers.c.document == document).order_by(layers.c.id.desc()).limit(1)
    return connection.scalar(query)


class _Moves:
    """Moves by what they move."""

    def __init__(self, moves: Sequence[Move]) -> None:
        self._by_document: dict[str, list[Move]] = defaultdict(list)
        self._by_claim: dict[str, list[tuple[int, Move]]] = defaultdict(list)
        self._by_demand: dict[str, list[Move]] = defaultdict(list)
        self._moved: dict[int, Moved] = {}
        for place, move in enumerate(moves):
            self._by_document[move.document[:16]].append(move)
            for claim, _ in move.claims:
                self._by_claim[claim].append((place, move))
            for demand in move.demands:
                self._by_demand[demand].append(move)

    def carried(self, decision: Decision) -> Decision:
        answer = dict(decision.details).get("answer")
        if answer is not None:
            now = self._subject(answer, decision.id) if ":" in answer else self._claim("", answer, decision.id)
            if now != answer:
                details = tuple((name, now if name == "answer" else value) for name, value in decision.details)
                decision = replace(decision, details=details)
        if _STATEMENT.fullmatch(decision.subject):
            return self._on_statement(decision)
        subject = self._subject(decision.subject, decision.id)
        return decision if subject == decision.subject else replace(decision, subject=subject)

    def _subject(self, subject: str, number: int) -> str:
        if (match := _STATEMENT.fullmatch(subject)) is not None:
            for move in self._by_document.get(match[1], ()):
                if number <= move.decided and not is_orphan(subject):
                    subject = self._key_after(subject, move)
            return subject
        if (match := _CLAIM.fullmatch(subject)) is not None and not is_orphan(subject):
            return self._claim(match[1], match[2], number)
        if (match := _DEMAND_HELD.fullmatch(subject)) is not None:
            for move in self._by_demand.get(match[1], ()):
                if number <= move.decided:
                    return _whole_document(subject, move)
        return subject

    def _claim(self, kind: str, id: str, number: int) -> str:
        last = -1
        while (found := self._next(id, number, last)) is not None:
            last, move = found
            now = dict(move.claims)[id]
            if not now:
                # What was held back must not come out under another number: all of its document is held.
                held = kind.startswith(("hold:", "public:"))
                return _whole_document(kind, move) if held else f"{kind}{id}{ORPHAN}{move.earlier[:8]}"
            id = now
        return f"{kind}{id}"

    def _next(self, claim: str, number: int, last: int) -> tuple[int, Move] | None:
        """The next move after `last` that a decision of that number on that claim goes through."""
        later = (one for one in self._by_claim.get(claim, ()) if one[0] > last and number <= one[1].decided)
        return next(later, None)

    def _on_statement(self, decision: Decision) -> Decision:
        document = decision.subject.split(":")[1]
        for move in self._by_document.get(document, ()):
            if decision.id > move.decided:
                continue
            decision = self._moved_once(decision, move)
            if is_orphan(decision.subject):
                break
        return decision

    def _moved_once(self, decision: Decision, move: Move) -> Decision:
        subject = self._key_after(decision.subject, move)
        if is_orphan(subject):
            return replace(decision, subject=subject)
        details = []
        for name, value in decision.details:
            if name in _PLACED:
                statement = self._of(move).statement(decode(Statement, value))
                if statement is None:
                    return replace(decision, subject=_orphan(decision.subject, move))
                value = encode(statement)
            details.append((name, value))
        return replace(decision, subject=subject, details=tuple(details))

    def _key_after(self, subject: str, move: Move) -> str:
        spans = self._of(move).spans(spans_of(subject))
        if spans is None:
            return _orphan(subject, move)
        return ":".join([*subject.split(":")[:2], ",".join(f"{start}-{end}" for start, end in spans)])

    def _of(self, move: Move) -> Moved:
        return self._moved.setdefault(id(move), Moved(move.places()))


def spans_of(subject: str) -> tuple[tuple[int, int], ...]:
    """The spans that the key of a statement names; empty where the subject is none."""
    match = re.fullmatch(r"statement:[0-9a-f]{16}:([0-9,-]+)(?:@[0-9a-f]{8})?", subject)
    if match is None:
        return ()
    pairs = (part.split("-") for part in match[1].split(","))
    return tuple((int(start), int(end)) for start, end in pairs)


def _orphan(subject: str, move: Move) -> str:
    return f"{subject}{ORPHAN}{move.earlier[:8]}"


def _whole_document(subject: str, move: Move) -> str:
    return f"{subject.split(':')[0]}:document:{move.document}"


@lru_cache(maxsize=10_000)
def _move(body: str) -> Move:
    """Decoded once: moves are asked for with every page, and never change."""
    return decode(Move, body)
