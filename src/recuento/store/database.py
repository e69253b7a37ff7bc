"""Open a casefile's database and hand out connections: one writer at a time, readers at any time.

A laptop has one SQLite file (write-ahead log, `synchronous=FULL`, foreign keys on); a server has PostgreSQL. Whoever
queries sees only a Core connection and cannot tell which it is.
"""

from __future__ import annotations

import random
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool, StaticPool

from recuento.errors import CasefileUnusable
from recuento.store import postgres, stopping
from recuento.store.lock import WriteLock
from recuento.store.postgres import ChangedMeanwhile
from recuento.store.server_address import ServerAddress, server_address
from recuento.store.stopping import DiskFailed

T = TypeVar("T")

SQLITE_FLOOR = (3, 37, 0)
"""STRICT tables came with it."""
BUSY_SECONDS = 15.0
TRIES = 6


class Database:
    """Connections to one database. Close it, or use it in a `with`; it closes itself when the program ends.

    Threads may share it. A forked process may not: it opens its own.
    """

    def __init__(
        self,
        place: Path | str,
        *,
        create: bool = False,
        busy_seconds: float = BUSY_SECONDS,
        beside: Path | None = None,
    ) -> None:
        """`beside` is the folder of a casefile whose tables are on a server: where that stops, nothing is written."""
        self.path = None if isinstance(place, str) and "://" in place else Path(place)
        self.address: ServerAddress | None = None
        self._lock: WriteLock | None = None
        self._mine = threading.local()
        self.kept: Path | None = None
        """Where the copy lies that was kept before the tables were brought up to date, if they were just now."""
        if self.path is None:
            self.address = server_address(str(place))
            self.name = str(self.address)
            self._writer, self._reader = postgres.engines(self.address, busy_seconds)
        else:
            self.name = str(self.path)
            _check_file(self.path, create)
            self._lock = WriteLock(self.path.with_name(self.path.name + ".lock"), busy_seconds)
            self._writer = _sqlite_writer(self.path, create, busy_seconds)
            self._reader = _sqlite_reader(self.path, busy_seconds)
        self._folder = self.path.parent if self.path is not None else beside
        if self._folder is not None:
            self._folder = self._folder.absolute()
            stopping.watch(self._folder)
        self._closing = weakref.finalize(self, _close, self._writer, self._reader, self._lock)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a write transaction, committed at the end, rolled back if anything is raised.

        Nobody else writes meanwhile. Raises CasefileUnusable where the casefile is busy for too long, the disk is full
        or cannot be written to; ChangedMeanwhile where another program than ours changed the same on a server.
        """
        with self._begun(self._writer) as connection:
            yield connection

    def write(self, task: Callable[[Connection], T]) -> T:
        """What `task` gives in a write transaction of its own; it is run again where another program interfered."""
        for number in range(1, TRIES):
            try:
                with self.writing() as connection:
                    return task(connection)
            except ChangedMeanwhile:
                time.sleep(random.uniform(0, 0.01 * 2**number))
        with self.writing() as connection:
            return task(connection)

    @contextmanager
    def preparing(self) -> Iterator[Connection]:
        """A write transaction in which the tables may be made or changed, also where there are none yet."""
        if self.path is not None:
            with self.writing() as connection:
                yield connection
            return
        with self._begun(self._writer.execution_options(preparing=True)) as connection:
            postgres.begin_preparing(connection)
            yield connection

    @contextmanager
    def _begun(self, writer: Engine) -> Iterator[Connection]:
        self._refuse_where_stopped()
        with self.alone(), self._explained():
            if getattr(self._mine, "writes", False):
                raise RuntimeError("a write transaction inside a write transaction")
            self._mine.writes = True
            try:
                with writer.begin() as connection:
                    yield connection
            finally:
                self._mine.writes = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state and can write nothing."""
        with self._explained(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other writers out without a transaction of one's own. Does nothing on a server, which does it itself."""
        if self._lock is None:
            yield
        else:
            with self._lock.held():
                yield

    def copy_to(self, target: Path) -> None:
        """Write a whole copy of an SQLite database to `target`, also while others write; syncing it is the caller's."""
        if self.path is None:
            raise ValueError("a database on a server is copied row by row: copying.snapshot")
        with self._explained(), closing(_connect(self.path, "ro", BUSY_SECONDS)) as source:
            source.execute("VACUUM INTO ?", (str(target),))

    def forget_deleted(self, tables: Sequence[str], *, rewrite: bool = False) -> None:
        """Leave no trace of rows that were deleted: SQLite zeroes them and its log is emptied here; a server rewrites
        `tables`. With `rewrite` an SQLite file is rewritten too, for what was deleted before it zeroed anything.

        Readers that look at an older state keep the log from being emptied; raises CasefileUnusable then.
        """
        self._refuse_where_stopped()
        if self.path is None:
            # A table is rewritten outside of any transaction.
            engine = self._writer.execution_options(vacuuming=True, isolation_level="AUTOCOMMIT")
            with self._explained(), engine.connect() as connection:
                for table in tables:
                    connection.exec_driver_sql(f"VACUUM (FULL) {table}")
            return
        with self.alone(), self._explained():
            connecting = _connect(self.path, "rw", 5.0)
            with closing(connecting):
                if rewrite:
                    connecting.execute("VACUUM")
                busy = connecting.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise CasefileUnusable(
                f"{self.name} is being read by another program, so traces of what was deleted are still in its log; "
                "close that program and give the same command again",
                f"otro programa está leyendo {self.name} y en su registro de escritura quedan rastros de lo borrado; "
                "cierre ese programa y repita la orden",
            )

    def _refuse_where_stopped(self) -> None:
        if self._folder is not None:
            stopping.refuse_where_stopped(self._folder)

    def close(self) -> None:
        """Close every connection; the last one to close an SQLite database empties its write-ahead log."""
        self._closing()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what a user can put right (busy, full, read-only, no database) into CasefileUnusable, not our bugs."""
        try:
            yield
        except (DBAPIError, sqlite3.DatabaseError) as error:
            if self.path is not None:
                found = _sqlite_explanation(error, self.name)
            else:
                found = postgres.explanation(error, self.name, self._reader) if isinstance(error, DBAPIError) else None
            if found is None:
                raise
            if isinstance(found, DiskFailed) and self._folder is not None:
                stopping.stop(self._folder)
            raise found from error

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _close(writer: Engine, reader: Engine, lock: WriteLock | None) -> None:
    reader.dispose()
    if lock is None:
        writer.dispose()
        return
    try:
        with lock.held():
            writer.dispose()
    except (CasefileUnusable, OSError):
        # Somebody else holds the lock for long, so theirs will be the last connection to close; or the folder is gone.
        writer.dispose()


def _check_file(path: Path, create: bool) -> None:
    if sqlite3.sqlite_version_info < SQLITE_FLOOR:
        raise CasefileUnusable(
            f"this Python has SQLite {sqlite3.sqlite_version}; 3.37 or newer is needed",
            f"este Python trae SQLite {sqlite3.sqlite_version}; se necesita 3.37 o más nuevo",
        )
    if not path.exists() and not create:
        raise CasefileUnusable(f"there is no casefile database at {path}", f"no hay base de expediente en {path}")
    if not path.parent.is_dir():
        raise CasefileUnusable(f"there is no folder {path.parent}", f"no existe la carpeta {path.parent}")


def _sqlite_writer(path: Path, create: bool, busy_seconds: float) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = _connect(path, "rwc" if create else "rw", busy_seconds)
        connection.execute("PRAGMA foreign_keys=ON")
        # What is deleted is overwritten with zeros: a row that is to be gone is gone from the file too.
        connection.execute("PRAGMA secure_delete=ON")
        # Without it a REPLACE would get round the triggers that refuse a DELETE.
        connection.execute("PRAGMA recursive_triggers=ON")
        if connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
            raise CasefileUnusable(
                f"{path} lies where SQLite cannot keep a write-ahead log; use a local disk",
                f"{path} está donde SQLite no puede llevar su registro de escritura; use un disco local",
            )
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _sqlite_reader(path: Path, busy_seconds: float) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: _connect(path, "ro", busy_seconds), poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _connect(path: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
    # No isolation level: the driver begins nothing by itself, the "begin" listeners do.
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=busy_seconds,
    )
    # Sorting would else leave rows in a temporary file outside of the casefile.
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def _sqlite_explanation(error: DBAPIError | sqlite3.DatabaseError, name: str) -> CasefileUnusable | None:
    told = error.orig if isinstance(error, DatabaseError) else error
    kind = DiskFailed if getattr(told, "sqlite_errorname", "") in _DISK_FAILED else CasefileUnusable
    for fragment, en, es in _EXPLAINED:
        if fragment in str(told):
            return kind(f"{name}: {en}", f"{name}: {es}")
    if isinstance(error, OperationalError | sqlite3.OperationalError) and "unable to open" in str(told):
        return CasefileUnusable(
            f"{name} cannot be opened: see that it is there, that it may be written to, and that not too many files "
            "are open (ulimit -n)",
            f"{name} no se puede abrir: vea que exista, que se pueda escribir en él y que no haya demasiados archivos "
            "abiertos (ulimit -n)",
        )
    return None


_DISK_FAILED = frozenset({"SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC"})
"""What SQLite calls a failed sync. A write that failed it undoes itself, and only then is tried anew."""
_EXPLAINED = (
    (
        "database is locked",
        "another program is writing to it; close it and try again",
        "otro programa está escribiendo en él; ciérrelo y vuelva a intentarlo",
    ),
    (
        "database or disk is full",
        "the disk is full; nothing was changed. Free some space and try again",
        "el disco está lleno; no se cambió nada. Libere espacio y vuelva a intentarlo",
    ),
    (
        "disk I/O error",
        "the disk failed while it was written to. Stop, check the disk, then run recuento verify; whether "
        "this last change is kept is not sure: look",
        "el disco falló al escribir. Deténgase, revise el disco y ejecute recuento verify; no es seguro que este "
        "último cambio haya quedado guardado: revíselo",
    ),
    (
        "readonly database",
        "it cannot be written to; check the permissions of the file and of its folder",
        "no se puede escribir en él; revise los permisos del archivo y de su carpeta",
    ),
    (
        "file is not a database",
        "this file is not a casefile database",
        "este archivo no es una base de expediente",
    ),
    (
        "disk image is malformed",
        "the file is damaged; restore the last backup",
        "el archivo está dañado; restaure la última copia de seguridad",
    ),
)
