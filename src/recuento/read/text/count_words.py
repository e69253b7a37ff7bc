"""The words that say who is counted and what happened, and where they stand in a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from recuento.read.text.tokens import Span, Tokens
from recuento.values.bilingual import Language


@dataclass(frozen=True, slots=True)
class CountWords:
    """The words of one language for who is counted and what happened; phrases by their first word."""

    who: dict[str, str]
    event: dict[str, str]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    exists: frozenset[str]
    before_exists: frozenset[str]
    all: frozenset[str]


@cache
def count_words(language: Language) -> CountWords:
    """The words of `languages/LANGUAGE/counted.txt`."""
    text = files("recuento.read").joinpath("languages", language, "counted.txt").read_text(encoding="utf-8")
    single: dict[str, dict[str, str]] = {"who": {}, "event": {}}
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    lists: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, rest = line.partition(":")
        kind, _, name = head.partition(" ")
        if not name:
            lists[kind] = frozenset(rest.split())
            continue
        for entry in rest.split():
            words = tuple(entry.split("_"))
            if len(words) > 1:
                phrases.setdefault(words[0], []).append((words, kind, name))
            else:
                single[kind].setdefault(entry, name)
    return CountWords(
        single["who"], single["event"],
        {first: tuple(sorted(several, key=lambda p: -len(p[0]))) for first, several in phrases.items()},
        lists["exists"], lists["before_exists"], frozenset((*single["who"], *single["event"])),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sign:
    """One word or phrase that says who is counted or what happened, at its tokens."""

    span: Span
    kind: str
    name: str


def signs_in(tokens: Tokens, first: int, last: int, words: CountWords) -> list[Sign]:
    """Every word between two tokens that says who is counted or what happened, in order."""
    found: list[Sign] = []
    k = first
    while k < last:
        low = tokens.low[k]
        length = 1
        for phrase, kind, name in words.phrases.get(low, ()):
            if k + len(phrase) <= last and tuple(tokens.low[k : k + len(phrase)]) == phrase:
                found.append(Sign((k, k + len(phrase)), kind, name))
                length = len(phrase)
                break
        else:
            if low in words.who:
                found.append(Sign((k, k + 1), "who", words.who[low]))
            if low in words.event:
                found.append(Sign((k, k + 1), "event", words.event[low]))
        k += length
    return found
