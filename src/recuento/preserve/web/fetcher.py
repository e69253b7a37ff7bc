"""The fetching process: it has the network and nothing else, and parses no document.

Started by `fetching` with `python -m recuento.preserve.web.fetcher`. It answers requests one at a time; what servers
send is kept as bytes and looked at only as far as is needed to know where an answer ends.
"""

from __future__ import annotations

import ssl
import sys
import time
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO

from recuento.errors import InvalidValue
from recuento.preserve import border
from recuento.preserve.web.addresses import WebAddress, web_address
from recuento.preserve.web.confined import confine_fetcher
from recuento.preserve.web.connection import Connection, Lookup, NotConnected, connected, looked_up
from recuento.preserve.web.exchange import Ask, End, Exchange
from recuento.preserve.web.http_message import HEAD_BYTES_MAX, Incoming, State
from recuento.values.bilingual import Bilingual

_PIECE = 1 << 16


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until nobody asks any more."""
    while True:
        try:
            plain, _ = border.receive(requests, 0)
        except border.BorderBroken:
            return
        border.send(replies, *exchanged(Ask.from_plain(plain)).packed())


def exchanged(ask: Ask, lookup: Lookup = looked_up) -> Exchange:
    """Send one request and receive its answer within the limits. Raises nothing for what a server does."""
    nothing = Exchange(ask.url, End.REFUSED_ADDRESS)
    try:
        address = web_address(ask.url)
    except InvalidValue as error:
        return nothing.said(error)
    deadline = time.monotonic() + ask.limits.seconds_max
    try:
        connection = connected(address, ask, deadline, lookup)
    except NotConnected as failed:
        return replace(nothing, end=failed.end, tls=failed.tls, detail_es=failed.why.es, detail_en=failed.why.en)
    request = request_bytes(address, ask, absolute=connection.absolute)
    begun = replace(nothing, request=request, ip=connection.ip, tls=connection.tls)
    with connection.socket:
        try:
            connection.socket.settimeout(max(deadline - time.monotonic(), 0.1))
            connection.socket.sendall(request)
        except OSError as error:
            return _with(begun, End.RESET, es=f"se cortó al pedir ({error})", en=f"it broke while asking ({error})")
        return _received(connection, ask, begun, deadline)


def request_bytes(address: WebAddress, ask: Ask, *, absolute: bool = False) -> bytes:
    """The request as it is sent: what it asks for, who asks, and nothing that tells one reader from another."""
    lines = [
        f"GET {address.url if absolute else address.target} HTTP/1.1",
        f"Host: {address.place}",
        f"User-Agent: {ask.agent}",
        f"Accept: {ask.accept}",
        f"Accept-Language: {ask.languages}",
        "Accept-Encoding: gzip, deflate",
        *([f"Referer: {ask.referer}"] if ask.referer else []),
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii", "replace")


def _received(connection: Connection, ask: Ask, begun: Exchange, deadline: float) -> Exchange:
    incoming = Incoming()
    pieces: list[bytes] = []
    end, why = End.WHOLE, Bilingual.same("")
    while incoming.state is State.OPEN:
        found = _next(connection, ask, deadline)
        if isinstance(found, tuple):
            end, why = found
            break
        if not found:
            if not incoming.closed():
                end, why = _ended_early(incoming)
            break
        pieces.append(found)
        incoming.feed(found)
        if _is_too_large(incoming, ask):
            end, why = End.TOO_LARGE, _too_large(incoming, ask)
            break
    if incoming.state in _BROKEN:
        end, why = _BROKEN[incoming.state]
    response = b"".join(pieces)[incoming.interim :]
    whole = replace(begun, response=response, surplus=incoming.surplus, interim=incoming.interim)
    return _with(whole, end, es=why.es, en=why.en)


def _next(connection: Connection, ask: Ask, deadline: float) -> bytes | tuple[End, Bilingual]:
    left = deadline - time.monotonic()
    silence = min(left, ask.limits.silence_seconds_max)
    try:
        if left <= 0:
            raise TimeoutError
        connection.socket.settimeout(silence)
        return connection.socket.recv(_PIECE)
    except TimeoutError:
        if left > ask.limits.silence_seconds_max:
            seconds = f"{ask.limits.silence_seconds_max:g}"
            return End.TIMED_OUT, Bilingual(
                es=f"el servidor calló durante {seconds} s", en=f"the server was silent for {seconds} s"
            )
        seconds = f"{ask.limits.seconds_max:g}"
        return End.TIMED_OUT, Bilingual(es=f"no terminó en {seconds} s", en=f"it did not end within {seconds} s")
    except ssl.SSLEOFError:
        return b""
    except OSError as error:
        words = error.strerror or type(error).__name__
        return End.RESET, Bilingual(es=f"la conexión se cortó ({words})", en=f"the connection broke ({words})")


def _ended_early(incoming: Incoming) -> tuple[End, Bilingual]:
    if not incoming.size:
        return End.NO_ANSWER, Bilingual(es="el servidor cerró sin responder", en="the server closed without an answer")
    told = "" if incoming.length is None else f"{incoming.body_size}/{incoming.length} "
    return End.CUT, Bilingual(
        es=f"el servidor cerró antes del final ({told}bytes)" if told else "el servidor cerró antes del final",
        en=f"the server closed before the end ({told}bytes)" if told else "the server closed before the end",
    )


def _is_too_large(incoming: Incoming, ask: Ask) -> bool:
    most = ask.limits.body_bytes_max
    return incoming.body_size > most or (incoming.length or 0) > most or incoming.interim > HEAD_BYTES_MAX


def _too_large(incoming: Incoming, ask: Ask) -> Bilingual:
    most = f"{ask.limits.body_bytes_max / (1 << 20):g} MB"
    if incoming.length:
        told = f"{incoming.length / (1 << 20):.1f} MB"
        return Bilingual(es=f"anuncia {told}, más de {most}", en=f"it announces {told}, more than {most}")
    return Bilingual(es=f"es de más de {most}", en=f"it is larger than {most}")


def _with(exchange: Exchange, end: End, *, es: str, en: str) -> Exchange:
    return replace(exchange, end=end, detail_es=es, detail_en=en)


_BROKEN = {
    State.NOT_HTTP: (
        End.NOT_HTTP,
        Bilingual(es="lo que respondió no es HTTP", en="what it answered is no HTTP"),
    ),
    State.HEAD_TOO_LONG: (
        End.HEAD_TOO_LONG,
        Bilingual(es="su cabecera no tiene fin", en="its header has no end"),
    ),
    State.BAD_CHUNKS: (
        End.BAD_CHUNKS,
        Bilingual(es="los trozos del cuerpo están dañados", en="the chunks of its body are damaged"),
    ),
}


if __name__ == "__main__":
    confine_fetcher()
    with suppress(KeyboardInterrupt, BrokenPipeError):
        serve(sys.stdin.buffer, sys.stdout.buffer)
