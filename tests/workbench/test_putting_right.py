"""Decisions that only a command took before: what a file says of itself is confirmed, an estimate is withdrawn."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from team_site import Team, token_in

from invented import AT
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.publishing.retracting import retractions
from recuento.store import documents
from recuento.workbench.desk import Desk
from recuento.workbench.roles import Role

PAGE = (
    "<html lang='es'><head><title>Informe del mes</title><meta name='author' content='Zoila Invento'></head><body>"
    "<article><h1>Informe del mes</h1><p>El Observatorio de Lares dijo que hubo 20 heridos en el penal.</p></article>"
)
ESTIMATE = """
[[estimates]]
id = "sin-lista"
event = "fire"
es = "Cuántos no están en ninguna lista"
en = "How many are on no list"
table = "linked"
"""


@pytest.fixture(scope="module")
def mine(team: Team, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """The same team at a casefile of this file's own, with a captured page and an estimate that is asked for."""
    folder = tmp_path_factory.mktemp("own")
    case = Path(shutil.copytree(prepared, folder / "case"))
    with (case / "recuento.toml").open("a", encoding="utf-8") as file:
        file.write(ESTIMATE)
    (folder / "pagina.html").write_text(PAGE, encoding="utf-8")
    with Casefile.open(case) as casefile:
        preserve(casefile, [folder / "pagina.html"], by="ana", at=AT)
        yield Team(case, Desk(casefile, owner=None, language="es", clock=lambda: datetime.now(UTC)))


def sent(client: Any, address: str, shown: str, **fields: str) -> Any:
    """The answer to a form that the page at `shown` holds."""
    return client.post(address, {"csrfmiddlewaretoken": token_in(client.get(shown)), **fields})


def test_what_a_file_says_of_itself_is_put_right_or_confirmed(mine):
    """Field by field, as a decision in the history; who wrote it for keepers of names alone; nothing stale is taken."""
    casefile = mine.desk.casefile
    with casefile.database.reading() as connection:
        (page,) = [one for one in documents.all(connection) if one.name == "pagina.html"]
    address = f"/document/{page.sha256[:16]}/"
    assert "/describe/" not in mine.client(mine.member(Role.READER)).get(address).content.decode()
    client = mine.client(mine.member(Role.DOCUMENTATION))
    shown = client.get(address).content.decode()
    assert 'value="Informe del mes"' in shown and "Zoila Invento" not in shown

    def tell(client: Any, **fields: str) -> int:
        return int(sent(client, f"{address}describe/", address, **fields).status_code)

    assert tell(client, field="author", was="Zoila Invento", value="Zoila Invento") == 400
    assert tell(client, field="title", was="Otro", value="Otro más") == 400
    assert tell(client, field="title", was="Informe del mes", value="Informe de marzo") == 303
    both = mine.client(mine.member(Role.DOCUMENTATION, Role.KEEPER_OF_NAMES))
    assert tell(both, field="author", was="Zoila Invento", value="Zoila Invento") == 303
    with casefile.database.reading() as connection:
        now = documents.find(connection, page.sha256).description
    assert (now.title, now.author) == ("Informe de marzo", "Zoila Invento")
    assert not {"title", "author"} & now.extracted
    shown = client.get(address).content.decode()
    history = shown[shown.index('id="history"') :]
    assert "Informe de marzo" in history and "Zoila Invento" not in shown and 'name="decision"' not in history


def test_an_estimate_is_withdrawn_and_brought_back(mine):
    """From the page on which one publishes, on a second look and with a reason, as anything else is."""
    client = mine.client(mine.member(Role.PUBLISHER))
    page = client.get("/publish/").content.decode()
    assert "Cuántos no están en ninguna lista" in page
    address = re.search(r'href="(/publish/out/\?subject=estimate:[^"]+)"', page)[1]
    form = {"subject": "estimate:sin-lista", "why": "las listas no valen"}
    assert sent(client, "/publish/out/withdraw/", address, **form).status_code == 400
    assert sent(client, "/publish/out/withdraw/", address, **form, looked="yes").status_code == 303
    assert [(one.kind, one.id) for one in retractions(mine.desk.casefile)] == [("estimate", "sin-lista")]
    shown = client.get(address).content.decode()
    assert "las listas no valen" in shown and "las listas no valen" in client.get("/history/").content.decode()
    number = re.search(r'name="decision" value="(\d+)"', shown)[1]
    assert sent(client, "/undo/", address, decision=number, back=address).status_code == 303
    assert retractions(mine.desk.casefile) == ()
