"""The language of a text: a vote of its commonest words, which abstains when the vote is close."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from recuento.read.text.count_words import count_words
from recuento.read.text.lexicon import lexicon
from recuento.values.bilingual import Language

_WORD = re.compile(r"[^\W\d_]+")
_ONLY_SPANISH = re.compile(r"[ñ¿¡áéíóú]")
_WORDS_ENOUGH = 2_000


def language_of(text: str) -> Language | None:
    """Spanish, English, or None where the words do not tell (titles, lists of names, another language)."""
    words = [match.group().lower() for match, _ in zip(_WORD.finditer(text), range(_WORDS_ENOUGH), strict=False)]
    return language_of_words(words)


def language_of_words(words: Sequence[str]) -> Language | None:
    """The language of words in lower case, or None."""
    only_spanish, only_english = _telling_words()
    spanish: float = sum(map(only_spanish.__contains__, words))
    english: float = sum(map(only_english.__contains__, words))
    spanish += (
        0.5 * sum(1 for word in words if not word.isascii() and word not in only_spanish and _ONLY_SPANISH.search(word))
        if spanish < len(words) and not all(map(str.isascii, words))
        else 0.0
    )
    if spanish >= 1 and spanish > 1.5 * english:
        return "es"
    if english >= 1 and english > 1.5 * spanish:
        return "en"
    return None if spanish or english else _language_of_content(words)


@cache
def _telling_words() -> tuple[frozenset[str], frozenset[str]]:
    """The common words that only one of the languages has."""
    spanish, english = lexicon("es").lists["stop"], lexicon("en").lists["stop"]
    return spanish - english, english - spanish


def _language_of_content(words: Sequence[str]) -> Language | None:
    """Where no common word tells ("Soldiers seized 40 rifles"): the language that knows more of the words."""
    spanish = sum(word in count_words("es").all or word in lexicon("es").forms for word in words)
    english = sum(word in count_words("en").all or word in lexicon("en").forms for word in words)
    if spanish == english:
        return None
    return "es" if spanish > english else "en"
