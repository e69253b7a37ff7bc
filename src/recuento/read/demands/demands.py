"""What a demand asks for: its items, the measure each concerns, and who is asked."""

from __future__ import annotations

from recuento.model.anchor import Anchor
from recuento.model.statement import Ask
from recuento.read.demands.commands import asked_in_quotation
from recuento.read.demands.demand_items import before_purpose, items_of, trimmed
from recuento.read.figures.counting import Counter
from recuento.read.text.lexicon import Lexicon
from recuento.read.text.people_words import people_words
from recuento.read.text.tokens import Span, Tokens


def asks_of(
    tokens: Tokens, content: list[Span], addressee: str | None, counter: Counter, lexicon: Lexicon
) -> list[Ask]:
    """The items of a demand. A list of things asked gives one item each; otherwise the whole content is the item."""
    asks: list[Ask] = []
    lines = [line for first, last in content for line in _lines(tokens, first, last)]
    for first, last in lines or asked_in_quotation(tokens, content, lexicon) or content:
        first += tokens.low[first : first + 2] in (["en", "que"], ["de", "que"])
        last = before_purpose(tokens, first, last)
        for start, end in [(first, last)] if lines else items_of(tokens, first, last, counter, lexicon):
            start, end = trimmed(tokens, start, end)
            subject = _subject_to_act(tokens, first, start, end, lexicon) if start < end else None
            if subject is not None:
                addressee, start = addressee or tokens.slice(*subject), subject[1]
            if start < end:
                anchor = Anchor.of(tokens.text, tokens.start[start], tokens.end[end - 1])
                asks.append(Ask(anchor, addressee, counter.phrase(start, end)))
    return asks


def _lines(tokens: Tokens, first: int, last: int) -> list[Span]:
    """The lines of a list, without the marks before them and the stops after them: "1. That ...", "- free them;"."""
    starts = [k for k in range(first + 1, last) if "\n" in tokens.text[tokens.end[k - 1] : tokens.start[k]]]
    if not starts or not all(
        tokens.tag[k] in "-#*" or tokens.word[k] in "•*" or len(tokens.word[k]) == 1 for k in starts
    ):
        return []
    if starts[0] - first > 2:
        starts.insert(0, first)
    found: list[Span] = []
    for start, end in zip(starts, [*starts[1:], last], strict=True):
        start += start in starts and tokens.tag[start] in "-*"
        start += 2 * (tokens.tag[start] == "#" and tokens.word[start + 1 : start + 2] in (["."], [")"]))
        while end > start and tokens.tag[end - 1] in ".;,C":
            end -= 1
        if start < end:
            found.append((start, end))
    return found


def _subject_to_act(tokens: Tokens, first: int, start: int, end: int, lexicon: Lexicon) -> Span | None:
    """Who must act, where the clause says so before its verb: "that | the ministry | publish the list"."""
    if tokens.low[first] not in ("that", "que") or start - first > 1 or tokens.tag[start] != "D":
        return None
    act = next((k for k in range(start + 2, end) if tokens.low[k] in lexicon.commands), None)
    acting = act is not None and all(tokens.tag[k] in "wXPDp#<" for k in range(start + 1, act))
    spanish = lexicon.language == "es"
    if act is not None and acting and (spanish or act == end - 1) and _can_act(tokens, start + 1, act, lexicon):
        return start + 1, act
    if spanish:
        return None
    k = start + 1
    while k < end and tokens.tag[k] in "wXqQ":
        k += 1
    if k < end and k - start > 2 and tokens.tag[k] in "DRSPpO<#A":
        return start + 1, k - 1
    return (start + 1, k) if k < end and k - start > 1 and tokens.low[k] == "not" else None


def _can_act(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a noun phrase names people or a body: "the ministry", and not "the kitchen"."""
    words, lists = people_words(lexicon.language), lexicon.lists
    return any(
        tokens.tag[k] == "X"
        or words.person(low) is not None
        or words.people_of(low) is not None
        or low in words.bodies
        or low in lists["organisation"]
        or low in lists["unnamed"]
        for k in range(first, last)
        for low in (tokens.low[k],)
    )
