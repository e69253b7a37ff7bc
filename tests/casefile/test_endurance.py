"""Nothing lost, in the short form: kills, power cuts, failing writes, many writers; benchmarks/endurance.py is long.

Every trial is run with a promise broken as well, and must notice it.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import endurance_crowd as crowd
import endurance_trials as trials
from power_cuts import Disk, recorder, records
from recuento.store import durable

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its processes by fork")
needs_recorder = pytest.mark.skipif(
    sys.platform != "linux" or recorder() is None, reason="there is no C compiler, or this is no Linux"
)
CORE = ("preserve", "decide", "publish")
BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "endurance.py"


def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    """After each kill the casefile opens and verifies, what was said is there, nothing is there by half."""
    found = trials.kills(tmp_path, 8, acts=("preserve", "decide", "import", "publish", "checkpoint", "copy"))
    assert (found.lost, found.half, found.faults) == ([], [], [])


@needs_recorder
def test_power_cuts_lose_nothing(tmp_path: Path) -> None:
    """Whatever was not synced is thrown away, or a part of it: what was said is there all the same."""
    found = trials.power_cuts(tmp_path, 8, acts=(*CORE, "checkpoint"))
    assert found.losses.said > 0
    assert (found.losses.lost, found.losses.half, found.losses.faults) == ([], [], [])


@needs_recorder
@pytest.mark.parametrize("sabotage", ["no-folder-fsync", "normal"])
def test_power_cuts_find_what_was_not_synced(tmp_path: Path, sabotage: str) -> None:
    """Sabotage: folders that are not synced, or a database that does not wait for its disk, are found out."""
    found = trials.power_cuts(tmp_path, 12, acts=("decide", "preserve"), sabotage=sabotage, until_found=True)
    assert found.losses.total > 0


@needs_recorder
def test_failing_writes_are_told_and_lose_nothing(tmp_path: Path) -> None:
    """A disk that is full or fails in the middle: a message with place and way out, nothing lost, no repair needed."""
    found = trials.failing_writes(tmp_path, every=90, kinds=("ENOSPC", "EIO"), acts=("decide", "seal"))
    assert found.tried > 3
    assert found.bad == []
    assert found.losses.total == 0


def test_several_writers_lose_nothing_and_see_no_error(tmp_path: Path) -> None:
    """Six at once: each decision stands, nobody is shown an error."""
    found = crowd.writers(tmp_path, 6, 5, pause_seconds=0)
    assert (found.errors, found.lost, found.faults) == ([], 0, 0)
    assert len(found.seconds) == 30


def test_a_backup_made_in_use_is_whole(tmp_path: Path) -> None:
    """While others preserve and decide, a backup is one state of everything."""
    assert crowd.backups_in_use(tmp_path, 2) == (2, [])


def test_one_altered_byte_is_found_by_both_verifiers(tmp_path: Path) -> None:
    """In originals, tables, log and bag; and nothing is found once it is undone."""
    ours, theirs = crowd.altered_casefile(tmp_path / "ours", 15), crowd.altered_bag(tmp_path / "theirs", 15)
    assert (ours.missed, ours.intact, theirs.missed, theirs.intact) == ([], True, [], True)


def test_the_benchmark_notices_sabotage() -> None:
    """A trial with a promise broken ends in red, and the command says that it was noticed."""
    words = [sys.executable, str(BENCHMARK), "alterations", "--sabotage", "no-hash"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]
    assert "MISSED" in done.stdout and "sabotage no-hash: noticed" in done.stdout


@needs_recorder
def test_the_disk_of_the_trials_forgets_what_is_not_synced(tmp_path: Path) -> None:
    """Of three files, one not synced, one without its folder synced, one written for good, only the last is there."""
    library = recorder()
    assert library is not None
    root = tmp_path / "root"
    root.mkdir()
    program = (
        "import os, sys; from pathlib import Path; from recuento.store.durable import write_file\n"
        "root = Path(sys.argv[1])\n"
        "write_file(root / 'folder' / 'good', b'good')\n"
        "(root / 'not-synced').write_bytes(b'lost')\n"
        "file = os.open(root / 'no-name', os.O_WRONLY | os.O_CREAT); os.write(file, b'lost'); os.fsync(file)\n"
    )
    start = Disk(root)
    subprocess.run(
        [sys.executable, "-c", program, str(root)],
        env={
            **os.environ, "LD_PRELOAD": str(library), "DISK_ROOT": str(root),
            "DISK_LOG": str(tmp_path / "log"), "PYTHONPATH": str(Path(durable.__file__).parents[2]),
        },
        check=True,
    )  # fmt: skip
    for record in records(tmp_path / "log"):
        start.play(record)
    start.after_a_cut(tmp_path / "after", random.Random(1), "synced")
    there = {p.relative_to(tmp_path / "after").as_posix(): p for p in (tmp_path / "after").rglob("*") if p.is_file()}
    assert {name: path.read_bytes() for name, path in there.items()} == {"folder/good": b"good"}
