"""Opening, migrating, locking: one writer at a time, readers at any time, and no surprise left unexplained."""

from __future__ import annotations

import io
import multiprocessing
import os
import shutil
import sqlite3
import threading
import time
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql

from recuento.errors import CasefileUnusable
from recuento.model.decision import Act
from recuento.store import decisions, migrating, schema, tables
from recuento.store.database import Database
from recuento.store.opening import open_database

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its other processes by fork")
NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)


def started(target: object, *arguments: object) -> BaseProcess:
    """A process of its own that runs `target`."""
    process = multiprocessing.get_context("fork").Process(target=target, args=arguments)  # type: ignore[arg-type]
    process.start()
    return process


def test_a_file_has_the_promised_settings(tmp_path: Path) -> None:
    """Write-ahead log, every commit synced, foreign keys on, strict tables."""
    with open_database(tmp_path / "casefile.sqlite3", create=True) as database, database.writing() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
        strict = connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict"
        ).scalars()
        assert set(tables.metadata.tables) == set(strict)
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


def test_the_migrations_make_the_tables_that_are_queried(database: Database) -> None:
    """What Alembic makes, revision by revision, is what `tables` says."""
    with database.writing() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_the_tables_can_be_written_down_for_postgresql() -> None:
    """The migrations say the same to PostgreSQL, in its words, also where there is none to try it."""
    written = io.StringIO()
    config = Config(output_buffer=written)
    config.set_main_option("script_location", str(migrating.FOLDER))
    config.attributes["dialect"] = postgresql.dialect().name
    command.upgrade(config, "head", sql=True)
    assert written.getvalue().count("CREATE TABLE") == len(tables.metadata.tables) + 1
    assert "STRICT" not in written.getvalue()


def test_a_raised_error_undoes_everything(database: Database) -> None:
    """What was written before an error in the same transaction is not there afterwards."""
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)
        raise ZeroDivisionError
    with database.reading() as connection:
        assert decisions.all(connection) == []


def test_a_reader_sees_one_state_and_writes_nothing(database: Database) -> None:
    """While somebody writes, a reader goes on seeing the state it started with; it can change nothing."""
    with database.reading() as before:
        assert decisions.all(before) == []
        with database.writing() as connection:
            decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)
        assert decisions.all(before) == []
    with database.reading() as after:
        assert len(decisions.all(after)) == 1
    with pytest.raises(CasefileUnusable), database.reading() as connection:
        decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)


def test_writing_inside_writing_is_a_bug(database: Database) -> None:
    """A second write transaction inside the first is refused at once rather than waiting for itself."""
    with database.writing(), pytest.raises(RuntimeError), database.writing():
        pass


def append_many(place: Path | str, by: str, count: int) -> None:
    """Append decisions, each in its own transaction."""
    with open_database(place) as database:
        for number in range(count):
            with database.writing() as connection:
                decisions.append(connection, f"{by}:{number}", Act.CONFIRM, by, NOON)


def test_processes_and_threads_that_write_at_once_lose_nothing(place: Path | str) -> None:
    """Three processes and three threads write together: every decision is there once, each one's in its order."""
    with open_database(place, create=True) as database:
        processes = [started(append_many, place, f"process{n}", 40) for n in range(3)]

        def append(by: str) -> None:
            for number in range(20):
                with database.writing() as connection:
                    decisions.append(connection, f"{by}:{number}", Act.CONFIRM, by, NOON)

        threads = [threading.Thread(target=append, args=(f"thread{n}",)) for n in range(3)]
        for thread in threads:
            thread.start()
        for each in (*threads, *processes):
            each.join()
        assert [process.exitcode for process in processes] == [0, 0, 0]
        with database.reading() as connection:
            found = decisions.all(connection)
    for by in {one.by for one in found}:
        assert [one.subject for one in found if one.by == by] == [f"{by}:{n}" for n in range(40 if "p" in by else 20)]
    assert len(found) == 180 and [one.id for one in found] == list(range(1, 181))


def hold(place: Path | str, is_held: object) -> None:
    """Write for ten seconds."""
    with open_database(place) as database, database.writing():
        is_held.set()  # type: ignore[attr-defined]
        time.sleep(10)


def test_a_busy_casefile_says_who_holds_it(place: Path | str) -> None:
    """Who waits too long is told which process writes; readers are not kept waiting; a dead holder holds nothing."""
    open_database(place, create=True).close()
    is_held = multiprocessing.get_context("fork").Event()
    holder = started(hold, place, is_held)
    assert is_held.wait(10)
    with open_database(place, busy_seconds=0.2) as database:
        with pytest.raises(CasefileUnusable, match=f"process {holder.pid}") as refused, database.writing():
            pass
        assert f"proceso {holder.pid}" in refused.value.es
        with database.reading() as connection:
            assert decisions.all(connection) == []
        holder.kill()
        holder.join()
        with database.writing() as connection:
            decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)


def test_a_program_without_our_lock_is_waited_for_too(tmp_path: Path) -> None:
    """Somebody who writes with another program makes us wait, then end with an explanation."""
    path = tmp_path / "casefile.sqlite3"
    with open_database(path, create=True, busy_seconds=0.2) as database:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CasefileUnusable, match="another program"), database.writing():
            pass
        other.close()


def test_closing_leaves_one_whole_file(tmp_path: Path) -> None:
    """After the last close everything is in the one file, so that it can be copied by hand."""
    path = tmp_path / "casefile.sqlite3"
    with open_database(path, create=True) as database, database.writing() as connection:
        decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)
    assert not path.with_name(path.name + "-wal").exists()
    copy = shutil.copy(path, tmp_path / "copy.sqlite3")
    with open_database(Path(copy)) as database, database.reading() as connection:
        assert len(decisions.all(connection)) == 1


def test_what_is_no_casefile_is_refused(tmp_path: Path) -> None:
    """A path without a file, a text and a database of something else are each refused in words."""
    (tmp_path / "notes.txt").write_text("hola " * 1000)
    with sqlite3.connect(tmp_path / "other.sqlite3") as other:
        other.execute("CREATE TABLE birds (name)")
    for name, words in (
        ("nothing.sqlite3", "there is no casefile"),
        ("notes.txt", "not a casefile"),
        ("other.sqlite3", "not a casefile"),
    ):
        with pytest.raises(CasefileUnusable, match=words) as refused:
            open_database(tmp_path / name)
        assert refused.value.exit_code == 5 and name in refused.value.es
    with pytest.raises(CasefileUnusable, match="no folder"):
        open_database(tmp_path / "no" / "casefile.sqlite3", create=True)


def test_a_newer_casefile_is_refused_untouched(place: Path | str) -> None:
    """A database of an unknown revision is not opened and not changed."""
    with open_database(place, create=True) as database, database.writing() as connection:
        decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = place.read_bytes() if isinstance(place, Path) else b""
    for create in (False, True):
        with pytest.raises(CasefileUnusable, match="newer version"):
            open_database(place, create=create)
    if isinstance(place, Path):
        assert place.read_bytes() == before
    with Database(place) as untouched, untouched.reading() as connection:
        assert len(decisions.all(connection)) == 1


NEXT = '''"""A later revision."""
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{last}"


def upgrade():
    op.create_table("birds", sa.Column("name", sa.Text))
    {more}
'''


def later_version(folder: Path, more: str = "") -> Path:
    """The migrations of an invented later version of Recuento."""
    migrations = folder / "migrations"
    shutil.copytree(migrating.FOLDER, migrations)
    (migrations / "versions" / "r9000_birds.py").write_text(NEXT.format(more=more, last=migrating.revisions()[-1]))
    return migrations


def test_a_copy_is_kept_before_a_migration(place: Path | str, tmp_path: Path) -> None:
    """An older casefile is brought up to date, with everything in it; the copy of it still is the older one."""
    later = later_version(tmp_path)
    with open_database(place, create=True) as database:
        with database.writing() as connection:
            decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)
        schema.bring_up_to_date(database, later, keep_in=tmp_path)
        with database.reading() as connection:
            assert len(decisions.all(connection)) == 1
            assert connection.exec_driver_sql("SELECT * FROM birds").all() == []
    with pytest.raises(CasefileUnusable, match="newer version"):
        open_database(place)
    (kept,) = tmp_path.glob("*.before-*")
    with open_database(kept) as older, older.reading() as connection:
        assert len(decisions.all(connection)) == 1


def test_a_migration_that_fails_changes_nothing(place: Path | str, tmp_path: Path) -> None:
    """When a migration breaks in the middle, the casefile is as it was and opens as before."""
    with open_database(place, create=True) as database:
        with pytest.raises(ZeroDivisionError):
            schema.bring_up_to_date(database, later_version(tmp_path, more="1 / 0"), keep_in=tmp_path)
        with database.reading() as connection:
            assert "birds" not in inspect(connection).get_table_names()
    open_database(place).close()


def test_a_copy_taken_while_others_write_is_whole(tmp_path: Path) -> None:
    """Each copy opens, passes SQLite's own check, and holds the decisions up to some moment, without a gap."""
    path = tmp_path / "casefile.sqlite3"
    with open_database(path, create=True) as database:
        writer = started(append_many, path, "ana", 60)
        for number in range(5):
            database.copy_to(tmp_path / f"copy{number}.sqlite3")
        writer.join()
    for number in range(5):
        with open_database(tmp_path / f"copy{number}.sqlite3") as copy, copy.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            found = decisions.all(connection)
            assert [one.subject for one in found] == [f"ana:{n}" for n in range(len(found))]
