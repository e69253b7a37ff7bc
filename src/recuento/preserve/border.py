"""What crosses the border between Recuento and its jail: a short header in JSON, then bytes of a stated length."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

_LENGTHS = struct.Struct(">IQ")
HEADER_BYTES_MAX = 4 << 20
_PIECE = 1 << 20


class BorderBroken(Exception):
    """The other side is gone, or sent what no honest side sends."""


def packed(header: dict[str, Any], body: bytes) -> bytes:
    """Header and body as they cross."""
    words = json.dumps(header).encode("ascii")
    return _LENGTHS.pack(len(words), len(body)) + words + body


def send(stream: IO[bytes], header: dict[str, Any], body: bytes) -> None:
    """Send header and body."""
    words = json.dumps(header).encode("ascii")
    stream.write(_LENGTHS.pack(len(words), len(body)) + words)
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes], body_bytes_max: int) -> tuple[dict[str, Any], bytes]:
    """Receive header and body; raise BorderBroken at the end of the stream or for anything out of bounds."""
    words_length, body_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if words_length > HEADER_BYTES_MAX or body_length > body_bytes_max:
        raise BorderBroken("too much")
    try:
        header = json.loads(_exactly(stream, words_length))
    except (ValueError, RecursionError):
        raise BorderBroken("no header") from None
    if not isinstance(header, dict):
        raise BorderBroken("no header")
    return header, _exactly(stream, body_length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    pieces = []
    while length > 0:
        # Piece by piece: a pipe gives less than it is asked for, and a false length must not cost memory.
        piece = stream.read(min(length, _PIECE))
        if not piece:
            raise BorderBroken("the stream ended")
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
