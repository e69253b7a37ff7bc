"""Whole casefiles with private values planted in settings, tables, lists, texts and the metadata of originals.

Each is published, edited, published, retracted and published, and every byte below the dossier searched each time.
In every second one the source is sealed: nothing but the vault knows who it is, and a keeper publishes.

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
from recuento.casefile.sealing.keepers import add_keeper
from recuento.casefile.sealing.sealed_search import SealedSearch
from recuento.casefile.sealing.vault import add_text, new_source
from recuento.errors import CheckFailed
from recuento.seal.keys import PrivateKey
from recuento.seal.sealed import Sealed
from recuento.values.bilingual import Bilingual

AT = datetime(2031, 4, 2, 10, 0, tzinfo=UTC)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = "claim_id,event,date_stated,as_of,claimant,party,measure,comparison,value_low,value_high,quantity_words,note\n"
_PLACES = 4
"""Texts that are told, into which a value may have slipped."""


def one_casefile(seed: int, scratch: Path, tally: Tally) -> None:
    """One casefile, three editions, each searched with those before it."""
    chance = random.Random(seed)
    values = planted(chance)
    outed = next(one for one in iter(lambda: planted(chance), None) if not one.words() & values.words())
    sealed = seed % 2 == 1
    # What a casefile knows to be private: its actors, its lists, who wrote its documents; or what its vault holds.
    known = (values.phone, values.address, values.place) if sealed else (values.alias, values.phone)
    pool = (values.name, values.author, *known)
    slips = {chance.randrange(_PLACES): disguised(chance.choice(pool), chance) for _ in range(chance.randrange(3))}
    folder = scratch / "case"
    folder.mkdir()
    actor = "" if sealed else _actor(values)
    _settings(folder, actor, outed, public=True, slips=slips)
    _originals(scratch / "notes", values, outed, slips)
    with Casefile.open(folder) as casefile:
        key = PrivateKey.new() if sealed else None
        names = [_source(casefile, values, key)] * 2 if key else [values.name, values.alias]
        _claims(casefile, scratch, names, values, outed, 12)
        if not sealed:
            _list(casefile, scratch, values)
        preserve(casefile, [scratch / "notes"], by=values.author, at=AT)
        read_what_changed(casefile, at=AT)
        first = _publish(casefile, key, 1, [values], _said(outed), tally)
    # Whoever spoke in public does so no more, and what slipped in is corrected, as an editor would.
    _settings(folder, actor, outed, public=False, slips=slips if chance.random() < 0.3 else {})
    with Casefile.open(folder) as casefile:
        _claims(casefile, scratch, names, values, outed, 15)
        second = _publish(casefile, key, 2, [values, _said(outed)], _said(outed), tally)
        if first or second:
            retract(casefile, f"claim:{chance.choice(['A1', 'B1'])}", by="ana", at=AT, why=values.note)
        _publish(casefile, key, 3, [values, _said(outed)], _said(outed), tally)


def _source(casefile: Casefile, values: Planted, key: PrivateKey) -> str:
    """Two keepers and a sealed source with something of every kind; `key` is that of the first. Gives its id."""
    add_keeper(casefile, "ana", key.public, by="ana", at=AT)
    add_keeper(casefile, "luis", PrivateKey.new().public, by="ana", at=AT)
    called = Bilingual(es="un familiar", en="a relative")
    source = new_source(casefile, "kin", called, by="ana", at=AT).id
    contact = f"{values.phone} {values.address}"
    told = {"name": values.name, "contact": contact, "place": values.place, "notes": values.note}
    for kind, text in told.items():
        add_text(casefile, source, kind, Sealed(text), by="ana", at=AT)
    return source


def _said(outed: Planted) -> Planted:
    """Of a person who was public once only the name is looked for."""
    return Planted(outed.name, outed.name, outed.phone, outed.name, outed.name, outed.name, outed.name, outed.name)


def _publish(
    casefile: Casefile,
    key: PrivateKey | None,
    number: int,
    searched: list[Planted],
    outed: Planted,
    tally: Tally,
) -> bool:
    folder = casefile.folder / "dossier"
    try:
        publish(casefile, folder, date(2031, 4, number), by="ana", at=AT, search=SealedSearch(key=key))
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


def _actor(values: Planted) -> str:
    return f"""[actors.a]
name = "{values.name}"
party = "kin"
aliases = ["{values.alias}"]
called_es = "un familiar"
called_en = "a relative"
person = true"""


def _settings(folder: Path, actor: str, outed: Planted, *, public: bool, slips: dict[int, str]) -> None:
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
{actor}
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


def _claims(casefile: Casefile, scratch: Path, names: list[str], values: Planted, outed: Planted, number: int) -> None:
    path = scratch / "claims.csv"
    rows = (
        f"A1,e,2031-03-14,2031-03-14,{outed.name},state,transferred,eq,{number},{number},N,{values.note}\n"
        f"B1,e,2031-03-15,2031-03-14,{names[0]},kin,transferred,eq,20,20,N,{values.phone}\n"
        f"B2,e,2031-03-15,2031-03-14,{names[1]},kin,injured,eq,3,3,N,{values.place} {values.address}\n"
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
