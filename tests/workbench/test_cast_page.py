"""The page of the cast: who is unknown is added from the statement, without script, and the pages know it at once."""

from __future__ import annotations

import html
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from served_casefile import CLEAN, entered, make_casefile, serving
from team_site import Team, token_in

from browser import NEEDS_CHROMIUM, chromium
from recuento.casefile.casefile import Casefile
from recuento.casefile.settings.followed import FollowedSettings
from recuento.model.decision import Act
from recuento.store import decisions
from recuento.workbench.desk import Desk
from recuento.workbench.roles import Role
from vault_case import keepers_in, source_in

UNKNOWN = """\
La portavoz de la Pastoral de Lares, Ana Robles, dijo que 47 internos fueron trasladados a otros centros desde
Valdeoscuro. La directora Ruiz Prado aseguró que hubo 12 heridos en Valdeoscuro.
"""
NO_ACTOR = "no es ningún actor del caso"


@pytest.fixture(scope="module")
def unknown(tmp_path_factory):
    """A casefile with a document whose speakers it does not know."""
    return make_casefile(tmp_path_factory.mktemp("unknown"), {"clara": CLEAN, "nueva": UNKNOWN})


@pytest.fixture
def case(unknown, tmp_path):
    """A casefile of the test's own, and a client of it being served."""
    folder = Path(shutil.copytree(unknown, tmp_path / "case"))
    with serving(folder) as address:
        yield folder, entered(address)


def statement_of(client, words):
    """The page of the statement whose speaker the page calls so."""
    page = client.get("/review/")
    for _ in range(20):
        if re.search(rf'<span class="v">{words}', page.text):
            return page
        page = client.get(re.search(r'data-key="j"[^>]*href="([^"]+)"', page.text)[1])
    raise AssertionError(f"nobody called {words} speaks")


def way_from(page):
    """Where the page of a statement leads whoever wants to say who speaks; None where it does not."""
    found = re.search(r'class="way"><a[^>]*href="([^"]+)"', page.text)
    return html.unescape(found[1]) if found else None


def hidden(page, name):
    """What a hidden field of the page holds."""
    return re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]


def file_of(case):
    """The bytes of recuento.toml."""
    return (case[0] / "recuento.toml").read_bytes()


def test_an_unknown_speaker_becomes_an_actor_and_one_is_back_at_the_statement(case):
    """The form is filled in, but for a role that others have too; afterwards the statement has its actor."""
    client, before = case[1], file_of(case)
    page = statement_of(client, "Ana Robles")
    assert NO_ACTOR in page.text
    assert "Ana Robles" not in client.get("/event/fire/").text
    asked = client.get(way_from(page))
    assert asked.text.count('value="Ana Robles"') == 2 and 'value="portavoz"' not in asked.text
    form = {"seen": hidden(asked, "seen"), "from": html.unescape(hidden(asked, "from"))}
    back = client.post(
        "/cast/actor/add/",
        name="Ana Robles",
        person="yes",
        party="ngo",
        public="yes",
        role_es="portavoz de la Pastoral",
        **form,
    )
    assert back.status == 200 and back.address.startswith("/review/")
    assert re.search(r'<span class="v">Ana Robles', back.text) and "Añadido al reparto" in back.text
    assert NO_ACTOR not in back.text and way_from(back) is None
    assert "Ana Robles" in client.get("/event/fire/").text
    assert file_of(case).startswith(before) and b"[actors.ana_robles]" in file_of(case)
    told = client.get("/history/?kind=actor").text
    assert "Añadido al reparto" in told and "Ana Robles" in told and "/undo/" not in told


def test_an_unknown_speaker_is_another_name_of_one_who_is_there(case):
    """The likely actor is offered first; one line of the file gets the name, and the statement the actor."""
    client, before = case[1], file_of(case).decode()
    page = statement_of(client, "Ruiz Prado")
    asked = client.get(way_from(page))
    assert re.search(r'<optgroup label="Se parecen"><option value="warden">', asked.text)
    name = html.unescape(re.search(r'id="another"[^>]*value="([^"]+)"', asked.text)[1])
    back = client.post("/cast/name/add/", name=name, actor="warden", seen=hidden(asked, "seen"),
                       **{"from": html.unescape(hidden(asked, "from"))})  # fmt: skip
    assert back.address.startswith("/review/") and "Otro nombre añadido" in back.text and NO_ACTOR not in back.text
    after = file_of(case).decode()
    assert len(after.splitlines()) == len(before.splitlines()) + 1 and f'aliases = ["{name}"]' in after


def test_a_facility_and_an_event_are_there_as_soon_as_they_are_added(case):
    """The event has its page and the document its place; what was typed wrongly is all told at once, and kept."""
    client = case[1]
    seen = hidden(client.get("/cast/facility/"), "seen")
    page = client.post("/cast/facility/add/", seen=seen, name="Anexo de Lares", capacity="cuarenta")
    assert page.status == 400 and 'value="Anexo de Lares"' in page.text and "Capacidad, en personas: " in page.text
    page = client.post("/cast/facility/add/", seen=seen, name="Anexo de Lares", capacity="40", region="Lares")
    assert page.address.startswith("/cast/?added=") and "Anexo de Lares" in page.text
    seen = hidden(client.get("/cast/event/"), "seen")
    page = client.post("/cast/event/add/", seen=seen, starts="ayer", ends="2031-02-30")
    faults = re.search(r'role="alert">([^<]+)', page.text)[1]
    assert all(label in faults for label in ("Nombre: ", "En qué centros: ", "Primer día: ", "Último día: "))
    page = client.post("/cast/event/add/", seen=seen, name_es="El motín", facilities="anexo_de_lares", starts="2031-05",
                       ends="2031-05-20", **{"headline-0": "population"})  # fmt: skip
    assert page.status == 200
    assert "El motín" in client.get("/event/el_motin/").text and "El motín" in client.get("/").text
    assert client.get("/api/v1/events/el_motin/").status == 200


def test_a_file_that_changed_meanwhile_is_shown_anew_with_what_was_typed(case):
    """Nothing is written over a change by hand; the form comes back as it was, and can be sent again."""
    client, path = case[1], case[0] / "recuento.toml"
    form = {"name": "Ana Robles", "person": "yes", "party": "ngo", "from": "//evil.example/"}
    seen = hidden(client.get("/cast/actor/"), "seen")
    path.write_text(path.read_text(encoding="utf-8") + '[actors.by_hand]\nname = "Mano"\nparty = "ngo"\n', "utf-8")
    by_hand = file_of(case)
    page = client.post("/cast/actor/add/", seen=seen, **form)
    assert page.status == 409 and 'value="Ana Robles"' in page.text and file_of(case) == by_hand
    page = client.post("/cast/actor/add/", seen=hidden(page, "seen"), **form)
    assert page.status == 200 and page.address.startswith("/cast/?added=")
    assert file_of(case).startswith(by_hand) and "Mano" in page.text
    # Who is not to be named has an id that tells nothing of the name.
    assert b"[actors.actor_1]" in file_of(case)


def test_a_file_with_a_fault_is_told_and_what_it_said_before_counts(case):
    """The page names the faults and no folder of the server, offers nothing to add, and the other pages go on."""
    client, path = case[1], case[0] / "recuento.toml"
    good = file_of(case)
    path.write_bytes(good + b'[actors.wrong]\nnam = "x"\n')
    page = client.get("/cast/")
    assert "[actors.wrong]" in page.text and str(case[0]) not in page.text and "Añadir un actor" not in page.text
    assert client.get("/event/fire/").status == 200 and 'href="/cast/"' in client.get("/").text
    sent = client.post("/cast/actor/add/", seen="", name="Ana", person="yes", party="ngo")
    assert sent.status in (400, 409) and file_of(case).endswith(b'nam = "x"\n')
    path.write_bytes(good)
    assert "Añadir un actor" in client.get("/cast/").text


def test_a_form_the_file_does_not_take_is_told_with_the_words_to_write(case):
    """Where the actor stands within braces, the page says what to write by hand, and the file is as it was."""
    client, path = case[1], case[0] / "recuento.toml"
    path.write_bytes(file_of(case) + b'[actors]\nbraced = { name = "Ceferina", party = "ngo" }\n')
    path.write_text(re.sub(r"\n\[actors\.(?=\w)", "\n[actors . ", path.read_text(encoding="utf-8")), "utf-8")
    before, seen = file_of(case), hidden(client.get("/cast/actor/"), "seen")
    page = client.post("/cast/name/add/", seen=seen, actor="braced", name="La Cefe")
    assert page.status == 400 and html.unescape(page.text).count('aliases = ["La Cefe"]') == 1
    assert file_of(case) == before


def test_what_was_added_is_not_taken_back_in_the_browser(case):
    """No button does, and who sends the form all the same is refused; the effect of such a decision is none."""
    client = case[1]
    seen = hidden(client.get("/cast/actor/"), "seen")
    client.post("/cast/actor/add/", seen=seen, name="Ana Robles", person="yes", party="ngo")
    with Casefile.open(case[0]) as casefile, casefile.database.reading() as connection:
        (made,) = decisions.all(connection)
    assert made.act is Act.ENTER and client.get(f"/effect/{made.id}/").status == 200
    assert client.post("/undo/", decision=str(made.id)).status == 400
    with Casefile.open(case[0]) as casefile, casefile.database.reading() as connection:
        assert decisions.all(connection) == [made]


def test_sealed_sources_are_neither_shown_nor_added_to(case, tmp_path):
    """The page holds neither id nor class of a sealed source, and takes no name for one."""
    with Casefile.open(case[0]) as casefile:
        keepers_in(casefile)
        source = source_in(casefile, tmp_path)
    client = case[1]
    for address in ("/cast/", "/cast/actor/?actor=warden", "/cast/actor/?name=Ana&from=/", "/cast/?q=s-"):
        assert source not in client.get(address).text, address
    seen, before = hidden(client.get("/cast/actor/"), "seen"), file_of(case)
    assert client.post("/cast/name/add/", seen=seen, actor=source, name="Ana").status == 400
    sent = client.post("/cast/actor/add/", seen=seen, id=source, name="Ana", person="yes", party="ngo")
    assert sent.status == 400 and file_of(case) == before


def test_a_new_casefile_leads_to_the_cast(tmp_path):
    """The first page of an empty casefile says what is missing; whoever followed it has an actor, a place, an event."""
    folder = tmp_path / "new"
    Casefile.create(folder, "Nuevo").close()
    with serving(folder) as address:
        client = entered(address)
        first = client.get("/").text
        assert "Para empezar" in first and "Todavía faltan: actores, centros, sucesos" in first
        for path, form in (
            ("actor", {"name": "Ana Robles", "person": "yes", "party": "ngo"}),
            ("facility", {"name": "Centro de Lares"}),
            ("event", {"name_es": "Motín", "facilities": "centro_de_lares", "starts": "2031", "ends": "2031"}),
        ):
            seen = hidden(client.get(f"/cast/{path}/"), "seen")
            assert client.post(f"/cast/{path}/add/", seen=seen, **form).status == 200
        assert "Para empezar" not in client.get("/").text
    assert FollowedSettings(folder / "recuento.toml").settings.cast.event("motin") is not None


def test_readers_are_shown_no_name_of_the_cast_in_the_history(unknown, team: Team, tmp_path):
    """Whoever may not see the cast sees no decision on it either; whoever reviews does, and no button for the rest."""
    folder = Path(shutil.copytree(unknown, tmp_path / "case"))
    with Casefile.open(folder) as casefile:
        other = Team(folder, Desk(casefile, owner=None, language="es", clock=lambda: datetime.now(UTC)))
        clerk, reader = (other.client(team.member(role)) for role in (Role.DOCUMENTATION, Role.READER))
        page = clerk.get("/cast/actor/")
        form = {"csrfmiddlewaretoken": token_in(page), "seen": other.desk.file.sha256}
        sent = clerk.post("/cast/actor/add/", form | {"name": "Zoila Trasmonte", "person": "yes", "party": "relatives"})
        assert sent.status_code == 303
        for address in ("/history/", "/history/?kind=actor", "/", "/api/v1/changes/"):
            assert b"Trasmonte" not in reader.get(address).content, address
        assert "Zoila Trasmonte" in clerk.get("/history/").content.decode()
        cast = clerk.get("/cast/").content.decode()
        assert "Añadir un centro" not in cast and "el rol de análisis" in cast
        review = re.search(r'href="(/review/[^"]+)"', clerk.get("/").content.decode())[1]
        for _ in range(20):
            mine = clerk.get(review).content.decode()
            if 'class="way"' in mine:
                break
            review = re.search(r'data-key="j"[^>]*href="([^"]+)"', mine)[1]
        assert 'class="way"' in mine and 'class="way"' not in reader.get(review).content.decode()


@pytest.mark.browser
@pytest.mark.skipif(NEEDS_CHROMIUM[1].args[0], reason="Chromium is not installed (apt-get install chromium)")
def test_by_keyboard_alone_from_the_statement_and_back(case):
    """C opens the form, everything is typed, Enter sends it, and one stands at the statement again."""
    client = case[1]
    page = statement_of(client, "Ana Robles")
    with serving(case[0]) as address, chromium() as browser:
        tab = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
        heard = []
        tab.on("console", lambda message: heard.append(message.text))
        tab.goto(address)
        tab.goto(tab.url.rstrip("/") + page.address)
        tab.keyboard.press("c")
        tab.wait_for_url("**/cast/actor/**")
        tab.locator("#party").focus()
        tab.keyboard.type("Organ")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Space")
        tab.locator("#role_es").focus()
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/review/**")
        assert tab.locator(".way").count() == 0 and tab.locator("#after").is_visible()
        assert tab.evaluate("document.activeElement.id") == "statement"
        assert heard == []
