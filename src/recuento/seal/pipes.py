"""Encrypt and decrypt what another program part writes or reads, as it passes: constant memory, nothing on disk."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from recuento.seal.envelopes import decrypt_stream, encrypt_stream
from recuento.seal.keys import PrivateKey


@contextmanager
def encrypting(out: BinaryIO, public: Iterable[str]) -> Iterator[BinaryIO]:
    """A file to write into; what comes out at `out` is encrypted to these public keys once the block has ended.

    Raises what writing to `out` raises.
    """
    to = tuple(public)
    reading, writing = os.pipe()

    def pump() -> None:
        with os.fdopen(reading, "rb") as source:
            encrypt_stream(source, out, to)

    with _beside(pump) as settled, os.fdopen(writing, "wb") as sink:
        try:
            yield sink
        except BrokenPipeError:
            # The other half has failed: what it failed of is the reason, not the pipe.
            with suppress(OSError):
                sink.close()
            settled()
            raise
        sink.close()
        settled()


@contextmanager
def decrypting(source: BinaryIO, key: PrivateKey) -> Iterator[BinaryIO]:
    """A file to read from: what `source` holds, decrypted. Raises CannotOpen at the end of the block at the latest.

    The block ends only once everything was decrypted, so that nothing altered at the very end passes.
    """
    reading, writing = os.pipe()

    def pump() -> None:
        with os.fdopen(writing, "wb") as sink:
            guarded = _Guarded(sink)
            try:
                decrypt_stream(source, guarded, key)
            except Exception:
                if guarded.is_cut:  # Whoever reads has stopped, so this tells nothing of what is decrypted.
                    raise BrokenPipeError from None
                raise

    with _beside(pump) as settled, os.fdopen(reading, "rb") as inside:
        try:
            yield inside
        except Exception:
            inside.close()
            with suppress(BrokenPipeError):
                settled()
            raise
        while inside.read(1 << 16):
            pass
        settled()


class _Guarded:
    """A writer that knows whether its other end was closed."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self.is_cut = False

    def write(self, piece: bytes) -> int:
        """Pass the next bytes on."""
        try:
            return self._sink.write(piece)
        except BrokenPipeError:
            self.is_cut = True
            raise

    def flush(self) -> None:
        """Pass on what is held back."""
        try:
            self._sink.flush()
        except BrokenPipeError:
            self.is_cut = True
            raise


@contextmanager
def _beside(pump: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """Run `pump` in a thread; what is given waits for it and raises what it raised."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            pump()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def settled() -> None:
        thread.join()
        if failed:
            raise failed[0]

    try:
        yield settled
    finally:
        thread.join(timeout=30)
