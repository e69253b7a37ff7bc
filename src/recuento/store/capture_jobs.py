"""The list of addresses still to be captured: each held by one process at a time, done once, and lost by none.

A job is taken with a lease. Whoever takes it over from a process that died gets a new fence number, and what the old
holder writes afterwards counts no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, func, insert, select, update

from recuento.store import tables
from recuento.store.encoding import decode, encode, instant
from recuento.values.bilingual import Bilingual

WAITING = "waiting"
VISITED = "visited"
"""The visit is over and told in `body`; its bytes are being kept."""
DONE = "done"


@dataclass(frozen=True, slots=True)
class Job:
    """One address to capture. `body` is what a visit that was not finished left to do, None before it."""

    id: int
    batch: str
    url: str
    source: Bilingual
    asked_by: str
    asked_at: datetime
    state: str
    holder: str | None
    held_until: datetime | None
    fence: int
    not_before: datetime | None
    body: str | None


def add(connection: Connection, batch: str, urls: Sequence[str], source: Bilingual, by: str, at: datetime) -> int:
    """Add addresses as one batch; where the same batch was begun and not finished nothing is added. Gives how many."""
    table = tables.capture_jobs
    begun = select(func.count()).select_from(table).where(table.c.batch == batch, table.c.state != DONE)
    if connection.scalar(begun) or not urls:
        return 0
    common = {"batch": batch, "source": encode(source), "asked_by": by, "asked_at": instant(at)}
    connection.execute(insert(table), [{**common, "url": url, "state": WAITING, "fence": 0} for url in urls])
    return len(urls)


def open_jobs(connection: Connection, batches: Iterable[str] | None = None) -> list[Job]:
    """The jobs that are not done, of these batches or of all, in the order in which they came."""
    table = tables.capture_jobs
    query = select(table).where(table.c.state != DONE).order_by(table.c.id)
    if batches is not None:
        query = query.where(table.c.batch.in_(list(batches)))
    return [_job(row) for row in connection.execute(query)]


def take(
    connection: Connection,
    id: int,
    holder: str,
    now: datetime,
    lease_seconds: float,
    is_dead: Callable[[str], bool],
) -> Job | None:
    """Take a job, None where it is done or somebody who is alive holds it."""
    table = tables.capture_jobs
    row = connection.execute(select(table).where(table.c.id == id)).one_or_none()
    if row is None or row.state == DONE:
        return None
    job = _job(row)
    held = job.holder is not None and job.holder != holder and job.held_until is not None and job.held_until > now
    if held and not is_dead(job.holder or ""):
        return None
    values = {
        "holder": holder,
        "held_until": instant(now + timedelta(seconds=lease_seconds)),
        "fence": job.fence + 1,
    }
    connection.execute(update(table).where(table.c.id == id).values(**values))
    return _job(connection.execute(select(table).where(table.c.id == id)).one())


def visited(connection: Connection, job: Job, body: str) -> bool:
    """Note what a visit found, before its bytes are kept; False where the job was taken over meanwhile."""
    return _change(connection, job, state=VISITED, body=body)


def visit_again(connection: Connection, job: Job) -> bool:
    """Forget a visit whose bytes were not kept."""
    return _change(connection, job, state=WAITING, body=None)


def postpone(connection: Connection, job: Job, until: datetime) -> bool:
    """Let go of a job until its site wants to be asked again."""
    return _change(connection, job, state=WAITING, body=None, holder=None, held_until=None, not_before=instant(until))


def done(connection: Connection, job: Job, capture: str | None) -> bool:
    """Finish a job, in the transaction that adds its capture; False where it was taken over meanwhile."""
    return _change(connection, job, state=DONE, body=None, holder=None, held_until=None, capture=capture)


def release(connection: Connection, holder: str) -> None:
    """Let go of whatever this holder still has, so that nobody waits for its lease to end."""
    table = tables.capture_jobs
    connection.execute(update(table).where(table.c.holder == holder).values(holder=None, held_until=None))


def _change(connection: Connection, job: Job, **values: str | None) -> bool:
    table = tables.capture_jobs
    mine = (table.c.id == job.id, table.c.fence == job.fence, table.c.state != DONE)
    return connection.execute(update(table).where(*mine).values(**values)).rowcount == 1


def _job(row: Row[tuple[object, ...]]) -> Job:
    return Job(
        id=row.id,
        batch=row.batch,
        url=row.url,
        source=decode(Bilingual, row.source),
        asked_by=row.asked_by,
        asked_at=datetime.fromisoformat(row.asked_at),
        state=row.state,
        holder=row.holder,
        held_until=_instant(row.held_until),
        fence=row.fence,
        not_before=_instant(row.not_before),
        body=row.body,
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
