"""Publishing in the browser: the difference is that of the files, holding back works, and nobody confirms their own."""

import re
import threading
import time

import pytest
from served_casefile import entered, serving
from team_site import give_again, token_in

from invented import SETTINGS
from recuento.casefile.background import Background
from recuento.casefile.publishing.asked_for import asked_for
from recuento.casefile.publishing.holding import held_back, hold
from recuento.casefile.publishing.public_difference import difference, items_of
from recuento.casefile.publishing.publication import ask_for, build_confirmed, confirm
from recuento.casefile.publishing.publish_desk import keep_difference
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.publishing.retracting import retractions
from recuento.casefile.review.correcting import Hand
from recuento.casefile.running import default_dossier
from recuento.casefile.sealing.vault import holds_sealed_values
from recuento.errors import InvalidValue
from recuento.model.decision import Act
from recuento.seal.keys import PrivateKey, key_file
from recuento.store import decisions, log
from recuento.workbench.roles import Role
from vault_case import keepers_in, source_in


def worked_out(client):
    """The page once the work behind it has ended."""
    for _ in range(200):
        answer = client.get("/publish/")
        if "data-poll" not in answer.text:
            return answer.text
        time.sleep(0.1)
    raise AssertionError("the work did not end")


def test_what_was_looked_at_is_asked_for_confirmed_and_written(client, served, opened):
    """From the difference over the request to the second look and the files, in whichever process each of them falls.

    A second server of the same casefile knows what the first one worked out; afterwards nothing is left to publish.
    """
    assert not (served[0] / "dossier").exists()
    client.post("/publish/compare/")
    page = worked_out(client)
    assert client.post("/publish/request/", mark=field(page, "mark"), digest="0" * 16).status == 400
    client.post("/publish/request/", mark=field(page, "mark"), digest=field(page, "digest"))
    with serving(served[0]) as address:
        other = entered(address)
        page = other.get("/publish/").text
        form = {"asked": field(page, "asked"), "digest": field(page, "digest")}
        assert other.post("/publish/confirm/", **form).status == 400
        assert other.post("/publish/confirm/", **{**form, "digest": "0" * 16}, looked="yes").status == 400
        assert not (served[0] / "dossier").exists()
        other.post("/publish/confirm/", **form, looked="yes")
        worked_out(other)
    page = worked_out(client)
    assert (served[0] / "dossier" / "SHA256SUMS").is_file()
    assert "Lo que se publicaría ya es público" in page and 'id="written"' in page
    with opened().database.reading() as connection:
        acts = [one.act for one in decisions.latest(connection, ("publication",), None, 9)]
    assert acts == [Act.APPROVE, Act.REQUEST]


def field(page, name):
    """What a hidden field of the page holds."""
    return re.search(rf'name="{name}" value="(\w+)"', page)[1]


def test_another_process_is_seen_at_work(tmp_path):
    """What is done alone is not begun twice, and whoever looks sees it; once it has ended it is free."""
    one, other = (Background(tmp_path, "publishing", alone=True) for _ in range(2))
    (tmp_path / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    begun, go_on = threading.Event(), threading.Event()

    def work(casefile):
        begun.set()
        go_on.wait(20)

    assert one.start(work) and begun.wait(20)
    assert one.is_at_work and other.is_at_work
    assert not other.start(work)
    go_on.set()
    for _ in range(200):
        if not other.is_at_work:
            break
        time.sleep(0.02)
    assert one.error is None and not other.is_at_work


def test_what_is_held_back_stays_back(client, served, opened):
    """A claim ticked and held leaves the difference and every file; released it is back; both are decisions."""
    client.post("/publish/compare/")
    assert 'value="claim:A3"' in worked_out(client)
    client.post("/publish/hold/", item="claim:A3", why="espera al hospital")
    page = worked_out(client)
    assert 'value="claim:A3"' not in page and "espera al hospital" in page
    casefile = opened()
    found = difference(casefile, default_dossier(casefile), casefile.settings.edition)
    assert ("claim", "A3") not in {(item.kind, item.id) for item in found.new}
    (made,) = held_back(casefile).values()
    client.post("/undo/", decision=str(made.id), back="/publish/")
    found = difference(opened(), default_dossier(casefile), casefile.settings.edition)
    assert ("claim", "A3") in {(item.kind, item.id) for item in found.new}


@pytest.fixture
def published(opened, served):
    """A casefile whose dossier was published once."""
    from invented import AT

    casefile = opened()
    folder, edition = default_dossier(casefile), casefile.settings.edition
    ask_for(casefile, difference(casefile, folder, edition), Hand("Ana", AT))
    asked = asked_for(casefile)
    confirm(casefile, asked, by="Bea", at=AT, alone=False)
    build_confirmed(casefile, folder, asked, by="Bea", at=AT)
    return casefile


def test_the_difference_is_that_of_the_files(published):
    """After a publication there is none; holding a claim takes exactly it away, and changes what leans on it."""
    from invented import AT

    folder, edition = default_dossier(published), published.settings.edition
    assert difference(published, folder, edition).is_empty
    hold(published, [("claim", "B1", "B1")], Hand("Ana", AT))
    found = difference(published, folder, edition)
    assert {(item.kind, item.id) for item in found.gone if item.kind == "claim"} == {("claim", "B1")}
    assert found.new == ()
    assert {item.kind for item in found.changed} >= {"event", "page"}


def test_a_statement_is_held_back_and_a_claim_withdrawn_from_the_browser(client, opened):
    """Each on a page of its own with a reason, withdrawing on a second look; both are listed, told in the history of
    the record, and taken back there."""
    client.post("/publish/compare/")
    page = worked_out(client)
    statement = re.search(r'href="/publish/out/\?subject=(statement:[0-9a-f]{16}:[\d,-]+)"', page)[1]
    assert f'value="{statement}"' in page
    for form, sent in (("hold", {}), ("withdraw", {"why": "lo pidió"}), ("withdraw", {"looked": "yes"})):
        assert client.post(f"/publish/out/{form}/", subject="claim:A3", **sent).status == 400
    assert client.post("/publish/out/withdraw/", subject="claim:no", looked="yes", why="x y").status == 400
    assert client.get("/publish/out/?subject=claim:no").status == 400
    assert "sus palabras no salen" in client.get(f"/publish/out/?subject={statement}").text.lower()
    held = client.post("/publish/out/hold/", subject=statement, why="espera a la familia").text
    assert "Soltarlo" in held and "espera a la familia" in held
    gone = client.post("/publish/out/withdraw/", subject="claim:A3", looked="yes", why="la persona lo pidió").text
    assert "Deshacer la retirada" in gone
    assert [f"{one.kind}:{one.id}" for one in retractions(opened())] == ["claim:A3"]
    _, document, spans = statement.split(":")
    assert "espera a la familia" in client.get(f"/history/{document}/{spans}/").text
    assert "la persona lo pidió" in client.get("/claim/A3/").text
    assert "la persona lo pidió" in client.get("/history/?kind=public").text
    client.post("/publish/compare/")
    page = worked_out(client)
    assert "retirado de lo público" in page and "en ninguna edición desde" in page and "espera a la familia" in page
    assert 'value="claim:A3"' not in page and f'value="{statement}"' not in page
    for number in re.findall(r'name="decision" value="(\d+)"', held + gone):
        client.post("/undo/", decision=number, back="/publish/")
    assert retractions(opened()) == () and held_back(opened()) == {}


WORDS = "cinco palabras que nadie conjetura"


def test_sealed_values_are_looked_for_with_a_key_chosen_on_the_page(client, served, opened, tmp_path):
    """The difference needs no key; the build does, takes it for the one request, and the log has it."""
    casefile = opened()
    keys = keepers_in(casefile)
    source_in(casefile, tmp_path)
    client.post("/publish/compare/")
    page = worked_out(client)
    page = client.post("/publish/request/", mark=field(page, "mark"), digest=field(page, "digest")).text
    assert 'type="file"' in page
    sent = {"asked": field(page, "asked"), "digest": field(page, "digest"), "looked": "yes", "passphrase": WORDS}
    stranger = ("x.key", key_file(PrivateKey.new(), WORDS))
    assert client.post("/publish/confirm/", **sent).status == 400
    assert client.send_file("/publish/confirm/", "key", stranger, **sent).status == 400
    assert asked_for(casefile) is not None and not (served[0] / "dossier").exists()
    key = ("ana.key", key_file(keys.ana, WORDS))
    assert client.send_file("/publish/confirm/", "key", key, **sent).status == 303
    assert "Lo que se publicaría ya es público" in worked_out(client)
    assert (served[0] / "dossier" / "SHA256SUMS").is_file()
    with casefile.database.reading() as connection:
        (done,) = log.acts_done(connection, log.Act.SEARCHED, "sealed", 5)
    assert done.details["searched"] == "yes" and done.details["sources"] == "1"


def test_a_server_confirms_and_leaves_the_writing_to_a_keeper(team, tmp_path):
    """Two people ask and confirm; nothing is built there; the page says why and gives the command."""
    casefile = team.desk.casefile
    if not holds_sealed_values(casefile):
        keepers_in(casefile)
        source_in(casefile, tmp_path)
    ana, bea = (team.client(team.member(Role.PUBLISHER, name=name)) for name in ("ana-p", "bea-p"))
    found = difference(casefile, default_dossier(casefile), team.desk.day())
    keep_difference(casefile, found)
    send = {"csrfmiddlewaretoken": token_in(ana.get("/publish/")), "digest": found.digest}
    assert ana.post("/publish/request/", {**send, "mark": found.mark}).status_code == 303
    give_again(bea)
    page = bea.get("/publish/")
    assert "recuento publish --edition" in page.content.decode() and 'type="file"' not in page.content.decode()
    asked = str(asked_for(casefile).decision.id)
    send = {"csrfmiddlewaretoken": token_in(page), "asked": asked, "digest": found.digest, "looked": "yes"}
    assert bea.post("/publish/confirm/", send).status_code == 303
    after = ana.get("/publish/").content.decode()
    assert "Confirmada y sin escribir" in after and "bea-p confirmó" in after
    assert not default_dossier(casefile).exists() and not team.desk.publishing.is_at_work


def test_nobody_confirms_what_they_asked_for_on_a_server(opened):
    """The same person is refused, another is let through; whoever is alone at a laptop may look twice."""
    from invented import AT

    casefile = opened()
    found = difference(casefile, default_dossier(casefile), casefile.settings.edition)
    ask_for(casefile, found, Hand("Ana", AT))
    asked = asked_for(casefile)
    with pytest.raises(InvalidValue):
        confirm(casefile, asked, by="Ana", at=AT, alone=False)
    with pytest.raises(InvalidValue):
        ask_for(casefile, found, Hand("Bea", AT))
    assert confirm(casefile, asked, by="Ana", at=AT, alone=True).act is Act.APPROVE
    assert asked_for(casefile) is None


def test_only_the_difference_that_was_looked_at_is_written(opened):
    """Where something else became public between the request and the build, nothing is written."""
    from invented import AT

    casefile = opened()
    folder, edition = default_dossier(casefile), casefile.settings.edition
    ask_for(casefile, difference(casefile, folder, edition), Hand("Ana", AT))
    asked = asked_for(casefile)
    publish(casefile, folder, edition, by="Ana", at=AT)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    confirm(casefile, asked, by="Bea", at=AT, alone=False)
    with pytest.raises(InvalidValue):
        build_confirmed(casefile, folder, asked, by="Bea", at=AT)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_what_changed_after_the_look_cannot_be_confirmed(opened):
    """A decision between the request and the confirmation makes the request void."""
    from invented import AT
    from recuento.casefile.review.reviewing import decide

    casefile = opened()
    found = difference(casefile, default_dossier(casefile), casefile.settings.edition)
    ask_for(casefile, found, Hand("Ana", AT))
    decide(casefile, ["claim:A3"], Act.WITHDRAW, by="Ana", at=AT)
    with pytest.raises(InvalidValue):
        confirm(casefile, asked_for(casefile), by="Bea", at=AT, alone=False)


def test_the_gate_that_refuses_is_shown_as_it_is(prepared, tmp_path):
    """Where a private name would get out the page says what the gate says, and nothing can be asked for."""
    import shutil

    case = shutil.copytree(prepared, tmp_path / "case")
    settings = case / "recuento.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('es = "El incendio de Valdeoscuro"', 'es = "El incendio de Zulmara Quindos"'))
    with serving(case) as address:
        client = entered(address)
        client.post("/publish/compare/")
        page = worked_out(client)
    assert "no deja salir" in page and "index.html" in page
    assert "/publish/request/" not in page


def test_items_are_read_from_files_alone():
    """A folder without our files holds no item; days that pass change none."""
    assert items_of({"style/recuento.css": b"a{}"}) == {}
    one, other = (
        b'{"id":"x","name":{"es":"x","en":"x"},"claims":[],"demands":[{"id":"D","asker":{"name":{"es":"a","en":"a"}},'
        b'"item":"lista","days_open":%d}]}' % days
        for days in (1, 2)
    )
    assert items_of({"files/x/event.json": one}) == items_of({"files/x/event.json": other})
