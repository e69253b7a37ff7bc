"""Entries in the form in which they are compared: one row each, short columns, nothing as written.

Every value is normalised by a pure function of `recuento.values`, once per different value, and joined back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from recuento.link.entries import Entries
from recuento.link.name_order import CutNames, cut_names
from recuento.link.name_table import NO_WORD, NameTable, mapped, name_table
from recuento.link.rarity import bands
from recuento.link.spelling import corrected_sounds
from recuento.values.birth_dates import written_age, written_date
from recuento.values.document_numbers import document_number
from recuento.values.names import fold
from recuento.values.nationality import nationality
from recuento.values.partial_date import PartialDate
from recuento.values.person_names import formal_given
from recuento.values.places_of_detention import facility_core, state_core
from recuento.values.sex import sex
from recuento.values.spanish_sounds import sound_key

Ints = npt.NDArray[np.int32]

_INITIALS = {
    "c": "ks", "g": "gyw", "h": "aeiouwy", "j": "y", "l": "ly", "q": "k", "s": "s", "u": "uw", "v": "b", "w": "w",
    "x": "sy", "y": "yi", "z": "s",
}  # fmt: skip
INITIAL = "."
"""Begins a name of which only the first letter is known; the sounds it may begin with follow."""
_YEAR_DAYS = 365.2425


@dataclass(frozen=True, slots=True, eq=False)
class Comparable:
    """The table that is compared, and the words from which entries are brought together."""

    table: pa.Table
    sounds: Ints
    """Per row the numbers of its corrected sounds, without initials; -1 where there is none."""
    sound_names: tuple[str, ...]


def comparable(entries: Entries) -> Comparable:
    """The entries in comparable form, in their order."""
    names = name_table(entries.column("name"))
    lists = _codes(entries.column("list"))
    cut = cut_names(names, lists)
    columns: dict[str, Any] = {
        "row": pa.array(np.arange(len(entries), dtype=np.int32)),
        "list": pa.array(lists.astype(np.int32)),
    }
    columns |= _name_columns(names, cut)
    columns |= _number_columns(entries)
    columns |= _time_columns(entries)
    for name, change in _SIMPLE.items():
        columns[name] = _each(entries.column(name), change, pa.string())
    facility = columns["facility"].dictionary_encode()
    columns["facility_letters"] = _each(pa.chunked_array([columns["facility"]]), _letters, pa.int64())
    columns["facility_head"] = pa.array(_heads(facility.dictionary.to_pylist()), pa.int32()).take(facility.indices)
    sounds, sound_names = _corrected(names)
    return Comparable(pa.table(columns), sounds, sound_names)


def _nickname(text: str) -> str | None:
    words = [word for word in fold(text).split() if word not in ("el", "la", "los", "alias")]
    return sound_key("".join(words)) or None


def _letters(text: str) -> int:
    """The letters and digits of a word as bits of one number."""
    bits = 0
    for letter in text:
        bits |= 1 << (ord(letter) % 61)
    return bits


def _heads(words: Sequence[str]) -> list[int]:
    """A number for the first four letters of each word; a shorter word has one of its own."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(word[:4] if len(word) >= 4 else f"{word}\0", len(numbers)) for word in words]


_SIMPLE: dict[str, Callable[[str], str | None]] = {
    "sex": sex,
    "facility": facility_core,
    "state": state_core,
    "nationality": nationality,
    "nickname": _nickname,
}


def _each(column: pa.ChunkedArray, change: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """`change` of every cell, worked out once per different cell."""
    coded = column.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    changed = pa.array([change(cell) for cell in coded.dictionary.to_pylist()], kind)
    return changed.take(coded.indices)


def _codes(column: pa.ChunkedArray) -> Ints:
    """The number of each cell among the different cells, in the order in which they first stand."""
    coded = column.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    return np.asarray(coded.indices.to_numpy(zero_copy_only=False), dtype=np.int32)


def _name_columns(names: NameTable, cut: CutNames) -> dict[str, pa.Array]:
    written = names.words != NO_WORD
    given = _gathered(names.words, written & cut.given)
    last = _gathered(names.words, written & ~cut.given)
    of_given, given_sounds = mapped(names.vocabulary, lambda word: _compared(word, formal_given(word)))
    of_last, last_sounds = mapped(names.vocabulary, lambda word: _compared(word, word))
    return {
        **_word_columns("g", given, of_given, given_sounds, is_given=True),
        **_word_columns("s", last, of_last, last_sounds, is_given=False),
        "married": pa.array(names.married & (last[:, 1] != NO_WORD)),
        "sure": pa.array(cut.sureness > 0.9),
    }


def _compared(word: str, meant: str) -> str:
    if len(word) == 1:
        return INITIAL + _INITIALS.get(word, word)
    return sound_key(meant) or meant


def _gathered(words: Ints, chosen: npt.NDArray[np.bool_]) -> Ints:
    """The first two chosen words of every row, moved to the front."""
    found = np.full((len(words), 2), NO_WORD, np.int32)
    place = np.cumsum(chosen, axis=1) - 1
    for k in range(2):
        rows, columns = np.nonzero(chosen & (place == k))
        found[rows, k] = words[rows, columns]
    return found


def _word_columns(
    prefix: str, words: Ints, of_word: Ints, sounds: tuple[str, ...], *, is_given: bool
) -> dict[str, pa.Array]:
    numbers = np.where(words != NO_WORD, of_word[np.maximum(words, 0)] if len(of_word) else NO_WORD, NO_WORD)
    counts = np.bincount(numbers[numbers >= 0], minlength=len(sounds))
    band = bands(sounds, counts, is_given=is_given)
    texts = pa.array(sounds, pa.string())
    letters = pa.array([_letters(sound) for sound in sounds], pa.int64())
    heads = pa.array(_heads(sounds), pa.int32())
    columns: dict[str, pa.Array] = {}
    for k in range(2):
        there = numbers[:, k] >= 0
        index = pa.array(np.maximum(numbers[:, k], 0), mask=~there)
        columns[f"{prefix}{k + 1}"] = texts.take(index)
        columns[f"{prefix}{k + 1}_letters"] = letters.take(index)
        columns[f"{prefix}{k + 1}_head"] = heads.take(index)
        columns[f"{prefix}{k + 1}_band"] = pa.array(
            np.where(there, band[np.maximum(numbers[:, k], 0)] if len(band) else 0, 0).astype(np.int8)
        )
    return columns


def _number_columns(entries: Entries) -> dict[str, pa.Array]:
    cells = _each(entries.column("document_number"), _number_text, pa.string())
    parts = pc.split_pattern(cells, " ")
    digits, letter = pc.list_element(parts, 1), pc.list_element(parts, 0)
    whole = pc.invert(pc.match_substring(digits, "?"))
    ordered = _each(pa.chunked_array([digits]), lambda text: "".join(sorted(text)), pa.string())
    value = pc.if_else(whole, digits, pa.scalar(None, pa.string())).cast(pa.int64())
    return {
        "number": digits,
        "number_sorted": _numbered(ordered),
        "number_value": value,
        "number_head": _numbered(pc.utf8_slice_codeunits(digits, 0, 3)),
        "number_tail": _numbered(pc.utf8_slice_codeunits(digits, -3)),
        "number_like": pc.if_else(whole, pa.scalar(None, pa.string()), pc.replace_substring(digits, "?", "_")),
        "number_letter": letter,
    }


def _numbered(texts: pa.Array) -> pa.Array:
    """A number for each different text: all that is asked of them is whether they are the same."""
    return texts.dictionary_encode().indices


def _number_text(cell: str) -> str | None:
    found = document_number(cell)
    return None if found is None else f"{found.letter} {found.digits}"


def _time_columns(entries: Entries) -> dict[str, pa.Array]:
    born = _each(entries.column("birth_date"), _date_parts, pa.list_(pa.int32()))
    seen = _day_column(entries.column("date"))
    age = _each(entries.column("age"), written_age, pa.int32())
    day = pc.list_element(born, 0)
    year = pc.list_element(born, 1)
    around = pc.if_else(
        pc.is_valid(day),
        pc.add(1970.0, pc.divide(pc.cast(day, pa.float64()), _YEAR_DAYS)),
        pc.add(pc.cast(year, pa.float64()), 0.5),
    )
    # Where a list has no day of its own, its ages are taken as of the day in the middle of all the others.
    middle = pc.quantile(seen, 0.5, interpolation="lower", skip_nulls=True)[0].as_py() or 0
    as_of = pc.divide(pc.cast(pc.fill_null(seen, middle), pa.float64()), _YEAR_DAYS)
    by_age = pc.subtract(pc.add(1969.5, as_of), pc.cast(age, pa.float64()))
    return {
        "born": day,
        "born_digits": pc.list_element(born, 2),
        "born_year": year,
        "born_about": pc.coalesce(around, by_age),
        "age": age,
        "seen": seen,
        "arrest": _day_column(entries.column("arrest_date")),
    }


def _day_column(column: pa.ChunkedArray) -> pa.Array:
    return _each(column, _full_day, pa.int32())


def _full_day(cell: str) -> int | None:
    found = written_date(cell)
    return None if found is None or found.day is None else _day_number(found)


def _date_parts(cell: str) -> list[int | None]:
    """Day number, year, and the date as digits (20250310); none where it is not known."""
    found = written_date(cell)
    if found is None:
        return [None] * 3
    if found.day is None or found.month is None:
        return [None, found.year, None]
    return [_day_number(found), found.year, found.year * 10_000 + found.month * 100 + found.day]


def _day_number(day: PartialDate) -> int:
    return (day.first - date(1970, 1, 1)).days


def _corrected(names: NameTable) -> tuple[Ints, tuple[str, ...]]:
    of_word, sounds = mapped(names.vocabulary, lambda word: sound_key(formal_given(word)))
    if not len(of_word):
        return np.full(names.words.shape, NO_WORD, np.int32), sounds
    numbers = np.where(names.words != NO_WORD, of_word[np.maximum(names.words, 0)], NO_WORD)
    counts = np.bincount(numbers[numbers >= 0], minlength=len(sounds))
    right = corrected_sounds(sounds, counts)
    short = np.array([len(sound) < 2 for sound in sounds])
    there = (numbers >= 0) & ~short[np.maximum(numbers, 0)]
    return np.where(there, right[np.maximum(numbers, 0)], NO_WORD).astype(np.int32), sounds
