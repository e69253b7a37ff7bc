"""Trials with several at once: many writers, a backup while others write, and bytes altered one at a time."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import json
import os
import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

import endurance_work as work
from custody_case import AT, altering, filled, flipped
from endurance_sabotage import SABOTAGE
from recuento.casefile.casefile import Casefile
from recuento.casefile.keeping import bag_verifier
from recuento.casefile.keeping.backing_up import back_up, restore
from recuento.casefile.keeping.bagging import export_bag
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.review.reviewing import decide
from recuento.errors import RecuentoError
from recuento.model.decision import Act
from recuento.store import decisions


@dataclass(slots=True)
class Crowd:
    """What many writers at once saw: how long each act took by the clock, errors shown, and what verify says."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lost: int = 0
    faults: int = 0
    wall: float = 0.0
    bytes_an_act: int = 0
    cpu_ms: float = 0.0
    """Of one act, in the process that did it."""

    def at(self, share: float) -> float:
        """The milliseconds that this share of the acts took at most."""
        return 1000 * statistics.quantiles(self.seconds, n=1000)[int(share * 1000) - 1] if self.seconds else 0.0


def writers(scratch: Path, number: int, acts: int, *, pause_seconds: float, sabotage: str | None = None) -> Crowd:
    """So many processes that each decide so often, one decision a transaction; every one has to stand afterwards.

    Before each decision they look at it for a random time, `pause_seconds` on average.
    """
    with Casefile.create(scratch / "case", "Observatorio de prueba"):
        pass
    pipes = []
    start, go = os.pipe()
    for writer in range(number):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            os.close(go)
            _decide_often(scratch / "case", writer, acts, start, writing, pause_seconds, sabotage)
        os.close(writing)
        pipes.append(reading)
    began = time.monotonic()
    os.close(go)
    found = Crowd()
    for reading in pipes:
        with os.fdopen(reading, "rb") as pipe:
            told = json.loads(pipe.read() or b'{"seconds": [], "errors": ["it died"]}')
        found.seconds += told["seconds"]
        found.errors += told["errors"]
        found.cpu_ms += 1000 * told.get("cpu", 0.0)
        found.bytes_an_act += told.get("bytes", 0)
    found.cpu_ms /= max(1, len(found.seconds))
    found.bytes_an_act //= max(1, len(found.seconds))
    found.wall = time.monotonic() - began
    for _ in range(number):
        os.wait()
    with Casefile.open(scratch / "case") as casefile:
        found.faults = len(verify(casefile).faults)
        with casefile.database.reading() as connection:
            there = {decision.subject for decision in decisions.all(connection)}
    found.lost = len(found.seconds) - len(there)
    return found


def _decide_often(
    folder: Path, writer: int, acts: int, start: int, writing: int, pause_seconds: float, sabotage: str | None
) -> None:
    seconds: list[float] = []
    errors: list[str] = []
    used, written = 0.0, 0
    try:
        if sabotage:
            SABOTAGE[sabotage]()
        with Casefile.open(folder) as casefile:
            os.read(start, 1)
            used, written = time.process_time(), _written()
            for n in range(acts):
                time.sleep(random.uniform(0, 2 * pause_seconds))
                began = time.monotonic()
                try:
                    decide(casefile, [f"claim:{writer}-{n}"], Act.CONFIRM, by=f"ana-{writer}", at=AT)
                    seconds.append(time.monotonic() - began)
                except Exception as error:
                    errors.append(f"{type(error).__name__}: {str(error)[:150]}")
            used, written = time.process_time() - used, _written() - written
    finally:
        told = {"seconds": seconds, "errors": errors, "cpu": used, "bytes": written}
        os.write(writing, json.dumps(told).encode())
        os._exit(0)


def _written() -> int:
    """The bytes that this process has written so far; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/io").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


def bare_writers(scratch: Path, number: int, acts: int, *, pause_seconds: float, size: int) -> Crowd:
    """So many processes that lock a file, write `size` bytes to another, sync and unlock: what no store can do without.

    Held against `writers` of the same run, it tells what is ours of the time and what is the machine's.
    """
    pipes = []
    start, go = os.pipe()
    for _ in range(number):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            os.close(go)
            _write_often(scratch, acts, start, writing, pause_seconds, size)
        os.close(writing)
        pipes.append(reading)
    os.close(go)
    found = Crowd()
    for reading in pipes:
        with os.fdopen(reading, "rb") as pipe:
            found.seconds += json.loads(pipe.read())
    for _ in range(number):
        os.wait()
    return found


def _write_often(scratch: Path, acts: int, start: int, writing: int, pause_seconds: float, size: int) -> None:
    seconds: list[float] = []
    data = os.urandom(size)
    lock, file = (os.open(scratch / name, os.O_RDWR | os.O_CREAT | os.O_APPEND) for name in ("bare.lock", "bare"))
    os.read(start, 1)
    for _ in range(acts):
        time.sleep(random.uniform(0, 2 * pause_seconds))
        began = time.monotonic()
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.write(file, data)
        os.fsync(file)
        fcntl.flock(lock, fcntl.LOCK_UN)
        seconds.append(time.monotonic() - began)
    os.write(writing, json.dumps(seconds).encode())
    os._exit(0)


def backups_in_use(scratch: Path, number: int, *, sabotage: str | None = None) -> tuple[int, list[str]]:
    """Back up again and again while others preserve and decide, restore and verify each; gives how many, and what is
    wrong with them.
    """
    place = work.fresh(scratch / "place")
    children = [_busy(place, act, n) for n, act in enumerate(("preserve", "decide", "decide"))]
    wrong: list[str] = []
    try:
        if sabotage:
            SABOTAGE[sabotage]()
        for n in range(number):
            wrong += [f"{n}: {fault}" for fault in _backed_up(place, n)]
    finally:
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)
    return number, wrong


def _backed_up(place: Path, number: int) -> list[str]:
    file, folder = place / "out" / f"{number}.tar", place / "out" / f"restored-{number}"
    try:
        with Casefile.open(place / "case") as casefile:
            back_up(casefile, file)
        restore(file, folder)
        with Casefile.open(folder) as casefile:
            found = verify(casefile)
    except Exception as error:
        return [f"{type(error).__name__}: {str(error)[:200]}"]
    return [fault.text("en") for fault in found.faults]


def _busy(place: Path, act: str, number: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        for n in range(1_000_000):
            work.ACTS[act](place, 1_000_000 * (number + 1) + n, lambda kind, name: None)
    finally:
        os._exit(0)


@dataclass(slots=True)
class Found:
    """How many alterations were tried and found, where those lie that were not, and what is said once all is undone."""

    tried: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    intact: bool = False


def altered_casefile(
    scratch: Path, number: int, *, seed: int = 3, sabotage: str | None = None, until_missed: bool = False
) -> Found:
    """Alter one byte of an original or a kept edition or one character of a value, verify, undo; so often."""
    if sabotage:
        SABOTAGE[sabotage]()
    chance = random.Random(seed)
    found = Found()
    with filled(scratch / "filled") as casefile:
        for _ in range(number):
            if until_missed and found.missed:
                break
            with altering(chance)(casefile, chance) as where:
                found.tried += 1
                if _is_faulty(casefile):
                    found.found += 1
                else:
                    found.missed.append(where)
        found.intact = not _is_faulty(casefile)
    return found


def _is_faulty(casefile: Casefile) -> bool:
    """Whether verify names a fault; that it ends with an error of ours instead does not count."""
    with contextlib.suppress(RecuentoError, ValueError, TypeError, KeyError, AttributeError):
        return verify(casefile).faults != ()
    return False


def altered_bag(scratch: Path, number: int, *, seed: int = 4) -> Found:
    """Alter one byte of the evidence in a bag, forge its manifests to fit, and ask the verifier that lies in it; so
    often.
    """
    bag = scratch / "bag"
    with filled(scratch / "filled") as casefile:
        export_bag(casefile, bag, by="ana", at=AT, lists=True)
    chance = random.Random(seed)
    files = [*(bag / "data" / "originals").iterdir(), *(bag / "data" / "custody").rglob("*")]
    evidence = sorted(path for path in files if path.is_file() and path.stat().st_size)
    forge = _Forger(bag)
    found = Found()
    for _ in range(number):
        path = chance.choice(evidence)
        before = path.read_bytes()
        path.write_bytes(flipped(before, chance))
        forge(path)
        found.tried += 1
        if stands(bag):
            found.missed.append(path.relative_to(bag).as_posix())
        else:
            found.found += 1
        path.write_bytes(before)
        forge(path)
    found.intact = stands(bag)
    return found


class _Forger:
    """Writes the manifests of a bag anew after one file changed, as whoever alters a bag with care would."""

    def __init__(self, bag: Path) -> None:
        self.bag = bag
        payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
        self.payload = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in payload}
        tags = sorted(p for p in bag.iterdir() if p.is_file() and p.name != "tagmanifest-sha256.txt")
        self.tags = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in tags}

    def __call__(self, changed: Path) -> None:
        self.payload[changed] = hashlib.sha256(changed.read_bytes()).hexdigest()
        manifest = self.bag / "manifest-sha256.txt"
        manifest.write_text(self._listed(self.payload), encoding="utf-8")
        self.tags[manifest] = hashlib.sha256(manifest.read_bytes()).hexdigest()
        (self.bag / "tagmanifest-sha256.txt").write_text(self._listed(self.tags), encoding="utf-8")

    def _listed(self, hashes: dict[Path, str]) -> str:
        return "".join(f"{sha256}  {path.relative_to(self.bag).as_posix()}\n" for path, sha256 in hashes.items())


def stands(bag: Path) -> bool:
    """Whether the verifier of the bag finds nothing wrong."""
    with contextlib.redirect_stdout(io.StringIO()):
        return bag_verifier.main([str(bag)]) == 0
