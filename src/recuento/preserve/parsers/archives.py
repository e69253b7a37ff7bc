"""Look at an archive before a library unpacks it: encrypted, or a bomb."""

from __future__ import annotations

import zipfile
from io import BytesIO

from recuento.preserve.outcome import Outcome
from recuento.preserve.parsers.found import Unreadable

MEMBERS_MAX = 10_000
UNPACKED_BYTES_MAX = 256 << 20


def check_archive(data: bytes) -> None:
    """Raise Unreadable where the archive is damaged, encrypted, overlaps itself or unpacks to too much."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(Outcome.DAMAGED, type(error).__name__) from None
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(Outcome.ENCRYPTED)
    unpacked = sum(member.file_size for member in members)
    overlaps = sum(member.compress_size for member in members) > len(data)
    if overlaps or len(members) > MEMBERS_MAX or unpacked > UNPACKED_BYTES_MAX:
        raise Unreadable(Outcome.BOMB, f"{unpacked >> 20} MB")
