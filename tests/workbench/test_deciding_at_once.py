"""Two people decide on the same statement at the same moment, through two servers of one casefile on PostgreSQL."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from served_casefile import Answer, Client, entered, form_of, serving

from postgres_server import server_or_skip
from recuento.casefile.casefile import Casefile
from recuento.casefile.keeping.copying import copy_casefile
from recuento.casefile.review.review_queue import ReviewQueue
from recuento.model.decision import Act
from recuento.store import decisions
from recuento.workbench.urls_of import review_url


@pytest.fixture(params=["sqlite", "postgresql"])
def case(request: pytest.FixtureRequest, prepared: Path, tmp_path: Path) -> Iterator[Path]:
    """The invented casefile in a file, then on a real server."""
    if request.param == "sqlite":
        yield Path(shutil.copytree(prepared, tmp_path / "case"))
        return
    server = server_or_skip()
    copy_casefile(prepared, tmp_path / "team", server=server.address(server.new_database(ready=False)))
    yield tmp_path / "team"


def test_the_second_sees_the_first_and_chooses(case: Path) -> None:
    """Of two answers to one page exactly one is written; the other is shown it and can decide. Nothing is lost."""
    with Casefile.open(case) as casefile, serving(case) as one, serving(case) as other:
        queue = ReviewQueue(casefile)
        queue.refresh()
        keys = [item.key for sha256 in queue.documents() for item in queue.of_document(sha256)][:2]
        people = (entered(one), entered(other))
        with ThreadPoolExecutor(2) as hands:
            for key in keys:
                pages = [person.get(review_url(key)) for person in people]
                ready = Barrier(2)
                answers = list(hands.map(send, people, pages, [key] * 2, ["confirm", "reject"], [ready] * 2))
                assert sorted(answer.status for answer in answers) == [303, 409]
                late = next(place for place, answer in enumerate(answers) if answer.status == 409)
                assert "Alguien decidió sobre esto" in answers[late].text
                again = send(people[late], answers[late], key, "refer", None)
                assert again.status == 303
                with casefile.database.reading() as connection:
                    made = decisions.on(connection, key)
                assert [decision.act for decision in made] == [Act.REJECT if late == 0 else Act.CONFIRM, Act.REFER]
        with casefile.database.reading() as connection:
            assert Counter(one.subject for one in decisions.all(connection)) == Counter(dict.fromkeys(keys, 2))


def send(person: Client, page: Answer, key: str, action: str, ready: Barrier | None) -> Answer:
    """Send the form of a page as it was filled in, no redirect followed."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    fields = {"csrfmiddlewaretoken": token[1], **form_of(page), "action": action}
    if ready is not None:
        ready.wait(30)
    return person.raw("POST", f"{review_url(key)}decide/", fields)
