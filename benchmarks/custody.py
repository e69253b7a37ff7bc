"""Custody: entries a second, milliseconds a proof, alterations found by both verifiers, and a backup restored.

Times are CPU seconds of this process. The casefile is the invented one of the tests; alterations are of one byte each,
at random places of originals, tables and log, and in the bag with the manifests forged to fit.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.keeping import bag_verifier
from recuento.casefile.keeping.backing_up import back_up, restore
from recuento.casefile.keeping.bagging import export_bag
from recuento.casefile.keeping.verifying import verify
from recuento.store import log
from recuento.store.log import Act, Recorded
from recuento.store.merkle import is_consistent, leaf_hash, root_from_inclusion
from recuento.store.opening import open_database

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
ENTRIES = 50_000
PROOFS = 2_000


def main() -> None:
    """Print every figure beside its bar; end with 1 where one is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alterations", type=int, default=1_000, help="of each kind")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        held = [*appending(Path(scratch)), *altering(Path(scratch), asked.alterations)]
    if not all(held):
        sys.exit(1)


def appending(folder: Path) -> list[bool]:
    """How fast the log grows, in bulk and one act after the other, and what a proof costs."""
    rows = [Recorded("decisions", (number,), f"{number:064x}") for number in range(ENTRIES)]
    with open_database(folder / "log.sqlite3", create=True) as database:
        with database.writing() as connection:
            bulk = seconds(lambda: log.append_all(connection, [(Act.DECIDED, [row]) for row in rows]))
        with database.writing() as connection:
            single = seconds(lambda: [log.append(connection, Act.DECIDED, [row]) for row in rows[:5_000]])
        with database.reading() as connection:
            computing = time.process_time()
            tree = log.merkle_tree(connection, "public")
            computing = time.process_time() - computing
            bodies = [entry.body for entry in log.entries(connection, "public")]
    chance = random.Random(1)
    numbers = [chance.randrange(tree.size) for _ in range(PROOFS)]
    leaves = [leaf_hash(bodies[number].encode()) for number in numbers]
    proofs = [tree.inclusion_proof(number) for number in numbers]
    making = seconds(lambda: [tree.inclusion_proof(number) for number in numbers])
    root = tree.root()
    checked: list[bool] = []
    checking = seconds(
        lambda: checked.extend(
            root_from_inclusion(leaf, number, tree.size, proof) == root
            for leaf, number, proof in zip(leaves, numbers, proofs, strict=True)
        )
    )
    old = tree.size // 3
    growth = tree.consistency_proof(old)
    growing = seconds(lambda: checked.append(is_consistent(old, tree.root(old), tree.size, root, growth)))
    assert all(checked)
    return [
        bar("entries appended a second, in bulk", ENTRIES / bulk, 5_000),
        bar("entries appended a second, one statement each", 5_000 / single, None),
        bar(f"seconds to compute the root of {tree.size} entries", computing, None),
        bar("milliseconds to make a proof of inclusion", 1000 * making / PROOFS, None),
        bar("milliseconds to check a proof of inclusion", 1000 * checking / PROOFS, 1, at_most=True),
        bar("milliseconds to check a proof of consistency", 1000 * growing, 1, at_most=True),
    ]


def altering(folder: Path, number: int) -> list[bool]:
    """How many of so many alterations each verifier finds, and whether a backup comes back the same."""
    from custody_case import AT, alterations, filled, flipped, forge_manifests  # type: ignore[import-not-found]

    casefile: Casefile
    with filled(folder / "filled") as casefile:
        bag = folder / "bag"
        export_bag(casefile, bag, by="ana", at=AT, lists=True)
        backing = seconds(lambda: back_up(casefile, folder / "case.backup"))
        chance = random.Random(3)
        ours = sum(verify(casefile).faults != () for _ in alterations(casefile, chance, number))
        intact = verify(casefile).faults == ()
    files = [*(bag / "data" / "originals").iterdir(), *(bag / "data" / "custody").rglob("*")]
    evidence = sorted(path for path in files if path.is_file() and path.stat().st_size)
    theirs = 0
    for _ in range(number):
        path = chance.choice(evidence)
        before = path.read_bytes()
        path.write_bytes(flipped(before, chance))
        forge_manifests(bag)
        theirs += not stands(bag)
        path.write_bytes(before)
    forge_manifests(bag)
    restoring = seconds(lambda: restore(folder / "case.backup", folder / "again"))
    return [
        bar(f"alterations of a casefile found by verify, of {number}", ours, number),
        bar(f"careful alterations of a bag found by its own verifier, of {number}", theirs, number),
        bar("both say that nothing is wrong once they are undone (1 = yes)", intact and stands(bag), 1),
        bar("seconds to back up", backing, None),
        bar("seconds to restore and compare", restoring, None),
    ]


def stands(bag: Path) -> bool:
    """What the verifier of the bag says."""
    with contextlib.redirect_stdout(io.StringIO()):
        return bag_verifier.main([str(bag)]) == 0


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work."""
    start = time.process_time()
    work()
    return max(time.process_time() - start, 1e-9)


def bar(name: str, figure: float, goal: float | None, *, at_most: bool = False) -> bool:
    """Print a figure with the bar it has to reach, if there is one, and tell whether it does."""
    held = goal is None or (figure <= goal if at_most else figure >= goal)
    shown = "" if goal is None else f"   bar {'≤' if at_most else '≥'} {goal:,} {'held' if held else 'MISSED'}"
    print(f"{name:<68} {figure:>12,.3f}{shown}")
    return held


if __name__ == "__main__":
    main()
