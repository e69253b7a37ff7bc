"""Tables and plain texts without end, and the old office formats."""

from __future__ import annotations

import struct

from hostile_files.hostile import SENTENCE, Files, Hostile


def tables() -> Files:
    """CSV and plain text."""
    made = {
        "columns.csv": lambda: b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000,
        "cell.csv": lambda: b'a,b\n1,"' + b"x" * 50_000_000 + b'"\n',
        "quotes.csv": lambda: b'"' * 1_000_001,
        "quote-open.csv": lambda: b'a,b\n"' + b"x,y\n" * 3_000_000,
        "rows.csv": lambda: b"1,2\n" * 4_000_000,
        "empty-rows.csv": lambda: b"\n" * 10_000_000,
        "separators.csv": lambda: b",;\t|" * 3_000_000,
        "nul.csv": lambda: b"a,b\n1,\0 2\n" * 1000,
        "returns.csv": lambda: b"a,b\r" * 1_000_000,
        "formulas.csv": lambda: b"=cmd|' /C calc'!A0,@SUM(1),+1,-1\n" * 1000,
        "wide.tsv": lambda: b"a\t" * 2_000_000,
        "escapes.csv": lambda: b'"a""b' * 1_000_000,
        "letter.txt": lambda: b"a" * 50_000_000,
        "returns.txt": lambda: b"\r" * 10_000_000,
        "lines.txt": lambda: b"hola\n" * 3_900_000,
        "long.txt": lambda: (SENTENCE + "\n").encode() * 500_000,
        "huge.txt": lambda: b"x\n" * (130 << 20),
        "numbers.txt": lambda: b"9" * 19_000_000,
        "feeds.txt": lambda: b"a\f\v\x1c\x1d\x85" * 100_000,
        "escapes.txt": lambda: b"\x1b]0;titulo\x07\x1b[31m\x1b[2J" * 1000 + SENTENCE.encode(),
        "markdown.md": lambda: b"[a](" * 300_000 + b"\n" + b"*" * 300_000,
        "headings.md": lambda: b"#" * 1_000_000 + b" x",
        "dots.txt": lambda: b"1." * 5_000_000,
        "angles.txt": lambda: b"<script>alert(1)</script>" * 100_000,
    }
    for name, make in made.items():
        yield Hostile("tables and texts", name, make)


def old_office() -> Files:
    """Compound files whose tables lead in circles, and rich text without end."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    sector = struct.pack("<128I", *range(128))
    made = {
        "zeros.doc": lambda: head + bytes(4000),
        "loop.doc": lambda: head + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(476) + sector * 20,
        "locked.docx": lambda: head + "EncryptedPackage".encode("utf-16-le") * 3,
        "locked.xls": lambda: head + "EncryptedPackage".encode("utf-16-le") + bytes(9000),
        "mail.msg": lambda: head + "__substg1.0_0037001F".encode("utf-16-le") + bytes(9000),
        "nested.rtf": lambda: b"{\\rtf1 " + b"{" * 500_000,
        "binary.rtf": lambda: b"{\\rtf1 \\bin2147483647 " + bytes(1000),
        "words.rtf": lambda: b"{\\rtf1 " + b"\\a" * 3_000_000,
        "object.rtf": lambda: b"{\\rtf1{\\object\\objdata " + b"41" * 1_000_000 + b"}}",
        "text.odt": lambda: b"PK\3\4" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text",
        "program.exe": lambda: b"MZ" + bytes(200) + b"This program cannot be run in DOS mode" + bytes(5000),
        "program.html": lambda: b"\x7fELF" + bytes(5000),
        "database.sqlite": lambda: b"SQLite format 3\0" + bytes(4080),
        "sound.mp3": lambda: b"ID3\4\0\0\x7f\x7f\x7f\x7f" + bytes(5000),
        "film.mp4": lambda: b"\0\0\0\x18ftypmp42" + b"\xff" * 5000,
        "font.ttf": lambda: b"\0\1\0\0\xff\xff" + bytes(3000),
        "script.sh": lambda: b"#!/bin/sh\nrm -rf /\n",
    }
    for name, make in made.items():
        yield Hostile("old office and others", name, make)
