"""What a field is: what was read, from which words, what else it may be, why to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recuento.model.anchor import Anchor
from recuento.model.casting import Cast
from recuento.model.document import Document
from recuento.model.measure import Vocabulary
from recuento.model.statement import Statement
from recuento.workbench.speech import Speech

NEW = "new"
"""Stands in the place of a figure or an item where there is none yet."""
DROP = "drop"
"""What a form sends where a figure or an item shall be left out."""
OFFERED = 6
"""How many readings a field offers at most, so that arrows reach each of them soon."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What surrounds a statement: its document, the other statements there, and the names of the casefile."""

    document: Document
    text: str
    others: tuple[Statement, ...]
    cast: Cast
    vocabulary: Vocabulary
    speech: Speech
    places: tuple[str, ...]
    """The facilities of the events that the document speaks of."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One reading that may be chosen: what the form sends, and what it says."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `name` in the form, `number` on the keyboard, the offered readings with the one that stands.

    `quote` are the words it came from; `note` says where it came from when no words say it; `typed` is how else it
    can be given: "text", "actor" (a text, with the names of the cast at hand), or a list to choose from ("list"), and
    `typed_label` says so.
    """

    name: str
    number: int
    label: str
    chosen: str
    offers: tuple[Offer, ...]
    quote: str = ""
    note: str = ""
    checks: tuple[str, ...] = ()
    typed: str = ""
    typed_label: str = ""
    every: tuple[Offer, ...] = ()
    at: tuple[Anchor, ...] = ()
    typed_value: str = ""

    @property
    def words(self) -> str:
        """What stands, in words."""
        return next((offer.words for offer in self.offers if offer.value == self.chosen), "")


def different(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """The offers, each value once, in the order in which they come."""
    return tuple({offer.value: offer for offer in reversed(offers)}[value] for value in _values(offers))


def with_chosen(offers: Sequence[Offer], chosen: str) -> tuple[Offer, ...]:
    """At most six offers, the chosen one always among them."""
    found = different(offers)
    kept = found[:OFFERED]
    if any(offer.value == chosen for offer in kept):
        return kept
    return (*kept[:-1], *(offer for offer in found if offer.value == chosen))


def _values(offers: Sequence[Offer]) -> list[str]:
    return list(dict.fromkeys(offer.value for offer in offers))
