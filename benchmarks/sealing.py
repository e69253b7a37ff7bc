"""Sealing: no byte of a casefile holds what was sealed after 1,000 random actions; and what sealing costs.

Times are CPU seconds of this process. With --sabotage details or traces the first figure must not be 0.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.keepers import add_keeper
from recuento.casefile.sealing.locking import lock, unlock
from recuento.seal.envelopes import open_envelope, shut, shut_stream
from recuento.seal.keys import PrivateKey
from recuento.store import people

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
ENTRIES = 20_000


def main() -> None:
    """Print every figure beside its bar; end with 1 where one is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", choices=("", "details", "traces"), default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        from sealing_actions import image_after  # type: ignore[import-not-found]

        found = image_after(Path(scratch) / "image", asked.actions, asked.seed, asked.sabotage)
        held = [
            bar(f"files with a sealed value after {asked.actions} actions", len(found), 0),
            *costs(),
            *locking(Path(scratch) / "locking"),
        ]
    if not all(held):
        sys.exit(1)


def costs() -> list[bool]:
    """Envelopes a second, and megabytes of a file."""
    keys = [PrivateKey.new() for _ in range(3)]
    public = [key.public for key in keys]
    value = b"Ubaldina Trasmonte, 0414 5550199"
    envelopes = [shut(value, public) for _ in range(10)]
    shutting = seconds(lambda: [shut(value, public) for _ in range(300)])
    opening = seconds(lambda: [open_envelope(envelopes[n % 10], keys[n % 3]) for n in range(300)])
    data = random.Random(1).randbytes(20_000_000)
    file = seconds(lambda: shut_stream(io.BytesIO(data), len(data), io.BytesIO(), public))
    return [
        bar("values sealed a second, to three keepers", 300 / shutting, None),
        bar("values opened a second", 300 / opening, None),
        bar("MB of a file sealed a second", len(data) / 1e6 / file, None),
    ]


def locking(folder: Path) -> list[bool]:
    """CPU seconds to lock and unlock a casefile with a list of so many names."""
    from custody_case import AT  # type: ignore[import-not-found]
    from recuento.model.people import ListEntry, NamesList

    key = PrivateKey.new()
    with Casefile.create(folder, "Observatorio de prueba") as casefile:
        add_keeper(casefile, "eva", key.public, by="ana", at=AT)
        add_keeper(casefile, "zoe", PrivateKey.new().public, by="ana", at=AT)
        names = NamesList("muro", "Lista", "muro.csv", "0" * 64, "table")
        cells = (("nombre", "XIMENA PRUEBASOLA ZUTANA"), ("edad", "30"), ("centro", "Penal inventado"))
        with casefile.database.writing() as connection:
            people.keep_list(connection, names)
            entries = (ListEntry(f"muro/{number}", "muro", number, cells) for number in range(ENTRIES))
            people.keep_entries(connection, entries, by="ana", at=AT)
        closing = seconds(lambda: lock(casefile, by="ana", at=AT))
        opening = seconds(lambda: unlock(casefile, key, by="eva", at=AT))
    return [
        bar(f"CPU seconds to lock {ENTRIES:,} entries", closing, 10, at_most=True),
        bar(f"CPU seconds to unlock {ENTRIES:,} entries", opening, None),
    ]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work."""
    start = time.process_time()
    work()
    return max(time.process_time() - start, 1e-9)


def bar(name: str, figure: float, goal: float | None, *, at_most: bool = False) -> bool:
    """Print a figure with the bar it has to reach, if there is one, and tell whether it does."""
    held = goal is None or (figure <= goal if at_most or goal == 0 else figure >= goal)
    shown = "" if goal is None else f"   bar ≤ {goal:,} {'held' if held else 'MISSED'}"
    print(f"{name:<60} {figure:>12,.3f}{shown}")
    return held


if __name__ == "__main__":
    main()
