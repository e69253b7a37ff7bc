"""WARC files for the tests, written by hand so that every byte is known."""

from __future__ import annotations

import base64
import gzip
import hashlib


def response(url: str, body: bytes, media_type: str = "text/plain", *, status: int = 200, extra: bytes = b"") -> bytes:
    """A response record with a digest of its block."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\n".encode() + extra
    return record("response", url, head + b"\r\n" + body)


def record(kind: str, url: str, block: bytes, *, media_type: str = "application/http", digest: bool = True) -> bytes:
    """Any record."""
    sha1 = base64.b32encode(hashlib.sha1(block).digest()).decode()
    name = hashlib.sha256(url.encode() + block).hexdigest()[:12]
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{name}>",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2031-03-24T08:00:00Z",
        *([f"WARC-Block-Digest: sha1:{sha1}"] if digest else []),
        f"Content-Type: {media_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def gzipped(records: list[bytes], *, single: bool = False) -> bytes:
    """The records as gzip, one member each, or one for all."""
    if single:
        return gzip.compress(b"".join(records), mtime=0)
    return b"".join(gzip.compress(one, mtime=0) for one in records)
