"""Words that somebody says are asked for: where the thing asked begins, and the measure it concerns."""

from __future__ import annotations

from recuento.model.anchor import Anchor
from recuento.model.measure import Vocabulary
from recuento.read.demands.demand_items import trimmed
from recuento.read.figures.counting import Counter
from recuento.read.text.tokens import tokens_of
from recuento.values.bilingual import Language


def read_item(words: Anchor) -> Anchor:
    """The words without what joins them to their verb: "que | publiquen la lista", "to | publish the list"."""
    tokens = tokens_of(words.quote)
    first, last = trimmed(tokens, 0, len(tokens.low))
    if first >= last:
        return words
    start, end = tokens.start[first], tokens.end[last - 1]
    return Anchor(words.start + start, words.start + end, words.quote[start:end])


def read_measure(words: str, *, language: Language, vocabulary: Vocabulary) -> str | None:
    """The measure that these words concern, as they are read in a demand; None where they name none."""
    tokens = tokens_of(words)
    return Counter(tokens, language, vocabulary).phrase(0, len(tokens.low))
