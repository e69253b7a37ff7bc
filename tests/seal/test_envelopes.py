"""Envelopes open for those they are for, whole or not at all, and their size tells next to nothing."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import passphrase as by_passphrase

from recuento.errors import InvalidValue
from recuento.seal.envelopes import SMALLEST_BYTES, open_envelope, open_stream, padded_bytes, shut, shut_stream
from recuento.seal.errors import CannotOpen, WrongPassphrase
from recuento.seal.keys import PrivateKey, checked_public, key_file, key_from_file, secret_of, unwrapped, wrapped
from recuento.seal.pipes import decrypting, encrypting

ANA, LUIS, OTHER = PrivateKey.new(), PrivateKey.new(), PrivateKey.new()


@settings(max_examples=40)
@given(st.binary(max_size=10_000))
def test_each_of_those_it_is_for_opens_it_and_nobody_else(data: bytes) -> None:
    """Both keepers read what was shut; a third key reads nothing."""
    envelope = shut(data, [ANA.public, LUIS.public])
    assert open_envelope(envelope, ANA) == open_envelope(envelope, LUIS) == data
    with pytest.raises(CannotOpen):
        open_envelope(envelope, OTHER)


@given(st.integers(0, 10**9))
def test_sizes_come_in_few_steps(size: int) -> None:
    """What goes in is a power of two of at least 4 KiB, never less than the data, and less than four times it."""
    padded = padded_bytes(size)
    assert padded >= max(size, SMALLEST_BYTES) and padded & (padded - 1) == 0
    assert padded <= max(SMALLEST_BYTES, 2 * (size + 12))


def test_envelopes_of_a_name_and_of_a_longer_one_are_told_apart_by_nothing() -> None:
    """Two short values give envelopes of one size, but for the random lines that age puts in."""
    sizes = {len(text): {len(shut(text, [ANA.public])) for _ in range(40)} for text in (b"Ana", b"Ubaldina " * 300)}
    assert max(sizes[3]) < min(sizes[3]) + 400
    assert max(sizes[2700]) < min(sizes[3]) + 400


@pytest.mark.parametrize("size", [0, 1, 4084, 4085, 65536, 300_000])
def test_no_byte_can_be_changed(size: int) -> None:
    """A flipped byte anywhere, or a missing end, and it does not open."""
    chance = random.Random(size)
    envelope = shut(chance.randbytes(size), [ANA.public])
    for _ in range(60):
        at = chance.randrange(len(envelope))
        altered = envelope[:at] + bytes([envelope[at] ^ chance.randrange(1, 256)]) + envelope[at + 1 :]
        with pytest.raises(CannotOpen):
            open_envelope(altered, ANA)
    for cut in (1, 17, len(envelope) // 2):
        with pytest.raises(CannotOpen):
            open_envelope(envelope[:-cut], ANA)


def test_a_stream_that_ends_early_is_a_fault() -> None:
    """Fewer bytes than promised: nothing passes for a whole envelope."""
    with pytest.raises((ValueError, RuntimeError, Exception)):
        shut_stream(io.BytesIO(b"abc"), 5, io.BytesIO(), [ANA.public])


def test_keys_are_kept_under_their_passphrase() -> None:
    """The right words give the key back; others, or another file, give an error that can be put right."""
    file = key_file(ANA, "cinco palabras que nadie adivina")
    assert secret_of(key_from_file(file, "cinco palabras que nadie adivina", "ana.key")) == secret_of(ANA)
    assert secret_of(ANA) not in file
    with pytest.raises(WrongPassphrase):
        key_from_file(file, "cinco palabras que alguien adivina", "ana.key")
    with pytest.raises(InvalidValue):
        key_from_file(b"something else", "x", "ana.key")
    with pytest.raises(InvalidValue):
        key_file(ANA, "corta")
    with pytest.raises(InvalidValue):
        checked_public("age1nonsense")


def test_a_wrapped_key_is_for_one() -> None:
    """The key of a source, wrapped to one keeper, is unwrapped by that keeper alone."""
    source = PrivateKey.new()
    envelope = wrapped(source, ANA.public)
    assert secret_of(unwrapped(envelope, ANA)) == secret_of(source)
    with pytest.raises(CannotOpen):
        unwrapped(envelope, LUIS)


def test_streams_pass_whole_or_raise() -> None:
    """What is written into a pipe comes out at the other; an altered or cut stream raises at the latest at its end."""
    chance = random.Random(5)
    data = chance.randbytes(700_000)
    out = io.BytesIO()
    with encrypting(out, [ANA.public]) as sink:
        for start in range(0, len(data), 10_000):
            sink.write(data[start : start + 10_000])
    stored = out.getvalue()
    with decrypting(io.BytesIO(stored), ANA) as source:
        assert source.read() == data
    for _ in range(20):
        at = chance.randrange(len(stored))
        altered = stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]
        with pytest.raises(CannotOpen), decrypting(io.BytesIO(altered), ANA) as source:
            source.read(10)
    with pytest.raises(CannotOpen), decrypting(io.BytesIO(stored), OTHER) as source:
        source.read()


def test_a_full_disk_is_said_and_nothing_hangs() -> None:
    """Where the file behind an encrypting pipe cannot take more, its own error comes out."""

    class Full(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, piece: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"), encrypting(Full(), [ANA.public]) as sink:  # type: ignore[arg-type]
        for _ in range(50):
            sink.write(bytes(65536))


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed")
def test_the_age_program_reads_it_too(tmp_path: Path) -> None:
    """A second opinion: the reference program decrypts what was encrypted here."""
    out = io.BytesIO()
    with encrypting(out, [ANA.public]) as sink:
        sink.write(b"abc")
    (tmp_path / "x.age").write_bytes(out.getvalue())
    (tmp_path / "id").write_bytes(secret_of(ANA))
    words = ["age", "-d", "-i", str(tmp_path / "id"), str(tmp_path / "x.age")]
    assert subprocess.run(words, capture_output=True, check=True).stdout == b"abc"


def test_a_large_file_opens_piece_by_piece(tmp_path: Path) -> None:
    """A file goes in and out without being held whole."""
    path = tmp_path / "large"
    path.write_bytes(random.Random(1).randbytes(3_000_000))
    with path.open("rb") as reader, (tmp_path / "sealed").open("wb") as out:
        shut_stream(reader, 3_000_000, out, [ANA.public])
    with (tmp_path / "sealed").open("rb") as reader, (tmp_path / "again").open("wb") as again:
        open_stream(reader, again, ANA)
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def test_a_machine_too_busy_for_the_passphrase_is_no_wrong_passphrase() -> None:
    """A key file that asks for more work than this machine has: one is told to wait, not that the words are wrong."""
    made = by_passphrase.encrypt(b"x", "cinco palabras que nadie adivina")
    harder = re.sub(rb"(-> scrypt \S+) \d+", rb"\1 30", made)
    with pytest.raises(InvalidValue, match="too busy") as raised:
        key_from_file(harder, "cinco palabras que nadie adivina", "eva.key")
    assert not isinstance(raised.value, WrongPassphrase)
