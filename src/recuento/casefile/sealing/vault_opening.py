"""Open what is sealed of a source with a keeper's key: noted in the sealed tree of the log before it is given out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.keepers import keeper_of
from recuento.casefile.sealing.metadata_values import METADATA, telling
from recuento.casefile.sealing.purposes import refuse_values_in, require_purpose
from recuento.casefile.sealing.vault import FILE, living_in
from recuento.casefile.sealing.vault_files import envelope_path
from recuento.errors import CasefileUnusable, InvalidValue
from recuento.model.vault import Keeper, SealedPart, Source
from recuento.seal.envelopes import Writable, open_envelope, open_stream
from recuento.seal.keys import PrivateKey, unwrapped
from recuento.seal.sealed import Sealed, opened
from recuento.store import log, vault
from recuento.store.encoding import instant
from recuento.store.log import Act


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class OpenedPart:
    """A part of a source that was opened: what it is, and its value, sealed until `opened(value)`.

    `name` is the file's own name, sealed too; `envelope` the random name of its envelope.
    """

    id: str
    kind: str
    month: str
    value: Sealed
    name: Sealed | None = None
    envelope: str | None = None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class OpenedSource:
    """A source with what was sealed of it."""

    source: Source
    parts: tuple[OpenedPart, ...]
    key: PrivateKey


def open_source(
    casefile: Casefile, source: str, key: PrivateKey, *, purpose: str, by: str, at: datetime
) -> OpenedSource:
    """Open a source with a keeper's key. That it was opened, by whom and what for, is in the log before it returns.

    Raises InvalidValue without a purpose, or where a sealed value stands in it, since the purpose is kept in clear;
    CannotOpen where the key does not fit or something was altered.
    """
    require_purpose(purpose)
    with casefile.database.reading() as connection:
        keeper, found = _opened(casefile, connection, source, key)
        for id in _held(connection, keeper):
            # A purpose that names another source is kept in clear just so.
            refuse_told(purpose, _opened(casefile, connection, id, key)[1])
    _note_opening(casefile, [found], keeper, purpose, by=by, at=at)
    return found


def open_all(casefile: Casefile, key: PrivateKey, *, purpose: str, by: str, at: datetime) -> tuple[OpenedSource, ...]:
    """Open every source that this key opens, for a search; noted as `open_source` does."""
    require_purpose(purpose)
    with casefile.database.reading() as connection:
        keeper = keeper_of(vault.keepers(connection), key)
        found = tuple(_opened(casefile, connection, id, key)[1] for id in _held(connection, keeper))
    for one in found:
        refuse_told(purpose, one)
    _note_opening(casefile, found, keeper, purpose, by=by, at=at)
    return found


def write_file_of(casefile: Casefile, found: OpenedSource, part: OpenedPart, out: Writable) -> None:
    """Write a sealed file in clear into `out`; raises CannotOpen where its envelope was altered or is missing."""
    assert part.envelope is not None
    try:
        with envelope_path(casefile, part.envelope).open("rb") as reader:
            open_stream(reader, out, found.key)
    except FileNotFoundError:
        raise CasefileUnusable(
            f"the envelope {part.envelope} is missing; restore it from a backup",
            f"falta el sobre {part.envelope}; recupérelo de una copia de seguridad",
        ) from None


def _opened(casefile: Casefile, connection: Connection, source: str, key: PrivateKey) -> tuple[Keeper, OpenedSource]:
    keeper = keeper_of(vault.keepers(connection), key)
    found = living_in(connection, source)
    held = vault.keys(connection, source)
    if keeper.id not in held:
        raise InvalidValue(
            f"{keeper.id} does not hold the key of {source}; another keeper can grant it",
            f"{keeper.id} no tiene la clave de {source}; otra persona custodia puede concederla",
        )
    own = unwrapped(held[keeper.id], key)
    return keeper, OpenedSource(found, tuple(opened_part(part, own) for part in vault.parts(connection, source)), own)


def _held(connection: Connection, keeper: Keeper) -> list[str]:
    """The ids of the sources whose keys a keeper holds."""
    living = [source.id for source in vault.sources(connection) if not source.is_destroyed]
    return [id for id in living if keeper.id in vault.keys(connection, id)]


def opened_part(part: SealedPart, key: PrivateKey) -> OpenedPart:
    """A part of a source, opened with the key of the source; raises CannotOpen. Whoever calls it has noted it."""
    plain: dict[str, str] = json.loads(open_envelope(part.envelope, key))
    try:
        return OpenedPart(
            id=part.id,
            kind=plain["kind"],
            month=part.month,
            value=Sealed(plain["value"]),
            name=Sealed(plain["name"]) if "name" in plain else None,
            envelope=part.file,
        )
    finally:
        plain.clear()


def _note_opening(
    casefile: Casefile, found: Sequence[OpenedSource], keeper: Keeper, purpose: str, *, by: str, at: datetime
) -> None:
    with casefile.database.writing() as connection:
        for one in found:
            kinds = " ".join(sorted({part.kind for part in one.parts}))
            details = {"source": one.source.id, "keeper": keeper.id, "purpose": purpose, "kinds": kinds}
            log.act_done(connection, Act.OPENED, by, instant(at), details, "sealed")


def refuse_told(purpose: str, found: OpenedSource) -> None:
    """Raise InvalidValue where a purpose, which is kept in clear, holds a name, contact, place, file name or note."""
    texts = [part for part in found.parts if part.kind not in (FILE, METADATA)]
    names = [part.name for part in found.parts if part.name is not None]
    short = [*names, *(part.value for part in texts if part.kind != "notes")]
    short += [Sealed(value) for part in found.parts if part.kind == METADATA for value in _telling(part)]
    refuse_values_in(purpose, short, [part.value for part in texts if part.kind == "notes"])


def _telling(part: OpenedPart) -> list[str]:
    with opened(part.value) as plain:
        return [value for value, _ in telling(plain.text)]
