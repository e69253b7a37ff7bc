"""Ask another reader about the texts of a casefile. Nobody is asked unless a command names the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import Progress
from recuento.casefile.reading.other_readings import fingerprint_of, keep_reading, kept_readings
from recuento.casefile.reading.reading import read_what_changed
from recuento.casefile.settings.reader_settings import NamedReader
from recuento.casefile.settings.settings import Settings
from recuento.errors import Fault, InvalidValue
from recuento.model.document import Document
from recuento.read.plugin import Drop, ReaderFailed, read_with
from recuento.store import documents, layers, vault

_FAILURES_IN_A_ROW_MAX = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking a reader: texts read now and before, statements taken, proposals dropped by reason."""

    texts: int
    known: int
    withheld: int
    """Texts not sent: the reader is on another machine, and they are confidential or bear no public address."""
    statements: int
    dropped: Mapping[Drop, int]
    failed: tuple[Fault, ...]
    """Texts that the reader could not read, by name; they will be asked about again."""


def named_reader(settings: Settings, name: str) -> NamedReader:
    """The reader of that name; raises InvalidValue naming those there are."""
    found = next((reader for reader in settings.readers if reader.name == name), None)
    if found is None:
        listed = ", ".join(reader.name for reader in settings.readers)
        raise InvalidValue(
            f"there is no [[reader]] {name!r} in recuento.toml" + (f": choose {listed}" if listed else ""),
            f"no hay un [[reader]] {name!r} en recuento.toml" + (f": elija {listed}" if listed else ""),
        )
    return found


def may_be_sent(document: Document, reader: NamedReader, confidential: Container[str]) -> bool:
    """Whether a text may be given to a reader: to this machine always, elsewhere only what is published on the web.

    `confidential` holds the SHA-256 of every document that is marked so; what has no public address counts as such.
    """
    is_public = (document.description.url or "").startswith(("http://", "https://"))
    return reader.is_here or (is_public and document.sha256 not in confidential)


def ask_reader(casefile: Casefile, named: NamedReader, *, at: datetime, progress: Progress | None = None) -> Asked:
    """Ask a reader about every text that it has not read yet, keep what stands in the text, and read again.

    Each text is one transaction. After three failures in a row no more is asked.
    """
    settings = casefile.settings
    reader = named.reader()
    with casefile.database.reading() as connection:
        kept = kept_readings(connection, [named])
        found = [(document, layers.current(connection, document.sha256)) for document in documents.all(connection)]
        confidential = frozenset(vault.confidential(connection))
    read = [(document, layer) for document, layer in found if layer is not None]
    sent = [(document, layer) for document, layer in read if may_be_sent(document, named, confidential)]
    todo = [
        (document, layer)
        for document, layer in sent
        if (before := kept.of(named.name, layer)) is None or before.fingerprint != fingerprint_of(layer, reader.version)
    ]
    dropped: Counter[Drop] = Counter()
    failed: list[Fault] = []
    statements = in_a_row = texts = 0
    for number, (document, layer) in enumerate(todo):
        if progress:
            progress(number, len(todo), document.name)
        try:
            reading = read_with(
                reader,
                layer.text,
                published=document.description.published,
                vocabulary=settings.vocabulary,
                facilities=settings.cast.facilities,
            )
        except ReaderFailed as failure:
            failed.append(Fault(document.name, failure.en, failure.es))
            in_a_row += 1
            if in_a_row == _FAILURES_IN_A_ROW_MAX:
                break
            continue
        in_a_row = 0
        texts += 1
        statements += len(reading.statements)
        dropped.update(reading.dropped)
        with casefile.database.writing() as connection:
            keep_reading(connection, named.name, layer, reader.version, reading.statements)
    read_what_changed(casefile, at=at)
    return Asked(
        texts=texts,
        known=len(sent) - len(todo),
        withheld=len(read) - len(sent),
        statements=statements,
        dropped=dict(sorted(dropped.items())),
        failed=tuple(failed),
    )
