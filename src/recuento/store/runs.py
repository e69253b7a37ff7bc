"""Queries on runs: which step has finished which subject, from which inputs (a fingerprint), in which version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from recuento.store import tables
from recuento.store.encoding import instant


def finished(connection: Connection, step: str, subject: str) -> str | None:
    """The fingerprint of the inputs that `step` last finished `subject` with, or None."""
    table = tables.runs
    return connection.scalar(select(table.c.fingerprint).where(table.c.step == step, table.c.subject == subject))


def all_finished(connection: Connection, step: str) -> dict[str, str]:
    """The fingerprints of everything that `step` has finished, by subject."""
    table = tables.runs
    rows = connection.execute(select(table.c.subject, table.c.fingerprint).where(table.c.step == step))
    return {row.subject: row.fingerprint for row in rows}


def finish(connection: Connection, step: str, subject: str, fingerprint: str, version: str, at: datetime) -> None:
    """Record, in the transaction that stores the result, that `step` has finished `subject`."""
    table = tables.runs
    connection.execute(delete(table).where(table.c.step == step, table.c.subject == subject))
    connection.execute(
        insert(table).values(
            step=step, subject=subject, fingerprint=fingerprint, version=version, finished_at=instant(at)
        )
    )


def forget(connection: Connection, step: str) -> None:
    """Forget what `step` has finished, so that all of it is out of date."""
    connection.execute(delete(tables.runs).where(tables.runs.c.step == step))
