"""Documents handed in through the browser: dropped, chosen or pasted, and what the page says of each."""

from __future__ import annotations

import time

from served_casefile import Client

from browser import NEEDS_CHROMIUM, chromium, is_too_wide, violations
from recuento.store import documents

TEXT = "El portavoz del penal aseguró que 47 internos fueron trasladados a Lares.\n"


def arrived(client: Client) -> str:
    """The page once nothing is on its way."""
    for _ in range(240):
        text = client.get("/capture/").text
        if "data-poll" not in text:
            return text
        time.sleep(0.25)
    raise AssertionError("it never arrived")


def titles(casefile) -> set[str | None]:
    """The titles of the documents."""
    with casefile.database.reading() as connection:
        return {document.description.title for document in documents.all(connection)}


def test_a_pasted_text_becomes_a_document_to_review(client, opened):
    """With what was told of it; an empty one and a date that is none are refused, all faults at once."""
    client.post("/capture/text/", text=TEXT, title="Pegada", outlet="Radio Lares", published="2031-03")
    page = arrived(client)
    assert "Pegada" in page and "1 declaraciones leídas" in page
    assert "Pegada" in titles(opened())
    assert client.post("/capture/text/", text="  ").status == 400
    wrong = client.post("/capture/text/", text=TEXT, published="ayer", url="ftp://x")
    assert wrong.status == 400 and "ayer" in wrong.text and "http://" in wrong.text
    assert client.post("/capture/files/").status == 400
    client.post("/capture/clear/")
    assert "Pegada" not in client.get("/capture/").text and "Pegada" in titles(opened())


class TestInABrowser:
    """The page in a real browser."""

    pytestmark = NEEDS_CHROMIUM

    def test_dropped_files_arrive_while_one_looks_on(self, served, opened):
        """Two files chosen at once arrive without a reload; axe and the console have nothing to say."""
        _, address = served
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            complaints: list[str] = []
            page.on("console", lambda message: complaints.append(message.text))
            page.goto(address)
            page.goto(address.split("/?")[0] + "/capture/")
            assert violations(page) == []
            page.set_input_files(
                "input[type=file]",
                [
                    {"name": "uno.txt", "mimeType": "text/plain", "buffer": TEXT.encode()},
                    {"name": "roto.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 roto"},
                ],
            )
            page.click("text=Guardar los archivos")
            page.wait_for_selector("#arrivals:not([data-poll])", timeout=60_000)
            told = page.inner_text("#arrivals")
            assert "2 de 2 listos" in told and "declaraciones leídas" in told and "sin texto" in told
            assert violations(page) == []
            for scheme, width in (("dark", 360), ("light", 320)):
                narrow = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
                narrow.goto(address)
                narrow.goto(address.split("/?")[0] + "/capture/")
                assert violations(narrow) == [] and not is_too_wide(narrow)
            assert complaints == []
        with opened().database.reading() as connection:
            assert {"uno.txt", "roto.pdf"} <= {document.name for document in documents.all(connection)}
