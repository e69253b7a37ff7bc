"""How near an extracted text is to the gold: precision and recall of runs of four words, as Scrapinghub's benchmark has it.

Blocks that count neither way (title, standfirst, captions, quoted posts) are taken out of what was extracted first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from news_pages.page import Page

_WORD = re.compile(r"\w+")
_RUN = 4


@dataclass(frozen=True)
class Score:
    """Precision and recall of a text, or their means over many."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(page: Page, extracted: str) -> Score:
    """The score of what was extracted from one page."""
    gold, found = " ".join(page.text), _without(_words(extracted), page)
    wanted, given = _runs(_words(gold)), _runs(found)
    both = (wanted & given).total()
    return Score(
        both / given.total() if given else float(not wanted), both / wanted.total() if wanted else float(not given)
    )


def mean(scores: Sequence[Score]) -> Score:
    """The mean over pages, each counting the same."""
    count = len(scores)
    return Score(sum(one.precision for one in scores) / count, sum(one.recall for one in scores) / count)


def is_same(found: str | None, true: str | None) -> bool:
    """Whether a title, a name or an outlet is exactly what is true, but for case, accents and spaces."""
    return _plain(found) == _plain(true)


def _plain(words: str | None) -> str:
    return " ".join(_words(words or ""))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def _without(found: list[str], page: Page) -> list[str]:
    text = f" {' '.join(found)} "
    gold = f" {' '.join(_words(' '.join(page.text)))} "
    for block in sorted(page.free, key=len, reverse=True):
        run = f" {' '.join(_words(block))} "
        while run.strip() and text.count(run) > gold.count(run):
            # The last one first: what the page repeats mostly stands behind what it repeats.
            at = text.rindex(run)
            text = f"{text[:at]} {text[at + len(run) :]}"
    return text.split()


def _runs(words: Iterable[str]) -> Counter[tuple[str, ...]]:
    listed = list(words)
    if len(listed) < _RUN:
        return Counter([tuple(listed)] if listed else [])
    return Counter(tuple(listed[at : at + _RUN]) for at in range(len(listed) - _RUN + 1))
