"""The command and the documents it reads: exit codes, languages, JSON, and every kind of file."""

from __future__ import annotations

import json
import subprocess
import textwrap
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from command_line import recuento
from recuento.casefile.checking import check_document
from recuento.errors import FaultsFound
from recuento.model.finding import FindingKind

OPEN = "En 2019 hubo 192 muertes: 46 por tuberculosis, 40 en fugas, 16 por hambre y 34 en riñas."
CLOSED = "En 2019 hubo 136 muertes: 46 por tuberculosis, 40 en fugas, 16 por hambre y 34 en riñas."


def recuento_check(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return recuento("check", *words, typed=typed)


def test_exit_codes_tell_closed_from_open_from_unreadable(tmp_path: Path) -> None:
    """0 where all closes, 3 where something does not, 4 where a file cannot be read; the rest is still checked."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(CLOSED, encoding="utf-8")
    bad.write_text(OPEN, encoding="utf-8")
    assert recuento_check(str(good)).returncode == 0
    assert recuento_check(str(good), str(bad)).returncode == 3
    unread = recuento_check(str(tmp_path / "none.txt"), str(bad), "--lang", "es")
    assert unread.returncode == 4
    assert "none.txt" in unread.stderr and "56" in unread.stdout


def test_the_message_is_in_the_language_asked_for_and_the_text_in_its_own() -> None:
    """A Spanish text is read as Spanish and told about in English with `--lang en`."""
    told = recuento_check("-", "--lang", "en", typed=OPEN)
    assert told.returncode == 3
    assert "The parts add up to 136" in " ".join(told.stdout.split())


def test_json_carries_anchors_sum_and_words() -> None:
    """A program gets what a person gets, with the characters of each figure."""
    told = json.loads(recuento_check("-", "--json", typed=OPEN).stdout)
    finding = told[0]["findings"][0]
    assert told[0]["language"] == "es" and finding["kind"] == "parts" and finding["line"] == 1
    assert [OPEN[f["start"] : f["end"]] for f in finding["figures"]] == ["192", "46", "40", "16", "34"]
    assert finding["sum"]["es"] == "46 + 40 + 16 + 34 = 136; total: 192"


def html(words: str) -> bytes:
    """A page whose article holds the words."""
    filler = (
        "<p>Las familias esperan noticias frente al penal desde la mañana, según contaron a los periodistas.</p>" * 3
    )
    body = f"<article><h1>Informe</h1>{filler}<p>{words}</p></article>"
    return f"<!doctype html><html lang=es><body>{body}</body></html>".encode()


def docx(words: str) -> bytes:
    """A Word document with one paragraph."""
    space = "http://schemas.openxmlformats.org"
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{space}/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{space}/package/2006/relationships">'
            '<Relationship Id="r1" Target="word/document.xml" '
            f'Type="{space}/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
    return file.getvalue()


def pdf(words: str) -> bytes:
    """A PDF page with the words on lines of their own length."""
    lines = textwrap.wrap(words, 62)
    shown = "".join(f"({line}) Tj T* " for line in lines).encode("cp1252")
    stream = b"BT /F1 12 Tf 14 TL 50 700 Td " + shown + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, text)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


@pytest.mark.parametrize(("make", "name"), [(html, "a.html"), (docx, "a.docx"), (pdf, "a.pdf"), (str.encode, "a.txt")])
def test_every_kind_of_document_is_read(make: Callable[[str], bytes], name: str) -> None:
    """The same words in a page, a Word document, a PDF or plain text give the same finding."""
    assert [f.kind for f in check_document(make(OPEN), name).findings] == [FindingKind.PARTS]
    assert check_document(make(CLOSED), name).findings == ()


def test_a_csv_is_read_as_a_table() -> None:
    """A total row that its column does not make is one finding, on the line of the table."""
    rows = "Estado,Hombres,Mujeres\nAragua,120,14\nLara,180,19\nTotal,310,33\n"
    checked = check_document(rows.encode(), "cuadro.csv")
    assert [f.kind for f in checked.findings] == [FindingKind.TABLE]
    assert checked.findings[0].sum.es == "120 + 180 = 300; total: 310"


def test_an_unreadable_file_says_why() -> None:
    """An empty file is no clean text: it is refused by name, in both languages."""
    with pytest.raises(FaultsFound) as refused:
        check_document(b"", "vacio.pdf")
    assert "vacio.pdf" in refused.value.en and "vacío" in refused.value.es
