"""After a failed sync nothing more is written to a casefile, until its programs are ended and somebody has verified it.

What the system had to write may be lost by then, and a second try would say that all is well. The stop is held in the
memory of the program that met it, and in a file of the casefile, by which every other program knows of it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from recuento.errors import CasefileUnusable

NOTE = "disk.failed"
"""The file of a casefile that says that its disk failed, and when."""


class DiskFailed(CasefileUnusable):
    """The disk itself failed. Nothing more is to be written by this process: stop, look at the disk, verify."""


class Stopped(DiskFailed):
    """The disk of this casefile has failed earlier, so nothing is written to it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder}: the disk failed while it was written to, so nothing more is written here. Check the disk, end "
            "every Recuento that has this casefile open (restart the workbench), then run recuento verify: if "
            "everything stands, it can be written to again. Compare what was saved last with a backup",
            f"{folder}: el disco falló al escribir, así que aquí ya no se escribe nada. Revise el disco, cierre todos "
            "los Recuento que tengan abierto este caso (reinicie la mesa de trabajo) y ejecute recuento verify: si "
            "todo se sostiene, se podrá volver a escribir. Compare lo último que guardó con una copia de seguridad",
        )


_watched: set[Path] = set()
_stopped: set[Path] = set()


def watch(folder: Path) -> None:
    """From now on know `folder` as that of a casefile: a disk that fails below it stops it, also once it is closed."""
    _watched.add(folder)


def stop(place: Path) -> None:
    """Stop the casefiles in which `place` lies: the disk failed there."""
    for folder in _above(place):
        _stopped.add(folder)
        # It may well fail too; then only this program knows. It is never synced: that is what failed.
        with suppress(OSError):
            (folder / NOTE).write_text(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC {place}\n", encoding="utf-8")


def refuse_where_stopped(place: Path) -> None:
    """Raise Stopped where a casefile in which `place` lies was stopped, here or by another program."""
    for folder in _above(place):
        if is_stopped(folder):
            raise Stopped(folder)


def is_stopped(folder: Path) -> bool:
    """Whether the casefile in `folder` was stopped."""
    return folder in _stopped or os.path.exists(folder / NOTE)  # noqa: PTH110 - one call, before every write


def lift(folder: Path) -> bool:
    """Let the casefile in `folder` be written to again, by programs that did not meet the failure themselves.

    Gives whether it was stopped. To be called when everything was verified, and by nobody who goes on writing.
    """
    was = is_stopped(folder)
    _stopped.discard(folder)
    (folder / NOTE).unlink(missing_ok=True)
    return was


def _above(place: Path) -> list[Path]:
    # Links are not followed: it is the name of the folder that counts.
    here = Path(os.path.abspath(place))  # noqa: PTH100
    return [folder for folder in (here, *here.parents) if folder in _watched]
