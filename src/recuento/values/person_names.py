"""Names of persons in Spanish: their words, particles, and the names that short forms stand for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from recuento.values.names import fold

PARTICLES = frozenset(
    [
        "de",
        "del",
        "dela",
        "delas",
        "delos",
        "la",
        "las",
        "los",
        "el",
        "y",
        "e",
        "i",
        "da",
        "das",
        "do",
        "dos",
        "di",
        "du",
        "van",
        "von",
        "der",
        "den",
        "san",
        "santa",
        "mc",
        "mac",
        "st",
        "viuda",
        "vda",
    ]
)
"""Words that belong to a name and do not tell one from another: they are dropped, glued and moved on lists."""
COMMA = ","


def name_words(text: str) -> tuple[str, ...]:
    """The folded words of a name in their order, with "," where a comma stood: "Peña R., José" gives pena r , jose."""
    words: list[str] = []
    for place, part in enumerate(text.split(COMMA)):
        if place:
            words.append(COMMA)
        words.extend(fold(part).split())
    return tuple(words)


def formal_given(word: str) -> str:
    """The given name that a short form stands for ("cheo" gives "jose"), or the folded word itself.

    Where a short form serves several names the most common one is given.
    """
    return short_forms().get(word, word)


@cache
def short_forms() -> dict[str, str]:
    """Short forms and the names they stand for, folded."""
    pairs = (line.split() for line in _lines("short_names.txt"))
    return {short: name for name, *shorts in pairs for short in shorts}


@cache
def given_names() -> frozenset[str]:
    """Common given names, folded."""
    return frozenset(word for line in _lines("given_names.txt") for word in line.split()) | frozenset(
        short_forms().values()
    )


@cache
def surnames() -> frozenset[str]:
    """Common surnames, folded."""
    return frozenset(word for line in _lines("surnames.txt") for word in line.split())


def _lines(name: str) -> list[str]:
    text = files("recuento.values").joinpath("lexicons", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
