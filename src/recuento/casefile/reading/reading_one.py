"""Read one document by itself, to be shown: a file anywhere, or a document of a casefile in another mode."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from recuento.casefile.reading.asking_readers import may_be_sent
from recuento.casefile.settings.reader_settings import NamedReader
from recuento.casefile.settings.settings import Settings
from recuento.errors import Fault, FaultsFound, InvalidValue
from recuento.model.casting import Facility
from recuento.model.document import Document
from recuento.model.dossier import PublishedDocument
from recuento.model.measure import Vocabulary
from recuento.model.statement import Statement
from recuento.preserve.extract import extract
from recuento.read import read
from recuento.read.plugin import Drop, merged, read_with
from recuento.read.rules import ReadingMode
from recuento.values.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class OneRead:
    """A text and what was read in it. `source` is its address, or its SHA-256 where it has none."""

    sha256: str
    name: str
    source: str
    text: str
    statements: tuple[Statement, ...]
    dropped: Mapping[Drop, int] = field(default_factory=dict)
    """What another reader proposed that does not stand in the text, by reason."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How to read: the mode, the words and places of a casefile, and another reader to ask as well."""

    mode: ReadingMode = "balanced"
    vocabulary: Vocabulary | None = None
    facilities: Sequence[Facility] = ()
    other: NamedReader | None = None

    @classmethod
    def of(cls, settings: Settings | None, mode: ReadingMode, other: NamedReader | None = None) -> Manner:
        """That of a casefile, where there is one."""
        if settings is None:
            return cls(mode)
        return cls(mode, settings.vocabulary, settings.cast.facilities, other)


def read_file(path: Path, manner: Manner) -> OneRead:
    """Read a file of any kind that can be read; raises FaultsFound with the reason where no text can be got from it.

    A file says nothing of where it is from, so it is given to no reader on another machine: that raises InvalidValue.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        fault = Fault(path.name, f"cannot be opened: {reason}", f"no se puede abrir: {reason}")
        raise FaultsFound(str(path), [fault]) from None
    if manner.other is not None and not manner.other.is_here:
        raise _stays(path.name, manner.other)
    found = extract(data, path.name)
    if found.text is None:
        why = found.unreadable
        fault = Fault(path.name, why.en, why.es) if why else Fault(path.name, "no text", "no hay texto")
        raise FaultsFound(str(path), [fault])
    sha256 = hashlib.sha256(data).hexdigest()
    description = found.description
    title = description.title or path.name
    return _read(sha256, title, description.url, found.text, description.published, manner)


def read_anew(document: PublishedDocument, manner: Manner, confidential: Container[str]) -> OneRead | None:
    """Read a document of a casefile again, keeping nothing; None where it has no text.

    `confidential` holds the SHA-256 of every document that is marked so: it goes to no reader on another machine.
    Raises InvalidValue where it must not be sent to the other reader.
    """
    about = document.document
    if document.layer is None:
        return None
    if manner.other is not None and not may_be_sent(about, manner.other, confidential):
        raise _stays(about.name, manner.other)
    published = about.description.published
    return _read(about.sha256, name_of(about), about.description.url, document.layer.text, published, manner)


def as_kept(document: PublishedDocument) -> OneRead:
    """What a casefile keeps of a document; no text and no statements where it could not be read."""
    about = document.document
    text = document.layer.text if document.layer is not None else ""
    source = _source(about.sha256, about.description.url)
    return OneRead(about.sha256, name_of(about), source, text, document.statements)


def name_of(document: Document) -> str:
    """Its title, or the name of its file."""
    return document.description.title or document.name


def _read(sha256: str, name: str, url: str | None, text: str, published: PartialDate | None, manner: Manner) -> OneRead:
    own = read(text, published=published, vocabulary=manner.vocabulary, facilities=manner.facilities, mode=manner.mode)
    source = _source(sha256, url)
    if manner.other is None:
        return OneRead(sha256, name, source, text, tuple(own))
    other = read_with(
        manner.other.reader(),
        text,
        published=published,
        vocabulary=manner.vocabulary,
        facilities=manner.facilities,
    )
    return OneRead(sha256, name, source, text, tuple(merged(own, other.statements)), other.dropped)


def _source(sha256: str, url: str | None) -> str:
    return url or f"urn:sha256:{sha256}"


def _stays(name: str, reader: NamedReader) -> InvalidValue:
    return InvalidValue(
        f"{name} is confidential or bears no public address, so it is not sent to {reader.name}, on another machine",
        f"{name} es confidencial o no lleva dirección pública, así que no se envía a {reader.name}, en otra máquina",
    )
