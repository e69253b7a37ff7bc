"""Read the documents of a WARC file, plain or gzipped, in constant memory; every byte of it is accounted for.

Of seven kinds of damage the common libraries pass over five (or three) in silence, and one of them aborts the process.
Here whatever cannot be read comes back as `Damage` with its place, and reading goes on at the next record. Only the
frame is taken apart in this process, with the standard library; the documents themselves are for the jail.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from recuento.preserve.web.record_digest import digest_named, is_unreadable_digest
from recuento.values.bilingual import Bilingual

HEADER_BYTES_MAX = 1 << 20
_CHUNK = 1 << 16
_FIRST_CHUNK = 1 << 12
"""What is read first from a place: a file of nothing but beginnings must not cost a chunk for each."""
_VERSION = b"WARC/"
_GZIP = b"\x1f\x8b\x08"
_FIRST_LINE = re.compile(rb"WARC/\d\.\d+")
_FIRST_LINE_BYTES_MAX = 20
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ufffd]")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?)?)?|\d{14}")
_ONCE = frozenset({"warc-type", "warc-record-id", "warc-date", "content-length", "warc-block-digest"})
_MARK_BYTES = len(b"\r\nWARC/1.1")
_MARK = re.compile(rb"\x1f\x8b\x08|\r\n(?=WARC/\d\.\d)")


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its header fields by lower-case name, its block, and the bytes of the file it stands in.

    `block` is None where it is longer than is allowed.
    """

    fields: Mapping[str, str]
    block: bytes | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes `start` to `end` of the file that could not be read, and why."""

    start: int
    end: int
    why: Bilingual


def records(file: IO[bytes], block_bytes_max: int) -> Iterator[Record | Damage]:
    """Give the records of a WARC file in order, and what could not be read in the place where it stands."""
    start = 0
    while True:
        file.seek(start)
        head = file.read(len(_GZIP))
        if not head:
            return
        frames: _Plain | _Members = _Members(file, start) if head.startswith(_GZIP) else _Plain(file, start)
        reading = _Reading(frames)
        try:
            while not reading.at_end():
                start = frames.safe_start()
                record = reading.record(block_bytes_max)
                end = frames.safe_start()
                yield Record(record.fields, record.block, start, end)
                start = end
            return
        except _Broken as broken:
            end = _next_start(file, start + 1)
            yield Damage(start, end, broken.why)
            start = end


class _Broken(Exception):
    """The bytes do not go on as a WARC file must."""

    def __init__(self, es: str, en: str) -> None:
        super().__init__(en)
        self.why = Bilingual(es=es, en=en)


class _Plain:
    """A file that is not compressed."""

    def __init__(self, file: IO[bytes], start: int) -> None:
        self._file = file
        self._at = start
        self._chunk = _FIRST_CHUNK
        self.unread = 0
        file.seek(start)

    def more(self) -> bytes:
        found = self._file.read(self._chunk)
        self._at += len(found)
        self._chunk = _CHUNK
        return found

    def safe_start(self) -> int:
        return self._at - self.unread

    def member(self) -> int:
        return 0

    def is_past(self, member: int) -> bool:
        return False


class _Members:
    """A gzipped file: usually one member a record, sometimes one for all."""

    def __init__(self, file: IO[bytes], start: int) -> None:
        self._file = file
        self._at = start
        self._input = b""
        self._member = start
        self._inflating = zlib.decompressobj(wbits=31)
        self.unread = 0
        file.seek(start)

    def more(self) -> bytes:
        while True:
            if not self._input:
                self._input = self._file.read(_CHUNK)
                self._at += len(self._input)
                if not self._input:
                    if self._inflating.eof or self._at == self._member:
                        return b""
                    raise _Broken(
                        "el archivo se corta en medio de un miembro", "the file is cut in the middle of a member"
                    )
            if self._inflating.eof:
                if not self._input.startswith(_GZIP[: len(self._input)]):
                    raise _Broken("hay bytes que no son gzip", "there are bytes that are not gzip")
                self._member = self._at - len(self._input)
                self._inflating = zlib.decompressobj(wbits=31)
            try:
                found = self._inflating.decompress(self._input, _CHUNK)
            except zlib.error as error:
                raise _Broken(f"gzip dañado ({error})", f"damaged gzip ({error})") from None
            self._input = self._inflating.unused_data if self._inflating.eof else self._inflating.unconsumed_tail
            if found:
                return found

    def safe_start(self) -> int:
        if self._inflating.eof and not self.unread:
            return self._at - len(self._input)
        return self._member

    def member(self) -> int:
        return self._member

    def is_past(self, member: int) -> bool:
        """Whether that member has been read to its end, with its checksum."""
        return self._member != member or self._inflating.eof


class _Reading:
    """Takes records out of bytes that come in pieces."""

    def __init__(self, frames: _Plain | _Members) -> None:
        self._frames = frames
        self._held = bytearray()
        self._later: _Broken | None = None

    def at_end(self) -> bool:
        if self._later is not None:
            raise self._later
        return not self._fill(1)

    def record(self, block_bytes_max: int) -> Record:
        """The next record, whole and followed by what must follow it."""
        fields = self._fields()
        try:
            length = int(fields["content-length"])
        except (KeyError, ValueError):
            raise _Broken("registro sin longitud", "a record without a length") from None
        if length < 0:
            raise _Broken("registro de longitud negativa", "a record of negative length")
        digest = digest_named(fields.get("warc-block-digest", ""))
        block: bytearray | None = bytearray() if length <= block_bytes_max else None
        left = length
        while left:
            if not self._fill(1):
                raise _Broken("el registro acaba antes de su longitud", "the record ends before its length")
            piece = self._take(min(left, len(self._held)))
            left -= len(piece)
            if digest is not None:
                digest[0].update(piece)
            if block is not None:
                block += piece
        if not self._fill(4) or bytes(self._held[:4]) != b"\r\n\r\n":
            raise _Broken("el registro no acaba donde dice", "the record does not end where it says")
        self._take(4)
        if digest is not None and digest[0].digest() != digest[1]:
            raise _Broken("el contenido no corresponde a su huella", "the content does not match its digest")
        self._check_what_follows(digest is not None)
        return Record(fields, bytes(block) if block is not None else None, 0, 0)

    def _check_what_follows(self, is_proved: bool) -> None:
        """Look one byte further: only at the end of a gzip member is its checksum compared.

        What is wrong with the next member is not this record's fault, and is told when it is that one's turn.
        """
        before = self._frames.member()
        try:
            there = self._fill(1)
        except _Broken as broken:
            if not self._frames.is_past(before):
                raise
            self._later = broken
            return
        same = there and self._frames.member() == before
        if same and not is_proved and self._fill(5) and not self._held.startswith(_VERSION):
            raise _Broken("tras el registro no viene otro", "no record follows the record")

    def _fields(self) -> dict[str, str]:
        """The header, given up at the first line that is none: what only looks like a record must not cost much."""
        if not _FIRST_LINE.fullmatch(self._line(_FIRST_LINE_BYTES_MAX)):
            raise _Broken("no empieza como un registro WARC", "it does not begin as a WARC record")
        fields: dict[str, str] = {}
        name = ""
        left = HEADER_BYTES_MAX
        while line := self._line(left):
            left -= len(line)
            words = line.decode("utf-8", "replace")
            if words[:1] in (" ", "\t") and name:
                # A field that goes on in the next line, as the standard allows.
                fields[name] = f"{fields[name]} {words.strip()}"
                continue
            key, colon, value = words.partition(":")
            name = key.strip().lower()
            if not colon or not _TOKEN.fullmatch(name) or _CONTROL.search(value) or name in fields.keys() & _ONCE:
                raise _Broken("cabecera dañada", "a damaged header")
            fields.setdefault(name, value.strip())
        _check_fields(fields)
        return fields

    def _line(self, bytes_max: int) -> bytes:
        sought = 0
        while (end := self._held.find(b"\r\n", sought)) < 0:
            sought = max(len(self._held) - 1, 0)
            if len(self._held) > bytes_max or not self._more():
                raise _Broken("cabecera sin fin", "a header without an end")
        return self._take(end + 2)[:-2]

    def _fill(self, length: int) -> bool:
        while len(self._held) < length:
            if not self._more():
                return False
        return True

    def _more(self) -> bool:
        found = self._frames.more()
        self._held += found
        self._frames.unread = len(self._held)
        return bool(found)

    def _take(self, length: int) -> bytes:
        found = bytes(self._held[:length])
        del self._held[:length]
        self._frames.unread = len(self._held)
        return found


def _check_fields(fields: Mapping[str, str]) -> None:
    """What every record must have (ISO 28500 §5), in a form that can be: where it is not, the header was damaged."""
    missing = [name for name in ("warc-type", "warc-record-id", "warc-date") if not fields.get(name)]
    if missing:
        raise _Broken(f"registro sin {missing[0]}", f"a record without {missing[0]}")
    if not _DATE.fullmatch(fields["warc-date"]):
        raise _Broken("fecha dañada", "a damaged date")
    for name in ("warc-block-digest", "warc-payload-digest"):
        if name in fields and is_unreadable_digest(fields[name]):
            raise _Broken("huella dañada", "a damaged digest")


def _next_start(file: IO[bytes], start: int) -> int:
    """Where the next record may begin from `start` on; the end of the file where none does."""
    file.seek(start)
    window = b""
    base = start
    while piece := file.read(_CHUNK if base > start else _FIRST_CHUNK):
        window += piece
        for at in _marks(window):
            if window[at : at + 3] == _GZIP and not _begins_a_record(file, base + at):
                continue
            return base + at
        # A mark may be cut in two by the end of the piece.
        kept = min(len(window), _MARK_BYTES - 1)
        base += len(window) - kept
        window = window[-kept:]
        file.seek(base + kept)
    return base + len(window)


def _marks(window: bytes) -> Iterator[int]:
    """Places where a gzip member begins, or a record at the start of a line."""
    for match in _MARK.finditer(window):
        yield match.end() if match.group().startswith(b"\r") else match.start()


def _begins_a_record(file: IO[bytes], at: int) -> bool:
    file.seek(at)
    try:
        return zlib.decompressobj(wbits=31).decompress(file.read(4096), 16).startswith(_VERSION)
    except zlib.error:
        return False
