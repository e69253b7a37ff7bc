"""The commands on custody are wired up: verify, log, export --bag, backup and restore, with their exit codes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import said
from custody_case import OF_2022, filled


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A filled casefile, closed."""
    filled(tmp_path).close()
    return tmp_path / "case"


def test_the_log_is_shown_proved_and_checkpointed(folder: Path) -> None:
    """Head, proofs and checkpoints come out; a number that is none ends with 4, an absent authority with 3."""
    code, out = said("log", "head", "--json", "-C", str(folder))
    head = json.loads(out)[0]
    code, out = said("log", "proof", "1", "-C", str(folder))
    assert code == 0 and json.loads(out)["root"] == head["root"]
    code, out = said("log", "proof", "1", "--grown-from", "-C", str(folder))
    assert code == 0 and json.loads(out)["size"] == head["size"]
    assert said("log", "proof", "999", "-C", str(folder))[0] == 4
    code, out = said("log", "checkpoint", "-C", str(folder))
    assert code == 0 and ".checkpoint" in out
    code, out = said("log", "checkpoint", "--tsa", "http://127.0.0.1:9/", "-C", str(folder))
    assert code == 3 and "pending" in out
    code, out = said("verify", "-C", str(folder))
    assert code == 0 and "1 time stamps pending" in out


def test_an_opentimestamps_file_is_kept_and_nothing_else_is(folder: Path, tmp_path: Path) -> None:
    """A proof of the checkpoint lies beside it and is told; another is refused; only public calendars are asked."""
    proof = tmp_path / "x.ots"
    assert said("log", "checkpoint", "-C", str(folder))[0] == 0
    checkpoint = max((folder / "checkpoints").glob("public-*.checkpoint"))
    assert "no time stamp" in said("verify", "-C", str(folder))[1]
    address = b"http://127.0.0.1:9/"
    head = bytes.fromhex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294") + b"\x01\x08"
    tail = b"\x00" + bytes.fromhex("83dfe30d2ef90c8e") + bytes([len(address) + 1, len(address)]) + address
    proof.write_bytes(head + hashlib.sha256(checkpoint.read_bytes()).digest() + tail)
    assert said("log", "checkpoint", "--ots", str(proof), "-C", str(folder))[0] == 0
    assert [path.read_bytes() for path in (folder / "checkpoints").glob("*.ots")] == [proof.read_bytes()]
    code, out = said("verify", "-C", str(folder))
    assert code == 0 and "pending at http://127.0.0.1:9/" in out
    assert said("log", "stamp", "--ots", "-C", str(folder))[0] == 4
    assert said("log", "stamp", "--ots", "--calendar", address.decode(), "-C", str(folder))[0] == 3
    anchored = b"\x00" + bytes.fromhex("0588960d73d71901") + b"\x03\x80\x93\x38"
    ots = next((folder / "checkpoints").glob("*.ots"))
    ots.write_bytes(head + hashlib.sha256(checkpoint.read_bytes()).digest() + anchored)
    headers = tmp_path / "headers.txt"
    headers.write_text(OF_2022)
    code, out = said("verify", "-C", str(folder), "--block-headers", str(headers))
    assert code == 0 and "Merkle" in out and "ends in" not in out, "the header given is that of another block"
    headers.write_text(OF_2022.replace("0400", "0500"))
    assert said("verify", "-C", str(folder), "--block-headers", str(headers))[0] == 4
    for other in (b"x", head + bytes(32) + tail):
        proof.write_bytes(other)
        assert said("log", "checkpoint", "--ots", str(proof), "-C", str(folder))[0] == 4


def test_backup_restore_and_verify(folder: Path, tmp_path: Path) -> None:
    """A casefile goes into one file and comes out again; cut off, it ends with 4."""
    file = tmp_path / "case.backup"
    code, out = said("backup", str(file), "-C", str(folder))
    assert code == 0 and "not encrypted" in out
    assert said("restore", str(file), str(tmp_path / "again"))[0] == 0
    assert said("verify", "-C", str(tmp_path / "again"))[0] == 0
    file.write_bytes(file.read_bytes()[:20_000])
    assert said("restore", str(file), str(tmp_path / "other"))[0] == 4


def test_a_bag_and_its_verifier(folder: Path, tmp_path: Path) -> None:
    """The bag stands by its own program; with one original altered it ends with 3, and so does verify."""
    bag = tmp_path / "bag"
    assert said("export", str(bag), "--bag", "-C", str(folder))[0] == 0
    verifier = [sys.executable, "-I", str(bag / "verify.py")]
    assert subprocess.run(verifier, capture_output=True).returncode == 0
    original = next((bag / "data" / "originals").iterdir())
    original.write_bytes(b"x" + original.read_bytes()[1:])
    assert subprocess.run(verifier, capture_output=True).returncode == 3
    own = next((folder / "originals").glob("*/*"))
    own.chmod(0o644)
    own.write_bytes(b"x" + own.read_bytes()[1:])
    code, out = said("verify", "-C", str(folder))
    assert code == 3 and "has been altered" in out
