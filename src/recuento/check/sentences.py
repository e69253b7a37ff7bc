"""A text cut into sentences of words, numbers and marks, each with what its numbers are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recuento.check.mentions import Sentence, Token
from recuento.check.numerals import NumberFinder
from recuento.check.words import FUNCTION, words
from recuento.model.statement import Figure
from recuento.values.bilingual import Language
from recuento.values.names import fold
from recuento.values.number_words import convention_of


def sentences_of(text: str, figures: Sequence[Figure], language: Language) -> list[Sentence]:
    """The sentences of a text with the numbers in them; `figures` are in the order of the text."""
    tokens = _tokens(text)
    convention = convention_of(token.low for token in tokens if token.low[0].isdigit() and len(token.low) <= 40)
    sentences = _cut(text, tokens)
    place = 0
    for sentence in sentences:
        start, end = sentence.tokens[0].start, sentence.tokens[-1].end
        while place < len(figures) and figures[place].anchor.start < start:
            place += 1
        last = place
        while last < len(figures) and figures[last].anchor.end <= end:
            last += 1
        finder = NumberFinder(text, sentence.tokens, figures[place:last], language, convention)
        sentence.mentions = finder.mentions()
    return sentences


_MARKED = r"(?<!\d)\d{1,3}(?:[.,'’\u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"
_SPACED = r"(?<!\d )(?<!\d)\d{1,3}(?: \d{3})+(?:,\d+)?(?!\d| \d)"
_TOKEN = re.compile(
    rf"{_MARKED}|{_SPACED}|\d+(?:[.,]\d+)?|(?:[^\W\d_]\.){{2,}}|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[\n\t]+|[^\w\s]|_"
)


def _tokens(text: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text):
        low = match.group().lower()
        found.append(Token(match.start(), match.end(), low, low if low[0].isdigit() or low[0] in "\n\t" else fold(low)))
    return found


_ABBREVIATIONS = words("abbreviations")
_BULLETS = frozenset("-–—•*·▪◦")


def _cut(text: str, tokens: list[Token]) -> list[Sentence]:
    """Cut at full stops and at lines that end one; a list of bullets after a colon stays with its colon."""
    sentences: list[Sentence] = []
    current: list[Token] = []
    paragraph = 0
    in_list = False

    def close() -> None:
        nonlocal current
        if current:
            sentences.append(Sentence(len(sentences), paragraph, current))
        current = []

    for k, token in enumerate(tokens):
        following = tokens[k + 1] if k + 1 < len(tokens) else None
        if token.low in ("|", "·") or "\t" in token.low:
            close()
            in_list = False
            continue
        if token.low[0] == "\n":
            bullet = following is not None and following.low in _BULLETS
            opens = bool(current) and current[-1].low == ":"
            if bullet and (in_list or opens):
                in_list = True
                current.append(Token(token.start, token.start + 1, ";", ""))
                continue
            in_list = False
            if opens and len(token.low) == 1:
                continue
            wrapped = len(token.low) == 1 and current and following is not None and _runs_on(text, current, following)
            if not wrapped:
                close()
                paragraph += len(token.low) > 1 or bullet
            continue
        if in_list and token.low in _BULLETS and current and current[-1].low == ";":
            continue
        current.append(token)
        if token.low in "!?…" or (token.low == "." and _ends(text, tokens, k)):
            if in_list and following is not None and following.low[0] in "\n\t":
                current.pop()
            else:
                close()
    close()
    return sentences


def _runs_on(text: str, current: Sequence[Token], following: Token) -> bool:
    """Whether a sentence goes on after the end of a line, as the lines of a PDF do."""
    last = current[-1]
    if text[following.start].islower() or last.low == "," or last.plain in FUNCTION:
        return True
    line = last.end - max(text.rfind("\n", 0, last.end) + 1, 0)
    return line >= _LINE_LEAST and following.low[0].isdigit() and last.low not in ".:;!?"


_LINE_LEAST = 45
"""Characters of a line that can have been broken because it was full."""


def _ends(text: str, tokens: list[Token], k: int) -> bool:
    """Whether the full stop at `k` ends a sentence."""
    if k == 0 or k + 1 >= len(tokens):
        return True
    following = tokens[k + 1]
    if following.low[0] in "\n\t":
        return True
    if following.start == tokens[k].end and following.low not in "»”\"')":
        return False
    before = tokens[k - 1].plain
    if before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
        return False
    first = text[following.start]
    return first.isupper() or first.isdigit() or first in "«“\"'([¿¡-–—•"
