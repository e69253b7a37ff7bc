"""The bars of the main job: time of the demo, start-up, weight of the event page, sameness of two builds.

    python benchmarks/main_job.py [--runs N]

Times are CPU seconds of whole processes (user and system, children included), medians of N runs.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measured(*words: str) -> tuple[float, float]:
    """CPU and wall seconds of one process."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "recuento.cli.main", *words], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - started


def medians(pairs: list[tuple[float, float]]) -> str:
    """The medians of CPU and wall seconds."""
    cpu, wall = (statistics.median(pair[place] for pair in pairs) for place in (0, 1))
    return f"{cpu:6.2f} s CPU  {wall:6.2f} s wall"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    os.environ["PYTHONUTF8"] = "1"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print(f"recuento --help         {medians([measured('--help') for _ in range(runs)])}   bar 0.25 s CPU")
        demos = [measured("demo", str(folder / f"demo{n}")) for n in range(runs)]
        print(f"recuento demo           {medians(demos)}   bar 90 s wall")
        again = [measured("run", "-C", str(folder / "demo0")) for _ in range(runs)]
        print(f"recuento run, no change {medians(again)}")
        dossiers = [tree(folder / f"demo{n}" / "dossier") for n in range(runs)]
        equal = all(dossier == dossiers[0] for dossier in dossiers)
        print(f"dossiers of {runs} demos equal to the byte: {'yes' if equal else 'NO'} ({len(dossiers[0])} files)")
        for name, data in sorted(dossiers[0].items()):
            if "/s/" in name and name.endswith("index.html"):
                weight = len(gzip.compress(data, 9)) / 1000
                print(f"event page {name}: {weight:.1f} kB gzipped ({len(data) / 1000:.0f} kB)   bar 20 kB")


if __name__ == "__main__":
    main()
