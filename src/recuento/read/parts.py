"""Numbers that are a part of the one before: "212 transferred, 17 of them women", «de ellos 41 con sentencia»."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.model.measure import Vocabulary
from recuento.read.counting import Counted, Counter, measure_for, signs_in
from recuento.read.lexicon import words_of
from recuento.read.numbers import NumberFound
from recuento.read.readings import Span
from recuento.read.tokens import Tokens

LONGEST = 10
"""Tokens that the words of a subset may be long."""
_LINKS = (
    ("of", "them"), ("of", "whom"), ("of", "those"), ("of", "these"), ("among", "them"), ("among", "whom"),
    ("de", "ellos"), ("de", "ellas"), ("de", "estos"), ("de", "estas"), ("de", "esos"), ("de", "esas"),
    ("entre", "ellos"), ("entre", "ellas"), ("de", "los", "cuales"), ("de", "las", "cuales"),
    ("entre", "los", "cuales"), ("entre", "las", "cuales"), ("of", "which"), ("de", "quienes"),
)  # fmt: skip
_LINK_HEADS = frozenset(link[0] for link in _LINKS)
_LINK_TAILS = frozenset(link[-1] for link in _LINKS)
_ONLY = frozenset(["only", "just", "solo", "sólo", "unos", "some"])
_NO_EVENT = frozenset(["held", "living", "waiting", "found"])
NARROWER = frozenset(["woman", "child"])
"""Kinds of people that are no measure of their own: "12 women were transferred" counts a part of those moved."""
_BEING = words_of("being")
_INCLUDING = words_of("including")


@dataclass(frozen=True, slots=True)
class Part:
    """What makes a number a part of another: the words of the subset, or those that only link it."""

    words: Span
    link: Span
    says_more: bool


def part_at(tokens: Tokens, number: Span, first: int, last: int, before_it: Part | None) -> Part | None:
    """The subset that a number between two tokens is, None where it is no part. `before_it`: the number before."""
    link = _link_after(tokens, number, last) or _link_before(tokens, number, first)
    if link is None and before_it is not None and tokens.low[number[0] - 1] in ("and", "y", "e", ","):
        link = (number[0] - 1, number[0])
    if link is None:
        return None
    start = max(number[1], link[1])
    words = _words_after(tokens, start, last)
    says_more = words[0] < words[1]
    return Part(words if says_more else link, link, says_more)


def measure_of_part(
    part: Part, tokens: Tokens, counter: Counter, parent: Counted, vocabulary: Vocabulary
) -> tuple[str | None, bool]:
    """The measure of a part, and whether its words narrow it: one of its own where the words tell one."""
    signs = signs_in(tokens, *part.words, counter.words) if part.says_more else []
    who = next((s.name for s in signs if s.kind == "who"), None)
    event = next((s.name for s in signs if s.kind == "event" and s.name not in _NO_EVENT), None)
    if event == "identified" and parent.event == "died":
        event = "died+identified"
    if event is not None and event != parent.event:
        own = measure_for(event, who or parent.who, vocabulary) or measure_for(event, "person", vocabulary)
        if own is not None:
            return own, who in NARROWER
    if who is not None and who != "person" and who not in NARROWER:
        own = measure_for(parent.event, who, vocabulary)
        if own is not None and own != parent.measure and parent.event is not None:
            return own, False
    return parent.measure, True


def _link_after(tokens: Tokens, number: Span, last: int) -> Span | None:
    if number[1] >= last or tokens.low[number[1]] not in _LINK_HEADS:
        return None
    for link in _LINKS:
        end = number[1] + len(link)
        if end <= last and tuple(tokens.low[number[1] : end]) == link:
            return number[1], end
    return None


def _link_before(tokens: Tokens, number: Span, first: int) -> Span | None:
    end = number[0]
    while end > first and tokens.low[end - 1] in _ONLY:
        end -= 1
    for link in _LINKS if end > first and tokens.low[end - 1] in _LINK_TAILS else ():
        start = end - len(link)
        if start >= first and tuple(tokens.low[start:end]) == link:
            return start, end
    return (end - 1, end) if end > first and tokens.low[end - 1] in _INCLUDING else None


def _words_after(tokens: Tokens, start: int, last: int) -> Span:
    """The words that say which part it is, without a verb of being before them."""
    if start < last and tokens.tag[start] == ",":
        start += 1
    end = start
    while end < last and end - start < LONGEST and tokens.tag[end] not in (".", ";", ":", ",", "<", ">", "-", ")"):
        if tokens.tag[end] == "C" and end + 1 < last and (tokens.tag[end + 1] == "#" or end > start):
            break
        end += 1
    while start < end and (tokens.low[start] in _BEING or tokens.low[start] in ("of", "de", "them", "ellos", "ellas")):
        start += 1
    while end > start and tokens.tag[end - 1] in "DPCS":
        end -= 1
    return start, end


def parent_of(number: NumberFound, earlier: list[tuple[NumberFound, Counted]], tokens: Tokens) -> Counted | None:
    """What the number before counts, if it counts people in the same or the preceding sentence."""
    nearest: Counted | None = None
    for before, counted in reversed(earlier):
        between = tokens.tag[before.span[1] : number.span[0]]
        if between.count(".") > 1 or number.span[0] - before.span[1] > 60:
            return nearest
        if counted.measure is not None and before.unit is None:
            return counted
        nearest = nearest or counted
    return nearest
