"""What a statement asks for is put right like its other fields, and what was decided on a demand before stays."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from served_casefile import Client, entered, form_of, make_casefile, serving

from invented import AT
from recuento.casefile.casefile import Casefile
from recuento.casefile.events.gathering import gather
from recuento.casefile.publishing.holding import held_back, hold_named, release
from recuento.casefile.publishing.publishing import publish
from recuento.casefile.publishing.retracting import restore, retract, retractions
from recuento.casefile.review.correcting import Hand
from recuento.casefile.review.reviewing import reviews
from recuento.errors import InvalidValue
from recuento.model.decision import Act
from recuento.model.demand import DemandState

TEXT = """\
La directora del penal, Elena Ruiz Prado, aseguró que 371 internos fueron trasladados a otros centros de Valdeoscuro.

El Observatorio de Lares exigió al Gobierno la lista de los trasladados y el acceso de los
abogados a los pabellones de Valdeoscuro.
"""
LIST, ACCESS = "la lista de los trasladados", "el acceso de los\nabogados a los pabellones de Valdeoscuro"
DEMAND, CLAIM = "lista de los trasladados", "371"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casefile in which one statement asks for two things."""
    return make_casefile(tmp_path_factory.mktemp("demands"), {"exigencias": TEXT})


@pytest.fixture
def case(made: Path, tmp_path: Path):
    """A copy of it, served: its folder and the address."""
    folder = Path(shutil.copytree(made, tmp_path / "case"))
    with serving(folder) as address:
        yield folder, address


@pytest.fixture
def client(case: tuple[Path, str]) -> Client:
    """A client that was let in."""
    return entered(case[1])


@pytest.fixture
def opened(case: tuple[Path, str]):
    """The casefile beside the server."""
    with Casefile.open(case[0]) as casefile:
        yield casefile


def page_of(client: Client, words: str):
    """The page of the statement with these words."""
    page = client.get("/review/")
    for link in dict.fromkeys(re.findall(r'data-swap href="(/review/[^"]+)"', page.text)):
        page = client.get(link)
        here = " ".join(re.findall(r'<span class="s on">(.*?)</span>', page.text, re.DOTALL))
        if words in re.sub("<[^>]+>", "", here):
            return page
    raise AssertionError(words)


def send(client: Client, page, to: str = "decide", **changes: str):
    """Send the form of a page with some fields changed."""
    action = re.search(r'action="(/review/[^"]+)decide/"', page.text)
    assert action is not None
    return client.post(f"{action[1]}{to}/", **{**form_of(page), **changes})


def numbers(page) -> list[int]:
    """The numbers of the fields on a page."""
    return [int(number) for number in re.findall(r'<details class="f" name="field" data-key="(\d)"', page.text)]


def names(page) -> list[str]:
    """What the items of a page go by in its form: "a12", "a40", "anew"."""
    return re.findall(r'data-field="(a\w+)-item"', page.text)[-3:]


def fields(page, name: str) -> str:
    """The words of one field, its offers and its checks."""
    found = re.search(rf'<details[^>]*data-field="{name}".*?</details>', page.text, re.DOTALL)
    assert found is not None
    return unescape(re.sub("<[^>]+>", "|", found[0]))


def asked(casefile: Casefile) -> list[tuple[str, str | None, str | None]]:
    """The demands of the event: item, addressee, measure."""
    return [(one.item, one.addressee, one.measure) for one in demands(casefile)]


def demands(casefile: Casefile):
    """The demands of the event."""
    (event,) = casefile.settings.cast.events
    return gather(casefile, event, casefile.settings.edition).demands


def test_only_a_demand_has_the_fields_seven_to_nine(client, opened):
    """Other statements have the six they had; a demand as it stands is confirmed, not corrected."""
    assert numbers(page_of(client, CLAIM)) == [1, 2, 3, 4, 5, 6]
    page = page_of(client, DEMAND)
    assert numbers(page) == [1, 2, 3, 7, 8, 9, 7, 8, 9, 7]
    assert "7–9" in page.text and "7–9" not in page_of(client, CLAIM).text
    send(client, page)
    assert [one.act for one in reviews(opened).decisions] == [Act.CONFIRM]


def test_words_addressee_and_measure_are_put_right_and_told(client, opened):
    """Accounts, API and history have the item as it was put right, with the measure that was chosen."""
    page = page_of(client, DEMAND)
    first, second, _ = names(page)
    changes = {f"{first}-item-typed": "LOS  trasladados y el acceso", f"{second}-item": "drop"}
    send(client, page, **changes, **{f"{first}-addressee-typed": "elena ruiz prado"})
    assert asked(opened) == [("los trasladados y el acceso", "Elena Ruiz Prado", "transferred")]
    send(client, page_of(client, DEMAND), **{f"{names(page_of(client, DEMAND))[0]}-measure-typed": "injured"})
    assert asked(opened) == [("los trasladados y el acceso", "Elena Ruiz Prado", "injured")]
    (told,) = (one for one in json.loads(client.get("/api/v1/statements/").text)["items"] if one["asks"])
    assert [(one["item"]["quote"], one["addressee"], one["measure"]) for one in told["asks"]] == [
        ("los trasladados y el acceso", "Elena Ruiz Prado", "injured")
    ]
    (demand,) = json.loads(client.get("/api/v1/demands/").text)["items"]
    assert (demand["item"], demand["addressee"]) == ("los trasladados y el acceso", "Elena Ruiz Prado")
    history = unescape(client.get("/history/").text)
    for told in (
        f"Qué pide: de «{LIST}» a «los trasladados y el acceso»",
        "A quién («los trasladados y el acceso»): de «Gobierno» a «Elena Ruiz Prado»",
        f"Qué pide: se quitó «{ACCESS}; Gobierno; nada del vocabulario»",
        "Se refiere a («los trasladados y el acceso»): de «personas trasladadas» a «personas heridas»",
    ):
        assert told in history


def test_a_measure_that_only_said_what_the_words_say_follows_them(client, opened):
    """Other words, another measure; one that was chosen stays with whatever words."""
    page = page_of(client, DEMAND)
    first, second, _ = names(page)
    send(client, page, **{f"{first}-item-typed": "abogados", f"{second}-measure": "injured"})
    page = page_of(client, DEMAND)
    assert sorted(asked(opened)) == [("abogados", "Gobierno", None), (ACCESS, "Gobierno", "injured")]
    send(client, page, **{f"{second}-item-typed": "el acceso"})
    assert ("el acceso", "Gobierno", "injured") in asked(opened)


def test_a_missing_item_is_added_by_its_words(client, opened):
    """It is asked of those of whom the others are; words that are not there are told with what was filled in kept."""
    page = page_of(client, DEMAND)
    wrong = send(client, page, **{"anew-item-typed": "la verdad", "stance": "asks:asserted"})
    assert wrong.status == 400 and "la verdad" in wrong.text
    assert form_of(wrong)["stance"] == "asks:asserted" and reviews(opened).decisions == ()
    twice = send(client, page, **{"anew-item-typed": "la lista"})
    assert twice.status == 400 and "quite una" in twice.text
    send(client, page, **{"anew-item-typed": "los pabellones"})
    assert ("los pabellones", "Gobierno", None) in asked(opened) and len(asked(opened)) == 3


def test_what_becomes_a_demand_is_shown_with_all_it_says_before_anything_is_decided(client, opened):
    """The first sending shows what would be asked; the second decides. No item may be left in either language."""
    page = page_of(client, CLAIM)
    shown = send(client, page, stance="demands:asserted")
    assert shown.status == 200 and reviews(opened).decisions == ()
    assert numbers(shown)[-3:] == [7, 8, 9] and "confirme cuando esté bien" in shown.text
    form = form_of(shown)
    assert (form["stance"], form["anew-item"], form["anew-measure"]) == ("demands:asserted", "whole", "transferred")
    shorter = send(client, shown, "redraw", nudge="end-1")
    assert "|371 internos fueron trasladados a otros centros de|" in fields(shorter, "anew-item")
    send(client, shorter, **{"anew-addressee-typed": "ODL"})
    whole = ("371 internos fueron trasladados a otros centros de", "Observatorio de Lares", "transferred")
    assert whole in asked(opened)
    send(client, page_of(client, CLAIM), stance="asserts:asserted")
    assert whole not in asked(opened)
    send(client, page_of(client, CLAIM), stance="demands:asserted")
    assert whole in asked(opened)


def test_an_added_statement_can_ask_for_something(client, opened):
    """The form for a missed statement shows what is asked before it adds a demand."""
    document = re.search(r"/review/([0-9a-f]{16})/", page_of(client, CLAIM).text)[1]
    form = form_of(client.get(f"/add/{document}/?span=0-22"))
    shown = client.post(
        f"/add/{document}/decide/", **{**form, "stance": "demands:asserted", "speaker-typed": "Elena Ruiz Prado"}
    )
    assert shown.status == 200 and reviews(opened).decisions == ()
    client.post(f"/add/{document}/decide/", **form_of(shown))
    assert ("La directora del penal", None, None) in asked(opened)


def test_an_item_that_other_words_leave_outside_is_told_and_comes_back_with_them(client, opened):
    """Cut where the words end; outside, it counts for nothing and the page says so; grown back, nothing has changed."""
    page = shown = page_of(client, DEMAND)
    last = names(page)[1]
    for _ in range(3):
        shown = send(client, shown, "redraw", nudge="end-1")
    assert "|el acceso de los\nabogados a los|" in fields(shown, f"{last}-item")
    for _ in range(7):
        shown = send(client, shown, "redraw", nudge="end-1")
    assert "quedó fuera" in fields(shown, f"{last}-item")
    whole = shown
    for _ in range(10):
        whole = send(client, whole, "redraw", nudge="end+1")
    assert form_of(whole) == form_of(page)
    send(client, shown)
    assert [item for item, _, _ in asked(opened)] == [LIST]


def test_what_was_noted_on_a_demand_stays_when_its_words_are_put_right(client, opened):
    """State, answer and history go with it, to the corrected one and back; its former address leads there."""
    (was,) = (one for one in demands(opened) if one.item == LIST)
    client.post(f"/event/fire/demand/{was.id}/settle/", state="refused", on="2031-03-26", why="por escrito", seen="0")
    page = page_of(client, DEMAND)
    send(client, page, **{f"{names(page)[0]}-measure-typed": "injured", "speaker-typed": "Zulmara Quindos"})
    (now,) = (one for one in demands(opened) if one.item == LIST)
    assert now.id != was.id and (now.state, str(now.settled)) == (DemandState.REFUSED, "2031-03-26")
    record = client.get(f"/demand/{was.id}/")
    assert record.address == f"/event/fire/demand/{now.id}/"
    assert "por escrito" in record.text and "Una corrección cambió" in record.text
    assert client.get(f"/event/fire/demand/{was.id}/").address == record.address
    client.post(f"/event/fire/demand/{now.id}/settle/", state="answered", seen=str(reviews(opened).decisions[-1].id))
    client.post("/undo/", decision=str(reviews(opened).decisions[1].id))
    (back,) = (one for one in demands(opened) if one.item == LIST)
    assert (back.id, back.state) == (was.id, DemandState.ANSWERED)


def test_what_was_noted_on_a_demand_that_is_left_out_is_still_told(client, opened):
    """Nobody makes it any more: its page says so, with what was decided, and none without decisions."""
    (was,) = (one for one in demands(opened) if one.item == LIST)
    client.post(f"/event/fire/demand/{was.id}/settle/", state="refused", why="por escrito", seen="0")
    page = page_of(client, DEMAND)
    send(client, page, **{f"{names(page)[0]}-item": "drop"})
    gone = client.get(f"/demand/{was.id}/")
    assert "Nadie hace ya esta exigencia" in gone.text and "por escrito" in gone.text
    assert "Nadie hace" not in client.get("/demand/D01234567/").text
    client.post("/undo/", decision=str(reviews(opened).decisions[-1].id))
    assert [one.state for one in demands(opened) if one.item == LIST] == [DemandState.REFUSED]


@pytest.mark.parametrize("how", ["hold", "retract"])
def test_what_was_kept_back_is_not_let_out_by_a_correction(client, opened, how):
    """A demand that is held back or withdrawn stays so under its new id, until that is taken back."""
    (was,) = (one for one in demands(opened) if one.item == LIST)
    if how == "hold":
        hold_named(opened, f"demand:{was.id}", Hand("Ana", AT, why="pidió esperar"))
    else:
        retract(opened, f"demand:{was.id}", by="Ana", at=AT)
    page = page_of(client, DEMAND)
    send(client, page, **{f"{names(page)[0]}-measure-typed": "injured"})
    assert LIST not in {one["item"] for one in told_publicly(opened)}
    (now,) = (one for one in demands(opened) if one.item == LIST)
    page = client.get(f"/publish/out/?subject=demand:{now.id}")
    (taken_back,) = set(re.findall(r'name="decision" value="(\d+)"', page.text))
    client.post("/undo/", decision=taken_back)
    assert LIST in {one["item"] for one in told_publicly(opened)}


def test_a_withdrawal_reaches_the_id_that_earlier_editions_tell_and_ends_whole(client, opened):
    """A corrected demand is withdrawn under every id it had; restoring restores all. Holds are found by any of them."""
    (was,) = (one for one in demands(opened) if one.item == LIST)
    page = page_of(client, DEMAND)
    send(client, page, **{f"{names(page)[0]}-measure-typed": "injured"})
    (now,) = (one for one in demands(opened) if one.item == LIST)
    retract(opened, f"demand:{was.id}", by="Ana", at=AT)
    assert {one.id for one in retractions(opened)} == {was.id, now.id}
    restore(opened, f"demand:{now.id}", by="Ana", at=AT)
    assert retractions(opened) == ()
    client.post("/undo/", decision="1")
    hold_named(opened, f"demand:{now.id}", Hand("Ana", AT, why="pidió esperar"))
    with pytest.raises(InvalidValue, match="held back already"):
        hold_named(opened, f"demand:{was.id}", Hand("Ana", AT, why="otra vez"))
    release(opened, f"demand:{was.id}", Hand("Ana", AT))
    assert held_back(opened) == {}


def told_publicly(casefile: Casefile):
    """The demands of the dossier as it would be published."""
    folder = casefile.folder / "dossier"
    publish(casefile, folder, casefile.settings.edition)
    file = min(folder.glob("**/event.json"), key=lambda path: len(path.parts))
    return json.loads(file.read_text(encoding="utf-8"))["demands"]
