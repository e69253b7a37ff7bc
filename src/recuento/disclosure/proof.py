"""A pattern of suppression with its proof: for every hidden cell two sets of counts that nobody can tell apart.

A witness is a set of whole counts for all releases that agrees with everything shown and with every sum. The cell is
small in one and large in the other, so what an attacker can compute spans both, whatever method is used. Checking it
needs no solver. Witnesses hold true values: they stay with the casefile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from recuento.disclosure.counts import CountSystem, Marks, Release, Whole
from recuento.disclosure.system import Joint
from recuento.errors import CheckFailed


class Unprotectable(CheckFailed):
    """No pattern hides what must be hidden: earlier releases tell too much. The table must wait or stay away."""


@dataclass(frozen=True, eq=False)
class Witness:
    """For one target two sets of counts over all releases: `low` and `high` are what the target is in them."""

    release: int
    """Which release the cell is of; the last is the new one."""
    cell: int
    since: int | None
    """The release from which the change of the cell is meant; None where the count itself is."""
    low: int
    high: int
    least: Whole
    most: Whole


@dataclass(frozen=True, eq=False)
class Protected:
    """What may be shown of a system of counts: all but `hidden`, of which `primary` for their own sake."""

    system: CountSystem
    smallest: int
    hidden: Marks
    primary: Marks
    witnesses: tuple[Witness, ...]

    def shown(self) -> list[int | None]:
        """The counts as they may be told, None where one is not."""
        return [None if hidden else int(value) for value, hidden in zip(self.system.values, self.hidden, strict=True)]

    def release(self) -> Release:
        """What to keep of this edition, for the next to be held against."""
        return Release(self.system.values, self.hidden)


def faults_in(found: Protected, earlier: Sequence[Release] = ()) -> list[str]:
    """What is wrong with a pattern or its proof, in words; empty where it holds. Uses arithmetic alone."""
    joint = Joint.of(found.system, earlier)
    low, high = joint.bounds(found.hidden)
    faults = list(_bare_cells(found, joint))
    proved = set()
    for witness in found.witnesses:
        for counts in (witness.least, witness.most):
            if (joint.matrix @ counts != 0).any():
                faults.append(f"witness of cell {witness.cell}: a sum does not hold")
            if (counts < low).any() or (counts > high).any():
                faults.append(f"witness of cell {witness.cell}: it contradicts what is shown")
        ends = [_value(joint, witness, counts) for counts in (witness.least, witness.most)]
        if ends != [witness.low, witness.high] or witness.high - witness.low < found.smallest - 1:
            faults.append(f"witness of cell {witness.cell}: its range is too narrow")
        proved.add((witness.release, witness.cell, witness.since))
    faults += [f"no witness for {target}" for target in _to_be_proved(found, joint, earlier) if target not in proved]
    return faults


def _bare_cells(found: Protected, joint: Joint) -> Iterator[str]:
    small = (found.system.values > 0) & (found.system.values < found.smallest) & ~found.hidden
    yield from (f"cell {cell} is small and shown" for cell in np.flatnonzero(small))


def _to_be_proved(found: Protected, joint: Joint, earlier: Sequence[Release]) -> Iterator[tuple[int, int, int | None]]:
    last = joint.releases - 1
    yield from ((last, int(cell), None) for cell in np.flatnonzero(found.hidden))
    for at, release in enumerate(earlier):
        yield from ((at, int(cell), None) for cell in np.flatnonzero(release.hidden))
    yield from ((last, cell, since) for cell, since in small_changes(found.system, earlier, found.smallest))


def small_changes(system: CountSystem, earlier: Sequence[Release], smallest: int) -> list[tuple[int, int]]:
    """Cell and earlier release of every change by a group that is too small to be told."""
    found = []
    for at, release in enumerate(earlier):
        change = np.abs(system.values - release.values)
        found += [(int(cell), at) for cell in np.flatnonzero((change > 0) & (change < smallest))]
    return found


def _value(joint: Joint, witness: Witness, counts: Whole) -> int:
    value = int(counts[witness.release * joint.cells + witness.cell])
    if witness.since is None:
        return value
    step = value - int(counts[witness.since * joint.cells + witness.cell])
    true = joint.truth[witness.release * joint.cells + witness.cell]
    return step if true >= joint.truth[witness.since * joint.cells + witness.cell] else -step
