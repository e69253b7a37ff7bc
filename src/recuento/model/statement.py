"""Statements: spans of a document in which a speaker says something, with figures and demands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Quantity


class Mode(StrEnum):
    """What the speaker does by saying it."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DEMANDS = "demands"
    PROMISES = "promises"
    ASKS = "asks"


DEMANDING = frozenset([Mode.DEMANDS, Mode.ASKS])
"""The modes in which what a statement asks for is a demand."""


class Certainty(StrEnum):
    """How sure the speaker is, in the speaker's own words. Our own assessment is a separate thing."""

    ASSERTED = "asserted"
    UNOFFICIAL = "unofficial"
    RUMOURED = "rumoured"
    ALLEGED = "alleged"
    EXPECTED = "expected"


class Form(StrEnum):
    """How the words reach us."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    POST = "post"


class SpeakerKind(StrEnum):
    """What kind of speaker the words belong to."""

    PERSON = "person"
    ORGANISATION = "organisation"
    UNNAMED = "unnamed"
    """A class of sources: relatives, sources close to the operation."""
    RUMOUR = "rumour"
    """Nobody: "it is rumoured"."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as resolved inside the document. `inferred` is true where it was concluded, not read."""

    name: str
    kind: SpeakerKind
    role: str | None = None
    organisation: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity read in a text: its words, what is counted, and what could be told of subset, place and time."""

    anchor: Anchor
    quantity: Quantity
    measure: str | None
    """Id of the measure, None where the counted thing is not in the vocabulary."""
    counted: Anchor | None = None
    subset: str | None = None
    facility: str | None = None
    as_of: PartialDate | None = None
    certainty: Certainty = Certainty.ASSERTED
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """One item that a statement asks an addressee to disclose or do."""

    item: Anchor
    addressee: str | None
    """The addressee's name as resolved inside the document, None where it is not said."""
    measure: str | None = None
    """Id of the measure the item concerns, where it concerns one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A span in which a speaker says something.

    `source`, `cue` and `content` are anchors into the frozen text layer. `parent` is the id of the statement
    it is nested in (the observatory says that relatives say that ...). `rule` names the rule that read it and
    `confidence` is that rule's measured precision, 0 to 1.
    """

    id: str
    speaker: Speaker
    content: tuple[Anchor, ...]
    source: Anchor | None = None
    cue: Anchor | None = None
    parent: str | None = None
    mode: Mode = Mode.ASSERTS
    form: Form = Form.INDIRECT
    certainty: Certainty = Certainty.ASSERTED
    figures: tuple[Figure, ...] = ()
    asks: tuple[Ask, ...] = ()
    language: str = "es"
    rule: str = ""
    confidence: float = 1.0
    reader: str = "recuento"

    def __post_init__(self) -> None:
        """Raise InvalidValue where there is no content."""
        if not self.content:
            raise InvalidValue(f"statement {self.id} has no content", f"la declaración {self.id} no tiene contenido")

    @property
    def demanded(self) -> tuple[Ask, ...]:
        """What it asks for; nothing while its mode is not one that asks, whatever items it keeps."""
        return self.asks if self.mode in DEMANDING else ()

    def anchors(self) -> tuple[Anchor, ...]:
        """Every anchor of the statement, in the order source, cue, content, figures, asks."""
        found = [anchor for anchor in (self.source, self.cue) if anchor is not None]
        found += self.content
        for figure in self.figures:
            found.append(figure.anchor)
            if figure.counted is not None:
                found.append(figure.counted)
        found += [ask.item for ask in self.asks]
        return tuple(found)
