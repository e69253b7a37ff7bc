"""A casefile whose folder goes away while it is open: deleted, moved, or its disk unmounted or unplugged.

What is then tried fails in as many ways as there are calls, or makes a new folder where the old one was. So an open
casefile is known by its settings file: once that cannot be reached, every failure is told as this one, and nothing
more is written there, an empty mount point included.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from recuento.errors import CasefileUnusable, RecuentoError

_A_MOMENT = 0.05
"""Seconds. Some editors rename a file away before they write the new one."""


class Vanished(CasefileUnusable):
    """The folder of an open casefile can no longer be reached."""

    def __init__(self, folder: Path | None) -> None:
        """Without `folder` it is not told where the casefile lies."""
        super().__init__(
            f"{folder or 'the casefile'} is no longer there: it was deleted or moved, or its disk was taken away, "
            "while it was open. Nothing more was written. Connect the disk again, move the folder back, or bring a "
            "backup back with recuento restore; then give the command again",
            f"{folder or 'el caso'} ya no está: se borró o se movió, o se quitó su disco, mientras estaba abierto. No "
            "se escribió nada más. Vuelva a conectar el disco, devuelva la carpeta a su lugar o recupere una copia de "
            "seguridad con recuento restore; después repita la orden",
        )


class Watch:
    """Held while a casefile is open: knows by `sign`, a file that every casefile has, whether its folder is there."""

    def __init__(self, sign: Path) -> None:
        self._sign = sign.absolute()
        self._folder = sign.parent
        with _guard:
            _held.add(self)

    @property
    def vanished(self) -> Vanished | None:
        """What is to be said where the folder is gone; None where it is there."""
        if os.path.exists(self._sign):  # noqa: PTH110 - never raises, and is one call before every write
            return None
        time.sleep(_A_MOMENT)
        return None if os.path.exists(self._sign) else Vanished(self._folder)  # noqa: PTH110

    def covers(self, place: Path) -> bool:
        """Whether `place` lies in the folder."""
        # Links are not followed: it is the name of the folder that counts.
        return Path(os.path.abspath(place)).is_relative_to(self._sign.parent)  # noqa: PTH100

    def tell(self, error: BaseException | None) -> None:
        """Raise Vanished from `error` where that came of it."""
        if isinstance(error, OSError | RecuentoError) and not isinstance(error, Vanished) and (gone := self.vanished):
            raise gone from error

    def end(self) -> None:
        """Hold it no more: a folder of this name may come and go."""
        with _guard:
            _held.discard(self)


_guard = threading.Lock()
_held: WeakSet[Watch] = WeakSet()


@contextmanager
def watched(sign: Path) -> Iterator[None]:
    """Watch the folder of `sign` for a while, as long as it is being opened."""
    watch = Watch(sign)
    try:
        yield
    except (OSError, RecuentoError) as error:
        watch.tell(error)
        raise
    finally:
        watch.end()


def vanished(place: Path) -> Vanished | None:
    """What is to be said where `place` lies in an open casefile that is gone; None in every other case."""
    with _guard:
        held = list(_held)
    return next((gone for watch in held if watch.covers(place) and (gone := watch.vanished)), None)


def refuse_where_vanished(place: Path) -> None:
    """Raise Vanished where `place` lies in an open casefile that is gone."""
    if gone := vanished(place):
        raise gone
