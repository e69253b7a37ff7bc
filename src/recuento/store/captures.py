"""Queries on captures: what became of each address asked for and of each record brought in. Rows are only added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, insert, select

from recuento.model.capture import Capture
from recuento.store import log, tables
from recuento.store.encoding import decode, encode, instant


def add_all(connection: Connection, captures: Sequence[Capture]) -> int:
    """Add captures whose document and archive are rows already; those whose id is there are passed over.

    Gives how many were new. They are one entry of the custody log.
    """
    table = tables.captures
    fresh = {one.id: one for one in captures}
    for id in known(connection, fresh):
        del fresh[id]
    rows = [_values(one) for one in fresh.values()]
    if rows:
        connection.execute(insert(table), rows)
        log.append(connection, log.Act.OBTAINED, [log.recorded("captures", row) for row in rows])
    return len(rows)


def all(connection: Connection) -> list[Capture]:
    """Every capture, the earliest first."""
    table = tables.captures
    query = select(table.c.body).order_by(table.c.captured_at, table.c.id)
    return [decode(Capture, body) for body in connection.scalars(query)]


def last(connection: Connection, most: int) -> list[Capture]:
    """The latest captures, the last first."""
    table = tables.captures
    query = select(table.c.body).order_by(table.c.captured_at.desc(), table.c.id.desc()).limit(most)
    return [decode(Capture, body) for body in connection.scalars(query)]


def of_document(connection: Connection, sha256: str) -> list[Capture]:
    """The captures that gave a document, the earliest first."""
    table = tables.captures
    query = select(table.c.body).where(table.c.document == sha256).order_by(table.c.captured_at, table.c.id)
    return [decode(Capture, body) for body in connection.scalars(query)]


def found(connection: Connection, words: str) -> list[Capture]:
    """The captures of an address, or whose id, document or archive begins with `words`."""
    table = tables.captures
    fits = (
        (table.c.url == words)
        | table.c.id.startswith(words, autoescape=True)
        | table.c.id.startswith(f"urn:uuid:{words}", autoescape=True)
        | table.c.document.startswith(words.lower(), autoescape=True)
        | table.c.warc.startswith(words.lower(), autoescape=True)
    )
    query = select(table.c.body).where(fits).order_by(table.c.captured_at, table.c.id)
    return [decode(Capture, body) for body in connection.scalars(query)]


def known(connection: Connection, ids: Iterable[str]) -> list[str]:
    """Those of these ids that are captures already."""
    table = tables.captures
    listed = list(ids)
    there: list[str] = []
    for at in range(0, len(listed), 500):
        there += connection.scalars(select(table.c.id).where(table.c.id.in_(listed[at : at + 500])))
    return there


def archives(connection: Connection) -> list[str]:
    """The SHA-256 of every archive that captures stand in."""
    table = tables.captures
    query = select(table.c.warc, func.min(table.c.captured_at)).where(table.c.warc.is_not(None)).group_by(table.c.warc)
    return [row[0] for row in sorted(connection.execute(query), key=lambda row: (row[1], row[0]))]


def _values(capture: Capture) -> dict[str, str | None]:
    return {
        "id": capture.id,
        "url": capture.url,
        "outcome": capture.outcome.value,
        "captured_at": instant(capture.clocks.before),
        "document": capture.document,
        "warc": capture.warc,
        "body": encode(capture),
    }
