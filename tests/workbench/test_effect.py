"""The effect of a decision is worked out from its events alone, and never refused with an error."""

from __future__ import annotations

import pytest
from team_site import Team

from invented import AT
from recuento.casefile.events import too_much
from recuento.casefile.events.effects import effects_of
from recuento.casefile.reading.reading import read_documents
from recuento.casefile.review.correcting import Hand, decide_on, undo
from recuento.casefile.review.reviewing import reviews
from recuento.model.decision import Act
from recuento.workbench.roles import Role


def test_it_is_that_of_the_whole_casefile(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its own events hold tells the same as all documents and all decisions; too much for a page is said on it."""
    casefile, desk = team.desk.casefile, team.desk
    with desk.lock:
        desk.queue.refresh()
        items = [item for sha256 in desk.queue.documents() for item in desk.queue.of_document(sha256)]
    made = [decide_on(casefile, item.key, Act.CONFIRM, Hand("ana", AT)) for item in items]
    every, read = reviews(casefile).decisions, read_documents(casefile)
    found = [desk.effects(decision.id) for decision in made]
    assert found == [effects_of(casefile, decision, every, read, desk.today()) for decision in made]
    assert any(effect.figures for effects in found for effect in effects or ())
    client = team.client(team.member(Role.DOCUMENTATION))
    address = f"/effect/{made[0].id}/"
    assert "El balance" in client.get(address).content.decode() or "cifra" in client.get(address).content.decode()
    monkeypatch.setattr(too_much, "MOST", 2)
    answer = client.get(address)
    assert answer.status_code == 200 and "recuento balance" in answer.content.decode()
    assert client.get(f"/effect/{made[-1].id + 1000}/").status_code == 404
    for decision in made:
        undo(casefile, decision.id, by="ana", at=AT)
