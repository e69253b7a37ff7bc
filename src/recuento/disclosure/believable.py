"""Counts that an attacker could believe, kept as they are found: what they prove needs no linear program again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recuento.disclosure.counts import Marks, Whole
from recuento.disclosure.system import Joint, Reals

_TINY = 1e-6


class Believable:
    """How far apart `combinations` (t x columns) are in all counts found so far that agree with what is shown."""

    def __init__(self, joint: Joint, combinations: Sequence[Reals]) -> None:
        self.joint = joint
        self.combinations: Reals = np.array(combinations).reshape(len(combinations), len(joint.truth))
        truth: Reals = joint.truth.astype(np.float64)
        self._counts: Reals = truth[np.newaxis]
        self._values: Reals = (self.combinations @ truth)[np.newaxis]
        self._whole = np.ones(1, dtype=bool)
        self._new: list[Reals] = []
        self.sees(np.zeros(joint.cells, dtype=bool))

    def sees(self, hidden: Marks) -> None:
        """From here on, `hidden` of this release is not shown: what contradicts the rest is forgotten."""
        self._store()
        low, high = self.joint.bounds(hidden)
        self._low, self._high = low - _TINY, high + _TINY
        agree = ((self._counts >= self._low) & (self._counts <= self._high)).all(axis=1)
        self._counts, self._values, self._whole = self._counts[agree], self._values[agree], self._whole[agree]
        self.least, self.most = self._values.min(axis=0), self._values.max(axis=0)

    def add(self, counts: Reals) -> None:
        """Counts in which every sum holds; they are left out where they contradict what is shown."""
        if (counts < self._low).any() or (counts > self._high).any():
            return
        values = self.combinations @ counts
        self.least, self.most = np.minimum(self.least, values), np.maximum(self.most, values)
        self._new.append(counts)

    def whole_counts(self, target: int, sign: int, enough: int) -> Whole | None:
        """Whole counts found so far in which `sign` times the target is `enough` or more."""
        self._store()
        good = np.flatnonzero(self._whole & (sign * self._values[:, target] >= enough - _TINY))
        return np.rint(self._counts[good[0]]).astype(np.int64) if len(good) else None

    def _store(self) -> None:
        if not self._new:
            return
        new = np.array(self._new)
        rounded = np.rint(new)
        whole = (np.abs(new - rounded) < _TINY).all(axis=1) & ~(self.joint.matrix @ rounded.T).any(axis=0)
        self._counts = np.concatenate([self._counts, new])
        self._values = np.concatenate([self._values, new @ self.combinations.T])
        self._whole = np.concatenate([self._whole, whole])
        self._new = []
