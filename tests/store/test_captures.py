"""Captures and the list of addresses, on every engine: only added, found again, held by one at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from recuento.model.capture import Capture, CaptureOutcome, Clocks, PagePart, Redirect, Screenshot, Security
from recuento.store import capture_jobs, captures, log
from recuento.store.database import Database
from recuento.values.bilingual import Bilingual

NOON = datetime(2031, 4, 2, 12, tzinfo=UTC)
WORDS = Bilingual(es="así", en="so")


def capture(id: str, url: str = "https://example.invalid/%_a") -> Capture:
    """A capture with every field told."""
    return Capture(
        id=id,
        url=url,
        outcome=CaptureOutcome.GONE,
        by="ana",
        source=WORDS,
        method=WORDS,
        clocks=Clocks(NOON, NOON, "ayer"),
        redirects=(Redirect(url, "https://example.invalid/b", 301),),
        security=Security("TLSv1.3", fault="expired"),
        screenshot=Screenshot(None, WORDS),
        parts=(PagePart("https://example.invalid/c.css", CaptureOutcome.BLOCKED, WORDS),),
    )


def test_what_is_added_is_found_again_and_once(database: Database) -> None:
    """Added twice it is there once, with one entry of the log for all of a lot; a row cannot be changed."""
    listed = [capture(f"urn:uuid:{number:04}") for number in range(3)]
    with database.writing() as connection:
        assert captures.add_all(connection, listed) == 3 and captures.add_all(connection, listed) == 0
        assert captures.all(connection) == listed and log.size(connection, "public") == 1
        assert captures.found(connection, listed[0].url) == listed
        assert captures.found(connection, "0002") == listed[2:] and captures.found(connection, "%") == []
        assert captures.known(connection, ["urn:uuid:0001", "x"]) == ["urn:uuid:0001"]
    with pytest.raises(DatabaseError), database.writing() as connection:
        connection.exec_driver_sql("UPDATE captures SET outcome = 'captured'")
    with pytest.raises(DatabaseError), database.writing() as connection:
        captures.add_all(connection, [Capture(**{**_fields(capture("x")), "document": "0" * 64})])


def test_a_job_is_done_once(database: Database) -> None:
    """One holder at a time; a lease that ended lets another in, and then the first one's word counts no more."""

    def nobody_died(holder: str) -> bool:
        return False

    with database.writing() as connection:
        urls = ["https://example.invalid/a", "https://example.invalid/b"]
        assert capture_jobs.add(connection, "lote", urls, WORDS, "ana", NOON) == 2
        assert capture_jobs.add(connection, "lote", urls, WORDS, "ana", NOON) == 0
        first, second = capture_jobs.open_jobs(connection)
        mine = capture_jobs.take(connection, first.id, "uno", NOON, 60, nobody_died)
        assert mine and not capture_jobs.take(connection, first.id, "dos", NOON, 60, nobody_died)
        theirs = capture_jobs.take(connection, first.id, "dos", NOON + timedelta(minutes=2), 60, nobody_died)
        assert (
            theirs and not capture_jobs.visited(connection, mine, "{}") and capture_jobs.done(connection, theirs, "x")
        )
        assert capture_jobs.take(connection, first.id, "uno", NOON + timedelta(hours=1), 60, nobody_died) is None
        later = capture_jobs.take(connection, second.id, "uno", NOON, 60, nobody_died)
        assert later and capture_jobs.postpone(connection, later, NOON + timedelta(days=1))
        (left,) = capture_jobs.open_jobs(connection, ["lote"])
        assert left.not_before == NOON + timedelta(days=1) and left.holder is None


def _fields(one: Capture) -> dict[str, object]:
    return {name: getattr(one, name) for name in Capture.__slots__}
