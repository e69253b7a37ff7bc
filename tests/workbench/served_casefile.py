"""A casefile served by `recuento serve` in a process of its own, and a client like a browser without script."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

from invented import AT, CLAIMS, SETTINGS
from recuento.casefile.casefile import Casefile
from recuento.casefile.claims.importing import apply_import, plan_import
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.reading.reading import read_what_changed

CLEAN = """\
La directora del penal, Elena Ruiz Prado, aseguró que 371 internos fueron trasladados a otros centros de Valdeoscuro.

El Observatorio de Lares dijo que al menos 21 internos murieron en el incendio de Valdeoscuro. El observatorio exigió
al Gobierno la lista de los trasladados. Los bomberos llegaron con ocho camiones a la medianoche.
"""
DOUBTFUL = """\
Según vecinos de Valdeoscuro, decenas de internos se fugaron por el muro norte. La directora del penal, Elena Ruiz
Prado, negó que hubiera fugas y dijo que quedaron 12 heridos.
"""


@dataclass
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    text: str
    address: str


@dataclass
class Client:
    """A browser without script: keeps cookies, follows redirects, reads the token out of the forms."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    here: str = ""
    """The page last asked for, which a form says that it was sent from."""

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.address).netloc

    def get(self, path: str) -> Answer:
        """GET, redirects followed."""
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> Answer:
        """POST a form with the token of the last page asked for."""
        return self._ask("POST", path, {"csrfmiddlewaretoken": self.token(), **fields})

    def bare_post(self, path: str, **fields: str) -> Answer:
        """POST a form without a token."""
        return self._ask("POST", path, fields)

    def send_file(self, path: str, field_name: str, file: tuple[str, bytes], **fields: str) -> Answer:
        """POST a form with a file, as a browser does; redirects are not followed."""
        edge, token = "edge-of-a-part", self.token()
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {"csrfmiddlewaretoken": token, **fields}.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{field_name}"; filename="{file[0]}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), file[1], f"\r\n--{edge}--\r\n".encode()])
        connection = HTTPConnection(self.host, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Content-Type": f"multipart/form-data; boundary={edge}", "Origin": f"http://{self.host}"}
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, text, path)

    def token(self) -> str:
        """A token as a page of ours hands it out."""
        at = self.here
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/history/").text)
        assert found
        self.here = at
        return found[1]

    def raw(self, method: str, path: str, fields: dict[str, str] | None = None, host: str | None = None) -> Answer:
        """One request, no redirect followed."""
        return self.on(HTTPConnection(self.host, timeout=30), method, path, fields, host)

    def on(
        self, connection: HTTPConnection, method: str, path: str, fields: dict[str, str] | None, host: str | None
    ) -> Answer:
        """One request on this line."""
        body = urlencode(fields) if fields is not None else None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Host": host} if host else {}
        # As browsers send it with every form.
        headers |= {"Origin": f"{urlsplit(self.address).scheme}://{self.host}"} if body is not None else {}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        headers |= {"Referer": urljoin(self.address, self.here)} if body is not None and self.here else {}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.strip().partition("=")
                self.cookies[key] = rest.split(";")[0]
        connection.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, text, path)

    def _ask(self, method: str, path: str, fields: dict[str, str] | None) -> Answer:
        answer = self.raw(method, path, fields)
        self.here = path
        while answer.status in (302, 303):
            self.here = answer.headers["location"].partition("#")[0]
            answer = self.raw("GET", self.here)
        return answer


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in what a browser would send of the form that decides."""
        told = dict(attrs)
        if tag == "form":
            self._inside = told.get("id") == "decide"
        if not self._inside or tag != "input" or not told.get("name"):
            return
        if told.get("type") != "radio" or "checked" in told:
            self.fields[str(told["name"])] = told.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """Leave the form."""
        if tag == "form":
            self._inside = False


def form_of(answer: Answer) -> dict[str, str]:
    """What the form of a review page would send as it stands."""
    parser = _Forms()
    parser.feed(answer.text)
    return {name: value for name, value in parser.fields.items() if name != "csrfmiddlewaretoken"}


def make_casefile(folder: Path, texts: dict[str, str]) -> Path:
    """The invented casefile with these texts preserved and read."""
    case = folder / "case"
    case.mkdir(parents=True)
    (case / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    notes = folder / "notes"
    notes.mkdir()
    rows = ["file,title,outlet,published,obtained_by,obtained_at"]
    for name, text in texts.items():
        (notes / f"{name}.txt").write_text(text, encoding="utf-8")
        rows.append(f"notes/{name}.txt,Nota {name},Radio Lares,2031-03-24,L. P.,2031-03-25T08:00:00Z")
    (folder / "documents.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with Casefile.open(case) as casefile:
        apply_import(casefile, plan_import(casefile, folder / "claims.csv"), by="L. P.", at=AT)
        preserve(casefile, [notes], by="L. P.", at=AT)
        read_what_changed(casefile, at=AT)
    return case


@contextmanager
def serving(
    case: Path, *, language: str = "es", traces: Path | None = None, environment: dict[str, str] | None = None
) -> Iterator[str]:
    """The address, token included, under which the casefile is served.

    In the folder `traces` it keeps its temporary files and what it prints; `environment` is added to its own.
    """
    with started(case, language=language, traces=traces, environment=environment) as (_, address):
        yield address


@contextmanager
def started(
    case: Path, *, language: str = "es", traces: Path | None = None, environment: dict[str, str] | None = None
) -> Iterator[tuple[int, str]]:
    """The number of the process that serves the casefile, and the address, token included."""
    command = [sys.executable, "-m", "recuento.cli.main", "--lang", language, "serve", "--no-browser", "--port", "0"]
    around = {**os.environ, **(environment or {})}
    if traces is not None:
        around |= {"TMPDIR": str(traces), "SQLITE_TMPDIR": str(traces)}
    process = subprocess.Popen(
        [*command, "-C", str(case)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=around
    )
    assert process.stdout is not None and process.stderr is not None
    try:
        address = process.stdout.readline().strip()
        assert address, process.stderr.read()
        yield process.pid, address
    finally:
        process.terminate()
        process.wait(10)
        if traces is not None:
            (traces / "printed").write_text(process.stdout.read() + process.stderr.read(), encoding="utf-8")
        process.stdout.close()
        process.stderr.close()


def entered(address: str) -> Client:
    """A client that has exchanged the token for a session."""
    made = Client(address)
    answer = made.get(f"/?{urlsplit(address).query}")
    assert answer.status == 200
    return made
