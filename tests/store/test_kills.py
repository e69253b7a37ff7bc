"""Nothing lost: kill -9 at any moment leaves a casefile that opens, with everything that was acknowledged in it."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import pytest

from recuento.model.document import Description, Document, Origin
from recuento.store import documents
from recuento.store.database import Database
from recuento.store.opening import open_database
from recuento.store.originals import Originals

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its other processes by fork")
NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)
KILLS = 40


def import_without_end(folder: Path, number: int, acknowledged: Pipe, row_first: bool) -> None:
    """Import invented documents until killed, and say of each, once it is kept, that it is."""
    originals = Originals(folder / "originals")
    chance = random.Random(number)
    with open_database(folder / "casefile.sqlite3") as database:
        while True:
            data = chance.randbytes(20_000)
            sha256 = hashlib.sha256(data).hexdigest()
            if row_first:
                add_row(database, sha256)
                originals.keep(data)
            else:
                originals.keep(data)
                add_row(database, sha256)
            acknowledged.send(sha256)


def add_row(database: Database, sha256: str) -> None:
    """The row of a document."""
    with database.writing() as connection:
        origin = Origin("carpeta", "ana", NOON)
        documents.add(connection, Document(sha256, 20_000, "text/plain", "nota", origin, Description()))


@dataclass
class Losses:
    """What a series of kills has cost."""

    acknowledged: int = 0
    rows_missing: int = 0
    rows_without_bytes: int = 0


def after_kills(folder: Path, kills: int, *, row_first: bool) -> Losses:
    """Kill an importing process again and again, and look at the casefile each time; sabotaged, until it shows."""
    chance = random.Random(11)
    path = folder / "casefile.sqlite3"
    open_database(path, create=True).close()
    losses = Losses()
    said: set[str] = set()
    for number in range(kills):
        receiving, sending = multiprocessing.Pipe(duplex=False)
        arguments = (folder, number, sending, row_first)
        process = multiprocessing.get_context("fork").Process(target=import_without_end, args=arguments)
        process.start()
        sending.close()
        said.add(receiving.recv())
        time.sleep(chance.uniform(0, 0.06))
        process.kill()
        process.join()
        said |= remaining(receiving)
        with open_database(path) as database, database.reading() as connection:
            rows = {document.sha256 for document in documents.all(connection)}
        originals = Originals(folder / "originals")
        losses.rows_missing += len(said - rows)
        losses.rows_without_bytes += sum(not originals.is_whole(sha256) for sha256 in rows)
        if row_first and losses.rows_without_bytes:  # Found: more kills would find it again.
            break
    losses.acknowledged = len(said)
    return losses


def remaining(receiving: Pipe) -> set[str]:
    """What a dead process had still said."""
    said = set()
    try:
        while True:
            said.add(receiving.recv())
    except (EOFError, OSError):
        return said


def test_kills_in_the_middle_of_imports_lose_nothing(tmp_path: Path) -> None:
    """After each of some dozens of kills: every acknowledged document has its row, every row its whole bytes."""
    losses = after_kills(tmp_path, KILLS, row_first=False)
    assert losses.acknowledged > KILLS
    assert (losses.rows_missing, losses.rows_without_bytes) == (0, 0)
    assert Originals(tmp_path / "originals").sweep(age_seconds_min=0) <= KILLS


def test_the_check_sees_a_row_written_first(tmp_path: Path) -> None:
    """Sabotage: with the row before the bytes, the same check must find rows without bytes."""
    assert after_kills(tmp_path, KILLS, row_first=True).rows_without_bytes > 0


def create(folder: Path) -> None:
    """Create a casefile's database."""
    open_database(folder / "casefile.sqlite3", create=True).close()


def test_kills_in_the_middle_of_creating_can_be_finished(tmp_path: Path) -> None:
    """A database whose creation was killed is made whole by creating again, and then opens as any other."""
    chance = random.Random(5)
    create(tmp_path)
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        process = multiprocessing.get_context("fork").Process(target=create, args=(folder,))
        process.start()
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        process.join()
        create(folder)
        with open_database(folder / "casefile.sqlite3") as database, database.reading() as connection:
            assert documents.all(connection) == []
