"""The dossier as a whole: whole links, the same ids in both languages, the same bytes, nothing from elsewhere."""

import gzip
import json
import posixpath
import re
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urldefrag

import pytest
from invented_dossier import EVENT, PRIVATE_NAMES, many_claims, valdeoscuro

from recuento.errors import CheckFailed
from recuento.model.accounts import Agreement
from recuento.publish import shares
from recuento.publish.build import build, build_edition
from recuento.publish.event_page import _URGENCY
from recuento.publish.freezing import kept
from recuento.publish.tongue import phrases
from recuento.values.bilingual import Bilingual

_VOID = {"meta", "link", "br", "rect", "circle", "path", "line", "use"}


class Reader(HTMLParser):
    """Ids, links, tags and attributes of a page, and whether every tag that opens also closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self._seen(tag, attrs)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that is whole."""
        self._seen(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Note a tag that closes."""
        if tag in _VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.text.append(data)

    def _seen(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")


@cache
def files(case: str = "plain") -> dict[str, bytes]:
    """The built dossier: as it is, or with many figures, only quotes and unreviewed readings."""
    if case == "plain":
        return build(valdeoscuro())
    return build(valdeoscuro(texts=False, unreviewed=True, extra=many_claims(65), address=None))


def pages(case: str = "plain") -> dict[str, Reader]:
    """Every page, read."""
    return {path: Reader(content.decode()) for path, content in files(case).items() if path.endswith(".html")}


CASES = pytest.mark.parametrize("case", ["plain", "many"])


@CASES
def test_every_internal_link_and_fragment_resolves(case: str) -> None:
    """A link leads to a file that is there, and its fragment to an id on that page: in the newest and as it is kept."""
    built = files(case)
    built = {**built, **{f"v1/{path}": make() for path, make in kept(built, 1, date(2017, 11, 30)).items()}}
    read = {path: Reader(content.decode()) for path, content in built.items() if path.endswith(".html")}
    checked = 0
    for path, page in read.items():
        for link in page.links:
            target, fragment = urldefrag(link)
            if re.match(r"https?://", target):
                continue
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert there in built, f"{path} links to {link}, which is not there"
            if fragment:
                assert fragment in read[there].ids, f"{path} links to {link}, which has no such id"
            checked += 1
    assert checked > 600


@CASES
def test_ids_are_distinct_and_tags_balanced(case: str) -> None:
    """No page bears an id twice or leaves a tag open."""
    for path, page in pages(case).items():
        assert len(page.ids) == len(set(page.ids)), path
        assert not page.open and not page.unbalanced, (path, page.open, page.unbalanced)


@CASES
def test_both_languages_have_the_same_pages_and_ids(case: str) -> None:
    """What can be cited in one language can be cited in the other."""
    read = pages(case)
    for kind in ("s", "c", "d"):
        spanish = {path[3:] for path in read if path.startswith(f"es/{kind}/")}
        assert spanish
        for path in spanish:
            assert read[f"es/{path}"].ids == read[f"en/{path}"].ids, path
    for here, there in (("metodo", "method"), ("demandas", "demands"), ("datos", "data"), ("centros", "facilities")):
        assert read[f"es/{here}/index.html"].ids == read[f"en/{there}/index.html"].ids


def test_the_same_dossier_gives_the_same_bytes() -> None:
    """Nothing depends on the clock, on chance or on the order of a set."""
    assert build(valdeoscuro()) == build(valdeoscuro())


def test_several_processes_give_the_bytes_and_the_order_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares made elsewhere come home whole; what must not leave is found there as it is here."""
    monkeypatch.setattr(shares, "_SHARE", 1)
    account = valdeoscuro().events[0]
    other = replace(account, event=replace(account.event, id="otro"), demands=())
    dossier = replace(valdeoscuro(), events=(account, other))
    assert list(build_edition(dossier, 2).files.items()) == list(build_edition(dossier, 1).files.items())
    named = replace(other, event=replace(other.event, summary=Bilingual.same(PRIVATE_NAMES[0])))
    for jobs in (1, 2):
        with pytest.raises(CheckFailed, match=r"s/otro/index\.html"):
            build_edition(replace(dossier, events=(account, named)), jobs)


@CASES
def test_no_script_no_inline_style_no_foreign_resource(case: str) -> None:
    """A strict content security policy has nothing to refuse, and no other host is ever asked."""
    for path, page in pages(case).items():
        assert "style" not in page.tags, path
        for tag, name, value in page.attributes:
            assert name != "style" and not name.startswith("on"), (path, tag, name)
            assert name != "src", (path, value)
            if tag == "link" and name == "href" and value.endswith(".css"):
                assert "//" not in value
        data = page.attributes.count(("script", "type", "application/ld+json"))
        assert page.tags.count("script") == data, path
    css = files(case)["style/recuento.css"].decode()
    assert "url(" not in css and "@import" not in css


@CASES
def test_the_event_page_is_small(case: str) -> None:
    """With 90 figures the page of an event stays under 20 kB gzipped."""
    for language in ("es", "en"):
        content = files(case)[f"{language}/s/{EVENT}/index.html"]
        assert len(gzip.compress(content, mtime=0)) <= 20_000


@CASES
def test_every_figure_of_an_event_stands_on_its_page_once(case: str) -> None:
    """Each published figure has exactly one address, whichever table tells it."""
    event = json.loads(files(case)[f"files/{EVENT}/event.json"])
    ids = pages(case)[f"es/s/{EVENT}/index.html"].ids
    for claim in event["claims"]:
        assert ids.count(f"c-{claim['id']}") == 1, claim["id"]


def test_the_root_leads_to_the_first_language() -> None:
    """The root page goes to the first language and links to all."""
    root = files()["index.html"].decode()
    assert 'content="0; url=es/index.html"' in root
    assert 'href="es/index.html"' in root and 'href="en/index.html"' in root


def test_json_ld_is_data_and_no_verdict() -> None:
    """The linked data in the page parses, names an Event with Claims and gives no rating."""
    page = files()[f"es/s/{EVENT}/index.html"].decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found is not None
    data = json.loads(found[1])
    assert data["@type"] == "Event" and {claim["@type"] for claim in data["subjectOf"]} == {"Claim"}
    assert "ClaimReview" not in found[1]


def test_numbers_and_dates_are_written_as_each_language_does() -> None:
    """1.600 and «20 sept» style in Spanish, 1,600 in English."""
    spanish, english = (" ".join(pages()[f"{language}/s/{EVENT}/index.html"].text) for language in ("es", "en"))
    assert "1.600" in spanish and "1,600" not in spanish
    assert "1,600" in english and "1.600" not in english
    assert "30 nov 2017" in spanish and "30 Nov 2017" in english


def test_one_language_alone_builds() -> None:
    """A dossier in one language has no link to another."""
    alone = build(valdeoscuro(languages=("en",)))
    assert not any(path.startswith("es/") for path in alone)
    assert b'hreflang="es"' not in alone["en/index.html"]


def test_silence_is_drawn_as_silence_and_never_as_zero() -> None:
    """A party that says nothing has a ruled cell that says so."""
    page = files()[f"es/s/{EVENT}/index.html"].decode()
    assert '<td role="cell" class="mute">' in page and "no dice nada" in page
    assert "dice que no se sabe" in page


def test_what_does_not_fit_is_told_in_red_with_the_reason() -> None:
    """The lead tells what is implied, then the figure that does not fit and by how much."""
    page = files()[f"es/s/{EVENT}/index.html"].decode()
    lead = page[page.index('class="lead"') : page.index('class="also"')]
    assert lead.index("16 a 21") < lead.index("No cabe:")
    assert 'class="ans off"' in lead and "queda 2 por debajo" in lead


def test_every_way_of_agreeing_has_its_place_and_words() -> None:
    """A new kind of agreement cannot be forgotten by the pages."""
    assert set(_URGENCY) == set(Agreement)
    assert {f"agree_{agreement.value}" for agreement in Agreement} <= phrases().keys()


def test_a_figure_told_in_two_rows_has_one_address() -> None:
    """Where a claim answers two questions, only the first telling bears its id."""
    dossier = valdeoscuro()
    account = dossier.events[0]
    twice = replace(account.table, rows=(*account.table.rows, replace(account.table.rows[0], subset="otra vez")))
    built = build(replace(dossier, events=(replace(account, table=twice),)))
    page = Reader(built[f"es/s/{EVENT}/index.html"].decode())
    assert page.ids.count("c-c3") == 1 and len(page.ids) == len(set(page.ids))
    assert sum("por lo menos diecinueve" in words for words in page.text) >= 2


def test_what_was_said_in_all_is_told_from_the_numbers_said() -> None:
    """The span of what was said holds the numbers literally said: "up to 3" opens nothing upward."""
    page = files()[f"es/s/{EVENT}/index.html"].decode()
    brief = page[page.index('class="tbl brief"') : page.index('id="f-1"')]
    assert "412 a 1.600" in brief and "0 a 3<" in brief
