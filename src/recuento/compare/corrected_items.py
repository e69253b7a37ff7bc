"""What became of the items of a statement when a person put it right: which of them are the same in other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recuento.model.anchor import Anchor
from recuento.model.statement import Ask


def became(before: Sequence[Ask], after: Sequence[Ask]) -> list[tuple[Ask | None, Ask | None]]:
    """Every item before with the one it became (None: left out), in their order; then those that are new.

    An item is the same where it still begins at its word, else where it shares characters with the former one.
    """
    left = list(after)
    found: dict[int, Ask] = {}
    for is_same in (_begins_with, _shares_words):
        for place, was in enumerate(before):
            same = next((one for one in left if is_same(was.item, one.item)), None) if place not in found else None
            if same is not None:
                found[place] = same
                left.remove(same)
    return [*((was, found.get(place)) for place, was in enumerate(before)), *((None, one) for one in left)]


def _begins_with(one: Anchor, other: Anchor) -> bool:
    return one.start == other.start


def _shares_words(one: Anchor, other: Anchor) -> bool:
    return one.start < other.end and other.start < one.end


def joined(pairs: Iterable[tuple[str, str]], standing: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The names that are not `standing` any more, by the standing ones they went over into, step by step.

    `pairs` are names before and after one correction each. A correction that was taken back leads back as well, so
    a pair leads both ways; what stands itself leads no further.
    """
    beside: dict[str, set[str]] = {}
    for one, other in pairs:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(standing & beside.keys()):
        reached: set[str] = set()
        ahead = [name]
        while ahead:
            fresh = beside[ahead.pop()] - standing - reached
            reached |= fresh
            ahead += fresh
        if reached:
            found[name] = tuple(sorted(reached))
    return found
