"""Lists several times over, as large lists of the same shape: in each copy other names, numbers and places.

In a copy every word gets a syllable of the copy's own after its first letter (Pérez is Pdunérez, ...) and the last
digits of numbers are turned, so that its names are as common, as similar and as badly written as those of the original,
and are others.
"""

from __future__ import annotations

import re

import pyarrow as pa

_SYLLABLES = ("", "dun", "lom", "tir", "gaf", "neb", "cos", "vim")
TIMES_MAX = len(_SYLLABLES)
_WORD = re.compile(r"[^\W\d_]{4,}")
"""Initials and particles stay as they are."""
_NAMING = ("name", "nickname", "facility")
_TURNED = 5
"""Digits from the end that are turned; the first ones stay, so that no number becomes one that was issued."""


def several_times(table: pa.Table, person: dict[str, object], times: int) -> tuple[pa.Table, dict[str, object]]:
    """A table of entries (our columns) and the person of each, `times` over, under ids and persons of their own."""
    copies: list[pa.Table] = []
    truth: dict[str, object] = {}
    for copy in range(times):
        columns = {}
        for name in table.column_names:
            cells = table[name].cast(pa.string()).to_pylist()
            if name == "entry_id":
                cells = [f"{cell}-{copy}" for cell in cells]
            elif name in _NAMING:
                cells = [cell and _renamed(cell, _SYLLABLES[copy]) for cell in cells]
            elif name == "document_number":
                cells = [cell and _turned(cell, 3 * copy) for cell in cells]
            columns[name] = pa.array(cells, pa.string())
        copies.append(pa.table(columns))
        truth |= {f"{entry}-{copy}": f"{one}-{copy}" for entry, one in person.items()}
    return pa.concat_tables(copies), truth


def _renamed(cell: str, syllable: str) -> str:
    return _WORD.sub(lambda word: _with(word.group(), syllable), cell)


def _with(word: str, syllable: str) -> str:
    return word[0] + (syllable.upper() if word.isupper() else syllable) + word[1:]


def _turned(cell: str, by: int) -> str:
    letters, left = list(cell), _TURNED
    for place in range(len(letters) - 1, -1, -1):
        if letters[place].isdigit() and left:
            letters[place] = str((int(letters[place]) + by) % 10)
            left -= 1
    return "".join(letters)
