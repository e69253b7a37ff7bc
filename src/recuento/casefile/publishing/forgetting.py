"""Blank for good, in the casefile's own copies of earlier editions, what is blank of them in public.

What became private after an edition came out is blank on the site from the next one on, and its packed copy still has
it in clear. Here the copy loses it too. The log notes the hash of the new copy; the list of the frozen files keeps
the hash of what was there.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.custody.custody import note_act
from recuento.casefile.custody.edition_records import EDITIONS, details_of, still_in_clear
from recuento.casefile.custody.wiping import wipe_file
from recuento.casefile.publishing.editions import KeptEdition, kept_editions, packed
from recuento.casefile.publishing.history import blank
from recuento.publish.freezing import folder_of
from recuento.store.durable import UNFINISHED, move, written_whole
from recuento.store.lock import WriteLock
from recuento.store.log import Act

_BUSY_SECONDS = 10


def in_clear(casefile: Casefile) -> dict[int, list[str]]:
    """By edition the files that are blank in public and lie in clear in the casefile."""
    folder = casefile.folder / EDITIONS
    found = {one.number: still_in_clear(folder, one.number) for one in kept_editions(casefile)}
    return {number: paths for number, paths in found.items() if paths}


def blank_copies(casefile: Casefile, *, by: str, at: datetime) -> dict[int, list[str]]:
    """Blank those files in the packed editions, overwrite what was there, and note it; gives which, by edition.

    Raises CasefileUnusable while somebody publishes, and where the disk is full or failing. Interrupted, it is to be
    given again. Earlier backups hold what was there until they are replaced.
    """
    with WriteLock(casefile.folder / f"{DATABASE}.publishing.lock", _BUSY_SECONDS).held():
        found = in_clear(casefile)
        for one in kept_editions(casefile):
            if one.number in found:
                _blank_copy(casefile, one, found[one.number], by, at)
    return found


def _blank_copy(casefile: Casefile, one: KeptEdition, paths: list[str], by: str, at: datetime) -> None:
    folder = casefile.folder / EDITIONS
    path = folder / f"{folder_of(one.number)}.zip"
    new, old = (folder / f"{UNFINISHED}{path.name}-{end}" for end in ("blank", "old"))
    months = dict(one.blanked)
    with zipfile.ZipFile(path) as before:
        files: Mapping[str, Callable[[], bytes]] = {
            name: partial(blank, name, months[name], one, casefile.settings.name)
            if name in paths
            else partial(before.read, name)
            for name in before.namelist()
        }
        written_whole(new, lambda target: packed(target, files))
    hashes = details_of(folder, one.number)
    details = {
        **hashes,
        "of": "files of an edition are blank for good",
        "number": str(one.number),
        "frozen": one.sums,
        "kept": hashlib.sha256(new.read_bytes()).hexdigest(),
        "kept_before": hashes["kept"],
    }
    # Noted first: whichever of the two is there after an interruption, the log knows it.
    note_act(casefile, Act.DECIDED, by=by, at=at, details=details)
    old.unlink(missing_ok=True)
    os.link(path, old)
    move(new, path)
    wipe_file(Path(old))
