"""Quotations that stand alone in a headline, and come again in the text with whoever said them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from recuento.read.readings import Reading
from recuento.read.speakers.known_speakers import Resolved
from recuento.read.text.tokens import Tokens
from recuento.values.bilingual import Language

Found = tuple[Reading, Resolved, str, str | None, Language]
"""A reading with its speaker, its id, that of its parent, and its language."""
_FIRST, _SHORT = 3, 12
"""Statements that may be quotations of a headline, and characters too few to tell that words come again."""
_MARKS = "“”«»\"'.,!?¡¿ "


def join_headlines(tokens: Tokens, found: list[Found]) -> None:
    """Give a quotation alone at the head of a text to whoever the text lets say the same words again."""
    for number, (reading, resolved, id, parent, language) in enumerate(found[:_FIRST]):
        if reading.cue is not None or reading.source is not None or resolved.entity is not None:
            continue
        said = _said_again(tokens, reading, found[number + 1 :])
        if said is not None:
            found[number] = (reading, replace(said, inferred=True), id, parent, language)


def _said_again(tokens: Tokens, reading: Reading, later: list[Found]) -> Resolved | None:
    first, last = reading.content[0][0], reading.content[-1][1]
    words = tokens.slice(first, last).strip(_MARKS)
    again = tokens.text.find(words, tokens.end[last - 1]) if len(words) > _SHORT else -1
    if again < 0:
        return None
    token = bisect_right(tokens.start, again) - 1
    return next((speaker for other, speaker, _, parent, _ in later if parent is None and other.covers(token)), None)
