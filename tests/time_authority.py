"""An authority for time stamps, made with openssl, that answers over a real local connection."""

from __future__ import annotations

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from recuento.casefile.custody.timestamps import stamp_request

CONFIGURATION = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/authority.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
[extensions]
extendedKeyUsage = critical,timeStamping
"""


class Authority:
    """An authority that stamps over HTTP, and how it misbehaves when told to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answer = "stamp"
        (folder / "serial").write_text("01\n", encoding="ascii")
        (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "authority.key", "-out",
                      "authority.pem", "-subj", "/CN=Autoridad de prueba", "-days", "2")  # fmt: skip
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj",
                      "/CN=Sello de prueba")  # fmt: skip
        self._openssl("x509", "-req", "-in", "tsa.csr", "-CA", "authority.pem", "-CAkey", "authority.key",
                      "-CAcreateserial", "-out", "tsa.pem", "-days", "1", "-extfile", "tsa.cnf", "-extensions",
                      "extensions")  # fmt: skip
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                right = self.headers["Content-Type"] == "application/timestamp-query"
                reply = authority.reply(query) if right else b""
                self.send_response(503 if authority.answer == "busy" else 200)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply[: len(reply) // 2] if authority.answer == "torn" else reply)

            def log_message(self, format: str, *rest: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/tsr"

    def reply(self, query: bytes) -> bytes:
        """What it answers to a query."""
        if self.answer == "other":
            query = stamp_request(b"another text", 5)
        if self.answer == "replay":
            query = stamp_request(self.replayed, 5)
        (self.folder / "query.tsq").write_bytes(query)
        self._openssl("ts", "-reply", "-queryfile", "query.tsq", "-config", "tsa.cnf", "-out", "reply.tsr")
        return (self.folder / "reply.tsr").read_bytes()

    replayed = b""

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=True)
