"""The words of many names at once: each different word is worked on once, however often it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from recuento.values.names import fold
from recuento.values.person_names import COMMA, PARTICLES

Ints = npt.NDArray[np.int32]
MOST_WORDS = 8
"""Words of a name that are looked at; particles are not counted."""
_SPLIT = r"[\t\n\v\f\r ]+"
NO_WORD = -1


@dataclass(frozen=True, slots=True, eq=False)
class NameTable:
    """Names as rows of word numbers: `words[row, place]` counts into `vocabulary`, -1 where the name has ended.

    `commas` says how many words stand before the first comma (0: no comma), `married` whether the last word is
    joined by "de" alone, as in a married name.
    """

    vocabulary: tuple[str, ...]
    words: Ints
    lengths: Ints
    commas: Ints
    married: npt.NDArray[np.bool_]


def name_table(names: pa.Array | pa.ChunkedArray) -> NameTable:
    """The words of every name, folded and without particles, as `person_names.name_words` gives them one by one."""
    rows, words, vocabulary = _flat_words(names)
    is_comma = np.array([word == COMMA for word in vocabulary], bool)[words] if len(words) else np.zeros(0, bool)
    particle = np.array([word in PARTICLES for word in vocabulary], bool)[words] if len(words) else np.zeros(0, bool)
    de = np.array([word == "de" for word in vocabulary], bool)[words] if len(words) else np.zeros(0, bool)
    kept = ~is_comma & ~particle
    size = len(names)
    place = np.cumsum(kept) - 1
    first = np.zeros(size + 1, np.int64)
    np.add.at(first, rows[kept] + 1, 1)
    first = np.cumsum(first)
    commas = np.zeros(size, np.int32)
    at = np.flatnonzero(is_comma)[::-1]
    commas[rows[at]] = np.maximum(place[at] + 1 - first[rows[at]], 0)
    matrix = np.full((size, MOST_WORDS), NO_WORD, np.int32)
    column = place[kept] - first[rows[kept]]
    fits = column < MOST_WORDS
    matrix[rows[kept][fits], column[fits]] = words[kept][fits]
    lengths = np.minimum(np.diff(first), MOST_WORDS).astype(np.int32)
    return NameTable(vocabulary, matrix, lengths, commas, _married(rows, kept, de, size))


def _married(rows: Ints, kept: npt.NDArray[np.bool_], de: npt.NDArray[np.bool_], size: int) -> npt.NDArray[np.bool_]:
    married = np.zeros(size, bool)
    if len(rows) < 3:
        return married
    last = np.append(rows[1:] != rows[:-1], True)
    at = np.flatnonzero(last)
    at = at[at >= 2]
    joined = kept[at] & de[at - 1] & kept[at - 2] & (rows[at - 2] == rows[at])
    married[rows[at[joined]]] = True
    return married


def _flat_words(names: pa.Array | pa.ChunkedArray) -> tuple[Ints, Ints, tuple[str, ...]]:
    """Row and word number of every word in turn, and the vocabulary in alphabetical order."""
    column = names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names
    spaced = pc.replace_substring(pc.fill_null(column, ""), COMMA, f" {COMMA} ")
    parts = pc.split_pattern_regex(spaced, _SPLIT)
    rows = pc.list_parent_indices(parts).to_numpy(zero_copy_only=False).astype(np.int32)
    coded = pc.dictionary_encode(pc.list_flatten(parts))
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    folded = [(COMMA,) if raw == COMMA else tuple(fold(raw).split()) for raw in coded.dictionary.to_pylist()]
    vocabulary = tuple(sorted({word for words in folded for word in words}))
    number = {word: place for place, word in enumerate(vocabulary)}
    sizes = np.array([len(words) for words in folded] or [0], np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    flat = np.array([number[word] for words in folded for word in words] or [0], np.int32)
    raw = coded.indices.to_numpy(zero_copy_only=False)
    if not len(raw):
        return np.zeros(0, np.int32), np.zeros(0, np.int32), vocabulary
    repeats = sizes[raw]
    offset = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return np.repeat(rows, repeats), flat[np.repeat(starts[raw], repeats) + offset], vocabulary


def mapped(vocabulary: Sequence[str], change: Callable[[str], str]) -> tuple[Ints, tuple[str, ...]]:
    """What each word becomes, as numbers into the sorted results."""
    changed = [change(word) for word in vocabulary]
    results = tuple(sorted(set(changed)))
    number = {word: place for place, word in enumerate(results)}
    return np.array([number[word] for word in changed], np.int32), results
