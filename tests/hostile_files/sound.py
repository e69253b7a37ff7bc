"""One sound file of every type, small and invented: what truncation, mutation and wrong names begin with."""

from __future__ import annotations

import base64
import gzip
import struct
import tarfile
import zlib
from collections.abc import Sequence
from io import BytesIO

from hostile_files.hostile import SENTENCE, zipped
from wacz_files import wacz
from warc_files import gzipped, response

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def docx_parts(body: str | None = None, *, prologue: str = "", attributes: str = "") -> dict[str, str]:
    """The parts of a Word document; `prologue` stands before its root, as a DOCTYPE would."""
    inner = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>" if body is None else body
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "docProps/core.xml": f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Nota</dc:title></cp:coreProperties>',
        "word/styles.xml": f'{_XML}<w:styles xmlns:w="{_WORD}"><w:docDefaults/></w:styles>',
        "word/document.xml": f'{_XML}{prologue}<w:document xmlns:w="{_WORD}"{attributes}><w:body>{inner}</w:body>'
        "</w:document>",
    }


def xlsx_parts(
    rows: str | None = None, *, prologue: str = "", shared: str = "", sheets: int = 1, after: str = ""
) -> dict[str, str]:
    """The parts of a workbook; `after` stands behind the rows of the sheet."""
    inner = (
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{SENTENCE}</t></is></c><c r="B1"><v>20</v></c></row>'
        if rows is None
        else rows
    )
    listed = "".join(f'<sheet name="h{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, sheets + 1))
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        for n in range(1, sheets + 1)
    )
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{sheet_type}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet_type}.worksheet+xml"/><Override '
        f'PartName="/xl/sharedStrings.xml" ContentType="{sheet_type}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship '
        f'Id="s" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'{_XML}<sst xmlns="{_SHEET}" count="1" uniqueCount="1">{shared}</sst>',
        "xl/worksheets/sheet1.xml": f'{_XML}{prologue}<worksheet xmlns="{_SHEET}"><sheetData>{inner}</sheetData>{after}'
        "</worksheet>",
    }


def docx(body: str | None = None, **other: str) -> bytes:
    """A Word document."""
    return zipped(docx_parts(body, **other))


def xlsx(rows: str | None = None, **other: str) -> bytes:
    """A workbook."""
    return zipped(xlsx_parts(rows, **other))


def pdf_of(objects: Sequence[bytes], *, version: bytes = b"1.7", trailer: bytes = b"", root: int = 1) -> bytes:
    """A PDF of these objects, numbered from one, with a table of where they stand."""
    pieces, places, at = [b"%PDF-" + version + b"\n"], [], 9
    for number, content in enumerate(objects, start=1):
        places.append(at)
        piece = b"%d 0 obj\n%s\nendobj\n" % (number, content)
        pieces.append(piece)
        at += len(piece)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return b"".join(pieces) + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, root, trailer, at)
    )


def stream(data: bytes, *, more: bytes = b"", packed: bool = True) -> bytes:
    """A PDF stream object's content, deflated unless told otherwise."""
    body = zlib.compress(data) if packed else data
    coded = b"/Filter /FlateDecode " if packed else b""
    return b"<< /Length %d %s%s >>\nstream\n%s\nendstream" % (len(body), coded, more, body)


def page_objects(contents: bytes, *, page: bytes = b"", resources: bytes = b"") -> list[bytes]:
    """Catalog, pages, font, one page and its contents: objects 1 to 5."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> "
        + resources
        + b" >> "
        + page
        + b" >>",
        contents,
    ]


SHOWN = b"BT /F1 12 Tf 50 780 Td (" + SENTENCE.encode("cp1252") + b") Tj ET"


def pdf() -> bytes:
    """A PDF of one page."""
    return pdf_of(page_objects(stream(SHOWN)))


def html() -> bytes:
    """A page of news."""
    paragraphs = f"<p>{SENTENCE} El traslado empezó a las tres de la tarde, dijo el observatorio.</p>" * 6
    return (
        '<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Traslado</title></head><body><nav><a href="/">'
        f"Inicio</a></nav><article><h1>Traslado</h1>{paragraphs}</article></body></html>"
    ).encode()


def mail() -> bytes:
    """A message with an attachment."""
    return (
        "From: Ana <ana@example.org>\r\nTo: b@example.org\r\nSubject: Traslado\r\nDate: Mon, 24 Mar 2031 08:00:00 -0400"
        '\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; '
        f"charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{SENTENCE}\r\n--b\r\nContent-Type: application/pdf; "
        'name="a.pdf"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{base64.encodebytes(pdf()).decode()}\r\n--b--\r\n"
    ).encode()


def table() -> bytes:
    """A CSV."""
    return ("centro;fecha;heridos\n" + 'Valdeoscuro;2031-03-24;"20, según\nfamiliares"\n' * 5).encode()


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int = 2, height: int = 2, more: bytes = b"", pixels: bytes | None = None) -> bytes:
    """A grey picture; `more` are chunks before its pixels."""
    rows = pixels if pixels is not None else zlib.compress(b"\0\x80\x80" * 2)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif(width: int = 1, height: int = 1) -> bytes:
    """A picture of one dot that says it is so large."""
    return (
        b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + b"\x2c"
        + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x44\x01\x00\x3b"
    )  # fmt: skip


def jpeg(width: int = 1, height: int = 1, more: bytes = b"") -> bytes:
    """The segments of a JPEG without a picture worth the name; `more` are segments after the first."""
    return (
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + more + b"\xff\xdb\0\x43\0" + b"\x10" * 64
        + b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", height, width) + b"\1\1\x11\0"
        + b"\xff\xc4\0\x14\0\1" + bytes(15) + b"\0" + b"\xff\xda\0\x08\1\1\0\0\x3f\0\x7f\xff\xd9"
    )  # fmt: skip


def tar() -> bytes:
    """A tar of one note."""
    file = BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        told = tarfile.TarInfo("nota.txt")
        told.size = len(SENTENCE.encode())
        archive.addfile(told, BytesIO(SENTENCE.encode()))
    return file.getvalue()


def feed() -> bytes:
    """An RSS feed."""
    return (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>Radio</title><item><title>Traslado</title><link>'
        b"https://example.invalid/1</link></item></channel></rss>"
    )


def rtf() -> bytes:
    """A rich text."""
    return b"{\\rtf1\\ansi " + SENTENCE.encode("cp1252", "replace") + b"\\par}"


def warc() -> bytes:
    """A web archive of three pages."""
    return gzipped([response(f"https://example.invalid/{n}", html(), "text/html") for n in range(3)])


def all_types() -> dict[str, bytes]:
    """A sound file of every type by its extension."""
    return {
        "txt": SENTENCE.encode() * 20,
        "html": html(),
        "pdf": pdf(),
        "docx": docx(),
        "xlsx": xlsx(),
        "eml": mail(),
        "csv": table(),
        "png": png(),
        "gif": gif(),
        "jpg": jpeg(),
        "zip": zipped({"nota.txt": SENTENCE, "b.pdf": pdf()}),
        "tar": tar(),
        "gz": gzip.compress(SENTENCE.encode() * 20, mtime=0),
        "xml": feed(),
        "rtf": rtf(),
        "warc": b"".join(response(f"https://example.invalid/{n}", html(), "text/html") for n in range(3)),
        "warc.gz": warc(),
        "wacz": wacz({"a.warc.gz": warc()}),
    }
