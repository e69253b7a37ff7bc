"""HTTP responses as bytes: their head, where their body ends, and the body without what the transfer put around it.

The same code tells while a response comes in whether it is whole, and takes apart one that lies in a web archive. It
reads what servers send, not only what they should: bare line feeds, lines that are no header, lengths that lie.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from enum import StrEnum

from recuento.errors import RecuentoError

HEAD_BYTES_MAX = 256 << 10
"""A head beyond this is taken for an attack: browsers give up between 64 and 256 KiB."""
_CHUNK_LINE_MAX = 4096
_STATUS_LINE = re.compile(rb"HTTP/(\d\.?\d?)\s+(\d{3})(?:\s+([^\r\n]*))?\s*")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class BodyBroken(RecuentoError):
    """The body cannot be unpacked."""


class BodyBomb(BodyBroken):
    """The body unpacks to more than is allowed."""


class NotHttp(BodyBroken):
    """What came is no HTTP response."""


@dataclass(frozen=True, slots=True)
class Head:
    """Status and header fields. `size` is how many bytes of the message they take, with the empty line."""

    status: int
    reason: str
    fields: tuple[tuple[str, str], ...]
    size: int

    def field(self, name: str) -> str | None:
        """The first field of that (lower-case) name, or None."""
        return next((value for key, value in self.fields if key == name), None)


class Framing(StrEnum):
    """What tells where a body ends."""

    NONE = "none"
    LENGTH = "length"
    CHUNKS = "chunks"
    CLOSE = "close"


class State(StrEnum):
    """How far a response has come."""

    OPEN = "open"
    WHOLE = "whole"
    NOT_HTTP = "not_http"
    HEAD_TOO_LONG = "head_too_long"
    BAD_CHUNKS = "bad_chunks"


def head_of(data: bytes) -> Head | None:
    """The head at the beginning of `data`, None while its end has not come; raises NotHttp."""
    begin = data[:9].lstrip(b"\r\n")
    if begin and not (b"HTTP/".startswith(begin[:5]) or begin.startswith(b"HTTP/")):
        raise NotHttp("what came is no HTTP", "lo que llegó no es HTTP")
    end = _HEAD_END.search(data, 0, HEAD_BYTES_MAX)
    if end is None:
        return None
    lines = data[: end.start()].lstrip(b"\r\n").split(b"\n")
    first = _STATUS_LINE.fullmatch(lines[0].rstrip(b"\r"))
    if first is None:
        raise NotHttp("its status line is none", "su línea de estado no es tal")
    return Head(int(first[2]), (first[3] or b"").decode("latin-1"), tuple(_fields(lines[1:])), end.end())


def framing_of(head: Head) -> tuple[Framing, int | None]:
    """What ends the body of the answer to a GET (RFC 9112 §6.3), and its length where one is told.

    The length is -1 where several are told that differ, or one that is no number.
    """
    if head.status < 200 or head.status in (204, 304):
        return Framing.NONE, None
    codings = [
        part.strip().lower() for key, value in head.fields if key == "transfer-encoding" for part in value.split(",")
    ]
    if codings and codings[-1] == "chunked":
        return Framing.CHUNKS, None
    lengths = {part.strip() for key, value in head.fields if key == "content-length" for part in value.split(",")}
    if not lengths or codings:
        return Framing.CLOSE, None
    told = lengths.pop() if len(lengths) == 1 else ""
    return Framing.LENGTH, int(told) if told.isascii() and told.isdigit() and len(told) < 19 else -1


class Incoming:
    """A response while it comes in: feed it what was received, and ask its state."""

    def __init__(self) -> None:
        self.head: Head | None = None
        self.state = State.OPEN
        self.framing = Framing.CLOSE
        self.length: int | None = None
        self.size = 0
        self.interim = 0
        """Bytes of preliminary answers (100, 103) before the message."""
        self.surplus = 0
        """Bytes that came after the end of the message."""
        self._start = bytearray()
        self._body = 0
        self._chunks = Chunks()

    def feed(self, data: bytes) -> None:
        """Take in the next bytes."""
        self.size += len(data)
        if self.head is None:
            self._start += data
            data = self._begun()
        if self.head is not None and data:
            self._take(data)

    def closed(self) -> bool:
        """The other side has closed: whether that was the end of the message."""
        if self.state is State.OPEN and self.head is not None and self.framing is Framing.CLOSE:
            self.state = State.WHOLE
        return self.state is State.WHOLE

    @property
    def body_size(self) -> int:
        """How many bytes of the body have come."""
        return self._body

    def _begun(self) -> bytes:
        while True:
            try:
                head = head_of(bytes(self._start[:HEAD_BYTES_MAX]))
            except NotHttp:
                self.state = State.NOT_HTTP
                return b""
            if head is None:
                if len(self._start) >= HEAD_BYTES_MAX:
                    self.state = State.HEAD_TOO_LONG
                return b""
            rest = bytes(self._start[head.size :])
            if head.status >= 200 or head.status == 101:
                break
            # 100 and 103 come before the answer.
            self.interim += head.size
            self._start = bytearray(rest)
        self.head = head
        self._start.clear()
        self.framing, self.length = framing_of(head)
        if self.framing is Framing.LENGTH and self.length == -1:
            self.framing, self.length = Framing.CLOSE, None
        if self.framing is Framing.NONE or self.length == 0:
            self._end(len(rest))
            return b""
        return rest

    def _take(self, data: bytes) -> None:
        if self.state is not State.OPEN:
            # Where a message is broken nobody knows its end, so nothing comes after it.
            self.surplus += len(data) if self.state is State.WHOLE else 0
            return
        self._body += len(data)
        if self.framing is Framing.CHUNKS:
            self._chunks.feed(data)
            if self._chunks.broken:
                self.state = State.BAD_CHUNKS
            elif self._chunks.done:
                self._end(self._chunks.surplus)
        elif self.length is not None and self._body >= self.length:
            self._end(self._body - self.length)

    def _end(self, surplus: int) -> None:
        self.state = State.WHOLE
        self.surplus = surplus


class Chunks:
    """Takes the chunks of a body apart as they come. `pieces` are kept only where `keep` says so."""

    def __init__(self, *, keep: bool = False) -> None:
        self.done = False
        self.broken = False
        self.surplus = 0
        self.pieces: list[bytes] = []
        self._keep = keep
        self._left = 0
        self._line = bytearray()
        self._await = "size"

    def feed(self, data: bytes) -> None:
        """Take in the next bytes of the body."""
        at = 0
        while at < len(data) and not self.done and not self.broken:
            at = self._data(data, at) if self._await == "data" else self._words(data, at)
        if self.done:
            self.surplus += len(data) - at

    def _data(self, data: bytes, at: int) -> int:
        taken = data[at : at + self._left]
        if self._keep:
            self.pieces.append(taken)
        self._left -= len(taken)
        if not self._left:
            self._await = "end"
        return at + len(taken)

    def _words(self, data: bytes, at: int) -> int:
        end = data.find(b"\n", at)
        stop = len(data) if end < 0 else end + 1
        self._line += data[at:stop]
        if len(self._line) > _CHUNK_LINE_MAX:
            self.broken = True
        elif end >= 0:
            line, self._line = bytes(self._line).strip(), bytearray()
            self._read(line)
        return stop

    def _read(self, line: bytes) -> None:
        if self._await == "trailer":
            self.done = not line
        elif self._await == "end":
            self.broken = bool(line)
            self._await = "size"
        else:
            size = line.partition(b";")[0].strip()
            if not re.fullmatch(rb"[0-9A-Fa-f]{1,15}", size):
                self.broken = True
                return
            self._left = int(size, 16)
            self._await = "data" if self._left else "trailer"


@dataclass(frozen=True, slots=True)
class Body:
    """A body without what the transfer put around it. `undone` names what was taken off, in its order."""

    data: bytes
    undone: tuple[str, ...] = ()
    is_cut: bool = False
    """Whether less came than was announced; `data` is then what there is of it."""


def body_of(message: bytes, head: Head, bytes_max: int, *, archived: bool = False) -> Body:
    """The body of a message, out of its chunks and decompressed.

    Crawlers often take chunks or compression off and leave the fields that speak of them: what does not begin as the
    field says is taken as it is, and in an `archived` message more bytes than its length belong to it. Raises
    BodyBroken where it is damaged, unpacks to more than `bytes_max`, or is compressed in a way that is not known here.
    """
    raw = message[head.size :]
    framing, length = framing_of(head)
    undone: list[str] = []
    is_cut = False
    if framing is Framing.NONE:
        return Body(b"")
    if framing is Framing.CHUNKS:
        found = _out_of_chunks(raw)
        if found is None and not archived:
            raise BodyBroken("its chunks are damaged", "sus trozos están dañados")
        if found is not None:
            raw, is_cut = found
            undone.append("chunked")
    elif framing is Framing.LENGTH and length is not None and length >= 0:
        is_cut = len(raw) < length
        raw = raw if archived else raw[:length]
    for coding in _codings(head):
        data, was_cut = _inflated(raw, coding, bytes_max)
        if data is not raw:
            undone.append(coding)
        raw, is_cut = data, is_cut or was_cut
    if len(raw) > bytes_max:
        raise _bomb()
    return Body(raw, tuple(undone), is_cut)


def _out_of_chunks(raw: bytes) -> tuple[bytes, bool] | None:
    chunks = Chunks(keep=True)
    chunks.feed(raw)
    data = b"".join(chunks.pieces)
    if chunks.broken and not data:
        return None
    return data, not chunks.done


def _codings(head: Head) -> list[str]:
    """The codings in the order in which they have to be undone."""
    named = [
        part.strip().lower() for key, value in head.fields if key == "content-encoding" for part in value.split(",")
    ]
    return [coding for coding in reversed(named) if coding not in ("", "identity")]


def _inflated(raw: bytes, coding: str, bytes_max: int) -> tuple[bytes, bool]:
    if not raw:
        return raw, False
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise BodyBroken(
            f"it is compressed with {coding[:40]}, which is not read here",
            f"está comprimido con {coding[:40]}, que aquí no se lee",
        )
    if coding != "deflate":
        return _gunzipped(raw, bytes_max) if raw.startswith(b"\x1f\x8b") else (raw, False)
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        inflating = zlib.decompressobj(wbits)
        try:
            data = inflating.decompress(raw, bytes_max + 1)
        except zlib.error:
            continue
        if len(data) > bytes_max:
            raise _bomb()
        return data, not inflating.eof
    return raw, False


def _gunzipped(raw: bytes, bytes_max: int) -> tuple[bytes, bool]:
    """Every member of the body; what comes before damage is kept only where the damage is that the end is missing."""
    pieces: list[bytes] = []
    left = bytes_max
    rest = raw
    while rest.startswith(b"\x1f\x8b"):
        inflating = zlib.decompressobj(wbits=31)
        try:
            data = inflating.decompress(rest, left + 1)
        except zlib.error as error:
            raise BodyBroken(f"its compression is damaged ({error})", f"su compresión está dañada ({error})") from None
        left -= len(data)
        if left < 0:
            raise _bomb()
        pieces.append(data)
        if not inflating.eof:
            return b"".join(pieces), True
        rest = inflating.unused_data
    return b"".join(pieces), False


def _bomb() -> BodyBomb:
    return BodyBomb("it unpacks to far more than is allowed", "se expande mucho más de lo permitido")


def _fields(lines: list[bytes]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in lines:
        words = line.rstrip(b"\r").decode("latin-1")
        if words[:1] in (" ", "\t") and found:
            # A field that goes on in the next line, as it was once allowed.
            found[-1] = (found[-1][0], f"{found[-1][1]} {words.strip()}")
            continue
        name, colon, value = words.partition(":")
        if colon and name.strip():
            found.append((name.strip().lower(), value.strip()))
    return found
