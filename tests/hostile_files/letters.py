"""E-mail: parts and levels without end, headers that swell, words in words."""

from __future__ import annotations

import base64

from hostile_files.hostile import SENTENCE, Files, Hostile

_HEAD = b"From: a@example.org\r\nMIME-Version: 1.0\r\n"
_MIXED = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'


def letter(headers: bytes, body: bytes = SENTENCE.encode()) -> bytes:
    """A message."""
    return _HEAD + headers + b"\r\n" + body


def levels(count: int) -> bytes:
    """A message of parts in parts in parts."""
    inner = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(count))
    return _HEAD + inner


def slow_page(number: int) -> bytes:
    """A page that no reader comes to the end of in its time, and no other is the same."""
    return b"<html><body><p " + b" ".join(b"b%d=%d" % (n, number) for n in range(300_000)) + b">hola"


def with_slow_pages(count: int, messages: int = 0) -> bytes:
    """A message to which such pages are attached, and after them another one, so many levels deep."""
    mark = b"%d" % messages
    page = b"--%b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=%d.html\r\n\r\n%b\r\n"
    pages = b"".join(page % (mark, n, slow_page(10 * messages + n)) for n in range(count))
    inner = (
        b"--%b\r\nContent-Type: message/rfc822\r\n\r\n%b\r\n" % (mark, with_slow_pages(count, messages - 1))
        if messages
        else b""
    )
    head = b"Content-Type: multipart/mixed; boundary=%b\r\n\r\n--%b\r\n\r\nhola\r\n" % (mark, mark)
    return _HEAD + head + pages + inner + b"--%b--\r\n" % mark


def letters() -> Files:
    """Messages."""
    made = {
        "parts": lambda: _HEAD + _MIXED + b"--b\r\nContent-Type: text/x-none\r\n\r\nx\r\n" * 300_000,
        "parts-text": lambda: _HEAD + _MIXED + b"--b\r\nContent-Type: text/plain\r\n\r\nhola\r\n" * 100_000,
        "levels-500": lambda: levels(500),
        "levels-5000": lambda: levels(5_000),
        "levels-100000": lambda: levels(100_000),
        "messages": lambda: _HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 50_000,
        "alternatives": lambda: _HEAD + b"".join(b'Content-Type: multipart/alternative; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3_000)),
        "headers": lambda: letter(b"X-A: b\r\n" * 1_000_000),
        "header-long": lambda: letter(b"Subject: " + b"a" * 20_000_000 + b"\r\n"),
        "header-folded": lambda: letter(b"Subject: a\r\n" + b" b\r\n" * 1_000_000),
        "subject-words": lambda: letter(b"Subject: " + b"=?utf-8?q?=C3=A1?= " * 300_000 + b"\r\n"),
        "subject-broken": lambda: letter(b"Subject: =?utf-8?b?" + b"A" * 3_000_000 + b"\r\n"),
        "subject-charset": lambda: letter(b"Subject: =?unicode_escape?q?=5cx3cscript=5cx3e?= =?zlib?b?eJw=?=\r\n"),
        "from-comments": lambda: b"MIME-Version: 1.0\r\nFrom: " + b"(" * 100_000 + b"\r\nReceived: x\r\n\r\n" + SENTENCE.encode(),
        "from-groups": lambda: b"MIME-Version: 1.0\r\nFrom: " + b"a:b@c;" * 100_000 + b"\r\n\r\n" + SENTENCE.encode(),
        "from-quotes": lambda: b'MIME-Version: 1.0\r\nFrom: "' + b"\\\\" * 500_000 + b"\r\n\r\n" + SENTENCE.encode(),
        "from-routes": lambda: b"MIME-Version: 1.0\r\nFrom: <" + b"@a," * 100_000 + b":b@c>\r\n\r\n" + SENTENCE.encode(),
        "from-dots": lambda: b"MIME-Version: 1.0\r\nFrom: " + b"a." * 300_000 + b"@b\r\n\r\n" + SENTENCE.encode(),
        "to-many": lambda: letter(b"To: " + b"a@example.org, " * 200_000 + b"b@c\r\n"),
        "date-far": lambda: letter(b"Date: Mon, 24 Mar 99999999999 08:00:00 +9999\r\n"),
        "date-long": lambda: letter(b"Date: " + b"1 " * 1_000_000 + b"\r\n"),
        "dates": lambda: letter(b"Date: Mon, 24 Mar 2031 08:00:00 -0000\r\n" * 50_000),
        "type-parameters": lambda: letter(b"Content-Type: text/plain; " + b"a=b; " * 200_000 + b"\r\n"),
        "type-continued": lambda: letter(b"Content-Type: text/plain; " + b"".join(b"a*%d=b; " % n for n in range(50_000)) + b"\r\n"),
        "type-comments": lambda: letter(b"Content-Type: text/plain " + b"(" * 100_000 + b"\r\n"),
        "type-broken": lambda: letter(b"Content-Type: =?utf-8?q?text?=/;;;;\r\n"),
        "disposition": lambda: _HEAD + _MIXED + b"--b\r\nContent-Disposition: attachment; filename=\"" + b"../" * 200_000 + b"x\"\r\n\r\nx\r\n--b--\r\n",
        "names": lambda: _HEAD + _MIXED + b"--b\r\nContent-Disposition: attachment; filename*0*=utf-8''%ff%fe; filename*9=x\r\n\r\nx\r\n--b\r\n\r\n" + SENTENCE.encode() + b"\r\n--b--\r\n",
        "boundary-missing": lambda: _HEAD + b"Content-Type: multipart/mixed\r\n\r\n" + SENTENCE.encode(),
        "boundary-empty": lambda: _HEAD + b'Content-Type: multipart/mixed; boundary=""\r\n\r\n' + b"--\r\n" * 300_000,
        "boundary-long": lambda: _HEAD + b'Content-Type: multipart/mixed; boundary="' + b"x" * 1_000_000 + b'"\r\n\r\n--x',
        "boundary-pattern": lambda: _HEAD + b'Content-Type: multipart/mixed; boundary="((a+)+)+$"\r\n\r\n--' + b"a" * 100_000,
        "boundaries-open": lambda: _HEAD + _MIXED + b"--b\r\n" * 500_000,
        "base64-broken": lambda: letter(b"Content-Transfer-Encoding: base64\r\n", b"====" + b"A" * 1_000_001),
        "base64-long": lambda: letter(b"Content-Transfer-Encoding: base64\r\n", base64.encodebytes(b"hola " * 6_000_000)),
        "quoted-long": lambda: letter(b"Content-Transfer-Encoding: quoted-printable\r\n", b"=61" * 10_000_000),
        "uuencoded": lambda: letter(b"Content-Transfer-Encoding: x-uuencode\r\n", b"begin 644 a\r\n" + b"M" + b"!" * 60 + b"\r\n"),
        "transfer-unknown": lambda: letter(b"Content-Transfer-Encoding: no-such\r\n"),
        "html-attributes": lambda: letter(b"Content-Type: text/html\r\n", b"<p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">x"),
        "html-open": lambda: letter(b"Content-Type: text/html\r\n", b"<a " * 300_000),
        "html-comments": lambda: letter(b"Content-Type: text/html\r\n", b"<!--" * 300_000),
        "html-marked": lambda: letter(b"Content-Type: text/html\r\n", b"<![x" * 300_000),
        "html-nested": lambda: letter(b"Content-Type: text/html\r\n", b"<div>" * 200_000 + b"hola"),
        "lines": lambda: letter(b"", b"a\r\n" * 5_000_000),
        "line": lambda: letter(b"", b"a" * 30_000_000),
        "nul": lambda: letter(b"Subject: a\0b\r\n", b"a\0b\0" * 1000),
        "no-end-of-head": lambda: _HEAD * 10_000,
        "mbox": lambda: (b"From a Mon Mar 24 2031\r\n" + _HEAD + b"\r\nhola\r\n\r\n") * 20_000,
        "attached-slow": lambda: with_slow_pages(8),
        "messages-slow": lambda: with_slow_pages(1, 3),
        "8bit-head": lambda: "From: Ñandú <ñ@example.org>\r\nSubject: \xff\xfe Año\r\nMIME-Version: 1.0\r\n\r\nhola".encode("latin-1"),
    }  # fmt: skip
    for name, make in made.items():
        yield Hostile("mail", f"{name}.eml", make)
