"""Every page of a team's workbench against every role and strangers: what is allowed is told here, route by route."""

import re

import pytest
from team_site import token_in

from recuento.workbench.roles import EVERY_ROLE, Role

EXAMPLES = {
    "pair": "0123456789abcdef",
    "event": "fire",
    "claim": "A1",
    "demand": "D01234567",
    "document": "0123456789abcdef",
    "spans": "0-5",
    "layer": "01234567",
    "number": "1",
    "name": "workbench.css",
    "uidb36": "1",
    "pk": "1",
    "key": "a",
    "source": "s-abcdefghjk",
}
LOGIN = "/me/login/"


def address_of(route):
    """An address of the route, with an example in the place of each part."""
    plain = re.sub(r"\(\?P<rest>.*", "documents/", route.address).replace("\\.", ".")
    return "/" + re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", lambda m: EXAMPLES[m[1]], plain)


def routes():
    """Every route of a team's workbench."""
    from recuento.workbench.team.urls import ROUTES

    return [(route, address_of(route)) for route in ROUTES]


def is_refused(answer):
    """Whether the gate refused it: with the page that says so, or by asking to sign in."""
    return answer.status_code in (401, 403) or (answer.status_code == 303 and answer["Location"].startswith(LOGIN))


@pytest.fixture(scope="module")
def clients(team):
    """A signed-in browser for each role alone, for no role, and one of a stranger."""
    made = {role: team.client(team.member(role)) for role in Role}
    return {**made, None: team.client(team.member()), "stranger": team.client()}


def ask(client, route, path, token):
    """Ask as a browser of ours would, with the token of a form."""
    return client.get(path) if route.method == "GET" else client.post(path, {"csrfmiddlewaretoken": token})


TABLE = """
open    GET,POST  me/login/  me/logout/  me/second-factor/authenticate/  me/password/choose/1-a/
open    GET       me/inactive/  me/password/chosen/  static/workbench.css
open    POST      settings/
self    GET,POST  me/reauthenticate/  me/password/  me/second-factor/reauthenticate/  me/second-factor/app/
self    GET,POST  me/second-factor/keys/add/  me/second-factor/keys/again/  me/second-factor/keys/1/remove/
self    GET,POST  me/second-factor/keys/1/rename/
self    GET       me/second-factor/keys/
self    GET,POST  me/second-factor/app/remove/  me/second-factor/codes/renew/  me/sessions/
self    GET       me/  me/second-factor/  me/second-factor/codes/
self    POST      me/tokens/make/  me/tokens/revoke/
RDAPK   GET       @  review/0123456789abcdef/0-5/  history/  history/0123456789abcdef/0-5/  effect/1/  team/
.DA..   GET       review/  add/0123456789abcdef/
.DA..   POST      review/0123456789abcdef/0-5/decide/  review/0123456789abcdef/0-5/redraw/
RDAPK   POST      undo/
.DA..   POST      add/0123456789abcdef/decide/  add/0123456789abcdef/redraw/
RDAPK   GET       event/fire/  event/fire/brief/  event/fire/claim/A1/  event/fire/demand/D01234567/
RDAPK   GET       document/0123456789abcdef/  claim/A1/  demand/D01234567/
RDAPK   GET       document/0123456789abcdef/layer/01234567/  orphans/
.DA..   POST      document/0123456789abcdef/describe/
..A..   POST      event/fire/claim/A1/withdraw/
.DA..   POST      event/fire/demand/D01234567/settle/
.DA..   GET       capture/
.DA..   POST      capture/files/  capture/text/  capture/addresses/  capture/clear/
RDAPK   GET       api/v1/docs/  api/v1/openapi.json  api/v1/documents/
...P.   GET       publish/  publish/out/
...P.   POST      publish/out/hold/  publish/out/withdraw/
...P.   POST      publish/compare/  publish/hold/  publish/request/  publish/confirm/
....K   GET       unseal/  unseal/s-abcdefghjk/
....K   POST      unseal/s-abcdefghjk/open/  unseal/s-abcdefghjk/packet/
.DA..   GET       cast/  cast/actor/
.DA..   POST      cast/actor/add/  cast/name/add/
..A..   GET       cast/facility/  cast/event/
..A..   POST      cast/facility/add/  cast/event/add/
....K   GET       people/  people/0123456789abcdef/
....K   POST      people/link/  people/undo/  people/0123456789abcdef/decide/
"""
"""Who may ask for which page: R reader, D documentation, A analyst, P publisher, K keeper of names; `self` whoever has
signed in, without any role too; `open` everybody. A new page is written in here, or the test fails; @ is the first.
"""
LETTERS = dict(zip("RDAPK", Role, strict=True))


def table():
    """Method and address to who may ask: the letters, `self` or `open`."""
    found = {}
    for line in TABLE.strip().splitlines():
        who, methods, *addresses = line.split()
        for method in methods.split(","):
            found |= {(method, "/" + address.removeprefix("@")): who for address in addresses}
    return found


def test_every_page_is_in_the_table(team):
    """No page exists of which the table does not say who may ask for it, and none is told of that is not there."""
    assert {(route.method, path) for route, path in routes()} == set(table())


def test_every_page_is_open_to_exactly_those_whom_the_table_names(team, clients):
    """Page by page and role by role, with no role and as a stranger: allowed or refused as the table says."""
    told, wrong = table(), []
    tokens = {who: token_in(client.get(LOGIN, follow=True)) for who, client in clients.items()}
    for route, path in routes():
        for who, client in clients.items():
            if path == "/me/logout/" and who != "stranger":
                continue
            may = told[route.method, path]
            letter = next((each for each, role in LETTERS.items() if role == who), "-")
            allowed = may == "open" or (may == "self" and who != "stranger") or letter in may
            answer = ask(client, route, path, tokens[who])
            if is_refused(answer) == allowed:
                wrong.append((route.method, path, who, answer.status_code, allowed))
            assert answer.status_code < 500, (path, who)
            if not allowed:
                assert "trasladados" not in answer.content.decode()
                assert "Valdeoscuro" not in answer.content.decode() or who in LETTERS.values()
    assert wrong == []


def test_every_post_without_its_token_is_refused(team):
    """Whoever holds every role still cannot be made to send a form that is not from our pages."""
    client = team.client(team.member(*EVERY_ROLE))
    for route, path in routes():
        if route.method == "POST":
            answer = client.post(path, {"action": "confirm"})
            again = answer.status_code == 303 and answer["Location"].startswith("/me/second-factor/reauthenticate/")
            assert answer.status_code == 403 or (route.again and again), path


def test_a_view_without_a_route_is_refused_to_everybody(team):
    """What somebody mounts beside the routes is closed, to all roles together too."""
    from django.test import RequestFactory

    from recuento.workbench.desk import ENVIRON
    from recuento.workbench.gate import Gate
    from recuento.workbench.members import MEMBER
    from recuento.workbench.roles import Member

    request = RequestFactory().post("/x/", **{ENVIRON: team.desk})
    request.session = {}
    setattr(request, MEMBER, Member("Ana", EVERY_ROLE))
    answer = Gate(lambda request: None).process_view(request, lambda request: None, (), {})
    assert answer is not None and answer.status_code == 403
