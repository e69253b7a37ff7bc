"""The dossier of the example in a real browser: every type of page, both languages, narrow and wide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from browser import NEEDS_CHROMIUM, SPACING, chromium, is_too_wide, served, violations
from recuento.casefile.demo import fill_demo, start_demo
from recuento.casefile.running import default_dossier, run

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, run whole."""
    at = datetime(2024, 11, 20, tzinfo=UTC)
    with start_demo(tmp_path_factory.mktemp("example") / "demo") as casefile:
        fill_demo(casefile, at=at)
        run(casefile, by="t", at=at)
        return default_dossier(casefile)


@pytest.fixture(scope="module")
def pages(dossier: Path) -> list[str]:
    """One page of each type in each language; of the documents the one with most to show."""
    found = []
    for language in ("es", "en"):
        root = dossier / language
        documents = sorted(root.glob("d/*/index.html"), key=lambda page: (-page.stat().st_size, str(page)))
        others = [page for page in sorted(root.rglob("index.html")) if "/d/" not in page.as_posix()]
        found += [page.relative_to(dossier).as_posix() for page in (*others, documents[0])]
    return found


@pytest.fixture(scope="module")
def address(dossier: Path) -> Iterator[str]:
    """The dossier served on loopback."""
    with served(dossier) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of this file."""
    with chromium() as running:
        yield running


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_page_of_the_example_holds(browser: Any, address: str, pages: list[str], width: int, scheme: str) -> None:
    """axe finds nothing, the console is silent, no other host is asked, nothing scrolls sideways."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    heard: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    for path in pages:
        page.goto(f"{address}/{path}")
        assert not violations(page), (path, violations(page))
        assert not is_too_wide(page), path
    page.close()
    assert len(pages) == 18 and not heard
    assert all(url.startswith(address) for url in asked), asked


def test_the_example_fits_the_narrowest_screen(browser: Any, address: str, pages: list[str]) -> None:
    """At 320 pixels, also with the text spacing of WCAG 1.4.12, nothing scrolls sideways."""
    page = browser.new_page(viewport={"width": 320, "height": 800}, bypass_csp=True)
    for path in pages:
        page.goto(f"{address}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert not is_too_wide(page), path
        page.add_style_tag(content=SPACING)
        assert not is_too_wide(page), (path, "with text spacing")
    page.close()
