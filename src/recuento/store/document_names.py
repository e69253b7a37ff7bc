"""What the rows of a document tell of its name, and those rows without it: file name, title, author, address, places.

A row that changes so has an entry in the log that names it as it is now. What it said before is in no row afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, Table, select, update

from recuento.model.attachment import Attachment
from recuento.model.document import Description
from recuento.store import log, tables
from recuento.store.encoding import decode, encode
from recuento.store.triggers import unfrozen

TELLING = ("title", "author", "url")
"""What a description tells of who a document is from. Outlet, date and language are needed to read it."""
_SUFFIX_MAX = 6
_SEALED = "sealed/"


def names_of(connection: Connection, sha256: str) -> dict[str, str]:
    """What the rows of a document tell of its name, by what it is; nothing where it is out of them."""
    row = connection.execute(select(tables.documents).where(tables.documents.c.sha256 == sha256)).one()
    description = decode(Description, row.description)
    found = {"file name": row.name} if row.name != _name_without(sha256, row.name) else {}
    found |= {name: value for name in TELLING if (value := getattr(description, name)) is not None}
    for number, (_, _, told, _) in enumerate(_others(connection, sha256), start=1):
        found |= {f"{name} {number}": value for name, value in told.items()}
    return found


def take_names(connection: Connection, sha256: str) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Let no row tell the name of a document any more; gives the new values of the rows by table and key."""
    table = tables.documents
    row = connection.execute(select(table).where(table.c.sha256 == sha256)).one()
    said = decode(Description, row.description)
    empty = replace(said, **dict.fromkeys(TELLING), extracted=said.extracted - frozenset(TELLING))
    changed: dict[str, dict[str, Mapping[str, Any]]] = {"documents": {}, "origins": {}, "attachments": {}}
    _change(connection, table, sha256, {"name": _name_without(sha256, row.name), "description": encode(empty)}, changed)
    with unfrozen(connection, [("attachments", "update")]):
        for other, id, _, values in list(_others(connection, sha256)):
            _change(connection, other, id, values, changed)
    return changed


def _others(connection: Connection, sha256: str) -> Iterator[tuple[Table, int, dict[str, str], dict[str, str]]]:
    """Rows of other tables that tell of it: the table, the row's number, what it tells, and its values without that.

    They are where it was obtained and as what it came inside another; of what came inside it and was not kept, that.
    """
    places, inside = tables.origins, tables.attachments
    for row in connection.execute(select(places).where(places.c.document == sha256).order_by(places.c.id)):
        if not row.place.startswith(_SEALED):
            yield places, row.id, {"place": row.place}, {"place": f"{_SEALED}{row.id}"}
    either = (inside.c.document == sha256) | ((inside.c.parent == sha256) & inside.c.document.is_(None))
    for row in connection.execute(select(inside).where(either).order_by(inside.c.id)):
        one = decode(Attachment, row.body)
        blank = _name_without(one.document or str(one.position), one.name)
        if one.name != blank:
            yield inside, row.id, {"attached as": one.name}, {"body": encode(replace(one, name=blank))}


def _change(
    connection: Connection,
    table: Table,
    key: str | int,
    values: Mapping[str, str],
    changed: dict[str, dict[str, Mapping[str, Any]]],
) -> None:
    (column,) = table.primary_key.columns
    connection.execute(update(table).where(column == key).values(**values))
    row = connection.execute(select(table).where(column == key)).one()
    log.append(connection, log.Act.DESCRIBED, [log.recorded(table.name, dict(row._mapping))])
    changed[table.name][str(key)] = values


def _name_without(id: str, name: str) -> str:
    """The beginning of a hash, with what a name ends in: readers go by that."""
    suffix = PurePath(name).suffix.lower()
    is_plain = suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= _SUFFIX_MAX
    return f"{id[:12]}{suffix if is_plain else ''}"
