"""Pictures of absurd size, with chunks that swell or lead in circles; and files that are two things at once."""

from __future__ import annotations

import struct
import zlib
from functools import cache

from hostile_files.hostile import SENTENCE, Files, Hostile, zipped
from hostile_files.sound import chunk, docx, docx_parts, gif, html, jpeg, mail, pdf, png, table

_MB = 1 << 20


@cache
def swollen() -> bytes:
    """100 MB of zeros, deflated."""
    return zlib.compress(bytes(100 * _MB), 9)


def pictures() -> Files:
    """Pictures."""
    exif = b"II*\0\x08\0\0\0" + b"\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0" + b"\x08\0\0\0"
    made = {
        "wide.png": lambda: png(65_535, 65_535),
        "most.png": lambda: png(2**31 - 1, 2**31 - 1),
        "negative.png": lambda: png(2**32 - 1, 1),
        "nothing.png": lambda: png(0, 0),
        "pixels.png": lambda: png(30_000, 30_000, pixels=swollen()),
        "text.png": lambda: png(more=chunk(b"zTXt", b"Comment\0\0" + swollen())),
        "international.png": lambda: png(more=chunk(b"iTXt", b"XML:com\0\1\0\0\0" + swollen())),
        "profile.png": lambda: png(more=chunk(b"iCCP", b"a\0\0" + swollen())),
        "texts.png": lambda: png(more=chunk(b"tEXt", b"a\0b") * 200_000),
        "exif.png": lambda: png(more=chunk(b"eXIf", exif)),
        "chunk-long.png": lambda: png()[:33] + struct.pack(">I", 2**31 - 1) + b"IDAT",
        "frames.png": lambda: png(more=chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))),
        "wide.jpg": lambda: jpeg(65_535, 65_535),
        "exif.jpg": lambda: jpeg(more=b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif),
        "segments.jpg": lambda: jpeg(more=b"\xff\xfe\0\x10" + b"comentario    " + b"") + b"\xff\xfe\0\2" * 200_000,
        "segment-zero.jpg": lambda: jpeg(more=b"\xff\xe1\0\0"),
        "scans.jpg": lambda: jpeg() + b"\xff\xda\0\x08\1\1\0\0\x3f\0\x7f" * 100_000,
        "wide.gif": lambda: gif(65_535, 65_535),
        "frames.gif": lambda: gif()[:-1] + gif()[19:-1] * 200_000 + b"\x3b",
        "extensions.gif": lambda: gif()[:-1] + b"\x21\xfe\xff" + b"a" * 255 * 20_000,
        "loop.tif": lambda: b"II*\0\x08\0\0\0\0\0\x08\0\0\0",
        "entries.tif": lambda: b"II*\0\x08\0\0\0\xff\xff" + b"\x00\x01\x04\0\x01\0\0\0\xff\xff\0\0" * 65_535,
        "strips.tif": lambda: b"MM\0*\0\0\0\x08\0\3" + b"\1\0\0\4\0\0\0\1\x7f\xff\xff\xff\1\1\0\4\0\0\0\1\x7f\xff\xff\xff\1\x11\0\4\xff\xff\xff\xff\0\0\0\0",
        "wide.bmp": lambda: b"BM" + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 2**31 - 1, -(2**31), 1, 32, 0, 0, 1, 1, 0, 0),
        "runs.bmp": lambda: b"BM" + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 30_000, 30_000, 1, 8, 1, 0, 1, 1, 0, 0) + b"\xff\0" * 100_000,
        "wide.webp": lambda: b"RIFF\xff\xff\xff\x7fWEBPVP8X\n\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff",
        "items.heic": lambda: b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\xff\xff\xff\xffmeta" + bytes(200),
        "jpeg2000.jp2": lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + b"\xff" * 300,
        "icon.ico": lambda: b"\0\0\1\0\xff\xff" + b"\0" * 3000,
        "photo.psd": lambda: b"8BPS\0\1" + b"\xff" * 300,
        "use-loop.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><use href="#a"/><use href="#a"/></g></svg>',
        "script.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
        "paths.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><path d="' + b"M0 0L1 1" * 2_000_000 + b'"/></svg>',
    }  # fmt: skip
    for name, make in made.items():
        yield Hostile("pictures", name, make)


def polyglots() -> Files:
    """Files that are two things at once, under the names of both and of a third."""
    script = b"<script>alert(1)</script>"
    made = {
        "pdf-zip": lambda: pdf() + zipped({"nota.txt": SENTENCE}),
        "zip-pdf": lambda: zipped({"a.pdf": pdf()}, 0),
        "pdf-docx": lambda: pdf() + zipped(docx_parts()),
        "docx-html": lambda: docx() + html(),
        "html-pdf": lambda: html()[:400] + pdf() + html()[400:],
        "pdf-html": lambda: pdf().replace(b"%PDF-1.7\n", b"%PDF-1.7\n%" + script + b"\n"),
        "gif-js": lambda: b"GIF89a/*" + gif()[6:] + b"*/=1;alert(1)",
        "gif-html": lambda: gif() + html() + script,
        "jpeg-html": lambda: jpeg(more=b"\xff\xfe" + struct.pack(">H", len(script) + 2) + script),
        "png-zip": lambda: png() + zipped({"nota.txt": SENTENCE}),
        "mail-html": lambda: b"From: <html>\r\nMIME-Version: 1.0\r\nSubject: x\r\n\r\n" + html(),
        "html-mail": lambda: b"<!--\r\n" + mail() + b"-->" + html(),
        "csv-html": lambda: table() + html(),
        "text-pdf": lambda: SENTENCE.encode() * 3 + pdf(),
        "rtf-html": lambda: b"{\\rtf1 " + html() + b"}",
        "gz-html": lambda: b"\x1f\x8b\x08\0" + html(),
        "zip-in-comment": lambda: _commented(),
        "xml-html": lambda: b'<?xml version="1.0"?><!-- x --><html><body>' + script + b"</body></html>",
        "mhtml": lambda: b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n' + html() + b"\r\n--b--",
        "warc-html": lambda: b"WARC/1.1\r\n\r\n" + html(),
    }  # fmt: skip
    for name, make in made.items():
        first, _, second = name.partition("-")
        for extension in sorted({first, second if len(second) in (3, 4) else "txt", "bin"}):
            yield Hostile("polyglots", f"{name}.{extension}", make)


def _commented() -> bytes:
    """A zip whose comment is another zip."""
    outer = zipped({"nota.txt": SENTENCE})
    inner = docx()
    return outer[:-2] + struct.pack("<H", len(inner)) + inner
