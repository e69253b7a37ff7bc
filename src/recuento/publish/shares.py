"""What a dossier holds of each event, made in several processes: the same bytes in the same order as in one.

A process is a copy of this one (fork), so that nothing is packed to be handed over but the files that are made. It is
done only where this process runs no other thread, whose locks a copy would hold for ever: on a server one works alone.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field

from recuento.publish.addresses import Addresses
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


def usual_jobs(events: int) -> int:
    """How many processes are worth it for so many events."""
    if events <= _FEW or not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


@contextmanager
def shares(work: Work, jobs: int) -> Iterator[Iterator[Share]]:
    """The shares of all events, begun at once; whoever asks for them may do other work before."""
    ids = [event.id for event in work.view.events]
    parts = [ids[at : at + _SHARE] for at in range(0, len(ids), _SHARE)]
    if jobs < 2:
        yield (share_of(work, part) for part in parts)
        return
    global _work
    _work = work
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
            begun = [pool.submit(_share_here, part) for part in parts]
            yield (_ended(future, work, part) for future, part in zip(begun, parts, strict=True))
    finally:
        _work = None


def share_of(work: Work, ids: Sequence[str]) -> Share:
    """Pages, downloads and feeds of some events, searched."""
    view, addresses = work.view, work.addresses
    files: dict[str, bytes] = {}
    events = [event for id in ids if (event := view.event(id)) is not None]
    for event in events:
        files |= event_files(event, view, addresses)
    for site in work.sites:
        for event in events:
            files |= site.event_pages(event.id)
            files |= event_feeds(event, view, addresses, site.tongue, work.past)
    found = tuple(finding for path in sorted(files) for finding in work.gate.findings(path, files[path]))
    return Share(files, found)


_work: Work | None = None
"""What the copies of this process find in place, set while they are made."""


def _share_here(ids: Sequence[str]) -> Share:
    assert _work is not None
    return share_of(_work, ids)


def _ended(future: Future[Share], work: Work, part: Sequence[str]) -> Share:
    """What a process made; made here where the system killed it, as it does when memory is short."""
    try:
        return future.result()
    except BrokenProcessPool:
        return share_of(work, part)
