"""`recuento read` on a file and on a casefile: forms, modes, and another reader over a real server."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import command_line
from invented import NOTE, SETTINGS
from recuento.casefile.casefile import Casefile
from recuento.casefile.sealing.confidential import mark_confidential
from recuento.read import read
from recuento.read.rules import SURE
from recuento.store import documents

TEXT = (
    "La directora del penal dijo que 14 internos murieron.\n\n"
    "Silencio en el patio: nadie más que el capellán rezaba por los 21 caídos.\n"
)
PROPOSED = {
    "statements": [
        {"speaker": "el capellán", "cue": "rezaba", "content": "por los 21 caídos"},
        {"speaker": "el alcalde", "cue": "rezaba", "content": "por los 21 caídos"},
    ]
}


class Model(BaseHTTPRequestHandler):
    """A model that always proposes the same, in the OpenAI form."""

    def do_POST(self) -> None:
        """Answer, and remember the text that was asked about."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.texts.append(asked["messages"][1]["content"])  # type: ignore[attr-defined]
        if "broken" in asked["model"]:
            self.send_error(500)
            return
        body = json.dumps({"choices": [{"message": {"content": json.dumps(PROPOSED)}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """A model server on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Model) as started:
        started.texts = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=started.serve_forever, args=(0.01,))
        thread.start()
        yield started
        started.shutdown()
        thread.join()


def recuento(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in that folder."""
    return command_line.recuento(*words, folder=folder, LANG="es_VE.UTF-8", LC_ALL="")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A file that belongs to no casefile."""
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path, server: ThreadingHTTPServer) -> Path:
    """A casefile with two texts, one with a public address, and readers here, broken, and elsewhere."""
    folder = tmp_path / "case"
    (folder / "notes").mkdir(parents=True)
    address = f"http://127.0.0.1:{server.server_port}/v1"
    readers = "".join(
        f'\n[[reader]]\nname = "{name}"\naddress = "{where}"\nmodel = "{name}"\nseconds = 5\n{more}'
        for name, where, more in (
            ("model", address, ""),
            ("broken", address, ""),
            ("far", "https://models.example.invalid/v1", 'allow = "models.example.invalid"\n'),
        )
    )
    (folder / "recuento.toml").write_text(SETTINGS + readers, encoding="utf-8")
    (folder / "notes" / "open.txt").write_text(TEXT, encoding="utf-8")
    (folder / "notes" / "closed.txt").write_text(NOTE, encoding="utf-8")
    (folder / "documents.csv").write_text("file,url\nnotes/open.txt,https://example.invalid/1\n", encoding="utf-8")
    assert recuento(folder, "preserve", "notes").returncode == 0
    return folder


def test_a_file_is_explained_with_the_precision_measured_on_gold(note: Path) -> None:
    """Without a casefile, the rule of each statement is shown with the share of its readings that gold found right."""
    told = recuento(note.parent, "read", "note.txt", "--explain")
    assert told.returncode == 0, told.stderr
    statement = read(TEXT)[0]
    assert f"regla {statement.rule}, acierto medido {statement.confidence:.2f}" in told.stdout
    assert "measured precision" in recuento(note.parent, "read", "note.txt", "--explain", "--lang", "en").stdout


def test_annotations_select_the_words_in_the_text(note: Path) -> None:
    """`--format annotations` is JSON whose selectors hold the words, under the hash of the file."""
    told = json.loads(recuento(note.parent, "read", "note.txt", "--format", "annotations").stdout)
    assert told
    for annotation in told:
        assert annotation["type"] == "Annotation" and annotation["id"].startswith("urn:sha256:")
        for target in annotation["target"]:
            quote, position = target["selector"]
            assert TEXT[position["start"] : position["end"]] == quote["exact"]


def test_modes_read_more_or_less(note: Path) -> None:
    """Precision gives a part of what recall gives, each statement at the confidence that was asked for."""
    precise, all_of_it = (
        json.loads(recuento(note.parent, "read", "note.txt", "--json", "--mode", mode).stdout)[0]["statements"]
        for mode in ("precision", "recall")
    )
    assert len(precise) <= len(all_of_it) and all(statement["confidence"] >= SURE for statement in precise)


def test_wrong_usage_is_told(note: Path) -> None:
    """A mode without a text, a reader without a casefile, workers alone; a document that is not there."""
    assert recuento(note.parent, "read", "--mode", "recall").returncode == 2
    assert recuento(note.parent, "read", "note.txt", "--reader", "model").returncode == 2
    assert recuento(note.parent, "read", "nothing.txt").returncode == 5
    assert recuento(note.parent, "read", "--workers", "2").returncode == 2


def test_another_reader_is_asked_only_by_name_and_only_once(case: Path, server: ThreadingHTTPServer) -> None:
    """Nothing is sent unless the reader is named; what it adds is kept, names it, and survives our own next reading."""
    assert recuento(case, "read").returncode == 0
    assert server.texts == []  # type: ignore[attr-defined]
    done = recuento(case, "read", "--reader", "model")
    assert done.returncode == 0, done.stderr
    assert len(server.texts) == 2 and "el hablante no está en el texto: 1" in done.stderr  # type: ignore[attr-defined]
    again = recuento(case, "read", "--reader", "model")
    assert len(server.texts) == 2 and "0 textos preguntados, 2 ya leídos" in again.stderr  # type: ignore[attr-defined]

    def added() -> list[str]:
        found = json.loads(recuento(case, "read", "open.txt", "--json").stdout)[0]["statements"]
        return [statement["content"][0]["quote"] for statement in found if statement["reader"] == "model"]

    assert added() == ["por los 21 caídos"]
    settings = (case / "recuento.toml").read_text(encoding="utf-8")
    (case / "recuento.toml").write_text(settings.replace("capacity = 300", "capacity = 301"), encoding="utf-8")
    assert "2 leídos ahora" in recuento(case, "read").stdout
    assert added() == ["por los 21 caídos"]
    (case / "recuento.toml").write_text(settings.partition("\n[[reader]]")[0], encoding="utf-8")
    recuento(case, "read")
    assert added() == [], "a reader that is taken out of recuento.toml takes its statements with it"


def test_a_reader_that_fails_is_told_and_costs_nothing_else(case: Path) -> None:
    """Every text that could not be asked about is named; our own statements are there all the same."""
    done = recuento(case, "read", "--reader", "broken")
    assert done.returncode == 4 and "HTTP 500" in done.stderr and "open.txt" in done.stderr
    assert "textos" in done.stdout
    assert recuento(case, "read", "--reader", "nobody").returncode == 4


def test_what_bears_no_public_address_stays_on_this_machine(case: Path, note: Path) -> None:
    """For a reader elsewhere a text without public address is withheld, and a file that is named is refused."""
    done = recuento(case, "read", "--reader", "far")
    assert "textos que no se enviaron: 1 " in done.stderr
    refused = recuento(case, "read", "closed.txt", "--reader", "far")
    assert refused.returncode == 4 and "no se envía a far" in refused.stderr
    file = recuento(case, "read", str(note), "--reader", "far")
    assert file.returncode == 4 and "no se envía a far" in file.stderr
    with Casefile.open(case) as casefile, casefile.database.reading() as connection:
        named = next(one.sha256 for one in documents.all(connection) if one.name == "open.txt")
    with Casefile.open(case) as casefile:
        mark_confidential(casefile, named, marked=True, by="ana", at=datetime(2031, 4, 2, tzinfo=UTC))
    assert "textos que no se enviaron: 2 " in recuento(case, "read", "--reader", "far").stderr
    assert "no se envía a far" in recuento(case, "read", "open.txt", "--reader", "far").stderr


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('name = "x"\naddress = "https://models.example.org/v1"\nmodel = "m"', "no es esta máquina"),
        ('name = "recuento"\naddress = "http://127.0.0.1:1/v1"\nmodel = "m"', "no puede ser el nombre"),
        ('name = "x"\nmodel = "m"', "necesita address"),
        ('name = "x"\naddress = "http://127.0.0.1:1/v1"\nmodel = "m"\nkey = "k"', "clave desconocida"),
    ],
)
def test_a_wrong_reader_table_is_a_fault_with_its_place(tmp_path: Path, table: str, told: str) -> None:
    """An address elsewhere without leave, a name that is ours, a missing and an unknown key are named in Spanish."""
    (tmp_path / "recuento.toml").write_text(f"{SETTINGS}\n[[reader]]\n{table}\n", encoding="utf-8")
    done = recuento(tmp_path, "read")
    assert done.returncode == 4 and "[[reader]] 1" in done.stderr and told in done.stderr
