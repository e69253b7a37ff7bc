"""One budget of processor time for a document and for everything that came in it, however it is nested."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from recuento.preserve.limits import Limits

BUDGET_SECONDS = 9.0
"""Our own work and the jail's together. What ends it, a transaction, comes after: under 10 s in all."""


class Budget:
    """What is left of the time of one document. Our own part is that of the thread that began it."""

    def __init__(self, seconds: float) -> None:
        self.put_off = 0
        """How many questions were left for later."""
        self._seconds = seconds
        self._began = time.thread_time()

    def within(self, limits: Limits) -> Limits | None:
        """These limits, with no more time than is left; None where that is less than the second limits count in."""
        left = int(self._seconds - (time.thread_time() - self._began))
        return replace(limits, cpu_seconds_max=min(limits.cpu_seconds_max, left)) if left >= 1 else None

    def spend(self, seconds: float) -> None:
        """Count what the jail has used."""
        self._seconds -= seconds


_shared: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def one_budget(seconds: float = BUDGET_SECONDS) -> Iterator[Budget]:
    """Whatever the jail is asked in here by this thread comes out of one budget; inside another one, out of that."""
    if (outer := _shared.get()) is not None:
        yield outer
        return
    budget = Budget(seconds)
    token = _shared.set(budget)
    try:
        yield budget
    finally:
        _shared.reset(token)


def budget_here() -> Budget | None:
    """The budget that this thread works within; None where each question has its own limits alone."""
    return _shared.get()
