"""Which words of a name are given names and which are surnames, learnt from the lists and a small lexicon.

Lists write given names first, surnames first, or "surnames, given names"; most lists do one thing. Each way of
cutting a name is weighed by how its words lean, how often names have so many of each, and what the list does;
leanings and habits are learnt from the expected cuts, over and over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recuento.link.name_table import NameTable
from recuento.values.person_names import given_names, surnames
from recuento.values.spanish_sounds import sound_key

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

_ROUNDS = 8
_SAMPLE = 150_000
"""Names from which leanings are learnt; further ones change nothing that matters."""
_GIVEN_SHAPE = np.log([1e-9, 0.47, 0.48, 0.045, 0.004, 1e-3, 1e-4, 1e-5, 1e-6])
_SURNAME_SHAPE = np.log([1e-9, 0.32, 0.64, 0.035, 0.004, 1e-3, 1e-4, 1e-5, 1e-6])
_COMMA_HOLDS = np.log(0.97 / 0.03)
_INITIAL_LEADS = -3.0
"""Log odds against an initial as first given name or first surname: it is the second that is cut short."""
_SHIPPED_WEIGHT = 4.0
"""How many sightings the lexicon counts for."""
_UNSURE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class CutNames:
    """Names cut: `given[row]` is a bool per word, `sureness` the probability of the cut that was chosen."""

    given: npt.NDArray[np.bool_]
    sureness: Floats


def cut_names(table: NameTable, lists: Ints) -> CutNames:
    """Cut every name; `lists[row]` is the number of the list it stands on."""
    sound, lean = _starting_leanings(table)
    words = np.where(table.words >= 0, sound[table.words], -1)
    habits = np.full(int(lists.max()) + 1 if len(lists) else 1, 0.6)
    step = max(1, len(words) // _SAMPLE)
    sample = np.arange(0, len(words), step)
    for _ in range(_ROUNDS if len(words) else 0):
        lean, habits = _learnt(words[sample], table.lengths[sample], table.commas[sample], lists[sample], lean, habits)
    return _cut(words, table.lengths, table.commas, habits[lists] if len(lists) else habits[:0], lean.weights())


@dataclass(frozen=True, slots=True, eq=False)
class _Leanings:
    shipped: Floats
    given: Floats
    surname: Floats

    def weights(self) -> Floats:
        """Log odds of being written as a given name, per sound; nothing for an initial (the last place)."""
        given = self.given + _SHIPPED_WEIGHT * self.shipped + _UNSURE
        surname = self.surname + _SHIPPED_WEIGHT * (1 - self.shipped) + _UNSURE
        return np.append(np.log(given / surname), 0.0)


def _starting_leanings(table: NameTable) -> tuple[Ints, _Leanings]:
    """The sound of each word as a number (initials share the last), and how the lexicon says the sounds lean."""
    sounds = [sound_key(word) for word in table.vocabulary]
    long = sorted({sound for sound, word in zip(sounds, table.vocabulary, strict=True) if len(word) > 1})
    number = {sound: place for place, sound in enumerate(long)}
    of_word = [
        number[sound] if len(word) > 1 else len(long) for sound, word in zip(sounds, table.vocabulary, strict=True)
    ]
    given, last = ({sound_key(word) for word in names()} for names in (given_names, surnames))
    shipped = np.array([_shipped(sound in given, sound in last) for sound in long] or [0.5])
    nothing = np.zeros(len(shipped))
    return np.array(of_word or [0], np.int32), _Leanings(shipped, nothing, nothing)


def _shipped(is_given: bool, is_surname: bool) -> float:
    if is_given == is_surname:
        return 0.5
    return 0.97 if is_given else 0.03


def _learnt(
    words: Ints, lengths: Ints, commas: Ints, lists: Ints, lean: _Leanings, habits: Floats
) -> tuple[_Leanings, Floats]:
    weights = lean.weights()
    given, surname = np.zeros(len(weights)), np.zeros(len(weights))
    first, seen = np.full(len(habits), 3.0), np.full(len(habits), 5.0)

    def count(rows: Ints, cuts: Floats) -> None:
        length = words[rows].shape[1] if len(rows) else 0
        size = int(lengths[rows[0]])
        share = _given_share(cuts, size)
        here = words[rows][:, : min(size, length)]
        given[:] += np.bincount(here.ravel(), share.ravel(), len(given))
        surname[:] += np.bincount(here.ravel(), 1 - share.ravel(), len(given))
        np.add.at(first, lists[rows], cuts[:, : size - 1].sum(axis=1))
        np.add.at(seen, lists[rows], 1.0)

    _each_length(words, lengths, commas, habits[lists], weights, count)
    return _Leanings(lean.shipped, given[:-1], surname[:-1]), first / seen


def _each_length(
    words: Ints, lengths: Ints, commas: Ints, habits: Floats, weights: Floats, use: Callable[[Ints, Floats], None]
) -> None:
    """Call `use(rows, probabilities of the cuts)` for the names of each length of two words or more."""
    for size in range(2, words.shape[1] + 1):
        rows = np.flatnonzero(lengths == size).astype(np.int32)
        if len(rows):
            here = words[rows, :size]
            use(rows, _cuts(weights[here], here == len(weights) - 1, commas[rows], habits[rows]))


def _cuts(weights: Floats, initials: npt.NDArray[np.bool_], commas: Ints, habits: Floats) -> Floats:
    """Probability per cut: given names first with 1, 2 ... of them, then surnames first with 1, 2 ... of them."""
    size = weights.shape[1]
    before = np.cumsum(weights, axis=1)[:, :-1]
    total = weights.sum(axis=1, keepdims=True)
    number = np.arange(1, size)
    given_first = before + _GIVEN_SHAPE[number] + _SURNAME_SHAPE[size - number] + np.log(habits)[:, None]
    surname_first = total - before + _GIVEN_SHAPE[size - number] + _SURNAME_SHAPE[number]
    surname_first = surname_first + np.log1p(-habits)[:, None] + _COMMA_HOLDS * (commas[:, None] == number)
    leads = _INITIAL_LEADS * initials[:, 1:]
    scores = np.concatenate([given_first + leads, surname_first + leads], axis=1)
    scores -= scores.max(axis=1, keepdims=True)
    cuts = np.exp(scores)
    return np.asarray(cuts / cuts.sum(axis=1, keepdims=True))


def _given_share(cuts: Floats, size: int) -> Floats:
    """Per word the probability of being a given name."""
    first, last = cuts[:, : size - 1], cuts[:, size - 1 :]
    share = np.zeros((len(cuts), size))
    share[:, : size - 1] += np.cumsum(first[:, ::-1], axis=1)[:, ::-1]
    share[:, 1:] += np.cumsum(last, axis=1)
    return np.clip(share, 0, 1)


def _cut(words: Ints, lengths: Ints, commas: Ints, habits: Floats, weights: Floats) -> CutNames:
    given = np.zeros(words.shape, bool)
    sureness = np.ones(len(words))
    single = np.flatnonzero(lengths == 1)
    given[single, 0] = weights[words[single, 0]] > 0

    def choose(rows: Ints, cuts: Floats) -> None:
        size = int(lengths[rows[0]])
        best = cuts.argmax(axis=1)
        sureness[rows] = cuts[np.arange(len(rows)), best]
        place = np.arange(size)
        number = np.where(best < size - 1, best + 1, best - size + 2)[:, None]
        given[rows, :size] = np.where((best < size - 1)[:, None], place < number, place >= number)

    _each_length(words, lengths, commas, habits, weights, choose)
    return CutNames(given, sureness)
