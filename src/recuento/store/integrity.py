"""What the tables themselves tell of damage: their file, their keys, and what disagrees with its own history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, text

from recuento.store import tables
from recuento.store.log import TREES


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A current row beside the last version in its history; None where one of the two is missing."""

    id: str
    row: Mapping[str, Any] | None
    last: str | None


def damage(connection: Connection) -> list[str]:
    """What SQLite finds wrong with the pages and indexes of its file. A server looks after its own."""
    if connection.dialect.name != "sqlite":
        return []
    return [said for (said,) in connection.execute(text("PRAGMA integrity_check")) if said != "ok"]


def loose_rows(connection: Connection) -> list[str]:
    """The table of every row that points at a row that is not there."""
    if connection.dialect.name != "sqlite":
        return []
    return [row[0] for row in connection.execute(text("PRAGMA foreign_key_check"))]


def mirrored_claims(connection: Connection) -> Iterator[Mirrored]:
    """Every claim beside its last version."""
    return _mirrored(connection, "claims", "claim_versions", "claim")


def mirrored_entries(connection: Connection) -> Iterator[Mirrored]:
    """Every entry of a list of names beside its last version."""
    return _mirrored(connection, "entries", "entry_versions", "entry")


def openings_without_entry(connection: Connection) -> list[tuple[str, int]]:
    """Openings of the custody log, by tree and number, that belong to no entry."""
    where, what = tables.custody_log, tables.custody_openings
    entries = {(row[0], row[1]) for row in connection.execute(select(where.c.tree, where.c.number))}
    openings = {(row[0], row[1]) for row in connection.execute(select(what.c.tree, what.c.number))}
    return sorted(openings - entries)


def entries_of_no_tree(connection: Connection) -> list[tuple[str, int]]:
    """Entries of the custody log, by tree and number, that are in a tree which does not exist."""
    table = tables.custody_log
    query = select(table.c.tree, table.c.number).where(table.c.tree.not_in(TREES))
    return sorted((row[0], row[1]) for row in connection.execute(query))


def _mirrored(connection: Connection, current: str, history: str, owner: str) -> Iterator[Mirrored]:
    now, then = tables.metadata.tables[current], tables.metadata.tables[history]
    last: dict[str, str] = {}
    for row in connection.execute(select(then.c[owner], then.c.body).order_by(then.c.number)):
        last[row[0]] = row[1]
    for row in connection.execute(select(now).order_by(now.c.id)):
        yield Mirrored(row.id, dict(row._mapping), last.pop(row.id, None))
    for id, body in sorted(last.items()):
        yield Mirrored(id, None, body)
