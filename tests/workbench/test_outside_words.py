"""Words from outside never become a program: over a hundred payloads, preserved, then looked at in a real browser.

They stand in the text, the title, the author, the outlet, the address, the file name and the manifest of documents; the
pages are those of the workbench, of the dossier in both languages, and what the API gives out.
"""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from served_casefile import CLEAN, entered, serving

from browser import NEEDS_CHROMIUM, chromium, served
from hostile_files.script_payloads import addresses, payloads
from invented import AT, CLAIMS, SETTINGS
from recuento.casefile.casefile import Casefile
from recuento.casefile.claims.importing import apply_import, plan_import
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.reading.reading import read_what_changed
from recuento.store import documents, layers

PAYLOADS = payloads()
FILES = 5
COUNTER = """
window.__hits = []; window.hit = number => window.__hits.push(number);
window.alert = window.confirm = window.prompt = hit;
window.__refused = [];
document.addEventListener('securitypolicyviolation', e => window.__refused.push(e.violatedDirective + ' ' + e.sample));
"""
OURS = """() => [...document.querySelectorAll('*')].flatMap(one => {
  const bad = [];
  const foreign = ['iframe', 'object', 'embed', 'base', 'math', 'foreignobject', 'style'];
  const isData = one.type === 'application/ld+json' && one.attributes.length === 1;
  if (isData) JSON.parse(one.text);
  if (one.localName === 'script' && !isData && !(one.src && one.src.startsWith(location.origin + '/static/')))
    bad.push('script');
  if (foreign.includes(one.localName)) bad.push(one.localName);
  for (const { name, value } of one.attributes) {
    if (name.startsWith('on')) bad.push(name);
    if (['href', 'src', 'action', 'formaction', 'xlink:href'].includes(name) && !value.startsWith('data:image/'))
      try {
        if (['javascript:', 'vbscript:', 'data:'].includes(new URL(value, location).protocol)) bad.push(value);
      } catch { /* No address at all leads nowhere. */ }
  }
  return bad.map(what => what + ' in ' + one.outerHTML.slice(0, 120));
})"""


def share(number: int) -> list[str]:
    """The payloads of one file."""
    return PAYLOADS[number::FILES]


def page_of(number: int) -> str:
    """A page of the web whose words are payloads, escaped as an honest site would."""
    mine, link = share(number), addresses()[number]
    story = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in CLEAN.strip().split("\n\n"))
    told = "".join(f"<p>El acta dice {html.escape(one)} y nada más que eso, según consta.</p>" for one in mine)
    data = json.dumps({"@type": "NewsArticle", "headline": mine[0], "author": {"name": mine[1]}, "url": link})
    return (
        f'<!doctype html><html lang="es"><head><meta charset="utf-8"><title>{html.escape(mine[0])}</title>'
        f'<meta property="og:title" content="{html.escape(mine[0])}">'
        f'<meta name="author" content="{html.escape(mine[1])}">'
        f'<meta property="og:site_name" content="{html.escape(mine[2])}">'
        f'<link rel="canonical" href="{html.escape(link)}">'
        f'<meta property="og:url" content="{html.escape(link)}"><script type="application/ld+json">'
        f"{data.replace('<', chr(92) + 'u003c')}</script></head><body><article>"
        f"<h1>{html.escape(mine[0])}</h1>{story}{told}<div>{mine[3]}</div></article></body></html>"
    )


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casefile into which all of it was brought, by page, text, e-mail and manifest; read; and published."""
    root = tmp_path_factory.mktemp("outside words")
    case, files = root / "case", root / "files"
    case.mkdir()
    files.mkdir()
    (case / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    rows = []
    for number in range(FILES):
        mine = share(number)
        name = f"{number} {mine[4].replace('/', '⁄').replace(chr(0), '')[:60]}.html".replace("\n", " ")
        (files / name).write_text(page_of(number), encoding="utf-8")
        (files / f"{number}.txt").write_text(CLEAN + "\n\n".join(mine), encoding="utf-8")
        letter = (
            f"From: {mine[5]!a} <a@example.org>\r\nSubject: {mine[6]!a}\r\nMIME-Version: 1.0\r\nContent-Type: text/html"
        )
        body = f"<p>{CLEAN}</p>" + "".join(f"<p>{html.escape(one)}</p>" for one in mine) + mine[0]
        (files / f"{number}.eml").write_text(f"{letter}; charset=utf-8\r\n\r\n{body}", encoding="utf-8")
        if number % 2:
            told = {"title": mine[7], "outlet": mine[8], "author": mine[9], "url": addresses()[-number]}
            rows.append({"file": f"files/{number}.txt", "published": "2031-03-24", **told})
    with (root / "documents.csv").open("w", encoding="utf-8", newline="") as manifest:
        writer = csv.DictWriter(manifest, ["file", "title", "outlet", "author", "published", "url"])
        writer.writeheader()
        writer.writerows({key: value.replace("\0", "") for key, value in row.items()} for row in rows)
    with Casefile.open(case) as casefile:
        apply_import(casefile, plan_import(casefile, root / "claims.csv"), by="L. P.", at=AT)
        preserve(casefile, [files], by=PAYLOADS[0], at=AT)
        read_what_changed(casefile, at=AT)
        publish(casefile, case / "dossier", date(2031, 4, 30))
    return case


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium."""
    with chromium() as running:
        yield running


def watched(browser: Any) -> tuple[Any, list[str]]:
    """A page that counts what runs, and what it was told in dialogs and refused by its policy."""
    context = browser.new_context()
    context.add_init_script(COUNTER)
    page, heard = context.new_page(), []
    page.on("dialog", lambda dialog: (heard.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    return page, heard


def found_on(page: Any) -> list[str]:
    """Everything on the page that ran, was refused, or is no markup of ours."""
    ran = page.evaluate("() => [...window.__hits.map(n => 'ran ' + n), ...window.__refused]")
    return [*ran, *page.evaluate(OURS)]


pytestmark = NEEDS_CHROMIUM


def test_the_payloads_run_where_nothing_stops_them(browser: Any) -> None:
    """Put unescaped into a page without a policy, many of them run and almost all are seen: the trial can fail."""
    assert len(PAYLOADS) >= 100
    page, _ = watched(browser)
    ran, seen = 0, 0
    for some in (PAYLOADS[:20], PAYLOADS[20:50], PAYLOADS[80:110]):
        page.goto("about:blank")
        for one in some[::2]:
            page.evaluate("words => { document.body.innerHTML = words }", one)
            seen += bool(page.evaluate(OURS))
        page.wait_for_timeout(150)
        ran += len(set(page.evaluate("window.__hits")))
    page.context.close()
    assert ran >= 10 and seen >= 25, (ran, seen)


def test_payloads_arrive_as_words(case: Path) -> None:
    """They came through: the frozen texts and the descriptions hold them, so that there is something to escape."""
    with Casefile.open(case) as casefile, casefile.database.reading() as connection:
        known = documents.all(connection)
        texts = "\n".join(layer.text for one in known for layer in layers.of(connection, one.sha256))
        titles = {one.description.title for one in known}
    plain = " ".join(texts.split())
    assert sum(" ".join(one.replace("\0", "").split()) in plain for one in PAYLOADS) > 0.9 * len(PAYLOADS)
    assert len(known) == 3 * FILES and len(titles & set(PAYLOADS)) >= 4
    for one in known:
        # What the manifest tells is vouched for; what a page says of itself is not.
        assert ("title" in one.description.extracted) == (not one.name.endswith(".txt")), one.name


def test_nothing_runs_in_the_workbench(browser: Any, case: Path) -> None:
    """Queue, capture, history, events, documents, statements under review: nothing runs, nothing is refused."""
    page, heard = watched(browser)
    with Casefile.open(case) as casefile, casefile.database.reading() as connection:
        shas = [one.sha256[:16] for one in documents.all(connection)]
    with serving(case) as address:
        page.goto(address)
        base = page.url.rstrip("/")
        paths = [
            "/",
            "/capture/",
            "/history/",
            "/event/fire/",
            "/review/",
            "/orphans/",
            *(f"/document/{sha}/" for sha in shas),
        ]
        paths += [f"/add/{sha}/" for sha in shas[::6]]
        paths += [f"/cast/actor/?{urlencode({'name': one, 'role_es': one, 'from': one})}" for one in PAYLOADS[::9]]
        paths += [f"/cast/?{urlencode({'q': PAYLOADS[0]})}"]
        for path in paths:
            answer = page.goto(f"{base}{path}")
            assert answer.status == 200, path
            assert found_on(page) == [], path
            policy = answer.headers["content-security-policy"]
            assert "script-src 'self'" in policy and "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
        page.goto(f"{base}/review/")
        for _ in range(6):
            page.keyboard.press("j")
            page.wait_for_timeout(60)
            assert found_on(page) == []
        page.context.close()
        assert heard == []
        _check_programs_answers(address, shas)


def _check_programs_answers(address: str, shas: list[str]) -> None:
    """What the API gives out is JSON by its type, and is never sniffed for anything else."""
    client = entered(address)
    marked = [sha for sha in shas if "Lo que el archivo dice de sí mismo" in client.get(f"/document/{sha}/").text]
    assert len(marked) == 2 * FILES, "pages and e-mails say something of themselves, plain texts nothing"
    for path in ("/api/v1/documents/", "/api/v1/statements/", "/api/v1/changes/"):
        answer = client.get(path)
        assert answer.status == 200 and answer.headers["content-type"].startswith("application/json"), path
        assert answer.headers["x-content-type-options"] == "nosniff"
    for sha in shas[:2]:
        # Originals are not given out: there is no address of them to serve in a wrong way.
        for path in (f"/document/{sha}/original", f"/original/{sha}/", f"/static/{sha}"):
            assert client.raw("GET", path).status == 404


def test_nothing_runs_in_the_dossier(browser: Any, case: Path) -> None:
    """Every page of the dossier that holds a payload, in both languages: nothing runs, nothing is refused."""
    dossier = case / "dossier"
    pages = sorted(path.relative_to(dossier).as_posix() for path in dossier.rglob("*.html"))
    told = [path for path in pages if "hit(" in (dossier / path).read_text(encoding="utf-8")]
    assert len(told) >= 2 * FILES
    page, heard = watched(browser)
    with served(dossier) as address:
        for path in told:
            page.goto(f"{address}/{path}")
            assert found_on(page) == [], path
    page.context.close()
    assert heard == []
