"""What our own parsers of foreign bytes promise, as functions that fail where a promise is broken.

Each target takes any bytes and returns, or raises: an exception that the parser does not name, or AssertionError where
what it gave back breaks a law (bytes unaccounted for, two ways that disagree, a value that cannot be read again).
`tests/test_fuzz.py` runs them on a few inputs with Hypothesis, `benchmarks/fuzz_parsers.py` on millions with Atheris.
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from invented import CLAIMS, NOTE, SETTINGS
from recuento.casefile.claims.claims_csv import read_claims, write_claims
from recuento.casefile.documents.manifest import read_manifest
from recuento.casefile.people.list_encodings import decoded as decoded_list
from recuento.casefile.people.list_files import read_list_file
from recuento.casefile.settings.settings import Settings, read_settings
from recuento.errors import FaultsFound, InvalidValue, RecuentoError
from recuento.preserve import border, media_types
from recuento.preserve.extract import _extraction
from recuento.preserve.parsers.characters import declared_in_markup, decoded
from recuento.preserve.parsers.feed import look_at_feed
from recuento.preserve.parsers.found import Unreadable
from recuento.preserve.parsers.html import read_html
from recuento.preserve.parsers.mail import read_mail
from recuento.preserve.parsers.markup_text import text_of_markup
from recuento.preserve.parsers.parse import frozen, parse
from recuento.preserve.parsers.sheets import read_csv
from recuento.preserve.parsers.web_page import look_at_page, look_at_style
from recuento.preserve.web.addresses import allowed_from, joined, web_address, why_unlikely_public
from recuento.preserve.web.archive_account import Account, read_archive
from recuento.preserve.web.cdxj import index_lines, stamp_of, turned_round
from recuento.preserve.web.http_message import BodyBroken, Incoming, NotHttp, body_of, head_of
from recuento.preserve.web.payload import document_name, payload_of
from recuento.preserve.web.record_digest import digest_named, payload_fits
from recuento.preserve.web.robots import fits, robots_from
from recuento.preserve.web.walls import judged_by_look, judged_by_status
from recuento.preserve.web.warc_reading import Record, records
from recuento.read import read, read_figures
from recuento.values.birth_dates import written_age, written_date
from recuento.values.date_words import date_in
from recuento.values.document_numbers import document_number
from recuento.values.number_words import number_in
from recuento.values.partial_date import PartialDate
from wacz_files import wacz
from warc_files import gzipped, record, response

Run = Callable[[bytes], None]
FINDINGS = Path(__file__).parent / "findings"
"""Inputs that once broke a promise, a folder for each target."""


@dataclass(frozen=True, slots=True)
class Target:
    """A parser and its promises. `longest` bounds the inputs, where a long one only takes long."""

    name: str
    run: Run
    seeds: tuple[bytes, ...]
    longest: int = 4096


def characters(data: bytes) -> None:
    """Bytes become text that can be written again; valid UTF-8 stays what it is."""
    try:
        found = decoded(data, declared_in_markup(data))
    except Unreadable:
        return
    frozen(found.text).encode("utf-8")
    if data.isascii() and 0 not in data:
        assert found.text == data.decode("ascii"), "plain ASCII is read as it stands, whatever it declares"


def sight(data: bytes) -> None:
    """A type at first sight, the same with or without the jail where it is no archive."""
    name = data[:12].decode("latin-1")
    seen = media_types.at_first_sight(data, name)
    if not data.startswith(b"PK"):
        assert media_types.inside_the_jail(data, name) == seen
    else:
        assert media_types.inside_the_jail(data, name)


def markup(data: bytes) -> None:
    """The words of a page: no empty line; what has neither tag nor entity loses no word."""
    text = data.decode("utf-8", "replace")
    words = text_of_markup(text)
    assert not words or all(line for line in words.split("\n"))
    if not set("<&\0") & set(text):
        assert words.split() == text.split()


def mail(data: bytes) -> None:
    """A message gives its body or a named reason, whatever its headers."""
    try:
        found = read_mail(data)
    except (Unreadable, RecursionError):
        return
    assert found.published is None or PartialDate.parse(found.published)


def table(data: bytes) -> None:
    """A CSV has a line for each row that has any cell."""
    usual = csv.field_size_limit()
    try:
        found = read_csv(data)
    except Unreadable:
        return
    finally:
        # It lifts the limit for its own process, the jailed child; here others read after it.
        csv.field_size_limit(usual)
    assert found.text.strip()


def feed(data: bytes) -> None:
    """A feed names addresses, in plain data of bounded size."""
    found = look_at_feed(data)
    json.dumps(found)
    for address, title, date in found["entries"]:
        assert address and max(map(len, (address, title, date))) <= 4096
        joined("https://example.org/", address)


def page(data: bytes) -> None:
    """What is seen of a page is plain data, and a judgement can be made of it; or it is no text."""
    try:
        found = look_at_page(data)
    except Unreadable:
        return
    json.dumps(found).encode()
    assert judged_by_look("https://example.org/a/b", "https://example.org/a/b", found)
    json.dumps(look_at_style(data))


def story(data: bytes) -> None:
    """The main text of a page is found or there is a named reason; the story in its data is text."""
    try:
        found = read_html(data)
    except Unreadable:
        return
    assert found.text.strip()
    assert found.published is None or PartialDate.parse(found.published)


def anything(data: bytes) -> None:
    """The first byte chooses a name; the parser chosen by name and bytes ends in an outcome and raises nothing."""
    name = ("a.txt", "a.html", "a.eml", "a.csv", "a.md", "a.bin", "a.tsv")[data[0] % 7] if data else "a"
    usual = csv.field_size_limit()
    told, text = parse(data[1:], name, text_characters_max=100_000, again=False)
    csv.field_size_limit(usual)
    _extraction(told, text.encode("utf-8"), media_types.PLAIN)


def border_crossed(data: bytes) -> None:
    """Whatever a child that was taken over sends, it is an extraction or a broken border."""
    try:
        header, body = border.receive(BytesIO(data), 1 << 20)
        found = _extraction(header, body, media_types.PLAIN)
    except border.BorderBroken:
        return
    found.layer("0" * 64)


def header_crossed(data: bytes) -> None:
    """The same for a header that is whole JSON."""
    try:
        header = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(header, dict):
        border_crossed(border.packed({"outcome": "read", **header}, b"texto"))


def http(data: bytes) -> None:
    """A response fed in one piece, byte by byte or in two pieces is judged the same; its body unpacks or is broken."""
    whole, slow, halves = Incoming(), Incoming(), Incoming()
    whole.feed(data)
    for at in range(len(data)):
        slow.feed(data[at : at + 1])
    halves.feed(data[: len(data) // 2])
    halves.feed(data[len(data) // 2 :])
    assert _told(whole) == _told(slow) == _told(halves)
    try:
        head = head_of(data)
        if head is not None:
            judged_by_status(head)
            for archived in (True, False):
                assert len(body_of(data, head, 1 << 16, archived=archived).data) <= 1 << 16
    except (NotHttp, BodyBroken):
        return


def _told(one: Incoming) -> tuple[Any, ...]:
    if one.head is None:
        return (one.state, one.interim, one.size)
    return one.state, one.framing, one.length, one.size, one.interim, one.surplus, one.head


def warc(data: bytes) -> None:
    """Records and damage tile the file; of each record the digests and the payload are told or refused by name."""
    place = 0
    for one in records(BytesIO(data), 1 << 16):
        assert one.start == place and one.end >= one.start
        place = one.end
        if isinstance(one, Record):
            payload_fits(one)
            try:
                payload_of(one.block or b"", one.fields.get("warc-target-uri"), "response", 1 << 16)
                payload_of(one.block or b"", one.fields.get("warc-target-uri"), "resource text/html", 1 << 16)
            except BodyBroken:
                continue
    assert place == len(data)


def wacz_file(data: bytes) -> None:
    """Bytes in are bytes in records, in other parts, or reported."""
    account = Account()
    for _ in read_archive(BytesIO(data), "a.wacz", 1 << 16, account):
        pass
    assert account.is_balanced


def cdxj(data: bytes) -> None:
    """An index line is an address, fourteen digits and JSON; any address and any date can be written."""
    for line in index_lines(BytesIO(data), "a.warc", 1 << 16):
        stamp, _, told = line.partition(" {")[0].rpartition(" ")[2], "", "{" + line.partition(" {")[2]
        assert re.fullmatch(r"\d{14}", stamp) and "\n" not in line
        json.loads(told)
    text = data.decode("utf-8", "replace")
    turned_round(text)
    turned_round(f"http://{text}")
    document_name(f"http://{text}", "text/html")
    assert judged_by_look(f"http://{text}", f"http://{text}", {"words": 1})
    stamp_of(text)
    digest_named(text)


def robots(data: bytes) -> None:
    """The rules that are read decide as a regular expression made of the longest one would."""
    found = robots_from(data, "Recuento")
    for path in ("/", "/a/b?c=%7E", "/robots.txt", data[:40].decode("latin-1")):
        found.allows(path)
    for rule in found.rules[:8]:
        if len(rule.path) < 40 and rule.path.count("*") < 6:
            for path in ("/", "/a", "/ab/a.html", "/a/b?c=1$"):
                assert fits(rule.path, path) == (_pattern(rule.path).match(path) is not None), (rule, path)


def _pattern(rule: str) -> re.Pattern[str]:
    end = r"\Z" if rule.endswith("$") else ""
    return re.compile(".*".join(map(re.escape, rule.removesuffix("$").split("*"))) + end, re.S)


def address(data: bytes) -> None:
    """An address that is taken apart can be written and taken apart again, the same; others are refused by name."""
    text = data.decode("utf-8", "replace")
    for written in (text, f"http://{text}"):
        try:
            found = web_address(written)
        except InvalidValue:
            continue
        assert found.url.isascii() and found.host and 0 <= found.port < 65536
        assert not set(" \r\n\t") & set(found.target + found.host), "one line of a request"
        assert web_address(found.url) == found
        why_unlikely_public(found.host)
    joined("https://example.org/a/", text)
    try:
        allowed_from([text]).written()
    except InvalidValue:
        return


@cache
def _settings() -> Settings:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "recuento.toml"
        path.write_text(SETTINGS, encoding="utf-8")
        return read_settings(path)


def claims(data: bytes) -> None:
    """Claims are taken or refused by row; what was taken is written and read again, the same."""
    try:
        file = read_claims(data, "claims.csv", _settings())
    except FaultsFound:
        return
    taken = [claim for _, claim in file.claims]
    again = read_claims(write_claims(taken).encode(), "claims.csv", _settings())
    assert not again.faults and [claim for _, claim in again.claims] == sorted(taken, key=lambda one: one.id)


@cache
def _folder() -> Path:
    kept = tempfile.TemporaryDirectory(prefix="fuzz-")
    _KEPT.append(kept)
    return Path(kept.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def manifest(data: bytes) -> None:
    """A documents.csv is read, or refused with the faults of all its rows."""
    path = _folder() / "documents.csv"
    path.write_bytes(data)
    try:
        read_manifest(path)
    except FaultsFound:
        return


def names(data: bytes) -> None:
    """A list of names is read, or refused in words."""
    text, _ = decoded_list(data)
    text.encode("utf-8")
    path = _folder() / "list.csv"
    path.write_bytes(data)
    try:
        read_list_file(path)
    except RecuentoError:
        return


def figures(data: bytes) -> None:
    """The reader raises nothing, and every anchor slices back to its words."""
    text = frozen(data.decode("utf-8", "replace"))
    for statement in read(text):
        for anchor in (*statement.content, *(figure.anchor for figure in statement.figures)):
            assert text[anchor.start : anchor.end] == anchor.quote
    for figure in read_figures(text):
        assert text[figure.anchor.start : figure.anchor.end] == figure.anchor.quote


def small_values(data: bytes) -> None:
    """Numbers, dates, ages and document numbers in words are a value or none."""
    text = data.decode("utf-8", "replace")
    for language in ("es", "en"):
        number_in(text, language)
        date_in(text, None, language)
    written_date(text)
    written_age(text)
    document_number(text)
    try:
        assert PartialDate.parse(str(PartialDate.parse(text)))
    except InvalidValue:
        return


_NOTA = "https://example.invalid/nota"
_PAGE = (
    b'<!doctype html><html lang="es"><head><meta charset="windows-1252"><base href="/a/"><title>Nota</title>'
    b'<meta http-equiv="refresh" content="5; url=/b"><link rel="stylesheet" href="s.css"><style>@import "t.css";'
    b"p{background:url('f.png')}</style></head><body><h1>Hubo 20</h1><p style=\"background:url(g.png)\">a&amp;b<br>c"
    b'<img src="h.jpg" srcset="i.jpg 2x"><![CDATA[x]]><!-- y --><script>var z</script><svg><image href="j.svg"/></svg>'
    b"<table><tr><td>1<td>2</table></body></html>"
)
_SHELL = (
    b'<html><head><title>Radio: Nota</title><script type="application/ld+json">{"articleBody":"'
    + b"hubo 20 heridos y " * 20
    + b'"}</script></head><body><h1>Nota</h1><p>Por Ana Ruiz Prado</p><p>24 de marzo de 2025</p><table><tr><td>'
    + b"a " * 70
    + b'<p>Lea tambi\xc3\xa9n: <a href="/">x</a></td></tr></table></body></html>'
)
_RSS = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel><item><title>T &a;</title>'
    b"<link>https://example.org/1</link><pubDate>Mon, 24 Mar 2031 08:00:00 GMT</pubDate></item><item>"
    b'<guid isPermaLink="true">https://example.org/2</guid></item></channel></rss>'
)
_ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">T</title><link rel="alternate" '
    b'href="https://example.org/3"/><updated>2031-03-24T08:00:00Z</updated></entry></feed>'
)
_MAIL = (
    b"From: =?utf-8?q?Ana?= <ana@example.org>\r\nSubject: =?iso-8859-1?q?Traslado_=E9?=\r\nDate: Mon, 24 Mar 2031 "
    b'08:00:00 -0400\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: '
    b"text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHubo 20 heridos=2E\r\n--b\r\n"
    b"Content-Type: application/pdf; name*=utf-8''a%20b.pdf\r\nContent-Disposition: attachment\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b--\r\n"
)
_HTML_MAIL = (
    b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=latin1\r\n\r\n<p>Hubo\xe9 20</p>\r\n"
)
_HTTP = (
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    b"\r\n4;x=y\r\nhola\r\n0\r\nA: b\r\n\r\n"
)
_ROBOTS = b"User-agent: *\nDisallow: /a*b$\nAllow: /a\nCrawl-delay: 2\n\nUser-agent: Recuento\nDisallow: /%7Ex\n"
_HELLO = json.dumps(
    {
        "outcome": "read",
        "media_type": "text/plain",
        "title": "T",
        "published": "2031-03",
        "remarks": ["charset_guessed"],
        "attachments": ["a"],
    }
).encode()
_WARC = [response(_NOTA, b"Hubo 20 heridos.", "text/html"), record("resource", _NOTA, b"x", media_type="text/html")]

TARGETS = tuple(
    Target(name, run, seeds, longest)
    for name, run, seeds, longest in (
        ("characters", characters, (_PAGE, "\ufeffHubó".encode("utf-16-le"), b"charset=utf-7 +AGE-", b"\xe1"), 2048),
        ("sight", sight, (_PAGE, _MAIL, b"%PDF-1.4", wacz({"a.warc": b"x"}), b"RIFF1234WEBP"), 2048),
        ("markup", markup, (_PAGE, b"<p a='b' c>x</p><!DOCTYPE x [<!ENTITY y>]><?z?></", b"<![if x]>"), 4096),
        ("mail", mail, (_MAIL, _HTML_MAIL), 4096),
        ("table", table, (b"a;b\n1;\"x\ny\"\n", b"a\tb\r\n\"\"\"\"\t|"), 4096),
        ("feed", feed, (_RSS, _ATOM), 4096),
        ("page", page, (_PAGE,), 4096),
        ("story", story, (_PAGE, _SHELL), 4096),
        ("anything", anything, (b"\1" + _PAGE, b"\2" + _MAIL, b"\3a;b\n1;2", b"\0Hubo 20"), 2048),
        ("border", border_crossed, (border.packed(json.loads(_HELLO), b"texto"),), 2048),
        ("header", header_crossed, (_HELLO,), 2048),
        ("http", http, (_HTTP, b"HTTP/1.0 200\ncontent-encoding: deflate\n\nx", b"HTTP/1.1 204 X\r\n\r\n"), 2048),
        ("warc", warc, (b"".join(_WARC), gzipped(_WARC)), 4096),
        ("wacz", wacz_file, (wacz({"a.warc": b"".join(_WARC)}), wacz({"a.warc": _WARC[0]}, packed=True)), 8192),
        ("cdxj", cdxj, (b"".join(_WARC), b"www.example.org:81/a?b=c&a=%20", b"2031-03-24T08:00:00.5+04:00"), 4096),
        ("robots", robots, (_ROBOTS,), 2048),
        ("address", address, (b"example.org:8080/a b?\xc3\xb1#c", b"[::1%25a]/", "münchen.example".encode()), 512),
        ("claims", claims, (CLAIMS.encode(), "\n".join(CLAIMS.splitlines()[:2]).encode("utf-16")), 4096),
        ("manifest", manifest, (b"file,title,published,obtained_at\nx,T,2031-03,2031-03-24T08:00:00Z\n",), 2048),
        ("names", names, ("nombre;edad\nJosé Pérez;20\n".encode("cp1252"), b"name,dob\nA,1/2/1990\n"), 2048),
        ("figures", figures, (NOTE.encode(), b'"Hay 1.600 presos", dijo.', b"At least 40 died, she said."), 400),
        ("values", small_values, ("veintiún mil".encode(), b"24 de marzo", b"2031-03-24", b"V-12.345.678"), 200),
    )
)  # fmt: skip
