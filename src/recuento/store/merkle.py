"""Merkle trees as RFC 6962 defines them: roots, and proofs of inclusion and of consistency that need no trust.

A leaf's hash begins with a zero byte, a node's with a one, so that neither can pass for the other. Nothing here knows
what the leaves mean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf that holds `data`."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two subtrees."""
    return hashlib.sha256(b"\1" + left + right).digest()


class MerkleTree:
    """A tree over leaf hashes, held in memory: any root or proof is then a few dozen look-ups."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add the hash of a leaf at the end."""
        node = leaf
        for height in range(len(self._levels)):
            level = self._levels[height]
            level.append(node)
            if len(level) % 2:
                return
            node = node_hash(level[-2], level[-1])
        self._levels.append([node])

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves, of all where it is not given."""
        size = self.size if size is None else self._checked(size)
        return self._hash_over(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, number: int, size: int | None = None) -> tuple[bytes, ...]:
        """The hashes that lead from leaf `number`, counted from 0, to the root over the first `size` leaves."""
        size = self.size if size is None else self._checked(size)
        if not 0 <= number < size:
            raise ValueError(f"no leaf {number} in a tree of {size}")
        path: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _left_size(end - start)
            if number < middle:
                path.append(self._hash_over(middle, end))
                end = middle
            else:
                path.append(self._hash_over(start, middle))
                start = middle
        return tuple(reversed(path))

    def consistency_proof(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """The hashes that show the tree of the first `old` leaves to be the beginning of that of `new`."""
        new = self.size if new is None else self._checked(new)
        if not 0 < old <= new:
            raise ValueError(f"a tree of {old} is no beginning of one of {new}")
        path: list[bytes] = []
        start, end, known = 0, new, True
        while old != end:
            middle = start + _left_size(end - start)
            if old <= middle:
                path.append(self._hash_over(middle, end))
                end = middle
            else:
                path.append(self._hash_over(start, middle))
                start, known = middle, False
        if not known:
            path.append(self._hash_over(start, end))
        return tuple(reversed(path))

    def _hash_over(self, start: int, end: int) -> bytes:
        """The root over the leaves from `start` to `end`, where `start` is one at which RFC 6962 divides."""
        right: bytes | None = None
        parts: list[bytes] = []
        while start < end:
            height = (end - start).bit_length() - 1
            parts.append(self._levels[height][start >> height])
            start += 1 << height
        for part in reversed(parts):
            right = part if right is None else node_hash(part, right)
        assert right is not None
        return right

    def _checked(self, size: int) -> int:
        if not 0 <= size <= self.size:
            raise ValueError(f"the tree has {self.size} leaves, not {size}")
        return size


def root_from_inclusion(leaf: bytes, number: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its proof lead to, or None where the proof is not of that length (RFC 9162, 2.1.3.2)."""
    if not 0 <= number < size:
        return None
    place, last, found = number, size - 1, leaf
    for part in proof:
        if last == 0:
            return None
        if place % 2 or place == last:
            found = node_hash(part, found)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, part)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows the tree of `old` leaves to be the beginning of that of `new` (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not proof:
        return False
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, new - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            first, second = node_hash(part, first), node_hash(part, second)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, part)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _left_size(size: int) -> int:
    """How many leaves go into the left subtree of a tree of `size`: the largest power of two below it."""
    return 1 << (size - 1).bit_length() - 1
