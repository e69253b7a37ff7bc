"""Envelopes: data encrypted to public keys, padded so that its size tells next to nothing.

Inside the age file stand a mark, the length in eight bytes, the data, and zeros up to a power of two of at least 4 KiB.
age authenticates every 64 KiB and the end, so an altered or shortened envelope does not open.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator
from typing import Protocol

import pyrage

from recuento.seal.errors import CannotOpen
from recuento.seal.keys import PrivateKey, recipients

SMALLEST_BYTES = 4096


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, none at the end."""


class Writable(Protocol):
    """What bytes can be written to."""

    def write(self, piece: bytes, /) -> int:
        """Take the next bytes."""

    def flush(self) -> None:
        """Pass on what is held back."""


_MARK = b"RS1\n"
_HEAD = len(_MARK) + 8
_CHUNK = 1 << 16


def padded_bytes(size_bytes: int) -> int:
    """How many bytes go into the envelope of `size_bytes`: a power of two, from 4,096 upward."""
    return max(SMALLEST_BYTES, 1 << (size_bytes + _HEAD - 1).bit_length())


def shut(data: bytes, public: Iterable[str]) -> bytes:
    """An envelope that the holders of these public keys can open, and nobody else."""
    written = io.BytesIO()
    shut_stream(io.BytesIO(data), len(data), written, public)
    return written.getvalue()


def open_envelope(envelope: bytes, key: PrivateKey) -> bytes:
    """What is inside; raises CannotOpen where the key is another one or the envelope was altered."""
    written = io.BytesIO()
    open_stream(io.BytesIO(envelope), written, key)
    return written.getvalue()


def shut_stream(reader: Readable, size_bytes: int, writer: Writable, public: Iterable[str]) -> None:
    """Write the envelope of the `size_bytes` that `reader` gives, piece by piece.

    Raises ValueError where `reader` gives another number of bytes.
    """
    _encrypt(_Pulled(_padded(reader, size_bytes)), writer, public)


def open_stream(reader: Readable, writer: Writable, key: PrivateKey) -> None:
    """Write what is inside an envelope, piece by piece.

    Raises CannotOpen; what was written by then is to be thrown away.
    """
    inside = _Unpadded(writer)
    decrypt_stream(reader, inside, key)
    if inside.missing:
        raise _altered()


def encrypt_stream(reader: Readable, writer: Writable, public: Iterable[str]) -> None:
    """Encrypt a stream to public keys without padding, in constant memory: for backups. Raises OSError as it comes."""
    _encrypt(reader, writer, public)


def decrypt_stream(reader: Readable, writer: Writable, key: PrivateKey) -> None:
    """Decrypt a stream; raises CannotOpen, after which what was written by then is to be thrown away."""
    try:
        pyrage.decrypt_io(reader, writer, [key._identity])
    except pyrage.DecryptError as error:
        if "key" in str(error).lower():
            raise CannotOpen(
                "this key does not open it: it was sealed to others",
                "esta clave no lo abre: está sellado para otras personas",
            ) from None
        raise _altered() from None
    except OSError as error:
        if error.errno is not None:
            raise
        raise _altered() from None


def is_encrypted(beginning: bytes) -> bool:
    """Whether a file that begins so is one of age."""
    return beginning.startswith(b"age-encryption.org/v1")


def _encrypt(reader: Readable, writer: Writable, public: Iterable[str]) -> None:
    try:
        pyrage.encrypt_io(reader, writer, recipients(public))
    except pyrage.EncryptError as error:
        # age wraps what the two files raise; a full disk is to be told as one.
        found = re.search(r"\[Errno (\d+)\]", str(error))
        if found is None:
            raise
        raise OSError(int(found[1]), os.strerror(int(found[1]))) from None


def _altered() -> CannotOpen:
    return CannotOpen("it was altered or cut off, and does not open", "fue alterado o está cortado, y no se abre")


def _padded(reader: Readable, size_bytes: int) -> Iterator[bytes]:
    yield _MARK + size_bytes.to_bytes(8, "big")
    left = size_bytes
    while left:
        piece = reader.read(min(_CHUNK, left))
        if not piece:
            raise ValueError(f"{left} bytes are missing from what is to be sealed")
        left -= len(piece)
        yield piece
    zeros = padded_bytes(size_bytes) - size_bytes - _HEAD
    while zeros:
        piece = bytes(min(_CHUNK, zeros))
        zeros -= len(piece)
        yield piece


class _Pulled:
    """A reader over pieces that are made as they are asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, none at the end."""
        if not self._left:
            self._left = next(self._pieces, b"")
        given, self._left = (self._left, b"") if size < 0 else (self._left[:size], self._left[size:])
        return given


class _Unpadded:
    """A writer that drops head and padding and passes on what is between."""

    def __init__(self, writer: Writable) -> None:
        self._writer = writer
        self._head = b""
        self.missing = -1

    def flush(self) -> None:
        """Nothing is held back."""

    def write(self, piece: bytes) -> int:
        """Take the next bytes."""
        taken = len(piece)
        piece = bytes(piece)
        if self.missing < 0:
            self._head += piece
            if len(self._head) < _HEAD:
                return taken
            if not self._head.startswith(_MARK):
                raise CannotOpen("this is no envelope of ours", "este sobre no es nuestro")
            self.missing = int.from_bytes(self._head[len(_MARK) : _HEAD], "big")
            piece, self._head = self._head[_HEAD:], b""
        wanted = piece[: self.missing]
        if wanted:
            self._writer.write(wanted)
            self.missing -= len(wanted)
        return taken
