"""A program that captures a list into a casefile and is killed while it does.

    python capture_work.py CASE LIST HOST [N]

With N it kills itself before the N-th time it syncs a file, so that every moment between two steps can be met.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.capture_session import Wanted, capture_wanted


def main(folder: str, urls: str, host: str, last: str = "") -> None:
    """Capture, in no hurry to wait."""
    if last:
        die_before_sync(int(last))
    with Casefile.open(Path(folder)) as casefile:
        settings = casefile.settings.capture.with_options(hosts=(host,), screenshot=False)
        wanted = Wanted(lists=(Path(urls),))
        report = capture_wanted(
            casefile, wanted, settings, by="ana", clock=lambda: datetime.now(UTC), sleep=lambda seconds: None
        )
        for one in report.captures:
            sys.stdout.write(f"{one.url} {one.outcome.value}\n")
            sys.stdout.flush()


def die_before_sync(number: int) -> None:
    """Let this process kill itself before it syncs a file for that time."""
    sync = os.fsync
    left = number

    def fsync(file: int) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        sync(file)

    os.fsync = fsync


if __name__ == "__main__":
    main(*sys.argv[1:])
