"""The command line as a user calls it: words, what was typed and the environment in; exit code and both streams out.

It runs in the process of the tests, through the same `main`, which spares the second that a new process takes to
start. What is about processes (kills, signals, terminals, start-up) starts one of its own.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recuento.cli.main import main


def recuento(
    *words: str, folder: Path | None = None, typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line in `folder` with these variables set."""
    streams = [io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="\n") for data in (typed.encode(), b"", b"")]
    with _as_in_a_terminal(streams, folder, environment):
        try:
            main(words)
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
    said = [stream.buffer.getvalue().decode() for stream in streams[1:]]
    return subprocess.CompletedProcess(words, code, *said)


def said(*words: object, typed: str = "") -> tuple[int, str]:
    """Exit code and everything printed, errors last, in English."""
    done = recuento(*map(str, words), "--lang", "en", typed=typed)
    return done.returncode, done.stdout + done.stderr


@contextmanager
def _as_in_a_terminal(
    streams: list[io.TextIOWrapper], folder: Path | None, environment: dict[str, str]
) -> Iterator[None]:
    before, here, held = dict(os.environ), Path.cwd(), (sys.stdin, sys.stdout, sys.stderr)
    os.environ.update(environment)
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        os.chdir(folder or here)
        yield
    finally:
        for stream in streams[1:]:
            stream.flush()
        sys.stdin, sys.stdout, sys.stderr = held
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)
