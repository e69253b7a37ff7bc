"""How a Spanish word sounds, as a key: words that people confuse when they write by ear share it."""

from __future__ import annotations

import re
from functools import lru_cache

from recuento.values.names import fold

_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"ph", "f"),
        (r"^x", "s"),
        (r"x", "s"),
        (r"sh", "s"),
        (r"ch(?=[^aeiouy]|$)", "k"),
        (r"ch", "%"),
        (r"qu(?=[ei])", "k"),
        (r"gu(?=[ei])", "#"),
        (r"^#(?=i)", "w"),
        (r"g(?=[eiy])", "j"),
        (r"c(?=[eiy])", "s"),
        (r"sc(?=[eiy])", "s"),
        (r"[ckq]", "k"),
        (r"z", "s"),
        (r"v", "b"),
        (r"wu", "w"),
        (r"^hu(?=[aeio])", "w"),
        (r"^u(?=[aeio])", "w"),
        (r"^gw", "w"),
        (r"h", ""),
        (r"ll", "y"),
        (r"#", "y"),
        (r"y(?![aeiou])", "i"),
        (r"j", "y"),
        (r"aya(?=n)", "ia"),
        (r"m(?=[pb])", "n"),
        (r"(.)\1+", r"\1"),
        (r"^i(?=[aeou])", "y"),
        (r"(?<=[^aeiou])y(?=[aeou])", "i"),
        (r"^y[ie](?=o)", "y"),
    )
)

_SCANNED = str.maketrans("01", "oi")
"""Digits that a scan makes of letters."""


@lru_cache(maxsize=200_000)
def sound_key(word: str) -> str:
    """The key of one word: "Jhonatan" and "Yonathan", "Bázquez" and "Vasques", "Wilmer" and "Guilmer" are alike.

    b and v, s, c and z, ll, y and j, silent h, k and qu, and doubled letters are not told apart, nor n and ñ. A key is
    meant to be compared, never shown. The key of a word of one letter is the letter.
    """
    key = fold(word).replace(" ", "")
    if not key.isdigit():
        key = key.translate(_SCANNED)
    if len(key) <= 1:
        return key
    for pattern, by in _STEPS:
        key = pattern.sub(by, key)
    return key or fold(word)[:1]
