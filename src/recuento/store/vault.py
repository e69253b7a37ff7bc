"""Queries on keepers, sealed sources, their keys and parts. What is added is an entry of the sealed tree of the log.

Keys and parts can be deleted for good. The opening of the entry that recorded one goes with it, and an erasure says
that it went and why: the log still holds, and nothing in it can be held against a guess any more.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from recuento.model.vault import Keeper, SealedPart, Source
from recuento.store import log, tables
from recuento.store.log import Act, Key
from recuento.values.bilingual import Bilingual


def keepers(connection: Connection) -> list[Keeper]:
    """Every keeper, those removed too, by name."""
    rows = connection.execute(select(tables.keepers).order_by(tables.keepers.c.id))
    return [Keeper(row.id, row.public_key, row.added_by, row.month, bool(row.removed)) for row in rows]


def keep_keeper(connection: Connection, keeper: Keeper) -> None:
    """Keep a keeper in the place of the one of that name."""
    values = {
        "id": keeper.id,
        "public_key": keeper.public_key,
        "added_by": keeper.added_by,
        "month": keeper.month,
        "removed": int(keeper.removed),
    }
    _keep_current(connection, tables.keepers, values, Act.REVOKED if keeper.removed else Act.GRANTED)


def sources(connection: Connection) -> list[Source]:
    """Every source, the destroyed ones too, by id."""
    rows = connection.execute(select(tables.sealed_sources).order_by(tables.sealed_sources.c.id))
    return [_source(row) for row in rows]


def find_source(connection: Connection, id: str) -> Source | None:
    """The source of that id, or None."""
    row = connection.execute(select(tables.sealed_sources).where(tables.sealed_sources.c.id == id)).first()
    return None if row is None else _source(row)


def keep_source(connection: Connection, source: Source) -> None:
    """Keep a source in the place of the one of that id."""
    values = {
        "id": source.id,
        "party": source.party,
        "called_es": source.called.es,
        "called_en": source.called.en,
        "public_key": source.public_key,
        "month": source.month,
    }
    _keep_current(connection, tables.sealed_sources, values, Act.DESTROYED if source.is_destroyed else Act.SEALED)


def keys(connection: Connection, source: str) -> dict[str, bytes]:
    """The key of a source as it is wrapped to each keeper, by name."""
    table = tables.sealed_keys
    rows = connection.execute(select(table).where(table.c.source == source).order_by(table.c.keeper))
    return {row.keeper: base64.b64decode(row.envelope) for row in rows}


def keep_key(connection: Connection, source: str, keeper: str, envelope: bytes) -> None:
    """Keep the key of a source, wrapped to a keeper who had none."""
    values = {"source": source, "keeper": keeper, "envelope": base64.b64encode(envelope).decode()}
    _add(connection, tables.sealed_keys, values, Act.GRANTED)


def parts(connection: Connection, source: str | None = None) -> list[SealedPart]:
    """What is sealed of a source, or of all, by id: the ids are random, so this order tells nothing."""
    table = tables.sealed_parts
    query = select(table).order_by(table.c.id)
    if source is not None:
        query = query.where(table.c.source == source)
    return [
        SealedPart(row.id, row.source, base64.b64decode(row.envelope), row.file, row.added_by, row.month)
        for row in connection.execute(query)
    ]


def count_parts(connection: Connection) -> dict[str, int]:
    """How many parts each source has."""
    table = tables.sealed_parts
    rows = connection.execute(select(table.c.source, func.count()).group_by(table.c.source))
    return {row[0]: row[1] for row in rows}


def keep_part(connection: Connection, part: SealedPart) -> None:
    """Keep a sealed part. Its file, if it has one, is on the disk already."""
    values = {
        "id": part.id,
        "source": part.source,
        "envelope": base64.b64encode(part.envelope).decode(),
        "file": part.file,
        "added_by": part.added_by,
        "month": part.month,
    }
    _add(connection, tables.sealed_parts, values, Act.SEALED)


def forget_keys(connection: Connection, source: str, keeper: str | None = None) -> int:
    """Delete the key of a source as it is wrapped to one keeper, or to all; gives how many were there."""
    table = tables.sealed_keys
    query = select(table.c.source, table.c.keeper).where(table.c.source == source)
    if keeper is not None:
        query = query.where(table.c.keeper == keeper)
    return _forget(connection, table, [tuple(row) for row in connection.execute(query)], "key")


def forget_parts(connection: Connection, source: str) -> int:
    """Delete all that is sealed of a source; gives how many parts it had."""
    table = tables.sealed_parts
    found = [tuple(row) for row in connection.execute(select(table.c.id).where(table.c.source == source))]
    return _forget(connection, table, found, "part")


def erased(connection: Connection) -> frozenset[int]:
    """The numbers of the entries of the sealed tree whose openings were deleted on purpose."""
    return frozenset(connection.scalars(select(tables.sealed_erasures.c.number)))


def confidential(connection: Connection) -> list[str]:
    """The SHA-256 of every document that is marked confidential, in order."""
    table = tables.confidential
    return list(connection.scalars(select(table.c.document).where(table.c.marked == 1).order_by(table.c.document)))


def mark(connection: Connection, document: str, *, by: str, month: str, marked: bool = True) -> bool:
    """Mark a document confidential, or take the mark away; gives whether anything changed."""
    if (document in confidential(connection)) == marked:
        return False
    values = {"document": document, "marked": int(marked), "marked_by": by, "month": month}
    _keep_current(connection, tables.confidential, values, Act.SEALED)
    return True


def _source(row: Any) -> Source:
    return Source(row.id, row.party, Bilingual(es=row.called_es, en=row.called_en), row.public_key, row.month)


def _add(connection: Connection, table: Table, values: dict[str, Any], act: Act) -> None:
    connection.execute(insert(table).values(**values))
    log.append(connection, act, [log.recorded(table.name, values)], "sealed")


def _keep_current(connection: Connection, table: Table, values: dict[str, Any], act: Act) -> None:
    (key,) = log.KEYS[table.name]
    if connection.scalar(select(table.c[key]).where(table.c[key] == values[key])) is None:
        connection.execute(insert(table).values(**values))
    else:
        connection.execute(update(table).where(table.c[key] == values[key]).values(**values))
    log.append(connection, act, [log.recorded(table.name, values)], "sealed")


def _forget(connection: Connection, table: Table, found: Iterable[Key], why: str) -> int:
    """Delete rows, and with each the opening of the entry that recorded it. Each has an entry of its own."""
    number = 0
    for key in found:
        columns = zip(log.KEYS[table.name], key, strict=True)
        connection.execute(delete(table).where(*(table.c[column] == value for column, value in columns)))
        for entry in _entries_naming(connection, table.name, key):
            openings = tables.custody_openings
            connection.execute(delete(openings).where(openings.c.tree == "sealed", openings.c.number == entry))
            _add(connection, tables.sealed_erasures, {"number": entry, "why": why}, Act.REVOKED)
        number += 1
    return number


def _entries_naming(connection: Connection, table: str, key: Key) -> list[int]:
    openings = tables.custody_openings
    fragment = log.canonical([table, list(key)])[:-1] + ","
    query = select(openings.c.number).where(
        openings.c.tree == "sealed", openings.c.opening.contains(fragment, autoescape=True)
    )
    return sorted(connection.scalars(query))
