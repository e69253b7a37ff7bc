"""Lists several times over, as large lists of the same shape: in each copy other names, numbers and places.

In a copy some letters are exchanged (every d is a t and every t a d, ...) and the last digits of numbers turned, so
that its names are as common, as similar and as badly written as those of the original, and are others.
"""

from __future__ import annotations

import pyarrow as pa

_EXCHANGED = ("", "dt", "pf", "dtpf", "lr", "lrdt", "lrpf", "lrdtpf")
TIMES_MAX = len(_EXCHANGED)
_NAMING = ("name", "nickname", "facility")
_TURNED = 5
"""Digits from the end that are turned; the first ones stay, so that no number becomes one that was issued."""


def several_times(table: pa.Table, person: dict[str, object], times: int) -> tuple[pa.Table, dict[str, object]]:
    """A table of entries (our columns) and the person of each, `times` over, under ids and persons of their own."""
    copies: list[pa.Table] = []
    truth: dict[str, object] = {}
    for copy in range(times):
        letters = _letters(_EXCHANGED[copy])
        columns = {}
        for name in table.column_names:
            cells = table[name].cast(pa.string()).to_pylist()
            if name == "entry_id":
                cells = [f"{cell}-{copy}" for cell in cells]
            elif name in _NAMING:
                cells = [cell and cell.translate(letters) for cell in cells]
            elif name == "document_number":
                cells = [cell and _turned(cell, 3 * copy) for cell in cells]
            columns[name] = pa.array(cells, pa.string())
        copies.append(pa.table(columns))
        truth |= {f"{entry}-{copy}": f"{one}-{copy}" for entry, one in person.items()}
    return pa.concat_tables(copies), truth


def _letters(exchanged: str) -> dict[int, int]:
    pairs = [exchanged[k : k + 2] for k in range(0, len(exchanged), 2)]
    both = [(a, b) for pair in pairs for a, b in ((pair[0], pair[1]), (pair[1], pair[0]))]
    return {ord(a): ord(b) for a, b in both} | {ord(a.upper()): ord(b.upper()) for a, b in both}


def _turned(cell: str, by: int) -> str:
    letters, left = list(cell), _TURNED
    for place in range(len(letters) - 1, -1, -1):
        if letters[place].isdigit() and left:
            letters[place] = str((int(letters[place]) + by) % 10)
            left -= 1
    return "".join(letters)
