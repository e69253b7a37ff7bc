"""Names folded for comparison, kept for the few hundred words that come again and again in a text."""

from __future__ import annotations

from functools import lru_cache

from recuento.values import names


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text in lower case without accents: see `recuento.values.names.fold`."""
    return names.fold(text)


@lru_cache(maxsize=8192)
def key_words(text: str) -> frozenset[str]:
    """The folded words of a name that carry meaning."""
    return names.key_words(text)


def plain(word: str) -> str:
    """A lower-case word without accents; cheap where there are none."""
    return word if word.isascii() else fold(word)
