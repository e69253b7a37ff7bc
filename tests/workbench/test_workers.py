"""A team on PostgreSQL, served by gunicorn with two processes: it does not matter which of them a request reaches.

The server is started with the command of the image, behind what a proxy would send; each request is sent to the process
that the test names.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from served_casefile import Answer, Client
from served_team import make_members
from team_site import PASSWORD

from postgres_server import server_or_skip
from recuento.casefile.casefile import Casefile
from recuento.casefile.keeping.copying import copy_casefile
from recuento.casefile.publishing.asked_for import asked_for
from recuento.store import captures, documents

pytest.importorskip("gunicorn", reason="gunicorn is not installed")
pytestmark = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="who answers is told by Linux alone")

TEXT = "El portavoz del penal aseguró que 47 internos fueron trasladados a Lares.\n"


@dataclass
class Served:
    """The server: its port, the processes that answer, and the session of each member."""

    case: Path
    port: int
    workers: tuple[int, int]
    sessions: dict[str, str]

    def browser(self, member: str = "") -> Browser:
        """A browser in which the member has signed in, or nobody."""
        cookies = {"__Host-recuento": self.sessions[member]} if member else {}
        return Browser(f"https://localhost:{self.port}", cookies, served=self)


@dataclass
class Browser(Client):
    """A browser without script whose next request goes to the process with the number `to`, 0 or 1."""

    served: Served = field(kw_only=True)
    to: int = 0

    def raw(self, method: str, path: str, fields: dict[str, str] | None = None, host: str | None = None) -> Answer:
        """One request, no redirect followed."""
        return self.on(_Line(self.served, self.served.workers[self.to]), method, path, fields, "localhost")

    def at(self, number: int) -> Browser:
        """The same browser; its next requests go to that process."""
        self.to = number
        return self


class _Line(HTTPConnection):
    """A line to one process of the server, as the proxy in front would use it."""

    def __init__(self, served: Served, worker: int) -> None:
        super().__init__("127.0.0.1", served.port, timeout=120)
        self._served, self._worker = served, worker

    def connect(self) -> None:
        """Connect until that process is the one that answers; the lines that others took are closed after."""
        others: list[socket.socket] = []
        while len(others) < 400:
            line = socket.create_connection(("127.0.0.1", self.port), timeout=120)
            if _answering(line, self._served) == self._worker:
                self.sock = line
                break
            others.append(line)
        for one in others:
            one.close()
        assert len(others) < 400, "the other process takes every line"

    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **more: Any) -> None:
        """As the proxy passes it on."""
        proxied = {**(headers or {}), "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
        super().request(method, url, body, proxied | ({"Origin": "https://localhost"} if body else {}), **more)


def _answering(line: socket.socket, served: Served) -> int:
    """The process that took this line: it holds the socket at the other end."""
    mine, deadline = f":{line.getsockname()[1]:04X}", time.monotonic() + 60
    while time.monotonic() < deadline:
        for words in map(str.split, Path("/proc/net/tcp").read_text().splitlines()[1:]):
            if words[1].endswith(f":{served.port:04X}") and words[2].endswith(mine) and words[9] != "0":
                for worker in served.workers:
                    if f"socket:[{words[9]}]" in map(_leads_to, Path(f"/proc/{worker}/fd").iterdir()):
                        return worker
        time.sleep(0.005)
    raise AssertionError("nobody took the line")


def _leads_to(path: Path) -> str:
    try:
        return str(path.readlink())
    except OSError:
        return ""


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, Counter[str], list[int]]]:
    """A web site that takes its time, how often each address was asked for, and how many at once."""
    asked: Counter[str] = Counter()
    at_once: list[int] = []
    inside: list[int] = []
    page = f"<html><title>Comunicado</title><body><article><p>{TEXT * 3}</p></article></body></html>".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Count, wait, answer."""
            asked[self.path] += 1
            inside.append(1)
            at_once.append(len(inside))
            time.sleep(1.0)
            inside.pop()
            self.send_response(200 if self.path.endswith(".html") else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", asked, at_once
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def served(prepared: Path, site: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The invented casefile on PostgreSQL, served as the image serves it."""
    server = server_or_skip()
    case = tmp_path_factory.mktemp("workers") / "case"
    copy_casefile(prepared, case, server=server.address(server.new_database(ready=False)))
    with (case / "recuento.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'\n[capture]\nallow_hosts = ["{site[0]}"]\nno_screenshot = true\nseconds_between = 1\n'
            '\n[serve]\nhosts = ["localhost"]\nproxy = true\nworkers = 2\n'
        )
    members = {"ana": ["documentation", "publisher"], "eva": ["documentation", "publisher"], "sol": ["reader"]}
    sessions = make_members(case, members)
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    command = [sys.executable, "-m", "recuento.cli.main", "--lang", "en", "serve", "--team", "-C", str(case)]
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    try:
        assert process.stdout.readline().strip() == b"https://localhost", process.stderr.read()
        yield Served(case, port, _children(process.pid), sessions)
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()
        process.stderr.close()


def _children(pid: int) -> tuple[int, int]:
    """The two processes that answer, once both are there."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        if len(found) == 2:
            return found[0], found[1]
        time.sleep(0.05)
    raise AssertionError("there are not two processes")


def until(browser: Browser, address: str, gone: str) -> str:
    """The page at the address, asked of both processes in turn, once neither shows `gone` any more."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        pages = [browser.at(number).get(address).text for number in (0, 1)]
        if not any(gone in page for page in pages):
            assert _without_tokens(pages[0]) == _without_tokens(pages[1])
            return pages[0]
        time.sleep(0.2)
    raise AssertionError(f"{address} still shows {gone}")


def _without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def value(page: str, name: str) -> str:
    """What a hidden field of the page holds."""
    found = re.search(rf'name="{name}" value="(\w+)"', page)
    assert found, page
    return found[1]


def test_whoever_signs_in_at_one_process_is_known_to_the_other(served):
    """The form comes from one, is sent to the other, and both then know the member; signing out holds for both."""
    browser = served.browser()
    form = {"csrfmiddlewaretoken": value(browser.get("/me/login/").text, "csrfmiddlewaretoken"), "login": "sol"}
    assert browser.at(1).raw("POST", "/me/login/", {**form, "password": PASSWORD}).status == 302
    pages = [browser.at(number).get("/me/") for number in (0, 1)]
    assert all(page.status == 200 and "sol" in page.text for page in pages)
    token = value(pages[0].text, "csrfmiddlewaretoken")
    assert browser.at(1).raw("POST", "/me/logout/", {"csrfmiddlewaretoken": token}).status == 302
    assert browser.at(0).raw("GET", "/me/").status == 303


def test_wrong_passwords_are_counted_by_both_together(served):
    """Five wrong ones, three here and two there, and the right one lets nobody in at either."""
    browser = served.browser()
    token = value(browser.get("/me/login/").text, "csrfmiddlewaretoken")
    for number, password in ((0, "a"), (1, "b"), (0, "c"), (1, "d"), (0, "e"), (1, PASSWORD), (0, PASSWORD)):
        form = {"csrfmiddlewaretoken": token, "login": "sol", "password": password}
        answer = browser.at(number).raw("POST", "/me/login/", form)
        assert answer.status == 200


def test_what_is_brought_in_is_worked_on_once_and_seen_by_both(served, site):
    """A text and addresses handed to both, looked at from both meanwhile: one document each, one visit at a time."""
    origin, asked, at_once = site
    browser = served.browser("ana")
    browser.at(0).post("/capture/text/", text=TEXT, title="Pegada")
    wanted = [f"http://{origin}/{name}.html" for name in ("nota", "otra", "tercera")]
    for number, address in enumerate(wanted):
        assert browser.at(number % 2).post("/capture/addresses/", addresses=address, told="yes").status == 200
    page = until(browser, "/capture/", "data-poll")
    assert "Pegada" in page and all(address in page for address in wanted)
    with Casefile.open(served.case) as casefile, casefile.database.reading() as connection:
        titles = Counter(one.description.title for one in documents.all(connection))
        made = Counter(one.url for one in captures.all(connection))
    assert titles["Pegada"] == 1 and made == Counter(wanted)
    assert {asked[f"/{name}.html"] for name in ("nota", "otra", "tercera")} == {1} and max(at_once) == 1


def test_an_actor_added_at_one_speaks_at_the_other(served):
    """A name is unknown to both; once it was added at one, both know it, and the file is that of before and the new."""
    browser, path = served.browser("ana"), served.case / "recuento.toml"
    before = path.read_text(encoding="utf-8")
    form = {"seen": value(browser.at(0).get("/cast/actor/").text, "seen"), "name": "Ana Robles", "party": "ngo"}
    assert "Ana Robles" not in browser.at(1).get("/cast/").text
    assert browser.at(0).post("/cast/actor/add/", person="yes", **form).status == 200
    assert all("Ana Robles" in browser.at(number).get("/cast/").text for number in (0, 1))
    assert browser.at(1).post("/cast/actor/add/", person="no", **form | {"name": "Otra"}).status == 409
    assert path.read_text(encoding="utf-8").startswith(before)


def test_what_is_asked_at_one_is_confirmed_at_the_other_and_written_once(served):
    """The difference worked out here is asked for there; a second member confirms here; both show what was written."""
    ana, eva = served.browser("ana"), served.browser("eva")
    ana.at(0).post("/publish/compare/")
    page = until(ana, "/publish/", "data-poll")
    asked = ana.at(1).post("/publish/request/", mark=value(page, "mark"), digest=value(page, "digest"))
    assert "/publish/confirm/" not in asked.text
    page = eva.at(0).get("/publish/").text
    form = {"asked": value(page, "asked"), "digest": value(page, "digest"), "looked": "yes"}
    assert eva.at(1).post("/publish/confirm/", **form).status == 200
    page = until(ana, "/publish/", "data-poll")
    assert 'id="written"' in page and (served.case / "dossier" / "SHA256SUMS").is_file()
    with Casefile.open(served.case) as casefile:
        assert asked_for(casefile) is None
