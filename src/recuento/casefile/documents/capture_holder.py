"""Tells whether the process that holds a job still lives: it keeps a lock that the system frees when it dies."""

from __future__ import annotations

import platform
import tempfile
import uuid
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType

from recuento.errors import CasefileUnusable
from recuento.store.lock import WriteLock


class CaptureHolder:
    """One run of captures, by the name it signs jobs with: the machine, and a file that it keeps locked there."""

    def __init__(self) -> None:
        self.name = f"{_machine()}/{uuid.uuid4().hex}"
        self._stack = ExitStack()

    def is_dead(self, holder: str) -> bool:
        """Whether that holder was on this machine and is no more; of other machines only the lease can tell."""
        machine, _, _ = holder.rpartition("/")
        if machine != _machine():
            return False
        path = _lock_path(holder)
        if not path.exists():
            return True
        try:
            with WriteLock(path, 0).held():
                pass
        except (CasefileUnusable, OSError):
            return False
        path.unlink(missing_ok=True)
        return True

    def __enter__(self) -> CaptureHolder:
        self._stack.enter_context(WriteLock(_lock_path(self.name), 0).held())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            _lock_path(self.name).unlink(missing_ok=True)
        self._stack.close()


def _machine() -> str:
    return platform.node() or "here"


def _lock_path(holder: str) -> Path:
    return Path(tempfile.gettempdir()) / f"recuento-capture-{holder.rpartition('/')[2]}.lock"
