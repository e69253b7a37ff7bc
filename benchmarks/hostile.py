"""Send a corpus of a thousand malformed and hostile files through `recuento preserve`, into a real casefile.

    python benchmarks/hostile.py [--seed N] [--kind KIND]... [--sabotage no-limits|no-budget|no-jail|lost-byte] [--slow]

The files are made by tests/hostile_files from the seed. Of each this holds: the command does not crash; there is a
named outcome, and a text or a reason but not both; 10 processor seconds at most (ours and the reader's together, with
all that came in it) and 1 GB; the original is kept byte for byte; no entity brought in what stands outside the file.
At the end `recuento verify` must find nothing. Exit status 1 where anything fails. `--slow` names every file above a
second.

Each sabotage takes one of the protections away and must turn it red: `--kind mail` suffices for `no-budget`,
`--kind "PDF streams"` for `no-limits`, `--kind "PDF structure"` for `no-jail`, `--kind feeds` for `lost-byte`. So that
the machine outlives them, a file that takes 40 processor seconds ends what reads it, and nothing gets more than 4 GB.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
SECONDS_MAX, BYTES_MAX = 10.0, 1_000_000_000
SABOTAGES = ("no-limits", "no-budget", "no-jail", "lost-byte")
_SABOTAGED_SECONDS_MAX, _SABOTAGED_BYTES_MAX = 40, 4 << 30


@dataclass
class Report:
    """What became of one file: its outcome (several in an archive), processor seconds, bytes of memory."""

    name: str
    outcomes: list[str] = field(default_factory=list)
    seconds: float = 0.0
    memory: int = 0


def main() -> int:
    """Run the corpus and print a line for each kind."""
    asked = _asked()
    if asked.child:
        return child(asked.child[0], asked.child[1], asked.sabotage)
    from hostile_files.corpus import corpus  # type: ignore[import-not-found]
    from hostile_files.markup import CANARY, CANARY_FILE  # type: ignore[import-not-found]

    with tempfile.TemporaryDirectory(prefix="hostile-") as made:
        folder = Path(made)
        (folder / CANARY_FILE).write_text(CANARY)
        files = corpus(folder, asked.seed) if asked.seed is not None else corpus(folder)
        kinds = [kind for kind in dict.fromkeys(one.kind for one in files) if not asked.kind or kind in asked.kind]
        _recuento("init", str(folder / "case"))
        print(f"{'kind':22} {'files':>5} {'s':>5} {'MB':>5}  faults  outcomes")
        faults, count, worst = 0, 0, Report("-")
        for kind in kinds:
            reports, told = run_kind([one for one in files if one.kind == kind], folder, asked.sabotage, CANARY)
            count += len(reports)
            faults += len(told)
            _print_kind(kind, reports, told, asked.slow)
            worst = max([worst, *reports], key=lambda one: one.seconds)
        verified = _recuento("verify", "-C", str(folder / "case"))
        if verified.returncode:
            faults += 1
            print(f"recuento verify: {verified.stdout[-600:]}")
    print(f"{count} files, {faults} faults; the slowest was {worst.name}, {worst.seconds:.1f} processor seconds")
    return 1 if faults or not count else 0


def run_kind(files: list[Any], folder: Path, sabotage: str | None, canary: str) -> tuple[list[Report], list[str]]:
    """Preserve the files of one kind and look at what is there afterwards: reports, and faults in words."""
    place = folder / "files"
    place.mkdir()
    hashes = {}
    for one in files:
        data = one.make()
        (place / one.name).write_bytes(data)
        hashes[one.name] = hashlib.sha256(data).hexdigest()
        del data
    reports, faults = _preserved(place, folder / "case", sabotage)
    faults += _faults_of(reports, hashes, folder / "case", canary)
    shutil.rmtree(place)
    return reports, faults


def _preserved(place: Path, case: Path, sabotage: str | None) -> tuple[list[Report], list[str]]:
    """Let a process of its own run the command; where it dies, note the file it died at and go on with the others."""
    reports: list[Report] = []
    faults: list[str] = []
    while any(place.iterdir()):
        command = [sys.executable, __file__, "--child", str(place), str(case)]
        done = subprocess.run(
            [*command, *(("--sabotage", sabotage) if sabotage else ())], capture_output=True, text=True, check=False
        )
        told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"')]
        begun = [one["begin"] for one in told if "begin" in one]
        reports += [Report(**one) for one in told if "name" in one]
        ended = {one.name for one in reports}
        faults += [f"the main process holds {one['peak'] >> 20} MB" for one in told if one.get("peak", 0) > BYTES_MAX]
        for name in ended:
            (place / name).unlink(missing_ok=True)
        if done.returncode or not begun:
            last = begun[-1] if begun else "-"
            if done.returncode == -signal.SIGPROF:
                faults.append(f"{last}: stopped after {_SABOTAGED_SECONDS_MAX} processor seconds")
            else:
                faults.append(f"{last}: CRASH of the main process ({done.returncode}) {done.stderr[-300:]!r}")
            reports.append(Report(last, ["end of the main process"]))
            (place / last).unlink(missing_ok=True)
            if not begun:
                break
    return reports, faults


def _faults_of(reports: list[Report], hashes: dict[str, str], case: Path, canary: str) -> list[str]:
    from recuento.casefile.casefile import Casefile
    from recuento.store import documents, layers

    faults = [
        f"{one.name}: {what}"
        for one in reports
        for what, is_so in (
            (f"{one.seconds:.1f} processor seconds", one.seconds > SECONDS_MAX),
            (f"{one.memory / 1e6:.0f} MB", one.memory > BYTES_MAX),
            ("no outcome", not one.outcomes),
        )
        if is_so
    ]
    with Casefile.open(case) as casefile, casefile.database.reading() as connection:
        for name, sha256 in hashes.items():
            path = casefile.originals.path(sha256)
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
                faults.append(f"{name}: the original is not kept")
            document = documents.find(connection, sha256)
            if document is None:
                faults.append(f"{name}: no document")
                continue
            texts = [layer.text for layer in layers.of(connection, sha256)]
            if bool(texts) == (document.unreadable is not None):
                faults.append(f"{name}: a text and a reason, or neither")
            if any(canary in text or "root:x:0:" in text for text in texts):
                faults.append(f"{name}: an entity brought in a file from outside")
    return faults


def child(place: Path, case: Path, sabotage: str | None) -> int:
    """The command itself, in this process, with its measurements on standard output."""
    from recuento.cli.main import main as recuento

    preparing: Any = import_module("recuento.casefile.documents.preparing")
    preserving: Any = import_module("recuento.casefile.documents.preserving")
    extract: Any = import_module("recuento.preserve.extract")
    current = Report("-")
    told = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    real_read, real_answer, real_file = preparing.read_document, extract.Extractor._answer, preserving._preserve_file

    def read(data: bytes, name: str, **how: Any) -> Any:
        found = _unjailed(extract, data, name) if sabotage == "no-jail" else real_read(data, name, **how)
        current.outcomes.append(found.outcome.value)
        return found

    def answer(self: Any, *given: Any, **how: Any) -> Any:
        """Whatever the jail is asked: to read, to look, to draw a page, to read a picture."""
        try:
            return real_answer(self, *given, **how)
        finally:
            current.seconds += self.cost.cpu_seconds
            current.memory = max(current.memory, self.cost.memory_bytes)

    def one_file(casefile: Any, path: Path, *rest: Any, **how: Any) -> Any:
        nonlocal current
        current = Report(path.name)
        print(json.dumps({"begin": path.name}), file=told, flush=True)
        if sabotage:
            # What it kills is this process, which whoever started it notes as a crash.
            signal.setitimer(signal.ITIMER_PROF, _SABOTAGED_SECONDS_MAX)
        before = time.process_time()
        found = real_file(casefile, path, *rest, **how)
        current.seconds += time.process_time() - before
        if found.outcome.value not in ("added", "unreadable"):
            current.outcomes.append(found.outcome.value)
        print(json.dumps(asdict(current)), file=told, flush=True)
        return found

    preparing.read_document, extract.Extractor._answer, preserving._preserve_file = read, answer, one_file
    _sabotage(sabotage, extract)
    try:
        recuento(["preserve", str(place), "-C", str(case)])
    except SystemExit as ended:
        if ended.code:
            raise
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"peak": peak}), file=told, flush=True)
    return 0


def _sabotage(sabotage: str | None, extract: Any) -> None:
    from recuento.preserve.budget import Budget
    from recuento.preserve.limits import Limits
    from recuento.store.originals import Originals

    if sabotage in ("no-limits", "no-budget"):
        Budget.within = lambda self, limits: limits  # type: ignore[method-assign]
    if sabotage == "no-limits":
        extract.shared_extractor().limits = Limits(
            cpu_seconds_max=_SABOTAGED_SECONDS_MAX, wall_seconds_max=240, memory_bytes_max=_SABOTAGED_BYTES_MAX
        )
    if sabotage == "no-jail":
        resource.setrlimit(resource.RLIMIT_AS, (_SABOTAGED_BYTES_MAX, _SABOTAGED_BYTES_MAX))
    if sabotage == "lost-byte":
        keep: Callable[[Originals, Any], str] = Originals.keep
        Originals.keep = lambda self, data: keep(self, data[:-1] if isinstance(data, bytes) else data)  # type: ignore[method-assign]


def _unjailed(extract: Any, data: bytes, name: str) -> Any:
    from recuento.preserve.parsers.parse import parse

    told, text = parse(data, name, text_characters_max=20_000_000, again=False)
    return extract._extraction(told, text.encode(), "text/plain")


def _print_kind(kind: str, reports: list[Report], faults: list[str], slow: bool) -> None:
    outcomes = Counter(outcome for one in reports for outcome in one.outcomes)
    seconds = max((one.seconds for one in reports), default=0.0)
    memory = max((one.memory for one in reports), default=0)
    listed = ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
    print(f"{kind:22} {len(reports):5} {seconds:5.1f} {memory / 1e6:5.0f}  {len(faults):6}  {listed}")
    for fault in faults:
        print(f"    {fault}")
    for one in reports if slow else ():
        if one.seconds > 1:
            print(f"    {one.name}: {one.seconds:.1f} s, {one.memory / 1e6:.0f} MB, {', '.join(one.outcomes)}")
    sys.stdout.flush()


def _recuento(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from recuento.cli.main import main; main()", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _asked() -> argparse.Namespace:
    given = argparse.ArgumentParser(description="Preserve a corpus of hostile files.")
    given.add_argument("--seed", type=int)
    given.add_argument("--kind", action="append")
    given.add_argument("--sabotage", choices=SABOTAGES)
    given.add_argument("--slow", action="store_true")
    given.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    return given.parse_args()


if __name__ == "__main__":
    sys.exit(main())
