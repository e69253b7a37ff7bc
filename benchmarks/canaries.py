"""Planted private values: random dossiers published, edited, published, retracted, published; then every byte searched.

    python benchmarks/canaries.py [--cases N] [--casefiles N] [--seed S] [--jobs N] [--sabotage]

The generators and the search are those of tests/planted_dossiers.py and tests/planted_casefiles.py;
the search shares nothing with the gate. `--cases` are dossiers, where the private values alone are then changed as
well and every public byte compared; `--casefiles` are whole casefiles on disk with planted settings, tables, lists,
texts and metadata of originals, whose earlier editions are searched too. `--sabotage` publishes without the gate,
which must show leaks. Times are CPU seconds of all processes.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from recuento.publish.gate import Gate

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

_MEMORY = Path("/dev/shm")
_SHARE = 20
"""Cases that a process does at a time."""


def dossiers(seeds: range) -> Any:
    """What came of these dossiers."""
    from planted_dossiers import Tally, one_case  # type: ignore[import-not-found]

    tally = Tally()
    for seed in seeds:
        one_case(seed, tally)
    return tally


def casefiles(seeds: range) -> Any:
    """What came of these casefiles, each in a folder of its own, in memory where there is room."""
    from planted_casefiles import one_casefile  # type: ignore[import-not-found]
    from planted_dossiers import Tally

    tally = Tally()
    for seed in seeds:
        with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as scratch:
            one_casefile(seed, Path(scratch), tally)
    return tally


def done(work: Callable[[range], Any], seeds: range, jobs: int) -> Iterator[Any]:
    """The tallies of all seeds, as they come."""
    parts = [seeds[at : at + _SHARE] for at in range(0, len(seeds), _SHARE)]
    if jobs < 2:
        yield from map(work, parts)
        return
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        yield from pool.imap_unordered(work, parts)


def cpu() -> float:
    """CPU seconds of this process and those it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def told(name: str, work: Callable[[range], Any], seeds: range, jobs: int, nothing: Any) -> bool:
    """Do all, say now and then how far it is, and at the end what came of it; gives whether nothing leaked."""
    tally, before, began = nothing, cpu(), time.perf_counter()
    for number, one in enumerate(done(work, seeds, jobs), start=1):
        tally += one
        if number % 25 == 0:
            print(f"  ... {number * _SHARE} {name}, {tally.leaked} leaks", flush=True)
    seconds = cpu() - before
    print(f"{len(seeds)} generated {name}, {tally.clean} editions published, {tally.stopped} stopped by the gate")
    if tally.earlier:
        print(
            f"files of earlier editions searched again: {tally.earlier}; in {tally.outed} of these casefiles they had "
            "named somebody who may not be named any more"
        )
    print(f"editions with a planted value in any byte: {tally.leaked}   bar 0")
    print(f"pairs of builds that a change of private values alone made unequal: {tally.unequal}   bar 0")
    wall = time.perf_counter() - began
    print(
        f"{seconds:.0f} s CPU, {1000 * seconds / len(seeds):.0f} ms each, {wall:.0f} s by the clock, {jobs} processes"
    )
    return not (tally.leaked or tally.unequal)


def main() -> None:
    """Measure and print."""
    from planted_dossiers import Tally

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--casefiles", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1, help="in how many processes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sabotage", action="store_true")
    options = parser.parse_args()
    if options.sabotage:
        importlib.import_module("recuento.publish.build").gate_of = lambda dossier: Gate()  # type: ignore[attr-defined]
    kinds = (("dossiers", dossiers, options.cases), ("casefiles", casefiles, options.casefiles))
    held = [
        told(name, work, range(options.seed, options.seed + number), options.jobs, Tally())
        for name, work, number in kinds
        if number
    ]
    sys.exit(0 if all(held) != options.sabotage else 1)


if __name__ == "__main__":
    main()
