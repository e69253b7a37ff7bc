"""A disk that is really full, and one that is really read-only: small file systems in memory, mounted for the trial."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import endurance_work as work
from endurance_work import AT, Losses, losses
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.keeping.verifying import verify
from recuento.errors import RecuentoError
from recuento.store.durable import explanation

MOST = 400


@dataclass(slots=True)
class Filled:
    """How many documents a small disk took, how many it refused, how many it took once there was room again."""

    kept: int = 0
    refused: int = 0
    kept_again: int = 0
    told_well: bool = True
    losses: Losses = field(default_factory=Losses)


@contextlib.contextmanager
def small_disk(size: str) -> Iterator[Path | None]:
    """A file system of that size of its own; None where it takes rights that we lack."""
    with tempfile.TemporaryDirectory(prefix="recuento-disk-") as place:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True)
        if mounted.returncode:
            yield None
            return
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "-l", place], check=True)


def full_disk(size: str = "20m") -> Filled | None:
    """Preserve documents on a small disk until it is full and beyond, then free some room and go on."""
    with small_disk(size) as disk:
        if disk is None:
            return None
        place = work.fresh(disk / "place")
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(4 << 20))
        found = Filled()
        said: list[tuple[str, str]] = []
        with tempfile.TemporaryDirectory() as elsewhere:
            for n in range(MOST):
                if _keep_one(place, Path(elsewhere) / f"{n}.txt", n, said, found):
                    found.kept += 1
                elif found.refused >= 12:
                    break
            ballast.unlink()
            for n in range(MOST, MOST + 5):
                found.kept_again += _keep_one(place, Path(elsewhere) / f"{n}.txt", n, said, found)
        found.losses = losses(place, said)
        return found


def _keep_one(place: Path, path: Path, number: int, said: list[tuple[str, str]], found: Filled) -> bool:
    path.write_text(f"Nota {number}. " * 4_000, encoding="utf-8")
    try:
        with Casefile.open(place / "case") as casefile:
            (done,) = preserve(casefile, [path], by="ana", at=AT)
    except (RecuentoError, OSError) as error:
        told = explanation(error) if isinstance(error, OSError) else error
        found.refused += 1
        found.told_well = found.told_well and told is not None and "/" in told.en and "/" in told.es
        return False
    assert done.sha256 is not None
    said.append(("document", done.sha256))
    return True


def read_only_disk() -> bool:
    """Whether a casefile on a read-only disk can be read, refuses to be written to, and says so with its place."""
    with small_disk("40m") as disk:
        if disk is None:
            return True
        place = work.fresh(disk / "place")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert not os.access(place / "case" / "recuento.toml", os.W_OK)
        try:
            with Casefile.open(place / "case") as casefile:
                if verify(casefile).faults:
                    return False
                work.do_decide(place, 1, lambda kind, name: None)
        except RecuentoError as error:
            return str(disk) in error.en and str(disk) in error.es
        except OSError as error:
            told = explanation(error)
            return told is not None and str(disk) in told.en
        return False
