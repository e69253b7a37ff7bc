"""Through a proxy: it is asked for the name as it is, local names are refused before, and the page comes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from misbehaving_server import PAGE, Server, misbehaving
from recuento.preserve.web.addresses import allowed_from
from recuento.preserve.web.exchange import Ask, End, WebLimits
from recuento.preserve.web.fetcher import exchanged
from recuento.preserve.web.http_message import body_of

LIMITS = WebLimits(seconds_max=5, connect_seconds_max=3)


@contextmanager
def proxy(kind: str, server: Server) -> Iterator[tuple[str, list[str]]]:
    """A proxy that leads every name to the server, and the names it was asked for."""
    listening = socket.create_server(("127.0.0.1", 0))
    named: list[str] = []

    def serve() -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            with suppress(OSError, ValueError), caller:
                first = b"" if kind == "http" else _socks_greeting(caller, named)
                with socket.create_connection((server.host, server.port)) as behind:
                    if kind == "http":
                        first = caller.recv(65536)
                        named.append(first.split(b" ")[1].decode())
                        path = "/" + first.split(b" ")[1].split(b"/", 3)[3].decode()
                        first = first.replace(first.split(b" ")[1], path.encode(), 1)
                    else:
                        first = caller.recv(65536)
                    behind.sendall(first)
                    while found := behind.recv(65536):
                        caller.sendall(found)

    threading.Thread(target=serve, daemon=True).start()
    yield f"{kind}://127.0.0.1:{listening.getsockname()[1]}", named
    with suppress(OSError):
        listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def _socks_greeting(caller: socket.socket, named: list[str]) -> bytes:
    caller.recv(2 + caller.recv(2, socket.MSG_PEEK)[1])
    caller.sendall(b"\x05\x00")
    asked = caller.recv(512)
    assert asked[:4] == b"\x05\x01\x00\x03", "a name, not an address that was looked up here"
    named.append(asked[5 : 5 + asked[4]].decode())
    caller.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50")
    return b""


@pytest.mark.parametrize("kind", ["http", "socks5"])
def test_a_page_comes_through_a_proxy(kind: str) -> None:
    """The proxy is asked for the name, we look nothing up, and the page comes."""

    def lookup(host: str, port: int) -> list[str]:
        raise AssertionError("a name was looked up here")

    with misbehaving() as server, proxy(kind, server) as (address, named):
        found = exchanged(Ask("http://noticias.example/page", "t", proxy=address, limits=LIMITS), lookup)
        head = found.head()
        assert found.end is End.WHOLE and head is not None, found
        assert body_of(found.response, head, 1 << 20).data == PAGE and "noticias.example" in named[0]
        for host in ("localhost", "10.0.0.1", "intranet", "nas.local", "169.254.169.254", "[::1]", "0x7f.1"):
            refused = exchanged(Ask(f"http://{host}/page", "t", proxy=address, limits=LIMITS), lookup)
            assert refused.end is End.REFUSED_ADDRESS, host
        assert len(named) == 1


def test_a_proxy_that_is_not_there_is_named() -> None:
    """Nothing goes out without it, and its password is not in the words."""
    ask = Ask("http://noticias.example/", "t", proxy="socks5://ana:secreto@127.0.0.1:9", limits=LIMITS)
    found = exchanged(ask, lambda host, port: 1 / 0)  # type: ignore[arg-type,return-value]
    assert found.end is End.PROXY and "secreto" not in found.detail_en + found.detail_es
    assert allowed_from(["a:1"]).written() == ["a:1"]
