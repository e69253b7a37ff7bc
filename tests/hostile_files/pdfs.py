"""PDFs that loop, swell, nest or lie."""

from __future__ import annotations

import random
import zlib

from hostile_files.hostile import Files, Hostile, mutated
from hostile_files.sound import SHOWN, page_objects, pdf, pdf_of, stream

_MB = 1 << 20


def streams() -> Files:
    """Page contents that unpack to far more, by every filter, or never end."""
    contents = {
        "deflated": lambda: stream(b"BT (x) Tj ET " * (186 * _MB // 13)),
        "twice": lambda: b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
        % (len(twice := zlib.compress(zlib.compress(bytes(100 * _MB), 9), 9)), twice),
        "many-filters": lambda: b"<< /Length 5 /Filter [" + b"/FlateDecode " * 20_000 + b"] >>\nstream\nhello\nendstream",
        "hex": lambda: b"<< /Length 20000000 /Filter /ASCIIHexDecode >>\nstream\n" + b"41" * 10_000_000 + b">\nendstream",
        "hex-deflated": lambda: _filtered(b"[/FlateDecode /ASCIIHexDecode]", zlib.compress(b"41" * (60 * _MB), 9)),
        "run-length": lambda: _filtered(b"[/FlateDecode /RunLengthDecode]", zlib.compress(b"\x81A" * (2 * _MB), 9)),
        "lzw": lambda: _filtered(b"/LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 100_000),
        "ascii85": lambda: _filtered(b"[/FlateDecode /ASCII85Decode]", zlib.compress(b"z" * (30 * _MB), 9)),
        "predictor": lambda: _filtered(
            b"/FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 99 /BitsPerComponent 32 >>",
            zlib.compress(bytes(_MB)),
        ),
        "jbig2": lambda: _filtered(b"/JBIG2Decode", b"\x97JB2\r\n\x1a\n" + bytes(300)),
        "jpx": lambda: _filtered(b"/JPXDecode", b"\0\0\0\x0cjP  " + bytes(300)),
        "fax": lambda: _filtered(b"/CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 /Rows 60000 >>", bytes(3000)),
        "crypt": lambda: _filtered(b"/Crypt", bytes(30)),
        "unknown-filter": lambda: _filtered(b"/NoSuchDecode", bytes(30)),
        "length-negative": lambda: b"<< /Length -7 >>\nstream\n" + SHOWN + b"\nendstream",
        "length-huge": lambda: b"<< /Length 99999999999999 >>\nstream\n" + SHOWN + b"\nendstream",
        "length-itself": lambda: b"<< /Length 5 0 R >>\nstream\n" + SHOWN + b"\nendstream",
        "no-end": lambda: b"<< /Length 50 >>\nstream\n" + SHOWN,
        "texts": lambda: stream(b"BT /F1 12 Tf " + b"(hola mundo) Tj " * 1_500_000 + b"ET"),
        "strings": lambda: stream(b"BT /F1 12 Tf " + b"(" * 300_000 + b") Tj ET"),
        "arrays": lambda: stream(b"BT /F1 12 Tf " + b"[" * 100_000 + b"] TJ ET"),
        "dictionaries": lambda: stream(b"/x " + b"<< /a " * 100_000 + b" BDC"),
        "saves": lambda: stream(b"q " * 1_000_000 + SHOWN),
        "images": lambda: stream(b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID " + bytes(100) + b" EI " + SHOWN),
        "numbers": lambda: stream(b"9" * 3_000_000 + b" 0 Td " + SHOWN),
        "operands": lambda: stream(b"1 " * 3_000_000 + b"re " + SHOWN),
        "names": lambda: stream(b"/" + b"a" * 5_000_000 + b" gs " + SHOWN),
        "one-place": lambda: stream(b"BT /F1 12 Tf 50 50 Td " + b"(2) Tj 0 0 Td " * 60_000 + b"ET"),
        "digits": lambda: stream(b"BT /F1 12 Tf 50 50 Td (" + b"1" * 300_000 + b") Tj ET"),
    }  # fmt: skip
    for name, make in contents.items():
        yield Hostile("PDF streams", f"{name}.pdf", lambda make=make: pdf_of(page_objects(make())))


def _filtered(named: bytes, body: bytes) -> bytes:
    return b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(body), named, body)


def structures(chance: random.Random) -> Files:
    """Trees that hold themselves, tables that lead back, numbers that cannot be."""
    sound = page_objects(stream(SHOWN))
    catalog, pages, font, one, shown = sound
    made = {
        "pages-loop": lambda: pdf_of([catalog, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        "pages-two-loop": lambda: pdf_of([catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        "pages-deep": lambda: pdf_of([catalog, *(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, 20_000))]),
        "pages-double": lambda: pdf_of([catalog, *(b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 2 >>" % (n + 1, n + 1) for n in range(2, 40)), b"<< /Type /Page /MediaBox [0 0 9 9] >>"]),
        "kids-many": lambda: pdf_of([catalog, b"<< /Type /Pages /Kids [" + b"4 0 R " * 300_000 + b"] /Count 300000 >>", font, one, shown]),
        "count-huge": lambda: pdf_of([catalog, pages.replace(b"/Count 1", b"/Count 2147483647"), font, one, shown]),
        "count-negative": lambda: pdf_of([catalog, pages.replace(b"/Count 1", b"/Count -5"), font, one, shown]),
        "pages-many": lambda: pdf_of([catalog, b"<< /Type /Pages /Kids [" + b" ".join(b"%d 0 R" % n for n in range(3, 50_003)) + b"] /Count 50000 >>", *([b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"] * 50_000)]),
        "parent-loop": lambda: pdf_of([catalog, pages + b"", font, one.replace(b"/Parent 2", b"/Parent 4").replace(b"/MediaBox [0 0 595 842]", b""), shown]),
        "contents-itself": lambda: pdf_of([catalog, pages, font, one.replace(b"/Contents 5", b"/Contents 4"), shown]),
        "contents-many": lambda: pdf_of([catalog, pages, font, one.replace(b"/Contents 5 0 R", b"/Contents [" + b"5 0 R " * 200_000 + b"]"), shown]),
        "reference-loop": lambda: pdf_of([catalog, b"2 0 R", font, one, shown]),
        "references-chain": lambda: pdf_of([b"2 0 R", *(b"%d 0 R" % (n + 1) for n in range(2, 50_000))]),
        "catalog-itself": lambda: pdf_of([b"<< /Type /Catalog /Pages 1 0 R >>"]),
        "media-box": lambda: pdf_of([catalog, pages, font, one.replace(b"595 842", b"1e30 -1e30"), shown]),
        "media-box-short": lambda: pdf_of([catalog, pages, font, one.replace(b"[0 0 595 842]", b"[0 (a)]"), shown]),
        "array-deep": lambda: pdf_of([catalog.replace(b">>", b"/X " + b"[" * 100_000 + b"]" * 100_000 + b" >>"), pages, font, one, shown]),
        "dictionary-deep": lambda: pdf_of([catalog.replace(b">>", b"/X " + b"<< /a " * 100_000 + b">>" * 100_001), pages, font, one, shown]),
        "string-deep": lambda: pdf_of(sound, trailer=b"/X (" + b"(" * 200_000 + b")" * 200_000 + b")"),
        "form-itself": lambda: pdf_of(_with_form(b"/Fm Do ")),
        "form-tree": lambda: pdf_of(_form_tree(40)),
        "type3-itself": lambda: pdf_of(_type3()),
        "outlines-loop": lambda: pdf_of([catalog.replace(b">>", b"/Outlines 6 0 R >>"), pages, font, one, shown, b"<< /First 6 0 R /Next 6 0 R /Last 6 0 R /Title (x) >>"]),
        "info-loop": lambda: pdf_of(sound, trailer=b"/Info 6 0 R /Prev 9"),
        "info-stream": lambda: pdf_of([*sound, stream(b"x")], trailer=b"/Info 6 0 R"),
        "info-long": lambda: pdf_of([*sound, b"<< /Title (" + b"a" * 10_000_000 + b") >>"], trailer=b"/Info 6 0 R"),
        "encrypted": lambda: pdf_of([*sound, b"<< /Filter /Standard /V 1 /R 2 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") /P -4 >>"], trailer=b"/Encrypt 6 0 R /ID [(a) (a)]"),
        "encrypted-odd": lambda: pdf_of([*sound, b"<< /Filter /Standard /V 5 /R 6 /O () /U () /P 1 /Length 999999 >>"], trailer=b"/Encrypt 6 0 R"),
        "encrypted-itself": lambda: pdf_of(sound, trailer=b"/Encrypt 1 0 R"),
        "previous-itself": lambda: _previous(pdf()),
        "previous-many": lambda: _previous_many(2_000),
        "xref-far": lambda: pdf().replace(b"startxref\n", b"startxref\n9999999999"),
        "xref-zero": lambda: pdf().replace(b"xref\n0 6", b"xref\n0 0"),
        "xref-many": lambda: pdf().replace(b"xref\n0 6", b"xref\n0 4294967295"),
        "xref-sections": lambda: pdf().replace(b"xref\n0 6", b"xref\n" + b"0 0\n" * 300_000 + b"0 6"),
        "size-huge": lambda: pdf().replace(b"/Size 6", b"/Size 2147483647"),
        "xref-stream": lambda: _xref_stream(b"/W [1 2 1]", bytes(40)),
        "xref-stream-widths": lambda: _xref_stream(b"/W [99999999 2147483647 -1]", bytes(40)),
        "xref-stream-index": lambda: _xref_stream(b"/W [1 2 1] /Index [0 2147483647 5 99999999]", bytes(40)),
        "object-stream-itself": lambda: _object_stream(b"5 0 6 4 "),
        "object-stream-extends": lambda: _object_stream(b"7 0 ", b"/Extends 2 0 R "),
        "object-stream-many": lambda: _object_stream(b"9 0 " * 200_000),
        "updates": lambda: pdf() + b"".join(b"5 0 obj\n<< >>\nendobj\n" for _ in range(200_000)),
        "objects-many": lambda: pdf_of([*sound, *([b"<< /A 1 >>"] * 300_000)]),
        "comments": lambda: b"%PDF-1.7\n" + b"%\n" * 3_000_000,
        "late-head": lambda: b"x" * 900 + pdf(),
        "no-objects": lambda: b"%PDF-1.7\n%%EOF",
        "two-heads": lambda: b"%PDF-1.7\n" + pdf() + pdf(),
        "javascript": lambda: pdf_of([catalog.replace(b">>", b"/OpenAction << /S /JavaScript /JS (while(1){}) >> >>"), pages, font, one, shown]),
        "launch": lambda: pdf_of([catalog.replace(b">>", b"/OpenAction << /S /Launch /F (/bin/sh) >> >>"), pages, font, one, shown]),
        "annotations": lambda: pdf_of([catalog, pages, font, one.replace(b"/Type /Page", b"/Type /Page /Annots [" + b"4 0 R " * 100_000 + b"]"), shown]),
        "unicode-map": lambda: pdf_of([catalog, pages, font.replace(b">>", b"/ToUnicode 6 0 R >>"), one, shown, stream(b"1 beginbfrange <00> <ff> <" + b"0041" * 300_000 + b"> endbfrange " * 3)]),
        "map-range": lambda: pdf_of([catalog, pages, font.replace(b">>", b"/ToUnicode 6 0 R >>"), one, shown, stream(b"1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0041> endbfrange")]),
        "widths": lambda: pdf_of([catalog, pages, b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [3 0 R] /W [0 2147483647 500] >>", one, shown]),
        "font-file": lambda: pdf_of([catalog, pages, b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor << /FontFile2 6 0 R >> >>", one, shown, stream(chance.randbytes(20_000))]),
    }  # fmt: skip
    for name, make in made.items():
        yield Hostile("PDF structure", f"{name}.pdf", make)
    for number in range(24):
        data = mutated(pdf_of(page_objects(stream(SHOWN, packed=False))), chance)
        yield Hostile("PDF structure", f"changed-{number}.pdf", lambda data=data: data)


def _with_form(inside: bytes) -> list[bytes]:
    form = stream(
        inside, more=b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm 6 0 R >> >> "
    )
    return [*page_objects(stream(b"/Fm Do " + SHOWN), resources=b"/XObject << /Fm 6 0 R >>"), form]


def _form_tree(levels: int) -> list[bytes]:
    """Each form draws the next twice: two to the power of `levels` drawings."""
    forms = [
        stream(
            b"/Fm Do /Fm Do ",
            more=b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm %d 0 R >> >> " % (n + 1),
        )
        for n in range(6, 6 + levels)
    ]
    return [*page_objects(stream(b"/Fm Do " + SHOWN), resources=b"/XObject << /Fm 6 0 R >>"), *forms]


def _type3() -> list[bytes]:
    objects = page_objects(stream(SHOWN))
    objects[2] = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> "
        b"/Encoding << /Differences [0 " + b"/a " * 256 + b"] >> /FirstChar 0 /LastChar 255 /Widths [9] "
        b"/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    return [*objects, stream(b"9 0 d0 " + SHOWN)]


def _previous(data: bytes) -> bytes:
    at = data.rindex(b"xref\n0")
    return data.replace(b"/Root", b"/Prev %d /Root" % at)


def _previous_many(times: int) -> bytes:
    made = pdf()
    for _ in range(times):
        before = made.rindex(b"xref\n0") if made.count(b"xref\n0") == 1 else made.rindex(b"xref\n0 1")
        at = len(made)
        made += (
            b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
            % (before, at)
        )
    return made


def _xref_stream(told: bytes, body: bytes) -> bytes:
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    table = b"3 0 obj\n<< /Type /XRef /Size 9 /Root 1 0 R /Length %d %s >>\nstream\n%s\nendstream\nendobj\n" % (
        len(body),
        told,
        body,
    )
    return head + table + b"startxref\n%d\n%%%%EOF" % len(head)


def _object_stream(numbers: bytes, more: bytes = b"") -> bytes:
    inner = numbers + b"<< /Type /Catalog /Pages 5 0 R >> << >>"
    held = (
        b"2 0 obj\n"
        + stream(inner, more=b"/Type /ObjStm /N %d /First %d %s" % (numbers.count(b" ") // 2, len(numbers), more))
        + b"\nendobj\n"
    )
    head = b"%PDF-1.7\n" + held
    entries = b"\0\0\0\xff" + b"\2\0\2\0" + b"\1\0\x09\0" + b"\2\0\2\1" * 6
    table = b"3 0 obj\n<< /Type /XRef /Size 9 /Root 1 0 R /W [1 2 1] /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        len(entries),
        entries,
    )
    return head + table + b"startxref\n%d\n%%%%EOF" % len(head)
