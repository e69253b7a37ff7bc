"""OpenTimestamps proofs: read, refused where they are none, and upgraded by a calendar on a real local connection."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.casefile.custody.opentimestamps import (
    CALENDARS,
    State,
    check_proofs,
    read_proof,
    upgrade,
    written,
)
from recuento.errors import InvalidValue

HEAD = bytes.fromhex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294") + b"\x01\x08"
PENDING, BITCOIN = bytes.fromhex("83dfe30d2ef90c8e"), bytes.fromhex("0588960d73d71901")
TEXT = b"recuento/public/0000\n7\nAAAA\n"
NONCE = b"0123456789abcdef"
BESIDE = bytes(range(32))
HEIGHT = b"\x80\x93\x38"  # 919936, seven bits a byte


def promised(address: str) -> bytes:
    """What a calendar's promise looks like."""
    return b"\x00" + PENDING + bytes([len(address) + 1, len(address)]) + address.encode()


def pending_proof(*addresses: str) -> bytes:
    """A proof on TEXT with a nonce, as `ots stamp` makes it: each calendar has promised."""
    pieces = [promised(address) for address in sorted(addresses)]
    tail = b"".join(b"\xff" + piece for piece in pieces[:-1]) + pieces[-1]
    return HEAD + hashlib.sha256(TEXT).digest() + b"\xf0" + bytes([len(NONCE)]) + NONCE + b"\x08" + tail


COMMITMENT = hashlib.sha256(hashlib.sha256(TEXT).digest() + NONCE).digest()
REST = b"\xf1\x20" + BESIDE + b"\x08\x08\x00" + BITCOIN + b"\x03" + HEIGHT
ROOT = hashlib.sha256(hashlib.sha256(BESIDE + COMMITMENT).digest()).digest()[::-1].hex()


class Calendar:
    """A calendar that gives out the rest of a proof, and how it misbehaves when told to."""

    def __init__(self) -> None:
        self.answer: tuple[int, bytes] = (404, b"Pending confirmation in Bitcoin blockchain")
        self.asked: list[str] = []
        calendar = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calendar.asked.append(self.path)
                status, data = calendar.answer
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", data.decode())
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    """A calendar that has nothing yet."""
    one = Calendar()
    yield one
    one.server.shutdown()


@pytest.fixture
def proof(tmp_path: Path, calendar: Calendar) -> Path:
    """A pending proof beside its checkpoint."""
    (tmp_path / "public-000000007.checkpoint").write_bytes(TEXT)
    path = tmp_path / "public-000000007.checkpoint.ots"
    path.write_bytes(pending_proof(calendar.address))
    return path


def test_a_pending_proof_is_anchored_by_its_calendar(proof: Path, calendar: Calendar) -> None:
    """Nothing yet: it stays as it was. Then the block, and the root that hashing by hand gives; nobody asks again."""
    before = proof.read_bytes()
    assert upgrade(proof, [calendar.address]) is State.PENDING
    assert proof.read_bytes() == before
    calendar.answer = (200, REST)
    assert upgrade(proof, [calendar.address]) is State.ANCHORED
    (found,) = check_proofs(proof.parent)
    assert (found.state, found.faults) == (State.ANCHORED, ())
    assert [(block.height, block.root) for block in found.blocks] == [(919936, ROOT)]
    assert set(calendar.asked) == {f"/timestamp/{COMMITMENT.hex()}"}
    assert upgrade(proof, [calendar.address]) is State.ANCHORED and len(calendar.asked) == 2


@pytest.mark.parametrize("answer", [(200, b"<html>"), (200, b""), (200, REST[:-1]), (200, REST + b"x"), (500, REST),
                                    (200, b"\xf1" * 300_000)])  # fmt: skip
def test_what_is_no_answer_changes_nothing(proof: Path, calendar: Calendar, answer: tuple[int, bytes]) -> None:
    """Cut off, padded, too long, something else: the proof stays pending, byte for byte."""
    before = proof.read_bytes()
    calendar.answer = answer
    assert upgrade(proof, [calendar.address]) is State.PENDING
    assert proof.read_bytes() == before


def test_only_public_calendars_and_those_named_are_asked(proof: Path, calendar: Calendar) -> None:
    """A proof can name any address: nobody is asked who is not listed, also not by way of another."""
    with pytest.raises(InvalidValue, match="no public calendar"):
        upgrade(proof)
    assert calendar.asked == []
    other = Calendar()
    other.answer = (302, f"{calendar.address}/timestamp/x".encode())
    proof.write_bytes(pending_proof(other.address))
    assert upgrade(proof, [other.address]) is State.PENDING
    assert (len(other.asked), calendar.asked) == (1, [])
    other.server.shutdown()
    public = [
        "https://alice.btc.calendar.opentimestamps.org", "https://bob.btc.calendar.opentimestamps.org/",
        "https://finney.calendar.eternitywall.com", "https://btc.calendar.catallaxy.com",
    ]  # fmt: skip
    strange = [
        "http://alice.btc.calendar.opentimestamps.org", "https://calendar.opentimestamps.org.example.com",
        "https://x.example.com/.calendar.opentimestamps.org", "https://alice.btc.calendar.opentimestamps.org:8080",
    ]  # fmt: skip
    for addresses, allowed in ((public, True), (strange, False)):
        assert [any(form.fullmatch(one) for form in CALENDARS) for one in addresses] == [allowed] * 4


def test_what_is_not_of_its_checkpoint_is_a_fault(proof: Path) -> None:
    """Another checkpoint, a file cut off, one that attests nothing we know."""
    whole = proof.read_bytes()
    proof.write_bytes(whole[:-1])
    assert [one.faults != () for one in check_proofs(proof.parent)] == [True]
    proof.write_bytes(HEAD + hashlib.sha256(TEXT).digest() + b"\x00" + b"12345678" + b"\x01x")
    assert "leads nowhere" in check_proofs(proof.parent)[0].faults[0].en
    proof.write_bytes(whole)
    assert check_proofs(proof.parent)[0].faults == ()
    proof.with_name("public-000000007.checkpoint").write_bytes(TEXT + b"x")
    assert "another text" in check_proofs(proof.parent)[0].faults[0].en


def test_a_proof_written_again_is_the_same() -> None:
    """Also with two calendars, of which one forks off."""
    whole = pending_proof("https://a.example.org", "https://b.example.org")
    assert written(read_proof(whole)) == whole
    merged = read_proof(whole)
    merged.merge(read_proof(pending_proof("https://c.example.org")))
    assert written(merged) == pending_proof(*(f"https://{name}.example.org" for name in "abc"))


@given(st.binary(max_size=400), st.integers(0, 400))
def test_no_bytes_are_more_than_refused(data: bytes, at: int) -> None:
    """Whatever a file holds, it is read or refused; deep chains and forks are bounded."""
    whole = HEAD + hashlib.sha256(TEXT).digest() + data
    for one in (whole, pending_proof("https://a.example.org")[:at] + data, HEAD + bytes(32) + b"\xf2" * 400):
        try:
            assert read_proof(written(read_proof(one))) == read_proof(one)
        except InvalidValue:
            continue
