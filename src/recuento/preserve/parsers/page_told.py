"""What a page tells of itself where trafilatura misses it: headline and outlet out of its title, who signs, its date.

All of it is as the page has it, to be shown as extracted and never as fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from recuento.values.wording import LONG_MONTHS

_PARTING = re.compile(r"\s+[|–—»·•-]\s+|:\s+")
_SIGNS = re.compile(
    r"^(?:publicad[oa] por|escrit[oa] por|texto(?: y fotos)?:|redactad[oa] por|autora?:|por:?|by:?)\s+", re.I
)
_DESKS = re.compile(
    r"^(?:(?:la )?redacci[oó]n(?: .{0,40})?|staff|admin(?:istrador)?|editor(?:es)?|agencias?|equipo(?: .{0,40})?"
    r"|webmaster)$",
    re.I,
)
_NAME = re.compile(r"(?:[A-ZÁÉÍÓÚÑÜ][\w.'’-]+)(?:\s+(?:de|del|la|los|las|y|[A-ZÁÉÍÓÚÑÜ][\w.'’-]*)){1,5}")
_MONTHS = LONG_MONTHS["es"]
_IN_WORDS = re.compile(
    rf"\b(\d{{1,2}})(?:º|\.º)?\s+(?:de\s+)?({'|'.join(_MONTHS)}|setiembre)\s+(?:de\s+|del\s+)?(\d{{4}})\b", re.I
)
_IN_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/])")
_LINE_CHARACTERS_MAX = 90
_OTHER_WORDS_MAX = 8
_LINES_SEEN_MAX = 60
_LINES_LOOKED_AT_MAX = 4000


def headline_and_outlet(
    tree: Any, title: str | None, outlet: str | None, is_declared: bool
) -> tuple[str | None, str | None]:
    """Title and outlet, where the <title> names both and the page shows one of them as a line of its own.

    `is_declared` says that the page declares its headline apart (og:title): then only the outlet is looked for.
    """
    whole = " ".join((tree.findtext(".//title") or "").split())
    pieces = [piece for piece in _splits(whole) if piece[0] and piece[1]]
    shown = set(islice(_lines(tree), _LINES_LOOKED_AT_MAX))
    if is_declared:
        for left, right in pieces:
            if title in (left, right) and outlet is None:
                other = right if title == left else left
                return title, other if _is_outlet(other) else None
        return title, outlet
    for left, right in pieces:
        for headline, other in ((left, right), (right, left)):
            if headline in shown and _is_outlet(other) and len(headline.split()) > len(other.split()):
                return headline, outlet or other
    return title, outlet


def signed(tree: Any, author: str | None) -> str | None:
    """The author without "Por"; none where only a desk signs; out of a line of its own where none was found."""
    if author is not None:
        names = [_SIGNS.sub("", name.strip()) for name in author.split(";")]
        kept = [name for name in names if name and not _DESKS.match(name)]
        return "; ".join(kept) or None
    for line in islice(_lines(tree), _LINES_SEEN_MAX):
        sign = _SIGNS.match(line)
        if sign and _NAME.fullmatch(line[sign.end() :].strip(" .,|-")):
            return line[sign.end() :].strip(" .,|-")
    return None


def dated(tree: Any, headline: str | None) -> str | None:
    """The ISO date in a line of its own near the headline, day before month; None where there is none.

    Lines right behind the headline come first, then the three before it; at last a line anywhere that is nothing but a
    date, where there is one such date alone.
    """
    lines = list(islice(_lines(tree), _LINES_LOOKED_AT_MAX))
    # Of several lines that are the headline the last is the one over the text; the first may be in <title> or a menu.
    at = max((number for number, line in enumerate(lines) if headline and line == headline), default=-1)
    near = lines[at + 1 : at + 9] + (lines[max(0, at - 3) : at] if at > 0 else [])
    found = next((found for line in near if (found := _date_in(line, _OTHER_WORDS_MAX))), None)
    alone = {found for line in lines if (found := _date_in(line, 0))}
    return found or (alone.pop() if len(alone) == 1 else None)


def _date_in(line: str, other_words_max: int) -> str | None:
    """The date in a line that has no more than so many other words: a sentence that names one is not dated by it."""
    for pattern, is_words in ((_IN_WORDS, True), (_IN_FIGURES, False)):
        if match := pattern.search(line):
            month = match[2].lower() if is_words else match[3]
            number = _month(month) if is_words else int(month)
            rest = line[: match.start()] + line[match.end() :]
            if len(rest.split()) > other_words_max:
                continue
            try:
                return date(int(match[3] if is_words else match[4]), number, int(match[1])).isoformat()
            except ValueError:
                continue
    return None


def _month(word: str) -> int:
    return 9 if word == "setiembre" else _MONTHS.index(word) + 1


def _splits(title: str) -> Iterator[tuple[str, str]]:
    for match in islice(_PARTING.finditer(title), 8):
        yield title[: match.start()].strip(), title[match.end() :].strip()


def _is_outlet(words: str) -> bool:
    return 1 <= len(words.split()) <= 6


def _lines(tree: Any) -> Iterator[str]:
    """The short pieces of text of the page in order, each as it stands in its element."""
    for piece in tree.itertext():
        line = " ".join(piece.split())
        if line and (len(line) <= _LINE_CHARACTERS_MAX or line.count(" ") < 30):
            yield line[:300]
