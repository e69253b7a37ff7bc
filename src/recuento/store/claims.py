"""Queries on claims that people entered or imported. Every change is appended to a history, none is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, func, insert, select, update

from recuento.model.claim import Claim
from recuento.store import log, tables
from recuento.store.encoding import decode, encode, instant

Change = Literal["added", "changed", "same"]


@dataclass(frozen=True, slots=True)
class ClaimVersion:
    """A claim as somebody entered it at some time. The first is number 1."""

    number: int
    claim: Claim
    by: str
    at: datetime


def all(connection: Connection) -> list[Claim]:
    """Every claim as it is now, by id."""
    bodies = connection.scalars(select(tables.claims.c.body))
    return sorted((decode(Claim, body) for body in bodies), key=lambda claim: claim.id)


def find(connection: Connection, id: str) -> Claim | None:
    """The claim of that id as it is now, or None."""
    body = connection.scalar(select(tables.claims.c.body).where(tables.claims.c.id == id))
    return None if body is None else decode(Claim, body)


def upsert(connection: Connection, claim: Claim, by: str, at: datetime) -> Change:
    """Enter a claim, or change the one of the same id, and append it to the history; nothing where it is the same."""
    known = find(connection, claim.id)
    if known == claim:
        return "same"
    columns = {"event": claim.event, "measure": claim.measure, "party": claim.party, "body": encode(claim)}
    if known is None:
        connection.execute(insert(tables.claims).values(id=claim.id, **columns))
    else:
        connection.execute(update(tables.claims).where(tables.claims.c.id == claim.id).values(**columns))
    _append_version(connection, claim, by, at)
    return "added" if known is None else "changed"


def history(connection: Connection, id: str) -> list[ClaimVersion]:
    """Every version of a claim, the first first; empty where there is no such claim."""
    table = tables.claim_versions
    rows = connection.execute(select(table).where(table.c.claim == id).order_by(table.c.number))
    return [
        ClaimVersion(row.number, decode(Claim, row.body), row.changed_by, datetime.fromisoformat(row.changed_at))
        for row in rows
    ]


def _append_version(connection: Connection, claim: Claim, by: str, at: datetime) -> None:
    table = tables.claim_versions
    last = connection.scalar(select(func.max(table.c.number)).where(table.c.claim == claim.id))
    values = {
        "claim": claim.id,
        "number": (last or 0) + 1,
        "body": encode(claim),
        "changed_by": by,
        "changed_at": instant(at),
    }
    connection.execute(insert(table).values(**values))
    log.append(connection, log.Act.ENTERED, [log.recorded("claim_versions", values)])


def last_change(connection: Connection) -> datetime | None:
    """When a claim was last entered or changed; None where there is none."""
    at = connection.scalar(select(func.max(tables.claim_versions.c.changed_at)))
    return None if at is None else datetime.fromisoformat(at)
