"""Endurance: nothing that was said to be saved is lost, whatever happens; every trial can be made to fail.

`python benchmarks/endurance.py [TRIAL]... [--short] [--sabotage NAME]`. Without a trial all are run, which takes an
hour or two; `--short` takes minutes, and `full` can be run in parts (`--acts preserve,read --kinds ENOSPC`).
`--sabotage` breaks a promise on purpose: then a trial that knows it must end in
red, and the command ends with 1 where it does not. Figures are counts; times are by the clock where they say so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import endurance_crowd as crowd  # type: ignore[import-not-found]
import endurance_trials as trials  # type: ignore[import-not-found]
from endurance_disk import full_disk, read_only_disk  # type: ignore[import-not-found]

CORE = ("preserve", "decide", "publish")
"""The acts that show a sabotage soonest."""


def kills(short: bool, sabotage: str | None) -> list[bool]:
    """SIGKILL at random moments of every act."""
    number = 60 if short else 1_000
    acts = CORE if sabotage else tuple(trials.WEIGHTS)
    watch = Watch("kills", number)
    with trials.memory_folder() as scratch:
        found = trials.kills(
            scratch, number, sabotage=sabotage, acts=acts, until_found=sabotage is not None, watch=watch
        )
    told_after(sabotage, f"{watch.done} kills")
    return losses_told(f"{watch.done} kills", found)


def cuts(short: bool, sabotage: str | None) -> list[bool]:
    """Power cuts played from the recorded writes of every act."""
    if trials.recorder() is None:
        return skipped("power cuts: there is no C compiler, or this is no Linux")
    number, sessions = (40, 1) if short else (200, 1) if sabotage else (125, 4)
    held: list[bool] = []
    for session in range(sessions):
        watch = Watch("power cuts", number)
        with trials.memory_folder() as scratch:
            acts = CORE if sabotage else tuple(trials.ACTS)
            found = trials.power_cuts(
                scratch, number, seed=session, sabotage=sabotage, acts=acts, until_found=sabotage is not None,
                watch=watch,
            )  # fmt: skip
        told_after(sabotage, f"{found.cuts} power cuts")
        held += losses_told(f"{found.cuts} power cuts in {found.records} writes (session {session + 1})", found.losses)
    return held


def full(short: bool, sabotage: str | None) -> list[bool]:
    """Disk full, failing, read-only, no file handle left, at every 10th write; and a real small and read-only disk."""
    if trials.recorder() is None:
        return skipped("failing writes: there is no C compiler, or this is no Linux")
    every = 7 if sabotage else 150 if short else 10
    wanted: dict[str, Sequence[str]] = {"acts": CORE, "kinds": ("EIO",)} if sabotage else dict(PARTS)
    with trials.memory_folder() as scratch:
        found = trials.failing_writes(
            scratch, every=every, sabotage=sabotage, until_found=sabotage is not None,
            watch=Watch("failing writes", 0), **wanted,
        )  # fmt: skip
    told_after(sabotage, f"{found.tried} failing writes")
    print(f"every {every}th write of each act: {found.by_act}")
    print(
        f"{found.tried} writes failed, {found.refused} acts refused, "
        f"{found.went_on} ended well where nobody need notice"
    )
    for bad in found.bad[:20]:
        print(f"  {bad}")
    held = [
        bar("acts that ended badly: a bug, no way out named, not going on", len(found.bad), 0, at_most=True),
        *losses_told("failing writes", found.losses),
    ]
    return held if sabotage or PARTS else [*held, *real_disks(short)]


PARTS: dict[str, Sequence[str]] = {}
"""The acts and kinds of failure that `full` is to be run with; all where it is empty."""


def real_disks(short: bool) -> list[bool]:
    """The same on a disk that is really small, and on one that is really read-only."""
    filled = full_disk()
    if filled is None:
        return skipped("a real full disk: it takes root to mount one")
    print(f"a disk of 20 MB: {filled.kept} kept, {filled.refused} refused; with room again {filled.kept_again} more")
    return [
        bar("a full disk: lost, by half, faults", filled.losses.total, 0, at_most=True),
        bar("a full disk: refused with place and way out (1 = yes)", int(filled.told_well), 1),
        bar("a full disk: goes on without repair once there is room (1 = yes)", int(filled.kept_again > 0), 1),
        bar("a read-only disk: read, and refuse to write with a clear word (1 = yes)", int(read_only_disk()), 1),
    ]


def writers(short: bool, sabotage: str | None) -> list[bool]:
    """Two processes at once, and 32 that each decide once a second; then 32 without a pause."""
    held: list[bool] = []
    for number, pause_seconds in ((2, 0.01), (32, 1.0), (32, 0.0)):
        if sabotage and pause_seconds:  # It shows where nobody waits.
            continue
        acts = 10 if short or pause_seconds else 40
        with trials.disk_folder() as scratch:
            found = crowd.writers(scratch / "ours", number, acts, pause_seconds=pause_seconds, sabotage=sabotage)
            bare = crowd.bare_writers(scratch, number, acts, pause_seconds=pause_seconds, size=found.bytes_an_act)
        print(
            f"{number} writers, each {pause_seconds:g} s after its last: {len(found.seconds)} acts, "
            f"{len(found.seconds) / found.wall:.0f} a second by the clock; p50 {found.at(0.5):.0f}, "
            f"p99 {found.at(0.99):.0f} ms; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
        print(
            f"  as many that only lock, write {found.bytes_an_act:,} bytes and sync: p50 {bare.at(0.5):.0f}, "
            f"p99 {bare.at(0.99):.0f} ms; we take {found.at(0.5) / bare.at(0.5):.1f} times as long at p50, "
            f"{found.at(0.99) / bare.at(0.99):.1f} times at p99; CPU of an act {found.cpu_ms:.1f} ms"
        )
        bad = len(found.errors) + found.lost + found.faults
        for one in sorted(set(found.errors))[:3]:
            print(f"  {one[:200]}")
        held.append(bar("  errors shown, lost or faulty", bad, 0, at_most=True))
        told_after(sabotage, f"{len(found.seconds) + len(found.errors)} acts of {number} writers")
        if pause_seconds:
            held.append(bar("  99 % of acts within milliseconds", found.at(0.99), 250, at_most=True))
        else:  # There are more than the disk takes; what can be promised is that each gets its turn.
            turn = 1000 * number * found.wall / max(1, len(found.seconds))
            held.append(bar("  99 % of acts within times a turn of all", found.at(0.99) / turn, 6, at_most=True))
    return held


def alterations(short: bool, sabotage: str | None) -> list[bool]:
    """One byte of originals, editions, tables, log and bag another."""
    number = 200 if sabotage or short else 10_000
    held: list[bool] = []
    with trials.memory_folder() as scratch:
        found = crowd.altered_casefile(scratch, number, sabotage=sabotage, until_missed=sabotage is not None)
        told_after(sabotage, f"{found.tried} alterations")
        print(*(f"  missed: {where}" for where in found.missed[:10]), sep="\n", end="\n" if found.missed else "")
        held += [bar(f"of {number} alterations found by recuento verify", found.found, number)]
        held += [bar("and nothing once they are undone (1 = yes)", int(found.intact), 1)]
    if sabotage:
        return held
    with trials.memory_folder() as scratch:
        found = crowd.altered_bag(scratch, number)
        print(*(f"  missed: {where}" for where in found.missed[:10]), sep="\n", end="\n" if found.missed else "")
    return [
        *held,
        bar(f"of {number} careful alterations found by the verifier in the bag", found.found, number),
        bar("and nothing once they are undone (1 = yes)", int(found.intact), 1),
    ]


def copying(short: bool, sabotage: str | None) -> list[bool]:
    """Backups made while others write, each restored and verified."""
    number = 8 if short or sabotage else 40
    with trials.memory_folder() as scratch:
        made, wrong = crowd.backups_in_use(scratch, number, sabotage=sabotage)
    told_after(sabotage, f"{made} backups")
    for one in wrong[:10]:
        print(f"  {one[:200]}")
    return [bar(f"of {made} backups made in use, faults when restored", len(wrong), 0, at_most=True)]


TRIALS: Mapping[str, tuple[Callable[[bool, str | None], list[bool]], tuple[str, ...]]] = {
    "kills": (kills, ("row-first", "direct", "apart")),
    "cuts": (cuts, ("no-fsync", "no-folder-fsync", "no-wal-fsync", "normal", "row-first", "direct")),
    "full": (full, ("go-on", "not-stopped")),
    "writers": (writers, ("no-lock",)),
    "alterations": (alterations, ("no-log", "no-hash")),
    "copying": (copying, ("plain-copy",)),
}
"""Each with the sabotage that it must notice."""


def main() -> None:
    """Run trials; end with 1 where a bar is missed, or, sabotaged, where none is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trials", nargs="*", choices=[*TRIALS, []], help="which; all if left out")
    parser.add_argument("--short", action="store_true", help="fewer of everything: minutes, not hours")
    names = sorted({name for _, known in TRIALS.values() for name in known})
    parser.add_argument("--sabotage", choices=names, help="break this, in the trials that must notice it")
    parser.add_argument("--sabotages", action="store_true", help="every trial with every sabotage it must notice")
    parser.add_argument("--acts", type=lambda text: text.split(","), help="which acts of the trial full")
    parser.add_argument(
        "--kinds", type=lambda text: text.split(","), help="which failures of the trial full: ENOSPC ..."
    )
    asked = parser.parse_args()
    PARTS.update({name: value for name in ("acts", "kinds") if (value := getattr(asked, name))})
    chosen = asked.trials or list(TRIALS)
    if asked.sabotages:
        rows = [row for name in chosen for row in each_noticed(name)]
        print(f"\n{'sabotage':<18}{'trial':<14}found after")
        for sabotage, name, after in rows:
            print(f"{sabotage:<18}{name:<14}{after or 'NOT FOUND'}")
        sys.exit(0 if all(after for _, _, after in rows) else 1)
    held: list[bool] = []
    for name in chosen:
        trial, known = TRIALS[name]
        if asked.sabotage and asked.sabotage not in known:
            continue
        print(f"\n{name}: {trial.__doc__}")
        started, used = time.monotonic(), time.process_time()
        held += trial(asked.short, asked.sabotage)
        print(
            f"  {time.monotonic() - started:.0f} s by the clock, {time.process_time() - used:.0f} CPU s in this process"
        )
    if asked.sabotage:
        print(f"\nsabotage {asked.sabotage}: {'NOT NOTICED' if all(held) else 'noticed'}")
        sys.exit(1 if all(held) else 0)
    sys.exit(0 if all(held) else 1)


def each_noticed(name: str) -> list[tuple[str, str, str]]:
    """A trial with each of its sabotages, in a process of its own, for it stays sabotaged: sabotage, trial, and after
    how much it was found, empty where it was not.
    """
    rows = []
    for sabotage in TRIALS[name][1]:
        words = [sys.executable, __file__, name, "--sabotage", sabotage]
        done = subprocess.run(words, capture_output=True, text=True)
        after = next((line.removeprefix(AFTER) for line in done.stdout.splitlines() if line.startswith(AFTER)), "")
        noticed = done.returncode == 0 and f"sabotage {sabotage}: noticed" in done.stdout
        print(f"{name} with {sabotage}: {'found after ' + after if noticed else 'NOT FOUND'}", flush=True)
        if not noticed:
            print(done.stdout[-800:], done.stderr[-800:], sep="\n", flush=True)
        rows.append((sabotage, name, after if noticed else ""))
    return rows


AFTER = "found after: "


def told_after(sabotage: str | None, words: str) -> None:
    """Say how much a sabotaged trial took."""
    if sabotage:
        print(f"{AFTER}{words}")


def losses_told(name: str, found: Any) -> list[bool]:
    """Print what was said and what was lost of it, with some of it by name."""
    print(f"{name}: {found.said} times something was said to be saved")
    for bad in (found.lost, found.half, found.faults):
        for one in sorted(set(bad))[:8]:
            print(f"  {one[:200]}")
    return [
        bar("  said to be saved and lost", len(found.lost), 0, at_most=True),
        bar("  there by half", len(found.half), 0, at_most=True),
        bar(
            "  faults that verify finds, acts that fail, casefiles that do not open", len(found.faults), 0, at_most=True
        ),
    ]


class Watch:
    """Says now and then how far a long trial is, and knows it at the end."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.of = f" of {number}" if number else ""
        self.done = 0

    def __call__(self, done: int, found: Any) -> None:
        """Take note of how many were done, and of what was found."""
        self.done = done
        if done % 50 == 0:
            print(f"  ... {done}{self.of} {self.name}, bad so far: {found.total}", flush=True)


def skipped(why: str) -> list[bool]:
    """Say why a trial is left out; nothing is held then, and nothing missed."""
    print(f"  skipped: {why}")
    return []


def bar(name: str, figure: float, goal: float, *, at_most: bool = False) -> bool:
    """Print a figure with the bar it has to reach, and tell whether it does."""
    held = figure <= goal if at_most else figure >= goal
    print(
        f"{name:<72} {figure:>9,.0f}   bar {'≤' if at_most else '≥'} {goal:,} {'held' if held else 'MISSED'}",
        flush=True,
    )
    return held


if __name__ == "__main__":
    main()
