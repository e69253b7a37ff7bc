"""Time stamps by a real authority: one made with openssl for the test, asked over a real local connection."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custody_case import flipped
from recuento.casefile.custody.timestamps import (
    AUTHORITIES,
    Unreadable,
    check_stamps,
    pending,
    read_reply,
    stamp,
    stamp_request,
)
from recuento.errors import InvalidValue
from time_authority import Authority

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    """An authority that runs while these tests do."""
    made = Authority(tmp_path_factory.mktemp("authority"))
    yield made
    made.server.shutdown()


@pytest.fixture
def authority(running: Authority) -> Authority:
    """The authority, behaving well until told otherwise."""
    running.answer = "stamp"
    return running


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    """A checkpoint in a folder of its own."""
    path = tmp_path / "public-000000007.checkpoint"
    path.write_text("recuento/public/0123\n7\nx\n", encoding="ascii")
    return path


def trust(authority: Authority, folder: Path) -> None:
    """Put the authority's certificate where the casefile looks for those it trusts."""
    (folder / AUTHORITIES).mkdir()
    shutil.copyfile(authority.folder / "authority.pem", folder / AUTHORITIES / "prueba.pem")


def test_openssl_reads_our_request(checkpoint: Path) -> None:
    """The request is the one that openssl itself would make of the file, with our number in it."""
    query = checkpoint.with_suffix(".tsq")
    query.write_bytes(stamp_request(checkpoint.read_bytes(), 2**63 - 1))
    shown = subprocess.run(["openssl", "ts", "-query", "-in", str(query), "-text"], capture_output=True, text=True)
    assert "Hash Algorithm: sha256" in shown.stdout and "Certificate required: yes" in shown.stdout
    assert "0x7FFFFFFFFFFFFFFF" in shown.stdout
    theirs = subprocess.run(
        ["openssl", "ts", "-query", "-data", str(checkpoint), "-sha256", "-cert", "-no_nonce"], capture_output=True
    )
    # The same but for the number, which takes ten bytes more.
    ours = query.read_bytes()
    assert theirs.stdout[2:-3] == ours[2 : len(theirs.stdout) - 3] and theirs.stdout[-3:] == ours[-3:]


def test_a_checkpoint_is_stamped_and_the_stamp_holds(authority: Authority, checkpoint: Path) -> None:
    """The reply is kept as it came, says this moment, and is trusted once its authority's certificate is named."""
    assert stamp(checkpoint, authority.address) is not None
    (found,) = check_stamps(checkpoint.parent)
    assert (found.trusted, found.faults) == (False, ()), "without a certificate it is unchecked, not good"
    assert found.moment is not None and abs(datetime.now(UTC) - found.moment) < timedelta(minutes=2)
    trust(authority, checkpoint.parent)
    (found,) = check_stamps(checkpoint.parent)
    assert (found.trusted, found.faults) == (True, ())
    assert pending(checkpoint.parent) == []


def test_a_stamp_is_for_its_own_checkpoint(authority: Authority, checkpoint: Path) -> None:
    """Once the checkpoint is another text, its stamp is a fault."""
    stamp(checkpoint, authority.address)
    trust(authority, checkpoint.parent)
    checkpoint.write_text("recuento/public/0123\n8\nx\n", encoding="ascii")
    (found,) = check_stamps(checkpoint.parent)
    assert found.faults and not found.trusted


@pytest.mark.parametrize("answer", ["busy", "torn", "other", "replay"])
def test_what_did_not_come_is_pending_and_can_be_asked_again(
    authority: Authority, checkpoint: Path, answer: str
) -> None:
    """No reply, half of one, one for another text or for an older request is not kept; asking again completes it."""
    authority.answer, authority.replayed = answer, checkpoint.read_bytes()
    assert stamp(checkpoint, authority.address) is None
    assert len(pending(checkpoint.parent)) == 1 and check_stamps(checkpoint.parent) == []
    authority.answer = "stamp"
    assert stamp(checkpoint, authority.address) is not None
    assert pending(checkpoint.parent) == []


def test_nobody_there_is_pending_too(checkpoint: Path) -> None:
    """An address where nothing listens leaves the request behind; what is no address is refused."""
    assert stamp(checkpoint, "http://127.0.0.1:9/tsr") is None
    assert len(pending(checkpoint.parent)) == 1
    with pytest.raises(InvalidValue):
        stamp(checkpoint, "file:///etc/hostname")


def test_an_altered_stamp_is_never_trusted_with_another_time(authority: Authority, checkpoint: Path) -> None:
    """One byte of the reply another: it is found, or it was outside what is signed and the moment is the same."""
    reply = stamp(checkpoint, authority.address)
    assert reply is not None
    trust(authority, checkpoint.parent)
    before, said = reply.read_bytes(), read_reply(reply.read_bytes())
    chance = random.Random(3)
    found_altered = 0
    for _ in range(40):
        reply.write_bytes(flipped(before, chance))
        (found,) = check_stamps(checkpoint.parent)
        assert found.faults or read_reply(reply.read_bytes()) == said
        found_altered += bool(found.faults)
    # The rest fell into certificates that came along and are not needed.
    assert found_altered > 20


def test_another_authority_is_not_trusted(
    authority: Authority, checkpoint: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Sabotage: with the certificate of somebody else the same stamp is a fault."""
    other = Authority(tmp_path_factory.mktemp("other"))
    other.server.shutdown()
    stamp(checkpoint, authority.address)
    trust(other, checkpoint.parent)
    (found,) = check_stamps(checkpoint.parent)
    assert found.faults and not found.trusted


@given(st.binary(max_size=200))
def test_any_bytes_are_a_reply_or_refused(data: bytes) -> None:
    """Whatever comes over the line is read or said to be unreadable, never anything else."""
    try:
        read_reply(data)
    except Unreadable:
        return
