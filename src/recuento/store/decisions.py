"""Queries on decisions: appended and read. The database itself refuses to change or delete one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, insert, select

from recuento.model.decision import Act, Decision
from recuento.store import log, tables
from recuento.store.encoding import decode, encode, instant

_DETAILS = tuple[tuple[str, str], ...]


def append(
    connection: Connection,
    subject: str,
    act: Act,
    by: str,
    at: datetime,
    details: Sequence[tuple[str, str]] = (),
    why: str = "",
) -> Decision:
    """Append a decision, with its entry in the custody log, and return it with its number.

    It stands once the transaction is committed.
    """
    values = {
        "subject": subject,
        "act": act.value,
        "decided_by": by,
        "decided_at": instant(at),
        "details": encode(tuple(details), _DETAILS),
        "why": why,
    }
    added = connection.execute(insert(tables.decisions).values(**values))
    number = added.inserted_primary_key[0] if added.inserted_primary_key else 0
    log.append(connection, log.Act.DECIDED, [log.recorded("decisions", {"id": number, **values})])
    return Decision(id=number, subject=subject, act=act, by=by, at=at.astimezone(UTC), details=tuple(details), why=why)


def all(connection: Connection) -> list[Decision]:
    """Every decision, the first first."""
    return [_decision(row) for row in connection.execute(select(tables.decisions).order_by(tables.decisions.c.id))]


def since(connection: Connection, number: int) -> list[Decision]:
    """Every decision after the one of that number, the first first."""
    table = tables.decisions
    return [_decision(row) for row in connection.execute(select(table).where(table.c.id > number).order_by(table.c.id))]


def on(connection: Connection, subject: str) -> list[Decision]:
    """Every decision about one subject, the first first."""
    table = tables.decisions
    return [
        _decision(row)
        for row in connection.execute(select(table).where(table.c.subject == subject).order_by(table.c.id))
    ]


def _decision(row: Row[tuple[object, ...]]) -> Decision:
    details: tuple[tuple[str, str], ...] = decode(_DETAILS, row.details)
    return Decision(
        id=row.id,
        subject=row.subject,
        act=Act(row.act),
        by=row.decided_by,
        at=datetime.fromisoformat(row.decided_at),
        details=details,
        why=row.why,
    )
