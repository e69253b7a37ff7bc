"""The page of an event says what the command line says, in whichever world is chosen; records can be decided on."""

import json
import re

import pytest

from command_line import recuento
from recuento.casefile.events.gathering import documents_of, gather
from recuento.casefile.review.reviewing import reviews
from recuento.model.decision import Act
from recuento.model.demand import DemandState

PAGE = "/event/fire/"


def plain(text):
    """The words of a page without its tags, spaces joined."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def told_by_command(case, *more):
    """What `recuento balance --json` says of the served casefile."""
    done = recuento("balance", "-C", str(case), "--json", *more)
    assert done.returncode in (0, 3), done.stderr
    return json.loads(done.stdout)


def gathered(casefile):
    """The event of the invented casefile as it stands."""
    (event,) = casefile.settings.cast.events
    return gather(casefile, event, casefile.settings.edition)


def test_every_world_says_what_the_command_says(served, client):
    """For each world the page offers: whether it holds, and each headline bound, are those of the command."""
    page = client.get(PAGE).text
    offered = re.findall(r'<option value="([^"]+)"', page)
    assert {"all", "uncontested", "party:state", "party:ngo"} <= set(offered)
    for world in offered:
        balance = told_by_command(served[0], "--world", world)
        shown = plain(client.get(f"{PAGE}?world={world}").text)
        assert ("Lo que se eligió creer no puede ser todo cierto" in shown) == (not balance["consistent"])
        bounds = {bound["term"]: (bound["low"], bound["high"]) for bound in balance["bounds"]}
        low, high = bounds.get("unaccounted", (0, None))
        if balance["consistent"] and (low, high) != (0, None):
            assert (f"{low} a {high}" if low != high else str(low)) in shown, world


def test_a_world_chosen_by_hand_stays_in_the_address(served, client):
    """Ticked claims end up in the address; what follows is what the command says of the same claims."""
    form = client.get(f"{PAGE}?hand=1").text
    ticks = re.findall(r'name="c" value="([^"]+)"', form)
    assert {"A1", "A2", "A3", "B1"} <= set(ticks)
    answer = client.raw("GET", f"{PAGE}?by=hand&c=A1&c=A2&c=A3")
    assert (answer.status, answer.headers["location"]) == (303, f"{PAGE}?claims=A1,A2,A3")
    shown = client.get(answer.headers["location"]).text
    assert set(re.findall(r'name="c" value="([^"]+)" checked', shown)) == {"A1", "A2", "A3"}
    balance = told_by_command(served[0], "--claims", "A1,A2,A3")
    (bound,) = [one for one in balance["bounds"] if one["term"] == "unaccounted"]
    assert f"{bound['low']} a {bound['high']}" in plain(shown)
    assert client.get(f"{PAGE}?claims=A1,ZZ").status == 400


def test_clashes_name_the_same_claims_as_the_command(served, client):
    """Every smallest set of claims the command lists stands on the page, with its claims linked."""
    page = client.get(PAGE).text
    clashes = told_by_command(served[0], "--conflicts")
    assert clashes
    for clash in clashes:
        assert clash["words"]["es"] in plain(page).replace(" ,", ",")


def test_what_would_settle_it_is_what_the_command_asks(served, client):
    """The figures worth asking for are those of `balance --ask`, in the same order."""
    world = "--claims", "A1,A3,A4,A5,A7"
    asked = told_by_command(served[0], *world, "--ask", "unaccounted")
    assert asked
    shown = client.get(f"{PAGE}?claims={world[1]}&ask=unaccounted").text
    listed = re.search(r'<ol class="next">(.*?)</ol>', shown, re.S)
    assert len(re.findall("<li>", listed[1])) == min(len(asked), 8)


def test_silence_is_shown_as_silence(client):
    """A party that gives no figure has a ruled cell that says so; zero is a figure."""
    page = client.get(PAGE).text
    assert 'class="mute"' in page and "no dice nada" in page
    assert ">0<" in page.replace("<b>0</b>", ">0<")


def test_every_figure_leads_to_its_words(client):
    """A figure read in a document leads to its very characters, marked on the page of the document."""
    page = client.get(PAGE).text
    links = set(re.findall(r'href="(/document/[0-9a-f]{16}/)#(w-\d+-\d+)"', page))
    assert links
    for address, mark in links:
        text = client.get(address).text
        assert f'id="{mark}"' in text
    marked = dict(re.findall(r'<b class="fg" id="(w-\d+-\d+)">([^<]+)</b>', text))
    assert marked and all(re.search(r"\w", words) for words in marked.values())


def test_no_link_of_the_pages_leads_nowhere(client):
    """Every address of ours that a page links to answers, and every fragment is on its page."""
    pages = {}

    def page_of(path):
        if path not in pages:
            answer = client.get(path)
            assert answer.status == 200, path
            pages[path] = answer.text
        return pages[path]

    for start in (PAGE, "/"):
        for link in set(re.findall(r'href="(/[^"]*|#[^"]*)"', page_of(start))):
            path, _, mark = link.replace("&amp;", "&").partition("#")
            if path.startswith("/static/"):
                continue
            text = page_of(path or start)
            assert not mark or f'id="{mark}"' in text, link


def test_a_withdrawn_claim_is_struck_out_bounds_nothing_and_comes_back(client, opened, served):
    """Withdrawing is a decision: the claim stays, struck; the balance forgets it; undoing reinstates it."""
    before = told_by_command(served[0], "--world", "party:ngo")
    assert client.post(f"{PAGE}claim/B1/withdraw/", on="2031-03-28", why="fe de erratas", seen="0").status == 200
    (made,) = reviews(opened()).decisions
    assert (made.act, made.subject, dict(made.details)["on"], made.why) == (
        Act.WITHDRAW,
        "claim:B1",
        "2031-03-28",
        "fe de erratas",
    )
    assert "B1" in {claim.id for claim in gathered(opened()).claims}
    assert "B1" not in {claim.id for claim in gathered(opened()).entered()}
    page = client.get(f"{PAGE}claim/B1/").text
    assert "<s>" in page and "fe de erratas" in page
    assert client.post(f"{PAGE}claim/B1/withdraw/", seen="0").status == 400
    client.post("/undo/", decision=str(made.id), back=f"{PAGE}claim/B1/")
    assert told_by_command(served[0], "--world", "party:ngo")["bounds"] == before["bounds"]
    assert "B1" in {claim.id for claim in gathered(opened()).entered()}


def demand_of(casefile):
    """The one demand of the invented casefile."""
    (demand,) = gathered(casefile).demands
    return demand


def test_a_demand_is_settled_with_its_answer_and_taken_back(client, opened):
    """State, day and answering statement are noted as one decision; undoing it opens the demand again."""
    demand = demand_of(opened())
    address = f"{PAGE}demand/{demand.id}/"
    form = client.get(f"{address}?q=371%20trasladados").text
    (key,) = set(re.findall(r'name="answer" value="(statement:[^"]+)"', form))
    client.post(f"{address}settle/", state="partly", on="2031-03-26", answer=key, why="sin nombres", seen="0")
    settled = demand_of(opened())
    assert (settled.state, str(settled.settled)) == (DemandState.PARTLY, "2031-03-26")
    found = {claim.id for claim in gathered(opened()).claims}
    assert settled.answer in found | {key}
    page = plain(client.get(address).text)
    assert "en parte" in page and "sin nombres" in page and "371" in page
    assert re.search(r'class="src"[^>]*>la respuesta</a>', client.get(PAGE).text)
    (made,) = reviews(opened()).decisions
    client.post("/undo/", decision=str(made.id), back=address)
    assert demand_of(opened()).state in (DemandState.OPEN, DemandState.OVERDUE)
    assert "deshecha" in client.get(address).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "overdue"}, "con el tiempo"),
        ({"state": ""}, "elija"),
        ({"state": "refused", "on": "ayer"}, "ayer"),
        ({"state": "answered", "answer": "statement:0123456789abcdef:0-5"}, "ya no está"),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_is_written(client, opened, fields, words):
    """A state nobody can note, a day that is none, an answer that is not there: told, and nothing appended."""
    demand = demand_of(opened())
    answer = client.post(f"{PAGE}demand/{demand.id}/settle/", seen="0", **fields)
    assert answer.status == 400 and words in answer.text
    assert reviews(opened()).decisions == ()


def test_two_who_settle_at_once(client, opened):
    """The second sees what the first noted, nothing of theirs is written, and they choose again."""
    demand = demand_of(opened())
    address = f"{PAGE}demand/{demand.id}/settle/"
    client.post(address, state="refused", seen="0")
    assert client.post(address, state="answered", seen="0").status == 409
    assert demand_of(opened()).state is DemandState.REFUSED
    assert client.post(address, state="answered", seen="1").status == 200


def test_confirming_a_statement_brings_its_figures_into_the_page(client, opened):
    """What only the machine read is marked and counts for nothing; once confirmed the page counts it, at once."""
    page = client.get(PAGE).text
    (first,) = set(re.findall(r'href="(/review/[^"]+)"[^>]*>revisar<span class="vh"> (R[0-9a-f]{8})', page)[:1])
    address, claim = first
    assert f'name="c" value="{claim}"' not in client.get(f"{PAGE}?hand=1").text
    form = client.get(address)
    from served_casefile import form_of

    client.post(re.search(r'action="([^"]+decide/)"', form.text)[1], action="confirm", **form_of(form))
    assert f'name="c" value="{claim}"' in client.get(f"{PAGE}?hand=1").text
    assert claim in {one.id for one in gathered(opened()).entered()}


def test_the_shelf_holds_what_the_casefile_says(client, opened):
    """What the server keeps in memory is what is loaded afresh, after any row of decisions."""
    from invented import AT
    from recuento.casefile.events.event_study import EventStudies
    from recuento.casefile.review.correcting import Hand, decide_on, undo

    casefile = opened()
    (event,) = casefile.settings.cast.events
    studies = EventStudies(casefile)
    on = casefile.settings.edition
    keys = [f"statement:{k}" for k in re.findall(r'href="/review/([^"/]+/[\d,-]+)/', client.get(PAGE).text)]
    keys = [key.replace("/", ":") for key in dict.fromkeys(keys)]
    for number, act in enumerate((Act.CONFIRM, Act.REJECT, Act.CONFIRM, Act.REFER)):
        made = decide_on(casefile, keys[number % len(keys)], act, Hand("Ana", AT))
        assert studies.of(event, on)[0] == gather(casefile, event, on, documents=documents_of(casefile))
        if number % 2:
            undo(casefile, made.id, by="Ana", at=AT)
            assert studies.of(event, on)[0] == gather(casefile, event, on, documents=documents_of(casefile))


def test_the_history_of_every_record(client, opened):
    """Decisions on claims and demands stand in the history with their records, by kind, and nothing of persons."""
    from invented import AT
    from recuento.casefile.review.reviewing import decide

    demand = demand_of(opened())
    client.post(f"{PAGE}claim/A3/withdraw/", seen="0")
    client.post(f"{PAGE}demand/{demand.id}/settle/", state="refused", seen="0")
    decide(opened(), ["pair:x:y"], Act.SAME, by="Ana", at=AT)
    every = client.get("/history/").text
    assert 'href="/claim/A3/"' in every and f'href="/demand/{demand.id}/"' in every
    assert "pair:" not in every
    assert 'href="/claim/A3/"' not in client.get("/history/?kind=demand").text
    assert client.get("/claim/A3/").address == f"{PAGE}claim/A3/"
    assert client.get(f"/demand/{demand.id}/").address == f"{PAGE}demand/{demand.id}/"
    assert client.post("/undo/", decision="3").status == 400


def test_the_first_page_tells_what_waits(client, served):
    """Events with their clashes and demands, what is not public yet, and the queue, each with its link."""
    page = client.get("/").text
    assert 'href="/event/fire/"' in page and "nunca" in page and 'href="/review/' in page
    brief = plain(client.get("/event/fire/brief/").text)
    assert f"choques: {len(told_by_command(served[0], '--conflicts'))}" in brief
    assert "exigencias sin respuesta: 1" in brief
