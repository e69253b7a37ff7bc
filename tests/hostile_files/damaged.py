"""Files that are broken rather than cunning: empty, zeros, cut, flipped, under a wrong name, in a wrong encoding."""

from __future__ import annotations

import codecs
import random
from io import BytesIO
from zipfile import ZipFile

from hostile_files.hostile import SENTENCE, Files, Hostile, mutated, truncated, zipped
from hostile_files.sound import all_types, docx_parts, xlsx_parts

EXTENSIONS = (
    "txt", "html", "pdf", "docx", "xlsx", "eml", "csv", "md", "tsv", "png", "zip", "xml", "svg", "doc", "warc", "wacz", ""
)  # fmt: skip


def trivial() -> Files:
    """Nothing, zeros, white space, marks of byte order, a single byte."""
    for extension in EXTENSIONS:
        yield Hostile("empty", f"empty.{extension}", lambda: b"")
    for extension in ("txt", "html", "pdf", "docx", "eml", "csv", "png"):
        yield Hostile("empty", f"zeros.{extension}", lambda e=extension: bytes(1000 + len(e)))
    yield Hostile("empty", "zeros-long.txt", lambda: bytes(20 << 20))
    yield Hostile("empty", "blank.txt", lambda: b" \n\t \r\n" * 50)
    yield Hostile("empty", "blank.html", lambda: b"<html><body>  </body></html>")
    for name, mark in (("8", codecs.BOM_UTF8), ("16", codecs.BOM_UTF16_LE), ("32", codecs.BOM_UTF32_BE)):
        yield Hostile("empty", f"mark-{name}.txt", lambda mark=mark: mark)
    for byte in (0x0A, 0x3C, 0x80, 0xFF):
        yield Hostile("empty", f"one-{byte:02x}.html", lambda byte=byte: bytes([byte]))


def wrong_names(chance: random.Random) -> Files:
    """A sound file of one type under the extension of another."""
    types = all_types()
    for extension, data in types.items():
        for other in chance.sample([one for one in EXTENSIONS if one and one != extension], 4):
            if {extension, other} & {"warc", "wacz", "warc.gz"} and other not in types:
                continue
            yield Hostile("wrong name", f"{extension.replace('.', '-')}.{other}", lambda data=data: data)


def cut() -> Files:
    """A file of every type, cut at seven places."""
    for extension, data in all_types().items():
        yield from truncated("truncated", f"cut-{extension.replace('.', '-')}", extension, data, 7)


def flipped(chance: random.Random) -> Files:
    """A file of every type with its bytes changed."""
    for extension, data in all_types().items():
        for number in range(4):
            made = mutated(data, chance)
            yield Hostile(
                "changed bytes", f"flip-{extension.replace('.', '-')}-{number}.{extension}", lambda made=made: made
            )


def inside_office(chance: random.Random) -> Files:
    """The XML inside a Word document or a workbook changed, and packed again: a blind change stops at the zip."""
    for extension, parts in (("docx", docx_parts()), ("xlsx", xlsx_parts())):
        for number in range(30):
            name = chance.choice(list(parts))
            changed = {**parts, name: mutated(parts[name].encode(), chance)}
            yield Hostile("changed XML inside", f"inner-{number}.{extension}", lambda changed=changed: zipped(changed))
        for name in parts:
            less = {one: content for one, content in parts.items() if one != name}
            stem = name.rpartition("/")[2].strip("[]_.").replace(".", "-")
            yield Hostile("changed XML inside", f"without-{stem}.{extension}", lambda less=less: zipped(less))


def encodings(chance: random.Random) -> Files:
    """Words in encodings told and untold, told wrongly, mixed and broken."""
    words = f"{SENTENCE} «Año» ñandú – 20 % “así” €\n" * 20
    for codec in (
        "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-7", "cp1252", "cp850", "mac_roman", "cp037",
        "shift_jis", "euc_kr", "gb18030", "big5", "koi8_r", "iso2022_jp", "cp1251", "cp1256", "hz", "cp500",
    ):  # fmt: skip
        made = words.encode(codec, "replace")
        yield Hostile("encodings", f"{codec}.txt", lambda made=made: made)
        if codec.startswith(("utf", "cp", "shift")):
            page = f"<html><head><meta charset=utf-8></head><body><p>{words}</p></body></html>".encode(codec, "replace")
            yield Hostile("encodings", f"{codec}.html", lambda page=page: page)
    for declared in (
        "idna", "punycode", "unicode_escape", "raw_unicode_escape", "base64", "zlib", "bz2", "rot13", "undefined", "mbcs",
        "utf-7", "utf-16", "x" * 39, "ISO-2022-JP", "windows-1252", "hz-gb-2312", "cp65001", "utf-8-sig",
    ):  # fmt: skip
        page = f"<html><head><meta charset={declared}></head><body><p>{words}".encode("cp1252") + b"\x81\x8d\xff"
        yield Hostile("encodings", f"says-{declared[:12]}.html", lambda page=page: page)
        head = f"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={declared}\r\n\r\n"
        letter = head.encode() + page
        yield Hostile("encodings", f"says-{declared[:12]}.eml", lambda letter=letter: letter)
    broken = {
        "overlong": b"\xc0\xbcscript\xc0\xbe" * 50 + words.encode(),
        "surrogates": b"\xed\xa0\xbd\xed\xb8\x80" * 50 + words.encode(),
        "lone": b"\x80\xbf" * 500 + words.encode(),
        "odd-16": codecs.BOM_UTF16_LE + words.encode("utf-16-le")[:-1],
        "half-pair": codecs.BOM_UTF16_BE + b"\xd8\x3d" * 100,
        "two-marks": codecs.BOM_UTF8 * 3 + words.encode(),
        "wrong-mark": codecs.BOM_UTF16_LE + words.encode(),
        "mixed": words.encode() + words.encode("cp1252") + words.encode("utf-16-le"),
        "beyond": b"\xf4\x90\x80\x80" * 100 + words.encode(),
        "bidi": ("\u202e" * 1000 + words + "\u2066" * 1000).encode(),
        "marks-on-one-letter": ("e" + "\u0301" * 200_000).encode(),
        "not-characters": ("\ufffe\uffff\ufdd0" * 300 + words).encode(),
        "tags": "".join(chr(0xE0000 + ord(letter)) for letter in words if ord(letter) < 128).encode(),
        "noise": chance.randbytes(200_000),
    }
    for name, data in broken.items():
        for extension in ("txt", "html"):
            yield Hostile("encodings", f"{name}.{extension}", lambda data=data: data)


def names_inside() -> Files:
    """Zips whose members have names that lead elsewhere, stand twice, or are no names."""
    for number, name in enumerate(("../../../../tmp/x", "/etc/passwd", "C:\\x", "a\0b", "x" * 60_000, "\u202ecod.exe")):
        members = {**docx_parts(), name: "x"}
        yield Hostile("names in a zip", f"name-{number}.docx", lambda members=members: zipped(members))

    def twice() -> bytes:
        file = BytesIO(zipped(docx_parts()))
        with ZipFile(file, "a") as archive:
            archive.writestr("word/document.xml2", "x")
        return file.getvalue().replace(b"word/document.xml2", b"word/document.xml\0")

    yield Hostile("names in a zip", "twice.docx", twice)
