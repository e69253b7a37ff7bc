"""Take the lists of names out of the tables and put them back, rows and openings of the log alike, in one transaction.

Which file holds what was taken out is a row of `sealed_locks`: while it is there the casefile is locked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from recuento.errors import CasefileUnusable
from recuento.store import log, tables
from recuento.store.triggers import unfrozen

_TAKEN = ("people_lists", "entries", "entry_versions", "pair_answers")
"""In the order in which rows may be put back: an entry refers to its list."""
_FROZEN = (("entry_versions", "delete"), ("pair_answers", "delete"))
_AT_ONCE = 1_000

TakenRow = tuple[str, Mapping[str, Any]]
"""Table and values of a row."""


def is_locked(connection: Connection) -> bool:
    """Whether the lists of names and the confidential originals are locked away."""
    return locked_in(connection) is not None


def locked_in(connection: Connection) -> str | None:
    """The name of the file that holds what was locked away, or None."""
    return connection.scalar(select(tables.sealed_locks.c.file))


def counts(connection: Connection) -> dict[str, int]:
    """What is locked away: how many of each kind. Empty where nothing is."""
    found = connection.scalar(select(tables.sealed_locks.c.counts))
    return {} if found is None else json.loads(found)


def refuse_where_locked(connection: Connection) -> None:
    """Raise CasefileUnusable while the lists are locked: what came in now could not be told from what is there."""
    if is_locked(connection):
        raise Locked


class Locked(CasefileUnusable):
    """What is asked for is locked away."""

    def __init__(self) -> None:
        super().__init__(
            "the lists of names are locked; a keeper opens them with: recuento unlock --keeper FILE",
            "las listas de nombres están cerradas; una persona custodia las abre con: recuento unlock --keeper ARCHIVO",
        )


def rows_to_take(connection: Connection) -> Iterator[TakenRow]:
    """Every row that is locked away: lists, entries, their history, answers on pairs, and the openings of all these."""
    for name in _TAKEN:
        table = tables.metadata.tables[name]
        query = select(table).order_by(*table.primary_key)
        for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
            yield name, dict(row._mapping)
    for values in _openings(connection):
        yield "custody_openings", values


def take_out(connection: Connection, file: str, counts: Mapping[str, int]) -> None:
    """Delete those rows, and note the file that holds them now."""
    with unfrozen(connection, _FROZEN):
        for name in reversed(_TAKEN):
            connection.execute(delete(tables.metadata.tables[name]))
    openings = tables.custody_openings
    numbers = [values["number"] for values in _openings(connection)]
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        connection.execute(delete(openings).where(openings.c.tree == "sealed", openings.c.number.in_(some)))
    connection.execute(insert(tables.sealed_locks).values(file=file, counts=log.canonical(dict(counts))))


def put_back(connection: Connection, rows: Iterable[TakenRow]) -> None:
    """Put the rows back, in the order in which they were taken, and note that nothing is locked any more."""
    waiting: list[dict[str, Any]] = []
    at = ""
    for name, values in rows:
        if name != at or len(waiting) == _AT_ONCE:
            _insert(connection, at, waiting)
            waiting, at = [], name
        waiting.append(dict(values))
    _insert(connection, at, waiting)
    connection.execute(delete(tables.sealed_locks))


def _insert(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(tables.metadata.tables[name]), rows)


def _openings(connection: Connection) -> list[dict[str, Any]]:
    """The openings of the entries of the sealed tree that are about lists, not about the vault."""
    where, what = tables.custody_log, tables.custody_openings
    same = (where.c.tree == what.c.tree) & (where.c.number == what.c.number)
    query = select(what, where.c.body).join_from(what, where, same).where(what.c.tree == "sealed")
    vault = {act.value for act in log.VAULT_ACTS}
    return [
        {"tree": row.tree, "number": row.number, "opening": row.opening}
        for row in connection.execute(query.order_by(what.c.number))
        if json.loads(row.body)["act"] not in vault
    ]
