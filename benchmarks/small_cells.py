"""Small cells: random tables of persons with all totals, as one release and as several, attacked by linear programs.

    python benchmarks/small_cells.py [--tables N] [--seed S] [--minutes M]

`--minutes` ends it after so many minutes of CPU time, and says how many tables there were by then.

Every second table is released three times with new persons in between. A cell counts as recovered where what an
attacker can compute of it, from every margin and every earlier release, spans fewer than k = 5 values. The naive way
(hide the small cells alone) is measured on the same tables. Times are CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from typing import Any

import numpy as np

from recuento.disclosure import CountSystem, Release, Unprotectable, attacker_intervals, faults_in, naive, protect

K = 5
_SIDES = {2: 6, 3: 3, 4: 2}
"""The longest side of a table by its dimensions."""


def random_table(rng: np.random.Generator) -> Any:
    """Counts of persons in 2 to 4 dimensions, many of them small."""
    dimensions = int(rng.integers(2, 5))
    shape = tuple(int(side) for side in rng.integers(2, _SIDES[dimensions] + 1, size=dimensions))
    return rng.negative_binomial(1, 0.06, size=shape)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    seen: Counter[str] = Counter()
    before = time.process_time()
    tables, seconds = 0, 0.0
    while tables < options.tables and seconds < options.minutes * 60:
        _table(random_table(rng), 3 if tables % 2 else 1, rng, seen)
        tables, seconds = tables + 1, time.process_time() - before
        print(f"\r{tables} tables, {seen['recovered']} cells recovered", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"{tables} tables, {seen['releases']} releases, {seen['waited']} more told to wait")
    print(f"hidden cells: {seen['hidden']} of {seen['cells']}, of them small {seen['small']}")
    print(f"recovered within their protection range, by linear programs over all releases: {seen['recovered']}   bar 0")
    print(f"proofs that arithmetic refuses: {seen['faults']}   bar 0")
    print(
        f"naive way: {seen['naive recovered']} of {seen['naive hidden']} hidden cells recovered, "
        f"{seen['naive exact']} exactly ({seen['naive exact'] / max(1, seen['naive hidden']):.1%})"
    )
    print(f"{seconds:.0f} s CPU, {seconds / tables * 1000:.0f} ms a table")


def _table(counts: Any, releases: int, rng: np.random.Generator, seen: Counter[str]) -> None:
    earlier: list[Release] = []
    for _ in range(releases):
        system = CountSystem.with_totals(counts)
        counts = counts + rng.poisson(0.3, size=counts.shape) * rng.integers(1, 9, size=counts.shape)
        _naive(system, seen)
        try:
            found = protect(system, K, earlier)
        except Unprotectable:
            seen["waited"] += 1
            continue
        seen["releases"] += 1
        seen["faults"] += len(faults_in(found, earlier))
        low, high = attacker_intervals(system, found.hidden, earlier)
        seen["recovered"] += int(((high - low)[found.hidden] < K - 1 - 1e-6).sum())
        seen["hidden"] += int(found.hidden.sum())
        seen["small"] += int(naive(system, K).sum())
        seen["cells"] += len(system.values)
        earlier.append(found.release())


def _naive(system: CountSystem, seen: Counter[str]) -> None:
    hidden = naive(system, K)
    low, high = attacker_intervals(system, hidden)
    widths = (high - low)[hidden]
    seen["naive hidden"] += int(hidden.sum())
    seen["naive recovered"] += int((widths < K - 1 - 1e-6).sum())
    seen["naive exact"] += int((widths < 1e-6).sum())


if __name__ == "__main__":
    main()
