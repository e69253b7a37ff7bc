"""Archives that unpack to far more than they are, or say so, or hold themselves."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from functools import cache

from hostile_files.hostile import Files, Hostile, Make, zipped
from hostile_files.sound import docx, docx_parts, xlsx, xlsx_parts

_MB = 1 << 20


@cache
def deflated_zeros(size: int) -> tuple[bytes, int]:
    """So many zeros, deflated without a header, and their checksum."""
    packing, checksum, piece = zlib.compressobj(9, zlib.DEFLATED, -15), 0, bytes(_MB)
    made = []
    for _ in range(size // _MB):
        made.append(packing.compress(piece))
        checksum = zlib.crc32(piece, checksum)
    return b"".join([*made, packing.flush()]), checksum


def raw_zip(
    members: list[tuple[bytes, bytes, int, int]], *, method: int = 8, flags: int = 0, overlap: bool = False
) -> bytes:
    """A zip written by hand: name, packed bytes, checksum and stated size of each; all at one place if they overlap."""
    body, directory, at, after = [], [], 0, 0
    for number, (name, packed, checksum, stated) in enumerate(members):
        told = (flags, method, 0, 33, checksum, len(packed), stated, len(name), 0)
        if not overlap or not number:
            at = after
            body += [struct.pack("<4s5H3I2H", b"PK\3\4", 20, *told), name, packed]
            after += 30 + len(name) + len(packed)
        directory += [struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, *told, 0, 0, 0, 0, at), name]
    count, size = len(members) & 0xFFFF, sum(map(len, directory))
    return b"".join([*body, *directory, struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, size, after, 0)])


def archives() -> Files:
    """Zips, also as office files, and what else packs."""
    for extension, inner in (
        ("docx", b"word/document.xml"),
        ("xlsx", b"xl/workbook.xml"),
        ("zip", b"a"),
        ("wacz", b"a"),
    ):
        for name, make in _zip_bombs(inner).items():
            yield Hostile("zip bombs", f"{name}.{extension}", make)
    yield Hostile("zip bombs", "itself.zip", lambda: raw_zip([(b"a.zip", b"PK\5\6" + bytes(18), 0, 22)] * 3, method=0))
    yield Hostile("zip bombs", "zip64.docx", lambda: raw_zip([(b"word/document.xml", b"\3\0", 0, 0xFFFFFFFF)]))
    for name in ("zeros.gz", "zeros.html", "zeros.warc.gz", "zeros.svgz"):
        yield Hostile("other packed", name, gzipped_zeros)
    yield Hostile("other packed", "twice.gz", lambda: gzip.compress(gzipped_zeros(), mtime=0))
    yield Hostile("other packed", "zeros.bz2", lambda: bz2.compress(bytes(30 * _MB)))
    yield Hostile("other packed", "zeros.xz", lambda: lzma.compress(bytes(30 * _MB)))
    for mode in ("w", "w:gz"):
        yield Hostile("other packed", f"links.tar{mode[2:]}", lambda mode=mode: links(mode))
    for name, head in (
        ("7z", b"7z\xbc\xaf\x27\x1c\0\4"),
        ("rar", b"Rar!\x1a\7\1\0"),
        ("cab", b"MSCF"),
        ("zst", b"\x28\xb5\x2f\xfd"),
    ):
        yield Hostile("other packed", f"head.{name}", lambda head=head: head + bytes(range(256)) * 40)


def _zip_bombs(inner: bytes) -> dict[str, Make]:
    """Bombs whose first member bears the name that makes a reader open it."""

    def zeros(size: int, stated: int, times: int = 1, **how: bool) -> bytes:
        packed, checksum = deflated_zeros(size)
        return raw_zip([(b"%d" % n if n else inner, packed, checksum, stated) for n in range(times)], **how)

    return {
        "honest": lambda: zeros(300 * _MB, 300 * _MB),
        "lying": lambda: zeros(200 * _MB, 10),
        "overlapping": lambda: zeros(200 * _MB, 200 * _MB, 500, overlap=True),
        "many": lambda: raw_zip([(b"%d" % n if n else inner, b"\3\0", 0, 0) for n in range(60_000)]),
        "nested": lambda: nested(inner.decode(), 7),
        "locked": lambda: raw_zip([(inner, b"x" * 40, 7, 28)], flags=1),
        "method": lambda: raw_zip([(inner, b"x" * 40, 7, 28)], method=9),
        "bzip2": lambda: packed_zeros(inner.decode(), zipfile.ZIP_BZIP2),
        "lzma": lambda: packed_zeros(inner.decode(), zipfile.ZIP_LZMA),
    }


def gzipped_zeros() -> bytes:
    """A gzip of 300 MB of zeros."""
    return b"\x1f\x8b\x08" + bytes(7) + deflated_zeros(300 * _MB)[0] + bytes(8)


def packed_zeros(inner: str, method: int) -> bytes:
    """60 MB of zeros by a method that packs them to next to nothing."""
    file = io.BytesIO()
    told = zipfile.ZipInfo(inner)
    told.compress_type = method
    with zipfile.ZipFile(file, "w") as archive, archive.open(told, "w") as member:
        for _ in range(12):
            member.write(bytes(5 * _MB))
    return file.getvalue()


def nested(inner: str, levels: int) -> bytes:
    """A zip that holds five of the next, and so on down."""
    made = zipped({inner: bytes(5 * _MB)})
    for _ in range(levels):
        made = zipped({inner: made, **{f"{n}.zip": made for n in range(4)}})
    return made


def links(mode: str) -> bytes:
    """A tar of links that lead out, of devices, and of a file that says it has a terabyte."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            told = tarfile.TarInfo("../../out")
            told.type, told.linkname = kind, "/etc/passwd"
            archive.addfile(told)
    return file.getvalue() + bytes(512)


def office() -> Files:
    """Word documents and workbooks that are small and sound, and take their readers for ever."""
    word = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    yield Hostile("Word bombs", "paragraphs.docx", lambda: docx("<w:p/>" * 2_000_000))
    yield Hostile("Word bombs", "runs.docx", lambda: docx(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 1_000_000}</w:p>"))
    yield Hostile("Word bombs", "text.docx", lambda: docx(word.format("a " * (100 * _MB))))
    yield Hostile(
        "Word bombs", "tables.docx", lambda: docx(f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * 300_000}</w:tbl>")
    )
    nest = "<w:tbl><w:tr><w:tc>"
    yield Hostile(
        "Word bombs", "nested-tables.docx", lambda: docx(nest * 30_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 30_000)
    )
    yield Hostile("Word bombs", "nested-content.docx", lambda: docx("<w:sdt><w:sdtContent>" * 50_000))
    yield Hostile(
        "Word bombs",
        "fields.docx",
        lambda: docx("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 300_000 + "</w:p>"),
    )
    yield Hostile(
        "Word bombs",
        "bookmarks.docx",
        lambda: docx("<w:p>" + '<w:bookmarkStart w:id="0" w:name="x"/>' * 300_000 + "</w:p>"),
    )
    yield Hostile("Word bombs", "style-loop.docx", style_loop)
    yield Hostile(
        "Word bombs",
        "numbering.docx",
        lambda: docx(
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="99999999"/><w:numId w:val="-1"/></w:numPr></w:pPr></w:p>' * 20_000
        ),
    )
    yield Hostile(
        "Word bombs",
        "notes.docx",
        lambda: docx("<w:p>" + '<w:r><w:footnoteReference w:id="7"/></w:r>' * 200_000 + "</w:p>"),
    )
    yield Hostile(
        "Word bombs", "pictures.docx", lambda: docx("<w:p>" + "<w:r><w:pict/><w:drawing/></w:r>" * 200_000 + "</w:p>")
    )
    yield Hostile("Word bombs", "rel-loop.docx", relation_loop)
    cell = '<c r="XFD1048576"><v>1</v></c>'
    yield Hostile("sheet bombs", "far.xlsx", lambda: xlsx(f'<row r="1048576">{cell}</row>'))
    yield Hostile(
        "sheet bombs", "beyond.xlsx", lambda: xlsx('<row r="99999999999"><c r="ZZZZZZ99999999999"><v>1</v></c></row>')
    )
    yield Hostile("sheet bombs", "negative.xlsx", lambda: xlsx('<row r="-5"><c r="A-5" t="s"><v>-9</v></c></row>'))
    yield Hostile("sheet bombs", "shared.xlsx", lambda: xlsx('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>'))
    yield Hostile("sheet bombs", "cells.xlsx", lambda: xlsx("<row>" + "<c><v>1</v></c>" * 2_000_000 + "</row>"))
    yield Hostile("sheet bombs", "rows.xlsx", lambda: xlsx("<row/>" * 3_000_000))
    yield Hostile(
        "sheet bombs",
        "wide.xlsx",
        lambda: xlsx("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 3000))),
    )
    yield Hostile(
        "sheet bombs",
        "strings.xlsx",
        lambda: zipped(
            xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared="<si><t>a</t></si>" * 3_000_000)
        ),
    )
    yield Hostile(
        "sheet bombs",
        "runs.xlsx",
        lambda: zipped(
            xlsx_parts(
                '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared="<si>" + "<r><t>a</t></r>" * 2_000_000 + "</si>"
            )
        ),
    )
    yield Hostile(
        "sheet bombs",
        "inline.xlsx",
        lambda: xlsx(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * (100 * _MB)}</t></is></c></row>'),
    )
    yield Hostile("sheet bombs", "sheets.xlsx", lambda: zipped(xlsx_parts(sheets=20_000)))
    yield Hostile(
        "sheet bombs",
        "merged.xlsx",
        lambda: zipped(
            xlsx_parts(after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 300_000 + "</mergeCells>")
        ),
    )
    yield Hostile(
        "sheet bombs",
        "numbers.xlsx",
        lambda: xlsx(
            '<row r="1">'
            + "".join(f"<c><v>{value}</v></c>" for value in ("1e308", "1e999", "NaN", "-", "9" * 5000, "0x10", "٣"))
            + "</row>"
        ),
    )
    yield Hostile(
        "sheet bombs", "digits.xlsx", lambda: xlsx(f'<row r="1"><c r="A1"><v>{"9" * 4_000_000}</v></c></row>')
    )
    yield Hostile(
        "sheet bombs",
        "dates.xlsx",
        lambda: xlsx(
            '<row r="1"><c r="A1" t="d"><v>99999-99-99</v></c><c r="B1" t="d"><v>' + "2" * 500_000 + "</v></c></row>"
        ),
    )
    yield Hostile(
        "sheet bombs", "formula.xlsx", lambda: xlsx(f'<row r="1"><c r="A1"><f>{"(" * 200_000}</f><v>1</v></c></row>')
    )
    yield Hostile(
        "sheet bombs",
        "dimension.xlsx",
        lambda: xlsx("</sheetData><dimension ref='A1:XFD1048576'/><sheetData><row><c><v>1</v></c></row>"),
    )
    yield Hostile(
        "sheet bombs",
        "type.xlsx",
        lambda: xlsx(
            '<row r="1"><c r="A1" t="zz"><v>1</v></c><c r="@@" t="b"><v>x</v></c><c r="A1" t="e"><v>#REF!</v></c></row>'
        ),
    )


def style_loop() -> bytes:
    """Styles that rest on one another in a circle."""
    parts = docx_parts('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>')
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("<w:docDefaults/>", styles)
    return zipped(parts)


def relation_loop() -> bytes:
    """A package whose first relation is the list of relations."""
    parts = docx_parts()
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("word/document.xml", "_rels/.rels")
    return zipped(parts)
