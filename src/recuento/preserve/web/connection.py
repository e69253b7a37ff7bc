"""Connections to checked addresses alone: look a name up, check where it leads, call that very address, secure it.

Runs in the fetching process.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from recuento.preserve.web.addresses import WebAddress, why_not_public, why_unlikely_public
from recuento.preserve.web.exchange import Ask, End, Tls
from recuento.values.bilingual import Bilingual

Lookup = Callable[[str, int], Sequence[str]]
"""Gives the network addresses of a name; raises OSError where it has none."""


class NotConnected(Exception):
    """No connection, how that ended, why, and what is known of the server's certificate."""

    def __init__(self, end: End, why: Bilingual, tls: Tls | None = None) -> None:
        super().__init__(why.en)
        self.end = end
        self.why = why
        self.tls = tls


@dataclass(frozen=True, slots=True)
class Connection:
    """A socket, the address it goes to ("" behind a proxy), and how it is secured.

    `absolute` says that the request line must name the whole address, since a proxy reads it.
    """

    socket: socket.socket
    ip: str
    tls: Tls | None
    absolute: bool = False


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a name, as this machine resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def connected(address: WebAddress, ask: Ask, deadline: float, lookup: Lookup = looked_up) -> Connection:
    """A connection for this request; raises NotConnected. `deadline` is of the monotonic clock.

    A certificate that does not hold ends it, unless its host is among `ask.bad_certificates`.
    """
    if not ask.allowed.port(address):
        raise NotConnected(
            End.REFUSED_ADDRESS,
            Bilingual(
                es=f"el puerto {address.port} no es de una web; permítalo por su nombre (--allow-host)",
                en=f"port {address.port} is none of the web; allow it by name (--allow-host)",
            ),
        )
    if ask.proxy is not None:
        return _through_proxy(address, ask, deadline, ask.proxy)
    plain, ip = _called(address, ask, deadline, lookup)
    if address.scheme == "http":
        return Connection(plain, ip, None)
    return _secured(plain, ip, address, ask, lambda: _called_at(ip, address.port, deadline))


def _called(address: WebAddress, ask: Ask, deadline: float, lookup: Lookup) -> tuple[socket.socket, str]:
    """Look up once, check every address found, and call those that were checked."""
    try:
        found = lookup(address.host, address.port)
    except (OSError, UnicodeError) as error:
        raise NotConnected(
            End.UNKNOWN_HOST,
            Bilingual(
                es=f"no se encuentra el servidor {address.host} ({_words(error)})",
                en=f"there is no server {address.host} ({_words(error)})",
            ),
        ) from None
    if not ask.allowed.private(address):
        refused = [why for ip in found if (why := why_not_public(ip)) is not None]
        if refused:
            # Also where other addresses of the name are public: no honest name mixes them.
            raise NotConnected(End.REFUSED_ADDRESS, refused[0])
    last: OSError | None = None
    for ip in found:
        try:
            return _called_at(ip, address.port, min(deadline, time.monotonic() + ask.limits.connect_seconds_max)), ip
        except OSError as error:
            last = error
    end = End.TIMED_OUT if isinstance(last, TimeoutError) else End.UNREACHABLE
    raise NotConnected(
        end,
        Bilingual(
            es=f"el servidor {address.host} no acepta la conexión ({_words(last)})",
            en=f"the server {address.host} takes no connection ({_words(last)})",
        ),
    )


def _called_at(ip: str, port: int, deadline: float) -> socket.socket:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("timed out")
    return socket.create_connection((ip, port), timeout=seconds)


def _through_proxy(address: WebAddress, ask: Ask, deadline: float, proxy: str) -> Connection:
    """The proxy looks names up, so that only what the name itself tells can be checked here."""
    if not ask.allowed.private(address) and (why := why_unlikely_public(address.host)) is not None:
        raise NotConnected(End.REFUSED_ADDRESS, why)

    def called() -> socket.socket:
        seconds = min(ask.limits.connect_seconds_max, deadline - time.monotonic())
        return _proxied(proxy, address, max(seconds, 0.1))

    try:
        plain = called()
    except Exception as error:
        # The library raises its own errors, the system's, and those of whatever speaks at the other end.
        raise NotConnected(
            End.PROXY,
            Bilingual(
                es=f"el proxy {_shown(proxy)} no da conexión con {address.host} ({_words(error)})",
                en=f"the proxy {_shown(proxy)} gives no connection to {address.host} ({_words(error)})",
            ),
        ) from None
    if address.scheme == "http":
        return Connection(plain, "", None, absolute=proxy.startswith("http:"))
    return _secured(plain, "", address, ask, called)


def _proxied(proxy: str, address: WebAddress, seconds: float) -> socket.socket:
    if proxy.startswith("http:") and address.scheme == "http":
        parts = urlsplit(proxy)
        return socket.create_connection((parts.hostname or "", parts.port or 8080), timeout=seconds)
    from python_socks.sync import Proxy

    # The name goes to the proxy as it is: looked up here, it would tell who is on the way to it.
    found: socket.socket = Proxy.from_url(proxy, rdns=True).connect(address.host, address.port, timeout=seconds)
    return found


def _secured(
    plain: socket.socket, ip: str, address: WebAddress, ask: Ask, again: Callable[[], socket.socket]
) -> Connection:
    try:
        secure = _trusting_context().wrap_socket(plain, server_hostname=address.host)
        return Connection(secure, ip, _told(secure, ""))
    except ssl.SSLCertVerificationError as error:
        fault = error.verify_message or str(error)
    except (ssl.SSLError, OSError) as error:
        plain.close()
        end = End.TIMED_OUT if isinstance(error, TimeoutError) else End.TLS
        raise NotConnected(
            end,
            Bilingual(
                es=f"no se pudo asegurar la conexión ({_words(error)})",
                en=f"the connection could not be secured ({_words(error)})",
            ),
        ) from None
    plain.close()
    untrusted, tls = _untrusted(again, address, fault)
    if untrusted is not None and address.host in ask.bad_certificates:
        return Connection(untrusted, ip, tls)
    if untrusted is not None:
        untrusted.close()
    raise NotConnected(
        End.TLS,
        Bilingual(
            es=f"el certificado de {address.host} no vale ({fault}); no se pidió nada",
            en=f"the certificate of {address.host} does not hold ({fault}); nothing was asked",
        ),
        tls,
    )


def _untrusted(again: Callable[[], socket.socket], address: WebAddress, fault: str) -> tuple[ssl.SSLSocket | None, Tls]:
    """Connect once more without trust, to keep the certificate as evidence. Nothing is sent on it here."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        secure = context.wrap_socket(again(), server_hostname=address.host)
    except Exception:
        # The fault is known already; the certificate is only good to have.
        return None, Tls(fault=fault)
    return secure, _told(secure, fault)


def _trusting_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


def _told(secure: ssl.SSLSocket, fault: str) -> Tls:
    der = secure.getpeercert(binary_form=True) or b""
    cipher = secure.cipher()
    return Tls(
        version=secure.version() or "",
        cipher=cipher[0] if cipher else "",
        certificate=ssl.DER_cert_to_PEM_cert(der) if der else "",
        certificate_sha256=hashlib.sha256(der).hexdigest() if der else "",
        fault=fault,
    )


def _shown(proxy: str) -> str:
    """A proxy without the password it may bear."""
    parts = urlsplit(proxy)
    return f"{parts.scheme}://{parts.hostname}:{parts.port}"


def _words(error: Any) -> str:
    return str(getattr(error, "strerror", None) or error)[:200]
