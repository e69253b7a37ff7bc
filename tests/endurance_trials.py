"""Trials of what may never be lost: processes killed, power cut, no room on the disk, at many moments of all acts."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import io
import itertools
import json
import mmap
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import endurance_work as work
from endurance_sabotage import LIES, SABOTAGE
from endurance_work import ACTS, Losses, losses, said_in, saying
from power_cuts import Disk, Op, Record, recorder, records
from recuento.casefile.keeping.last_verified import allow_writing
from recuento.errors import RecuentoError
from recuento.store.stopping import NOTE

WEIGHTS = {
    "preserve": 18, "read": 11, "decide": 18, "import": 7, "publish": 11, "link": 2, "checkpoint": 5, "seal": 6,
    "lock": 6, "backup": 5, "copy": 4, "bag": 2, "migrate": 5,
}  # fmt: skip
"""How often each act is killed, of a hundred."""
AT_MOST = 25
"""Kills on one place before it is made anew: a casefile that grows takes ever longer to be looked at."""
Watch = Callable[[int, Losses], None]


def kills(
    scratch: Path,
    number: int,
    *,
    seed: int = 1,
    sabotage: str | None = None,
    acts: Sequence[str] = tuple(WEIGHTS),
    until_found: bool = False,
    watch: Watch | None = None,
) -> Losses:
    """Kill processes at random moments of these acts, and look at the casefile after each kill.

    With `until_found` the first loss ends it.
    """
    chance = random.Random(seed)
    template = work.fresh(scratch / "template")
    old = {revision: scratch / f"old-{revision}" for revision in ("0001", "0002")} if "migrate" in acts else {}
    for revision, folder in old.items():
        work.old_casefile(folder, revision)
    found = Losses()
    usual: dict[str, float] = dict.fromkeys(acts, 0.4)
    said: list[tuple[str, str]] = []
    place = scratch / "place"
    for n in range(number):
        if n % AT_MOST == 0:
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(template, place)
            said = []
        act = chance.choices(acts, [WEIGHTS[name] for name in acts])[0]
        if act == "migrate":
            shutil.copytree(old[chance.choice(sorted(old))], place / "out" / f"old-{n}")
        heard, seconds = _killed(place, act, n, chance.uniform(0, 1.3 * usual[act]), sabotage)
        if seconds is not None:
            usual[act] = 0.7 * usual[act] + 0.3 * seconds
        else:
            usual[act] *= 1.1
        said += heard
        look = losses(place, said)
        look.faults += [f"{act}: {name}" for kind, name in heard if kind == "error"]
        look.said = len(heard)
        found.add(look)
        said = [(kind, name) for kind, name in said if kind not in ("casefile", "backup", "bag", "error")]
        for left in (place / "out").iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        if look.total:  # What is broken is seen once.
            shutil.rmtree(place)
            shutil.copytree(template, place)
            said = []
        if watch:
            watch(n + 1, found)
        if until_found and found.total:
            break
    return found


def _killed(
    place: Path, act: str, number: int, after: float, sabotage: str | None
) -> tuple[list[tuple[str, str]], float | None]:
    """What a process said that did an act again and again until it was killed, and how long it took, if it ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _do_until_killed(place, act, number, writing, sabotage)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        first = pipe.read(1)
        assert first == b"\n"
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = pipe.read()
    heard = said_in(lines)
    seconds = next((float(name) for kind, name in heard if kind == "seconds"), None)
    return [(kind, name) for kind, name in heard if kind != "seconds"], seconds


def _do_until_killed(place: Path, act: str, number: int, writing: int, sabotage: str | None) -> None:
    say = saying(writing)
    try:
        if sabotage:
            SABOTAGE[sabotage]()
        os.write(writing, b"\n")
        for n in itertools.count(1000 * number):
            started = time.monotonic()
            if act == "migrate":
                for folder in sorted((place / "out").glob("old-*")):
                    with work.Casefile.open(folder):
                        say("casefile", folder.name)
                say("seconds", str(time.monotonic() - started))
                time.sleep(60)
            ACTS[act](place, n, say)
            say("seconds", str(time.monotonic() - started))
    except BaseException as error:
        say("error", f"{type(error).__name__}: {str(error)[:300]}")
        time.sleep(60)
    finally:
        os._exit(1)


@dataclass(slots=True)
class Cuts:
    """What came of a series of power cuts."""

    cuts: int = 0
    records: int = 0
    losses: Losses = field(default_factory=Losses)


def power_cuts(
    scratch: Path,
    number: int,
    *,
    seed: int = 1,
    sabotage: str | None = None,
    acts: Sequence[str] = tuple(ACTS),
    until_found: bool = False,
    watch: Watch | None = None,
) -> Cuts:
    """Record what these acts write, then cut the power at moments of the record and look at what is left.

    Half of the moments lie right after a sync, a change of a name or a word that something is saved: there a promise
    that is broken shows. The others are chance. With `until_found` the first loss ends it.
    """
    chance = random.Random(seed)
    place = work.fresh(scratch / "place")
    if "migrate" in acts:
        work.old_casefile(place / "out" / "old-1", "0001")
    before = scratch / "before"
    shutil.copytree(place, before)
    start = Disk(place)
    log = scratch / "log"
    _recorded(place, log, acts, sabotage)
    told = list(records(log))
    assert told, "nothing was recorded"
    moments = _moments(told, number, chance)
    found = Cuts(records=len(told))
    said: list[tuple[str, str]] = []
    lines = b""
    at = 0
    for moment in moments:
        while at < moment:
            start.play(told[at])
            if told[at].op is Op.SAID:
                lines += told[at].data
                said = said_in(lines)
            at += 1
        after = scratch / "after"
        start.after_a_cut(after, chance, chance.choice(("synced", "names", "some", "some")))
        for name in ("in", "out"):
            (after / name).mkdir(exist_ok=True)
        look = losses(after, [one for one in said if one[0] != "error"])
        look.faults += [name for kind, name in said if kind == "error"]
        found.losses.add(look)
        found.cuts += 1
        shutil.rmtree(after)
        if watch:
            watch(found.cuts, found.losses)
        if until_found and found.losses.total:
            break
    return found


_TURNS = (Op.SYNC, Op.SYNC_FOLDER, Op.RENAME, Op.EXCHANGE, Op.LINK, Op.SAID)


def _moments(told: Sequence[Record], number: int, chance: random.Random) -> list[int]:
    """After how many records the power goes, in order."""
    turns = [n for n, record in enumerate(told, start=1) if record.op in _TURNS]
    some = chance.sample(turns, min(len(turns), number // 2))
    return sorted([*some, *chance.choices(range(1, len(told) + 1), k=number - len(some))])


def _recorded(place: Path, log: Path, acts: Sequence[str], sabotage: str | None) -> None:
    library = recorder()
    assert library is not None
    said = log.with_name("said")
    environment = {
        **os.environ,
        "LD_PRELOAD": str(library),
        "DISK_ROOT": str(place),
        "DISK_LOG": str(log),
        "DISK_SAID": str(said),
        "DISK_LIES": LIES.get(sabotage or "", ""),
    }
    words = [sys.executable, __file__, "record", str(place), str(said), ",".join(acts), sabotage or ""]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])


def _record(place: Path, said: Path, acts: Sequence[str], sabotage: str) -> None:
    """In a process of its own, under the recorder: do the acts."""
    if sabotage in SABOTAGE:
        SABOTAGE[sabotage]()
    say = saying(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    for act in acts:
        ACTS[act](place, 1, say)


@dataclass(slots=True)
class Refusals:
    """What came of a series of failing writes: how many, how many commands ended with an error, and what was lost."""

    tried: int = 0
    refused: int = 0
    went_on: int = 0
    """Ended well although a write or sync had failed, where nobody has to notice: see `harmless`."""
    bad: list[str] = field(default_factory=list)
    losses: Losses = field(default_factory=Losses)
    by_act: dict[str, int] = field(default_factory=dict)


def failing_writes(
    scratch: Path,
    *,
    every: int = 10,
    kinds: Sequence[str] = ("ENOSPC", "EIO", "EMFILE", "EROFS"),
    acts: Sequence[str] = tuple(ACTS),
    sabotage: str | None = None,
    most: int = 10_000,
    until_found: bool = False,
    watch: Watch | None = None,
) -> Refusals:
    """Let the n-th write, sync or change of a name fail, for n = 1, 1 + `every` ..., in every act, and look each time.

    The failure lasts ("disk full") or is one alone (EIO): the act has to end with a message that says what to do, the
    casefile has to be whole, and the same act has to succeed once there is room again. Where a sync failed, nothing may
    be written by anybody before everything was verified.
    """
    library = recorder()
    assert library is not None
    environment = {**os.environ, "LD_PRELOAD": str(library), "DISK_ROOT": str(scratch)}
    settings = {"every": every, "kinds": list(kinds), "acts": list(acts), "sabotage": sabotage, "most": most}
    words = [sys.executable, __file__, "fail", str(scratch), json.dumps(settings)]
    found = Refusals()
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told = json.loads(line)
            found.tried += told["tried"]
            found.refused += told["refused"]
            found.went_on += told["went_on"]
            found.bad += told["bad"]
            found.losses.add(Losses(told["said"], told["lost"], told["half"], told["faults"]))
            act = f"{told['kind']} {told['act']}"
            found.by_act[act] = found.by_act.get(act, 0) + 1
            if watch:
                watch(found.tried, found.losses)
            if until_found and (found.bad or found.losses.total):
                process.kill()
                return found
    if process.returncode:
        found.bad.append(f"the trial itself ended with {process.returncode}")
    return found


_COUNTER = ctypes.c_long * 2


def _fail(scratch: Path, settings: Mapping[str, object]) -> None:
    """In a process of its own, with the recorder loaded: fork for every failing write."""
    plain, old = work.fresh(scratch / "template"), scratch / "template-old"
    if "migrate" in settings["acts"]:  # type: ignore[operator]
        shutil.copytree(plain, old)
        work.old_casefile(old / "out" / "old-1", "0001")
    if "link" in settings["acts"]:  # type: ignore[operator]
        import splink  # type: ignore[import-untyped]  # noqa: F401 - once here, and not in every forked process
    gc.freeze()
    for kind, act in itertools.product(settings["kinds"], settings["acts"]):  # type: ignore[call-overload]
        template = old if act == "migrate" else plain
        for n in itertools.islice(itertools.count(1, int(str(settings["every"]))), int(str(settings["most"]))):
            told, is_over = _failed_once(scratch, template, act, kind, n, settings["sabotage"])
            if is_over:
                break
            print(json.dumps(told), flush=True)  # noqa: T201 - to the process that started this one
    os._exit(0)  # What an engine says of itself when it is put away would stand among the results.


def _failed_once(
    scratch: Path, template: Path, act: str, kind: str, n: int, sabotage: object
) -> tuple[dict[str, object], bool]:
    place = scratch / "place"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    shared = mmap.mmap(-1, 8192)
    how = f"{kind} {n} {1 if kind in ('EIO', 'EMFILE') else 0}"
    calls = "no" if kind == "EMFILE" else "wsn"
    heard, ended = _in_child(place, act, 1, shared, how, calls, sabotage)
    failed = int.from_bytes(shared[8:16], sys.byteorder)
    where = shared[16:4096].split(b"\0")[0].decode(errors="replace")
    if not failed:
        return {}, True
    named = f"{act}, {kind} at {n} ({where})"
    bad = [f"{named}: {ended}"] if ended.startswith("bug") else []
    if ended.startswith("done") and not harmless(where):
        bad.append(f"{named}: went on and said it was done")
    # Where no name can be made either, the others cannot be told; the program that met it stops all the same.
    if ended == "refused: DiskFailed" and kind == "EIO" and where.startswith("s /place/case/"):
        bad += _written_all_the_same(place, act, shared, named, sabotage)
    for note in [*place.glob(f"*/{NOTE}"), *place.glob(f"out/*/{NOTE}")]:
        note.unlink()
    again, ended_again = _in_child(place, act, 1 if act == "migrate" else 2, shared, "", "", None)
    look = losses(place, [*heard, *again])
    if not ended_again.startswith("done"):
        bad.append(f"{named}, then with room again: {ended_again}")
    told: dict[str, object] = {
        "act": act,
        "kind": kind,
        "tried": 1,
        "refused": int(ended.startswith("refused")),
        "went_on": int(ended.startswith("done")),
        "bad": bad,
        "said": look.said,
        "lost": [f"{named}: {one}" for one in look.lost],
        "half": [f"{named}: {one}" for one in look.half],
        "faults": [f"{named}: {one}" for one in look.faults],
    }
    return told, False


def _written_all_the_same(place: Path, act: str, shared: mmap.mmap, named: str, sabotage: object) -> list[str]:
    """What is wrong with how a casefile is stopped whose sync failed: somebody writes to it, or it cannot be read."""
    _, ended = _in_child(place, "decide", 3, shared, "", "", sabotage)
    bad = [] if ended == "refused: Stopped" else [f"{named}, then, not verified: {ended}"]
    with work.Casefile.open(place / "case") as casefile:
        found = work.verify(casefile)
        # What lies in clear while it is locked is put right by locking again, for which it has to be written to.
        repaired = all("lies in clear" in fault.en for fault in found.faults)
        if not allow_writing(casefile, found, in_spite=repaired):
            bad.append(f"{named}: it was not stopped, or does not verify")
    return bad


def harmless(where: str) -> bool:
    """Whether a failure there may pass unnoticed: the name of the lock's holder, what is emptied or removed only to be
    tidy, and the checkpoint when the last connection closes (what it would have moved stays in the write-ahead log).
    """
    kind, _, path = where.partition(" ")
    name = path.rsplit("/", 1)[-1]
    tidy = kind in ("n", "o") and (
        ".unfinished-" in path or path.endswith((".part", "-wal", "-shm", "-journal", ".lock"))
    )
    return tidy or name.endswith((".lock", "-shm", "-wal")) or "casefile.sqlite3" in name or "/work" in path


def _in_child(
    place: Path, act: str, number: int, shared: mmap.mmap, how: str, calls: str, sabotage: object
) -> tuple[list[tuple[str, str]], str]:
    """Do an act in a forked process while writes fail as told; gives what was said, and how it ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        say = saying(writing)
        ended = "bug: it did not end"
        try:
            if sabotage:
                SABOTAGE[str(sabotage)]()
            if how:
                address = ctypes.addressof(ctypes.c_char.from_buffer(shared))
                ctypes.CDLL(None).disk_fail(how.encode(), calls.encode(), ctypes.c_void_p(address))
            with contextlib.redirect_stderr(io.StringIO()):
                ACTS[act](place, number, say)
            ended = "done"
        except RecuentoError as error:
            name = type(error).__name__
            ended = f"refused: {name}" if _is_told_well(error) else f"bug: said badly: {error.en[:150]}"
        except OSError as error:
            from recuento.store.durable import explanation

            told = explanation(error)
            name = type(told or error).__name__
            ended = f"refused: {name}" if told and _is_told_well(told) else f"bug: {name}: {error}"
        except BaseException as error:
            ended = f"bug: {type(error).__name__}: {str(error)[:200]}"
        finally:
            with contextlib.suppress(AttributeError):
                ctypes.CDLL(None).disk_fail(b"", b"", None)
            say("ended", ended)
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        heard = said_in(pipe.read())
    os.waitpid(child, 0)
    ended = next((name for kind, name in heard if kind == "ended"), "bug: it died")
    return [(kind, name) for kind, name in heard if kind != "ended"], ended


def _is_told_well(error: RecuentoError) -> bool:
    """The message names a place, and is there in both languages."""
    return "/" in error.en and "/" in error.es and error.en != error.es


@contextlib.contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder for trials, in memory where there is room: what is killed or played needs no slow disk."""
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=base, prefix="recuento-trial-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def disk_folder() -> Iterator[Path]:
    """A folder on the disk that temporary files go to."""
    with tempfile.TemporaryDirectory(prefix="recuento-trial-") as folder:
        yield Path(folder)


if __name__ == "__main__":
    if sys.argv[1] == "record":
        _record(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4].split(","), sys.argv[5])
    else:
        _fail(Path(sys.argv[2]), json.loads(sys.argv[3]))
