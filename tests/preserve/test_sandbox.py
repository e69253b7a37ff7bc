"""The child that reads foreign bytes reaches no file, no other program, no network and no other process."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from recuento.preserve.confinement import confine
from recuento.preserve.limits import Limits
from recuento.preserve.sandbox import is_complete

pytestmark = pytest.mark.skipif(not is_complete(), reason="this system has no Landlock or no known seccomp numbers")


def reached(attempt: Callable[[], object], *, confined: bool = True) -> bool:
    """Whether an attempt succeeds in a process of its own, confined as a reader of documents is, or not."""
    child = os.fork()
    if child == 0:
        code = 1
        with suppress(BaseException):
            if confined:
                confine(Limits(memory_bytes_max=4 << 30))
            attempt()
            code = 0
        os._exit(code)
    return os.waitpid(child, 0)[1] == 0


def attempts(secret: Path) -> dict[str, Callable[[], object]]:
    """What somebody who has taken over the reader would try."""
    tcp, unix = socket.socket(), secret.parent / "socket"
    return {
        "read a file of the casefile": secret.read_bytes,
        "list a folder": lambda: os.listdir(secret.parent),  # noqa: PTH208
        "list the home": lambda: os.listdir(Path.home()),  # noqa: PTH208
        "write a file": lambda: (secret.parent / "new").write_bytes(b""),
        "delete a file": (secret.parent / "loose").unlink,
        "change a file that is there": lambda: os.truncate(secret, 0),
        "send by UDP": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "open a local socket": lambda: socket.socket(socket.AF_UNIX).bind(str(unix)),
        "use a socket it was given": lambda: tcp.bind(("127.0.0.1", 0)),
        "run a program": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
        "start a process": lambda: subprocess.run(["true"], check=True),
        "signal another process": lambda: os.kill(os.getppid(), 0),
        "read another process": lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
    }


@pytest.mark.parametrize("name", attempts(Path("/nowhere/secret")))
def test_nothing_is_reached_that_could_be_without_the_sandbox(tmp_path: Path, name: str) -> None:
    """Each attempt fails inside, and succeeds in a process that is not confined: the trial can tell the two apart."""
    secret = tmp_path / "sealed"
    secret.write_bytes(b"who it was")
    (tmp_path / "loose").write_bytes(b"")
    attempt = attempts(secret)[name]
    assert not reached(attempt)
    assert secret.read_bytes() == b"who it was"
    assert reached(attempt, confined=False)


def test_python_still_finds_its_own_libraries() -> None:
    """A parser may bring in a module late."""

    def attempt() -> None:
        sys.modules.pop("colorsys", None)
        import colorsys

        assert colorsys.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)

    assert reached(attempt)


def test_a_reader_that_gives_up_is_seen_to_have_died() -> None:
    """abort() still ends a process by a signal, by which the jail knows a crash."""
    child = os.fork()
    if child == 0:
        faulthandler.disable()
        confine(Limits(memory_bytes_max=4 << 30))
        ctypes.CDLL(None).abort()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGABRT, signal.SIGSEGV, signal.SIGILL)
