"""What a dossier holds of each event, and the other pages of each language, made in several processes: the same bytes
in the same order as in one.

A process is a copy of this one (fork), so that nothing is packed to be handed over but the files that are made. It is
done only where this process runs no other thread, whose locks a copy would hold for ever: on a server one works alone.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from recuento.publish.addresses import Addresses
from recuento.publish.event_page import Brief
from recuento.publish.files import event_feeds, event_files
from recuento.publish.formats.feeds import Past
from recuento.publish.gate import Finding, Gate
from recuento.publish.pages import Site
from recuento.publish.view import PublicDossier

_FEW = 150
"""Events up to which one process is quicker: starting others costs a tenth of a second each."""
_SHARE = 25
_MOST = 8


@dataclass(frozen=True, slots=True)
class Work:
    """What every process needs to know."""

    view: PublicDossier
    addresses: Addresses
    past: Past
    gate: Gate
    sites: Sequence[Site]
    """The pages of each language, indexed once for all processes."""


@dataclass(frozen=True, slots=True)
class Share:
    """The files of some events, and what must not leave and stands in them."""

    files: dict[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    briefs: tuple[dict[str, Brief], ...] = ()
    """What other pages tell of these events, in the order of the languages."""


def usual_jobs(events: int) -> int:
    """How many processes are worth it for so many events."""
    if events <= _FEW or not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


class Shares:
    """The shares of all events, begun at once, and after them the other pages; other work may be done before."""

    def __init__(self, work: Work, pool: ProcessPoolExecutor | None) -> None:
        self._work = work
        self._pool = pool
        ids = [event.id for event in work.view.events]
        self._parts = [ids[at : at + _SHARE] for at in range(0, len(ids), _SHARE)]
        self._begun = [self._begin(partial(_events_here, part)) for part in self._parts]

    def of_events(self) -> Iterator[Share]:
        """What there is of each event, in their order."""
        for begun in self._begun:
            yield begun()
        self._begun.clear()

    def other_pages(self, briefs: Sequence[dict[str, Brief]], sizes: Mapping[str, int]) -> list[Share]:
        """The other pages of each language, from what `of_events` told in it and the sizes of the downloads."""
        begun = [self._begin(partial(_others_here, at, told, sizes)) for at, told in enumerate(briefs)]
        return [one() for one in begun]

    def _begin(self, task: Callable[[], Share]) -> Callable[[], Share]:
        """Begin a task where there are processes; gives what waits for its end, or does it then."""
        future = None
        if self._pool is not None:
            with suppress(BrokenProcessPool):
                future = self._pool.submit(task)
        return partial(_ended, future, task)


@contextmanager
def shares(work: Work, jobs: int) -> Iterator[Shares]:
    """The shares of a dossier, made in so many processes."""
    global _work
    _work = work
    try:
        if jobs < 2:
            yield Shares(work, None)
            return
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(jobs, mp_context=fork, initializer=_settle) as pool:
            yield Shares(work, pool)
    finally:
        _work = None


def _settle() -> None:
    """In a process of the pool: what is shared stays where it is, and what is made is gone with its share anyway."""
    gc.freeze()
    gc.set_threshold(50_000)


def share_of(work: Work, ids: Sequence[str]) -> Share:
    """Pages, downloads and feeds of some events, searched."""
    view, addresses = work.view, work.addresses
    files: dict[str, bytes] = {}
    events = [event for id in ids if (event := view.event(id)) is not None]
    for event in events:
        files |= event_files(event, view, addresses)
    briefs: list[dict[str, Brief]] = []
    for site in work.sites:
        briefs.append({})
        for event in events:
            page, briefs[-1][event.id] = site.event_page(event)
            files |= page | event_feeds(event, view, addresses, site.tongue, work.past)
    return Share(files, _found(files, work.gate), tuple(briefs))


def _found(files: Mapping[str, bytes], gate: Gate) -> tuple[Finding, ...]:
    return tuple(finding for path in sorted(files) for finding in gate.findings(path, files[path]))


_work: Work | None = None
"""What the copies of this process find in place, set while they are made."""


def _events_here(ids: Sequence[str]) -> Share:
    assert _work is not None
    return share_of(_work, ids)


def _others_here(at: int, briefs: dict[str, Brief], sizes: Mapping[str, int]) -> Share:
    assert _work is not None
    files = _work.sites[at].other_pages(briefs, sizes)
    return Share(files, _found(files, _work.gate))


def _ended(future: Future[Share] | None, task: Callable[[], Share]) -> Share:
    """What a process made; made here where there is none, or the system killed it, as it does when memory is short."""
    try:
        return future.result() if future is not None else task()
    except BrokenProcessPool:
        return task()
