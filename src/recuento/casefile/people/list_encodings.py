"""In which encoding a list was written: UTF-8 or UTF-16 where it says so, else the one that makes Spanish of it."""

from __future__ import annotations

import codecs

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CALLED = {"utf-16": "UTF-16", "utf-8": "UTF-8", "cp1252": "Windows-1252", "cp850": "DOS 850", "mac_roman": "Mac Roman"}
_TRIED = ("utf-8", "cp1252", "cp850", "mac_roman")
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑºª°¿¡«»’“”–")
LOST = "\ufffd"
"""What stands where a byte means nothing."""


def decoded(data: bytes) -> tuple[str, str | None]:
    """The text of a file, and the encoding it was read in where that is not plain UTF-8.

    Never raises: a byte that means nothing becomes LOST. Of several encodings the one is taken in which the
    characters beyond ASCII are most often Spanish; UTF-8 with a few broken bytes stays UTF-8.
    """
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), _CALLED.get(encoding)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    best = max(_TRIED, key=lambda encoding: _likeness(data.decode(encoding, errors="replace")))
    return data.decode(best, errors="replace"), _CALLED[best]


def _likeness(text: str) -> int:
    """How many characters beyond ASCII are Spanish, less those that are not."""
    beyond = text.encode("ascii", errors="ignore")
    spanish = sum(text.count(letter) for letter in _SPANISH)
    return 2 * spanish - (len(text) - len(beyond))
