"""A casefile whose folder goes away while it is open: one clear error, and nothing written where it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from recuento.casefile.casefile import Casefile
from recuento.errors import InvalidValue
from recuento.store.durable import make_folder, write_file, write_files
from recuento.store.vanishing import Vanished


def deleted(folder: Path) -> None:
    """As `rm -r` does."""
    shutil.rmtree(folder)


def unmounted(folder: Path) -> None:
    """The folder stays, as a mount point does, and is empty."""
    folder.rename(folder.with_name("elsewhere"))
    folder.mkdir()


def reads(casefile: Casefile) -> None:
    """Ask the tables."""
    with casefile.database.reading() as connection:
        connection.exec_driver_sql("SELECT 1 FROM runs")


def writes(casefile: Casefile) -> None:
    """Change the tables."""
    with casefile.database.writing() as connection:
        connection.exec_driver_sql("INSERT OR REPLACE INTO runs VALUES ('read', 'x', '1', '2', '3')")


ACTS: dict[str, Callable[[Casefile], object]] = {
    "reads": reads,
    "writes": writes,
    "opens again": lambda casefile: Casefile.open(casefile.folder),
    "keeps an original": lambda casefile: casefile.originals.keep(b"x"),
    "writes a file": lambda casefile: write_file(casefile.folder / "dossier" / "a", b"x"),
    "writes files": lambda casefile: write_files(casefile.folder / "dossier", {"a": b"x", "b/c": b"x"}),
    "makes a folder": lambda casefile: make_folder(casefile.folder / "people" / "work"),
    "scans": lambda casefile: list((casefile.folder / "originals").iterdir()),
}


@pytest.mark.parametrize("vanish", [deleted, unmounted])
@pytest.mark.parametrize("act", ACTS)
def test_whatever_is_tried_says_that_the_folder_is_gone(folder: Path, vanish: Callable[[Path], None], act: str) -> None:
    """In both languages, naming the folder; it is neither made anew nor filled."""
    with pytest.raises(Vanished) as found, Casefile.open(folder) as casefile:
        writes(casefile)
        casefile.originals.keep(b"original")
        vanish(folder)
        ACTS[act](casefile)
    assert f"{folder} is no longer there" in found.value.en
    assert f"{folder} ya no está" in found.value.es
    assert found.value.exit_code == 5
    assert not folder.exists() or not list(folder.iterdir())


def test_what_is_wrong_while_the_folder_is_there_is_told_as_it_is(folder: Path) -> None:
    """Neither a missing file of it nor a wrong value is taken for a folder that is gone."""
    with pytest.raises(FileNotFoundError), Casefile.open(folder):
        (folder / "missing").read_bytes()
    with pytest.raises(InvalidValue), Casefile.open(folder) as one:
        one.originals.read("no sha")


def test_a_bug_of_our_own_is_left_to_raise(folder: Path) -> None:
    """Also where the folder is gone."""
    with pytest.raises(ZeroDivisionError), Casefile.open(folder):
        shutil.rmtree(folder)
        _ = 1 / 0


def test_a_casefile_that_was_closed_may_be_made_anew(folder: Path) -> None:
    """Deleted after it was closed, its name is that of any other folder."""
    Casefile.open(folder).close()
    shutil.rmtree(folder)
    Casefile.create(folder, "another").close()


TAKEN_AWAY = """
import shutil, sys
folder, touch = sys.argv[1], int(sys.argv[2])
touches = 0

def take_away(event, arguments):
    global touches
    if event in ("open", "os.rename", "sqlite3.connect") and folder in str(arguments[0]):
        touches += 1
        if touches == touch:
            shutil.rmtree(folder)

sys.addaudithook(take_away)
from recuento.cli.main import main
main(["run", "-C", folder])
"""
"""Run the main job, and delete the casefile when the program touches it for that time."""


@pytest.mark.parametrize("touch", [20, 60])
def test_a_command_ends_in_one_line_wherever_it_was(folder: Path, touch: int) -> None:
    """Nothing is added at exit, where what is still open is closed."""
    words = [sys.executable, "-c", TAKEN_AWAY, str(folder), str(touch)]
    done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "LANG": "en_GB.UTF-8"}, check=False)
    assert done.returncode == 5, done.stderr
    assert done.stderr.splitlines()[-1].startswith(f"{folder} is no longer there")
    assert "Traceback" not in done.stderr
    assert not folder.exists()
