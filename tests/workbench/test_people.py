"""Pairs of entries judged in the browser: the same functions as in the terminal, and names for nobody else."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest
from linked_casefile import WALL, link_lists
from served_casefile import Client, entered, serving

from invented import AT
from recuento.casefile.casefile import Casefile
from recuento.casefile.people.linking import is_up_to_date
from recuento.casefile.people.lists import apply_list, plan_list
from recuento.casefile.people.pair_decisions import answer, standing_answers
from recuento.casefile.people.pair_queue import PairQueue, PairsState

pytest.importorskip("splink", reason="the extra link is not installed")


@pytest.fixture(scope="module")
def linked(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented casefile with two lists whose names are alike, linked."""
    return link_lists(prepared, tmp_path_factory.mktemp("linked"))


def pages_of(client: Client) -> str:
    """The page of the lists, once the pairs are ordered."""
    for _ in range(600):
        text = client.get("/people/").text
        if "data-poll" not in text:
            return text
        time.sleep(0.25)
    raise AssertionError("the pairs were never ordered")


def first_pair(text: str) -> str:
    """The address of the pair that is offered first."""
    found = re.search(r"/people/[0-9a-f]{16}/", text)
    assert found is not None, text
    return found[0]


def test_an_answer_is_kept_goes_on_and_can_be_taken_back(linked, tmp_path):
    """One answer a pair leads to the next; it stands with who gave it, makes the linkage stale, and undo brings the
    pair back; what contradicts an earlier answer is refused with the reason.
    """
    case = Path(shutil.copytree(linked, tmp_path / "case"))
    with serving(case) as address:
        client = entered(address)
        first = first_pair(pages_of(client))
        page = client.get(first)
        assert "PRUEBASOLA" in page.text or "MENGANA" in page.text or "DIAZ" in page.text
        client.post(first + "decide/", answer="no")
        with Casefile.open(case) as casefile:
            ((decision, given),) = standing_answers(casefile)
            assert (given.answer, is_up_to_date(casefile)) == ("no", False)
        assert first not in client.get("/people/").text
        assert client.post(first + "decide/", answer="yes").status == 404
        again = client.post("/people/undo/")
        assert again.status == 200 and "pair" in again.text
        with Casefile.open(case) as casefile:
            assert standing_answers(casefile) == ()
        assert client.post("/people/undo/", decision=str(decision.id)).status == 400
        assert client.bare_post(first + "decide/", answer="yes").status == 403
        assert client.post(first + "decide/", answer="perhaps").status == 400


def test_linking_starts_from_the_page(linked, tmp_path):
    """Where lists changed, the page links again in the background and then offers pairs."""
    case = Path(shutil.copytree(linked, tmp_path / "case"))
    more = tmp_path / "wall.csv"
    more.write_text(WALL + "OTRA PRUEBASOLA ZUTANA;;\n", encoding="utf-8")
    with Casefile.open(case) as casefile:
        apply_list(casefile, plan_list(casefile, more, "wall"), by="ana", at=AT)
    with serving(case) as address:
        client = entered(address)
        pages_of(client)
        client.post("/people/link/")
        pages_of(client)
        with Casefile.open(case) as casefile:
            assert is_up_to_date(casefile)


def test_every_process_goes_through_the_same_pairs(linked, tmp_path):
    """What one process ordered the next shows at once, after an answer too: nobody comes to a pair unknown there."""
    case = Path(shutil.copytree(linked, tmp_path / "case"))
    with Casefile.open(case) as casefile:
        first = PairQueue(case)
        while first.seen(casefile).state is PairsState.WORKING:
            time.sleep(0.05)
        waiting = first.seen(casefile).waiting
        second = PairQueue(case).seen(casefile)
        assert second.state is PairsState.READY and second.waiting == waiting != ()
        answer(casefile, waiting[0].left, waiting[0].right, "no", by="ana", at=AT)
        assert PairQueue(case).seen(casefile).waiting == first.seen(casefile).waiting == waiting[1:]
