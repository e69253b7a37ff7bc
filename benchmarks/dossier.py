"""The bars of the public dossier: weight of an event page, speed of building, sameness of two builds, the gate.

    python benchmarks/dossier.py [--events N] [--figures N] [--jobs 1 2]

The dossier is the invented one of the tests, with more figures and more events; times are CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from recuento.errors import CheckFailed
from recuento.model.dossier import Dossier
from recuento.publish.build import build, build_edition
from recuento.values.bilingual import Bilingual

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "publish"))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of some work, and what it gave."""
    before = time.process_time()
    found = work()
    return time.process_time() - before, found


def timed_with_children(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """CPU seconds of some work with the processes it starts, wall seconds, and what it gave."""
    before, began = _cpu(), time.perf_counter()
    found = work()
    return _cpu() - before, time.perf_counter() - began, found


def built(dossier: Dossier, jobs: int) -> dict[str, bytes]:
    """The files of a dossier, made in so many processes."""
    return build_edition(dossier, jobs).files


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def event_pages(files: dict[str, bytes]) -> dict[str, bytes]:
    """The pages of events."""
    return {path: content for path, content in files.items() if "/s/" in path and path.endswith(".html")}


def repeated(dossier: Dossier, events: int) -> Dossier:
    """The dossier with its event told `events` times under other ids."""
    account = dossier.events[0]
    found = []
    for number in range(events):
        id = f"{account.event.id}-{number}"
        claims = tuple(replace(claim, id=f"{claim.id}-{number}", event=id) for claim in account.claims)
        by_id = {old.id: new for old, new in zip(account.claims, claims, strict=True)}
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    replace(c, said=tuple(replace(s, claim=by_id[s.claim.id], replaced_by=None) for s in c.said))
                    for c in row.cells
                ),
            )
            for row in account.table.rows
        )
        event = replace(account.event, id=id)
        table = replace(account.table, event=id, rows=rows)
        found.append(
            replace(account, event=event, claims=claims, table=table, balances=(), conflicts=(), demands=())
        )  # the proofs name the claims of the first event
    cast = replace(dossier.cast, events=tuple(account.event for account in found))
    return replace(dossier, events=tuple(found), cast=cast)


def stops_private_names(dossier: Dossier, name: str) -> bool:
    """Whether the build refuses a private name planted in a place that is told as it is."""
    account = dossier.events[0]
    event = replace(account.event, name=Bilingual(name, name))
    try:
        build(replace(dossier, events=(replace(account, event=event),)))
    except CheckFailed:
        return True
    return False


def main() -> None:
    """Measure and print."""
    from invented_dossier import PRIVATE_NAMES, many_claims, valdeoscuro  # type: ignore[import-not-found]

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=50)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], help="in how many processes, each measured")
    parser.add_argument("--figures", type=int, default=65, help="figures beyond the 25 of the invented dossier")
    options = parser.parse_args()
    dossier = valdeoscuro(unreviewed=True, extra=many_claims(options.figures))
    seconds, files = timed(lambda: build(dossier))
    for path, content in event_pages(files).items():
        weight = len(gzip.compress(content, 9, mtime=0)) / 1000
        figures = len(dossier.events[0].claims)
        print(f"{path}: {weight:.1f} kB gzipped with {figures} figures   bar 20 kB")
    print(f"one event, {len(files)} files: {seconds:.2f} s CPU")
    print(f"two builds equal to the byte: {'yes' if build(dossier) == files else 'NO'}")
    many = repeated(valdeoscuro(), options.events)
    files = {}
    for jobs in options.jobs:
        before = files
        seconds, wall, files = timed_with_children(partial(built, many, jobs))
        pages = sum(path.endswith(".html") for path in files)
        print(
            f"{options.events} events, {pages} pages, two languages, {jobs} processes: {seconds:.1f} s CPU, "
            f"{seconds / options.events * 1000:.1f} ms an event, {wall:.1f} s wall (load {os.getloadavg()[0]:.0f})"
        )
        if before:
            print(f"the same bytes in the same order: {'yes' if list(before.items()) == list(files.items()) else 'NO'}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    size = sum(map(len, files.values()))
    print(f"{size / 1e6:.0f} MB of files; most memory: {most[0] // 1000} MB here, {most[1] // 1000} MB in a process")
    stopped = sum(stops_private_names(dossier, name) for name in PRIVATE_NAMES)
    print(f"planted private names that stopped the build: {stopped} of {len(PRIVATE_NAMES)}")


if __name__ == "__main__":
    main()
