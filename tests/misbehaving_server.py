"""A real web server on loopback that misbehaves in every way a client can meet.

It is spoken by hand, so that every byte is known. Each path names its own misbehaviour. What was asked is noted, so
that tests can tell what was never asked for.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PAGE = (
    "<!doctype html><html lang='es'><head><title>Nota de prueba</title></head><body><article><h1>Nota de prueba</h1>"
    + "<p>El vocero de Lares dijo que 40 internos fueron trasladados al penal de Prueba durante la noche.</p>" * 12
    + "</article></body></html>"
).encode()
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001"
    "f61738550000000049454e44ae426082"
)

Send = Callable[[bytes], None]


@dataclass
class Server:
    """A running server: where it listens, what it was asked, and what its robots.txt says."""

    port: int
    scheme: str = "http"
    host: str = "127.0.0.1"
    asked: list[str] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    robots: bytes | None = None
    count: dict[str, int] = field(default_factory=dict)
    extra: dict[str, Callable[[Send], None]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"{self.scheme}://{self.place}{path}"

    def answer(self, path: str, send: Send, connection: socket.socket) -> None:
        """Answer one request, in the way its path names."""
        self.asked.append(path)
        self.count[path] = self.count.get(path, 0) + 1
        if path == "/robots.txt":
            send(whole(self.robots, "text/plain") if self.robots is not None else status(404))
            return
        if path in self.extra:
            self.extra[path](send)
            return
        name = path.partition("?")[0].strip("/").partition("/")[0].replace("-", "_") or "page"
        way = getattr(self, f"_{name}", None)
        if way is None:
            send(status(404, PAGE))
        else:
            way(send, connection)

    def _page(self, send: Send, connection: socket.socket) -> None:
        send(whole(PAGE, extra=b"Last-Modified: Mon, 24 Mar 2031 08:00:00 GMT\r\nAge: 12\r\n"))

    def _chunked(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Transfer-Encoding: chunked\r\n") + chunks(PAGE))

    def _gzip(self, send: Send, connection: socket.socket) -> None:
        send(whole(gzip.compress(PAGE), extra=b"Content-Encoding: gzip\r\n"))

    def _deflate(self, send: Send, connection: socket.socket) -> None:
        send(whole(zlib.compress(PAGE), extra=b"Content-Encoding: deflate\r\n"))

    def _raw_deflate(self, send: Send, connection: socket.socket) -> None:
        packer = zlib.compressobj(wbits=-15)
        send(whole(packer.compress(PAGE) + packer.flush(), extra=b"Content-Encoding: deflate\r\n"))

    def _gzip_label_lies(self, send: Send, connection: socket.socket) -> None:
        send(whole(PAGE, extra=b"Content-Encoding: gzip\r\n"))

    def _brotli(self, send: Send, connection: socket.socket) -> None:
        send(whole(b"\x8b\x02\x80abc\x03", extra=b"Content-Encoding: br\r\n"))

    def _gzip_cut(self, send: Send, connection: socket.socket) -> None:
        send(whole(gzip.compress(PAGE * 50)[:-20], extra=b"Content-Encoding: gzip\r\n"))

    def _gzip_damaged(self, send: Send, connection: socket.socket) -> None:
        packed = bytearray(gzip.compress(PAGE))
        packed[len(packed) // 2] ^= 0xFF
        send(whole(bytes(packed), extra=b"Content-Encoding: gzip\r\n"))

    def _bomb(self, send: Send, connection: socket.socket) -> None:
        send(whole(gzip.compress(b"\0" * (40 << 20), 9), extra=b"Content-Encoding: gzip\r\n"))

    def _close(self, send: Send, connection: socket.socket) -> None:
        send(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)

    def _bare_feeds(self, send: Send, connection: socket.socket) -> None:
        send(b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: " + str(len(PAGE)).encode() + b"\n\n" + PAGE)

    def _hints(self, send: Send, connection: socket.socket) -> None:
        send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + whole(PAGE))

    def _slow(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Content-Length: 100000\r\n"))
        for _ in range(200):
            send(b"x")
            time.sleep(0.1)

    def _silent(self, send: Send, connection: socket.socket) -> None:
        time.sleep(8)

    def _silent_in_body(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Content-Length: 100000\r\n") + PAGE)
        time.sleep(8)

    def _truncated(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Content-Length: 100000\r\n") + PAGE)

    def _longer_than_said(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Content-Length: 50\r\n") + PAGE)

    def _length_is_no_number(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Content-Length: many\r\n") + PAGE)

    def _two_lengths(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Content-Length: 5\r\nContent-Length: 900000\r\n") + PAGE)

    def _announces_much(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Content-Length: 99999999999\r\n") + PAGE)

    def _endless(self, send: Send, connection: socket.socket) -> None:
        send(head(b""))
        while True:
            send(b"x" * 65536)

    def _endless_chunks(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Transfer-Encoding: chunked\r\n"))
        while True:
            send(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    def _bad_chunks(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Transfer-Encoding: chunked\r\n") + chunks(PAGE)[:-5] + b"zz\r\nno\r\n")

    def _chunks_end_early(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Transfer-Encoding: chunked\r\n") + chunks(PAGE)[:-5])

    def _huge_chunk(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Transfer-Encoding: chunked\r\n") + b"FFFFFFFFFFFFFFFF\r\nabc")

    def _reset(self, send: Send, connection: socket.socket) -> None:
        send(head(b"Content-Length: 100000\r\n") + PAGE)
        time.sleep(0.2)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    def _reset_at_once(self, send: Send, connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    def _no_answer(self, send: Send, connection: socket.socket) -> None:
        """Close without a word."""

    def _not_http(self, send: Send, connection: socket.socket) -> None:
        send(b"220 mail.example ESMTP ready\r\n")

    def _header_bomb(self, send: Send, connection: socket.socket) -> None:
        send(b"HTTP/1.1 200 OK\r\n")
        for number in range(40_000):
            send(f"X-{number}: {'a' * 80}\r\n".encode())

    def _long_header(self, send: Send, connection: socket.socket) -> None:
        send(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            send(b"a" * 65536)

    def _odd_header(self, send: Send, connection: socket.socket) -> None:
        odd = b"no colon here\r\n: no name\r\nX-\xff\xfe: \x01\r\n folded\r\nContent-Type : text/html\r\n"
        send(b"HTTP/1.1 200\r\n" + odd + f"Content-Length: {len(PAGE)}\r\n\r\n".encode() + PAGE)

    def _hundred_forever(self, send: Send, connection: socket.socket) -> None:
        while True:
            send(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)

    def _redirect(self, send: Send, connection: socket.socket) -> None:
        send(status(302, extra=b"Location: /page\r\n"))

    def _redirect_loop(self, send: Send, connection: socket.socket) -> None:
        send(status(302, extra=b"Location: /redirect-back\r\n"))

    def _redirect_back(self, send: Send, connection: socket.socket) -> None:
        send(status(302, extra=b"Location: /redirect-loop\r\n"))

    def _redirect_on(self, send: Send, connection: socket.socket) -> None:
        send(status(301, extra=f"Location: /redirect-on/{self.count.get('on', 0)}\r\n".encode()))
        self.count["on"] = self.count.get("on", 0) + 1

    def _redirect_private(self, send: Send, connection: socket.socket) -> None:
        send(status(302, extra=f"Location: http://127.0.0.3:{self.port}/page\r\n".encode()))

    def _redirect_metadata(self, send: Send, connection: socket.socket) -> None:
        send(status(302, extra=b"Location: http://169.254.169.254/latest/meta-data/\r\n"))

    def _redirect_file(self, send: Send, connection: socket.socket) -> None:
        send(status(302, extra=b"Location: file:///etc/passwd\r\n"))

    def _redirect_nowhere(self, send: Send, connection: socket.socket) -> None:
        send(status(302))

    def _refresh(self, send: Send, connection: socket.socket) -> None:
        send(whole(b'<html><head><meta http-equiv="refresh" content="0; url=/page"></head><body></body></html>'))

    def _cookie_wall(self, send: Send, connection: socket.socket) -> None:
        send(status(302, extra=b"Location: /cookie-wall\r\nSet-Cookie: seen=1\r\n"))

    def _consent(self, send: Send, connection: socket.socket) -> None:
        text = "Usamos cookies propias y de terceros. Acepte las cookies para continuar. Aceptar todo. Rechazar."
        send(whole(f"<html><head><title>Su privacidad</title></head><body><p>{text}</p></body></html>".encode()))

    def _login(self, send: Send, connection: socket.socket) -> None:
        form = "<form><input name=u><input type=Password name=p><button>Entrar</button></form>"
        send(whole(f"<html><head><title>Iniciar sesión</title></head><body>{form}</body></html>".encode()))

    def _to_login(self, send: Send, connection: socket.socket) -> None:
        send(status(302, extra=b"Location: /login?next=/to-login\r\n"))

    def _soft_404(self, send: Send, connection: socket.socket) -> None:
        send(whole("<html><head><title>Página no encontrada</title></head><body><h1>404</h1></body></html>".encode()))

    def _guard(self, send: Send, connection: socket.socket) -> None:
        send(whole(b"<html><head><title>Just a moment...</title></head><body><div id=c></div></body></html>"))

    def _paywall(self, send: Send, connection: socket.socket) -> None:
        mark = b'<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'
        send(whole(PAGE.replace(b"</head>", mark + b"</head>")))

    def _deep(self, send: Send, connection: socket.socket) -> None:
        send(status(302, extra=b"Location: /\r\n"))

    def _empty(self, send: Send, connection: socket.socket) -> None:
        send(whole(b""))

    def _no_content(self, send: Send, connection: socket.socket) -> None:
        send(b"HTTP/1.1 204 No Content\r\n\r\n")

    def _unchanged(self, send: Send, connection: socket.socket) -> None:
        send(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n")

    def _part_of_it(self, send: Send, connection: socket.socket) -> None:
        head_bytes = f"Content-Range: bytes 0-{len(PAGE) - 1}/99999\r\n".encode()
        send(status(206, PAGE, extra=head_bytes))

    def _status(self, send: Send, connection: socket.socket) -> None:
        """What /status/NNN asks for."""
        send(status(int(self.asked[-1].rpartition("/")[2]), PAGE))

    def _busy(self, send: Send, connection: socket.socket) -> None:
        again = self.count["/busy"] == 1
        send(status(429, extra=b"Retry-After: 1\r\n") if again else whole(PAGE))

    def _busy_for_long(self, send: Send, connection: socket.socket) -> None:
        send(status(503, extra=b"Retry-After: 86400\r\n"))

    def _changing(self, send: Send, connection: socket.socket) -> None:
        send(whole(PAGE.replace(b"</article>", f"<p>Visita {len(self.asked)}</p></article>".encode())))

    def _charset_lies(self, send: Send, connection: socket.socket) -> None:
        text = PAGE.decode().replace("Nota de prueba", "Motín en la prisión").encode("cp1252")
        send(whole(text, "text/html; charset=utf-8"))

    def _plain_says_html(self, send: Send, connection: socket.socket) -> None:
        send(whole(PAGE, "text/plain"))

    def _pdf(self, send: Send, connection: socket.socket) -> None:
        send(whole(b"%PDF-1.4\n%none of a page\n", "application/pdf"))

    def _illustrated(self, send: Send, connection: socket.socket) -> None:
        parts = (
            b'<link rel="stylesheet" href="/style.css"><img src="/picture.png?1"><img src="/picture.png?2">'
            b'<img src="http://127.0.0.3:9/private.png"><img src="http://169.254.169.254/x"><img src="file:///etc/hosts">'
            b'<img src="/missing.png"><img src="data:image/png;base64,AAAA">'
        )
        send(whole(PAGE.replace(b"</head>", parts + b"</head>")))

    def _many_parts(self, send: Send, connection: socket.socket) -> None:
        parts = b"".join(f'<img src="/picture.png?n{number}">'.encode() for number in range(500))
        send(whole(PAGE.replace(b"</article>", parts + b"</article>")))

    def answer_picture(self, send: Send) -> None:
        """A picture of one point."""
        send(whole(PICTURE, "image/png"))


def status(code: int, body: bytes = b"", *, extra: bytes = b"") -> bytes:
    """A whole answer with this status."""
    lines = f"HTTP/1.1 {code} X\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n".encode()
    return lines + extra + b"\r\n" + body


def whole(body: bytes | None, media_type: str = "text/html; charset=utf-8", *, extra: bytes = b"") -> bytes:
    """A whole answer."""
    body = body or b""
    lines = f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n".encode()
    return b"HTTP/1.1 200 OK\r\nDate: Tue, 25 Mar 2031 10:00:00 GMT\r\n" + lines + extra + b"\r\n" + body


def head(extra: bytes) -> bytes:
    """The head of a page."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + extra + b"\r\n"


def chunks(body: bytes, size: int = 100) -> bytes:
    """A body in chunks, with an extension and a trailer as some servers send them."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(f"{len(one):x};a=b\r\n".encode() + one + b"\r\n" for one in pieces) + b"0\r\n\r\n"


@contextmanager
def misbehaving(host: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A running server, over TLS where a context is given."""
    listening = socket.create_server((host, 0), backlog=64)
    server = Server(listening.getsockname()[1], "https" if context else "http", host)
    server.extra["/style.css"] = lambda send: send(
        whole(b"@import '/more.css'; body { background: url(/picture.png?css) }", "text/css")
    )
    server.extra["/more.css"] = lambda send: send(whole(b"p { color: #222 }", "text/css"))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=_serve_one, args=(server, connection, context), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server
    finally:
        # Closing alone does not wake the thread that waits for a caller.
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def _serve_one(server: Server, plain: socket.socket, context: ssl.SSLContext | None) -> None:
    with suppress(OSError, ValueError), plain:
        connection = context.wrap_socket(plain, server_side=True) if context else plain
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                found = connection.recv(65536)
                if not found:
                    return
                request += found
            server.requests.append(request)
            path = request.split(b" ", 2)[1].decode("latin-1")
            if path.startswith("/picture.png"):
                server.asked.append(path)
                server.answer_picture(connection.sendall)
            else:
                server.answer(path, connection.sendall, connection)


class Certificates:
    """An authority of one's own and certificates by it, good and bad, made with openssl."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.authority = folder / "authority.pem"
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "authority.key", "-out",
                      "authority.pem", "-subj", "/CN=Autoridad de prueba", "-days", "30",
                      "-addext", "keyUsage=critical,keyCertSign")  # fmt: skip

    def context(self, kind: str) -> ssl.SSLContext:
        """The server's side of TLS with a certificate that is good, self_signed, expired or wrong_host."""
        name = "DNS:otro.invalid" if kind == "wrong_host" else "IP:127.0.0.1"
        key, certificate = self.folder / f"{kind}.key", self.folder / f"{kind}.pem"
        if kind == "self_signed":
            self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key.name, "-out",
                          certificate.name, "-subj", "/CN=127.0.0.1", "-days", "2", "-addext",
                          f"subjectAltName={name}")  # fmt: skip
        else:
            days = "-1" if kind == "expired" else "2"
            (self.folder / "names.cnf").write_text(f"subjectAltName={name}\n", encoding="ascii")
            self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", key.name, "-out", "request.csr",
                          "-subj", "/CN=127.0.0.1")  # fmt: skip
            self._openssl("x509", "-req", "-in", "request.csr", "-CA", "authority.pem", "-CAkey", "authority.key",
                          "-CAcreateserial", "-out", certificate.name, "-days", days, "-extfile",
                          "names.cnf")  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=True)
