"""Documents handed in through the browser: dropped, chosen or pasted, and what the page says of each."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from served_casefile import Client, entered, serving

from browser import NEEDS_CHROMIUM, chromium, is_too_wide, violations
from browser import served as website
from recuento.casefile.casefile import Casefile
from recuento.casefile.reading.incoming import are_left, arrivals
from recuento.store import documents, statements
from recuento.workbench.roles import Role
from warc_files import gzipped, response

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
    assert "Pegada" in page and "declaraciones leídas: 1" in page
    assert "Pegada" in titles(opened())
    assert client.post("/capture/text/", text="  ").status == 400
    wrong = client.post("/capture/text/", text=TEXT, published="ayer", url="ftp://x")
    assert wrong.status == 400 and "ayer" in wrong.text and "http://" in wrong.text
    assert client.post("/capture/files/").status == 400
    client.post("/capture/clear/")
    assert "Pegada" not in client.get("/capture/").text and "Pegada" in titles(opened())


def test_a_web_archive_is_brought_in_as_the_command_does(team, tmp_path):
    """Its page is a document with its statements, the archive is kept whole, and what of it cannot be read is told."""
    page = response("https://diario.example/nota", f"<html><body><p>{TEXT}</p></body></html>".encode(), "text/html")
    client = team.client(team.member(Role.DOCUMENTATION))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/capture/").content.decode())[1]
    file = SimpleUploadedFile("cosecha.warc.gz", gzipped([page]) + b"roto")
    assert client.post("/capture/files/", {"csrfmiddlewaretoken": token, "files": file}).status_code == 303
    deadline = time.monotonic() + 60
    while are_left(team.desk.casefile) or team.desk.incoming.is_at_work:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    (arrival,) = [one for one in arrivals(team.desk.casefile) if one.name == "cosecha.warc.gz"]
    assert arrival.outcome == "archive" and "4 bytes ilegibles" in arrival.reason.es
    with team.desk.casefile.database.reading() as connection:
        (found,) = [one for one in documents.all(connection) if one.origin.where == "https://diario.example/nota"]
        assert len(statements.of(connection, found.sha256)) == 1
        assert documents.find(connection, arrival.sha256).name == "cosecha.warc.gz"
    shown = client.get("/capture/").content.decode()
    assert "Archivo web guardado entero" in shown and "4 bytes ilegibles" in shown


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


def test_addresses_are_captured_once_somebody_knows_that_sites_see_it(prepared, tmp_path):
    """Nothing is asked for before that is said; then the page comes as a document, and a private address is refused by
    name; what is no address is told line by line and nothing is put on the list.
    """
    site = tmp_path / "site"
    site.mkdir()
    page = f"<html><title>Comunicado</title><body><article><p>{TEXT * 3}</p></article></body></html>"
    (site / "nota.html").write_text(page, encoding="utf-8")
    case = Path(shutil.copytree(prepared, tmp_path / "case"))
    with website(site) as origin:
        host = origin.removeprefix("http://")
        with (case / "recuento.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[capture]\nallow_hosts = ["{host}"]\nno_screenshot = true\nseconds_between = 1\n')
        with serving(case) as address:
            client = entered(address)
            wanted = f"{origin}/nota.html\nhttp://169.254.169.254/latest/"
            refused = client.post("/capture/addresses/", addresses=wanted)
            assert refused.status == 400 and "Tor" in refused.text
            wrong = client.post("/capture/addresses/", addresses="ftp://x/y\nhttp://", told="yes")
            assert wrong.status == 400 and wrong.text.count("ftp://x/y") >= 1
            client.post("/capture/addresses/", addresses=wanted, told="yes")
            told = arrived(client)
            assert "capturada" in told and "dirección no permitida" in told
            assert 'name="told"' not in told
        with Casefile.open(case) as casefile, casefile.database.reading() as connection:
            assert f"{origin}/nota.html" in {document.origin.where for document in documents.all(connection)}
