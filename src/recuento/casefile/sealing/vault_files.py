"""The files of the vault: envelopes under random names, written whole, with one and the same time on all of them."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.wiping import wipe_file, wipe_folder
from recuento.store.durable import UNFINISHED, explained, make_folder, sync_folder

FOLDER = "sealed"
"""The folder of a casefile that holds the envelopes of files."""
_NAME = re.compile(r"[0-9a-f]{32}")


def folder_of(casefile: Casefile) -> Path:
    """Where the envelopes lie."""
    return casefile.folder / FOLDER


def keep_envelope(casefile: Casefile, write: Callable[[BinaryIO], None]) -> str:
    """Let `write` write an envelope, and keep it under a random name, which is given back once it is on the disk."""
    folder = folder_of(casefile)
    name = secrets.token_hex(16)
    unfinished = folder / f"{UNFINISHED}{name}"
    with explained(folder):
        try:
            make_folder(folder, 0o700)
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            # When it came is told by no file: all bear the same time.
            os.utime(unfinished, (0, 0))
            unfinished.replace(folder / name)
            sync_folder(folder)
        finally:
            unfinished.unlink(missing_ok=True)
    return name


def envelope_path(casefile: Casefile, name: str) -> Path:
    """Where the envelope of that name lies."""
    return folder_of(casefile) / name


def envelopes_there(casefile: Casefile) -> Iterator[str]:
    """The names of the envelopes on the disk, in order."""
    folder = folder_of(casefile)
    yield from sorted(path.name for path in folder.glob("*") if _NAME.fullmatch(path.name))


def sweep_envelopes(casefile: Casefile, known: set[str]) -> int:
    """Remove what interrupted commands left: envelopes that nothing names, unfinished ones; gives how many."""
    left = [name for name in envelopes_there(casefile) if name not in known]
    left += [path.name for path in folder_of(casefile).glob(f"{UNFINISHED}*")]
    for name in left:
        path = folder_of(casefile) / name
        wipe_folder(path) if path.is_dir() else wipe_file(path)
    return len(left)
