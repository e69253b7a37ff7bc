"""One advisory lock for everybody who writes to a casefile, on a file beside its database.

SQLite's own writers starve each other: with 32 of them the slowest waited 6.5 s; behind one file lock 0.16 s. The
lock also covers checkpoints and the closing of the last connection, where two processes at once have been unsafe.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from recuento.errors import CasefileUnusable
from recuento.store.durable import explained

_FIRST_PAUSE, _LAST_PAUSE, _OLD = 0.01, 0.001, 0.15
"""Seconds at most between two tries of who has just come and of who has waited long, and how long that is.

Who waits longest tries most often, so that turns come nearly in order; were its pauses the longest, whoever came last
would mostly go first. Played through with 32 writers that never rest, 3 to 6 ms a turn, 99 of 100 wait 0.33 s instead
of 0.66 at most. A queue of the system's own (flock that waits) is slower, since every turn then waits for a process to
be woken; it cannot be left after a time; and beside others who only try, those in it wait longest.
"""
_LONG, _LONG_PAUSE = 1.0, 0.005
"""After so many seconds somebody holds it for long, and there is no hurry."""

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """Windows locks bytes, and a locked byte cannot be read: lock one far behind the name of the holder."""

    def _try_to_lock(file: int) -> bool:
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
        os.lseek(file, _FAR, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _try_to_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class WriteLock:
    """The lock of one casefile: held by one thread of one process at a time, which may take it again inside."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._threads = threading.RLock()
        self._depth = 0
        self._file: int | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; raise CasefileUnusable, naming who holds it, when it is busy for too long."""
        if not self._threads.acquire(timeout=self._busy_seconds):
            raise self._busy()
        try:
            if self._depth == 0:
                self._take()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._release()
        finally:
            self._threads.release()

    def is_held(self) -> bool:
        """Whether somebody else holds it now. Who died holds nothing any more: the system frees it."""
        try:
            with self.held():
                return False
        except CasefileUnusable:
            return True

    def _take(self) -> None:
        with explained(self._path):
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                self._wait_for(file)
                _sign(file)
            except BaseException:
                os.close(file)
                raise
        self._file = file

    def _wait_for(self, file: int) -> None:
        began = time.monotonic()
        while not _try_to_lock(file):
            waited = time.monotonic() - began
            if waited > self._busy_seconds:
                raise self._busy()
            time.sleep(pause_after(waited) * random.uniform(0.5, 1))

    def _release(self) -> None:
        if self._file is None:
            return
        with suppress(OSError):
            os.ftruncate(self._file, 0)
        _unlock(self._file)
        os.close(self._file)
        self._file = None

    def _busy(self) -> CasefileUnusable:
        holder = self._holder()
        return CasefileUnusable(
            f"{self._path.parent} is being written to by {holder[1]}; tried for {self._busy_seconds:g} s. "
            "Wait for it to finish, or end it, and try again",
            f"{holder[0]} está escribiendo en {self._path.parent}; se intentó durante {self._busy_seconds:g} s. "
            "Espere a que termine, o ciérrelo, y vuelva a intentarlo",
        )

    def _holder(self) -> tuple[str, str]:
        try:
            number, _, program = self._path.read_text(encoding="utf-8", errors="replace").partition(" ")
        except OSError:
            number, program = "", ""
        if not number:
            return "otro programa", "another program"
        named = f" ({program})" if program else ""
        return f"el proceso {number}{named}", f"process {number}{named}"


def pause_after(waited: float) -> float:
    """The longest pause before the next try of who has waited so many seconds."""
    if waited > _LONG:
        return _LONG_PAUSE
    return max(_LAST_PAUSE, _FIRST_PAUSE - (_FIRST_PAUSE - _LAST_PAUSE) * waited / _OLD)


def _sign(file: int) -> None:
    os.ftruncate(file, 0)
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, f"{os.getpid()} {Path(sys.argv[0]).name}".encode("utf-8", "replace"))
