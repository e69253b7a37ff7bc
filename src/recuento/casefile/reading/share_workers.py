"""Workers that read shares: each takes one at a time, so that what is under way never grows.

A worker hangs on one pipe. When whoever started it is killed, the pipe ends and the worker with it; a part it was
writing appears whole or not at all.
"""

from __future__ import annotations

import json
import multiprocessing
import signal
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from recuento.casefile.reading.document_streams import Share
from recuento.casefile.reading.parts_folder import Part
from recuento.casefile.reading.share_reading import read_share
from recuento.casefile.reading.statement_table import write_rows
from recuento.errors import RecuentoError
from recuento.read.rules import ReadingMode
from recuento.store.durable import write_file


@dataclass(frozen=True, slots=True)
class Task:
    """A share, how to read it, and where its rows and faults go."""

    share: Share
    mode: ReadingMode
    reader_version: str
    rows: Path
    faults: Path


class WorkerEnded(RecuentoError):
    """A worker died: out of memory, or ended from outside."""

    exit_code = 5


def do(task: Task) -> Part:
    """Read a share and write its part: first what could not be read, then the rows."""
    found = read_share(task.share, task.mode, task.reader_version)
    if found.faults:
        lines = "".join(json.dumps(fault, ensure_ascii=False) + "\n" for fault in found.faults)
        write_file(task.faults, lines.encode())
    write_rows(task.rows, found.rows)
    share = task.share
    return Part(share.number, share.digest, found.documents, len(found.rows), len(found.faults), found.passed_over)


def done(tasks: Iterable[Task], workers: int) -> Iterator[Part]:
    """Give the parts as they are finished, in any order; with one worker, here and in order.

    Raises WorkerEnded where a worker dies; what is finished by then is not lost.
    """
    if workers == 1:
        yield from map(_here, tasks)
        return
    crew = _Crew(workers)
    try:
        yield from crew.done(iter(tasks))
    finally:
        crew.dismiss()


def _here(task: Task) -> Part:
    answer = _tried(task)
    if isinstance(answer, _Failure):
        raise answer.error()
    return answer


class _Crew:
    """Processes that each hold one task at most."""

    def __init__(self, workers: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._processes: dict[Connection, BaseProcess] = {}
        self._busy: dict[Connection, Task] = {}
        for _ in range(workers):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), daemon=True)
            process.start()
            # Their end is closed here, so that the worker's death is the end of the pipe for us as well.
            theirs.close()
            self._processes[ours] = process

    def done(self, tasks: Iterator[Task]) -> Iterator[Part]:
        for pipe, task in zip(list(self._processes), tasks, strict=False):
            self._give(pipe, task)
        while self._busy:
            for pipe in [pipe for pipe in wait(list(self._busy)) if isinstance(pipe, Connection)]:
                part = self._taken(pipe)
                for following in islice(tasks, 1):
                    self._give(pipe, following)
                yield part

    def dismiss(self) -> None:
        """Send everybody home; whoever is in the middle of something is ended."""
        for pipe, process in self._processes.items():
            pipe.close()
            if pipe in self._busy:
                process.terminate()
            process.join()

    def _give(self, pipe: Connection, task: Task) -> None:
        self._busy[pipe] = task
        try:
            pipe.send(task)
        except OSError:
            raise self._ended(pipe) from None

    def _taken(self, pipe: Connection) -> Part:
        try:
            answer = pipe.recv()
        except (EOFError, OSError):
            raise self._ended(pipe) from None
        if isinstance(answer, _Failure):
            raise answer.error()
        assert isinstance(answer, Part)
        del self._busy[pipe]
        return answer

    def _ended(self, pipe: Connection) -> WorkerEnded:
        share = self._busy[pipe].share
        first, last = share.documents[0].id, share.documents[-1].id
        return WorkerEnded(
            f"a worker was ended while it read {first} to {last}, perhaps for want of memory: run the same command "
            "again to go on, with fewer --workers",
            f"un proceso terminó mientras leía de {first} a {last}, quizá por falta de memoria: repita la misma orden "
            "para continuar, con menos --workers",
        )


@dataclass(frozen=True, slots=True)
class _Failure:
    """What went wrong in a worker, as it can cross the pipe; `bug` is set where it is a bug of ours."""

    en: str = ""
    es: str = ""
    bug: str = ""

    def error(self) -> Exception:
        return RuntimeError(self.bug) if self.bug else RecuentoError(self.en, self.es)


def _tried(task: Task) -> Part | _Failure:
    try:
        return do(task)
    except RecuentoError as error:
        return _Failure(error.en, error.es)
    except OSError as error:
        reason = error.strerror or str(error)
        return _Failure(f"{task.rows} cannot be written: {reason}", f"no se puede escribir {task.rows}: {reason}")
    except Exception:
        return _Failure(bug=traceback.format_exc())


def _serve(pipe: Connection) -> None:
    # An interrupt from the keyboard reaches the whole group; whoever started us ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        answer = _tried(task)
        try:
            pipe.send(answer)
        except OSError:
            return
