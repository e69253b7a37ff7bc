"""Whole casefiles with private values planted in settings, tables, lists, texts and the metadata of originals.

Each is published, edited, published, retracted and published, and every byte below the dossier searched each time.

What stands in earlier editions (`/vN/`) is searched as the rest is: a person who was public in the first edition and
is not any more must be in none of them. The search is that of planted_dossiers.py, which knows nothing of the gate.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from datetime import UTC, date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from planted_dossiers import Planted, Tally, disguised, leaks, planted
from recuento.casefile.casefile import Casefile
from recuento.casefile.claims.importing import apply_import, plan_import
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.people.lists import apply_list, plan_list
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.publishing.retracting import retract
from recuento.casefile.reading.reading import read_what_changed
from recuento.errors import CheckFailed

AT = datetime(2031, 4, 2, 10, 0, tzinfo=UTC)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = "claim_id,event,date_stated,as_of,claimant,party,measure,comparison,value_low,value_high,quantity_words,note\n"
_PLACES = 4
"""Texts that are told, into which a value may have slipped."""


def one_casefile(seed: int, scratch: Path, tally: Tally) -> None:
    """One casefile, three editions, each searched with those before it."""
    chance = random.Random(seed)
    values, outed = planted(chance), planted(chance)
    # What a casefile without a vault knows to be private by itself: its actors, its lists, who wrote its documents.
    pool = (values.name, values.alias, values.phone, values.author)
    slips = {chance.randrange(_PLACES): disguised(chance.choice(pool), chance) for _ in range(chance.randrange(3))}
    folder = scratch / "case"
    folder.mkdir()
    _settings(folder, values, outed, public=True, slips=slips)
    _originals(scratch / "notes", values, outed, slips)
    with Casefile.open(folder) as casefile:
        _claims(casefile, scratch, values, outed, 12)
        _list(casefile, scratch, values)
        preserve(casefile, [scratch / "notes"], by=values.author, at=AT)
        read_what_changed(casefile, at=AT)
        first = _publish(casefile, 1, [values], _said(outed), tally)
    # Whoever spoke in public does so no more, and what slipped in is corrected, as an editor would.
    _settings(folder, values, outed, public=False, slips=slips if chance.random() < 0.3 else {})
    with Casefile.open(folder) as casefile:
        _claims(casefile, scratch, values, outed, 15)
        second = _publish(casefile, 2, [values, _said(outed)], _said(outed), tally)
        if first or second:
            retract(casefile, f"claim:{chance.choice(['A1', 'B1'])}", by="ana", at=AT, why=values.note)
        _publish(casefile, 3, [values, _said(outed)], _said(outed), tally)


def _said(outed: Planted) -> Planted:
    """Of a person who was public once only the name is looked for."""
    return Planted(outed.name, outed.name, outed.phone, outed.name, outed.name, outed.name, outed.name, outed.name)


def _publish(casefile: Casefile, number: int, searched: list[Planted], outed: Planted, tally: Tally) -> bool:
    folder = casefile.folder / "dossier"
    try:
        publish(casefile, folder, date(2031, 4, number))
        tally.clean += 1
        done = True
    except CheckFailed as refused:
        tally.stopped += 1
        tally.leaked += any(leaks({"message": (refused.en + refused.es).encode()}, one) for one in searched)
        if number > 1:
            return False  # What lies there came out when it was still public.
        done = False
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    tally.earlier += sum(path.startswith("v1/") for path in files) if number > 1 else 0
    tally.outed += bool(number == 1 and leaks(files, outed))
    tally.leaked += any(leaks(files, one) for one in searched)
    return done


def _settings(folder: Path, values: Planted, outed: Planted, *, public: bool, slips: dict[int, str]) -> None:
    folder.joinpath("recuento.toml").write_text(
        f"""
[casefile]
name = "Observatorio"
[dossier]
texts = true
unreviewed = true
[parties.state]
es = "Autoridad"
en = "Authority"
[parties.kin]
es = "Familias"
en = "Families"
anonymous = true
[actors.a]
name = "{values.name}"
party = "kin"
aliases = ["{values.alias}"]
called_es = "un familiar"
called_en = "a relative"
person = true
[actors.b]
name = "{outed.name}"
party = "state"
public = {"true" if public else "false"}
person = true
[facilities.p]
name = "Penal de Lares"
place = "Lares {slips.get(0, "")}"
[events.e]
es = "Traslado"
en = "Transfer"
summary_es = "Hubo un traslado. {slips.get(1, "")}"
summary_en = "There was a transfer. {slips.get(1, "")}"
facilities = ["p"]
starts = 2031-03-14
ends = 2031-03-18
""",
        encoding="utf-8",
    )


def _claims(casefile: Casefile, scratch: Path, values: Planted, outed: Planted, number: int) -> None:
    path = scratch / "claims.csv"
    rows = (
        f"A1,e,2031-03-14,2031-03-14,{outed.name},state,transferred,eq,{number},{number},N,{values.note}\n"
        f"B1,e,2031-03-15,2031-03-14,{values.name},kin,transferred,eq,20,20,N,{values.phone}\n"
        f"B2,e,2031-03-15,2031-03-14,{values.alias},kin,injured,eq,3,3,N,{values.place} {values.address}\n"
    )
    path.write_text(_HEAD + rows, encoding="utf-8")
    apply_import(casefile, plan_import(casefile, path), by="ana", at=AT)


def _list(casefile: Casefile, scratch: Path, values: Planted) -> None:
    path = scratch / "list.csv"
    path.write_text(f"id,name,document_number\n1,{values.name},{values.phone}\n2,{values.author},\n", encoding="utf-8")
    plan = plan_list(casefile, path, "hospital")
    apply_list(casefile, plan, by="ana", at=AT)


def _originals(folder: Path, values: Planted, outed: Planted, slips: dict[int, str]) -> None:
    """A note, a Word file and a picture; who wrote and took them stands in their metadata and in their names."""
    folder.mkdir()
    said = f"{outed.name} dijo que 12 internos fueron trasladados. {slips.get(2, '')}\n"
    heard = f"Una madre dijo que 20 internos fueron trasladados. {slips.get(3, '')}\n"
    folder.joinpath(f"{values.alias}.txt").write_text(said, encoding="utf-8")
    folder.joinpath(values.file.replace(".jpg", ".docx")).write_bytes(_docx(heard, values))
    folder.joinpath(values.file.replace(".jpg", ".png")).write_bytes(_png(values))


def _docx(words: str, values: Planted) -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>'
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{escape(values.author)}</dc:creator>'
        f"<cp:lastModifiedBy>{escape(values.name)}</cp:lastModifiedBy></cp:coreProperties>"
    )
    body = f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("docProps/core.xml", core)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def _png(values: Planted) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    text = f"Author\0{values.author} {values.place}".encode()
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"tEXt", text), chunk(b"IDAT", zlib.compress(b"\0\0")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
