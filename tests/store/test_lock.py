"""The lock of a casefile: one at a time, freed by who dies, and the longer one waits the more often one tries."""

import os
import signal
import time
from pathlib import Path

import pytest

from recuento.errors import CasefileUnusable
from recuento.store.lock import WriteLock, pause_after


def test_who_has_waited_longest_tries_most_often() -> None:
    """Pauses never grow while others take their turns: else whoever came last would mostly go first."""
    pauses = [pause_after(waited / 1000) for waited in range(1000)]
    assert pauses == sorted(pauses, reverse=True) and pauses[0] > 3 * pauses[-1] > 0
    assert pause_after(2) > pauses[-1], "who waits for an import of minutes need not hurry"


def test_who_dies_holds_nothing(tmp_path: Path) -> None:
    """A holder that is killed frees the lock, and who waits has it at once."""
    path = tmp_path / "a.lock"
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        with WriteLock(path, 1).held():
            os.write(tell, b"x")
            time.sleep(60)
    os.read(told, 1)
    assert WriteLock(path, 0.02).is_held()
    with pytest.raises(CasefileUnusable, match=str(child)), WriteLock(path, 0.02).held():
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with WriteLock(path, 1).held():
        assert not path.read_text(encoding="utf-8").startswith(f"{child} ")
