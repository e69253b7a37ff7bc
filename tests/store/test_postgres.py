"""What only a server does: other programs on it, lines that break, passwords, its own ideas of order and of text."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from postgres_server import Server, wait_for
from recuento.errors import CasefileUnusable
from recuento.model.decision import Act
from recuento.model.people import ListEntry, NamesList
from recuento.store import database as module
from recuento.store import decisions, derived, people, postgres, tables
from recuento.store.database import Database
from recuento.store.derived import Result
from recuento.store.opening import open_database
from recuento.store.postgres import ChangedMeanwhile
from recuento.store.stopping import DiskFailed

NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)


@pytest.fixture
def name(server: Server) -> str:
    """A database with empty tables."""
    return server.new_database(ready=True)


@pytest.fixture
def team(server: Server, name: str) -> Iterator[Database]:
    """It, open."""
    with open_database(server.address(name)) as one:
        yield one


def body(connection: Connection) -> int:
    """The number that the tests below count up."""
    found = derived.find(connection, "test", "sum")
    assert found is not None
    return int(found.body)


def add_one(connection: Connection) -> int:
    """Read the number, and write the next: what is lost when two do it at once without seeing each other."""
    number = body(connection) + 1
    table = tables.derived
    connection.execute(table.update().where(table.c.step == "test").values(body=str(number)))
    return number


def elsewhere(server: Server, name: str) -> None:
    """Another program, which knows nothing of our lock, counts up by a hundred."""
    server.execute("UPDATE derived SET body = (body::int + 100)::text WHERE step = 'test'", name)


def test_what_another_program_changed_meanwhile_is_not_lost(server: Server, name: str, team: Database) -> None:
    """The server refuses our stale write; the task is run again on what is there now, and both changes stand."""
    team.write(lambda connection: derived.keep(connection, "test", "sum", Result("f", "0")))
    tries = []

    def task(connection: Connection) -> int:
        before = body(connection)
        tries.append(before)
        if len(tries) < 3:
            elsewhere(server, name)
        return add_one(connection)

    assert team.write(task) == 201
    assert tries == [0, 100, 200]


def test_a_write_that_cannot_be_run_again_says_so(server: Server, name: str, team: Database) -> None:
    """In a plain write transaction the same is an error in words, and nothing of ours is written."""
    team.write(lambda connection: derived.keep(connection, "test", "sum", Result("f", "0")))
    with pytest.raises(ChangedMeanwhile, match="at the same moment"), team.writing() as connection:
        body(connection)
        elsewhere(server, name)
        add_one(connection)
    with team.reading() as connection:
        assert body(connection) == 100


def test_trying_again_has_an_end(server: Server, name: str, team: Database) -> None:
    """A task that is disturbed every time ends with the error rather than never."""
    team.write(lambda connection: derived.keep(connection, "test", "sum", Result("f", "0")))
    tries = []

    def task(connection: Connection) -> None:
        tries.append(body(connection))
        elsewhere(server, name)
        add_one(connection)

    with pytest.raises(ChangedMeanwhile):
        team.write(task)
    assert len(tries) == module.TRIES


def test_two_of_ours_count_without_losing_any(server: Server, name: str, team: Database) -> None:
    """Read, add, write, from several threads and two databases objects at once: every one is counted."""
    team.write(lambda connection: derived.keep(connection, "test", "sum", Result("f", "0")))
    with open_database(server.address(name)) as other:

        def count(database: Database) -> None:
            for _ in range(15):
                with database.writing() as connection:
                    add_one(connection)

        threads = [threading.Thread(target=count, args=(one,)) for one in (team, other, team, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with team.reading() as connection:
        assert body(connection) == 60


def test_numbers_become_visible_in_their_order(team: Database) -> None:
    """Who reads on from the last decision seen misses none: no lower number appears after a higher one."""
    is_over = threading.Event()
    seen: list[list[int]] = [[]]

    def watch() -> None:
        while not is_over.is_set():
            with team.reading() as connection:
                seen.append([one.id for one in decisions.all(connection)])

    def decide() -> None:
        for _ in range(12):
            with team.writing() as connection:
                decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)

    watcher = threading.Thread(target=watch)
    deciders = [threading.Thread(target=decide) for _ in range(4)]
    for thread in (watcher, *deciders):
        thread.start()
    for thread in deciders:
        thread.join()
    is_over.set()
    watcher.join()
    with team.reading() as connection:
        seen.append([one.id for one in decisions.all(connection)])
    assert len(seen[-1]) == 48
    assert all(later[: len(earlier)] == earlier for earlier, later in pairwise(seen))


def cut_lines(server: Server, name: str) -> None:
    """End every connection to a database, as a restart of the server does."""
    server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def test_a_cut_line_is_told_and_mended(server: Server, name: str, team: Database) -> None:
    """Cut while writing: told in words, nothing written. Cut in between: nobody notices."""
    with pytest.raises(CasefileUnusable, match=r"stopped or started|line to the server"), team.writing() as connection:
        decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)
        cut_lines(server, name)
        decisions.append(connection, "b", Act.CONFIRM, "ana", NOON)
    with team.reading() as connection:
        assert decisions.all(connection) == []
    cut_lines(server, name)
    with team.writing() as connection:
        decisions.append(connection, "c", Act.CONFIRM, "ana", NOON)
    cut_lines(server, name)
    with team.reading() as connection:
        assert [one.subject for one in decisions.all(connection)] == ["c"]


def test_every_connection_has_the_promised_settings(team: Database) -> None:
    """Saved means on the disk; a transaction sees one state; a writer that falls silent is let go."""
    with team.writing() as connection:
        found = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("synchronous_commit", "transaction_isolation", "idle_in_transaction_session_timeout")
        }
        columns = connection.exec_driver_sql(
            "SELECT DISTINCT collation_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type = 'text'"
        )
        assert columns.scalars().all() == ["C"]
    assert found == {
        "synchronous_commit": "on",
        "transaction_isolation": "repeatable read",
        "idle_in_transaction_session_timeout": "10min",
    }
    with team.reading() as connection:
        assert connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"


def test_rows_come_in_the_order_of_a_file(team: Database, tmp_path: Path) -> None:
    """Whatever language the server sorts in, lists and entries come as they do from SQLite."""
    ids = ["a", "B", "ñ", "z", "á", "A", "-", "b", "Z", "10", "9", "𝔲", "\uffff"]
    found = []
    with open_database(tmp_path / "casefile.sqlite3", create=True) as file:
        for database in (team, file):
            with database.writing() as connection:
                for id in ids:
                    people.keep_list(connection, NamesList(id=id, name="L", source="l", sha256="0", columns=()))
                entries = [ListEntry(f"{id}/{n}", id, n, ()) for id in ids for n in range(2)]
                people.keep_entries(connection, entries, by="ana", at=NOON)
            with database.reading() as connection:
                found.append([[one.id for one in people.lists(connection)], [e.id for e in people.entries(connection)]])
    assert found[0] == found[1] and len(found[0][1]) == 26


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text(st.sampled_from("\0\uf8f0m0a")))
def test_any_text_comes_back(team: Database, text: str) -> None:
    """Every character that a text can hold, NUL too, is read back and found again, and different texts differ."""
    with team.writing() as connection:
        decisions.append(connection, "s" + text, Act.CONFIRM, "ana", NOON, why=text)
        found = decisions.on(connection, "s" + text)
        assert found and all((one.subject, one.why) == ("s" + text, text) for one in found)
        together = connection.scalar(select(func.count(tables.decisions.c.subject.distinct())))
        assert together == len({one.subject for one in decisions.all(connection)})


def test_rows_that_are_sent_at_once_keep_every_rule(team: Database) -> None:
    """What the database refuses row by row it refuses in bulk, as the same kind of error, and nothing of it stays."""
    from recuento.store.postgres_line import send_rows  # Here: without the driver this test is skipped, not broken.

    table = tables.origins
    row = {"id": 1, "document": "none", "place": "\\N", "obtained_by": "ana", "obtained_at": "\t"}
    with pytest.raises(DBAPIError, match="fk_origins_document"), team.writing() as connection:
        decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)
        send_rows(connection, table, [row])
    with team.reading() as connection:
        assert decisions.all(connection) == []


def test_a_reading_may_be_left_before_its_end(team: Database) -> None:
    """Rows that stream from the server need not all be taken."""
    with team.writing() as connection:
        people.keep_list(connection, NamesList(id="l", name="L", source="l", sha256="0", columns=()))
        entries = [ListEntry(f"l/{n}", "l", n, ()) for n in range(3000)]
        people.keep_entries(connection, entries, by="ana", at=NOON)
    with team.reading() as connection:
        assert next(people.entries(connection)).id == "l/0"
        assert people.count(connection) == {"l": 3000}
    with team.reading() as connection:
        assert sum(1 for _ in people.entries(connection)) == 3000


@pytest.mark.parametrize(
    ("change", "password", "words"),
    [
        ({"name": "nowhere"}, None, "no such database.*createdb"),
        ({}, "wrong", "does not let this user in"),
        ({"folder": "/nowhere"}, None, "no server answers"),
    ],
)
def test_a_server_that_cannot_be_used_is_explained(
    server: Server,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str],
    password: str | None,
    words: str,
) -> None:
    """No database, the wrong password, nobody there: each is told with the way out, never with the password."""
    if password:
        monkeypatch.setenv("PGPASSWORD", password)
    address = server.address(change.get("name", name))
    address = address.replace(str(server.folder), change.get("folder", str(server.folder)))
    with pytest.raises(CasefileUnusable, match=words) as refused:
        open_database(address)
    assert refused.value.exit_code == 5
    assert os.environ["PGPASSWORD"] not in str(refused.value) + refused.value.es


def test_a_line_is_protected_as_the_address_asks(server: Server, name: str) -> None:
    """Encrypted by `require`; `verify-full` wants the certificate and the name on it; what fails is told in words."""
    if not server.certificate.exists():
        pytest.skip("openssl is not there to make a certificate")
    known = f"sslrootcert={server.certificate}"
    for host, query, is_encrypted in (
        ("localhost", f"sslmode=verify-full&{known}", True),
        ("127.0.0.1", "sslmode=require", True),
        ("127.0.0.1", "sslmode=disable", False),
    ):
        address = f"postgresql://recuento@{host}:{server.port}/{name}?{query}"
        with open_database(address) as database, database.reading() as connection:
            words = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            assert connection.exec_driver_sql(words).scalar() is is_encrypted
    for host, query in (
        ("localhost", "sslmode=verify-full"),
        ("127.0.0.1", f"sslmode=verify-full&{known}"),
        ("localhost", "sslmode=verify-full&sslrootcert=/nowhere"),
    ):
        with pytest.raises(CasefileUnusable, match=r"no protected line.*sslrootcert"):
            open_database(f"postgresql://recuento@{host}:{server.port}/{name}?{query}")


def test_the_password_may_lie_in_a_file(
    server: Server, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """PGPASSFILE is read when a connection is made; one that others can read is refused."""
    kept = tmp_path / "passwords"
    kept.write_text(f"elsewhere:*:*:*:wrong\n*:*:{name}:*:{os.environ['PGPASSWORD']}\n")
    kept.chmod(0o600)
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", str(kept))
    open_database(server.address(name)).close()
    kept.chmod(0o644)
    with pytest.raises(CasefileUnusable, match="chmod 600"):
        open_database(server.address(name))


def test_a_database_of_something_else_is_refused(server: Server) -> None:
    """Another program's database is not touched, nor one that cannot hold every character."""
    birds, latin = server.new_database(), server.new_database("ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc")
    server.execute("CREATE TABLE birds (name text)", birds)
    with pytest.raises(CasefileUnusable, match="not a casefile"):
        open_database(server.address(birds))
    with pytest.raises(CasefileUnusable, match="UTF8"):
        open_database(server.address(latin))


def test_two_who_make_the_tables_at_once_make_them_once(server: Server) -> None:
    """Several open an empty database together: each of them gets a whole casefile."""
    address = server.address(server.new_database())
    faults: list[BaseException] = []

    def make() -> None:
        try:
            open_database(address).close()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    open_database(address).close()


def test_a_bug_of_ours_is_left_to_raise(team: Database) -> None:
    """Words that are no SQL are no fault of the user."""
    with pytest.raises(DBAPIError), team.writing() as connection:
        connection.exec_driver_sql("SELEC 1")


def test_nothing_of_the_server_is_loaded_for_a_file() -> None:
    """Who has no server neither needs the driver nor waits for it."""
    words = "import sys, recuento.store.database; print('pg8000' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_server_that_breaks_down_is_told_apart(server: Server, name: str, team: Database) -> None:
    """Killed in one process, as when a sync fails, it ends all others and starts anew; what was saved is there."""
    with team.writing() as connection:
        decisions.append(connection, "saved", Act.CONFIRM, "ana", NOON)
    with pytest.raises(CasefileUnusable, match="broke down"), team.writing() as connection:
        decisions.append(connection, "a", Act.CONFIRM, "ana", NOON)
        with open_database(server.address(name)) as other, other.reading() as reading:
            os.kill(reading.scalar(text("SELECT pg_backend_pid()")), signal.SIGKILL)
            time.sleep(0.3)
        decisions.append(connection, "b", Act.CONFIRM, "ana", NOON)
    wait_for(server)
    with team.reading() as connection:
        assert [one.subject for one in decisions.all(connection)] == ["saved"]


def test_a_failing_disk_of_the_server_is_told_as_such() -> None:
    """What the server says of its disk is told as such: stop, and do not go on."""
    said = DBAPIError("INSERT", None, Exception({"C": "58030", "M": "could not write"}))
    assert isinstance(postgres.explanation(said, "case", None), DiskFailed)  # type: ignore[arg-type]
