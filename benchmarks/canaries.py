"""Planted private values: random dossiers published, edited, published, retracted, published; then every byte searched.

    python benchmarks/canaries.py [--cases N] [--seed S] [--sabotage]

The generator and the search are those of tests/publish/planted_dossiers.py; the search shares nothing with the gate.
In each case the private values alone are then changed as well, and every public byte compared. `--sabotage` publishes
without the gate, which must show leaks. Times are CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from pathlib import Path

from recuento.publish.gate import Gate

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "publish"))


def main() -> None:
    """Measure and print."""
    from planted_dossiers import Tally, one_case  # type: ignore[import-not-found]

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sabotage", action="store_true")
    options = parser.parse_args()
    if options.sabotage:
        importlib.import_module("recuento.publish.build").gate_of = lambda dossier: Gate()  # type: ignore[attr-defined]
    tally, before = Tally(), time.process_time()
    for seed in range(options.seed, options.seed + options.cases):
        one_case(seed, tally)
    seconds = time.process_time() - before
    print(f"{options.cases} generated casefiles, {tally.clean} editions published, {tally.stopped} stopped by the gate")
    print(f"editions with a planted value in any byte: {tally.leaked}   bar 0")
    print(f"pairs of builds that a change of private values alone made unequal: {tally.unequal}   bar 0")
    print(f"{seconds:.0f} s CPU, {seconds / options.cases * 1000:.0f} ms a casefile")


if __name__ == "__main__":
    main()
