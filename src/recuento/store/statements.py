"""Queries on statements: what a reader made of a document's text layer. Derived, so replaced as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, bindparam, delete, insert, select

from recuento.model.statement import Statement
from recuento.store import log, statement_outlines, tables
from recuento.store.encoding import decode, encode

_OF = (
    select(tables.statements.c.body)
    .where(tables.statements.c.document == bindparam("document"))
    .order_by(tables.statements.c.position)
)


def replace(
    connection: Connection, document_sha: str, layer_sha: str, reader_version: str, found: Sequence[Statement]
) -> None:
    """Put `found`, in this order, in the place of every statement of the document, with their outline."""
    connection.execute(delete(tables.statements).where(tables.statements.c.document == document_sha))
    rows = [
        {
            "document": document_sha,
            "position": position,
            "id": statement.id,
            "layer": layer_sha,
            "reader_version": reader_version,
            "parent": statement.parent,
            "speaker": statement.speaker.name,
            "mode": statement.mode.value,
            "body": encode(statement),
        }
        for position, statement in enumerate(found)
    ]
    if rows:
        connection.execute(insert(tables.statements), rows)
    # The number of an entry is never given twice, also where everything derived was deleted in between.
    reading = log.append(connection, log.Act.READ, [log.recorded_statements(document_sha, rows)])
    statement_outlines.replace(connection, document_sha, found, reading)


def of(connection: Connection, document_sha: str) -> list[Statement]:
    """The statements of a document, in the order they were given."""
    return [_decoded(body) for body in connection.scalars(_OF, {"document": document_sha})]


def all(connection: Connection) -> dict[str, list[Statement]]:
    """The statements of every document that has some, by its SHA-256."""
    table = tables.statements
    found: dict[str, list[Statement]] = {}
    query = select(table.c.document, table.c.body).order_by(table.c.document, table.c.position)
    for document, body in connection.execute(query):
        found.setdefault(document, []).append(decode(Statement, body))
    return found


@lru_cache(maxsize=1_000)
def _decoded(body: str) -> Statement:
    """Decoded once: whoever reviews a document asks for all of it at every step, and the same text is the same noun."""
    return decode(Statement, body)


def read_from(connection: Connection, document_sha: str) -> tuple[str, str] | None:
    """The layer (its SHA-256) and the reader version the statements of a document stand on, None without any."""
    table = tables.statements
    query = select(table.c.layer, table.c.reader_version).where(table.c.document == document_sha).limit(1)
    row = connection.execute(query).first()
    return None if row is None else (row.layer, row.reader_version)
