"""Names as they are compared: without case, accents or punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_PARTICLES = frozenset(["the", "a", "an", "el", "la", "los", "las", "un", "una", "de", "del", "of", "y", "and", "e"])


def fold(text: str) -> str:
    """The text in lower case without accents, its words separated by one space: "Peña, José" gives "pena jose"."""
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(c for c in lower if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain))


def key_words(text: str) -> frozenset[str]:
    """The folded words of a name that carry meaning, without articles and particles."""
    return frozenset(fold(text).split()) - _PARTICLES


def contains_name(text: str, name: str) -> bool:
    """Whether the folded name stands in the folded text as whole words. An empty name stands nowhere."""
    return stands_in(fold(text), name)


def stands_in(folded: str, name: str) -> bool:
    """The same for a text that is folded already, so that a long one is folded once for many names."""
    wanted = _folded_name(name)
    return bool(wanted) and f" {wanted} " in f" {folded} "


@lru_cache(maxsize=20_000)
def _folded_name(name: str) -> str:
    return fold(name)
