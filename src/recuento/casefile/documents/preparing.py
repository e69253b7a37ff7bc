"""Make a document ready: its bytes kept, its text made, everything but its rows, which belong into one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from recuento import __version__
from recuento.casefile.casefile import Casefile
from recuento.model.document import Description, Document, Origin, Sureness, TextLayer
from recuento.preserve.outcome import Outcome
from recuento.preserve.scans import read_document
from recuento.preserve.versions import fingerprint
from recuento.store import documents, layers, runs, vault

TOLD = ("title", "outlet", "author", "published", "language", "url")
"""What may be told of a document."""
EXTRACT = "extract"
"""The step under which is kept with which versions a document was tried last."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document whose bytes are kept and whose text is made, but of which no row tells yet.

    `is_known` says that these bytes are a document already, `is_settled` that this origin is noted with it too,
    `is_put_off` that there was no time left to make its text.
    """

    document: Document
    layer: TextLayer | None = None
    sureness: tuple[Sureness, ...] = ()
    is_known: bool = False
    is_settled: bool = False
    is_confidential: bool = False
    is_put_off: bool = False


def prepare(casefile: Casefile, data: bytes, name: str, origin: Origin, told: Description) -> Prepared:
    """Keep the bytes of a document and make its text, without a row. Bytes that are known are not read again."""
    sha256 = casefile.originals.keep(data)
    with casefile.database.reading() as connection:
        known = documents.find(connection, sha256)
        origins = documents.origins(connection, sha256) if known else []
        # Where a confidential document came from once more is not noted: its places are sealed.
        confidential = known is not None and sha256 in vault.confidential(connection)
    if known is not None:
        settled = confidential or (origin.where, origin.by) in {(o.where, o.by) for o in origins}
        return Prepared(replace(known, origin=origin), is_known=True, is_settled=settled, is_confidential=confidential)
    found = read_document(data, name)
    document = Document(
        sha256=sha256,
        size_bytes=len(data),
        media_type=found.media_type,
        name=name,
        origin=origin,
        description=_merged(told, found.description),
        unreadable=found.unreadable,
    )
    is_put_off = found.outcome is Outcome.PUT_OFF
    return Prepared(document, found.layer(sha256), found.sureness, is_put_off=is_put_off)


def add_prepared(connection: Connection, prepared: Prepared) -> None:
    """Add the rows of a document that was prepared."""
    document = prepared.document
    documents.add(connection, document)
    if prepared.layer is not None:
        if layers.add(connection, prepared.layer) and prepared.sureness:
            layers.add_sureness(connection, prepared.layer, prepared.sureness)
    elif document.unreadable is not None and not prepared.is_put_off:
        # With these versions there is nothing to be got out of it: it is tried again when they change.
        runs.finish(connection, EXTRACT, document.sha256, fingerprint(), __version__, document.origin.at)


def _merged(told: Description, found: Description) -> Description:
    """What whoever brought it knows counts before what its bytes say; which fields are only the bytes' is kept."""
    known = {name: value for name in TOLD if (value := getattr(told, name)) is not None}
    extracted = frozenset(name for name in TOLD if name not in known and getattr(found, name) is not None)
    return replace(found, **known, extracted=extracted)
