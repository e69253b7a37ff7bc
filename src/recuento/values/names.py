"""Names as they are compared: without case, accents or punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_NOT_ASCII = re.compile(r"[^\0-\x7f]+")
_PARTICLES = frozenset(["the", "a", "an", "el", "la", "los", "las", "un", "una", "de", "del", "of", "y", "and", "e"])


def fold(text: str) -> str:
    """The text in lower case without accents, its words separated by one space: "Peña, José" gives "pena jose"."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(_WORD.findall(_NOT_ASCII.sub(_without_marks, lower)))


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """The same of a name, remembered: whoever speaks is compared with every actor, statement by statement."""
    return fold(name)


def _without_marks(signs: re.Match[str]) -> str:
    return "".join(c for c in signs[0] if not unicodedata.combining(c))


def key_words(text: str) -> frozenset[str]:
    """The folded words of a name that carry meaning, without articles and particles."""
    return frozenset(fold(text).split()) - _PARTICLES


def contains_name(text: str, name: str) -> bool:
    """Whether the folded name stands in the folded text as whole words. An empty name stands nowhere."""
    return stands_in(fold(text), name)


def stands_in(text: str, name: str) -> bool:
    """The same for a text that is folded already, so that a long one is folded once for many names."""
    wanted = folded(name)
    return bool(wanted) and f" {wanted} " in f" {text} "
