"""The review in the terminal: one key a statement, every decision kept, any decision undone."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from command_line import recuento
from invented import NOTE, SETTINGS
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.reading.reading import read_what_changed
from recuento.casefile.review.reviewing import reviews


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An invented casefile with one note read."""
    made = tmp_path / "case"
    made.mkdir()
    (made / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    at = datetime(2031, 4, 2, tzinfo=UTC)
    with Casefile.open(made) as casefile:
        preserve(casefile, [tmp_path / "note.txt"], by="t", at=at)
        read_what_changed(casefile, at=at)
    return made


def typed(folder: Path, keys: str) -> None:
    """Run the review in a terminal of its own and press these keys."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "recuento.cli.main", "review", "-C", str(folder), "--lang", "es"]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "dumb"})
    os.close(theirs)
    screen = b""
    for key in keys:
        while not screen.rstrip().endswith(b"termina"):
            screen += os.read(ours, 4096)
        time.sleep(0.5)  # Click throws away what is typed before it has set the terminal to single keys.
        os.write(ours, key.encode())
        screen = b""
    deadline = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        try:
            os.read(ours, 4096)
        except OSError:
            break
    assert process.wait(timeout=20) == 0
    os.close(ours)


def test_one_key_confirms_and_undo_takes_back(folder: Path) -> None:
    """a, x, u, q: the first is confirmed, the second rejected and taken back; three decisions are kept."""
    typed(folder, "axuq")
    with Casefile.open(folder) as casefile:
        decided = reviews(casefile)
    assert (len(decided.confirmed), len(decided.rejected), len(decided.decisions)) == (1, 0, 3)


def test_what_waits_can_be_listed_and_confirmed_at_once(folder: Path) -> None:
    """--json lists what waits; --confirm-all leaves nothing waiting."""

    def run(*words: str) -> str:
        done = recuento("review", *words, "-C", str(folder))
        assert done.returncode == 0
        return done.stdout

    assert json.loads(run("--json"))
    run("--confirm-all")
    assert json.loads(run("--json")) == []


def test_without_a_terminal_it_says_what_to_do_instead(folder: Path) -> None:
    """No traceback where a key cannot be asked for."""
    command = [sys.executable, "-m", "recuento.cli.main", "review", "-C", str(folder), "--lang", "en"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, start_new_session=True)
    assert done.returncode == 2
    assert "there is no terminal" in done.stderr and "--confirm-all" in done.stderr
    assert "Traceback" not in done.stderr
