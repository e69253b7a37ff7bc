"""Queries on documents: what was brought in, from where, and what can be told about it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from recuento.errors import InvalidValue
from recuento.model.document import Description, Document, Origin
from recuento.store import log, tables
from recuento.store.encoding import decode, encode, instant
from recuento.values.bilingual import Bilingual

_PREFIX = re.compile(r"[0-9a-f]{1,64}")
_STARTING = (
    select(tables.documents)
    .where(tables.documents.c.sha256 >= bindparam("first"), tables.documents.c.sha256 < bindparam("behind"))
    .order_by(tables.documents.c.sha256)
    .limit(5)
)
"""By their order, which an index knows; whether one is LIKE a beginning is asked of every document."""


def add(connection: Connection, document: Document) -> bool:
    """Add a document whose bytes are kept already; return whether it is new.

    The same bytes again are the same document: only the origin is added, the description stays.
    """
    known = connection.scalar(select(tables.documents.c.sha256).where(tables.documents.c.sha256 == document.sha256))
    if known is None:
        values = {
            "sha256": document.sha256,
            "size_bytes": document.size_bytes,
            "media_type": document.media_type,
            "name": document.name,
            "description": encode(document.description),
            "unreadable": _encoded_reason(document.unreadable),
        }
        connection.execute(insert(tables.documents).values(**values))
        log.append(connection, log.Act.OBTAINED, [log.recorded("documents", values)])
    add_origin(connection, document.sha256, document.origin)
    return known is None


def add_origin(connection: Connection, sha256: str, origin: Origin) -> bool:
    """Add another origin of the same bytes; return whether it is new. The same place and person count once."""
    table = tables.origins
    same = (table.c.document == sha256, table.c.place == origin.where, table.c.obtained_by == origin.by)
    if connection.scalar(select(table.c.id).where(*same)) is not None:
        return False
    values = {
        "document": sha256,
        "place": origin.where,
        "obtained_by": origin.by,
        "obtained_at": instant(origin.at),
    }
    added = connection.execute(insert(table).values(**values))
    number = added.inserted_primary_key[0] if added.inserted_primary_key else 0
    log.append(connection, log.Act.OBTAINED, [log.recorded("origins", {"id": number, **values})])
    return True


def all(connection: Connection) -> list[Document]:
    """Every document with its first origin, by date of publication (unknown last), name and SHA-256."""
    firsts: dict[str, Origin] = {}
    for row in connection.execute(select(tables.origins).order_by(tables.origins.c.id)):
        firsts.setdefault(row.document, origin_of(row))
    found = [document_of(row, firsts[row.sha256]) for row in connection.execute(select(tables.documents))]
    return _in_order(found)


def page(connection: Connection, after: str, limit: int) -> list[Document]:
    """The next `limit` documents by SHA-256, those behind `after` ("" for the first), each with its first origin."""
    table = tables.documents
    rows = connection.execute(select(table).where(table.c.sha256 > after).order_by(table.c.sha256).limit(limit)).all()
    return _with_origins(connection, rows)


def some(connection: Connection, wanted: Collection[str]) -> dict[str, Document]:
    """These documents by their SHA-256, each with its first origin; without those that are not there."""
    table = tables.documents
    rows = connection.execute(select(table).where(table.c.sha256.in_(wanted))).all()
    return {one.sha256: one for one in _with_origins(connection, rows)}


def find(connection: Connection, sha_or_prefix: str) -> Document | None:
    """The document of that SHA-256 or of the only one that starts so, or None.

    Raises InvalidValue where several start so.
    """
    prefix = sha_or_prefix.lower()
    if _PREFIX.fullmatch(prefix) is None:
        return None
    rows = connection.execute(_STARTING, {"first": prefix, "behind": f"{prefix}g"}).all()
    if len(rows) > 1:
        listed = ", ".join(row.sha256[:12] for row in rows)
        raise InvalidValue(
            f"several documents start with {prefix}: {listed}; give more of it",
            f"varios documentos empiezan por {prefix}: {listed}; escriba más cifras",
        )
    return document_of(rows[0], origins(connection, rows[0].sha256)[0]) if rows else None


def last_obtained(connection: Connection) -> datetime | None:
    """When a document was last obtained; None where there is none."""
    at = connection.scalar(select(func.max(tables.origins.c.obtained_at)))
    return None if at is None else datetime.fromisoformat(at)


def describe(connection: Connection, sha256: str, description: Description) -> None:
    """Replace what is told about a document."""
    _change(connection, sha256, description=encode(description))


def mark(connection: Connection, sha256: str, media_type: str, unreadable: Bilingual | None) -> None:
    """Say of what type a document was found to be, and why it cannot be read, or None where it can."""
    _change(connection, sha256, media_type=media_type, unreadable=_encoded_reason(unreadable))


def origins(connection: Connection, sha256: str) -> list[Origin]:
    """Every origin of a document, the first obtained first."""
    table = tables.origins
    rows = connection.execute(select(table).where(table.c.document == sha256).order_by(table.c.id))
    return [origin_of(row) for row in rows]


def _change(connection: Connection, sha256: str, **columns: str | None) -> None:
    changed = connection.execute(update(tables.documents).where(tables.documents.c.sha256 == sha256).values(**columns))
    if changed.rowcount != 1:
        raise InvalidValue(f"there is no document {sha256}", f"no existe el documento {sha256}")
    row = connection.execute(select(tables.documents).where(tables.documents.c.sha256 == sha256)).one()
    log.append(connection, log.Act.DESCRIBED, [log.recorded("documents", dict(row._mapping))])


def _with_origins(connection: Connection, rows: Sequence[Row[tuple[object, ...]]]) -> list[Document]:
    places = tables.origins
    mine = select(places).where(places.c.document.in_([row.sha256 for row in rows])).order_by(places.c.id)
    firsts: dict[str, Origin] = {}
    for origin in connection.execute(mine):
        firsts.setdefault(origin.document, origin_of(origin))
    return [document_of(row, firsts[row.sha256]) for row in rows]


def _in_order(found: Iterable[Document]) -> list[Document]:
    # Sorted here and not by the database, so that every server's collation gives the same order.
    def key(document: Document) -> tuple[bool, str, str, str]:
        published = document.description.published
        return published is None, str(published or ""), document.name, document.sha256

    return sorted(found, key=key)


def document_of(row: Row[Any], origin: Origin) -> Document:
    """The document of a row, with its first origin."""
    return Document(
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        media_type=row.media_type,
        name=row.name,
        origin=origin,
        description=decode(Description, row.description),
        unreadable=None if row.unreadable is None else decode(Bilingual, row.unreadable),
    )


def origin_of(row: Row[Any]) -> Origin:
    """The origin of a row."""
    return Origin(where=row.place, by=row.obtained_by, at=datetime.fromisoformat(row.obtained_at))


def _encoded_reason(unreadable: Bilingual | None) -> str | None:
    return None if unreadable is None else encode(unreadable)
