"""Open a WACZ made elsewhere: which bytes of the file are which part, which parts are what their hashes say.

A hash that is missing is a failure that is told, as one that is wrong: py-wacz calls a file valid whose hashes were
taken out. Every byte is in a part, in the zip's own structure, or reported. Only the frame is read here, with the
standard library and within bounds; a file that is no zip any more is still read for the WARC records in it.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import SEEK_END, RawIOBase
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from recuento.values.bilingual import Bilingual

_MEMBERS_MAX = 100_000
_JSON_BYTES_MAX = 32 << 20
_RATIO_MAX = 200
_UNPACKED_BYTES_MAX = 8 << 30
_CHUNK = 1 << 20
_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIPTOR = 0x08
_DESCRIPTOR_SIZES = (12, 16, 20, 24)
_WARC_ENDS = (".warc", ".warc.gz")


@dataclass(frozen=True, slots=True)
class Part:
    """A member of the zip: bytes `start` to `end` of the file with its header, its content from `content` on."""

    name: str
    start: int
    content: int
    end: int
    is_stored: bool
    is_whole: bool
    """Whether its checksum is right."""
    sha256: str | None

    @property
    def is_warc(self) -> bool:
        """Whether it holds WARC records."""
        return self.name.lower().endswith(_WARC_ENDS)


@dataclass(slots=True)
class Wacz:
    """What a file holds. `gaps` are bytes that belong to nothing; `faults` say why its hashes prove nothing."""

    parts: list[Part] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    faults: list[Bilingual] = field(default_factory=list)
    structure_bytes: int = 0

    @property
    def is_verified(self) -> bool:
        """Whether every part is what a hash in the package says, and the package what its own digest says."""
        return not self.faults


def read_wacz(file: IO[bytes]) -> Wacz | None:
    """Take the file apart and check its hashes; None where it is no zip that can be read."""
    try:
        with zipfile.ZipFile(file) as zipped:
            return _taken_apart(file, zipped)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, struct.error, zlib.error, NotImplementedError):
        return None
    except (RuntimeError, IndexError, KeyError, OverflowError, MemoryError):
        # What zipfile raises of encrypted members and of directories that lie.
        return None


def content_of(file: IO[bytes], part: Part) -> IO[bytes] | None:
    """The content of a part that can be read at any place; None where it unpacks to more than is allowed."""
    if part.is_stored:
        return _Window(file, part.content, part.end)  # type: ignore[return-value]
    unpacked = SpooledTemporaryFile(max_size=64 << 20)  # noqa: SIM115 - handed on open
    most = min(_UNPACKED_BYTES_MAX, (part.end - part.content) * _RATIO_MAX + _CHUNK)
    try:
        for piece in _inflated(file, part.content, part.end):
            if unpacked.tell() + len(piece) > most:
                unpacked.close()
                return None
            unpacked.write(piece)
    except zlib.error:
        pass
    unpacked.seek(0)
    return unpacked


def _taken_apart(file: IO[bytes], zipped: zipfile.ZipFile) -> Wacz:
    found = Wacz()
    members = sorted(zipped.infolist(), key=lambda one: one.header_offset)
    if len(members) > _MEMBERS_MAX:
        raise ValueError("too many members")
    file.seek(0, SEEK_END)
    size = file.tell()
    directory = zipped.start_dir
    at = 0
    for number, member in enumerate(members):
        part, after = _part(file, member, members[number + 1].header_offset if number + 1 < len(members) else directory)
        if part.start < at or part.end > directory:
            raise ValueError("members that overlap")
        if part.start > at:
            found.gaps.append((at, part.start))
        found.parts.append(part)
        found.structure_bytes += after - part.end
        at = after
    if directory > at:
        found.gaps.append((at, directory))
    found.structure_bytes += size - directory
    found.faults += _hash_faults(file, found.parts)
    return found


def _part(file: IO[bytes], member: zipfile.ZipInfo, next_start: int) -> tuple[Part, int]:
    """The part, and where what belongs to it ends: some writers put the lengths again behind it."""
    file.seek(member.header_offset)
    header = _LOCAL.unpack(file.read(_LOCAL.size))
    if header[0] != b"PK\x03\x04" or member.flag_bits & 1:
        raise ValueError("no header of a member, or an encrypted one")
    content = member.header_offset + _LOCAL.size + header[9] + header[10]
    end = content + member.compress_size
    stored = member.compress_type == zipfile.ZIP_STORED
    if not stored and member.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(f"compression {member.compress_type}")
    whole, sha256 = _checked(file, content, end, stored, member.CRC, member.file_size)
    after = end
    if member.flag_bits & _DESCRIPTOR and next_start - end in _DESCRIPTOR_SIZES:
        after = next_start
    return Part(member.filename, member.header_offset, content, end, stored, whole, sha256), after


def _checked(file: IO[bytes], start: int, end: int, stored: bool, crc: int, size: int) -> tuple[bool, str | None]:
    digest, checksum, length = hashlib.sha256(), 0, 0
    most = min(_UNPACKED_BYTES_MAX, (end - start) * _RATIO_MAX + _CHUNK)
    try:
        for piece in _pieces(file, start, end) if stored else _inflated(file, start, end):
            digest.update(piece)
            checksum = zlib.crc32(piece, checksum)
            length += len(piece)
            if length > most:
                return False, None
    except zlib.error:
        return False, None
    return checksum == crc and length == size, digest.hexdigest()


def _pieces(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    file.seek(start)
    at = start
    while at < end and (piece := file.read(min(_CHUNK, end - at))):
        at += len(piece)
        yield piece


def _inflated(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in _pieces(file, start, end):
        rest = piece
        while rest and not inflating.eof:
            yield inflating.decompress(rest, _CHUNK)
            rest = inflating.unconsumed_tail
    yield inflating.flush()


def _hash_faults(file: IO[bytes], parts: list[Part]) -> Iterator[Bilingual]:
    by_name = {part.name: part for part in parts}
    if len(by_name) < len(parts):
        yield Bilingual(es="dos partes tienen el mismo nombre", en="two parts have the same name")
    package = _json(file, by_name.get("datapackage.json"))
    if package is None:
        yield Bilingual(es="no tiene datapackage.json con las huellas", en="it has no datapackage.json with the hashes")
        return
    digest = _json(file, by_name.get("datapackage-digest.json"))
    told = digest.get("hash") if digest else None
    if told is None:
        yield Bilingual(
            es="falta la huella de datapackage.json (datapackage-digest.json)",
            en="the hash of datapackage.json is missing (datapackage-digest.json)",
        )
    elif told != f"sha256:{by_name['datapackage.json'].sha256}":
        yield Bilingual(
            es="datapackage.json no corresponde a su huella", en="datapackage.json is not what its hash says"
        )
    listed = package.get("resources")
    hashes = {
        str(one.get("path")): one.get("hash")
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict)
    }
    for path in sorted(hashes.keys() - by_name.keys()):
        yield Bilingual(es=f"falta la parte {path}", en=f"the part {path} is missing")
    for part in parts:
        if part.name.startswith("datapackage") or part.name.endswith("/"):
            continue
        if not isinstance(hashes.get(part.name), str):
            yield Bilingual(es=f"no hay huella de {part.name}", en=f"there is no hash of {part.name}")
        elif hashes[part.name] != f"sha256:{part.sha256}":
            yield Bilingual(es=f"{part.name} no corresponde a su huella", en=f"{part.name} is not what its hash says")


def _json(file: IO[bytes], part: Part | None) -> dict[str, Any] | None:
    if part is None:
        return None
    content = content_of(file, part)
    if content is None:
        return None
    with content:
        data = content.read(_JSON_BYTES_MAX)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


class _Window(RawIOBase):
    """A stretch of a file as a file of its own."""

    def __init__(self, file: IO[bytes], start: int, end: int) -> None:
        self._file = file
        self._start = start
        self._size = end - start
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = max(0, {0: 0, 1: self._at, 2: self._size}[whence] + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        left = max(0, self._size - self._at)
        wanted = left if size is None or size < 0 else min(size, left)
        self._file.seek(self._start + self._at)
        found = self._file.read(wanted)
        self._at += len(found)
        return found

    def close(self) -> None:
        """The file behind it stays open: it is somebody else's."""
