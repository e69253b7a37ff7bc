"""A failed sync stops the casefile: for the program that met it, and by a note for every other one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from power_cuts import recorder
from recuento.store import stopping
from recuento.store.database import Database
from recuento.store.durable import write_file
from recuento.store.opening import open_database
from recuento.store.stopping import NOTE, DiskFailed, Stopped

needs_recorder = pytest.mark.skipif(
    sys.platform != "linux" or recorder() is None, reason="there is no C compiler, or this is no Linux"
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An open database in a folder of its own."""
    with open_database(tmp_path / "case" / "casefile.sqlite3", create=True) as one:
        yield one


@pytest.fixture(autouse=True)
def case(tmp_path: Path) -> Iterator[Path]:
    """The folder; what was stopped in it is forgotten afterwards."""
    folder = tmp_path / "case"
    folder.mkdir()
    yield folder
    stopping.lift(folder)


def write(database: Database) -> None:
    """Change something."""
    with database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO runs VALUES ('read', 'x', '1', '2', '3')")


def test_once_stopped_nothing_is_written_and_everything_is_read(database: Database, case: Path) -> None:
    """Neither rows nor files below the folder; elsewhere, and reading, goes on."""
    stopping.stop(case / "originals" / "ab")
    with pytest.raises(Stopped) as found:
        write(database)
    assert str(case) in found.value.en and str(case) in found.value.es
    with pytest.raises(Stopped):
        write_file(case / "checkpoints" / "one", b"x")
    assert not (case / "checkpoints").exists()
    write_file(case.parent / "backup", b"x")
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM runs").scalar() == 0


def test_the_note_stops_every_other_program_until_it_is_lifted(database: Database, case: Path) -> None:
    """What one program met, another that runs already refuses; once verified, it goes on."""
    (case / NOTE).write_text("x")
    with pytest.raises(Stopped):
        write(database)
    assert stopping.lift(case)
    write(database)
    assert not stopping.lift(case)


def test_a_failure_elsewhere_stops_nothing(database: Database, case: Path) -> None:
    """Such as on the stick that a backup is written to; nor does the name of a folder that only begins alike."""
    stopping.stop(case.parent / "stick" / "backup.tar")
    stopping.stop(case.with_name("case-2"))
    write(database)


@needs_recorder
def test_a_sync_that_fails_stops_whoever_met_it(case: Path) -> None:
    """A real failing sync, of the database and of an original: refused, and everything after it too."""
    library = recorder()
    assert library is not None
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(case)],
        env={
            **os.environ, "LD_PRELOAD": str(library), "DISK_ROOT": str(case),
            "PYTHONPATH": str(Path(stopping.__file__).parents[2]),
        },
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
    assert done.stdout.split() == ["DiskFailed", "Stopped", "Stopped", "DiskFailed", "Stopped", "Stopped"]
    assert (case / NOTE).is_file()


PROGRAM = """
import ctypes, mmap, sys
from pathlib import Path
from recuento.store import stopping
from recuento.store.opening import open_database
from recuento.store.originals import Originals

case = Path(sys.argv[1])
shared = mmap.mmap(-1, 8192)
address = ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(shared)))
database, originals = open_database(case / "casefile.sqlite3", create=True), Originals(case / "originals")

def row():
    with database.writing() as connection:
        connection.exec_driver_sql("INSERT OR REPLACE INTO runs VALUES ('read', 'x', '1', '2', '3')")

def told(act):
    try:
        act()
    except stopping.DiskFailed as error:
        return type(error).__name__
    return "written"

row()
originals.keep(b"one")
for first, second in ((row, lambda: originals.keep(b"two")), (lambda: originals.keep(b"three"), row)):
    shared[:8] = bytes(8)
    ctypes.CDLL(None).disk_fail(b"EIO 1 1", b"s", address)
    print(told(first), told(first), told(second))
    ctypes.CDLL(None).disk_fail(b"", b"", None)
    stopping.lift(case)
stopping.stop(case)
"""


def test_what_failed_is_a_disk_that_failed() -> None:
    """Whoever handles a failing disk handles a casefile that was stopped."""
    assert issubclass(Stopped, DiskFailed)
