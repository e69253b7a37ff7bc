"""Every type of page in a real browser: accessible, self-contained, and never wider than the screen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from invented_dossier import EVENT, documents, many_claims, valdeoscuro

from browser import NEEDS_CHROMIUM, SPACING, chromium, is_too_wide, served, violations
from recuento.model.demand import DemandState
from recuento.model.edition import ToldClash
from recuento.publish.build import Built, build, build_edition
from recuento.publish.freezing import frozen, kept
from recuento.publish.notices import notice_page
from recuento.publish.retraction import tombstone
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

pytestmark = NEEDS_CHROMIUM

_LETTER = documents()[0].document.sha256[:16]
PAGES = {
    "es": (
        "es/index.html",
        f"es/s/{EVENT}/index.html",
        "es/c/valdeoscuro/index.html",
        "es/centros/index.html",
        f"es/d/{_LETTER}/index.html",
        "es/demandas/index.html",
        "es/datos/index.html",
        "es/metodo/index.html",
        "es/cambios/index.html",
        f"v2/es/s/{EVENT}/index.html",
        f"v1/es/s/{EVENT}/index.html",
        "moved/es/index.html",
        "quotes/es/s/" + EVENT + "/index.html",
        f"quotes/es/d/{_LETTER}/index.html",
    ),
    "en": (
        "en/index.html",
        f"en/s/{EVENT}/index.html",
        "en/c/valdeoscuro/index.html",
        "en/facilities/index.html",
        f"en/d/{_LETTER}/index.html",
        "en/demands/index.html",
        "en/data/index.html",
        "en/method/index.html",
        "en/changes/index.html",
        "v2/en/changes/index.html",
        f"v1/en/s/{EVENT}/index.html",
        "moved/en/index.html",
    ),
}
"""Each type of page; under quotes/ the dossier with many figures, machine readings and no whole texts.

The dossier is a second edition: frozen under v2/; under v1/ is a withdrawn page, under moved/ one that left.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two dossiers served on loopback."""
    root = tmp_path_factory.mktemp("dossier")
    second = _second_edition()
    _write(root, second.files)
    _write(root / "v2", {path: make() for path, make in kept(second.files, 2, date(2017, 12, 24)).items()})
    for language in ("es", "en"):
        page = f"{language}/s/{EVENT}/index.html"
        withdrawn = frozen(page, tombstone(page, PartialDate(2017, 12), "Recuento"), 1, date(2017, 11, 30))
        _write(root / "v1", {page: withdrawn, f"{language}/index.html": second.files[f"{language}/index.html"]})
        path = f"{language}/index.html"
        _write(root / "moved", {path: notice_page(path, "Recuento", "moved")})
    for place in ("v1", "moved"):
        _write(root / place, {path: data for path, data in second.files.items() if path.startswith("style/")})
    _write(root / "quotes", build(valdeoscuro(texts=False, unreviewed=True, extra=many_claims(65), address=None)))
    with served(root) as address:
        yield address


def _second_edition() -> Built:
    """An edition that changed figures, limits, demands and contradictions of the one before."""
    first = build_edition(valdeoscuro(address=None))
    event = first.told[0]
    figures = (*(replace(one, mark="other", words=Bilingual("antes", "before")) for one in event.figures[1:3]),)
    before = replace(
        event,
        figures=(*figures, *event.figures[4:]),
        bounds=tuple(replace(one, low=one.low + 1) for one in event.bounds),
        clashes=(ToldClash(("x", "y"), Bilingual("choque de antes", "an earlier clash")),),
        demands=tuple(replace(one, state=DemandState.OVERDUE) for one in event.demands[1:]),
    )
    later = replace(valdeoscuro(address=None), number=2, edition=date(2017, 12, 24), earlier=(first.edition,))
    return build_edition(replace(later, last_told=(before,)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of this file."""
    with chromium() as running:
        yield running


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("es", 360, "light"),
        ("es", 1280, "dark"),
        ("en", 360, "dark"),
        ("en", 1280, "light"),
    ],
)
def test_pages_are_accessible_and_ask_nobody_else(
    browser: Any, address: str, language: str, width: int, scheme: str
) -> None:
    """axe finds nothing, the console is silent, no other host is asked, nothing scrolls sideways."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    heard, asked = [], []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    heaviest = (width, scheme) in ((360, "dark"), (1280, "light"))
    for path in PAGES[language]:
        if path.startswith("quotes/") and not heaviest:
            continue
        page.goto(f"{address}/{path}")
        assert _is_styled(page), path
        assert not violations(page), (path, violations(page))
        assert not is_too_wide(page), path
    page.close()
    assert not heard
    assert all(url.startswith(address) for url in asked), asked


def test_at_320_pixels_with_wide_text_nothing_scrolls_sideways(browser: Any, address: str) -> None:
    """The narrowest screen, and the text spacing of WCAG 1.4.12, in both languages."""
    page = browser.new_page(viewport={"width": 320, "height": 800}, bypass_csp=True)
    for path in (*PAGES["es"], *PAGES["en"]):
        page.goto(f"{address}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert not is_too_wide(page), path
        page.add_style_tag(content=SPACING)
        assert not is_too_wide(page), (path, "with text spacing")
    page.close()


def test_the_root_leads_on_and_links_work_without_script(browser: Any, address: str) -> None:
    """With scripts switched off the root leads to the first language, and a figure to its words in the document."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/index.html")
    page.wait_for_url("**/es/index.html")
    page.click("article h3 a")
    page.click(f"#c-c3 a[href*='{_LETTER}']")
    page.wait_for_url("**#s-l1")
    assert page.locator("#s-l1").count() == 1
    assert "por lo menos diecinueve" in page.locator("mark").first.inner_text()
    context.close()


def test_pages_open_from_a_folder(browser: Any, tmp_path: Path) -> None:
    """A dossier on a stick, opened as files, is styled and whole."""
    _write(tmp_path, build(valdeoscuro(address=None)))
    page = browser.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.goto((tmp_path / f"es/s/{EVENT}/index.html").as_uri())
    assert _is_styled(page) and not heard
    page.close()


def _write(root: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _is_styled(page: Any) -> bool:
    return bool(page.evaluate("getComputedStyle(document.querySelector('.wrap')).maxWidth !== 'none'"))
