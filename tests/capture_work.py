"""A program that captures a list into a casefile, to be killed while it does: python capture_work.py CASE LIST HOST."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from recuento.casefile.capture_session import Wanted, capture_wanted
from recuento.casefile.casefile import Casefile


def main(folder: str, urls: str, host: str) -> None:
    """Capture, in no hurry to wait."""
    with Casefile.open(Path(folder)) as casefile:
        settings = casefile.settings.capture.with_options(hosts=(host,), screenshot=False)
        wanted = Wanted(lists=(Path(urls),))
        report = capture_wanted(
            casefile, wanted, settings, by="ana", clock=lambda: datetime.now(UTC), sleep=lambda seconds: None
        )
        for one in report.captures:
            sys.stdout.write(f"{one.url} {one.outcome.value}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
