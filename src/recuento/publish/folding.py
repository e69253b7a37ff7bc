"""Text as the search for private values reads it: words in lower case without accents, one space between them.

Bytes, not text, so that whole dossiers pass quickly: the Latin letters go through one table of 256 places, every
other character is looked up once and remembered. Both sides of the search are folded by this same function.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

_HANDLER = "recuento.publish.folding"
_TAG = re.compile(r"<[^>]*>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|#34|#39|quot);)[#\w]")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_SOFT_HYPHEN = b"\xad"


def folded_words(text: str) -> bytes:
    """The words of `text` with one space between and around them; letters beyond Latin keep a name of their own."""
    latin = text.encode("latin-1", _HANDLER)
    for letter, read in _LONGER:
        if letter in latin:
            latin = latin.replace(letter, read)
    return b" " + b" ".join(latin.translate(_LATIN, _SOFT_HYPHEN).split()) + b" "


def readings(text: str) -> Iterator[str]:
    """What a reader, a browser or a program may take `text` for, each once.

    As it is with its entities read; with its tags taken out; with its percent signs and its \\u escapes read.
    """
    plain = unescaped(text)
    if "\\" in plain:
        for escape in _HARMLESS:
            plain = plain.replace(escape, " ")
    yield plain
    if "<" in text:
        bare = unescaped(_without_tags(text))
        if bare != plain:
            yield bare
    if "%" in plain and _PERCENT.search(plain):
        yield unquote(plain)
    if "\\u" in plain:
        yield _unslashed(plain)


def _without_tags(text: str) -> str:
    """As `_TAG` takes them out, in half the time where each begins and ends as it should."""
    first, *rest = text.split("<")
    try:
        return first + "".join([part[part.index(">") + 1 :] for part in rest])
    except ValueError:
        return _TAG.sub("", text)


def unescaped(text: str) -> str:
    """`text` with its HTML entities read; those that every page has go the quick way."""
    if "&" not in text:
        return text
    if _ENTITY.search(text):
        return html.unescape(text)
    for entity, character in _USUAL:
        text = text.replace(entity, character)
    return text


_USUAL = (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&"))
_HARMLESS = ("\\u003c", "\\u003e", "\\u0026", "\\u2028", "\\u2029")
"""What `formats.plain.in_page` writes for characters that are no letters: read as spaces, so a page is folded once."""


def _unslashed(text: str) -> str:
    """The text with its \\uXXXX escapes read, pairs of surrogates as the one character they stand for."""
    characters = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return characters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _beyond_latin(error: UnicodeError) -> tuple[bytes, int]:
    """What stands in the place of characters that Latin-1 has not."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return b"".join(_OTHERS[character] for character in error.object[error.start : error.end]), error.end


class _Others(dict[str, bytes]):
    """Characters beyond Latin-1, each folded once."""

    def __missing__(self, character: str) -> bytes:
        plain = unicodedata.normalize("NFKD", character)
        kept = "".join(part for part in plain if unicodedata.category(part) not in ("Mn", "Cf"))
        found = b"".join(_one(part) for part in unicodedata.normalize("NFKD", kept.casefold()))
        self[character] = found
        return found


def _one(character: str) -> bytes:
    if unicodedata.category(character) in ("Mn", "Cf"):
        return b""
    if ord(character) < 256:
        return character.encode("latin-1")
    return f"zx{ord(character):x}xz".encode() if character.isalnum() else b" "


def _latin_table() -> bytes:
    found = bytearray()
    for code in range(256):
        plain = unicodedata.normalize("NFKD", chr(code))
        letters = [part for part in plain.casefold() if unicodedata.category(part) not in ("Mn", "Cf")]
        single = letters[0] if len(letters) == 1 and ord(letters[0]) < 256 else " "
        found.append(ord(single) if single.isalnum() else 32)
    return bytes(found)


_OTHERS = _Others()
_LONGER = ((b"\xdf", b"ss"), (b"\xb5", _OTHERS["\N{GREEK SMALL LETTER MU}"]))
"""Letters of Latin-1 that fold to more than one."""
_LATIN = _latin_table()
codecs.register_error(_HANDLER, _beyond_latin)
