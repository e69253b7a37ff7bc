"""Seal what confidential documents are called: file name, title, author, address, where they came from.

It goes to the keepers like what files tell of themselves, and out of every row, of the copies kept before migrations
and of what was handed in through a page. What is left in clear is told: files of the team, decisions, the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.wiping import change_in_kept_copies, wipe_traces
from recuento.casefile.reading.incoming import forget
from recuento.casefile.sealing.document_metadata import metadata_source
from recuento.casefile.sealing.keepers import keepers_of
from recuento.casefile.sealing.metadata_values import METADATA, metadata_text
from recuento.casefile.sealing.vault import add_part
from recuento.errors import Fault
from recuento.model.vault import KEEPERS_MIN
from recuento.seal.sealed import Sealed
from recuento.store import decisions, documents, vault
from recuento.store.document_names import TELLING, names_of, take_names

_KEYS = {"documents": "sha256", "origins": "id", "attachments": "id"}


@dataclass(frozen=True, slots=True)
class NamesSealed:
    """Of how many documents the name was sealed, how many wait for two keepers, and what still tells it in clear."""

    sealed: int = 0
    waiting: int = 0
    left: tuple[Fault, ...] = ()


def seal_names(casefile: Casefile, *, by: str, at: datetime) -> NamesSealed:
    """Seal the name of every confidential document whose rows still tell it. Each document is one transaction.

    With fewer than two keepers nothing is done, for nobody could read it again.
    """
    with casefile.database.reading() as connection:
        # Also of one sealed before: a run may have been interrupted, or the same have come in through a page again.
        arrived = set(vault.confidential(connection))
    todo = _told_in_clear(casefile)
    if not todo:
        forget(casefile, arrived)
        return NamesSealed()
    if len(keepers_of(casefile)) < KEEPERS_MIN:
        return NamesSealed(waiting=len(todo))
    source = metadata_source(casefile, at)
    left: list[Fault] = []
    rows: list[tuple[str, Mapping[str, Any], Mapping[str, str]]] = []
    for sha256 in todo:
        with casefile.database.writing() as connection:
            told = names_of(connection, sha256)
            add_part(connection, source, METADATA, Sealed(metadata_text(sha256, told, c2pa=False)), by=by, at=at)
            left += _left(connection, sha256, told)
            for table, changed in take_names(connection, sha256).items():
                rows += [(table, values, {_KEYS[table]: key}) for key, values in changed.items()]
    change_in_kept_copies(casefile.folder, rows)
    wipe_traces(casefile.database, _KEYS)
    forget(casefile, arrived)
    return NamesSealed(sealed=len(todo), left=tuple(left))


def names_in_clear(casefile: Casefile) -> Iterator[Fault]:
    """The confidential documents whose rows still tell their name, as something that is left to be done."""
    for sha256 in _told_in_clear(casefile):
        yield Fault(
            f"document {sha256[:12]}",
            "is confidential and its name lies in clear: recuento run seals it once there are two keepers",
            "es confidencial y su nombre está en claro: recuento run lo sella en cuanto haya dos personas custodias",
        )


def _told_in_clear(casefile: Casefile) -> list[str]:
    with casefile.database.reading() as connection:
        marked = vault.confidential(connection)
        there = documents.some(connection, marked)
        return [sha256 for sha256 in marked if sha256 in there and names_of(connection, sha256)]


def _left(connection: Connection, sha256: str, told: Mapping[str, str]) -> Iterator[Fault]:
    """What tells the name and is not ours to remove: files where it came from, and what people decided of it."""
    for path in _files(value for name, value in told.items() if name.startswith("place ")):
        yield Fault(str(path), "is still there: move it away", "sigue ahí: retírelo")
    for one in decisions.all(connection):
        if one.subject == f"document:{sha256}" and any(name in TELLING for name, _ in one.details):
            yield Fault(
                f"decision {one.id}",
                "tells its title, author or address, and what was decided is never changed",
                "dice su título, autor o dirección, y lo decidido no se cambia nunca",
            )


def _files(places: Iterable[str]) -> Iterator[Path]:
    for place in places:
        if "\0" not in place and (path := Path(place)).is_absolute() and path.is_file():
            yield path
