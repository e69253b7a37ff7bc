"""Work that a page does not wait for: one piece at a time, on a thread with a casefile of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from recuento.casefile.casefile import WORKBENCH, Casefile
from recuento.errors import CasefileUnusable, RecuentoError
from recuento.store.durable import explanation
from recuento.store.lock import WriteLock


class _Busy(Exception):
    """Another process does what was to be done."""


class Background:
    """The one piece of work under way for a page, if any. Any thread may ask.

    With `alone` no other process of the same casefile is at work on the same meanwhile, and all of them know of it.
    With `same` besides, every piece does what is left, whoever begins it: one that finds another at work is done.
    """

    def __init__(self, folder: Path, name: str, *, alone: bool = False, same: bool = False) -> None:
        self._folder = folder
        self._name = name
        self._same = same
        self._mark = folder / WORKBENCH / f"{name}.at-work" if alone else None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.error: RecuentoError | None = None
        """Why the last piece did not end well."""

    @property
    def is_at_work(self) -> bool:
        """Whether a piece is under way, in this process or, where it is done alone, in another."""
        if self._thread is not None and self._thread.is_alive():
            return True
        return self._mark is not None and self._mark.exists() and WriteLock(self._mark, 0).is_held()

    def start(self, work: Callable[[Casefile], None]) -> bool:
        """Begin, unless a piece is under way; gives whether this one was begun."""
        with self._lock:
            if self.is_at_work:
                return False
            self.error = None
            self._thread = threading.Thread(target=self._do, args=(work,), name=self._name, daemon=True)
            self._thread.start()
            return True

    def _do(self, work: Callable[[Casefile], None]) -> None:
        try:
            with self._held(), Casefile.open(self._folder) as casefile:
                work(casefile)
        except _Busy:
            return
        except RecuentoError as error:
            self.error = error
        except BaseException as error:
            told = explanation(error) if isinstance(error, OSError) else None
            self.error = told or RecuentoError(
                "this ended with a fault of our own; it is shown where recuento serve runs",
                "esto terminó con un fallo nuestro; se muestra donde corre recuento serve",
            )
            if told is None:
                raise

    @contextmanager
    def _held(self) -> Iterator[None]:
        if self._mark is None:
            yield
            return
        self._mark.parent.mkdir(mode=0o700, exist_ok=True)
        with ExitStack() as stack:
            try:
                # Long enough for others to have looked whether anybody is at work.
                stack.enter_context(WriteLock(self._mark, 2).held())
            except CasefileUnusable:
                if self._same:
                    raise _Busy from None
                raise
            yield
