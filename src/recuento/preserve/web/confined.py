"""Take away from the fetching process what it does not need: memory without end, files to write, core dumps."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

_MEMORY_BYTES_MAX = 2 << 30
_OPEN_FILES_MAX = 64
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def confine_fetcher() -> None:
    """Bind this process for good. It keeps the network; on Windows it keeps everything."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, _MEMORY_BYTES_MAX),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES_MAX),
    ):
        # Some systems (macOS) know a limit and refuse to set it; the others still hold.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    if sys.platform.startswith("linux"):
        import ctypes

        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    os.umask(0o077)
