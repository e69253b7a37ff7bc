"""Queries on statements for whoever must know all of them but need not decode all of them: the review queue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from recuento.store import tables

_VAGUE = frozenset(["vague", "approx", "nearly", "upto", "unknown"])


@dataclass(frozen=True, slots=True)
class Outline:
    """A statement in brief: where its words stand, and what about it asks for a careful look."""

    document: str
    id: str
    parent: str | None
    spans: tuple[tuple[int, int], ...]
    confidence: float
    inferred: bool
    """Whether the speaker was concluded, not read."""
    unmeasured: bool
    """Whether a figure counts something the vocabulary does not know."""
    vague: bool
    """Whether a figure is no exact number."""


def outlines(connection: Connection) -> Iterator[Outline]:
    """Every statement in brief, by document and position."""
    table = tables.statements
    query = select(table.c.document, table.c.id, table.c.parent, table.c.body)
    for document, id, parent, body in connection.execute(query.order_by(table.c.document, table.c.position)):
        plain = json.loads(body)
        figures = plain["figures"]
        yield Outline(
            document=document,
            id=id,
            parent=parent,
            spans=tuple((anchor["start"], anchor["end"]) for anchor in plain["content"]),
            confidence=plain["confidence"],
            inferred=plain["speaker"]["inferred"],
            unmeasured=any(figure["measure"] is None for figure in figures),
            vague=any(figure["quantity"]["comparison"] in _VAGUE for figure in figures),
        )


def last_reading(connection: Connection) -> tuple[int, str]:
    """How many documents were read, and when the last one was: changes whenever statements do."""
    table = tables.runs
    query = select(func.count(), func.max(table.c.finished_at)).where(table.c.step == "read")
    count, moment = connection.execute(query).one()
    return count, moment or ""
