"""What the gate of a dossier looks for of the vault: every sealed value, told by its source and kind alone.

Without a key nobody can read what is sealed, so nobody can look for it. `publish` then refuses, unless it is told to go
on without a keeper, which is noted in the sealed tree of the log.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath

from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.metadata_values import METADATA, telling
from recuento.casefile.sealing.vault import FILE, holds_sealed_values
from recuento.casefile.sealing.vault_opening import OpenedPart, OpenedSource, open_all, write_file_of
from recuento.errors import CheckFailed, Fault
from recuento.model.dossier import Dossier, KeptBack, KeptKind
from recuento.publish.private import gate_of
from recuento.seal.keys import PrivateKey
from recuento.seal.sealed import opened
from recuento.store import log
from recuento.store.encoding import instant
from recuento.store.log import Act

_NUMBER = re.compile(r"\+?\d[\d\-. ()/]{5,}\d")
_ADDRESS = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")


class NotSearched(CheckFailed):
    """The casefile has sealed values, and nobody has looked for them in what is to be published."""

    def __init__(self) -> None:
        super().__init__(
            "not published: this casefile has sealed values, and without a keeper's key nobody can look for them in "
            "the dossier. Publish with --keeper FILE; or, if you take that on yourself, with --without-keeper",
            "no se publica: este caso tiene datos sellados y sin la clave de una persona custodia nadie puede "
            "buscarlos en el dosier. Publique con --keeper ARCHIVO o, si lo asume usted, con --without-keeper",
        )


@dataclass(frozen=True, slots=True, repr=False)
class SealedSearch:
    """Who looks for sealed values in a dossier: the holder of `key`, or nobody, and that is then on purpose."""

    key: PrivateKey | None = None
    without_keeper: bool = False


def sealed_values(
    casefile: Casefile, search: SealedSearch, edition: date, *, by: str | None, at: datetime | None
) -> tuple[KeptBack, ...]:
    """The sealed values to be looked for in a dossier; that they were, or that they were not, is noted in the log.

    Raises NotSearched where there are some, no key, and nobody said to go on without; ValueError where a key is given
    and it is not said who uses it when.
    """
    if not holds_sealed_values(casefile):
        return ()
    if search.key is None and not search.without_keeper:
        raise NotSearched
    if by is None or at is None:
        if search.key is not None:
            raise ValueError("who opens sealed values, and when?")
        return ()
    found: tuple[OpenedSource, ...] = ()
    if search.key is not None:
        found = open_all(casefile, search.key, purpose=f"search of the dossier of {edition}", by=by, at=at)
    details = {"edition": str(edition), "sources": str(len(found)), "searched": "yes" if search.key else "no"}
    with casefile.database.writing() as connection:
        log.act_done(connection, Act.SEARCHED, by, instant(at), details, "sealed")
    return sealed_words(casefile, found)


def sealed_words(casefile: Casefile, found: Iterable[OpenedSource]) -> tuple[KeptBack, ...]:
    """What is to be looked for of opened sources: their values, the parts that tell, and the hashes of their files."""
    return tuple(
        KeptBack(value, f"{one.source.id} {part.kind}", kind)
        for one in found
        for part in one.parts
        for value, kind in _values(casefile, one, part)
    )


def search_dossier(folder: Path, dossier: Dossier) -> tuple[Fault, ...]:
    """Look for everything that `dossier` keeps back in the files of a folder; each hit with its file and place."""
    gate = gate_of(dossier)
    return tuple(
        Fault(finding.path, finding.text("en"), finding.text("es"))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for finding in gate.findings(path.relative_to(folder).as_posix(), path.read_bytes())
    )


def _values(casefile: Casefile, source: OpenedSource, part: OpenedPart) -> Iterator[tuple[str, KeptKind]]:
    if part.kind == FILE:
        if part.name is not None:
            with opened(part.name) as name:
                yield PurePath(name.text).stem, KeptKind.TEXT
        yield _hash_of(casefile, source, part), KeptKind.NAME
        return
    with opened(part.value) as plain:
        text = plain.text
    if part.kind == METADATA:
        yield from ((value, KeptKind.NAME if is_name else KeptKind.TEXT) for value, is_name in telling(text))
        return
    yield text, KeptKind.NAME if part.kind == "name" else KeptKind.TEXT
    for piece in (*_NUMBER.findall(text), *_ADDRESS.findall(text)):
        yield piece.strip(), KeptKind.NAME
    if part.kind in ("place", "contact"):
        yield from ((piece.strip(), KeptKind.TEXT) for piece in re.split(r"[,;\n]", text) if " " in piece.strip())


def _hash_of(casefile: Casefile, source: OpenedSource, part: OpenedPart) -> str:
    """The SHA-256 of a sealed file: a public copy of it, or a page that names its hash, would tell of it."""
    digest = hashlib.sha256()

    class Hashing:
        def write(self, piece: bytes) -> int:
            digest.update(piece)
            return len(piece)

        def flush(self) -> None:
            pass

    write_file_of(casefile, source, part, Hashing())
    return digest.hexdigest()
