"""Work that a page does not wait for: one piece at a time, on a thread with a casefile of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.errors import RecuentoError
from recuento.store.durable import explanation


class Background:
    """The one piece of work under way for a page, if any. Any thread may ask."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.error: RecuentoError | None = None
        """Why the last piece did not end well."""

    @property
    def is_at_work(self) -> bool:
        """Whether a piece is under way."""
        return self._thread is not None and self._thread.is_alive()

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
            with Casefile.open(self._folder) as casefile:
                work(casefile)
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
