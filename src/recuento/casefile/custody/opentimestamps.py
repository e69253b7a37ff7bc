"""OpenTimestamps proofs (`.ots`) on checkpoints: read, held against their checkpoint, upgraded by asking a calendar.

A proof leads by hashes from the checkpoint to a promise of a calendar (pending) or to the Merkle root of a Bitcoin
block. That the block has that root is not checked here, for it takes the chain of blocks: the height and the root are
told, and anybody can compare the two. A calendar is asked only on request, and only one that is listed or was named;
it sees the commitment it gave out itself, the hour and the network address.

The format is that of https://opentimestamps.org, written down in the reference client; this reader is our own.
"""

from __future__ import annotations

import hashlib
import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from recuento.errors import Fault, InvalidValue
from recuento.store.durable import write_file

SUFFIX = ".ots"
CALENDARS = (
    re.compile(r"https://[a-z0-9-]+\.(?:[a-z0-9-]+\.)*calendar\.opentimestamps\.org/?"),
    re.compile(r"https://[a-z0-9-]+\.btc\.calendar\.(?:opentimestamps\.org|catallaxy\.com)/?"),
    re.compile(r"https://(?:btc|finney|ots)\.(?:calendar\.)?(?:catallaxy|eternitywall)\.com/?"),
)
"""The public calendars; any other is asked only when somebody names it."""
_MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01"
_PENDING, _BITCOIN = bytes.fromhex("83dfe30d2ef90c8e"), bytes.fromhex("0588960d73d71901")
_SHA256 = 0x08
_HASHES = {0x02: "sha1", 0x03: "ripemd160", _SHA256: "sha256"}
_FORK, _ATTESTATION = 0xFF, 0x00
_LONGEST_MESSAGE = 4096
_LARGEST = 1 << 18
_DEEPEST = 256
_SECONDS = 30


class _Op(IntEnum):
    """Operations on a message that are no hash."""

    APPEND = 0xF0
    PREPEND = 0xF1
    REVERSE = 0xF2
    HEXLIFY = 0xF3


class State(StrEnum):
    """How far a proof is."""

    PENDING = "pending"
    """A calendar has promised."""
    ANCHORED = "anchored"
    """It leads to a block of Bitcoin."""


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A block that a proof leads to: its height, and the Merkle root it must have, as explorers write it."""

    height: int
    root: str


@dataclass(frozen=True, slots=True)
class ProofCheck:
    """A proof held against its checkpoint."""

    name: str
    state: State
    blocks: tuple[Block, ...] = ()
    calendars: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class Stamp:
    """What is claimed of a message: attestations, and operations that lead to further messages."""

    message: bytes
    attestations: dict[tuple[bytes, bytes], None] = field(default_factory=dict)
    steps: dict[tuple[int, bytes], Stamp] = field(default_factory=dict)

    def merge(self, other: Stamp) -> None:
        """Take in what another says of the same message."""
        self.attestations.update(other.attestations)
        for step, stamp in other.steps.items():
            if step in self.steps:
                self.steps[step].merge(stamp)
            else:
                self.steps[step] = stamp

    def all(self) -> Iterator[Stamp]:
        """This one and all that it leads to."""
        yield self
        for stamp in self.steps.values():
            yield from stamp.all()


def read_proof(data: bytes) -> Stamp:
    """The proof that a file holds; raises InvalidValue where it is none, or is for anything but SHA-256."""
    if len(data) > _LARGEST or data[: len(_MAGIC) + 1] != _MAGIC + bytes([_SHA256]):
        raise _unreadable()
    start = len(_MAGIC) + 1
    return _whole(data[start + 32 :], data[start : start + 32])


def written(proof: Stamp) -> bytes:
    """The file that holds a proof on a SHA-256."""
    return _MAGIC + bytes([_SHA256]) + proof.message + _written(proof)


def check_proofs(folder: Path) -> list[ProofCheck]:
    """Hold every proof in a folder of checkpoints against its checkpoint."""
    return [_checked(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]


def upgrade(path: Path, calendars: Sequence[str] = ()) -> State:
    """Ask the calendars that have promised for the rest of the proof at `path`, keep what they gave, and say how far
    it is now.

    Only the public calendars are asked, and those named in `calendars`. Raises InvalidValue where the file is no proof
    of its checkpoint, or where every calendar it names is neither: then nothing was asked.
    """
    proof = read_proof(path.read_bytes())
    found = _checked(path)
    if found.faults:
        raise InvalidValue(f"{path}: {found.faults[0].en}", f"{path}: {found.faults[0].es}")
    if found.state is State.ANCHORED:
        return State.ANCHORED
    waiting = [(stamp, address) for stamp in proof.all() for address in _promised(stamp)]
    allowed = [(stamp, address) for stamp, address in waiting if _is_allowed(address, calendars)]
    if not allowed:
        named = ", ".join(sorted({address for _, address in waiting}))
        raise InvalidValue(
            f"{path} waits for {named}, which is no public calendar: to ask it all the same, --calendar ADDRESS",
            f"{path} espera a {named}, que no es un calendario público: para preguntarle, --calendar DIRECCIÓN",
        )
    grown = False
    for stamp, address in allowed:
        answer = _ask(f"{address.rstrip('/')}/timestamp/{stamp.message.hex()}")
        # What is no proof is as good as no answer: nothing of it is kept.
        with suppress(InvalidValue):
            if answer is not None:
                stamp.merge(_whole(answer, stamp.message))
                grown = True
    if grown:
        write_file(path, written(proof))
    return _checked(path).state


def _checked(path: Path) -> ProofCheck:
    checkpoint = path.with_name(path.name.removesuffix(SUFFIX))
    try:
        proof = read_proof(path.read_bytes())
        blocks = tuple(sorted({block for one in proof.all() for block in _blocks(one)}))
        calendars = tuple(sorted({address for one in proof.all() for address in _promised(one)}))
    except InvalidValue as error:
        return _faulty(path, error.en, error.es)
    if not checkpoint.is_file() or hashlib.sha256(checkpoint.read_bytes()).digest() != proof.message:
        return _faulty(path, "proves another text than its checkpoint", "prueba otro texto, no su punto de control")
    if not blocks and not calendars:
        return _faulty(path, "leads nowhere: nobody attests it", "no lleva a nada: nadie lo atestigua")
    return ProofCheck(path.name, State.ANCHORED if blocks else State.PENDING, blocks, calendars)


def _faulty(path: Path, en: str, es: str) -> ProofCheck:
    return ProofCheck(path.name, State.PENDING, faults=(Fault(path.name, en, es),))


def _blocks(stamp: Stamp) -> Iterator[Block]:
    for tag, payload in stamp.attestations:
        if tag == _BITCOIN:
            reader = _Reader(payload)
            height = reader.number()
            if reader.at != len(payload) or len(stamp.message) != 32:
                raise _unreadable()
            yield Block(height, stamp.message[::-1].hex())


def _promised(stamp: Stamp) -> Iterator[str]:
    """The calendars that promised to attest this message."""
    for tag, payload in stamp.attestations:
        if tag == _PENDING:
            reader = _Reader(payload)
            address = reader.text(1000)
            if reader.at != len(payload) or re.fullmatch(rb"https?://[A-Za-z0-9.:/_-]+", address) is None:
                raise _unreadable()
            yield address.decode()


def _is_allowed(address: str, named: Iterable[str]) -> bool:
    if any(address.rstrip("/") == one.rstrip("/") for one in named):
        return True
    return any(form.fullmatch(address) for form in CALENDARS)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A calendar that sends us elsewhere is not followed: the other address is not one that was allowed."""

    def redirect_request(self, *arguments: object) -> None:
        return None


def _ask(address: str) -> bytes | None:
    """What is at an address; None where there is nothing yet, or nobody answers."""
    assert urlsplit(address).scheme in ("http", "https")
    request = urllib.request.Request(address, headers={"Accept": "application/vnd.opentimestamps.v1"})
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=_SECONDS) as answer:
            data: bytes = answer.read(_LARGEST + 1)
    except (urllib.error.URLError, HTTPException, OSError):
        return None
    return data if len(data) <= _LARGEST else None


class _Reader:
    """Takes a proof apart, and refuses what runs over its end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        """The next bytes."""
        if size > len(self.data) - self.at:
            raise _unreadable()
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self) -> int:
        """A whole number, seven bits a byte, the lowest first."""
        found = 0
        for place in range(0, 64, 7):
            byte = self.take(1)[0]
            found |= (byte & 0x7F) << place
            if not byte & 0x80:
                return found
        raise _unreadable()

    def text(self, longest: int = _LONGEST_MESSAGE) -> bytes:
        """Bytes behind their number."""
        size = self.number()
        if size > longest:
            raise _unreadable()
        return self.take(size)


def _whole(data: bytes, message: bytes) -> Stamp:
    reader = _Reader(data)
    found = _stamp(reader, message, 0)
    if reader.at != len(data):
        raise _unreadable()
    return found


def _stamp(reader: _Reader, message: bytes, depth: int) -> Stamp:
    """A stamp on `message`. Recursion is bounded: a chain of operations is as deep as it is long."""
    if depth > _DEEPEST or len(message) > _LONGEST_MESSAGE:
        raise _unreadable()
    found = Stamp(message)
    tag = reader.take(1)[0]
    while tag == _FORK:
        _add(reader, found, reader.take(1)[0], depth)
        tag = reader.take(1)[0]
    _add(reader, found, tag, depth)
    return found


def _add(reader: _Reader, stamp: Stamp, tag: int, depth: int) -> None:
    if tag == _ATTESTATION:
        stamp.attestations[reader.take(8), reader.text(8192)] = None
        return
    argument = reader.text() if tag in (_Op.APPEND, _Op.PREPEND) else b""
    inner = _stamp(reader, _applied(tag, argument, stamp.message), depth + 1)
    if (tag, argument) in stamp.steps:
        stamp.steps[tag, argument].merge(inner)
    else:
        stamp.steps[tag, argument] = inner


def _applied(tag: int, argument: bytes, message: bytes) -> bytes:
    if tag in _HASHES:
        try:
            return hashlib.new(_HASHES[tag], message).digest()
        except ValueError:  # RIPEMD-160 is missing from some builds of OpenSSL.
            raise _unreadable() from None
    match tag:
        case _Op.APPEND:
            return message + argument
        case _Op.PREPEND:
            return argument + message
        case _Op.REVERSE:
            return message[::-1]
        case _Op.HEXLIFY:
            return message.hex().encode()
    raise _unreadable()


def _written(stamp: Stamp) -> bytes:
    pieces = [b"\x00" + tag + _number(len(payload)) + payload for tag, payload in sorted(stamp.attestations)]
    for (tag, argument), inner in sorted(stamp.steps.items(), key=lambda item: item[0]):
        told = _number(len(argument)) + argument if tag in (_Op.APPEND, _Op.PREPEND) else b""
        pieces.append(bytes([tag]) + told + _written(inner))
    return b"".join(bytes([_FORK]) + piece for piece in pieces[:-1]) + pieces[-1]


def _number(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def _unreadable() -> InvalidValue:
    return InvalidValue("is no OpenTimestamps proof that can be read", "no es una prueba de OpenTimestamps legible")
