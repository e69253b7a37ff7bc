"""What a capture needs to know of a page: where it sends its reader, which pictures and styles it shows, what bars it.

Runs in the jail alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from recuento.preserve.parsers.characters import declared_in_markup, decoded

_PARTS_MAX = 2000
_ADDRESS_CHARACTERS_MAX = 4096
_REFRESH = re.compile(r"""\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?['"]?([^'"]+)""", re.I)
_CSS_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^)"'\s]*))\s*\)|@import\s+["']([^"'\n]+)["']""", re.I
)


def look_at_page(data: bytes) -> dict[str, Any]:
    """Base, refresh, parts and signs of a page, as plain data; of a style sheet, its parts (`look_at_style`)."""
    text = decoded(data, declared_in_markup(data)).text
    parser = html.HTMLParser(huge_tree=False, no_network=True)
    try:
        page = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text) or "<p>", parser=parser)
    except (etree.ParserError, ValueError):
        return {"parts": []}
    base = page.find(".//base[@href]")
    shown = " ".join(page.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]"))
    return {
        "base": _short(base.get("href")) if base is not None else "",
        "title": _short(" ".join("".join(page.xpath("//title[1]//text()")).split())),
        "heading": _short(" ".join(" ".join(page.xpath("(//h1)[1]//text()")).split())),
        "refresh": _refresh(page),
        "parts": list(_parts(page))[:_PARTS_MAX],
        "passwords": len(page.xpath("//input[translate(@type,'PASWORD','pasword')='password']")),
        "words": len(shown.split()),
        "start": _short(" ".join(shown.split())[:2000]),
        "free": _is_free(text),
        "challenge": any(mark in text for mark in _CHALLENGES),
    }


def look_at_style(data: bytes) -> dict[str, Any]:
    """The addresses that a style sheet draws in."""
    return {"parts": [[address, "style part"] for address in _in_style(data.decode("utf-8", "replace"))][:_PARTS_MAX]}


_CHALLENGES = (
    "cf-browser-verification",
    "cf_chl_opt",
    "/cdn-cgi/challenge-platform/",
    "_Incapsula_Resource",
    "g-recaptcha",
    "h-captcha",
    "hcaptcha.com/1/api.js",
    "ddos-guard",
    "px-captcha",
    "datadome",
)
"""What the pages of the usual guards against programs hold. They count only where little else is on the page."""


def _parts(page: Any) -> Iterator[list[str]]:
    """What the page shows: styles first, since a page without them is not the page, then pictures."""
    for link in page.xpath("//link[@href and @rel]"):
        kinds = (link.get("rel") or "").lower().split()
        if "stylesheet" in kinds:
            yield [_short(link.get("href")), "style"]
    for style in page.xpath("//style/text() | //@style"):
        for address in _in_style(str(style)):
            yield [address, "style part"]
    for picture in page.xpath(
        "//img | //source | //input[@src] | //video[@poster] | //body[@background] | //svg//image"
    ):
        for name in ("src", "poster", "background", "href", "data-src"):
            if picture.tag == "source" and name == "src" and picture.getparent().tag in ("video", "audio"):
                continue
            if picture.get(name):
                yield [_short(picture.get(name)), "picture"]
        for address in _in_set(picture.get("srcset") or ""):
            yield [address, "picture"]
    for link in page.xpath("//link[@href and @rel]"):
        if {"icon", "shortcut"} & set((link.get("rel") or "").lower().split()):
            yield [_short(link.get("href")), "picture"]


def _in_style(text: str) -> Iterator[str]:
    for match in _CSS_ADDRESS.finditer(text):
        address = next((group for group in match.groups() if group), "").strip()
        if address and not address.startswith(("data:", "#")):
            yield _short(address)


def _in_set(value: str) -> Iterator[str]:
    """The first address of a srcset: the others are the same picture in other sizes."""
    first = value.strip().split()
    if first and not first[0].startswith("data:"):
        yield _short(first[0].rstrip(","))


def _refresh(page: Any) -> list[Any]:
    """Seconds and address of a page that sends its reader on by itself."""
    for meta in page.xpath("//meta[@http-equiv and @content]"):
        match = _REFRESH.match(meta.get("content") or "")
        if (meta.get("http-equiv") or "").lower() == "refresh" and match:
            return [int(match[1]), _short(match[2])]
    return []


def _is_free(text: str) -> bool:
    """False where the page itself says that it is not for everybody (schema.org)."""
    return re.search(r'"isAccessibleForFree"\s*:\s*"?false', text, re.I) is None


def _short(words: str | None) -> str:
    return (words or "").strip()[:_ADDRESS_CHARACTERS_MAX].encode("utf-8", "replace").decode("utf-8")
