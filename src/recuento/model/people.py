"""Lists of names as found, and their lines. What a person is called here never leaves the casefile by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ListKind = Literal["table", "text"]


@dataclass(frozen=True, slots=True)
class NamesList:
    """A list as it was found: its short id and name, the file it came from, how its columns are read.

    `columns` pairs a column of the file with one of ours ("name", "given_names", "surnames", "document_number" ...);
    `key` is the column that names a row across imports, None where the position does. `no_duplicates`: known to name
    nobody twice.
    """

    id: str
    name: str
    source: str
    sha256: str
    kind: ListKind = "table"
    columns: tuple[tuple[str, str], ...] = ()
    key: str | None = None
    no_duplicates: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ListEntry:
    """One line of a list, its cells as written. Its `repr` has the id alone: a name must not end up in a log."""

    id: str
    list: str
    position: int
    cells: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return f"ListEntry({self.id!r})"
