"""Queries on lists of names and their entries. A changed row is appended to its history; no earlier one is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from recuento.model.people import ListEntry, NamesList
from recuento.store import log, tables
from recuento.store.encoding import decode, encode, instant
from recuento.store.locks import refuse_where_locked

_AT_ONCE = 5_000


def lists(connection: Connection) -> list[NamesList]:
    """Every list, by id."""
    bodies = connection.scalars(select(tables.people_lists.c.body).order_by(tables.people_lists.c.id))
    return [decode(NamesList, body) for body in bodies]


def find_list(connection: Connection, id: str) -> NamesList | None:
    """The list of that id, or None."""
    body = connection.scalar(select(tables.people_lists.c.body).where(tables.people_lists.c.id == id))
    return None if body is None else decode(NamesList, body)


def keep_list(connection: Connection, names: NamesList) -> None:
    """Keep a list in the place of the one of the same id. Raises Locked while the lists are locked."""
    refuse_where_locked(connection)
    table = tables.people_lists
    known = find_list(connection, names.id)
    if known == names:
        return
    values = {"id": names.id, "body": encode(names)}
    if known is None:
        connection.execute(insert(table).values(**values))
    else:
        connection.execute(table.update().where(table.c.id == names.id).values(**values))
    log.append(connection, log.Act.OBTAINED, [log.recorded("people_lists", values)], "sealed")


def entries(connection: Connection, list_id: str | None = None) -> Iterator[ListEntry]:
    """The entries as they are now, of one list or of all, by list and position."""
    table = tables.entries
    query = select(table.c.body).order_by(table.c.list, table.c.position, table.c.id)
    if list_id is not None:
        query = query.where(table.c.list == list_id)
    for body in connection.execution_options(stream_results=True).scalars(query):
        yield decode(ListEntry, body)


def find_entries(connection: Connection, ids: Iterable[str]) -> dict[str, ListEntry]:
    """The entries of these ids, as far as they are there."""
    table = tables.entries
    wanted = sorted(set(ids))
    found: dict[str, ListEntry] = {}
    for start in range(0, len(wanted), 500):
        query = select(table.c.body).where(table.c.id.in_(wanted[start : start + 500]))
        found.update((entry.id, entry) for body in connection.scalars(query) for entry in [decode(ListEntry, body)])
    return found


def bodies(connection: Connection, list_id: str) -> dict[str, str]:
    """The encoded entries of a list by id, to compare an import with."""
    table = tables.entries
    rows = connection.execute(select(table.c.id, table.c.body).where(table.c.list == list_id))
    return {row.id: row.body for row in rows}


def keep_entries(connection: Connection, kept: Iterable[ListEntry], *, by: str, at: datetime) -> None:
    """Keep entries in the place of those of the same ids, and append every one of them to its history."""
    refuse_where_locked(connection)
    waiting: list[ListEntry] = []
    for entry in kept:
        waiting.append(entry)
        if len(waiting) == _AT_ONCE:
            _keep(connection, waiting, by, at)
            waiting = []
    if waiting:
        _keep(connection, waiting, by, at)


def versions(connection: Connection, id: str) -> list[tuple[ListEntry, str, datetime]]:
    """Every version of an entry with who brought it and when, the first first."""
    table = tables.entry_versions
    rows = connection.execute(select(table).where(table.c.entry == id).order_by(table.c.number))
    return [(decode(ListEntry, row.body), row.changed_by, datetime.fromisoformat(row.changed_at)) for row in rows]


def fingerprint_parts(connection: Connection) -> Iterator[str]:
    """What a linking of all entries depends on: the lists and entries as they are, in a fixed order."""
    yield from connection.scalars(select(tables.people_lists.c.body).order_by(tables.people_lists.c.id))
    table = tables.entries
    yield from connection.execution_options(stream_results=True).scalars(select(table.c.body).order_by(table.c.id))


def count(connection: Connection) -> dict[str, int]:
    """How many entries each list has."""
    table = tables.entries
    rows = connection.execute(select(table.c.list, func.count()).group_by(table.c.list).order_by(table.c.list))
    return {row[0]: row[1] for row in rows}


def _keep(connection: Connection, kept: list[ListEntry], by: str, at: datetime) -> None:
    ids = [entry.id for entry in kept]
    last: dict[str, int] = {}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        table = tables.entry_versions
        query = select(table.c.entry, func.max(table.c.number)).where(table.c.entry.in_(some)).group_by(table.c.entry)
        last.update({row[0]: row[1] for row in connection.execute(query)})
        connection.execute(delete(tables.entries).where(tables.entries.c.id.in_(some)))
    coded = [(entry, encode(entry)) for entry in kept]
    connection.execute(
        insert(tables.entries),
        [{"id": entry.id, "list": entry.list, "position": entry.position, "body": body} for entry, body in coded],
    )
    appended = [
        {
            "entry": entry.id,
            "number": last.get(entry.id, 0) + 1,
            "body": body,
            "changed_by": by,
            "changed_at": instant(at),
        }
        for entry, body in coded
    ]
    connection.execute(insert(tables.entry_versions), appended)
    log.append(
        connection, log.Act.OBTAINED, [log.recorded("entry_versions", version) for version in appended], "sealed"
    )
