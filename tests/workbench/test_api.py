"""The API: the nouns of a casefile as JSON, whole by pages, closed field by field, with an answer for everything."""

import json
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from team_site import Team

from recuento.casefile.events.gathering import documents_of
from recuento.workbench.roles import Role

KEPT_BACK = {"name", "author", "obtained_from", "obtained_by"}
FIELDS = {
    "documents/": KEPT_BACK
    | {"sha256", "size_bytes", "media_type", "title", "outlet", "published", "language", "url", "unreadable"}
    | {"obtained_on"},
    "statements/": {"key", "document", "speaker", "speaker_kind", "party", "mode", "certainty", "content", "figures"}
    | {"asks", "language", "reviewed", "rejected", "nested_in"},
    "claims/": {"id", "event", "facility", "claimant", "party", "measure", "subset", "unit", "quantity", "stated"}
    | {"as_of", "certainty", "reviewed", "grounds"},
    "events/": {"id", "name", "facilities", "starts", "ends"},
    "demands/": {"id", "event", "asker", "party", "item", "asked", "measure", "state", "settled", "document", "anchor"}
    | {"reviewed", "addressee"},
}
"""Every field that a list gives: a new one is written in here, or the test fails."""


def get(team: Team, address: str, role: Role = Role.READER, **headers: str):
    """Ask for an address as somebody who holds the role alone."""
    return team.client(team.member(role), **headers).get(f"/api/v1/{address}")


def token_for(team: Team, role: Role) -> str:
    """A token of somebody who holds the role."""
    from recuento.workbench.team.tokens import make

    return make(team.member(role).username, label="test", role=role, by="test")


@pytest.mark.parametrize("address", FIELDS)
def test_a_list_has_the_fields_that_are_written_here_and_no_others(team, address):
    """Whatever a noun grows, the API gives what was named, to each role the same fields."""
    for role in Role:
        items = get(team, address, role).json()["items"]
        assert items and {frozenset(one) for one in items} == {frozenset(FIELDS[address])}


def test_what_is_kept_back_is_for_keepers_of_names(team):
    """File names, authors, where a document is from, and speakers who are not public, are null for all others."""
    private = "vecinos de Valdeoscuro"
    for role in Role:
        documents, statements = (get(team, address, role).json()["items"] for address in ("documents/", "statements/"))
        speakers = {one["speaker"] for one in statements}
        if role is Role.KEEPER_OF_NAMES:
            assert private in speakers and all(one["obtained_by"] == "L. P." for one in documents)
        else:
            assert private not in speakers and None in speakers
            assert all(one[field] is None for one in documents for field in KEPT_BACK)
            assert "L. P." not in get(team, "documents/", role).content.decode()


@pytest.mark.parametrize("address", ["documents/", "claims/", "events/", "demands/", "statements/"])
def test_pages_hold_everything_once(team, address):
    """Page by page, by the cursor of each, the list is the same as in one piece."""
    whole = get(team, f"{address}?limit=200").json()
    assert whole["next"] is None
    found, cursor = [], ""
    for _ in range(100):
        page = get(team, f"{address}?limit=1&cursor={cursor}").json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == whole["items"]


def test_it_tells_what_the_casefile_holds(team):
    """Statements and documents are those that the casefile's own functions give."""
    own = documents_of(team.desk.casefile)
    assert {one["sha256"] for one in get(team, "documents/").json()["items"]} == {one.document.sha256 for one in own}
    kept = [one for one in get(team, "statements/").json()["items"] if not one["rejected"]]
    assert len(kept) == sum(len(one.statements) for one in own)
    text = {one.document.sha256: one.layer.text for one in own}
    for one in kept:
        for anchor in one["content"]:
            assert text[one["document"]][anchor["start"] : anchor["end"]] == anchor["quote"]


def test_an_event_comes_with_its_accounts_and_its_balance_with_proofs(team):
    """Rows by party, silence as an empty cell; bounds whose sums the checker without a solver accepts; or the clash."""
    event = get(team, "events/fire/").json()
    assert event["parties"] and all(len(row["cells"]) == len(event["parties"]) for row in event["rows"])
    seen = {world: get(team, f"events/fire/balance/?world={world}").json() for world in event["worlds"]}
    assert {one["consistent"] for one in seen.values()} == {True, False}
    for one in seen.values():
        if one["consistent"]:
            assert one["bounds"] and all(bound["low_proof"]["value"] == bound["low"] for bound in one["bounds"])
        else:
            assert one["clash"]["claims"] and one["clash"]["words"]["es"]


def test_nothing_is_sent_again_while_nothing_changed(team):
    """With the ETag of before the answer is 304; after a decision, and to another role, it is not."""
    from datetime import UTC, datetime

    from recuento.casefile.review.correcting import Hand, decide_on
    from recuento.model.decision import Act

    first = get(team, "statements/")
    tag = {"If-None-Match": first["ETag"]}
    assert get(team, "statements/", **tag).status_code == 304
    assert get(team, "statements/", Role.KEEPER_OF_NAMES, **tag).status_code == 200
    key = first.json()["items"][0]["key"]
    since = get(team, "changes/").json()["last"]
    made = decide_on(team.desk.casefile, key, Act.CONFIRM, Hand("Ana", datetime.now(UTC)))
    assert get(team, "statements/", **tag).status_code == 200
    changes = get(team, f"changes/?since={since}").json()
    assert [(one["id"], one["subject"], one["act"]) for one in changes["items"]] == [(made.id, key, "confirm")]
    assert changes["last"] == made.id


def test_a_token_asks_as_its_role_and_no_token_is_refused(team):
    """A token of a keeper sees names, one of a reader does not; a wrong one, or none, is told so in JSON."""
    for role in (Role.READER, Role.KEEPER_OF_NAMES):
        headers = {"Authorization": f"Bearer {token_for(team, role)}"}
        seen = team.client(**headers).get("/api/v1/documents/").json()["items"][0]["obtained_by"]
        assert (seen is None) == (role is Role.READER)
    for headers in ({}, {"Authorization": "Bearer recuento_wrong"}, {"Authorization": "Basic eDp5"}):
        answer = team.client(**headers).get("/api/v1/documents/")
        assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")
    # A wrong token is not made good by a session beside it.
    browser = team.client(team.member(Role.READER), Authorization="Bearer recuento_wrong")
    assert browser.get("/api/v1/documents/").status_code == 401


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("nothing/", 404, "not_found"),
        ("documents/0000000000000000/", 404, "not_found"),
        ("events/nothing/", 404, "not_found"),
        ("claims/?limit=0", 422, "invalid"),
        ("claims/?limit=201", 422, "invalid"),
        ("claims/?limit=doce", 422, "invalid"),
        ("claims/?limit=1e9", 422, "invalid"),
        ("statements/?limit=-1", 422, "invalid"),
        (f"documents/?cursor={'a' * 301}", 422, "invalid"),
        ("changes/?since=ayer", 422, "invalid"),
        ("changes/?since=-1", 422, "invalid"),
        ("changes/?since=99999999999999999999999", 422, "invalid"),
        ("demands/?state=perdida", 422, "invalid"),
        ("claims/?cursor=%25%25", 400, "refused"),
        ("claims/?cursor=AA", 400, "refused"),
        ("events/fire/balance/?world=nothing", 400, "refused"),
    ],
)
def test_problems_have_one_form(team, address, status, code):
    """What cannot be answered says why, for programs and for people in both languages."""
    answer = get(team, address)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    plain = json.loads(answer.content)
    assert set(plain) == {"type", "status", "code", "title", "detail"} and set(plain["detail"]) == {"en", "es"}
    assert (plain["status"], plain["code"]) == (status, code)


def operations(team, headers):
    """What the API describes, operation by operation, asked of it over the whole stack."""
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

    from recuento.workbench.desk import ENVIRON
    from recuento.workbench.site import application

    serve = application(team.desk)

    def over_tls(environ, start_response):
        environ |= {"HTTP_HOST": "recuento.example", "HTTP_X_FORWARDED_PROTO": "https", ENVIRON: team.desk}
        return serve(environ, start_response)

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=over_tls, headers=headers)
    found = [one.ok() for one in schema.get_all_operations()]
    assert len(found) == 10
    return found


def few(examples):
    """So many questions of a kind, the same in every run."""
    return settings(max_examples=examples, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck))  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_no_question_makes_it_fail(team, role):
    """Whatever is asked of what the description allows, the answer is no 500 and has the form described."""
    headers = {"Authorization": f"Bearer {token_for(team, role)}"}
    for operation in operations(team, headers):

        @few(8)
        @given(case=operation.as_strategy())
        def ask(case):
            from schemathesis.checks import not_a_server_error
            from schemathesis.specs.openapi.checks import response_schema_conformance

            answer = case.call(headers=headers)
            case.validate_response(answer, checks=[not_a_server_error, response_schema_conformance])

        ask()


def test_what_breaks_the_description_is_refused_with_the_reason(team):
    """Whatever breaks it is answered with 4xx and says, in each language, which value is wrong and why."""
    headers = {"Authorization": f"Bearer {token_for(team, Role.READER)}"}
    told = set()
    for operation in operations(team, headers):
        from schemathesis import GenerationMode

        @few(12)
        @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        def ask(case):
            # What breaks the line that says who asks is another matter: here it is always the same one.
            case.headers = dict(headers)
            answer = case.call(headers=headers)
            assert answer.status_code < 500
            if answer.status_code >= 400:
                problem = json.loads(answer.content)
                detail = problem["detail"]
                assert (problem["status"], detail["en"] != detail["es"]) == (answer.status_code, True)
                told.update(re.findall(r": ([^\d;']+)", detail["es"]) if problem["code"] == "invalid" else [])

        ask()
    assert {"ha de ser ", "no es un número entero", "pasa de ", "no es ninguno de "} <= told
    assert "no se entiende" not in told


@pytest.mark.parametrize("address", ["claims/?evnet=fire", "documents/?offset=3", "events/fire/?limit=2&x[]=1"])
def test_a_name_that_nothing_bears_is_refused(team, address):
    """A misspelt question is not answered with everything there is."""
    answer = get(team, address)
    assert answer.status_code == 422 and "nada se llama así" in answer.json()["detail"]["es"]
