"""Queries on the outline of a document: where its statements stand, and how hard they are. For the review queue.

The outline is kept beside the statements and written with them, so that whoever must know all of them, such as the
first page, need not read all of them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Select, delete, func, insert, select

from recuento.model.hardness import hardness
from recuento.model.statement import Statement
from recuento.model.statement_key import spans_text
from recuento.store import tables


class Place(NamedTuple):
    """Where a statement stands in its document: its spans as "12-40,51-60", and those of what it is nested in."""

    spans: str
    parent: str | None


class Sized(NamedTuple):
    """A document that has statements: how many, and how hard they are on average, 0 to 2."""

    document: str
    hardness: float
    statements: int


def replace(connection: Connection, document: str, found: Sequence[Statement], reading: int) -> None:
    """Put the outline of these statements in the place of the document's. `reading` is a number that only grows."""
    table = tables.statement_outlines
    how_hard, number, places = _told(found)
    connection.execute(delete(table).where(table.c.document == document))
    values = {"document": document, "reading": reading, "hardness": how_hard, "statements": number, "places": places}
    connection.execute(insert(table).values(**values))


def mean_hardness(found: Sequence[Statement]) -> float:
    """How hard the statements of a document are on average, 0 to 2; 0 without any."""
    return sum(map(hardness, found)) / len(found) if found else 0.0


def places_of(found: Sequence[Statement]) -> tuple[Place, ...]:
    """The places of statements in reading order, the longer first where two begin together, each place once."""
    spans = {one.id: spans_text(one.content) for one in found}
    ordered = sorted(found, key=lambda one: (one.content[0].start, -one.content[-1].end))
    places: dict[str, Place] = {}
    for one in ordered:
        places.setdefault(spans[one.id], Place(spans[one.id], spans.get(one.parent or "")))
    return tuple(places.values())


def sizes(connection: Connection) -> Iterator[Sized]:
    """Every document that has statements, by its SHA-256."""
    table = tables.statement_outlines
    query = select(table.c.document, table.c.hardness, table.c.statements).where(table.c.statements > 0)
    for document, how_hard, number in connection.execute(query.order_by(table.c.document)):
        yield Sized(document, float(how_hard), number)


def size(connection: Connection, documents: Collection[str]) -> int:
    """How many statements these documents have together."""
    table = tables.statement_outlines
    return connection.scalar(select(func.sum(table.c.statements)).where(table.c.document.in_(documents))) or 0


def of(connection: Connection, documents: Collection[str]) -> dict[str, tuple[Place, ...]]:
    """The places of the statements of these documents, in reading order."""
    table = tables.statement_outlines
    return _places(connection, select(table.c.document, table.c.places).where(table.c.document.in_(documents)))


def between(connection: Connection, first: str, last: str) -> dict[str, tuple[Place, ...]]:
    """The same of every document from the first SHA-256 to the last."""
    table = tables.statement_outlines
    query = select(table.c.document, table.c.places).where(table.c.document.between(first, last))
    return _places(connection, query)


def disagreeing(connection: Connection, found: Mapping[str, Sequence[Statement]]) -> list[str]:
    """The documents whose outline is not that of their statements; `found` has the statements of every document."""
    table = tables.statement_outlines
    query = select(table.c.document, table.c.hardness, table.c.statements, table.c.places)
    kept = {row.document: (row.hardness, row.statements, row.places) for row in connection.execute(query)}
    wrong = {sha256 for sha256, some in found.items() if (some or sha256 in kept) and kept.get(sha256) != _told(some)}
    return sorted(wrong | (kept.keys() - found.keys()))


def last_reading(connection: Connection) -> tuple[int, int]:
    """The number of the last reading, -1 before the first, and how many texts came after another: changes whenever
    statements do, or where the decisions on them stand.
    """
    later = select(func.count()).select_from(tables.layer_moves).scalar_subquery()
    found, moved = connection.execute(select(func.max(tables.statement_outlines.c.reading), later)).one()
    return -1 if found is None else found, moved


def _told(found: Sequence[Statement]) -> tuple[str, int, str]:
    """Hardness, number and places as they are kept."""
    places = places_of(found)
    # As text: a number that two databases write and read back must be the very same.
    return repr(mean_hardness(found)), len(places), json.dumps(places, separators=(",", ":"))


def _places(connection: Connection, query: Select[tuple[str, str]]) -> dict[str, tuple[Place, ...]]:
    return {row.document: tuple(Place(*one) for one in json.loads(row.places)) for row in connection.execute(query)}
