"""Locked and unlocked, also with kill -9 in between: never both lost, never half, nothing in clear while locked."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from custody_case import filled
from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.custody.wiping import wipe_folder
from recuento.casefile.keeping.bagging import export_bag
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.people.lists import lists_of, plan_list
from recuento.casefile.people.pair_decisions import answer
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.sealing.keepers import add_keeper
from recuento.casefile.sealing.locking import lock, unlock
from recuento.casefile.sealing.sealed_search import SealedSearch
from recuento.casefile.sealing.vault_files import envelope_path
from recuento.errors import CasefileUnusable, InvalidValue
from recuento.seal.errors import CannotOpen
from recuento.seal.keys import PrivateKey
from recuento.store import copying, locks
from recuento.store.locks import Locked
from vault_case import AT

KEY = PrivateKey.new()
NAMES = ("XIMENA", "PRUEBASOLA", "RAMIRO")
"""What stands in the list of names."""


@pytest.fixture
def casefile(tmp_path: Path) -> Iterator[Casefile]:
    """A casefile with lists, an answer on a pair, a confidential document, and a keeper whose key the test has."""
    with filled(tmp_path) as one:
        add_keeper(one, "eva", KEY.public, by="ana", at=AT)
        one.database.copy_to(one.folder / f"{DATABASE}.before-0099-from-0004")
        yield one


def state(casefile: Casefile) -> dict[str, object]:
    """Rows of every table that is locked away, and every file but those of the vault and the database."""
    with casefile.database.reading() as connection:
        rows = {name: one for name, one in copying.contents(connection).items() if name in ("entries", "people_lists")}
        rows["openings"] = [opening for _, opening in locks.rows_to_take(connection)]  # type: ignore[assignment]
    files = {
        str(path.relative_to(casefile.folder)): path.read_bytes()
        for path in casefile.folder.rglob("*")
        if path.is_file() and "sealed" not in path.parts
        and not (path.name == DATABASE or path.name.startswith((f"{DATABASE}-", f"{DATABASE}.lock")))
    }  # fmt: skip
    return {**rows, **files}


def in_clear(folder: Path) -> list[str]:
    """The files of a casefile in which a name stands in clear, in UTF-8 or UTF-16."""
    wanted = [form for name in NAMES for form in (name.encode(), name.lower().encode(), name.encode("utf-16-le"))]
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in wanted)
    )


def test_what_is_locked_is_not_there_and_comes_back_as_it_was(casefile: Casefile) -> None:
    """No name in any file while locked; afterwards every file, row and opening is the same, and all verifies."""
    before = state(casefile)
    marked = next(casefile.originals.all())
    assert in_clear(casefile.folder)
    done = lock(casefile, by="ana", at=AT)
    assert (done.lists, done.entries, done.originals, done.fresh) == (1, 2, 1, True)
    assert in_clear(casefile.folder) == []
    assert not casefile.originals.path(marked).exists()
    found = verify(casefile)
    assert (found.faults, found.locked) == ((), 1)
    assert lock(casefile, by="ana", at=AT).fresh is False
    unlock(casefile, KEY, by="eva", at=AT)
    assert state(casefile) == before
    assert verify(casefile).faults == ()
    with pytest.raises(CasefileUnusable, match="nothing is locked"):
        unlock(casefile, KEY, by="eva", at=AT)


def test_the_search_for_names_can_fail(casefile: Casefile) -> None:
    """Sabotage: with rows deleted by a connection that zeroes nothing, the same search finds them in the file."""
    lock(casefile, by="ana", at=AT)
    unlock(casefile, KEY, by="eva", at=AT)
    casefile.close()
    with closing(sqlite3.connect(casefile.folder / DATABASE, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for table in ("entries", "entry_versions", "people_lists"):
            connection.execute(f"DELETE FROM {table}")
    assert DATABASE in in_clear(casefile.folder)


def test_the_rest_works_while_it_is_locked(casefile: Casefile, tmp_path: Path) -> None:
    """The dossier is the same bytes; what needs the lists says so with the way out, and nothing is half done."""

    def built(name: str) -> dict[str, bytes]:
        publish(casefile, tmp_path / name, date(2031, 4, 30), search=SealedSearch(without_keeper=True))
        return {p.name: p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()}

    before = built("one")
    lock(casefile, by="ana", at=AT)
    assert built("other") == before
    for work in (
        lambda: lists_of(casefile),
        lambda: plan_list(casefile, tmp_path / "list.csv", "otra"),
        lambda: export_bag(casefile, tmp_path / "bag", by="ana", at=AT, lists=True),
    ):
        with pytest.raises(Locked, match="recuento unlock"):
            work()
    with pytest.raises((Locked, InvalidValue)):
        answer(casefile, "muro/1", "muro/2", "yes", by="ana", at=AT)
    assert not (casefile.folder / "people").exists()


def test_a_file_that_was_being_wiped_when_the_power_went_is_no_alteration(casefile: Casefile) -> None:
    """What a lock left by half in clear is told with the way to finish it, and the lists come back whole."""
    before = state(casefile)
    (kept,) = (casefile.folder / "people" / "originals").rglob("??*/*")
    name = kept.relative_to(casefile.folder)
    lock(casefile, by="ana", at=AT)
    wiped = casefile.folder / name
    wiped.parent.mkdir(parents=True)
    wiped.write_bytes(bytes(10))
    (fault,) = verify(casefile).faults
    assert "recuento lock again" in fault.en
    lock(casefile, by="ana", at=AT)
    assert not verify(casefile).faults and not wiped.exists()
    unlock(casefile, KEY, by="ana", at=AT)
    assert state(casefile) == before


def test_an_altered_file_is_refused_and_nothing_is_changed(casefile: Casefile) -> None:
    """A flipped byte, another key: it stays locked, and the right file opens it afterwards."""
    before = state(casefile)
    lock(casefile, by="ana", at=AT)
    with casefile.database.reading() as connection:
        name = locks.locked_in(connection)
    assert name is not None
    path = envelope_path(casefile, name)
    whole = path.read_bytes()
    chance = random.Random(4)
    for _ in range(10):
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(CannotOpen):
            unlock(casefile, KEY, by="eva", at=AT)
    path.write_bytes(whole)
    with pytest.raises(InvalidValue):
        unlock(casefile, PrivateKey.new(), by="eva", at=AT)
    assert in_clear(casefile.folder) == []
    path.unlink()
    assert any("is missing" in fault.en for fault in verify(casefile).faults)
    path.write_bytes(whole)
    unlock(casefile, KEY, by="eva", at=AT)
    assert state(casefile) == before


def test_a_lock_that_somebody_made_up_is_a_fault(casefile: Casefile) -> None:
    """Rows deleted and called locked: no act says so, and the check names it."""
    with casefile.database.writing() as connection:
        locks.take_out(connection, "0" * 32, {"lists": 1})
    assert any(fault.place == "sealed_locks" for fault in verify(casefile).faults)


def lock_and_unlock_without_end(folder: Path, files_first: bool) -> None:
    """Lock and unlock until killed; with `files_first` what lies in clear goes before the row that names the file."""
    take_out = locks.take_out

    def too_early(connection: Connection, file: str, counts: dict[str, int]) -> None:
        wipe_folder(folder / "people")
        time.sleep(0.1)
        take_out(connection, file, counts)

    if files_first:
        locks.take_out = too_early  # type: ignore[assignment]
    with Casefile.open(folder) as casefile:
        while True:
            lock(casefile, by="ana", at=AT)
            unlock(casefile, KEY, by="eva", at=AT)


def different_after_kills(casefile: Casefile, kills: int, *, files_first: bool) -> int:
    """Kill a process that locks and unlocks, finish what it left, and count how often it is not as it was before."""
    before, folder = state(casefile), casefile.folder
    casefile.close()
    chance, different = random.Random(2), 0
    for number in range(kills):
        arguments = (folder, files_first)
        process = multiprocessing.get_context("fork").Process(target=lock_and_unlock_without_end, args=arguments)
        process.start()
        time.sleep(0.05 + chance.uniform(0, 0.7))
        process.kill()
        process.join()
        with Casefile.open(folder) as again:
            if number % 2:
                lock(again, by="ana", at=AT)
                different += in_clear(folder) != [] or verify(again).faults != ()
            with again.database.reading() as connection:
                locked = locks.is_locked(connection)
            if locked:
                unlock(again, KEY, by="eva", at=AT)
            different += state(again) != before
    return different


@pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its other processes by fork")
def test_kills_lose_nothing_and_leave_no_half(casefile: Casefile) -> None:
    """After each kill the same command finishes: unlocked, all is as it was; locked, no name is in clear."""
    assert different_after_kills(casefile, 12, files_first=False) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its other processes by fork")
def test_the_kills_find_the_wrong_order(casefile: Casefile) -> None:
    """Sabotage: with the plain files removed before the row that says where they went, kills lose them."""
    assert different_after_kills(casefile, 12, files_first=True) > 0


@pytest.mark.parametrize("server", [True])
def test_a_server_is_locked_too(tmp_path: Path, server: bool) -> None:
    """On PostgreSQL the rows go and come back; the files as well."""
    from custody_case import NAMES as LIST
    from postgres_server import server_or_skip
    from recuento.casefile.people.lists import apply_list
    from vault_case import keepers_in

    running = server_or_skip()
    case = tmp_path / "case"
    case.mkdir()
    address = running.address(running.new_database())
    (case / "recuento.toml").write_text(f'[casefile]\nname = "x"\n[store]\naddress = "{address}"\n', encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    with Casefile.open(case) as casefile:
        keys = keepers_in(casefile)
        apply_list(casefile, plan_list(casefile, tmp_path / "list.csv", "muro"), by="ana", at=AT)
        before = state(casefile)
        assert lock(casefile, by="ana", at=AT).entries == 2
        assert in_clear(case) == [] and verify(casefile).faults == ()
        unlock(casefile, keys.luis, by="luis", at=AT)
        assert state(casefile) == before and verify(casefile).faults == ()
