"""The people on lists of names, as values that must not stand in a dossier."""

from __future__ import annotations

from collections.abc import Iterator

from recuento.casefile.casefile import Casefile
from recuento.model.dossier import KeptBack, KeptKind
from recuento.model.people import ListEntry, NamesList
from recuento.publish.names import folded, may_be_named
from recuento.store import people

_PERSON = ("given_names", "surnames")
_ALONE = ("name", "document_number")


def names_on_lists(casefile: Casefile) -> Iterator[KeptBack]:
    """The name and document number of every entry, told by its list alone; public actors are left out."""
    cast = casefile.settings.cast
    public = {folded(name) for a in cast.actors if may_be_named(a, cast) for name in (a.name, *a.aliases)}
    with casefile.database.reading() as connection:
        for names in people.lists(connection):
            for entry in people.entries(connection, names.id):
                for value in _values(names, entry):
                    if folded(value) not in public:
                        yield KeptBack(value, f"lists.{names.id}", KeptKind.ENTRY)


def _values(names: NamesList, entry: ListEntry) -> Iterator[str]:
    ours = dict(names.columns)
    cells = {ours.get(column, column): value for column, value in entry.cells}
    whole = " ".join(cells[part] for part in _PERSON if cells.get(part))
    yield from (value for value in (whole, *(cells.get(column, "") for column in _ALONE)) if value.strip())
