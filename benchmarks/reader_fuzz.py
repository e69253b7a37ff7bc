"""Mutated and random texts for the reader: none may make it raise, and every anchor must slice back to its words.

`proof_by_doubling` reads one piece repeated, then twice as often: time in proportion to length doubles, quadratic time
grows fourfold.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence

from recuento.model.anchor import Anchor
from recuento.model.statement import Figure, Statement
from recuento.read import read, read_figures

SEED = 20230920
LONGEST = 1_500
"""Characters of one mutated text."""
PIECES = (
    "dijo que ", "said that ", "“", "”", "«el ", "»", '"', "según ", ", quien dijo que ", "y añadió que ", "11.000 ",
    "entre 4 y ", "de 30 a ", "no ", "“dijo, ", "— Ana (@ana) ", "the of ", "hace dos ", "(", "\n", "\n\n", " ",
    "\u00a0\n", "a.", "1.000.", "de los ", "as well as ", "no se sabe cuántos ", "dijo X. “A”, ", "mil ", "como dijo ",
    "exigió al Gobierno la lista y ", "https://t.co/", "'", "‘", "s' a", "-", "11, 12, 13 ", "murieron 11 presos, ",
    "14 % de ", "one ", "half of ", "la mitad de ", "tres de cada ", "para la directora, ", "“Publish ", "¡Digan ",
    "2 350 ", "un par de ", "uno de los ", "ninguna ", "e\u0301", "\U0001f600", "\u200b", "\x00", "á", "Ñ", "…", "...",
    "the union's claim that ", "claims by the ", "cited a report saying ", ", quoting a guard", "as saying ", "0800 ",
    "U.S. ", "Sr. ", "— ", ";", ":", "\t", "\r\n", "\ufeff", "١٢ ", "½ ", "²", "1e9 ", "9" * 50, "ſ", "ﬁ",
)  # fmt: skip
REPEATED = (
    "dijo que ", "said that ", "“", "«el ", '"', ", quien dijo que ", "y añadió que ", "11.000 ", "entre 4 y ", "no ",
    "\n", "a.", "de los ", "mil ", "murieron 11 presos, ", "one ", "un ", "half of ", "2 350 ", "1 234 ", "uno de los ",
    "the union's claim that ", "claims by the guards that ", "cited a report saying ", "aged 3, 4 and ",
    "it fell, she said, citing a clerk, ", "que no dio ", "; they say ", "must give ", "¡Digan ", "s' a", "y una ",
    "dozen ", "para el ", "of the the ", "Ana Paz calla.\n—¿Y el agua?\n—No la hay.\n",
)  # fmt: skip


def fuzz(texts: Sequence[str], times: int, seed: int = SEED) -> tuple[int, int, float]:
    """Read `times` mutated or random texts; count statements and figures, and tell the seconds of the slowest read.

    Raises whatever the reader raises, and AssertionError where an anchor does not slice back.
    """
    statements = figures = 0
    slowest = 0.0
    for text in mutated(texts, times, random.Random(seed)):
        begin = time.process_time()
        found, counted = read(text), read_figures(text)
        slowest = max(slowest, time.process_time() - begin)
        for anchor in anchors_of(found, counted):
            assert text[anchor.start : anchor.end] == anchor.quote, (text, anchor)
            assert anchor.quote, (text, anchor)
        statements += len(found)
        figures += len(counted)
    return statements, figures, slowest


def mutated(texts: Sequence[str], times: int, chance: random.Random) -> Iterator[str]:
    """Texts cut, spliced, shuffled and sprinkled with marks; every tenth is made of pieces alone."""
    for number in range(times):
        if number % 10 == 0:
            yield "".join(chance.choices(PIECES, k=chance.randint(1, 60)))
            continue
        text = _part_of(chance.choice(texts), chance)
        for _ in range(chance.randint(1, 8)):
            text = chance.choice(_CHANGES)(text, texts, chance)
        yield text[:LONGEST]


def anchors_of(statements: Sequence[Statement], figures: Sequence[Figure]) -> Iterator[Anchor]:
    """Every anchor that a reading hands out."""
    for statement in statements:
        yield from statement.anchors()
    for figure in figures:
        yield figure.anchor
        if figure.counted is not None:
            yield figure.counted


def proof_by_doubling(times: int = 1_000) -> list[tuple[str, float, float]]:
    """For each piece the seconds for `times` repetitions and for four times as many."""
    return [(piece, _seconds(piece * times), _seconds(piece * times * 4)) for piece in REPEATED]


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        begin = time.process_time()
        read(text)
        read_figures(text)
        best = min(best, time.process_time() - begin)
    return best


def _part_of(text: str, chance: random.Random) -> str:
    start = chance.randrange(max(1, len(text)))
    return text[start : start + chance.randint(20, 400)]


def _cut(text: str, texts: Sequence[str], chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randint(1, 12) :]


def _insert(text: str, texts: Sequence[str], chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 9)) + text[place:]


def _splice(text: str, texts: Sequence[str], chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + _part_of(chance.choice(texts), chance) + text[place:]


def _shuffle(text: str, texts: Sequence[str], chance: random.Random) -> str:
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def _upper(text: str, texts: Sequence[str], chance: random.Random) -> str:
    return chance.choice((text.upper(), text.lower(), text.title(), text[::-1]))


def _any_character(text: str, texts: Sequence[str], chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    code = chance.choice((chance.randrange(0x20, 0x250), chance.randrange(0x2000, 0x2070), chance.randrange(0x1_0000)))
    character = chr(code) if not 0xD800 <= code < 0xE000 else "?"
    return text[:place] + character + text[place:]


_CHANGES = (_cut, _insert, _insert, _splice, _shuffle, _upper, _any_character, _any_character)
