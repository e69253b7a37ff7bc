"""The vault of a casefile: who its sources are, sealed. Adding needs no key; reading needs that of a keeper.

A source is known by a random id and by what the dossier may call it. Each has a pair of keys of its own; the private
half exists only as it is wrapped to the keepers.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.keepers import enough, keepers_of, month_of
from recuento.casefile.sealing.travelling import departure_of
from recuento.casefile.sealing.vault_files import envelope_path, envelopes_there, keep_envelope, sweep_envelopes
from recuento.casefile.settings.sealed_cast import with_sources
from recuento.errors import CasefileUnusable, Fault, InvalidValue
from recuento.model.vault import KEEPERS_MIN, SealedPart, Source
from recuento.seal.envelopes import shut, shut_stream
from recuento.seal.keys import PrivateKey, wrapped
from recuento.seal.sealed import Sealed, opened
from recuento.store import locks, vault
from recuento.values.bilingual import Bilingual

KINDS = ("name", "contact", "place", "notes")
"""What can be sealed of a source besides files."""
FILE = "file"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another."""


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What may be told of a source without a key."""

    source: Source
    parts: int
    keepers: tuple[str, ...]


def new_source(casefile: Casefile, party: str, called: Bilingual, *, by: str, at: datetime) -> Source:
    """Make a source: a random id, a pair of keys, its private half wrapped to every keeper and then forgotten.

    Raises InvalidValue where there are fewer than two keepers, or no such party in recuento.toml.
    """
    if casefile.settings.cast.party(party) is None:
        there = ", ".join(one.id for one in casefile.settings.cast.parties)
        raise InvalidValue(
            f"there is no [parties.{party}] in recuento.toml; there are: {there}",
            f"no hay [parties.{party}] en recuento.toml; hay: {there}",
        )
    keepers = enough(keepers_of(casefile))
    key = PrivateKey.new()
    source = Source(_random_id(), party, called, key.public, month_of(at))
    with casefile.database.writing() as connection:
        vault.keep_source(connection, source)
        for keeper in keepers:
            vault.keep_key(connection, source.id, keeper.id, wrapped(key, keeper.public_key))
    casefile.settings = with_sources(casefile.settings, casefile.database)
    return source


def new_metadata_source(casefile: Casefile, *, at: datetime) -> Source:
    """Make the source that the metadata of documents are sealed under: it is of no party, and nobody's words.

    Raises InvalidValue where there are fewer than two keepers.
    """
    keepers = enough(keepers_of(casefile))
    key = PrivateKey.new()
    called = Bilingual(es="metadatos de documentos", en="metadata of documents")
    source = Source(_random_id(), "", called, key.public, month_of(at))
    with casefile.database.writing() as connection:
        vault.keep_source(connection, source)
        for keeper in keepers:
            vault.keep_key(connection, source.id, keeper.id, wrapped(key, keeper.public_key))
    return source


def add_part(connection: Connection, source: Source, kind: str, value: Sealed, *, by: str, at: datetime) -> str:
    """Seal a text of a source in a transaction that is open; gives the random id of the part.

    Raises CasefileUnusable where the source was destroyed meanwhile.
    """
    if living_in(connection, source.id) != source:
        raise CasefileUnusable(f"{source.id} was changed meanwhile", f"{source.id} cambió entretanto")
    sealed = _shut(kind, value, None, source.public_key)
    part = SealedPart(secrets.token_hex(16), source.id, sealed, None, by, month_of(at))
    vault.keep_part(connection, part)
    return part.id


def add_text(casefile: Casefile, source: str, kind: str, value: Sealed, *, by: str, at: datetime) -> str:
    """Seal a text of a source; gives the random id of the part. No key is needed, and none of ours can read it again.

    Raises InvalidValue where the kind is none, or the source is not there or destroyed.
    """
    if kind not in KINDS:
        raise InvalidValue(
            f"{kind!r} cannot be sealed; there are: {', '.join(KINDS)}",
            f"{kind!r} no se puede sellar; hay: {', '.join(KINDS)}",
        )
    return _add(casefile, source, kind, value, None, None, by=by, at=at)


def add_file(casefile: Casefile, source: str, path: Path, *, by: str, at: datetime) -> str:
    """Seal a file of a source, its name and times with it; gives the random id of the part. The file itself stays."""
    found = _living(casefile, source)
    try:
        size = path.stat().st_size
        with path.open("rb") as reader:
            name = keep_envelope(casefile, lambda out: shut_stream(reader, size, out, [found.public_key]))
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise InvalidValue(
            f"the file cannot be read: {error.strerror}", f"no se puede leer el archivo: {error.strerror}"
        ) from None
    return _add(casefile, source, FILE, Sealed(str(size)), Sealed(path.name), name, by=by, at=at)


def sources_of(casefile: Casefile) -> tuple[SourceSummary, ...]:
    """Every source, by id, as far as it may be told without a key."""
    with casefile.database.reading() as connection:
        counted = vault.count_parts(connection)
        return tuple(
            SourceSummary(source, counted.get(source.id, 0), tuple(vault.keys(connection, source.id)))
            for source in vault.sources(connection)
        )


def holds_sealed_values(casefile: Casefile) -> bool:
    """Whether anything is sealed in the vault."""
    with casefile.database.reading() as connection:
        return bool(vault.count_parts(connection))


def vault_faults(casefile: Casefile) -> Iterator[Fault]:
    """What is wrong with the vault as far as it can be told without a key: envelopes, too few keys."""
    with casefile.database.reading() as connection:
        named = _named(connection)
        held = {source.id: vault.keys(connection, source.id) for source in vault.sources(connection)}
        living = {source.id for source in vault.sources(connection) if not source.is_destroyed}
    there = set(envelopes_there(casefile))
    for name in sorted(named - there):
        yield Fault(f"sealed/{name}", "is missing; restore it from a backup", "falta; recupérelo de una copia")
    travels = departure_of(casefile.folder) is not None
    for id in sorted(living):
        if travels and not held[id]:  # Its key is at home.
            continue
        if len(held[id]) < KEEPERS_MIN:
            yield Fault(
                id,
                f"only {len(held[id])} keeper can open it; grant it to another",
                f"solo {len(held[id])} persona custodia puede abrirla; concédala a otra",
            )


def stray_envelopes(casefile: Casefile) -> Iterator[Fault]:
    """Envelopes that nothing names: whoever sealed them was never told that they are kept."""
    with casefile.database.reading() as connection:
        named = _named(connection)
    for name in sorted(set(envelopes_there(casefile)) - named):
        yield Fault(
            f"sealed/{name}",
            "is named by nothing, left of an interrupted command: recuento seal sweep",
            "nada lo nombra; quedó de una orden interrumpida: recuento seal sweep",
        )


def sweep(casefile: Casefile) -> int:
    """Remove the envelopes that nothing names; gives how many."""
    # While it is the one writer nobody can name an envelope that it takes for left.
    with casefile.database.writing() as connection:
        return sweep_envelopes(casefile, _named(connection))


def _named(connection: Connection) -> set[str]:
    """The names of all envelopes that something names: parts of sources, and what is locked away."""
    named = {part.file for part in vault.parts(connection) if part.file is not None}
    locked = locks.locked_in(connection)
    return named if locked is None else named | {locked}


def _add(
    casefile: Casefile,
    source: str,
    kind: str,
    value: Sealed,
    name: Sealed | None,
    envelope: str | None,
    *,
    by: str,
    at: datetime,
) -> str:
    found = _living(casefile, source)
    sealed = _shut(kind, value, name, found.public_key)
    part = SealedPart(secrets.token_hex(16), source, sealed, envelope, by, month_of(at))
    with casefile.database.writing() as connection:
        if living_in(connection, source) != found:
            raise CasefileUnusable(f"{source} was changed meanwhile", f"{source} cambió entretanto")
        if envelope is not None and not envelope_path(casefile, envelope).is_file():
            raise CasefileUnusable(
                "what was sealed was swept away at the same moment by another command; seal it again",
                "otra orden barrió en el mismo momento lo que se sellaba; vuelva a sellarlo",
            )
        vault.keep_part(connection, part)
    return part.id


def _shut(kind: str, value: Sealed, name: Sealed | None, public: str) -> bytes:
    plain = {"kind": kind}
    try:
        for key, one in (("value", value), ("name", name)):
            if one is not None:
                with opened(one) as inside:
                    plain[key] = inside.text
        return shut(json.dumps(plain, ensure_ascii=False).encode(), [public])
    finally:
        # An exception keeps the names of this frame for whoever prints them.
        plain.clear()


def _living(casefile: Casefile, id: str) -> Source:
    with casefile.database.reading() as connection:
        return living_in(connection, id)


def living_in(connection: Connection, id: str) -> Source:
    """The source of that id; raises InvalidValue where there is none, or it was destroyed."""
    found = vault.find_source(connection, id)
    if found is None:
        raise InvalidValue(f"there is no source {id}: recuento seal list", f"no hay fuente {id}: recuento seal list")
    if found.is_destroyed:
        raise InvalidValue(f"the source {id} was destroyed", f"la fuente {id} fue destruida")
    return found


def _random_id() -> str:
    return "s-" + "".join(secrets.choice(_LETTERS) for _ in range(10))
