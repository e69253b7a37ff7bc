"""Sounds that are probably slips for a common one, so that a misspelt name is still compared with the right ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

_SHORTEST = 4
"""Letters a sound must have to be taken for a slip; shorter ones are too near to one another."""
_TIMES_AS_COMMON = 8
"""How much more often the right form must be written than the slip."""


def corrected_sounds(sounds: Sequence[str], counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """For each sound the place of the one it is probably a slip for, or its own place.

    A slip is one letter more, less, changed or swapped with its neighbour. The most common candidate is taken, then
    the first in order.
    """
    known = {sound: place for place, sound in enumerate(sounds)}
    shorter = _by_shortened(sounds, counts)
    right = np.arange(len(sounds), dtype=np.int32)
    for place, sound in enumerate(sounds):
        if len(sound) >= _SHORTEST:
            right[place] = _best(sound, place, counts, known, shorter)
    return right


def _by_shortened(sounds: Sequence[str], counts: npt.NDArray[np.int64]) -> dict[str, int]:
    """Every form of a common sound with one letter left out, and the most common sound it comes from."""
    found: dict[str, int] = {}
    for place in sorted(np.flatnonzero(counts >= _TIMES_AS_COMMON).tolist(), key=lambda p: (-counts[p], sounds[p])):
        if len(sounds[place]) >= _SHORTEST:
            for form in shortened(sounds[place]):
                found.setdefault(form, place)
    return found


def _best(
    sound: str, place: int, counts: npt.NDArray[np.int64], known: Mapping[str, int], shorter: Mapping[str, int]
) -> int:
    forms = shortened(sound)
    candidates = {shorter[form] for form in (sound, *forms) if form in shorter}
    candidates |= {known[form] for form in (*forms, *_swapped(sound)) if form in known and len(form) >= _SHORTEST}
    enough = counts[place] * _TIMES_AS_COMMON
    common = [(-int(counts[other]), other) for other in candidates if counts[other] >= enough and other != place]
    return min(common)[1] if common else place


def shortened(word: str) -> set[str]:
    """The word with each one of its letters left out."""
    return {word[:k] + word[k + 1 :] for k in range(len(word))}


def _swapped(word: str) -> set[str]:
    return {word[:k] + b + a + word[k + 2 :] for k, (a, b) in enumerate(pairwise(word)) if a != b}
