"""The bars of the public dossier: weight of an event page, speed of building, sameness of two builds, the gate.

    python benchmarks/dossier.py [--events N] [--figures N]

The dossier is the invented one of the tests, with more figures and more events; times are CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from recuento.errors import CheckFailed
from recuento.model.dossier import Dossier
from recuento.publish import build
from recuento.values.bilingual import Bilingual

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "publish"))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of some work, and what it gave."""
    before = time.process_time()
    found = work()
    return time.process_time() - before, found


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
    seconds, files = timed(lambda: build(many))
    pages = sum(path.endswith(".html") for path in files)
    each = seconds / options.events
    print(f"{options.events} events, {pages} pages: {seconds:.2f} s CPU, {each * 1000:.0f} ms an event, two languages")
    stopped = sum(stops_private_names(dossier, name) for name in PRIVATE_NAMES)
    print(f"planted private names that stopped the build: {stopped} of {len(PRIVATE_NAMES)}")


if __name__ == "__main__":
    main()
