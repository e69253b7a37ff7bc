"""Read one share of the documents: bytes to text in the jail, text to statements, statements to rows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recuento.casefile.reading.document_streams import DOCUMENT_BYTES_MAX, Found, Frame, Share
from recuento.errors import RecuentoError
from recuento.preserve.extract import extract
from recuento.preserve.limits import Limits
from recuento.preserve.outcome import Outcome, reason
from recuento.preserve.web.payload import payload_of
from recuento.read.partition import Row, published_in, rows_of
from recuento.read.reader import read
from recuento.read.rules import ReadingMode
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

TEXT_CHARACTERS_MAX = 2_000_000
_LIMITS = Limits(document_bytes_max=DOCUMENT_BYTES_MAX, text_characters_max=TEXT_CHARACTERS_MAX)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a document, and what is known of it."""

    id: str
    text: str
    extractor: str
    published: PartialDate | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ShareRead:
    """What came of a share: rows, and what could not be read. `passed_over` are records that are no documents."""

    rows: list[Row]
    faults: list[dict[str, Any]]
    documents: int
    passed_over: int


def read_share(share: Share, mode: ReadingMode, reader_version: str) -> ShareRead:
    """Read every document of a share; a document that cannot be read is named with its reason and stops nothing."""
    rows: list[Row] = []
    faults: list[dict[str, Any]] = []
    documents = passed_over = 0
    for found in share.documents:
        text = _text_of(found)
        if text is None:
            passed_over += 1
        elif isinstance(text, Bilingual):
            faults.append(_fault(found, text))
        else:
            try:
                fresh = _rows(found, text, mode, reader_version)
            except Exception as error:
                name = type(error).__name__
                faults.append(
                    _fault(found, Bilingual(es=f"el lector falló ({name})", en=f"the reader failed ({name})"))
                )
                continue
            documents += 1
            rows += fresh
    return ShareRead(rows, faults, documents, passed_over)


def _text_of(found: Found) -> Text | Bilingual | None:
    """The text, or why there is none; None for what is no document."""
    if found.frame is Frame.FAULT:
        return found.why
    if found.frame is Frame.LINE:
        return _line_text(found)
    if found.frame is Frame.FILE:
        try:
            data = Path(found.path or "").read_bytes()
        except OSError as error:
            return Bilingual.same(error.strerror or str(error))
        return _extracted(found, data, found.id)
    try:
        payload = payload_of(found.data, found.url, found.mark, DOCUMENT_BYTES_MAX)
    except RecuentoError as broken:
        return Bilingual(es=broken.es, en=broken.en)
    return None if payload is None else _extracted(found, payload.data, payload.name)


def _extracted(found: Found, data: bytes, name: str) -> Text | Bilingual:
    made = extract(data, name, limits=_LIMITS)
    if made.text is None:
        return made.unreadable or Bilingual(es="no hay texto", en="no text")
    url = found.url or made.description.url
    return Text(found.id, made.text, f"{made.extractor} {made.version}", made.description.published, url)


def _line_text(found: Found) -> Text | Bilingual:
    try:
        plain = json.loads(found.data)
    except (ValueError, RecursionError) as error:
        return Bilingual(es=f"la línea no es JSON ({error})", en=f"the line is no JSON ({error})")
    if not isinstance(plain, dict) or not isinstance(plain.get("text"), str) or not _is_id(plain.get("id")):
        return Bilingual(es="la línea necesita id y text", en="the line needs id and text")
    if len(plain["text"]) > TEXT_CHARACTERS_MAX:
        return reason(Outcome.TOO_LONG) or Bilingual.same("")
    url = plain.get("url")
    return Text(
        id=_writable(str(plain["id"])),
        text=plain["text"],
        extractor="",
        published=published_in(plain.get("published")),
        url=_writable(url) if isinstance(url, str) else None,
    )


def _is_id(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool) and value != ""


def _rows(found: Found, text: Text, mode: ReadingMode, reader_version: str) -> list[Row]:
    statements = read(text.text, published=text.published, mode=mode)
    about = {
        "file": found.file,
        "place": found.place,
        "url": text.url,
        "published": str(text.published) if text.published else None,
        "text_sha256": hashlib.sha256(text.text.encode("utf-8", "replace")).hexdigest(),
        "extractor": text.extractor,
        "reader_version": reader_version,
    }
    return [{**row, **about} for row in rows_of(text.id, statements)]


def _fault(found: Found, why: Bilingual) -> dict[str, Any]:
    told = {"document": found.id, "file": found.file, "place": found.place, "es": why.es, "en": why.en}
    return {key: _writable(value) for key, value in told.items()}


def _writable(words: str) -> str:
    return words.encode("utf-8", "replace").decode("utf-8")
