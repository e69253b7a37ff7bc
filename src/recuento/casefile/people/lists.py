"""Import lists of names: show what a file would change, then keep it in one transaction or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from recuento.casefile.casefile import Casefile
from recuento.casefile.people.list_files import ListFile, guessed_columns, read_list_file
from recuento.errors import Fault, FaultsFound, InvalidValue
from recuento.link.entries import COLUMNS as ENTRY_COLUMNS
from recuento.model.people import ListEntry, NamesList
from recuento.store import people
from recuento.store.durable import make_folder
from recuento.store.encoding import encode
from recuento.store.locks import refuse_where_locked
from recuento.store.originals import Originals
from recuento.values.names import fold

PEOPLE = "people"
"""The folder of a casefile that holds what names persons: the files of the lists, and what linking made of them."""
OURS = (*(name for name in ENTRY_COLUMNS if name not in ("entry_id", "list")), "given_names", "surnames")
"""What a column of a file can be."""

Change = Literal["added", "changed", "same"]


@dataclass(frozen=True, slots=True, repr=False)
class ListPlan:
    """What importing a file would do: rows added, changed, the same; rows no longer there (they stay)."""

    names: NamesList
    file: ListFile
    entries: tuple[tuple[ListEntry, Change], ...]
    gone: tuple[str, ...]
    unread: tuple[str, ...]
    """Columns that are kept but not compared."""

    def of(self, change: Change) -> tuple[ListEntry, ...]:
        """The rows that make this change."""
        return tuple(entry for entry, made in self.entries if made == change)


def originals_of_lists(casefile: Casefile) -> Originals:
    """Where the files of lists are kept, apart from the documents: no step but linking looks there."""
    return Originals(casefile.folder / PEOPLE / "originals")


def plan_list(
    casefile: Casefile,
    path: Path,
    list_id: str,
    *,
    columns: Mapping[str, str] | None = None,
    key: str | None = None,
    name: str | None = None,
    no_duplicates: bool | None = None,
) -> ListPlan:
    """Read a file as the list `list_id` and compare it with what is kept; nothing is written.

    What is not given is taken from the earlier import of the list, else `columns` from what the columns are called.
    Raises FaultsFound with every wrong row and column.
    """
    file = read_list_file(path)
    with casefile.database.reading() as connection:
        refuse_where_locked(connection)
        known = people.find_list(connection, list_id)
        kept = people.bodies(connection, list_id)
    names = _settled(list_id, path, file, known, columns, key, name, no_duplicates)
    entries = _entries(file, names)
    return ListPlan(
        names=names,
        file=file,
        entries=tuple((entry, _change(kept.get(entry.id), entry)) for entry in entries),
        gone=tuple(sorted(kept.keys() - {entry.id for entry in entries})),
        unread=tuple(column for column in file.header if column not in dict(names.columns) and column != names.key),
    )


def apply_list(casefile: Casefile, plan: ListPlan, *, by: str, at: datetime) -> None:
    """Keep the file, the list and its added and changed rows, all or none. Earlier versions of a row stay."""
    originals = originals_of_lists(casefile)
    make_folder(originals.folder.parent, 0o700)
    originals.keep(plan.file.data)
    changed = [entry for entry, change in plan.entries if change != "same"]
    with casefile.database.writing() as connection:
        people.keep_list(connection, plan.names)
        people.keep_entries(connection, changed, by=by, at=at)


def lists_of(casefile: Casefile) -> tuple[tuple[NamesList, int], ...]:
    """Every list with the number of its entries; raises Locked while they are locked."""
    with casefile.database.reading() as connection:
        refuse_where_locked(connection)
        counts = people.count(connection)
        return tuple((names, counts.get(names.id, 0)) for names in people.lists(connection))


def _settled(
    list_id: str,
    path: Path,
    file: ListFile,
    known: NamesList | None,
    columns: Mapping[str, str] | None,
    key: str | None,
    name: str | None,
    no_duplicates: bool | None,
) -> NamesList:
    """The list with what was asked, what was known, and what can be guessed, in this order. Raises FaultsFound."""
    if not list_id or fold(list_id).replace(" ", "") != list_id.replace("-", "").replace("_", "").lower():
        raise InvalidValue(
            f"{list_id!r} is no short name for a list: use letters, digits, - and _",
            f"{list_id!r} no sirve como nombre corto de una lista: use letras, cifras, - y _",
        )
    start = known or NamesList(id=list_id, name=list_id, source=path.name, sha256="", kind=file.kind)
    chosen = dict(columns) if columns else dict(start.columns) or guessed_columns(file.header)
    settled = replace(
        start,
        name=name or start.name,
        source=path.name,
        sha256=hashlib.sha256(file.data).hexdigest(),
        kind=file.kind,
        columns=tuple(chosen.items()),
        key=key or start.key,
        no_duplicates=start.no_duplicates if no_duplicates is None else no_duplicates,
    )
    _check_columns(settled, file)
    return settled


def _check_columns(names: NamesList, file: ListFile) -> None:
    faults = []
    for theirs, ours in names.columns:
        if theirs not in file.header:
            there = ", ".join(file.header[:20])
            faults.append(
                Fault(
                    theirs,
                    f"is no column of the file; it has: {there}",
                    f"no es una columna del archivo; tiene: {there}",
                )
            )
        if ours not in OURS:
            faults.append(
                Fault(
                    theirs,
                    f"{ours!r} is no column of ours; they are: {', '.join(OURS)}",
                    f"{ours!r} no es una columna nuestra; son: {', '.join(OURS)}",
                )
            )
    given = [ours for _, ours in names.columns]
    faults += [
        Fault(ours, "two columns of the file are this one", "dos columnas del archivo son esta")
        for ours in sorted({one for one in given if given.count(one) > 1})
    ]
    if "name" not in given and "surnames" not in given:
        there = ", ".join(file.header[:20])
        faults.append(
            Fault(
                "name",
                f"which column holds the names? Say so with --map COLUMN=name; there are: {there}",
                f"¿qué columna tiene los nombres? Dígalo con --map COLUMNA=name; hay: {there}",
            )
        )
    if names.key is not None and names.key not in file.header:
        faults.append(Fault(names.key, "the key is no column of the file", "la clave no es una columna del archivo"))
    if faults:
        raise FaultsFound(file.name, faults)


def _entries(file: ListFile, names: NamesList) -> list[ListEntry]:
    at = None if names.key is None else file.header.index(names.key)
    entries: list[ListEntry] = []
    first_place: dict[str, str] = {}
    faults: list[Fault] = []
    for position, (cells, place) in enumerate(zip(file.rows, file.places, strict=True), start=1):
        key = str(position) if at is None else cells[at].strip()
        if not key:
            faults.append(
                Fault(place, f"the key column {names.key} is empty", f"la columna clave {names.key} está vacía")
            )
            continue
        if key in first_place:
            faults.append(Fault(place, f"has the key of {first_place[key]}", f"tiene la clave de {first_place[key]}"))
            continue
        first_place[key] = place
        written = tuple((column, cell) for column, cell in zip(file.header, cells, strict=True) if cell)
        entries.append(ListEntry(f"{names.id}/{key}", names.id, position, written))
    if faults:
        raise FaultsFound(file.name, faults)
    return entries


def _change(kept: str | None, entry: ListEntry) -> Change:
    if kept is None:
        return "added"
    return "same" if kept == encode(entry) else "changed"
