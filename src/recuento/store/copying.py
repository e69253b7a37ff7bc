"""Copy every table of one casefile database into another, and tell by counts and hashes whether two are the same.

The tables are those that the migrations made in the target, whatever their number: what a later revision adds is
copied too. Rows go in the order of their keys, which is the same on SQLite and PostgreSQL.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, MetaData, Table, func, insert, select, text

from recuento.store.database import Database
from recuento.store.durable import move, sync_file
from recuento.store.migrating import revisions, upgrade

Progress = Callable[[int, int, str], None]
"""Rows done, rows in all, name of the table."""
_AT_ONCE = 1_000
_MIGRATIONS = "alembic_version"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a table holds: how many rows, and the SHA-256 of all of them in the order of their keys."""

    rows: int
    sha256: str


def copy_tables(
    source: Connection, target: Connection, *, total: int = 0, progress: Progress | None = None
) -> dict[str, Contents]:
    """Add every row of `source` to the empty tables of `target`, of the same revision; return what was read.

    `total` is how many rows there are, for `progress` to tell.
    """
    found = _tables(target)
    copied: dict[str, Contents] = {}
    done = 0
    for table in found:
        reading = _Reading()
        for rows in _in_pieces(source, table):
            _add(target, table, [reading.take(row) for row in rows])
            if progress:
                progress(done + reading.rows, total, table.name)
        _continue_numbering(target, table)
        copied[table.name] = reading.contents()
        done += reading.rows
    return copied


def contents(connection: Connection) -> dict[str, Contents]:
    """What every table of a casefile holds, by name."""
    found: dict[str, Contents] = {}
    for table in _tables(connection):
        reading = _Reading()
        for rows in _in_pieces(connection, table):
            for row in rows:
                reading.take(row)
        found[table.name] = reading.contents()
    return found


def counts(connection: Connection) -> dict[str, int]:
    """How many rows every table of a casefile has, by name."""
    return {table.name: _count(connection, table) for table in _tables(connection)}


def keep_as_file(connection: Connection, path: Path, revision: str) -> None:
    """Keep every table of `connection`, which is of `revision`, as an SQLite file at `path`, synced and checked."""
    unfinished = path.with_name(path.name + ".part")
    for left in unfinished.parent.glob(unfinished.name + "*"):
        left.unlink()
    with Database(unfinished, create=True) as file:
        with file.writing() as target:
            upgrade(target, revision=revision)
            copied = copy_tables(connection, target)
        with file.reading() as written:
            if contents(written) != copied:
                raise RuntimeError(f"{unfinished} is not what was read")
    unfinished.with_name(unfinished.name + ".lock").unlink(missing_ok=True)
    sync_file(unfinished)
    move(unfinished, path)


def snapshot(database: Database, target: Path) -> None:
    """Write all tables of a database in one state to `target`, an SQLite file, also while others write.

    Those of a server are read in one transaction, written, read back and compared.
    """
    if database.path is not None:
        database.copy_to(target)
        return
    with database.reading() as connection:
        keep_as_file(connection, target, revisions()[-1])


class _Reading:
    """Counts and hashes rows as they pass."""

    def __init__(self) -> None:
        self.rows = 0
        self._digest = hashlib.sha256()

    def take(self, row: dict[str, Any]) -> dict[str, Any]:
        """Note a row, and give it back."""
        self.rows += 1
        self._digest.update(json.dumps(row, sort_keys=True, separators=(",", ":")).encode())
        return row

    def contents(self) -> Contents:
        """What has passed so far."""
        return Contents(self.rows, self._digest.hexdigest())


def _tables(connection: Connection) -> list[Table]:
    """The tables that are there, each after those that it refers to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != _MIGRATIONS]


def _in_pieces(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key)
    # The option belongs to the query: on the connection it would stay for all that follow.
    for rows in connection.execute(query.execution_options(yield_per=_AT_ONCE)).mappings().partitions():
        yield [dict(row) for row in rows]


def _add(target: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if target.dialect.name == "postgresql":
        from recuento.store.postgres_line import send_rows  # Here, for it needs the driver.

        send_rows(target, table, rows)
    else:
        target.execute(insert(table), rows)


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _continue_numbering(connection: Connection, table: Table) -> None:
    """Let a server number the next row after the last one copied; SQLite does so by itself."""
    (first, *more) = table.primary_key
    if connection.dialect.name != "postgresql" or more or not isinstance(first.type, Integer):
        return
    last = connection.scalar(select(func.max(first)))
    if last is not None:
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"),
            {"table": table.name, "column": first.name, "last": last},
        )
