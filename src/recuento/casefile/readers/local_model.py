"""Another reader: a language model on this machine, asked over HTTP in the form that most model servers speak.

It lives here and not in `read`, since a step knows no network; and here it is known which address a casefile allows.
The words go to a loopback address, unless recuento.toml names the host. No proxy, no redirect, no second try.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from importlib.resources import files
from socket import SHUT_RDWR
from typing import Any

from recuento.casefile.readers.model_address import ModelAddress, is_loopback
from recuento.read.plugin import Proposal, ReaderFailed
from recuento.values.bilingual import Language

_ANSWER_BYTES_MAX = 1 << 20
_CHUNK = 1 << 16


class LocalModel:
    """Asks a model who says what. Implements `recuento.read.plugin.OtherReader`."""

    def __init__(self, name: str, address: ModelAddress) -> None:
        self.name = name
        self.address = address

    @property
    def version(self) -> str:
        """The model's name, and a hash of what it is asked."""
        asked = "".join(prompt(language) for language in ("es", "en")) + str(self.address.characters_max)
        return f"{self.address.model}+{hashlib.sha256(asked.encode()).hexdigest()[:8]}"

    def statements(self, text: str, *, language: Language) -> Iterator[Proposal]:
        """What the model proposes, piece by piece; raises ReaderFailed at the first answer that is not as agreed."""
        for piece in pieces(text, self.address.characters_max):
            yield from proposals_in(self._answer(piece, language))

    def _answer(self, text: str, language: Language) -> bytes:
        body = {
            "model": self.address.model,
            "messages": [{"role": "system", "content": prompt(language)}, {"role": "user", "content": text}],
            "temperature": 0,
            "seed": 1,
            "stream": False,
            "response_format": {"type": "json_object"},
        }
        request = urllib.request.Request(
            self.address.url.rstrip("/") + "/chat/completions",
            # Half a surrogate pair cannot be sent; nothing that is asked about it could be found again.
            data=json.dumps(body, ensure_ascii=True).encode("ascii"),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            method="POST",
        )
        return _asked(request, self.address)


def prompt(language: Language) -> str:
    """What a model is told before the text, in the language of the text."""
    found = files("recuento.casefile.readers").joinpath(f"model_prompt.{language}.txt")
    return found.read_text(encoding="utf-8").strip()


def pieces(text: str, characters_max: int) -> Iterator[str]:
    """The text in pieces of at most so many characters, cut at the last end of a paragraph or line or word in each."""
    start = 0
    while len(text) - start > characters_max:
        window = text[start : start + characters_max]
        cut = next((at + len(mark) for mark in ("\n\n", "\n", " ") if (at := window.rfind(mark)) > 0), characters_max)
        yield window[:cut]
        start += cut
    if text[start:].strip():
        yield text[start:]


def proposals_in(answer: bytes) -> Iterator[Proposal]:
    """The proposals of an answer in the agreed form; raises ReaderFailed where it is in another.

    A single entry of the wrong shape proposes no words: it is dropped and counted like other proposals.
    """
    try:
        said = json.loads(answer)["choices"][0]["message"]["content"]
        found = json.loads(_unfenced(said))["statements"]
        if not isinstance(found, list):
            raise TypeError("statements")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise _failed(
            f"its answer is not in the agreed form ({type(error).__name__})",
            f"su respuesta no tiene la forma convenida ({type(error).__name__})",
        ) from None
    for entry in found:
        yield _proposal(entry)


def _proposal(entry: Any) -> Proposal:
    words = {"speaker": "", "content": "", "cue": "", "mode": "asserts", "certainty": "asserted"}
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key, ""), str) for key in words):
        return Proposal("", "")
    return Proposal(**{key: entry.get(key, default) for key, default in words.items()})


def _unfenced(words: str) -> str:
    """The JSON without the fence of backticks that many models put around it."""
    bare = words.strip()
    if bare.startswith("```") and bare.endswith("```"):
        bare = bare[3:-3].removeprefix("json")
    return bare


class _Watched:
    """Cuts a connection when its time is up: a server that sends a byte a minute never runs into a socket timeout."""

    def __init__(self, address: ModelAddress) -> None:
        self.address = address
        self.connections: list[HTTPConnection] = []
        self.late = False

    def opened(self, connection: HTTPConnection) -> None:
        """Note a connection, and refuse one that leads elsewhere than its name promised, before a byte is sent."""
        self.connections.append(connection)
        peer = str(connection.sock.getpeername()[0])
        if self.address.is_loopback and not is_loopback(peer):
            connection.close()
            raise _failed(
                f"{self.address.url} leads to {peer}, another machine",
                f"{self.address.url} lleva a {peer}, otra máquina",
            )

    def cut(self) -> None:
        """End whatever is open."""
        self.late = True
        for connection in self.connections:
            with suppress(OSError, AttributeError):
                connection.sock.shutdown(SHUT_RDWR)


def _asked(request: urllib.request.Request, address: ModelAddress) -> bytes:
    watched = _Watched(address)
    timer = threading.Timer(address.seconds_max, watched.cut)
    timer.daemon = True
    timer.start()
    deadline = time.monotonic() + address.seconds_max
    try:
        with _opener(watched).open(request, timeout=address.seconds_max) as response:
            return _whole(response, watched, deadline)
    except urllib.error.HTTPError as error:
        error.close()
        raise _failed(f"it answered with HTTP {error.code}", f"respondió con HTTP {error.code}") from None
    except (OSError, HTTPException, ValueError) as error:
        if watched.late or isinstance(error, TimeoutError):
            raise _too_late(address) from None
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, TimeoutError):
            raise _too_late(address) from None
        raise _failed(
            f"{address.url} cannot be asked: {reason}", f"no se puede preguntar a {address.url}: {reason}"
        ) from None
    finally:
        timer.cancel()


def _whole(response: Any, watched: _Watched, deadline: float) -> bytes:
    """The body, as far as it is allowed to be long."""
    found = bytearray()
    # read1 gives what has come; read would wait for all of it.
    while chunk := response.read1(_CHUNK):
        found += chunk
        if len(found) > _ANSWER_BYTES_MAX:
            raise _failed("its answer does not end", "su respuesta no termina")
        if time.monotonic() > deadline:
            break
    # A cut connection looks like the end of the body where no length was announced.
    if watched.late or time.monotonic() > deadline:
        raise _too_late(watched.address)
    return bytes(found)


def _opener(watched: _Watched) -> urllib.request.OpenerDirector:
    """An opener that goes straight to the address: no proxy, no redirect, watched connections."""

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watched.opened(self)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            watched.opened(self)

    class PlainHandler(urllib.request.HTTPHandler):
        def http_open(self, request: urllib.request.Request) -> HTTPResponse:
            return self.do_open(Plain, request)

    class SecureHandler(urllib.request.HTTPSHandler):
        def https_open(self, request: urllib.request.Request) -> HTTPResponse:
            return self.do_open(Secure, request)

    class StayHere(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any) -> None:
            return None

    return urllib.request.build_opener(urllib.request.ProxyHandler({}), PlainHandler, SecureHandler, StayHere)


def _too_late(address: ModelAddress) -> ReaderFailed:
    seconds = f"{address.seconds_max:g}"
    return _failed(f"it did not answer within {seconds} s", f"no respondió en {seconds} s")


def _failed(en: str, es: str) -> ReaderFailed:
    return ReaderFailed(f"the other reader failed: {en}", f"el otro lector falló: {es}")
