"""Numbers that are a part of another: "212 transferred, 17 of them women", "six of the 22 bodies", «de ellos 41»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recuento.model.measure import Vocabulary
from recuento.read.figures.counting import Counted, Counter
from recuento.read.figures.measure_terms import measure_for
from recuento.read.numbers.numbers import NumberFound
from recuento.read.text.count_words import signs_in
from recuento.read.text.lexicon import words_of
from recuento.read.text.tokens import Span, Tokens
from recuento.values.quantity import Comparison

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
_RELATIVES = frozenset(["que", "who", "that", "which", "quienes"])
_OPENS_SUM = frozenset(":(-")
_NO_SUM = frozenset(".;")
REACH = 16
"""Tokens in which the whole that opens a sentence must end."""
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
    """The subset that a number between two tokens is, None where it is no part. `before_it`: the part before."""
    link = _link_after(tokens, number, last) or _link_before(tokens, number, first)
    if link is None and before_it is not None and tokens.low[number[0] - 1] in ("and", "y", "e", ","):
        link = (number[0] - 1, number[0])
    return None if link is None else part_from(tokens, link, max(number[1], link[1]), last)


def part_from(tokens: Tokens, link: Span, start: int, last: int) -> Part:
    """The part whose words begin at `start`, linked to its whole by the words `link`."""
    words = _words_after(tokens, start, last)
    says_more = words[0] < words[1]
    return Part(words if says_more else link, link, says_more)


def is_of_the(tokens: Tokens, number: Span, other: Span) -> bool:
    """Whether nothing but "of the" stands between two numbers: "six of the 22", "four of the province's six"."""
    low, tag, k = tokens.low, tokens.tag, number[1]
    k += k + 1 < other[0] and low[k] == "out"
    if not k < other[0] <= k + 5 or low[k] not in ("of", "de", "del"):
        return False
    return all(tag[m] in "Dp" or low[m].endswith(("'s", "’s", "s'", "s’")) for m in range(k + 1, other[0]))


def fronted_end(tokens: Tokens, number: Span, first: int, last: int) -> int | None:
    """«De los 418 internos del penal, 37 ...»: the token after the comma, where a sentence opens with its whole."""
    low, tag, k = tokens.low, tokens.tag, number[0] - 1
    while k > first and tag[k] in "Dp":
        k -= 1
    if k < first or low[k] not in ("of", "de"):
        return None
    opens = (
        k == first
        or tag[k - 1] in ".;:<(-C"
        or low[k - 1] in ("que", "that")
        or (tag[k - 1] == "," and tag[k + 1] in "Dp")
    )
    if not opens:
        return None
    for m in range(number[1], min(last - 1, number[1] + REACH)):
        if tag[m] == ",":
            return m + 1
        if tag[m] in ".;:)":
            return None
    return None


def end_of_phrase(tokens: Tokens, start: int, last: int) -> int:
    """Where the noun phrase of a number ends: at its verb, unless a relative clause brings it, or at a mark."""
    tag, low, k = tokens.tag, tokens.low, start
    while k < last and k - start < LONGEST and tag[k] not in ".,;:()<>-C":
        if tag[k] in "VQ" and not any(tag[m] == "R" or low[m] in _RELATIVES for m in range(max(start, k - 2), k)):
            break
        k += 1
    return k


def end_of_sum(numbers: Sequence[NumberFound], place: int, tokens: Tokens) -> int:
    """The place after the numbers that follow one and add up to it: "15: 12 men and 3 women"; `place` where none do."""
    whole, total = numbers[place], Decimal(0)
    if whole.quantity.comparison is not Comparison.EQ or whole.unit is not None:
        return place
    for k in range(place + 1, min(len(numbers), place + 7)):
        quantity = numbers[k].quantity
        between = tokens.tag[numbers[k - 1].span[1] : numbers[k].span[0]]
        if quantity.comparison is not Comparison.EQ or numbers[k].unit is not None or not _NO_SUM.isdisjoint(between):
            return place
        if k == place + 1 and not (_OPENS_SUM & set(between) or (whole.quantity.stated[0] >= 100 and "," in between)):
            return place
        total += Decimal(quantity.stated[0])
        if total >= whole.quantity.stated[0]:
            return k + 1 if total == whole.quantity.stated[0] and k > place + 1 else place
    return place


def happened_before(tokens: Tokens, number: Span, first: int, counter: Counter) -> str | None:
    """What the words right before a number say happened: "freeing 22 of 23 hostages"."""
    signs = signs_in(tokens, max(first, number[0] - 4), number[0], counter.words)
    return next((s.name for s in reversed(signs) if s.kind == "event" and s.name not in _NO_EVENT), None)


def measure_of_part(
    part: Part, tokens: Tokens, counter: Counter, parent: Counted, vocabulary: Vocabulary
) -> tuple[str | None, bool]:
    """The measure of a part, and whether its words narrow it: one of its own where the words tell one."""
    signs = signs_in(tokens, *part.words, counter.words) if part.says_more else []
    who = next((s.name for s in signs if s.kind == "who"), None)
    event = next((s.name for s in signs if s.kind == "event" and s.name not in _NO_EVENT), None)
    own = own_measure(event, Counted(None, None, who or parent.who, parent.event), vocabulary)
    if own is not None:
        return own, who in NARROWER
    if who is not None and who != "person" and who not in NARROWER:
        own = measure_for(parent.event, who, vocabulary)
        if own is not None and own != parent.measure and parent.event is not None:
            return own, False
    doing = part.says_more and tokens.tag[part.words[0]] in "VQ"
    return (None if parent.measure == "population" and doing else parent.measure), True


def own_measure(event: str | None, whole: Counted, vocabulary: Vocabulary) -> str | None:
    """The measure of what happened to a part of those whom the whole counts, where it is another event."""
    if event is None or event == whole.event:
        return None
    if event == "identified" and whole.event == "died":
        event = "died+identified"
    return measure_for(event, whole.who, vocabulary) or measure_for(event, "person", vocabulary)


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
