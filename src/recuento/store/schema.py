"""Bring a database up to date with the tables this version knows, and refuse one that a newer version made."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from recuento.errors import CasefileUnusable
from recuento.store import copying, postgres
from recuento.store.database import Database
from recuento.store.durable import explained, move, sync_file
from recuento.store.migrating import FOLDER, revisions, upgrade


def bring_up_to_date(database: Database, folder: Path = FOLDER, *, keep_in: Path | None = None) -> None:
    """Make or migrate the tables of `database`; a copy is kept before one with data is changed.

    The copy of an SQLite file lies beside it; that of a server's tables is an SQLite file of the same revision in
    `keep_in`, None keeps none. A migration that fails changes nothing on either. Alembic is imported only when there
    is something to do: opening a database that is up to date costs one query.
    """
    if database.path is None or (database.path.exists() and not _was_killed_while_made(database.path)):
        with database.reading() as connection:
            if _is_up_to_date(connection, database.name, folder):
                return
    with database.alone():
        with database.preparing() as connection:
            # Somebody else may have done it while we waited.
            if _is_up_to_date(connection, database.name, folder):
                return
            revision = _revision(connection)
            if database.path is None:
                # All in this one transaction, which keeps everybody else from writing, as the file's lock does.
                _bring_server_up_to_date(connection, database, folder, revision, keep_in)
                return
        if revision is not None:
            _keep_copy(database, database.path, revision, folder)
        with database.writing() as connection:
            upgrade(connection, folder)


def _was_killed_while_made(path: Path) -> bool:
    """Whether a rollback journal lies beside the file: only a writer can roll it back, a reader fails on it."""
    return path.with_name(f"{path.name}-journal").exists()


def _is_up_to_date(connection: Connection, name: str, folder: Path) -> bool:
    revision = _revision(connection)
    if revision is None:
        if inspect(connection).get_table_names():
            raise CasefileUnusable(f"{name} is not a casefile database", f"{name} no es una base de expediente")
        return False
    if revision not in revisions(folder):
        raise CasefileUnusable(
            f"{name} was made by a newer version of Recuento (its tables are of revision {revision}, "
            f"this version knows up to {revisions(folder)[-1]}); install the newer version to open it",
            f"{name} fue hecho por una versión más nueva de Recuento (sus tablas son de la revisión {revision}, "
            f"esta versión conoce hasta la {revisions(folder)[-1]}); instale la versión más nueva para abrirlo",
        )
    return revision == revisions(folder)[-1]


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _keep_copy(database: Database, path: Path, revision: str, folder: Path) -> None:
    kept = path.with_name(f"{path.name}.before-{revisions(folder)[-1]}-from-{revision}")
    unfinished = kept.with_name(kept.name + ".part")
    with explained(kept):
        unfinished.unlink(missing_ok=True)
        database.copy_to(unfinished)
        sync_file(unfinished)
        move(unfinished, kept)
    database.kept = kept


def _bring_server_up_to_date(
    connection: Connection, database: Database, folder: Path, revision: str | None, keep_in: Path | None
) -> None:
    postgres.check_server(connection, database.name)
    if revision is not None and keep_in is not None:
        kept = keep_in / f"casefile.sqlite3.before-{revisions(folder)[-1]}-from-{revision}"
        copying.keep_as_file(connection, kept, revision)
        database.kept = kept
    upgrade(connection, folder)
    postgres.compare_by_bytes(connection)
    postgres.refuse_truncate(connection)
