"""Web archives as originals of a casefile: the document that each is, and what a record in one holds."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlsplit

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preparing import Prepared
from recuento.errors import CheckFailed
from recuento.model.document import Description, Document, Origin
from recuento.preserve.web.http_message import body_of
from recuento.preserve.web.payload import archived_head
from recuento.preserve.web.warc_reading import Record, records
from recuento.values.bilingual import Bilingual

WARC = "application/warc"
WACZ = "application/wacz"
IS_ARCHIVE = Bilingual(
    es="es un archivo web; sus páginas son documentos aparte",
    en="it is a web archive; its pages are documents of their own",
)


def archive_document(
    casefile: Casefile, sha256: str, origin: Origin, url: str, *, name: str = "", media_type: str = WARC
) -> Prepared:
    """An archive whose bytes are kept, as a document that has no text of its own."""
    host = urlsplit(url).hostname or "web"
    document = Document(
        sha256=sha256,
        size_bytes=casefile.originals.path(sha256).stat().st_size,
        media_type=media_type,
        name=name or f"{host}-{origin.at:%Y%m%dT%H%M%S}.warc.gz",
        origin=origin,
        description=Description(url=url or None),
        unreadable=IS_ARCHIVE,
    )
    return Prepared(document)


def payload_in_archive(archive: bytes, id: str, bytes_max: int) -> bytes:
    """The body in the record of that id, unpacked; raises CheckFailed where the archive has no such record whole."""
    for one in records(BytesIO(archive), len(archive) + bytes_max):
        if isinstance(one, Record) and one.fields.get("warc-record-id", "").strip("<>") == id and one.block is not None:
            head = archived_head(one.block)
            return body_of(one.block, head, bytes_max).data
    raise CheckFailed(f"the archive has no record {id}", f"el archivo web no tiene el registro {id}")
