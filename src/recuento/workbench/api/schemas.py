"""The fields that the API gives. A noun that grows a field does not thereby show it: it must be named here too.

A field marked with `names` is null unless who asks is a keeper of names.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field


class Words(BaseModel):
    """A text in both languages."""

    es: str
    en: str


def kept_back(description: str) -> Any:
    """A field that only keepers of names see."""
    return Field(None, description=f"{description} (keepers of names alone; null to others)")


class DocumentOut(BaseModel):
    """A document: its bytes are known by their SHA-256."""

    sha256: str
    size_bytes: int
    media_type: str
    title: str | None
    outlet: str | None
    published: str | None = Field(description="2023, 2023-09 or 2023-09-20")
    language: str | None
    url: str | None
    unreadable: Words | None = Field(description="why there is no text")
    obtained_on: str = Field(description="the day, in UTC")
    name: str | None = kept_back("name of the file")
    author: str | None = kept_back("author")
    obtained_from: str | None = kept_back("path or address it was obtained from")
    obtained_by: str | None = kept_back("who obtained it")


class DocumentWithText(DocumentOut):
    """A document with its text layer."""

    text: str | None
    text_sha256: str | None


class AnchorOut(BaseModel):
    """Characters of the text layer: `start` counts from 0, `end` is behind the last; `quote` is what stands there."""

    start: int
    end: int
    quote: str


class QuantityOut(BaseModel):
    """How many: always a range; null is open."""

    low: float | None
    high: float | None
    words: str
    comparison: str


class FigureOut(BaseModel):
    """A figure in a statement."""

    anchor: AnchorOut
    quantity: QuantityOut
    measure: str | None
    subset: str | None
    facility: str | None
    as_of: str | None
    certainty: str


class AskOut(BaseModel):
    """One thing that a statement asks for."""

    item: AnchorOut
    addressee: str | None = Field(description="name of a public actor; of others to keepers of names alone")
    measure: str | None


class StatementOut(BaseModel):
    """Somebody says something: as people left it, where they corrected it."""

    key: str = Field(description="statement:DOCUMENT:SPANS, what decisions are filed under")
    document: str
    speaker: str | None = Field(description="name of a public actor; of others to keepers of names alone")
    speaker_kind: str
    party: str | None
    mode: str
    certainty: str
    content: list[AnchorOut]
    figures: list[FigureOut]
    asks: list[AskOut] = Field(description="what it asks for, where it demands or asks")
    language: str
    reviewed: bool = Field(description="whether a person answers for it")
    rejected: bool
    nested_in: str | None = Field(description="key of the statement it is nested in")


class GroundOut(BaseModel):
    """What a claim rests on."""

    document: str | None
    anchor: AnchorOut | None
    outlet: str | None
    url: str | None


class ClaimOut(BaseModel):
    """A quantity of a measure, in an event, as somebody told it."""

    id: str
    event: str
    facility: str
    claimant: Words = Field(description="a public actor by name, another by what it is")
    party: str
    measure: str
    subset: str
    unit: str
    quantity: QuantityOut
    stated: str
    as_of: str
    certainty: str
    reviewed: bool
    grounds: list[GroundOut]


class EventOut(BaseModel):
    """An event."""

    id: str
    name: Words
    facilities: list[str]
    starts: str
    ends: str


class CellOut(BaseModel):
    """What one party said in a row; no claim is silence."""

    party: str
    claims: list[str] = Field(description="ids of claims")


class RowOut(BaseModel):
    """One question of an event, answered by each party or not."""

    measure: str
    subset: str
    as_of: str | None
    agreement: str
    cells: list[CellOut]


class EventWithAccounts(EventOut):
    """An event with its accounts side by side."""

    parties: list[str]
    rows: list[RowOut]
    worlds: list[str]


class ProofLineOut(BaseModel):
    """One line of a sum."""

    kind: str
    ref: str
    term: str
    multiplier: int
    amount: int


class ProofOut(BaseModel):
    """A sum that anybody can check: `docs/proofs.md`."""

    term: str
    side: str
    value: int
    divisor: int
    lines: list[ProofLineOut]
    cases: list[ProofOut]


class BoundOut(BaseModel):
    """What must hold of one term; a high of null is open."""

    term: str
    low: int
    high: int | None
    low_proof: ProofOut
    high_proof: ProofOut | None


class ClashOut(BaseModel):
    """Claims that cannot all be true, as few of them as there can be."""

    kind: str
    claims: list[str]
    words: Words | None
    proof: ProofOut


class BalanceOut(BaseModel):
    """What follows if the claims of a world hold."""

    event: str
    world: str
    claims: list[str]
    consistent: bool
    bounds: list[BoundOut]
    clash: ClashOut | None


class DemandOut(BaseModel):
    """What somebody asks an addressee to disclose or do."""

    id: str
    event: str
    asker: Words
    party: str
    item: str
    addressee: str | None = Field(description="name of a public actor; of others to keepers of names alone")
    asked: str
    measure: str | None
    state: str
    settled: str | None
    document: str | None
    anchor: AnchorOut | None
    reviewed: bool


class ChangeOut(BaseModel):
    """One decision."""

    id: int
    subject: str
    act: str
    by: str
    at: str


class Page(BaseModel):
    """`next` is the cursor of the next page, null on the last."""

    next: str | None


class Documents(Page):
    """A page of documents."""

    items: list[DocumentOut]


class Statements(Page):
    """A page of statements: it ends with a document, so that it may hold more than were asked for."""

    items: list[StatementOut]


class Claims(Page):
    """A page of claims."""

    items: list[ClaimOut]


class Events(Page):
    """A page of events."""

    items: list[EventOut]


class Demands(Page):
    """A page of demands."""

    items: list[DemandOut]


class Changes(Page):
    """A page of decisions, in their order; ask again from `last`."""

    items: list[ChangeOut]
    last: int
