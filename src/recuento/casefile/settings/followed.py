"""recuento.toml while somebody else may change it: as it was read last, and whether it says something else by now."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from recuento.casefile.settings.settings import Settings, read_settings, settings_in
from recuento.errors import FaultsFound


class FollowedSettings:
    """The file at `path`. Threads share it.

    `settings` are those of the last time it was whole and right, `sha256` that of its bytes then. `error` says what is
    wrong with it as it is now, None where nothing is.
    """

    def __init__(self, path: Path) -> None:
        """Raises FaultsFound where the file is wrong."""
        self.path = path
        self._lock = threading.Lock()
        self._stamp = _stamp(path)
        self.settings, self.sha256 = _read(path)
        self.error: FaultsFound | None = None

    def follow(self) -> bool:
        """Read the file where it was written since; gives whether it is another.

        A file that is wrong changes nothing: what it said before goes on to count, and `error` says what is wrong.
        """
        stamp = _stamp(self.path)
        if stamp == self._stamp:
            return False
        with self._lock:
            before = self.sha256
            try:
                self.settings, self.sha256 = _read(self.path)
                self.error = None
            except FaultsFound as error:
                # Where on the disk the file lies is not for every page.
                self.error = FaultsFound(self.path.name, error.faults)
            # Looked at before it was read: what is written meanwhile is read the next time.
            self._stamp = stamp
            return self.sha256 != before


def _read(path: Path) -> tuple[Settings, str]:
    try:
        data = path.read_bytes()
        text = data.decode()
    except (OSError, UnicodeDecodeError):
        # Raises what is to be said of it, unless the file came back a moment later.
        return read_settings(path), ""
    return settings_in(text, path), hashlib.sha256(data).hexdigest()


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
