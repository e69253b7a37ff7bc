"""Bring in a web archive made elsewhere: kept whole, every answer in it told of, every page a document of its own.

Each page keeps its own address and date. What cannot be read, what is not what its digest says and what no hash proves
is reported; the account of bytes always balances. An import that was interrupted goes on when it is asked for again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preparing import Prepared, add_prepared, prepare
from recuento.casefile.documents.web_archives import WACZ, WARC, archive_document
from recuento.model.capture import Capture, CaptureOutcome, Clocks
from recuento.model.document import Description, Origin
from recuento.preserve import media_types
from recuento.preserve.budget import one_budget
from recuento.preserve.extract import look
from recuento.preserve.web.archive_account import KNOWN_TYPES, Account, Located, read_archive
from recuento.preserve.web.http_message import Body, BodyBomb, BodyBroken, Head, body_of
from recuento.preserve.web.payload import archived_head, document_name, is_document, plain_type
from recuento.preserve.web.record_digest import payload_fits
from recuento.preserve.web.walls import CAPTURED, Judged, judged_by_look, judged_by_status
from recuento.preserve.web.warc_reading import Record
from recuento.store import captures
from recuento.values.bilingual import Bilingual

BLOCK_BYTES_MAX = 256 << 20
_BODY_BYTES_MAX = 64 << 20
_AT_ONCE = 200
"""So many captures are added in one transaction."""


@dataclass(frozen=True, slots=True)
class ArchiveImport:
    """What came of an archive: its account, how many answers had which outcome, and how many were in before.

    `mismatches` counts records whose payload is not what its digest says.
    """

    sha256: str
    account: Account
    outcomes: Counter[CaptureOutcome]
    known: int = 0
    mismatches: int = 0


def is_archive(path: Path) -> bool:
    """Whether a file is a web archive, by its name."""
    return path.name.lower().endswith((".warc", ".warc.gz", ".wacz"))


def import_archive(
    casefile: Casefile, path: Path, origin: Origin, *, at: datetime, name: str | None = None
) -> ArchiveImport:
    """Bring in one archive, as `name` where it lies under another; raises OSError where it cannot be opened."""
    name = name or path.name
    with path.open("rb") as file:
        sha256 = casefile.originals.keep(file)
    kind = WACZ if name.lower().endswith(".wacz") else WARC
    document = archive_document(casefile, sha256, origin, "", name=name, media_type=kind)
    with casefile.database.writing() as connection:
        add_prepared(connection, document)
    importer = _Importer(casefile, sha256, name, origin)
    with casefile.originals.path(sha256).open("rb") as file:
        importer.take_all(read_archive(file, name, BLOCK_BYTES_MAX, importer.account))
    return ArchiveImport(sha256, importer.account, importer.outcomes, importer.known, importer.mismatches)


class _Importer:
    """One archive while it is brought in."""

    def __init__(self, casefile: Casefile, sha256: str, name: str, origin: Origin) -> None:
        self.account = Account()
        self.outcomes: Counter[CaptureOutcome] = Counter()
        self.known = 0
        self.mismatches = 0
        self._casefile = casefile
        self._sha256 = sha256
        self._name = name
        self._origin = origin
        self._maker = ""

    def take_all(self, found: Iterator[Located]) -> None:
        """Add every answer, so many in a transaction."""
        batch: list[Located] = []
        for one in found:
            kind = one.record.fields.get("warc-type", "")
            if kind == "warcinfo" and not self._maker:
                self._maker = _maker(one.record.block or b"")
            if kind not in KNOWN_TYPES:
                self._report_kind(one, kind)
            elif kind in ("response", "resource", "revisit") and _is_web(one):
                batch.append(one)
            if len(batch) == _AT_ONCE:
                self._add(batch)
                batch = []
        self._add(batch)

    def _report_kind(self, one: Located, kind: str) -> None:
        """A type that nobody knows is told: it may be an answer whose type was damaged."""
        size = one.record.end - one.record.start
        self.account.bytes_in_records -= size
        self.account.records -= 1
        why = Bilingual(
            es=f"registro de un tipo desconocido {kind[:40]!r}", en=f"a record of an unknown type {kind[:40]!r}"
        )
        self.account.report(size, one.place, why)

    def _add(self, batch: list[Located]) -> None:
        if not batch:
            return
        named = {self._id(one): one for one in batch}
        with self._casefile.database.reading() as connection:
            known = set(captures.known(connection, list(named)))
        self.known += len(known)
        made = [self._capture(id, one) for id, one in named.items() if id not in known]
        with self._casefile.database.writing() as connection:
            for _, prepared in made:
                if prepared is not None:
                    add_prepared(connection, prepared)
            captures.add_all(connection, [capture for capture, _ in made])
        self.outcomes.update(capture.outcome for capture, _ in made)

    def _id(self, one: Located) -> str:
        place = hashlib.sha256(f"{one.part}@{one.record.start}".encode()).hexdigest()[:16]
        return f"urn:recuento:{self._sha256}:{place}"

    def _capture(self, id: str, one: Located) -> tuple[Capture, Prepared | None]:
        """What is told of one answer, and its document; to look at it and to read it is one budget of time."""
        with one_budget():
            return self._taken(id, one)

    def _taken(self, id: str, one: Located) -> tuple[Capture, Prepared | None]:
        fields = one.record.fields
        url = fields.get("warc-target-uri", "").strip("<>")
        at = _instant(fields.get("warc-date"))
        remarks = list(self._remarks(one, at))
        judged, head, body = _judged(one, url)
        capture = Capture(
            id=id,
            url=url,
            outcome=judged.outcome,
            by=self._origin.by,
            source=Bilingual(
                es=f"archivo web {self._name}, {one.place}, registro {fields.get('warc-record-id', '-')}",
                en=f"web archive {self._name}, {one.place}, record {fields.get('warc-record-id', '-')}",
            ),
            method=Bilingual(
                es=f"traída de un archivo web hecho con {self._maker or 'un programa que no dice cuál es'}",
                en=f"brought in from a web archive made with {self._maker or 'a program it does not name'}",
            ),
            clocks=_clocks(head, at or self._origin.at),
            final_url=url,
            status=head.status if head else None,
            reason=judged.reason,
            media_type=_media_type(one, head),
            ip=fields.get("warc-ip-address"),
            payload_sha256=hashlib.sha256(body.data).hexdigest() if body else None,
            payload_bytes=len(body.data) if body else None,
            warc=self._sha256,
            conversions=tuple(Bilingual(es=f"deshecho: {name}", en=f"undone: {name}") for name in _undone(body)),
            remarks=tuple(remarks),
        )
        if not judged.outcome.is_kept_as_document or body is None:
            return capture, None
        return self._with_document(capture, body, at)

    def _with_document(self, capture: Capture, body: Body, at: datetime | None) -> tuple[Capture, Prepared]:
        origin = Origin(where=capture.url, by=self._origin.by, at=at or self._origin.at)
        name = document_name(capture.url, capture.media_type or "") or "page"
        prepared = prepare(self._casefile, body.data, name, origin, Description(url=capture.url))
        layer = prepared.layer
        made = f"{layer.extractor} {layer.version}" if layer else ""
        text = (Bilingual(es=f"texto por {made}", en=f"text by {made}"),) if made else ()
        told = replace(
            capture,
            document=prepared.document.sha256,
            title=prepared.document.description.title,
            conversions=(*capture.conversions, *text),
        )
        return told, prepared

    def _remarks(self, one: Located, at: datetime | None) -> Iterator[Bilingual]:
        if self.account.unverified:
            yield Bilingual(
                es="sin verificar: las huellas del WACZ faltan o no cuadran",
                en="unverified: the hashes of the WACZ are missing or wrong",
            )
        if at is None:
            yield Bilingual(
                es="el registro no dice cuándo se hizo: se puso la hora en que se trajo",
                en="the record does not say when it was made: the time it was brought in stands there",
            )
        if "warc-block-digest" not in one.record.fields:
            yield Bilingual(es="el registro no trae huella de su contenido", en="the record has no digest of its block")
        if payload_fits(one.record) is False:
            self.mismatches += 1
            yield Bilingual(
                es="el contenido no corresponde a la huella que trae (WARC-Payload-Digest)",
                en="the content is not what the digest with it says (WARC-Payload-Digest)",
            )


def _judged(one: Located, url: str) -> tuple[Judged, Head | None, Body | None]:
    """What an answer is, and its body where it is a page."""
    record = one.record
    kind = record.fields["warc-type"]
    if record.block is None:
        return _TOO_LARGE, None, None
    if kind == "revisit":
        return _REVISIT, None, None
    if kind == "resource":
        media_type = record.fields.get("content-type", "")
        if not url.startswith(("http:", "https:")) or not is_document(media_type):
            return _other(media_type), None, None
        body = Body(record.block)
        return _looked(CAPTURED, url, body, record), None, body
    try:
        head = archived_head(record.block)
        judged = judged_by_status(head)
        if 300 <= head.status < 400:
            return _REDIRECT, head, None
        if not judged.outcome.is_kept_as_document:
            return judged, head, None
        if not is_document(head.field("content-type") or ""):
            return _other(head.field("content-type") or ""), head, None
        body = body_of(record.block, head, _BODY_BYTES_MAX, archived=True)
    except BodyBroken as error:
        outcome = CaptureOutcome.TOO_LARGE if isinstance(error, BodyBomb) else CaptureOutcome.DAMAGED
        return Judged(outcome, Bilingual(es=error.es, en=error.en)), None, None
    if payload_fits(record) is False:
        return _MISMATCH, head, body
    return _looked(judged, url, body, record), head, body


def _looked(judged: Judged, url: str, body: Body, record: Record) -> Judged:
    """What the page itself shows may change the outcome, and so does that it was cut."""
    if judged.outcome is not CaptureOutcome.CAPTURED:
        return judged
    if not body.data:
        return _EMPTY
    if body.is_cut or record.fields.get("warc-truncated"):
        return _CUT
    if media_types.at_first_sight(body.data, document_name(url, "")) != media_types.HTML:
        return judged
    return judged_by_look(url, url, look("page", body.data))


def _undone(body: Body | None) -> tuple[str, ...]:
    return body.undone if body else ()


def _is_web(one: Located) -> bool:
    """Whether it came from the web: archives hold answers of name servers, pictures of pages and the like too."""
    url = one.record.fields.get("warc-target-uri", "").strip("<>")
    return url.startswith(("http:", "https:"))


def _media_type(one: Located, head: Head | None) -> str | None:
    if head is not None:
        return head.field("content-type")
    return one.record.fields.get("content-type") if one.record.fields["warc-type"] == "resource" else None


def _clocks(head: Head | None, at: datetime) -> Clocks:
    if head is None:
        return Clocks(at, at)
    return Clocks(at, at, head.field("date"), head.field("last-modified"), head.field("age"))


def _instant(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat((text or "").strip().replace("Z", "+00:00"))
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _maker(block: bytes) -> str:
    """The software that a warcinfo record names."""
    for line in block[:65536].decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "software":
            return value.strip()[:200]
    return ""


def _other(media_type: str) -> Judged:
    shown = plain_type(media_type)[:60] or "-"
    return Judged(
        CaptureOutcome.OTHER_FILE,
        Bilingual(es=f"no es un documento ({shown}); está en el archivo", en=f"no document ({shown}); in the archive"),
    )


_REDIRECT = Judged(CaptureOutcome.OTHER_FILE, Bilingual(es="es una redirección", en="it is a redirect"))
_REVISIT = Judged(
    CaptureOutcome.OTHER_FILE,
    Bilingual(
        es="es la misma respuesta que otra, que no se repite (revisit)",
        en="the same answer as another, not repeated (revisit)",
    ),
)
_TOO_LARGE = Judged(
    CaptureOutcome.TOO_LARGE,
    Bilingual(
        es=f"es de más de {BLOCK_BYTES_MAX >> 20} MB; está en el archivo",
        en=f"it is larger than {BLOCK_BYTES_MAX >> 20} MB; it is in the archive",
    ),
)
_MISMATCH = Judged(
    CaptureOutcome.DAMAGED,
    Bilingual(es="su contenido no corresponde a su huella", en="its content is not what its digest says"),
)
_EMPTY = Judged(CaptureOutcome.EMPTY, Bilingual(es="está vacía", en="it is empty"))
_CUT = Judged(
    CaptureOutcome.PARTIAL,
    Bilingual(es="el archivo tiene solo una parte de ella", en="the archive holds only a part of it"),
)
