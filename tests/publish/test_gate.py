"""Whatever form a private value takes and however deep it is packed, the gate finds it; and it finds nothing else."""

import gzip
import hashlib
import html
import io
import json
import sqlite3
import unicodedata
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_dossier import valdeoscuro
from openpyxl import Workbook

from recuento.errors import CheckFailed
from recuento.model.dossier import KeptBack, KeptKind
from recuento.publish.build import build
from recuento.publish.folding import folded_words
from recuento.publish.gate import Gate
from recuento.publish.names import folded
from recuento.publish.private import gate_of
from recuento.values.bilingual import Bilingual

NAME = "Hermenegilda Ñáñez Oquendo"
GATE = Gate.of([KeptBack(NAME, "sealed.1"), KeptBack("+58 412-555.12 34", "sealed.2")], public=["Oquendo dijo"])
DISGUISES = {
    "as it is": NAME,
    "upper case": NAME.upper(),
    "no accents": "hermenegilda nanez oquendo",
    "decomposed": unicodedata.normalize("NFD", NAME),
    "surnames first": "Ñáñez Oquendo, Hermenegilda",
    "reversed": "Oquendo Ñáñez Hermenegilda",
    "a word of it": "la señora Hermenegilda",
    "a surname of it": "la familia NANEZ",
    "initials": "H. Ñ. Oquendo",
    "initial and surname": "H Ñáñez",
    "slug": "hermenegilda-nanez_oquendo",
    "squashed": "@hermenegildananezoquendo",
    "entities": "".join(f"&#{ord(c)};" for c in NAME),
    "hexadecimal entities": "".join(f"&#x{ord(c):x};" for c in NAME),
    "escaped": html.escape(NAME),
    "json": json.dumps(NAME),
    "percent": quote(NAME),
    "tags inside": "Hermene<b>gilda</b>",
    "soft hyphen": "Hermene\u00adgilda",
    "zero width": "Ñá\u200bñez",
    "phone": "0412 555 12 34",
    "phone in brackets": "(0412) 555-1234",
    "phone bare": "584125551234",
    "hexadecimal": NAME.encode().hex(),
    **{f"base64 at {at}": b64encode(b"x" * at + NAME.encode() + b"yz").decode() for at in range(3)},
    "base64 of a url": urlsafe_b64encode(b"??>" + NAME.encode()).decode(),
    **{
        f"{kind} of {form}": hashlib.new(kind, form.encode()).hexdigest()
        for kind in ("sha256", "sha1", "md5")
        for form in (NAME, NAME.lower(), "hermenegilda nanez oquendo", "hermenegilda-nanez-oquendo")
    },
    "short hash": hashlib.sha256(NAME.encode()).hexdigest()[:16].upper(),
    "base64 of a hash": b64encode(hashlib.sha256(NAME.encode()).digest()).decode(),
    "hash of a phone": hashlib.sha1(b"584125551234").hexdigest(),
}


@pytest.mark.parametrize("written", DISGUISES.values(), ids=DISGUISES)
def test_every_disguise_is_found(written: str) -> None:
    """Each form is found in a page, told with its line and whose it is, and never printed."""
    page = f"<p>uno</p>\n<p title='x'>dijo «{written}» ayer</p>\n"
    found = GATE.findings("es/index.html", page.encode())
    assert found and all(finding.path == "es/index.html" for finding in found)
    assert "line 2" in found[0].text("en") and "línea 2" in found[0].text("es")
    said = " ".join(finding.text("es") + finding.text("en") for finding in found)
    assert not Gate.of([KeptBack(NAME, "x")]).tells(said)


def test_a_public_word_of_a_private_name_is_no_finding() -> None:
    """ "Oquendo" alone stands in public words; the rest of the name does not."""
    assert not GATE.findings("a.html", b"dijo Oquendo, la hermenegildina, el 4125 y el 12")


def test_a_gate_that_looks_for_nothing_finds_nothing() -> None:
    """The sabotage of this file: without the value kept back, no disguise is found, so the tests above can fail."""
    assert not any(Gate.of([]).findings("a", written.encode()) for written in DISGUISES.values())


def _packed(tmp_path: Path) -> dict[str, bytes]:
    """Files of the kinds a dossier may come to hold, each with the name at its bottom."""
    secret = NAME.encode()
    inner, outer, sheet = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", b"x" * 999 + secret)
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", inner.getvalue())
    book = Workbook()
    hidden = book.create_sheet("otra")
    hidden.sheet_state = "hidden"
    hidden["A1"] = NAME
    book.save(sheet)
    database = tmp_path / "d.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE t (v TEXT)")
        connection.executemany("INSERT INTO t VALUES (?)", [(NAME,), ("otra",)])
        connection.execute("DELETE FROM t WHERE v <> 'otra'")
    connection.close()
    chunk = b"Author\0\0" + zlib.compress(NAME.encode("latin-1"))
    text = b"Author\0\0\0\0\0" + secret
    png = b"\x89PNG\r\n\x1a\n"
    stream = zlib.compress(b"BT (" + secret + b") Tj ET")
    return {
        "zip in zip": outer.getvalue(),
        "name in a zip": _zip_named(NAME),
        "gzip": gzip.compress(gzip.compress(secret)),
        "hidden sheet": sheet.getvalue(),
        "deleted row": database.read_bytes(),
        "png zTXt": png + _chunk(b"zTXt", chunk),
        "png tEXt": png + _chunk(b"tEXt", text),
        "after the png": png + _chunk(b"IEND", b"") + secret,
        "pdf": b"%PDF-1.4\n1 0 obj<</Length 9>>stream\n" + stream + b"\nendstream endobj",
        "jpeg comment": b"\xff\xd8\xff\xfe\x00\x30" + secret + b"\xff\xd9",
        "data address": b"<img src='data:image/png;base64," + b64encode(png + _chunk(b"tEXt", text)) + b"'>",
        "utf-16": NAME.encode("utf-16-le"),
    }


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def _zip_named(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{name}.txt", b"nada")
    return file.getvalue()


def test_files_are_opened_to_the_bottom(tmp_path: Path) -> None:
    """Members of archives, hidden sheets, deleted rows, chunks and streams are searched like pages."""
    for kind, data in _packed(tmp_path).items():
        assert GATE.findings("files/x", data), kind


def test_what_cannot_be_opened_does_not_leave() -> None:
    """A damaged archive is refused, not passed over."""
    with pytest.raises(CheckFailed):
        GATE.findings("files/x.zip", b"PK\x03\x04" + b"0" * 40)


@given(st.text(st.characters(max_codepoint=0x24FF, categories=("Lu", "Ll", "Nd", "Zs", "Pd", "Mn", "Cf", "Lo"))))
def test_both_ways_of_folding_agree(text: str) -> None:
    """The quick folding of bytes tells words apart where the slow folding of text does, and only there."""
    assert len(folded_words(text).split()) == len(folded(text).split())


@given(st.text(st.characters(codec="latin-1")))
def test_folding_latin_text_is_folding_it(text: str) -> None:
    """Letters of Latin-1 fold to what the slow folding makes of them."""
    simple = "".join(character for character in text if character not in "µ¼½¾")
    assert folded_words(simple).decode("latin-1").split() == folded(simple).split()


def test_a_note_gives_itself_away_by_six_words_in_a_row() -> None:
    """Notes are ordinary words: only a run of them counts, and not one that is public anyway."""
    note = "me llamó desde un teléfono prestado a las tres de la mañana, no decirlo"
    gate = Gate.of([KeptBack(note, "note", KeptKind.TEXT)], public=["desde un teléfono prestado a las tres"])
    assert gate.tells("prestado a las tres de la mañana")
    assert not gate.tells("desde un teléfono prestado a las tres") and not gate.tells("las tres de la mañana")


def test_names_on_lists_are_kept_back_too() -> None:
    """A thousand names of a list stops the build when one is planted, and no other page is touched by them."""
    names = [f"Persona{at // 100:02} Apellido{at % 100:02} Segundo{at % 7}" for at in range(1_000)]
    dossier = valdeoscuro()
    kept = tuple(KeptBack(name, "lists.wall", KeptKind.ENTRY) for name in names)
    assert build(replace(dossier, kept_back=kept)) == build(dossier)
    account = dossier.events[0]
    event = replace(account.event, summary=Bilingual("Apellido42 Segundo0, Persona07", "x"))
    with pytest.raises(CheckFailed, match=r"lists\.wall"):
        build(replace(dossier, kept_back=kept, events=(replace(account, event=event),)))


def test_who_obtained_a_document_and_its_file_name_are_kept_back() -> None:
    """The gate knows the fields of documents and claims that nobody allowed, not only names."""
    gate = gate_of(valdeoscuro())
    assert gate.tells("buzon/de/Eulalia") and gate.tells("ayudante@ejemplo.invalid")
    assert gate.tells("no publicar el barrio de la costurera de la calle Olmo") or gate.tells("Una persona cualquiera")


def test_a_private_value_does_not_become_public_by_slipping_into_a_text_twice() -> None:
    """Its words stay private where the place of a facility holds it whole too: half of it is still found elsewhere."""
    gate = Gate.of([KeptBack("hobkefvyt@zulcirhob.invalid", "vault")], written=["Región hobkefvyt@zulcirhob.invalid"])
    assert gate.tells("fueron veinte hobkefvyt@zulcirhob")
    assert not Gate.of([KeptBack("una nota larga sobre Lares", "n", KeptKind.TEXT)], written=["Lares"]).tells("Lares")
