"""The workbench at 100,000 statements, on SQLite and on PostgreSQL: start, queue step, API, load with writes, keys.

    python benchmarks/workbench.py [--statements 100000] [--postgres] [--seconds 30] [--browser]

CPU seconds are those of the server's process; the machine's other work does not count into them. An event page is
measured where the workbench has one. `--postgres` starts a real server as the tests do; `--browser` needs Chromium.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "workbench")]

from served_casefile import Client, form_of  # type: ignore[import-not-found]  # noqa: E402

from invented import AT, CLAIMS, SETTINGS  # type: ignore[import-not-found]  # noqa: E402
from recuento.casefile.casefile import Casefile  # noqa: E402
from recuento.casefile.claims.importing import apply_import, plan_import  # noqa: E402
from recuento.casefile.keeping.copying import copy_casefile  # noqa: E402
from recuento.casefile.reading.reading import reader_version, statements_in  # noqa: E402
from recuento.casefile.review.reviewing import reviews  # noqa: E402
from recuento.model.document import Description, Document, Origin, TextLayer  # noqa: E402
from recuento.store import documents, layers, runs, statements  # noqa: E402
from recuento.values.partial_date import PartialDate  # noqa: E402

ELSEWHERE = "\n\n".join(
    f"El portavoz de Villaclara {number} aseguró que {number} internos fueron trasladados. "
    f"El sindicato dijo que al menos {number + 3} agentes resultaron heridos. "
    "Los vecinos denunciaron que decenas de presos se fugaron. La fiscalía negó que hubiera muertos."
    for number in range(11, 16)
)
HERE = "La directora del penal, Elena Ruiz Prado, aseguró que 371 internos de Valdeoscuro fueron trasladados.\n\n" * 5
PER_TRANSACTION = 200
ABOUT_THE_EVENT = 40
"""Documents about the one event: five claims each, so 200 in all."""
MANY_STEPS = 500


def main() -> None:
    """Print one figure a line."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--statements", type=int, default=100_000)
    asked.add_argument("--seconds", type=int, default=30)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--browser", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        case = make(Path(folder), options.statements)
        measure("SQLite", case, options)
        if options.postgres:
            from postgres_server import server_or_skip  # type: ignore[import-not-found]

            server = server_or_skip()
            team = Path(folder) / "team"
            copy_casefile(case, team, server=server.address(server.new_database()))
            measure("PostgreSQL", team, options)


def make(folder: Path, wanted: int) -> Path:
    """A casefile of at least that many statements, written as the reader would have left it."""
    case = folder / "case"
    case.mkdir()
    (case / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    with Casefile.open(case) as casefile:
        apply_import(casefile, plan_import(casefile, folder / "claims.csv"), by="L. P.", at=AT)
        kinds = [_kind(casefile, body) for body in (HERE, ELSEWHERE)]
        made = number = 0
        while made < wanted:
            with casefile.database.writing() as connection:
                for _ in range(PER_TRANSACTION):
                    body, found = kinds[0 if number < ABOUT_THE_EVENT else 1]
                    _put(connection, f"Nota {number:08d}.\n\n{body}", found)
                    number, made = number + 1, made + len(found)
    print(f"{made} statements in {number} documents")
    return case


def _kind(casefile: Casefile, body: str) -> tuple[str, Any]:
    document, layer = _document(f"Nota {0:08d}.\n\n{body}")
    settings = casefile.settings
    return body, statements_in(document, layer, settings.vocabulary, settings.cast.facilities)


def _document(text: str) -> tuple[Document, TextLayer]:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    told = Description(title=text[:13], published=PartialDate(2031, 3, 24), language="es")
    document = Document(sha256, len(text), "text/plain", f"{text[5:13]}.txt", Origin("bench", "bench", AT), told)
    return document, TextLayer(sha256, "bench", "1", text, sha256)


def _put(connection: Any, text: str, found: Any) -> None:
    document, layer = _document(text)
    documents.add(connection, document)
    layers.add(connection, layer)
    statements.replace(connection, document.sha256, layer.sha256, reader_version(), found)
    runs.finish(connection, "read", document.sha256, "bench", reader_version(), AT)


def measure(store: str, case: Path, options: argparse.Namespace) -> None:
    """Every figure of one store."""
    for attempt in ("first start", "second start"):
        server = Server(case)
        client = server.enter()
        print(
            f"{store}: {attempt} to first page {server.cpu_seconds():.2f} CPU s, {server.memory_mb():.0f} MB",
            flush=True,
        )
        if attempt == "first start":
            server.stop()
    try:
        _times(store, server, client)
        _memory(store, server, client)
        _load(store, server, client, case, options.seconds)
        if options.browser:
            _keys(store, server)
    finally:
        server.stop()


def _times(store: str, server: Server, client: Client) -> None:
    page = client.get("/review/")

    def step() -> None:
        nonlocal page
        page = _decide(client, page)

    _report(store, "queue step (decide, next page)", server, step, 60)
    _report(store, "page of a statement", server, lambda: client.get(_address(page.text)), 60)
    client.get("/api/v1/claims/?event=fire")
    claims = json.loads(client.get("/api/v1/claims/?event=fire&limit=200").text)["items"]
    _report(store, f"API: {len(claims)} claims of an event", server,
            lambda: client.get("/api/v1/claims/?event=fire&limit=200"), 30)  # fmt: skip
    _report(store, "API: 50 documents", server, lambda: client.get("/api/v1/documents/?limit=50"), 30)
    _report(store, "API: 50 statements", server, lambda: client.get("/api/v1/statements/?limit=50"), 30)
    if client.raw("GET", "/event/fire/").status == 200:
        _report(store, f"event page with {len(claims)} claims", server, lambda: client.get("/event/fire/"), 30)


def _memory(store: str, server: Server, client: Client) -> None:
    """What the server holds after many steps more."""
    page = client.get("/review/")
    for _ in range(MANY_STEPS):
        page = _decide(client, page)
    print(f"{store}: after {MANY_STEPS} steps {server.memory_mb():.0f} MB", flush=True)


def _report(store: str, what: str, server: Server, do: Callable[[], object], times: int) -> None:
    do()
    wall, cpu = [], []
    for _ in range(times):
        before, began = server.cpu_seconds(), time.perf_counter()
        do()
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((server.cpu_seconds() - before) * 1000)
    print(
        f"{store}: {what}: CPU mean {statistics.mean(cpu):.0f} ms; wall p50 {statistics.median(wall):.0f} ms, "
        f"p95 {sorted(wall)[int(0.95 * len(wall))]:.0f} ms",
        flush=True,
    )


def _load(store: str, server: Server, client: Client, case: Path, seconds: int) -> None:
    """Eight lines at once, three of them deciding; every decision that was acknowledged is counted afterwards.

    Each of the three begins at another document, as people do who share a queue; now and then they meet all the same.
    """
    with Casefile.open(case) as casefile:
        before = len(reviews(casefile).decisions)
    ends = time.monotonic() + seconds
    errors: list[str] = []
    acknowledged: list[str] = []
    asked = [0]

    def reads() -> None:
        mine = Client(client.address, dict(client.cookies))
        for path in _forever(("/", "/review/", "/history/", "/api/v1/documents/?limit=50"), ends):
            answer = mine.get(path)
            asked[0] += 1
            if answer.status >= 400:
                errors.append(f"{path} {answer.status}")

    def decides(first: str) -> None:
        mine = Client(client.address, dict(client.cookies))
        page = mine.get(first)
        while time.monotonic() < ends:
            page = _decide(mine, page)
            asked[0] += 2
            if page.status == 200 and "after=" in page.address:
                acknowledged.append(page.address)
            else:
                # 409: another line decided on the same statement a moment before, and this one is shown it.
                if page.status != 409:
                    errors.append(f"decide {page.status}")
                page = mine.get("/review/")

    firsts = re.findall(r'href="(/review/[0-9a-f]{16}/[^"]+)"', client.get("/").text)
    lines = [threading.Thread(target=reads) for _ in range(5)]
    lines += [threading.Thread(target=decides, args=(first,)) for first in firsts[:: max(1, len(firsts) // 3)][:3]]
    for line in lines:
        line.start()
    for line in lines:
        line.join()
    with Casefile.open(case) as casefile:
        kept = len(reviews(casefile).decisions) - before
    lost = len(acknowledged) - kept
    print(
        f"{store}: load, 8 lines, {seconds} s: {asked[0]} answers, {len(errors)} errors, {len(acknowledged)} decisions "
        f"acknowledged, {kept} kept, {max(0, lost)} lost {errors[:3] or ''}",
        flush=True,
    )


def _forever(paths: tuple[str, ...], ends: float) -> Any:
    while time.monotonic() < ends:
        yield from paths


def _keys(store: str, server: Server) -> None:
    from browser import chromium  # type: ignore[import-not-found]

    with chromium() as running:
        page = running.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(server.address)
        page.goto(page.url + "review/")
        times = []
        for _ in range(200):  # From the first on, while what is needed is still being brought in.
            times.append(_press(page))
        p95 = sorted(times)[int(0.95 * len(times))]
        print(
            f"{store}: key press to next statement: p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, "
            f"first ten at most {max(times[:10]):.0f} ms"
        )


def _press(page: Any) -> float:
    """Press the key that confirms; milliseconds until the next statement is drawn, by the page's own clock."""
    page.evaluate(
        """() => {
          const was = document.querySelector('#decide').getAttribute('action');
          window.took = new Promise(done => {
            let began = 0;
            addEventListener('keydown', () => { began = performance.now(); }, { once: true, capture: true });
            const look = new MutationObserver(() => {
              const form = document.querySelector('#decide');
              if (form && form.getAttribute('action') !== was) {
                look.disconnect();
                requestAnimationFrame(() => done(performance.now() - began));
              }
            });
            look.observe(document.body, { childList: true, subtree: true });
          });
        }"""
    )
    page.keyboard.press("a")
    took = float(page.evaluate("window.took"))
    page.wait_for_selector("body:not([data-busy])", state="attached")
    return took


def _decide(client: Client, page: Any) -> Any:
    """Confirm the statement of a page; gives the page that follows, under the address that was redirected to."""
    address = _address(page.text)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    answer = client.raw("POST", f"{address}decide/", {"csrfmiddlewaretoken": token[1], **form_of(page)})
    if answer.status == 303:
        return replace(client.get(answer.headers["location"]), address=answer.headers["location"])
    return answer


def _address(text: str) -> str:
    found = re.search(r'action="(/review/[^"]+)decide/"', text)
    assert found
    return found[1]


class Server:
    """`recuento serve` in a process of its own."""

    def __init__(self, case: Path) -> None:
        command = [sys.executable, "-m", "recuento.cli.main", "--lang", "es", "serve", "--no-browser", "--port", "0"]
        self.process = subprocess.Popen([*command, "-C", str(case)], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def enter(self) -> Client:
        """Be let in, and see the first page."""
        client = Client(self.address)
        client.get(f"/?{urlsplit(self.address).query}")
        return client

    def cpu_seconds(self) -> float:
        """What the process has used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """What it holds in memory now."""
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)


if __name__ == "__main__":
    main()
