"""The names of bodies as a text writes them: where they begin, with the article that belongs to them."""

from __future__ import annotations

from recuento.read.speakers.person_runs import name_runs
from recuento.read.text.lexicon import Lexicon
from recuento.read.text.tokens import Span, Tokens


def named_organisations(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> list[Span]:
    """Names of organisations in full: with an acronym behind them, or a word such as "Observatory" inside."""
    found: list[Span] = []
    for start, end in name_runs(tokens, first, last):
        start = _start_of_organisation(tokens, start, end, lexicon)
        if end - start < 2 or end - start > 10:
            continue
        acronym = (
            end + 2 < last and tokens.tag[end] == "(" and tokens.tag[end + 2] == ")" and tokens.word[end + 1].isupper()
        )
        if acronym:
            found.append((start, end + 3))
        elif any(lexicon.has("organisation", tokens.low[k]) for k in range(start, end)):
            found.append((start, end))
    return found


def is_name_article(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether an article belongs to a name: "Una Ventana a la Libertad", and "A Window" inside a sentence."""
    word = tokens.word[first]
    inside = first > 0 and tokens.word[first - 1][-1].isalpha() and tokens.start[first] - tokens.end[first - 1] == 1
    if word in ("El", "La", "Los", "Las", "The") and not inside and tokens.tag[first + 1] == "X":
        return _is_title(tokens, first, last, lexicon) or _is_named_inside(tokens.text, tokens.slice(first, last))
    return (word in ("Una", "Un") and tokens.tag[first + 1] == "X") or (
        word in ("A", "El", "La", "Los", "Las") and inside and word != "El"
    )


def _is_title(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether «El» opens a name such as «El Siglo»: before capitals that are no acronym, role or known kind of body."""
    if tokens.low[first] == "the":
        return False
    lists = lexicon.lists
    known = (lists["organisation"], lists["role"], lists["unnamed"], lists["title"])
    names = [k for k in range(first + 1, min(last, first + 4)) if tokens.tag[k] == "X"]
    return not tokens.word[first + 1].isupper() and not any(tokens.low[k] in words for k in names for words in known)


def _start_of_organisation(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> int:
    """Without what only introduces the name: "Comunicado del | Observatorio"."""
    for k in range(start + 2, end):
        if lexicon.has("organisation", tokens.low[k]) and tokens.low[k - 1] in ("de", "del", "of"):
            return start if any(lexicon.has("organisation", tokens.low[m]) for m in range(start, k)) else k
    return start


def _is_named_inside(text: str, name: str) -> bool:
    """Whether the name stands elsewhere with its capital article inside a sentence: "el diario El Siglo"."""
    place = text.find(f" {name}")
    for _ in range(5):
        if place < 0:
            return False
        if place > 0 and text[place - 1].islower():
            return True
        place = text.find(f" {name}", place + 1)
    return False
