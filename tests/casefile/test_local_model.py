"""A model as another reader, over a real HTTP server on this machine that behaves and misbehaves as such servers do."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.casefile.readers.local_model import LocalModel, pieces, proposals_in
from recuento.casefile.readers.model_address import ModelAddress
from recuento.errors import InvalidValue
from recuento.read.plugin import Drop, OtherReader, ReaderFailed, read_with

TEXT = "La directora del penal dijo que 14 internos murieron.\n\nEl observatorio negó que hubiera fugas."
GOOD = {"speaker": "La directora del penal", "cue": "dijo", "content": "14 internos murieron", "mode": "asserts"}
INVENTED = {"speaker": "El ministro", "cue": "dijo", "content": "14 internos murieron", "certainty": "asserted"}


class Server(ThreadingHTTPServer):
    """Answers as `behaviour` says, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        self.behaviour = "good"
        self.asked: list[dict[str, Any]] = []
        self.said: Any = {"statements": [GOOD]}
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no fault here."""


class Handler(BaseHTTPRequestHandler):
    """One question to the model."""

    server: Server

    def do_GET(self) -> None:
        """A redirect that was followed would end up here."""
        self.server.asked.append({"followed": self.path})
        self._send(b"{}")

    def do_POST(self) -> None:
        """Answer in the OpenAI form, or as badly as the test wants."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append({"path": self.path, **json.loads(body)})
        behave = getattr(self, f"_be_{self.server.behaviour}")
        behave()

    def _be_good(self) -> None:
        self._say(json.dumps(self.server.said))

    def _be_fenced(self) -> None:
        self._say(f"```json\n{json.dumps(self.server.said)}\n```")

    def _be_chatty(self) -> None:
        self._say("Claro, aquí tiene las declaraciones: la directora habló.")

    def _be_half(self) -> None:
        self._say('{"statements": [{"speaker": "La dire')

    def _be_deep(self) -> None:
        self._say("[" * 100_000)

    def _be_foreign(self) -> None:
        self._send(b'{"error": "no such model"}')

    def _be_broken(self) -> None:
        self.send_error(500)

    def _be_redirecting(self) -> None:
        self.send_response(302)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.end_headers()

    def _be_slow(self) -> None:
        time.sleep(3)

    def _be_dripping(self) -> None:
        """Every byte comes in time, the answer never does."""
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)

    def _be_dripping_headers(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def _be_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b" " * 65_536)

    def _be_closing(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"{")

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""

    def _say(self, words: str) -> None:
        self._send(json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode())

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback, ended after the test."""
    with Server() as started:
        thread = threading.Thread(target=started.serve_forever, args=(0.01,))
        thread.start()
        yield started
        started.shutdown()
        thread.join()


def model(server: Server, **more: Any) -> LocalModel:
    """The model behind the server, with little patience."""
    settings = {"seconds_max": 5.0, **more}
    return LocalModel("model", ModelAddress(f"http://127.0.0.1:{server.server_port}/v1", "tiny", **settings))


@pytest.mark.parametrize("behaviour", ["good", "fenced"])
def test_what_the_model_says_becomes_statements(server: Server, behaviour: str) -> None:
    """The words of the answer stand in the text under the reader's name; the model was asked in the agreed form."""
    server.behaviour = behaviour
    reader: OtherReader = model(server)
    (statement,) = read_with(reader, TEXT).statements
    assert statement.content[0].quote == "14 internos murieron" and statement.reader == "model"
    (asked,) = server.asked
    assert asked["path"] == "/v1/chat/completions" and asked["model"] == "tiny" and asked["temperature"] == 0
    assert asked["messages"][1]["content"] == TEXT and "JSON" in asked["messages"][0]["content"]
    assert "Copie las palabras" in asked["messages"][0]["content"], "a Spanish text is asked about in Spanish"


def test_invented_words_and_wrong_entries_are_dropped_one_by_one(server: Server) -> None:
    """One good entry among an invented one, a number, an entry without words and a wrong class still stands."""
    server.said = {"statements": [INVENTED, 7, {"speaker": ["x"]}, GOOD, {**GOOD, "mode": "sings"}]}
    found = read_with(model(server), TEXT)
    assert [s.content[0].quote for s in found.statements] == ["14 internos murieron"]
    assert found.dropped == {Drop.SPEAKER_ABSENT: 1, Drop.NO_WORDS: 2, Drop.UNKNOWN_CLASS: 1}


@pytest.mark.parametrize(
    "behaviour", ["chatty", "half", "deep", "foreign", "broken", "redirecting", "endless", "closing"]
)
def test_a_server_that_misbehaves_is_a_named_failure(server: Server, behaviour: str) -> None:
    """No JSON, half an answer, HTTP 500, a redirect, an answer without end: each fails in both languages, once."""
    server.behaviour = behaviour
    with pytest.raises(ReaderFailed) as failure:
        read_with(model(server), TEXT)
    assert "otro lector" in failure.value.es and "other reader" in failure.value.en
    assert len(server.asked) == 1, "nothing is tried twice, and no redirect is followed"


@pytest.mark.parametrize("behaviour", ["slow", "dripping", "dripping_headers"])
def test_a_slow_server_is_left_when_its_time_is_up(server: Server, behaviour: str) -> None:
    """The limit is for the whole answer, also where every single byte comes in time."""
    server.behaviour = behaviour
    started = time.monotonic()
    with pytest.raises(ReaderFailed, match=r"within 0\.4 s"):
        read_with(model(server, seconds_max=0.4), TEXT)
    assert time.monotonic() - started < 2


def test_nobody_there_is_a_named_failure() -> None:
    """An address where nothing listens fails at once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ReaderFailed, match="cannot be asked"):
        read_with(LocalModel("model", ModelAddress(f"http://127.0.0.1:{port}/v1", "tiny")), TEXT)


def test_a_proxy_of_the_environment_is_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words go straight to the address, whatever the environment says."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert read_with(model(server), TEXT).statements


@pytest.mark.parametrize(
    ("url", "allow"),
    [
        ("https://models.example.org/v1", None),
        ("https://models.example.org/v1", "example.org"),
        ("http://models.example.org/v1", "models.example.org"),
        ("http://127.0.0.1.example.org/v1", None),
        ("http://localhost.example.org/v1", None),
        ("http://10.0.0.5:8000/v1", None),
        ("http://0.0.0.0:8000/v1", None),
        ("ftp://127.0.0.1/v1", None),
        ("http://user@127.0.0.1/v1", None),
        ("127.0.0.1:8080", None),
        ("http://127.0.0.1:99999/v1", None),
        ("http://[::1/v1", None),
    ],
)
def test_another_machine_must_be_allowed_by_its_name(url: str, allow: str | None) -> None:
    """Without its exact host name, or in the clear, no address but this machine is taken."""
    with pytest.raises(InvalidValue):
        ModelAddress(url, "tiny", allow)


def test_addresses_of_this_machine_need_no_leave() -> None:
    """Loopback by number and by name; another machine by https and its name."""
    for url in ("http://127.0.0.1:8080/v1", "http://127.9.9.9/v1", "http://[::1]:8080/v1", "http://localhost/v1"):
        assert ModelAddress(url, "tiny").is_loopback
    assert not ModelAddress("https://models.example.org/v1", "tiny", "models.example.org").is_loopback


def test_a_name_that_leads_elsewhere_is_refused_before_a_byte_is_sent(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where "localhost" is made to lead to an address that is not loopback, nothing is asked."""
    monkeypatch.setattr("recuento.casefile.readers.local_model.is_loopback", lambda host: False)
    address = ModelAddress(f"http://localhost:{server.server_port}/v1", "tiny")
    with pytest.raises(ReaderFailed, match="another machine"):
        read_with(LocalModel("model", address), TEXT)
    assert server.asked == []


def test_a_long_text_is_asked_about_in_pieces(server: Server) -> None:
    """Each piece is asked once, and the words are found in the whole."""
    found = read_with(model(server, characters_max=60), TEXT)
    assert [asked["messages"][1]["content"].strip() for asked in server.asked] == TEXT.split("\n\n")
    assert len(found.statements) == 1 and found.dropped == {Drop.REPEATED: 1}


@given(st.text(max_size=200), st.integers(1, 30))
def test_pieces_are_the_text(text: str, most: int) -> None:
    """The pieces together are the text, save white space at its end, and none is longer than asked."""
    found = list(pieces(text, most))
    assert all(0 < len(piece) <= most for piece in found)
    assert "".join(found) == text or not text[len("".join(found)) :].strip()


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.text() | st.integers(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["choices", "message", "content", "statements"]), x),
    ).map(lambda x: json.dumps(x).encode())
)
def test_any_answer_is_proposals_or_a_named_failure(answer: bytes) -> None:
    """Whatever comes back, nothing but ReaderFailed is raised."""
    with suppress(ReaderFailed):
        list(proposals_in(answer))
