"""Look for bytes that break a promise of one of our own parsers, with Atheris (coverage-guided).

    pip install atheris                      # beside an installed Recuento; it is no dependency of ours
    python benchmarks/fuzz_parsers.py [--minutes N] [--keep FOLDER] [PARSER...]

The parsers and their promises are in tests/fuzz_targets.py. The minutes are shared evenly among the parsers. An input
that breaks a promise is shown with the fault and written to tests/findings/PARSER/, where the suite reads it ever
after; the run goes on. `--keep` holds the corpora, so that the next run begins where this one ended. Exit status 1
where there was a finding.

Bar: an hour without a finding.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.insert(0, str(TESTS))
SLOW_SECONDS = 2.0
"""More processor time than this for one small input is a finding too."""
_SEED = 8


def main() -> int:
    """Run every parser named, one after the other, and print a line for each."""
    given = argparse.ArgumentParser(description="Fuzz our parsers.")
    given.add_argument("parsers", nargs="*", metavar="PARSER")
    given.add_argument("--minutes", type=float, default=60.0)
    given.add_argument("--keep", type=Path)
    given.add_argument("--child", metavar="SECONDS", type=float, help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.child is not None:
        child(asked.parsers[0], asked.child, asked.keep)
    from fuzz_targets import FINDINGS, TARGETS  # type: ignore[import-not-found]

    known = [target.name for target in TARGETS]
    chosen = asked.parsers or known
    if unknown := sorted(set(chosen) - set(known)):
        raise SystemExit(f"no parser is called {', '.join(unknown)}; there are {', '.join(known)}")
    total = findings = 0
    print(f"{'parser':12} {'executions':>11} {'a second':>9} {'seconds':>8}  findings")
    with tempfile.TemporaryDirectory(prefix="fuzz-") as made:
        for name in chosen:
            before = set((FINDINGS / name).glob("*"))
            started = time.monotonic()
            runs = fuzzed(name, asked.minutes * 60 / len(chosen), (asked.keep or Path(made)) / name)
            seconds = time.monotonic() - started
            new = sorted(set((FINDINGS / name).glob("*")) - before)
            print(f"{name:12} {runs:11,} {runs / seconds:9,.0f} {seconds:8.0f}  {', '.join(p.name for p in new) or 0}")
            sys.stdout.flush()
            total += runs
            findings += len(new)
    print(f"{total:,} executions, {findings} findings")
    return 1 if findings else 0


def fuzzed(name: str, seconds: float, corpus: Path) -> int:
    """Run one parser in a process of its own; give the number of executions."""
    corpus.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, name, "--child", str(seconds), "--keep", str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    sys.stdout.write("".join(line + "\n" for line in done.stdout.splitlines() if line.startswith("FOUND")))
    counted = re.findall(r"(?:Done (\d+) runs|stat::number_of_executed_units:\s*(\d+))", done.stderr)
    if not counted or done.returncode:
        print(f"{name}: ended with {done.returncode}\n{done.stderr[-3000:]}")
    return max((int(one or other) for one, other in counted), default=0)


def child(name: str, seconds: float, corpus: Path) -> None:
    """Fuzz one parser until the time is over. Does not come back: Atheris ends the process."""
    import atheris

    with atheris.instrument_imports(include=["recuento"]):
        from fuzz_targets import FINDINGS, TARGETS
    target = next(one for one in TARGETS if one.name == name)
    for seed in target.seeds:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    seen: set[str] = set()

    def once(data: bytes) -> None:
        begin = time.process_time()
        try:
            target.run(data)
        except Exception as error:
            # Whatever it is, it is what we look for.
            place = traceback.extract_tb(error.__traceback__)[-1]
            note(f"{type(error).__name__} {Path(place.filename).name}:{place.lineno} {str(error)[:200]!r}", data)
        if time.process_time() - begin > SLOW_SECONDS:
            note("slow", data)

    def note(fault: str, data: bytes) -> None:
        kind = " ".join(fault.split()[:2])
        if kind in seen:
            return
        seen.add(kind)
        folder = FINDINGS / name
        folder.mkdir(parents=True, exist_ok=True)
        written = folder / hashlib.sha256(data).hexdigest()[:12]
        written.write_bytes(data)
        print(f"FOUND {name} {written.name}: {fault}", flush=True)

    atheris.Setup(
        [
            sys.argv[0], str(corpus), f"-max_total_time={max(1, round(seconds))}", f"-max_len={target.longest}",
            f"-seed={_SEED}", "-timeout=120", "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=1",
            "-len_control=20", "-report_slow_units=120", f"-artifact_prefix={corpus}.",
        ],
        once,
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
