"""A team signs in through real processes, on an encrypted line, in a real browser: accessible, all from one host."""

import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from served_team import make_members, serving_team, tell_how_to_serve
from team_site import PASSWORD

from browser import NEEDS_CHROMIUM, SPACING, chromium, is_too_wide, violations

pytestmark = [
    *NEEDS_CHROMIUM,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed"),
]
PAGES = (
    "/me/", "/me/password/", "/me/second-factor/", "/me/sessions/", "/team/", "/me/logout/",
    "/me/second-factor/app/", "/people/", "/api/v1/docs/",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(prepared, tmp_path_factory):
    """A casefile served to a team."""
    case = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("served-team") / "case"))
    tell_how_to_serve(case)
    make_members(case, {"ana": ["documentation"]})
    with serving_team(case) as address:
        yield address


@pytest.fixture
def page(address):
    """A page that notes what it fetches and every complaint; complaints fail the test."""
    with chromium() as running:
        context = running.new_context(viewport={"width": 1280, "height": 900}, ignore_https_errors=True)
        page = context.new_page()
        complaints, hosts = [], set()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        yield page
        context.close()
        assert [one for one in complaints if "403" not in one] == []
        assert hosts == {urlsplit(address).netloc}


def test_a_member_signs_in_and_every_page_is_accessible(page, address):
    """By keyboard alone; no page has a fault that axe finds, wide or narrow, light or dark, nor scrolls sideways."""
    page.goto(address + "/review/")
    assert "/me/login/" in page.url
    found = list(check(page, "/me/login/"))
    page.locator("#id_login").focus()
    page.keyboard.type("ana")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/review/" in url)
    for path in PAGES:
        page.goto(address + path)
        if "/me/reauthenticate/" in page.url:
            found += check(page, page.url)
            page.fill("#id_password", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "/me/second-factor/app/" in url)
        found += check(page, path)
    assert found == []


def check(page, path):
    """What is wrong with the page, narrow and light, wide and dark, and with the text spread."""
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        yield from ((path, width, scheme, *fault) for fault in violations(page))
    page.set_viewport_size({"width": 320, "height": 900})
    page.evaluate(
        "words => { const s = new CSSStyleSheet(); s.replaceSync(words); document.adoptedStyleSheets = [s]; }", SPACING
    )
    if is_too_wide(page):
        yield (path, 320, "too wide")
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size({"width": 1280, "height": 900})
