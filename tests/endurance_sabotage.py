"""Ways to break a promise on purpose, so that a trial which cannot fail is found out.

Some wait a moment where they are wrong, so that a few kills suffice to hit it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from recuento.casefile.documents import preserving
from recuento.casefile.keeping import verifying
from recuento.casefile.publishing import edition_folder
from recuento.casefile.review import reviewing
from recuento.store import database, durable, log, tables
from recuento.store.database import Database
from recuento.store.encoding import instant
from recuento.store.lock import WriteLock
from recuento.store.originals import Originals

_MOMENT = 0.02


def row_first() -> None:
    """The row of a document before its bytes."""
    real = preserving.preserve_bytes

    def preserve_bytes(casefile: Any, data: bytes, *rest: Any) -> Any:
        keep = Originals.keep
        sha256 = hashlib.sha256(data).hexdigest()
        Originals.keep = lambda self, data: sha256  # type: ignore[method-assign, assignment]
        try:
            done = real(casefile, data, *rest)
        finally:
            Originals.keep = keep  # type: ignore[method-assign]
        time.sleep(_MOMENT)
        casefile.originals.keep(data)
        return done

    preserving.preserve_bytes = preserve_bytes


def direct() -> None:
    """Files written under their own name, piece by piece, and the dossier file by file."""

    def write(path: Path, data: bytes, mode: int) -> bool:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for start in range(0, len(data), 4096):
                file.write(data[start : start + 4096])
                file.flush()
                time.sleep(_MOMENT / 10)
        return True

    def exchange(folder: Path, files: Mapping[str, bytes], changed: set[str]) -> None:
        for name in changed:
            write(folder / name, files[name], 0o644)

    durable._write = write
    edition_folder._exchange = exchange


def apart() -> None:
    """A decision and its entry in the log in two transactions."""

    def decide(casefile: Any, subjects: Any, act: Any, *, by: str, at: Any, **more: Any) -> None:
        for subject in subjects:
            row = {
                "subject": subject, "act": act.value, "decided_by": by, "decided_at": instant(at), "details": "[]",
                "why": "",
            }  # fmt: skip
            with casefile.database.writing() as connection:
                added = connection.execute(insert(tables.decisions).values(**row))
                id = added.inserted_primary_key[0] if added.inserted_primary_key else 0
            with casefile.database.writing() as connection:
                log.append(connection, log.Act.DECIDED, [log.recorded("decisions", {"id": id, **row})])

    import endurance_work

    endurance_work.decide = reviewing.decide = decide  # type: ignore[assignment]


class _Normal(sqlite3.Connection):
    def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        return super().execute(sql.replace("synchronous=FULL", "synchronous=NORMAL"), *rest)


def normal() -> None:
    """SQLite does not wait for its log to be on the disk."""

    def connect(path: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
        address = f"{path.resolve().as_uri()}?mode={mode}"
        return sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, timeout=busy_seconds, factory=_Normal
        )

    database._connect = connect


def no_lock() -> None:
    """Writers are not kept apart by the file lock, only by SQLite's own."""

    @contextmanager
    def held(self: WriteLock) -> Iterator[None]:
        yield

    WriteLock.held = held  # type: ignore[method-assign]


def plain_copy() -> None:
    """The database is copied as a file, while others write to it."""

    def copy_to(self: Database, target: Path) -> None:
        assert self.path is not None
        with self.path.open("rb") as reading, target.open("wb") as writing:
            while piece := reading.read(16_384):
                writing.write(piece)
                time.sleep(0.002)

    Database.copy_to = copy_to  # type: ignore[method-assign]


def go_on() -> None:
    """A failed sync is passed over."""
    real = os.fsync

    def fsync(file: int) -> None:
        try:
            real(file)
        except OSError:
            real(file)

    os.fsync = fsync  # type: ignore[assignment]


def not_stopped() -> None:
    """After a failed sync one goes on writing."""
    from recuento.store import stopping

    stopping.is_stopped = lambda folder: False


def no_log() -> None:
    """Rows are not held against the log, and the log not against itself."""
    verifying.row_faults = lambda connection, checks: iter(())

    def no_checks(casefile: Any, kept: Any) -> Any:
        return (), verifying.Verification(0, 0, 0, 0, ())

    verifying._custody = no_checks


def no_hash() -> None:
    """An original is trusted for being there."""
    Originals.is_whole = lambda self, sha256: self.path(sha256).is_file()  # type: ignore[method-assign]
    Originals.read = lambda self, sha256: self.path(sha256).read_bytes()  # type: ignore[method-assign]


SABOTAGE: Mapping[str, Callable[[], None]] = {
    "row-first": row_first,
    "direct": direct,
    "apart": apart,
    "normal": normal,
    "no-lock": no_lock,
    "plain-copy": plain_copy,
    "go-on": go_on,
    "not-stopped": not_stopped,
    "no-log": no_log,
    "no-hash": no_hash,
}
"""By name, as `benchmarks/endurance.py --sabotage` takes it. It holds for the process it is called in."""
LIES = {"no-fsync": "f", "no-folder-fsync": "d", "no-wal-fsync": "w"}
"""Sabotage by the disk: syncs of files, of folders, of the write-ahead log that do nothing."""
