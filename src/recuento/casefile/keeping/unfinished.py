"""What interrupted work left in a casefile: nothing of it was said to be saved, and none of it is a fault.

After a kill or a power cut there may be bytes that no row names, files under a name that says they are not whole, and
folders of work that ended. They are listed here, and swept away once they are old.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.people.lists import PEOPLE, originals_of_lists
from recuento.casefile.sealing.vault import stray_envelopes
from recuento.errors import Fault
from recuento.store import documents, people
from recuento.store.durable import UNFINISHED, sync_folder

DAY_SECONDS = 86_400.0
_LEFT = (f"**/{UNFINISHED}*", "**/.recuento-backup-*", "*.part", f"{PEOPLE}/*.unfinished", f"{PEOPLE}/work/*")
"""What work in progress is called; once it is old nobody works on it any more."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """`strays` are originals that no row names, with what to do; `left` are files and folders of work that ended."""

    strays: tuple[Fault, ...]
    left: tuple[Path, ...]


def unfinished(casefile: Casefile) -> Unfinished:
    """Everything that interrupted work left in the casefile. Work that goes on just now is among it."""
    return Unfinished(tuple(strays(casefile)), tuple(_left(casefile.folder)))


def strays(casefile: Casefile) -> Iterator[Fault]:
    """Originals of documents and lists and envelopes that no row names: nobody was told that they are kept."""
    yield from stray_envelopes(casefile)
    with casefile.database.reading() as connection:
        known = {document.sha256 for document in documents.all(connection)}
        listed = {names.sha256 for names in people.lists(connection)}
        # An earlier file of a list stays when a newer one takes its place.
        has_lists = bool(listed)
    for sha256 in casefile.originals.all():
        if sha256 not in known:
            yield Fault(
                f"originals/{sha256[:12]}",
                "is kept but is no document: preserve its file again",
                "está guardado pero no es un documento: vuelva a preservar su archivo",
            )
    for sha256 in originals_of_lists(casefile).all() if not has_lists else ():
        yield Fault(
            f"{PEOPLE}/originals/{sha256[:12]}",
            "is kept but is no list: import its file again",
            "está guardado pero no es una lista: vuelva a importar su archivo",
        )


def sweep(casefile: Casefile, *, age_seconds_min: float = DAY_SECONDS) -> tuple[Path, ...]:
    """Delete what ended work left at least that long ago; gives what was deleted. Originals are never deleted."""
    swept = []
    for path in _left(casefile.folder):
        try:
            if time.time() - path.stat().st_mtime < age_seconds_min:
                continue
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        except FileNotFoundError:  # Whoever worked on it has just ended.
            continue
        sync_folder(path.parent)
        swept.append(path)
    return tuple(swept)


def _left(folder: Path) -> Iterator[Path]:
    seen: set[Path] = set()
    for pattern in _LEFT:
        for path in sorted(folder.glob(pattern)):
            if not seen.intersection((path, *path.parents)):
                seen.add(path)
                yield path
