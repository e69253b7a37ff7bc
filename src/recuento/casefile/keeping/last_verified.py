"""When everything was last verified, and what came of it: kept in a small file, which is no part of what is verified.

A byte that the disk has changed is noticed only when somebody reads it, and a backup can put it right only as long as
one from before is kept; so the first page of the workbench asks for it once a month.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from recuento.casefile.casefile import VERIFIED, Casefile
from recuento.errors import CasefileUnusable
from recuento.store import stopping
from recuento.store.durable import write_file
from recuento.store.encoding import instant

if TYPE_CHECKING:
    # Verifying reads lists of names as well, with NumPy and Arrow; the first page only asks when it was done.
    from recuento.casefile.keeping.verifying import Verification

OFTEN_DAYS = 30
"""After so many days it is time to verify again."""


@dataclass(frozen=True, slots=True)
class LastVerified:
    """When, how many originals and log entries were read, and how many faults were found."""

    at: datetime
    originals: int
    entries: int
    faults: int

    def is_old(self, now: datetime) -> bool:
        """Whether it is time to verify again."""
        return now - self.at > timedelta(days=OFTEN_DAYS)


def note_verified(casefile: Casefile, found: Verification, at: datetime) -> None:
    """Keep when the casefile was verified. Where it cannot be written to, nothing is noted, and that is no fault."""
    plain = {"at": instant(at), "originals": found.originals, "entries": found.log, "faults": len(found.faults)}
    with suppress(CasefileUnusable):
        write_file(casefile.folder / VERIFIED, json.dumps(plain).encode())


def last_verified(casefile: Casefile) -> LastVerified | None:
    """When this casefile was last verified; None where it never was, or where the note cannot be read."""
    try:
        plain = json.loads((casefile.folder / VERIFIED).read_bytes())
        at = datetime.fromisoformat(plain["at"])
        return LastVerified(at, int(plain["originals"]), int(plain["entries"]), int(plain["faults"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_read(casefile: Casefile) -> None:
    """Let the system forget what it holds of the casefile in memory, so that what is read next comes from the disk.

    After a failed sync its memory may hold what the disk never got.
    """
    if not hasattr(os, "posix_fadvise"):
        return
    for path in casefile.folder.rglob("*"):
        if path.is_file():
            with suppress(OSError), path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def allow_writing(casefile: Casefile, found: Verification, *, in_spite: bool = False) -> bool:
    """Let a casefile that was stopped be written to again, where everything stands or somebody says so `in_spite` of
    the faults; gives whether it was stopped and is no more.
    """
    return (in_spite or not found.faults) and stopping.lift(casefile.folder.absolute())
