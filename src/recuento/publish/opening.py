"""A file opened to the bottom: what it is, and everything packed inside it that somebody else could unpack."""

from __future__ import annotations

import binascii
import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator

from recuento.errors import CheckFailed

DEEPEST = 6
LARGEST = 256 * 1024 * 1024
"""Bytes that one packed part may grow to; ours never come near, and what does is refused rather than passed over."""
_PNG = b"\x89PNG\r\n\x1a\n"
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_DATA_ADDRESS = re.compile(rb"data:[\w.+/-]*;base64,([A-Za-z0-9+/=]{8,})")
_ZLIB_HEADS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


def opened(path: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """`data` itself and every part packed in it, each with its path ("a.zip!/b.txt").

    Reads zip (XLSX, DOCX, WACZ), gzip, bzip2, xz, tar, the streams of PDF, the chunks of PNG, and `data:` addresses.
    SQLite keeps its text as it is, deleted rows included, so its pages need no opening. Raises CheckFailed for a part
    that cannot be opened or grows beyond all measure: nothing leaves that could not be searched.
    """
    yield path, data
    if depth > DEEPEST:
        raise _unsearchable(path)
    for name, inner in _parts(path, data):
        yield from opened(f"{path}!/{name}", inner, depth + 1)


def _parts(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        for starts, unpack in _KINDS:
            if starts(data):
                yield from unpack(data)
                return
        yield from _data_addresses(data)
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise _unsearchable(path) from error


def _zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield "comment", archive.comment
        for member in archive.infolist():
            _measure(member.file_size)
            yield member.filename, archive.read(member)
            yield f"{member.filename}#", member.comment + member.extra


def _tar(data: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            _measure(member.size)
            file = archive.extractfile(member)
            yield member.name, file.read() if file is not None else b""


def _png(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            yield kind.decode("ascii"), _inflated_anywhere(body)
        at += 12 + size
    if at < len(data):
        yield "trailer", data[at:]


def _pdf(data: bytes) -> Iterator[tuple[str, bytes]]:
    for number, found in enumerate(_PDF_STREAM.finditer(data)):
        body = found[1]
        if body[:2] in _ZLIB_HEADS:
            yield f"stream{number}", _inflate(body)


def _data_addresses(data: bytes) -> Iterator[tuple[str, bytes]]:
    if b";base64," not in data:
        return
    for number, found in enumerate(_DATA_ADDRESS.finditer(data)):
        try:
            yield f"data{number}", b64decode(found[1] + b"=" * (-len(found[1]) % 4))
        except binascii.Error:
            continue


def _inflated_anywhere(body: bytes) -> bytes:
    """The packed half of a text chunk: it begins after a keyword and some flags."""
    for at in range(len(body) - 1):
        if body[at : at + 2] in _ZLIB_HEADS:
            try:
                return _inflate(body[at:])
            except zlib.error:
                continue
    return body


def _inflate(body: bytes) -> bytes:
    worker = zlib.decompressobj()
    found = worker.decompress(body, LARGEST)
    if worker.unconsumed_tail:
        raise ValueError("grows beyond all measure")
    return found


def _gzip(data: bytes) -> Iterator[tuple[str, bytes]]:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        yield "gzip", _bounded(file.read)


def _bzip2(data: bytes) -> Iterator[tuple[str, bytes]]:
    with bz2.BZ2File(io.BytesIO(data)) as file:
        yield "bzip2", _bounded(file.read)


def _xz(data: bytes) -> Iterator[tuple[str, bytes]]:
    with lzma.LZMAFile(io.BytesIO(data)) as file:
        yield "xz", _bounded(file.read)


def _bounded(read: Callable[[int], bytes]) -> bytes:
    found = read(LARGEST + 1)
    _measure(len(found))
    return found


def _measure(size: int) -> None:
    if size > LARGEST:
        raise ValueError("grows beyond all measure")


def _unsearchable(path: str) -> CheckFailed:
    return CheckFailed(
        f"not published: {path} cannot be opened to be searched for private values",
        f"no se publica: {path} no se puede abrir para buscar en él valores reservados",
    )


_KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Iterator[tuple[str, bytes]]]], ...] = (
    (lambda data: data.startswith((b"PK\x03\x04", b"PK\x05\x06")), _zip),
    (lambda data: data.startswith(b"\x1f\x8b"), _gzip),
    (lambda data: data.startswith(b"BZh"), _bzip2),
    (lambda data: data.startswith(b"\xfd7zXZ\x00"), _xz),
    (lambda data: data[257:262] == b"ustar", _tar),
    (lambda data: data.startswith(_PNG), _png),
    (lambda data: data.startswith(b"%PDF-"), _pdf),
)
