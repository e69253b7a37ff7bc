"""How common a name is, in three bands: sharing a rare name says far more than sharing a common one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from recuento.values.person_names import given_names, surnames
from recuento.values.spanish_sounds import sound_key

COMMON, USUAL, RARE = 0, 1, 2
_LIMITS = {True: (0.008, 0.0012), False: (0.006, 0.0012)}
"""Shares of all names from which one is common, and usual; given names, surnames."""
_SHIPPED_SIGHTINGS = 1_500.0
"""How many names the shipped lexicon counts for against those on the lists."""


def bands(sounds: Sequence[str], counts: npt.NDArray[np.int64], *, is_given: bool) -> npt.NDArray[np.int32]:
    """The band of every sound: 0 common, 1 usual, 2 rare, from its count on the lists and the lexicon."""
    shipped = np.array([_shipped_share(is_given).get(sound, 0.0) for sound in sounds])
    share = (counts + _SHIPPED_SIGHTINGS * shipped) / (counts.sum() + _SHIPPED_SIGHTINGS)
    common, usual = _LIMITS[is_given]
    return np.where(share >= common, COMMON, np.where(share >= usual, USUAL, RARE)).astype(np.int32)


@cache
def _shipped_share(is_given: bool) -> dict[str, float]:
    """A flat share for every name of the lexicon: it only says that the name is not rare."""
    names = {sound_key(name) for name in (given_names() if is_given else surnames())}
    return dict.fromkeys(names, 1.0 / max(len(names), 1))
