"""Opening a sealed source: on a laptop with a key that touches no disk, on a server as a packet; noted before."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from served_casefile import entered, serving
from team_site import give_again, token_in

from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.keepers import read_key_file
from recuento.casefile.sealing.openings import openings
from recuento.casefile.sealing.packets import open_packet
from recuento.errors import CheckFailed, InvalidValue
from recuento.seal.keys import PrivateKey, key_file, secret_of
from recuento.seal.sealed import opened as opened_value
from recuento.workbench.keeper_key import leave_no_core
from recuento.workbench.roles import Role
from sealing_actions import hits
from vault_case import FILE_NAME, FILE_TEXT, SECRETS, keepers_in, source_in

WORDS = "cinco palabras que nadie conjetura"
PURPOSE = "preparar la segunda entrevista"


@pytest.fixture(scope="module")
def sealed(prepared, tmp_path_factory):
    """A served casefile with a source: the folder in which it leaves all it leaves, source, key file, client."""
    folder = tmp_path_factory.mktemp("sealed")
    case = Path(shutil.copytree(prepared, folder / "left" / "case"))
    traces = folder / "left" / "traces"
    traces.mkdir()
    with Casefile.open(case) as casefile:
        keys = keepers_in(casefile)
        source = source_in(casefile, folder)
    file = key_file(keys.ana, WORDS)
    with serving(case, traces=traces) as address:
        yield folder / "left", source, (file, keys), entered(address)


def send(sealed, **changed):
    """Send the form with which a source is opened."""
    _, source, (file, _), client = sealed
    sent = {"passphrase": WORDS, "why": PURPOSE, **changed}
    name = ("ana.key", sent.pop("file", file))
    return client.send_file(f"/unseal/{source}/open/", "key", name, **sent)


def noted(sealed):
    """The openings in the log."""
    with Casefile.open(sealed[0] / "case") as casefile:
        return openings(casefile)


def test_sources_are_told_by_id_and_class_alone(sealed):
    """The list and the page of a source hold no value; a source that is not there is a 404."""
    _, source, _, client = sealed
    home, page = client.get("/unseal/").text, client.get(f"/unseal/{source}/").text
    assert source in home and "familiar de una persona detenida" in home and "ana, luis" in home
    assert not [word for text in SECRETS.values() for word in text.split()[:2] if word in home + page]
    assert client.get("/unseal/s-zzzzzzzzzz/").status == 404


def test_without_key_passphrase_or_purpose_nothing_is_shown_or_noted(sealed):
    """Each is asked for; a purpose that tells a name is refused; what is wrong is said, and no value with it."""
    before = len(noted(sealed))
    stranger = key_file(PrivateKey.new(), WORDS)
    wrong = [{"why": "x"}, {"passphrase": "otra frase que no es"}, {"file": b"nada"}, {"file": stranger},
             {"why": f"hablar con {SECRETS['name'].split()[0]}"}, {"file": b"x" * 200_000}]  # fmt: skip
    for one in wrong:
        answer = send(sealed, **one)
        assert answer.status == 400 and "Guayacán" not in answer.text, one
    assert sealed[3].post(f"/unseal/{sealed[1]}/open/", passphrase=WORDS, why=PURPOSE).status == 400
    assert len(noted(sealed)) == before


def test_what_is_opened_is_shown_once_noted_before_and_kept_nowhere(sealed):
    """The page tells every value and no other does; after it no byte of value, key or passphrase is on the disk."""
    left, source, (_, keys), client = sealed
    answer = send(sealed)
    assert answer.status == 200 and all(text in answer.text for text in SECRETS.values())
    assert FILE_NAME in answer.text and FILE_TEXT not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    title = re.search("<title>(.*?)</title>", answer.text)[1]
    assert "Ubaldina" not in title + answer.address + str(answer.headers)
    last = noted(sealed)[0]
    assert (last.source, last.keeper, last.purpose) == (source, "ana", PURPOSE)
    after = client.get(f"/unseal/{source}/").text + client.get("/unseal/").text + client.get("/history/").text
    assert PURPOSE in after and SECRETS["name"] not in after
    planted = [*SECRETS.values(), FILE_NAME, FILE_TEXT, WORDS, secret_of(keys.ana).decode()]
    assert hits(left, planted) == []
    (left / "case" / "kept.html").write_text(answer.text, encoding="utf-8")
    assert hits(left, planted) == ["case/kept.html"]
    (left / "case" / "kept.html").unlink()


def test_a_server_hands_out_a_packet_and_takes_no_key(team, tmp_path):
    """It asks for the second factor again; the packet opens with the one key alone; the log has it before."""
    keys = keepers_in(team.desk.casefile)
    source = source_in(team.desk.casefile, tmp_path)
    browser = team.client(team.member(Role.KEEPER_OF_NAMES))
    address = f"/unseal/{source}/"
    assert browser.get(address)["Location"].startswith("/me/second-factor/reauthenticate/")
    give_again(browser)
    page = browser.get(address)
    assert 'type="file"' not in page.content.decode() and "recuento seal packet" in page.content.decode()
    form = {"csrfmiddlewaretoken": token_in(page), "keeper": "ana", "why": PURPOSE}
    assert browser.post(address + "packet/", {**form, "why": ""}).status_code == 400
    assert browser.post(address + "packet/", {**form, "keeper": "eva"}).status_code == 400
    assert openings(team.desk.casefile) == ()
    answer = browser.post(address + "packet/", form)
    assert answer["Cache-Control"] == "no-store" and source in answer["Content-Disposition"]
    (last,) = openings(team.desk.casefile)
    assert (last.source, last.keeper, last.how, last.purpose) == (source, "ana", "packet", PURPOSE)
    packet = open_packet(answer.content, keys.ana, "x")
    found = []
    for part in packet.opened.parts:
        with opened_value(part.name or part.value) as plain:
            found.append(plain.text)
    assert sorted(found) == sorted([*SECRETS.values(), FILE_NAME])
    assert not [
        one for text in SECRETS.values() for one in text.split() if len(one) > 4 and one.encode() in answer.content
    ]
    with pytest.raises(CheckFailed):
        open_packet(answer.content, keys.luis, "x")
    for broken in (answer.content[:-40], b"PK", answer.content.replace(b"recuento packet 1", b"recuento packet 2")):
        with pytest.raises(InvalidValue):
            open_packet(broken, keys.ana, "x")
    (tmp_path / "ana.key").write_bytes(key_file(keys.ana, WORDS))
    assert read_key_file(tmp_path / "ana.key", WORDS).public == keys.ana.public
    with (tmp_path / "ana.key").open("rb") as key:
        refused = browser.post(address + "open/", {**form, "key": key, "passphrase": WORDS})
    assert refused.status_code == 400 and "Ubaldina" not in refused.content.decode()
    assert len(openings(team.desk.casefile)) == 1


def test_a_crash_leaves_no_copy_of_the_memory():
    """Once a key was in it, the process may write no core file."""
    resource = pytest.importorskip("resource", reason="this system has no such limit")
    leave_no_core()
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
