"""Bytes to characters: byte order mark, UTF-8, what the file declares, and at last Windows-1252, said as a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from recuento.preserve.media_types import utf16_order
from recuento.preserve.outcome import Outcome, Remark
from recuento.preserve.parsers.found import Unreadable


@dataclass(frozen=True, slots=True)
class Characters:
    """A decoded text, the encoding it was in, and what should be known about it."""

    text: str
    charset: str
    remarks: tuple[Remark, ...] = ()


def decoded(data: bytes, declared: str | None = None) -> Characters:
    """The characters of `data`; raise Unreadable where they are no text at all."""
    characters = _decoded(data, declared)
    head = characters.text[:65536]
    if len(_CONTROL.findall(head)) > max(2, len(head) // 50):
        raise Unreadable(Outcome.UNKNOWN_TYPE)
    return characters


def declared_in_markup(data: bytes) -> str | None:
    """The encoding that HTML or XML declares in its first 2,048 bytes, or None."""
    match = _DECLARED.search(data[:2048])
    return match[1].decode("ascii") if match else None


def _decoded(data: bytes, declared: str | None) -> Characters:
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], charset)
    if (order := utf16_order(data[:1024])) is not None:
        return _lenient(data, order)
    try:
        return Characters(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if declared and (characters := _as_declared(data, declared)):
        return characters
    damaged = data.decode("utf-8", "replace")
    bad = damaged.count("�")
    if sum(1 for character in damaged if character > "\x7f") - bad > 10 * bad:
        return Characters(damaged, "utf-8", (Remark.CHARSET_DAMAGED,))
    guessed = _lenient(data, "cp1252")
    return Characters(guessed.text, guessed.charset, (Remark.CHARSET_GUESSED, *guessed.remarks))


def _lenient(data: bytes, charset: str) -> Characters:
    try:
        return Characters(data.decode(charset), charset)
    except UnicodeDecodeError:
        return Characters(data.decode(charset, "replace"), charset, (Remark.CHARSET_DAMAGED,))


def _as_declared(data: bytes, declared: str) -> Characters | None:
    try:
        charset = codecs.lookup(declared).name
        if charset in _OURS_ALONE:
            return None
        # As browsers do: what calls itself Latin 1 is Windows-1252.
        charset = "cp1252" if charset in ("iso8859-1", "ascii") else charset
        return Characters(data.decode(charset), charset)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OURS_ALONE = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
"""Codecs that Python knows and browsers refuse: they make other characters, also markup, out of plain ASCII."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
