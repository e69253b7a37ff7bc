"""The nouns of the rules: tokens, sentences, the numbers mentioned in them, and what those count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from recuento.check.words import CLASSES, FUNCTION
from recuento.model.anchor import Anchor
from recuento.values.bilingual import Language
from recuento.values.quantity import Number, Quantity


class Kind(StrEnum):
    """What a number is."""

    COUNT = "count"
    DECIMAL = "decimal"
    """A number with decimals and no unit: an average, a rate."""
    PERCENT = "percent"
    YEAR = "year"
    DURATION = "duration"
    PER = "per"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark at its place; `low` in lower case, `plain` also without accents."""

    start: int
    end: int
    low: str
    plain: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A number: its characters, its tokens (end exclusive), the quantity, and how many decimals it was written with.

    `shown` is the number as written and `number` its characters alone, without the words around it.
    """

    anchor: Anchor
    number: Anchor
    first: int
    last: int
    kind: Kind
    quantity: Quantity
    shown: Number
    decimals: int = 0
    unit: str = ""
    weak: bool = False
    """Whether it is "one", which counts only in a list."""

    @property
    def first_character(self) -> int:
        """Where it begins in the text."""
        return self.number.start

    @property
    def step(self) -> Fraction:
        """What the last digit shown is worth."""
        return Fraction(10) ** -self.decimals

    @property
    def low(self) -> Number | None:
        """The least it can be."""
        return self.quantity.low

    @property
    def high(self) -> Number | None:
        """The most it can be."""
        return self.quantity.high


@dataclass(slots=True)
class Sentence:
    """A sentence of the text, with its tokens and mentions; `number` is its place in the text."""

    number: int
    paragraph: int
    tokens: list[Token]
    mentions: list[Mention] = field(default_factory=list)

    def gap(self, first: int, last: int) -> str:
        """The folded tokens between two places, between spaces, so that whole words can be looked for."""
        return " " + " ".join(token.plain or token.low for token in self.tokens[max(first, 0) : max(last, 0)]) + " "

    def counts(self) -> list[Mention]:
        """The counts that are not a bare "one"."""
        return [mention for mention in self.mentions if mention.kind is Kind.COUNT and not mention.weak]

    def after(self, mention: Mention, reach: int = 8) -> str:
        """What follows a mention, up to the next one."""
        later = [other.first for other in self.mentions if other.first >= mention.last]
        return self.gap(mention.last, min([*later, mention.last + reach, len(self.tokens)]))

    def before(self, mention: Mention, reach: int = 8) -> str:
        """What stands before a mention, back to the one before."""
        earlier = [other.last for other in self.mentions if other.last <= mention.first]
        return self.gap(max([*earlier, mention.first - reach, 0]), mention.first)


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its sentences and the language its numbers are read in."""

    text: str
    sentences: Sequence[Sentence]
    language: Language

    def around(self, sentence: Sentence, *, back: int, ahead: int) -> list[tuple[Sentence, Mention]]:
        """The counts of a sentence and of those around it in its paragraph, each with its sentence."""
        near = self.sentences[max(0, sentence.number - back) : sentence.number + ahead + 1]
        return [(s, count) for s in near if s.paragraph == sentence.paragraph for count in s.counts()]

    def place(self, mentions: Sequence[Mention]) -> Anchor:
        """The words from the first mention to the last."""
        start = min(mention.anchor.start for mention in mentions)
        return Anchor.of(self.text, start, max(mention.anchor.end for mention in mentions))


def has(gap: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the words of a gap."""
    return any(f" {phrase} " in gap for phrase in phrases)


def class_of(sentence: Sentence, mention: Mention) -> str | None:
    """The class of what a mention counts: the first known noun after it, else the nearest one before it."""
    after = _cut_at_marks(sentence.after(mention, 5))
    for word in after:
        for name, nouns in CLASSES.items():
            if word in nouns:
                return name
    if own_noun(sentence, mention) is not None:
        return None
    before = _cut_at_marks(sentence.before(mention, 7), backwards=True)
    for word in reversed(before):
        for name, nouns in CLASSES.items():
            if word in nouns:
                return name
    return None


def item_classes(sentence: Sentence, mention: Mention) -> frozenset[str]:
    """The classes of the words right after a mention, up to a preposition, a verb or a mark."""
    found: set[str] = set()
    for word in _cut_at_marks(sentence.after(mention, 4)):
        if word in FUNCTION:
            break
        found |= {name for name, nouns in CLASSES.items() if word in nouns}
    return frozenset(found)


def own_noun(sentence: Sentence, mention: Mention) -> str | None:
    """The word that a mention counts, right after it, or None where a preposition, a verb or a mark follows."""
    after = sentence.after(mention, 3).split()
    word = after[0] if after else ""
    return word if word and word[0].isalpha() and word not in FUNCTION else None


def _cut_at_marks(gap: str, *, backwards: bool = False) -> list[str]:
    words = gap.split()
    if backwards:
        for k in range(len(words) - 1, -1, -1):
            if words[k] in (";", ".", "(", ")"):
                return words[k + 1 :]
        return words
    for k, word in enumerate(words):
        if word in (",", ";", ".", ":", "(", ")"):
            return words[:k]
    return words
