"""Who is let in: only whoever has the token of this run, and only forms of our own pages."""

import re
import shutil
import stat
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from served_casefile import Client, form_of, serving

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.reviewing import reviews


@pytest.fixture(scope="module")
def served(prepared, tmp_path_factory):
    """One served casefile for all tests of this file: none of them changes it."""
    case = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("access") / "case"))
    with serving(case) as address:
        yield case, address


@pytest.fixture
def routes() -> list[tuple[str, str]]:
    """Every method and address of the workbench, with an example in the place of each part."""
    from recuento.workbench.urls import ROUTES

    examples = {
        "document": "0123456789abcdef",
        "spans": "0-5",
        "number": "1",
        "name": "workbench.css",
        "pair": "0123456789abcdef",
    }
    examples |= {"event": "fire", "claim": "A1", "demand": "D1", "source": "s-abcdefghjk", "layer": "01234567"}

    def plain(address: str) -> str:
        # What follows the prefix of the API is any address of it.
        told = re.sub(r"\(\?P<rest>.*", "documents/", address).replace("\\.json", ".json")
        return "/" + re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", lambda m: examples[m[1]], told)

    return [(route.method, plain(route.address)) for route in ROUTES]


def test_without_the_token_no_page_is_shown(served, routes):
    """Every page but the style sheet refuses who has no session of this run, and shows nothing of the casefile."""

    stranger = Client(served[1])
    for method, path in routes:
        if path.startswith("/static/"):
            continue
        answer = stranger.raw(method, path, {} if method == "POST" else None)
        assert answer.status == 403, path
        assert "trasladados" not in answer.text
    wrong = stranger.raw("GET", "/?token=wrong")
    assert wrong.status == 403


def test_every_post_without_its_token_is_refused(client, routes, served):
    """A form that another site sends in a reader's name changes nothing."""
    for method, path in routes:
        if method == "POST":
            assert client.raw("POST", path, {"action": "confirm"}).status == 403, path
    with Casefile.open(served[0]) as casefile:
        assert reviews(casefile).decisions == ()


def test_get_changes_nothing_and_wrong_methods_are_refused(client, routes):
    """An address that writes answers only to POST, one that shows only to GET."""
    for method, path in routes:
        answer = client.raw("GET", path) if method == "POST" else client.raw("PUT", path)
        assert answer.status in (403, 405), path


def test_the_token_leaves_the_address(served):
    """The token is exchanged for a cookie that no script and no other site can use."""

    stranger = Client(served[1])
    answer = stranger.raw("GET", f"/?{urlsplit(served[1]).query}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in answer.headers["set-cookie"] and "SameSite=Strict" in answer.headers["set-cookie"]


def test_another_host_name_is_refused(client):
    """A name that somebody else points at this computer does not get in."""
    assert client.raw("GET", "/", host="evil.example").status == 400


def test_a_session_of_an_earlier_run_is_refused(served, client):
    """Who was let in yesterday needs today's address."""

    name, value = next(iter(client.cookies.items()))
    with serving(served[0]) as again:
        late = Client(again)
        late.cookies[f"recuento_{urlsplit(again).port}"] = value
        assert name and late.raw("GET", "/").status == 403


def test_headers_keep_everything_at_home(client):
    """The policy names no other host and nothing unsafe; pages are not kept by the browser."""
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy and "http" not in policy and "default-src 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-frame-options"] == "DENY"


def test_the_key_is_for_its_owner_alone(served):
    """Nobody else on the computer can read the key that signs."""
    folder: Path = served[0] / "workbench"
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_going_back_stays_at_home(client):
    """A form cannot send a reader to another site."""
    for back in ("//evil.example", "https://evil.example", "/\\evil.example"):
        token = client.token()
        answer = client.raw("POST", "/settings/", {"csrfmiddlewaretoken": token, "keys": "on", "back": back})
        assert answer.headers["location"] == "/#keys"


def test_the_language_is_changed_where_a_form_was_refused(client):
    """A page that answers a form, however often it was sent, leads back to one that can be asked for."""
    page = client.get("/review/")
    action = re.search(r'action="(/review/[^"]+decide/)"', page.text)[1]
    for _ in range(2):
        page = client.post(action, **{**form_of(page), "speaker-typed": "", "span": "9-1"})
        assert page.status == 400
    back = re.search(r'name="back" value="([^"]+)"', page.text)[1]
    assert back == action.removesuffix("decide/")
    assert 'lang="en"' in client.post("/settings/", language="en", back=back).text
