"""A text as words and marks with their offsets, never normalised, and the pairs of its quotation marks.

Everything else in the reader speaks of tokens by number; offsets are code points of the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from recuento.read.text.lexicon import Form

Span = tuple[int, int]
"""The first of some tokens, and the one after the last."""
_TOKEN = re.compile(
    r"https?://\S+|pic\.twitter\.com/\S+"
    r"|(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,]\d+)*(?=(?:km|kg)\b|-(?:place|bed|bunk|inmate|prisoner)\s)"
    r"|[@#]?[\w\u0300-\u036f]+(?:[.,'’\-‐‑\u00a0\u2009\u202f](?=\d{3})[\w\u0300-\u036f]+|[.,'’\-‐‑][\w\u0300-\u036f]+)*"
    r"|\.{2,}|…|--+|\S"
)
_APOSTROPHES = frozenset("‘'’")
_QUOTES = frozenset("“”«»„‹›‘’\"'")
_COMBINING = re.compile(r"[\u0300-\u036f]")
_CLOSERS = {"“": '”"', "«": "»", "„": "“”", "‹": "›", "‘": "’", '"': '"”', "'": "'", "”": "”"}
LONGEST_QUOTE = 600
"""Tokens. A mark left open further than this is no quotation."""
DEEPEST = 5
"""Quotations inside one another that are followed; marks opened before are given up."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a text in parallel lists. `depth` counts the quotations around a token.

    `partner` gives the other mark of a pair of quotation marks; `tag` one letter a token (see tagging.py); `form`
    the reporting verb a token may be.
    """

    text: str
    start: list[int]
    end: list[int]
    word: list[str]
    low: list[str]
    tag: list[str]
    form: list[Form | None]
    depth: list[int]
    partner: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.word)

    def slice(self, first: int, last: int) -> str:
        """The text of the tokens `first` to `last`, end exclusive."""
        return self.text[self.start[first] : self.end[last - 1]] if first < last else ""


def tokens_of(text: str) -> Tokens:
    """Cut a text into tokens, without tags yet."""
    if "'" not in text and "’" not in text and "‘" not in text:
        spans = [match.span() for match in _TOKEN.finditer(text)]
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        words = [text[start:end] for start, end in spans]
    else:
        starts, ends, words = _cut_with_apostrophes(text)
    if not text.isascii() and _COMBINING.search(text):
        lows = [unicodedata.normalize("NFC", word).lower() for word in words]
    else:
        lows = [word.lower() for word in words]
    count = len(words)
    return Tokens(text, starts, ends, words, lows, ["w"] * count, [None] * count, [0] * count)


def _cut_with_apostrophes(text: str) -> tuple[list[int], list[int], list[str]]:
    """Starts, ends and words, with the apostrophe of a plural ("the relatives' committee") joined to its word."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    opened = False
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = text[start:end]
        if word in _APOSTROPHES and words:
            if word == "‘" or text[start - 1].isspace():
                opened = True
            elif not opened and _is_possessive(text, start, ends[-1]):
                ends[-1], words[-1] = end, words[-1] + word
                continue
            else:
                opened = False
        starts.append(start)
        ends.append(end)
        words.append(word)
    return starts, ends, words


def _is_possessive(text: str, mark: int, end: int) -> bool:
    """Whether an apostrophe after a plural belongs to it: "the relatives' committee"."""
    return (
        end == mark
        and text[mark - 1] == "s"
        and text[mark + 1 : mark + 2] == " "
        and (text[mark + 2 : mark + 3].islower() or text[mark + 2 : mark + 4].istitle())
    )


def pair_quotes(tokens: Tokens, first: int, last: int) -> None:
    """Find the quotations of one paragraph: fill `partner`, and `depth` of the tokens between two marks.

    A mark that opens a paragraph and is never closed holds to its end, and a closing mark that nothing opened
    in the first sentence holds from its beginning; any other mark without a partner is passed over.
    """
    opened: list[tuple[int, str]] = []
    paired = False
    for i in range(first, last):
        word = tokens.word[i]
        if word not in _QUOTES:
            continue
        role = _role(tokens, i, first, last, opened)
        if role == "open":
            opened.append((i, _CLOSERS.get(word, word)))
            del opened[:-DEEPEST]
        elif role == "close" and not opened and not paired and 3 < i - first <= LONGEST_QUOTE:
            paired = True
            if not any(word in ".!?" for word in tokens.word[first : i - 1]):
                tokens.partner[i] = first
                _deepen(tokens, first, i + 1)
        elif role == "close":
            while opened:
                start, closers = opened.pop()
                if word in closers:
                    if i - start <= LONGEST_QUOTE:
                        _pair(tokens, start, i)
                        paired = True
                    break
    if opened and opened[0][0] == first and last - first <= LONGEST_QUOTE and first not in tokens.partner:
        tokens.partner[first] = last
        _deepen(tokens, first, last)


def _pair(tokens: Tokens, start: int, end: int) -> None:
    tokens.partner[start], tokens.partner[end] = end, start
    _deepen(tokens, start, end + 1)


def _deepen(tokens: Tokens, start: int, end: int) -> None:
    for k in range(start, end):
        tokens.depth[k] += 1


def _role(tokens: Tokens, i: int, first: int, last: int, opened: list[tuple[int, str]]) -> str:
    """Whether the mark at `i` opens, closes or is neither, told by its kind and by the spaces around it."""
    word, text = tokens.word[i], tokens.text
    expected = any(word in closers for _, closers in opened)
    if word in "«„‹" or (word == "“" and not expected):
        return "open"
    if word in "»›":
        return "close"
    glued_before = i > first and tokens.end[i - 1] == tokens.start[i] and tokens.word[i - 1] not in "([¿¡—–-«“‘"
    glued_after = i + 1 < last and tokens.start[i + 1] == tokens.end[i] and tokens.word[i + 1] not in ".,;:!?)]…»”’—–"
    if word in "'’‘":
        glued_after = glued_after and tokens.word[i + 1] != '"'  # A quotation that ends inside another: 'I took them,'"
        if glued_before and glued_after:
            return "none"
        if word == "‘":
            return "open"
        if expected and glued_before:
            return "close"
        return "open" if word == "'" and glued_after and not glued_before else "none"
    if word == '"' and not expected and not glued_after and i > first:
        return "close"
    if word == "”":
        return "close"
    if expected:
        opens_inside = glued_after and not glued_before and text[tokens.start[i] - 1 : tokens.start[i]] in ("(", "[")
        return "open" if opens_inside else "close"
    return "open"
