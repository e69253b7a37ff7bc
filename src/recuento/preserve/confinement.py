"""Take away from a process what a parser does not need: time, memory, files, children, the network."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress

from recuento.preserve.limits import Limits
from recuento.preserve.sandbox import take_away

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_OPEN_FILES_MAX = 64


def cut_network() -> bool:
    """Move this process, and all it will start, into an empty network; return whether the system allowed it.

    Works on Linux, for an ordinary user where user namespaces are on. Elsewhere the network stays open.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def confine(limits: Limits, *, program: str | None = None) -> None:
    """Bind this process to the limits for good. Without the `resource` module (Windows) it does nothing.

    `program` is one that it may become, and whose libraries it may read.
    """
    if sys.platform == "win32":
        return
    import resource

    cpu = limits.cpu_seconds_max
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_AS, limits.memory_bytes_max, limits.memory_bytes_max),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES_MAX, _OPEN_FILES_MAX),
    ):
        _, allowed = resource.getrlimit(kind)
        ceiling = hard if allowed == resource.RLIM_INFINITY else min(hard, allowed)
        # Some systems (macOS) know a limit and refuse to set it; the others still hold.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (min(soft, ceiling), ceiling))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    os.umask(0o077)
    take_away(program)
