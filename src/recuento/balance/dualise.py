"""Smallest conflicts and smallest corrections are each other's hitting sets; find both by going back and forth.

Sets are whole numbers used as bit masks. Start from the conflicts known, list the smallest sets that hit them all,
and ask whether what such a set leaves is possible: if so it is a correction, if not there is a new conflict. When
every hitting set has been confirmed, both lists are complete (the known conflicts are then exactly the smallest
hitting sets of the corrections).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Shrink = Callable[[int], int | None]
"""Given a selection, a smallest conflict inside it, or None where it is possible."""


def all_conflicts(everything: int, shrink: Shrink, *, most: int) -> tuple[list[int], list[int], bool]:
    """All smallest conflicts and all smallest corrections within `everything`; False where `most` was reached."""
    conflicts: list[int] = []
    transversals = [0]
    confirmed: set[int] = set()
    while True:
        candidate = next((t for t in transversals if t not in confirmed), None)
        if candidate is None:
            return conflicts, sorted(transversals), True
        found = shrink(everything & ~candidate)
        if found is None:
            confirmed.add(candidate)
            continue
        conflicts.append(found)
        transversals = with_edge(transversals, found)
        if len(conflicts) > most or len(transversals) > most:
            return conflicts, sorted(confirmed), False


def with_edge(transversals: Iterable[int], edge: int) -> list[int]:
    """The smallest hitting sets once `edge` must be hit too (one step of Berge's method)."""
    kept = [t for t in transversals if t & edge]
    missed = [t for t in transversals if not t & edge]
    grown: list[int] = []
    bits = list(_bits(edge))
    for bit in bits:
        # A set that misses the edge, grown by one bit, is smallest unless a kept set lies inside it.
        rivals = [k for k in kept if k & bit]
        for base in missed:
            candidate = base | bit
            if not any(rival & ~candidate == 0 for rival in rivals):
                grown.append(candidate)
    return kept + grown


def _bits(mask: int) -> Iterable[int]:
    while mask:
        lowest = mask & -mask
        yield lowest
        mask ^= lowest


def numbers_in(mask: int) -> list[int]:
    """The positions of the bits of a mask."""
    return [bit.bit_length() - 1 for bit in _bits(mask)]


def mask_of(numbers: Iterable[int]) -> int:
    """The mask with those bits."""
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask
