"""Controls in the review: they look like any statement, and what they find is told afterwards."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from served_casefile import Client, entered, form_of, serving

from recuento.casefile.casefile import Casefile
from recuento.casefile.review.controls import watch_of
from recuento.casefile.review.reviewing import reviews
from recuento.model.decision import Act


@pytest.fixture
def watched(prepared: Path, tmp_path: Path):
    """The casefile with a control after every decision: its folder and a client that was let in."""
    case = Path(shutil.copytree(prepared, tmp_path / "case"))
    with (case / "recuento.toml").open("a", encoding="utf-8") as file:
        file.write("\n[review]\ncontrols_every = 1\n")
    with serving(case) as address:
        yield case, entered(address)


def confirm(client: Client, page, **changes: str):
    """Send the page as it stands, or with changes."""
    action = re.search(r'action="(/review/[^"]+/decide/)"', page.text)
    assert action is not None
    return client.post(action[1], **{**form_of(page), "action": "confirm", **changes})


def test_a_control_comes_up_and_its_end_is_told_once(watched):
    """After two decisions a decided statement comes back as if it waited; passing it is told, noted and changes no
    decision; refusing the next one catches it.
    """
    case, client = watched
    page = confirm(client, client.get("/review/"))
    page = confirm(client, page)
    with Casefile.open(case) as casefile:
        standing = [one for one in reviews(casefile).decisions if one.act is Act.CONFIRM]
    assert len(standing) == 2
    shown = re.search(r"/review/([0-9a-f]{16})/([\d,-]+)/decide/", page.text)
    assert f"statement:{shown[1]}:{shown[2]}" in {one.subject for one in standing}
    assert "Confirmada" not in re.search(r'<h1 id="statement".*?</h1>', page.text)[0]
    page = confirm(client, page)
    assert "pasó sin verse" in page.text and "0 de 1" in page.text
    page = confirm(client, page)
    assert "pasó sin verse" not in page.text
    page = confirm(client, page, action="reject")
    assert "lo descubrió" in page.text and "1 de 2" in page.text
    with Casefile.open(case) as casefile:
        found = reviews(casefile)
        assert (len(found.confirmed), found.rejected) == (3, frozenset())
        me = next(one.by for one in found.decisions)
        assert (watch_of(casefile, me).shown, watch_of(casefile, me).caught) == (2, 1)
    assert client.get("/history/").status == 200
