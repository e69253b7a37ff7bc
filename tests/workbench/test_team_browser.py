"""A team signs in through real processes, on an encrypted line, in a real browser: accessible, all from one host."""

import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from served_team import give_roles, make_members, serving_team, tell_how_to_serve, trusting
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
def team(prepared, tmp_path_factory):
    """A casefile served to a team: its folder and the address."""
    case = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("served-team") / "case"))
    tell_how_to_serve(case)
    make_members(case, {"ana": ["documentation"], "eva": ["documentation"]})
    with serving_team(case) as address:
        yield case, address


@pytest.fixture
def address(team):
    """The address of the server."""
    return team[1]


@pytest.fixture
def page(team, address):
    """A page that notes what it fetches and every complaint; complaints fail the test."""
    with chromium(trusting(team[0])) as running:
        context = running.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        complaints, hosts = [], set()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        yield page
        context.close()
        assert [one for one in complaints if "403" not in one and "404" not in one] == []
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


def sign_in(page, address, user):
    """Fill in user name and password."""
    page.goto(address + "/me/login/")
    page.fill("#id_login", user)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")


def test_a_security_key_lets_in_and_is_asked_for_again(page, team, address):
    """Registered, it is the second factor for signing in and for what cannot be taken back; another key is not, nor
    is none; it can be given another name; the last one cannot be removed while a role needs it; accessible."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    mine = line.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    sign_in(page, address, "eva")
    page.wait_for_url(lambda url: "/me/login/" not in url)
    page.goto(address + "/me/second-factor/keys/add/")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_name")
    found = list(check(page, "keys/add/"))
    page.fill("#id_name", "azul, llavero")
    page.keyboard.press("Enter")
    page.wait_for_url(address + "/me/second-factor/codes/")
    assert page.locator(".codes li").count() == 10
    (made,) = line.send("WebAuthn.getCredentials", {"authenticatorId": mine})["credentials"]
    assert made["rpId"] == "localhost"
    give_roles(team[0], "eva", "documentation", "keeper-of-names")
    page.goto(address + "/me/second-factor/keys/")
    found += check(page, "keys/")
    page.click("text=Cambiarle el nombre")
    page.wait_for_selector("#id_name")
    found += check(page, "keys/rename/")
    page.fill("#id_name", "la de casa")
    page.keyboard.press("Enter")
    page.wait_for_url(address + "/me/second-factor/keys/")
    assert "la de casa" in page.text_content("main") and "azul, llavero" not in page.text_content("main")
    page.click("text=Quitar la llave")
    page.click("button.go")
    assert "exige el segundo factor" in page.text_content("[role=alert]")
    page.context.clear_cookies()
    sign_in(page, address, "eva")
    page.wait_for_selector("[data-webauthn]")
    found += check(page, "authenticate/")
    page.goto(address + "/review/")
    assert "/me/second-factor/authenticate/" in page.url, "the password alone lets in"
    page.click("text=Entrar con la llave")
    page.wait_for_url(lambda url: "/me/" not in url)
    page.goto(address + "/unseal/s-abcdefghjk/")
    assert "/me/second-factor/keys/again/" in page.url
    found += check(page, "keys/again/")
    line.send("WebAuthn.setUserVerified", {"authenticatorId": mine, "isUserVerified": True})
    line.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": mine})
    other = line.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    page.click("button.go")
    page.wait_for_function("document.querySelector('[data-said]').textContent.includes('no respondió')")
    line.send("WebAuthn.addCredential", {"authenticatorId": other, "credential": made | {"signCount": 50}})
    page.click("button.go")
    page.wait_for_url(address + "/unseal/s-abcdefghjk/")
    assert "/keys/again/" not in page.url and found == []


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
