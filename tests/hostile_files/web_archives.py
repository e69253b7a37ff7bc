"""WARC and WACZ: cut, lying about lengths, naming addresses that are none, holding hostile pages."""

from __future__ import annotations

import gzip
import random
import zlib

from hostile_files.hostile import Files, Hostile, mutated
from hostile_files.sound import html, pdf, warc
from wacz_files import wacz
from warc_files import gzipped, record, response

_URL = "https://example.invalid/nota"


def web_archives(chance: random.Random) -> Files:
    """Web archives."""
    page = response(_URL, html(), "text/html")
    attributes = b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">hola"
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join([bomb.compress(bytes(1 << 20)) for _ in range(200)]) + bomb.flush()
    made = {
        "length-huge": lambda: page.replace(b"Content-Length: ", b"Content-Length: 99999999999") + page,
        "length-negative": lambda: page.replace(b"Content-Length: ", b"Content-Length: -") + page,
        "length-none": lambda: page.replace(b"Content-Length", b"Content-Lengt") + page,
        "length-short": lambda: page.replace(b"Content-Length: 1", b"Content-Length: ") + page,
        "digest-wrong": lambda: page.replace(b"sha1:", b"sha1:AAAA") + page,
        "payload-digest": lambda: page.replace(b"WARC-Date", b"WARC-Payload-Digest: sha1:" + b"A" * 32 + b"\r\nWARC-Date"),
        "address-bracket": lambda: page.replace(_URL.encode(), b"http://[x") + page,
        "address-port": lambda: page.replace(_URL.encode(), b"http://a:99999999/") + page,
        "address-script": lambda: page.replace(_URL.encode(), b"javascript:alert(1)") + page,
        "address-long": lambda: page.replace(_URL.encode(), _URL.encode() + b"a" * 200_000) + page,
        "address-none": lambda: page.replace(b"WARC-Target-URI", b"X") + page,
        "date-none": lambda: page.replace(b"2031-03-24T08:00:00Z", b"nunca") + page,
        "date-far": lambda: page.replace(b"2031-03-24T08:00:00Z", b"0001-01-01T00:00:00+14:00") + page,
        "kind-unknown": lambda: record("surprise", _URL, b"x") + page,
        "revisits": lambda: record("revisit", _URL, b"HTTP/1.1 200 OK\r\n\r\n") * 300,
        "headers": lambda: page.replace(b"WARC-Date", b"X-A: b\r\n" * 200_000 + b"WARC-Date") + page,
        "header-open": lambda: b"WARC/1.1\r\n" + b"a" * 3_000_000,
        "starts": lambda: b"WARC/1.1\r\n" * 300_000,
        "http-broken": lambda: record("response", _URL, b"HTTP/9 xx\r\n\r\n") + page,
        "http-head-long": lambda: record("response", _URL, b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 300_000 + b"\r\nx") + page,
        "chunks-broken": lambda: response(_URL, b"zz\r\nx", "text/html", extra=b"Transfer-Encoding: chunked\r\n") + page,
        "body-bomb": lambda: response(_URL, packed, "text/html", extra=b"Content-Encoding: gzip\r\n") + page,
        "body-brotli": lambda: response(_URL, b"xx", "text/html", extra=b"Content-Encoding: br\r\n") + page,
        "page-hostile": lambda: response(_URL, attributes, "text/html") + page,
        "pdf-inside": lambda: response(_URL, pdf()[:300], "application/pdf") + page,
        "rubbish-between": lambda: page + chance.randbytes(5000) + page,
        "plain-as-gz": lambda: b"\x1f\x8b\x08" + page,
    }  # fmt: skip
    for name, make in made.items():
        yield Hostile("WARC", f"{name}.warc", make)
    packed_forms = {
        "cut": lambda: warc()[:-9],
        "first-byte": lambda: warc()[1:],
        "flipped": lambda: mutated(warc(), random.Random(5)),
        "single": lambda: gzipped([page] * 3, single=True)[:-4],
        "twice-packed": lambda: gzip.compress(warc(), mtime=0),
        "rubbish-after": lambda: warc() + b"\0" * 3000,
        "bomb": lambda: gzipped([response(_URL, bytes(60_000_000), "text/html"), page]),
    }
    for name, make in packed_forms.items():
        yield Hostile("WARC", f"{name}.warc.gz", make)
    inside = {"a.warc.gz": warc()}
    zips = {
        "no-hash": lambda: wacz(inside, leave_out="hash archive/a.warc.gz"),
        "wrong-hash": lambda: wacz(inside, wrong="archive/a.warc.gz"),
        "no-digest": lambda: wacz(inside, leave_out="datapackage-digest.json"),
        "no-package": lambda: wacz(inside, leave_out="datapackage.json"),
        "packed": lambda: wacz(inside, packed=True),
        "deep-json": lambda: wacz(inside).replace(b'{"profile"', b"[" * 10),
        "cut": lambda: wacz(inside)[:-30],
        "more": lambda: wacz(inside, more=b"x"),
        "flipped": lambda: mutated(wacz(inside), random.Random(6)),
        "zeros": lambda: wacz({"a.warc": bytes(30_000_000)}, packed=True),
    }
    for name, make in zips.items():
        yield Hostile("WACZ", f"{name}.wacz", make)
