"""Pages, XML and feeds at which parsers stand still, overflow or fetch what they should not."""

from __future__ import annotations

import json
from pathlib import Path

from hostile_files.hostile import SENTENCE, Files, Hostile, zipped
from hostile_files.sound import docx_parts, xlsx_parts

CANARY = "canario-que-no-debe-salir-7731"
"""What stands in the file beside the corpus that external entities ask for; it may stand in no text."""
CANARY_FILE = "canary.txt"


def page(inside: str, head: str = "") -> bytes:
    """A page around something."""
    return f"<!doctype html><html><head>{head}</head><body>{inside}</body></html>".encode()


def nested(tag: str, levels: int, closed: bool = True) -> bytes:
    """One tag within itself, so many times."""
    return page(f"<{tag}>" * levels + "hola" + (f"</{tag}>" * levels if closed else ""))


def pages() -> Files:
    """Web pages."""
    for tag in (
        "div",
        "ul><li",
        "table><tr><td",
        "b",
        "svg",
        "math",
        "template",
        "span",
        "font",
        "blockquote",
        "object",
        "a",
    ):
        stem = tag.partition(">")[0]
        for levels, closed in ((100_000, False), (2_000, True)):
            yield Hostile(
                "nested HTML", f"nested-{stem}-{levels}.html", lambda t=tag, n=levels, c=closed: nested(t, n, c)
            )
    yield Hostile("nested HTML", "nested-div-200000.html", lambda: nested("div", 200_000))
    yield Hostile("nested HTML", "misnested.html", lambda: page("<a><b><i><p>" * 30_000))
    yield Hostile(
        "nested HTML", "formats.html", lambda: page("".join(f"<b id={n}>" for n in range(20_000)) + "<p>x" * 100)
    )
    yield Hostile("nested HTML", "selects.html", lambda: page("<select><option>" * 60_000))
    yield Hostile(
        "nested HTML",
        "json-ld.html",
        lambda: page(f"<p>{SENTENCE}</p>", '<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
    )
    long = {
        "attributes": lambda: page("<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">hola"),
        "classes": lambda: page('<p class="' + " ".join(f"c{n}" for n in range(300_000)) + '">hola'),
        "attribute": lambda: page(f'<p title="{"a" * 20_000_000}">hola'),
        "paragraphs": lambda: page("<p>Hubo 20 heridos.</p>" * 1_500_000),
        "links": lambda: page('<a href="/x">x</a> ' * 400_000),
        "breaks": lambda: page("x<br>" * 1_000_000),
        "cells": lambda: page("<table><tr>" + "<td>1" * 500_000),
        "rows": lambda: page("<table>" + "<tr><td>1" * 300_000),
        "items": lambda: page("<ul>" + "<li>a" * 300_000),
        "text": lambda: page("Hubo 20 heridos. " * 3_000_000),
        "word": lambda: page("a" * 40_000_000),
        "entities": lambda: page("&amp;" * 2_000_000),
        "references": lambda: page("&#x41;" * 1_000_000),
        "ampersands": lambda: page("&" * 3_000_000),
        "angles": lambda: page("<" * 1_000_000),
        "open-tags": lambda: page("<a " * 500_000),
        "closing": lambda: page("</p>" * 500_000),
        "comments": lambda: page("<!--" * 300_000),
        "comment": lambda: page(f"<!--{'-' * 5_000_000}"),
        "marked": lambda: page("<![CDATA[" * 200_000),
        "declarations": lambda: page("<!x" * 300_000),
        "instructions": lambda: page("<?x" * 300_000),
        "quotes": lambda: page("<a b='" * 300_000),
        "scripts": lambda: page("<script>var a;</script>" * 200_000),
        "script-open": lambda: page("<script>" + "</scrip" * 1_000_000),
        "style": lambda: page("", "<style>" + "a{b:url(" * 500_000),
        "title": lambda: page("<p>x", f"<title>{'a ' * 5_000_000}</title>"),
        "metas": lambda: page("<p>x", '<meta name="author" content="Ana">' * 200_000),
        "meta-dates": lambda: page("<p>x", '<meta property="article:published_time" content="2031-03-24T08:00">' * 50_000),
        "dates": lambda: page("".join(f"<time datetime='20{n % 100:02d}-01-01'>1/1/{n}</time>" for n in range(60_000))),
        "digits": lambda: page("<p>" + "1" * 3_000_000, f"<meta name=date content={'2031-' * 300_000}>"),
        "urls": lambda: page("<p>" + "http://a.b/2031/03/24/" * 200_000),
        "lang": lambda: f"<html lang='{'a' * 3_000_000}'><body><p>{SENTENCE}</p></body></html>".encode(),
        "data-uri": lambda: page(f"<p>{SENTENCE}</p><img src='data:image/png;base64,{'A' * 30_000_000}'>"),
        "srcset": lambda: page("<img srcset='" + "a.jpg 1x, " * 500_000 + "'>"),
        "json": lambda: page("<p>x", '<script type="application/ld+json">' + json.dumps({"author": [{"name": "x"}] * 200_000}) + "</script>"),
        "one-line": lambda: page("<p>" + "hola " * 200_000 + "</p>" + "\n" * 3_000_000),
        "controls": lambda: page("<p>" + "\u200b\u00ad\u2028" * 700_000),
        "frames": lambda: b"<html><frameset>" + b"<frame src=a>" * 300_000,
        "bases": lambda: page("<p>x", "<base href=//x>" * 200_000),
        "namespaces": lambda: page("<a:b:c:d>" * 200_000),
        "unclosed": lambda: b"<html><body><p>" + SENTENCE.encode() + b"<p title='" + b"a" * 2_000_000,
    }  # fmt: skip
    for name, make in long.items():
        yield Hostile("long HTML", f"{name}.html", make)


def entities(levels: int, root: str) -> str:
    """A DOCTYPE whose last entity stands for 10 to the power of `levels` letters."""
    told = '<!ENTITY e0 "ja">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels + 1))
    return f"<!DOCTYPE {root} [{told}]>"


def outside(target: str, root: str) -> str:
    """A DOCTYPE with an entity, a parameter entity and a definition from elsewhere."""
    return (
        f'<!DOCTYPE {root} SYSTEM "{target}.dtd" [<!ENTITY e9 SYSTEM "{target}"><!ENTITY % p SYSTEM "{target}"> %p;]>'
    )


def xml(folder: Path) -> Files:
    """Entity bombs, entities from outside, and depth: bare, in pages, in feeds, in pictures and in office files."""
    canary = (folder / CANARY_FILE).as_uri()
    prologues = {
        "laughs": entities(9, "r"),
        "wide": f'<!DOCTYPE r [<!ENTITY e9 "{"a" * 100_000}">]>',
        "file": outside(canary, "r"),
        "passwd": outside("file:///etc/passwd", "r"),
        "http": outside("http://127.0.0.1:9/x", "r"),
        "loop": '<!DOCTYPE r [<!ENTITY e9 "&e8;"><!ENTITY e8 "&e9;">]>',
        "many": "<!DOCTYPE r [" + "".join(f'<!ENTITY x{n} "y">' for n in range(100_000)) + '<!ENTITY e9 "z">]>',
    }
    for name, prologue in prologues.items():
        used = "&e9;" * (30_000 if name == "wide" else 1)
        for extension, make in {
            "xml": lambda p=prologue, u=used: f'<?xml version="1.0"?>{p}<r>{u}</r>'.encode(),
            "svg": lambda p=prologue, u=used: f'<?xml version="1.0"?>{p}<svg xmlns="http://www.w3.org/2000/svg"><text>{u}</text></svg>'.encode(),
            "html": lambda p=prologue, u=used: f'<?xml version="1.0"?>{p}<html><body><p>{SENTENCE} {u}</p></body></html>'.encode(),
            "docx": lambda p=prologue, u=used: zipped(docx_parts(f"<w:p><w:r><w:t>{u}</w:t></w:r></w:p>", prologue=p)),
            "xlsx": lambda p=prologue, u=used: zipped(xlsx_parts(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{u}</t></is></c></row>', prologue=p)),
        }.items():  # fmt: skip
            yield Hostile("XML entities", f"{name}.{extension}", make)
    include = f'<r xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{canary}" parse="text"/></r>'
    yield Hostile("XML entities", "xinclude.xml", include.encode)
    yield Hostile("XML entities", "stylesheet.xml", f'<?xml-stylesheet href="{canary}"?><r/>'.encode)
    core = "docProps/core.xml"
    parts = docx_parts()
    for name, prologue in (("laughs", prologues["laughs"]), ("file", prologues["file"])):
        told = {**parts, core: parts[core].replace("?>", f"?>{prologue}", 1).replace("Nota", "&e9;")}
        yield Hostile("XML entities", f"core-{name}.docx", lambda told=told: zipped(told))
    yield from _deep()


def _deep() -> Files:
    deep = "<a>" * 100_000
    yield Hostile("deep XML", "deep.xml", lambda: deep.encode())
    yield Hostile(
        "deep XML", "deep.svg", lambda: ("<svg xmlns='http://www.w3.org/2000/svg'>" + "<g>" * 100_000).encode()
    )
    yield Hostile("deep XML", "deep.docx", lambda: zipped(docx_parts("<w:p>" + "<w:r>" * 100_000)))
    yield Hostile(
        "deep XML", "deep-closed.docx", lambda: zipped(docx_parts("<w:ins>" * 100_000 + "</w:ins>" * 100_000))
    )
    yield Hostile("deep XML", "deep.xlsx", lambda: zipped(xlsx_parts("<row>" * 100_000 + "</row>" * 100_000)))
    parts = docx_parts()
    for name in ("docProps/core.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"):
        stem = name.rpartition("/")[2].partition(".")[0].strip("[]_") or "rels"
        deeper = {**parts, name: deep + "</a>" * 100_000}
        yield Hostile("deep XML", f"deep-{stem}.docx", lambda deeper=deeper: zipped(deeper))
    spaces = " ".join(f'xmlns:n{n}="u{n}"' for n in range(100_000))
    yield Hostile("deep XML", "namespaces.docx", lambda: zipped(docx_parts(attributes=f" {spaces}")))
    yield Hostile(
        "deep XML",
        "attributes.docx",
        lambda: zipped(docx_parts("<w:p " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>")),
    )
    for extension in ("json", "txt", "md", "csv"):
        yield Hostile("deep XML", f"brackets.{extension}", lambda: b"[" * 100_000 + b"]" * 100_000)
    yield Hostile("deep XML", "objects.json", lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000)
    yield Hostile("deep XML", "quotes.md", lambda: b"> " * 100_000 + b"x")
    yield Hostile("deep XML", "lists.md", lambda: b"".join(b" " * n + b"- a\n" for n in range(4_000)))


def feeds() -> Files:
    """Feeds: long, deep, and with addresses that are none."""
    item = "<item><title>T</title><link>{}</link></item>"
    for name, inside in {
        "items": item.format("https://example.invalid/1") * 200_000,
        "links": "".join(item.format(one) for one in ("javascript:alert(1)", "file:///etc/passwd", "http://[", "http://127.0.0.1/", "//x", "data:text/html,x")),
        "deep": "<item>" * 100_000,
        "titles": f"<item><title>{'a' * 20_000_000}</title></item>",
        "names": "<item><a:b:c/><\u00e9/><link>https://example.invalid/1</link></item>",
    }.items():  # fmt: skip
        for extension in ("xml", "rss"):
            yield Hostile(
                "feeds",
                f"{name}.{extension}",
                lambda i=inside: f'<?xml version="1.0"?><rss><channel>{i}</channel></rss>'.encode(),
            )
