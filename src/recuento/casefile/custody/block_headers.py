"""Headers of Bitcoin blocks that somebody gives, and which of them a proof of OpenTimestamps ends in.

A header of 80 bytes names the Merkle root of its block, a time, and how little its own hash must be. That it is so
little took work, which can be checked without a network. It shows that so much work was done on a block that holds
the proof; that it is a block of the chain everybody follows, and at which height, it does not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from recuento.casefile.custody.opentimestamps import ProofCheck
from recuento.errors import Fault, FaultsFound

DIFFICULTY_MIN = 10_000_000_000_000
"""The least work that counts, in units of that of the first block: less than any block since 2020 took, and years of
one machine made for nothing else. Without a least anybody makes a header of any root in a second.
"""
_HEADER = re.compile("[0-9a-fA-F]{160}")
_EASIEST = 0xFFFF << 208


@dataclass(frozen=True, slots=True)
class BlockHeader:
    """What a header says, its hash and root as explorers write them; `difficulty` is the work that it took."""

    hash: str
    root: str
    at: datetime
    difficulty: float


def read_headers(text: str, place: str, *, difficulty_min: int = DIFFICULTY_MIN) -> tuple[BlockHeader, ...]:
    """The headers in a text, one a line in hexadecimal; # begins a remark.

    Raises FaultsFound, with each line that is no header or whose work is not done or too little.
    """
    found, faults = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.partition("#")[0].strip()
        if not written:
            continue
        if _HEADER.fullmatch(written) is None:
            faults.append(Fault(f"{place}:{number}", *_NO_HEADER))
            continue
        header = _read(bytes.fromhex(written))
        if header is None:
            faults.append(Fault(f"{place}:{number}", *_NO_WORK))
        elif header.difficulty < difficulty_min:
            faults.append(Fault(f"{place}:{number}", *_TOO_EASY))
        else:
            found.append(header)
    if faults:
        raise FaultsFound(place, faults)
    return tuple(found)


def header_of(proof: ProofCheck, headers: Iterable[BlockHeader]) -> BlockHeader | None:
    """The header that a proof ends in, the earliest where there are several; None where it ends in none of them."""
    roots = {block.root for block in proof.blocks}
    ends = [] if proof.faults else [one for one in headers if one.root in roots]
    return min(ends, key=lambda one: one.at, default=None)


def _read(data: bytes) -> BlockHeader | None:
    """A header whose hash is as little as it says it must be; None where it is not."""
    hashed = hashlib.sha256(hashlib.sha256(data).digest()).digest()[::-1]
    size, digits = data[75], int.from_bytes(data[72:75], "little")
    target = digits << 8 * (size - 3) if size >= 3 else digits >> 8 * (3 - size)
    # The highest of the digits is a sign, and no target is below nothing.
    if digits >= 1 << 23 or not 0 < target <= _EASIEST or int.from_bytes(hashed) > target:
        return None
    at = datetime.fromtimestamp(int.from_bytes(data[68:72], "little"), UTC)
    return BlockHeader(hashed.hex(), data[36:68][::-1].hex(), at, _EASIEST / target)


_NO_HEADER = (
    "is no block header: 160 hexadecimal digits (bitcoin-cli getblockheader HASH false)",
    "no es la cabecera de un bloque: 160 dígitos hexadecimales (bitcoin-cli getblockheader HASH false)",
)
_NO_WORK = (
    "is no header of a block: its hash is not as little as it must be",
    "no es la cabecera de un bloque: su huella no es tan pequeña como debe",
)
_TOO_EASY = (
    "took less work than any block of Bitcoin since 2020: anybody can make such a header",
    "costó menos trabajo que cualquier bloque de Bitcoin desde 2020: cualquiera puede hacer una cabecera así",
)
