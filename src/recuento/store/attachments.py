"""Queries on attachments: what came inside a document, and which documents something came in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from recuento.model.attachment import Attachment
from recuento.store import log, tables
from recuento.store.encoding import decode, encode


def add_all(connection: Connection, attachments: Sequence[Attachment]) -> int:
    """Add the attachments of documents, with their entries in the custody log; gives how many are new.

    What is noted at a position of a document stays: a container never changes.
    """
    table = tables.attachments
    new = 0
    for one in attachments:
        same = (table.c.parent == one.parent, table.c.position == one.position)
        if connection.scalar(select(table.c.id).where(*same)) is not None:
            continue
        values = {
            "parent": one.parent,
            "position": one.position,
            "document": one.document,
            "body": encode(one),
        }
        added = connection.execute(insert(table).values(**values))
        number = added.inserted_primary_key[0] if added.inserted_primary_key else 0
        log.append(connection, log.Act.OBTAINED, [log.recorded("attachments", {"id": number, **values})])
        new += 1
    return new


def of(connection: Connection, parent: str) -> list[Attachment]:
    """What came inside a document, in its order."""
    table = tables.attachments
    query = select(table.c.body).where(table.c.parent == parent).order_by(table.c.position)
    return [decode(Attachment, body) for body in connection.scalars(query)]


def containing(connection: Connection, document: str) -> list[Attachment]:
    """As what a document came inside others, the first noted first."""
    table = tables.attachments
    query = select(table.c.body).where(table.c.document == document).order_by(table.c.id)
    return [decode(Attachment, body) for body in connection.scalars(query)]


def below(connection: Connection, parent: str) -> list[str]:
    """The SHA-256 of every document that came inside a document, or inside one of those."""
    found: dict[str, None] = {}
    open_ = [parent]
    while open_:
        for one in of(connection, open_.pop()):
            if one.document is not None and one.document not in found and one.document != parent:
                found[one.document] = None
                open_.append(one.document)
    return list(found)


def depth(connection: Connection, document: str) -> int:
    """In how many messages, one inside the other, a document lies at most; a circle counts once."""
    seen = {document}
    above, steps = [document], 0
    while above:
        table = tables.attachments
        query = select(table.c.parent).where(table.c.document.in_(above))
        above = [parent for parent in set(connection.scalars(query)) if parent not in seen]
        seen.update(above)
        steps += bool(above)
    return steps


def all(connection: Connection) -> list[Attachment]:
    """Every attachment, by parent and position."""
    table = tables.attachments
    query = select(table.c.body).order_by(table.c.parent, table.c.position)
    return [decode(Attachment, body) for body in connection.scalars(query)]
