"""What a demand asks for: its items, the measure each concerns, and who is asked."""

from __future__ import annotations

from recuento.model.anchor import Anchor
from recuento.model.statement import Ask
from recuento.read.counting import Counter
from recuento.read.lexicon import Lexicon
from recuento.read.readings import Span
from recuento.read.tokens import Tokens

_ALSO = (
    ("as", "well", "as"),
    ("así", "como"),
    ("al", "igual", "que"),
    ("along", "with"),
    ("junto", "con"),
    ("in", "addition", "to"),
    ("además", "de"),
)
_PURPOSE = (
    ("in", "order", "to"),
    ("so", "that"),
    ("para", "que"),
    ("con", "el", "fin"),
    ("a", "fin", "de"),
    ("to", "guarantee"),
)


def asks_of(
    tokens: Tokens, content: list[Span], addressee: str | None, counter: Counter, lexicon: Lexicon
) -> list[Ask]:
    """The items of a demand. A list of things asked gives one item each; otherwise the whole content is the item."""
    asks: list[Ask] = []
    for first, last in content:
        last = _before_purpose(tokens, first, last)
        for start, end in _items(tokens, first, last, counter):
            start, end = _trimmed(tokens, start, end)
            if start < end:
                anchor = Anchor.of(tokens.text, tokens.start[start], tokens.end[end - 1])
                asks.append(Ask(anchor, addressee, counter.phrase(start, end)))
    return asks


def _before_purpose(tokens: Tokens, first: int, last: int) -> int:
    """The item ends where its purpose begins: "in order to give peace of mind"."""
    for k in range(first + 2, last):
        for words in _PURPOSE:
            if tokens.low[k] == words[0] and tuple(tokens.low[k : k + len(words)]) == words:
                return k
    return last


def _items(tokens: Tokens, first: int, last: int, counter: Counter) -> list[Span]:
    """Cut a list of things asked where each part concerns something of its own."""
    cuts = [first]
    for k in range(first + 1, last):
        length = _joins(tokens, k, last)
        if not length:
            continue
        left, right = (cuts[-1], k), (k + length, _next_join(tokens, k + length, last))
        if (
            counter.phrase(*left) is not None
            and counter.phrase(*right) is not None
            and counter.phrase(*left) != counter.phrase(*right)
        ):
            cuts.append(k + length)
    return [(start, end) for start, end in zip(cuts, [*cuts[1:], last], strict=True)]


def _joins(tokens: Tokens, k: int, last: int) -> int:
    """How many tokens of a word that joins items stand at `k`: "and", "as well as", a comma."""
    for words in _ALSO:
        if tuple(tokens.low[k : k + len(words)]) == words:
            return len(words)
    if tokens.low[k] in ("and", "y", "e", "or", "o") or tokens.tag[k] in ",;":
        return 1
    return 0


def _next_join(tokens: Tokens, k: int, last: int) -> int:
    for m in range(k + 1, last):
        if _joins(tokens, m, last):
            return m
    return last


def _trimmed(tokens: Tokens, start: int, end: int) -> Span:
    while start < end and (
        tokens.tag[start] in ",-C;:SA" or tokens.low[start] in ("to", "that", "que", "a", "as", "well", "así", "como")
    ):
        start += 1
    while end > start and (tokens.tag[end - 1] in ",-;:C.SA" or tokens.low[end - 1] in ("as", "well", "así", "como")):
        end -= 1
    return start, end
