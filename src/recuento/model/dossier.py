"""What goes into a dossier: the nouns of a casefile, gathered for `publish`, which lets out only what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from recuento.model.accounts import AccountTable
from recuento.model.balance import Balance, Conflict, Question
from recuento.model.casting import Cast, Event
from recuento.model.claim import Claim
from recuento.model.demand import Demand
from recuento.model.document import Document, TextLayer
from recuento.model.edition import Edition, ToldEvent, Withdrawn
from recuento.model.estimation import Estimation
from recuento.model.measure import Vocabulary
from recuento.model.statement import Statement
from recuento.model.subsets import Subsets
from recuento.values.bilingual import Language
from recuento.values.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """A document with its frozen text and the statements read in it; `reviewed` are ids a person confirmed.

    `corrections` are its statements before and after each time a person put one right, taken back or not.
    """

    document: Document
    layer: TextLayer | None
    statements: tuple[Statement, ...] = ()
    reviewed: frozenset[str] = frozenset()
    events: tuple[str, ...] = ()
    corrections: tuple[tuple[Statement, Statement], ...] = ()


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A proof as a file that anybody can check: of which end of which term, the claims it names, and its JSON text."""

    term: str
    side: str
    claims: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class EventAccount:
    """All that is told of one event: its claims, accounts, balances by world, conflicts and demands.

    `balances` come in the order they should be told: the first is the headline.
    """

    event: Event
    claims: tuple[Claim, ...]
    table: AccountTable
    balances: tuple[Balance, ...]
    conflicts: tuple[Conflict, ...]
    demands: tuple[Demand, ...]
    questions: tuple[Question, ...] = ()
    """The figures that would narrow the first headline unknown most, in the world of the first balance."""
    proofs: tuple[ProofFile, ...] = ()
    """The proofs of the headline bounds of the first balance."""


class KeptKind(StrEnum):
    """How a value that must not leave is looked for."""

    NAME = "name"
    """A name, number, address or other short value: in every form, and by each of its words."""
    ENTRY = "entry"
    """A name on a list, one of many thousands: in every form, but not by a single word."""
    TEXT = "text"
    """A note, a role, a file name: whole, and any six words of it in a row."""
    HELD = "held"
    """The words of a statement that is held back: as TEXT, and also where everybody may read them elsewhere."""


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A value that must not stand in any published file. `of` says where the casefile has it, and never the value."""

    value: str = field(repr=False)
    of: str
    kind: KeptKind = KeptKind.NAME


@dataclass(frozen=True, slots=True)
class PublishRules:
    """The allow-list: what may leave. Everything not named stays."""

    texts: bool = False
    """Whether the frozen texts of documents may be shown whole (notes of one's own, texts with permission)."""
    unreviewed: bool = False
    """Whether statements and figures that only a machine has read may be shown, marked as such."""
    withheld_claims: frozenset[str] = frozenset()
    withheld_documents: frozenset[str] = frozenset()
    withheld_words: frozenset[tuple[str, int, int]] = frozenset()
    """Characters of frozen texts: SHA-256 of the document, start, end. No statement inside them is told, no other tells
    them, and the text of the document is not shown whole."""
    withheld_demands: frozenset[str] = frozenset()
    withheld_estimations: frozenset[str] = frozenset()
    withheld_events: frozenset[str] = frozenset()
    retracted: tuple[tuple[str, PartialDate], ...] = ()
    """Events of which something was withdrawn, with the month of the last time; never what, nor how much."""
    withdrawn: tuple[Withdrawn, ...] = ()
    """What was withdrawn, each with its month: earlier editions that told it are blanked where `blank` says so."""
    blank: bool = True
    """Whether earlier editions are blanked where they tell what was withdrawn since; else they stay as published."""
    testimony_dates: Literal["day", "month", "year"] = "month"
    """How exactly the dates of a testimony are told: of what an unnamed voice said that is on no public page."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything `publish` needs. `edition` is the date of this edition; nothing reads the clock."""

    name: str
    languages: tuple[Language, ...]
    edition: date
    version: str
    cast: Cast
    vocabulary: Vocabulary
    events: tuple[EventAccount, ...]
    documents: tuple[PublishedDocument, ...]
    rules: PublishRules
    address: str | None = None
    """Public address of the dossier, for citations, without a trailing slash."""
    example: bool = False
    """Whether every page says that this is an example."""
    estimations: tuple[Estimation, ...] = ()
    kept_back: tuple[KeptBack, ...] = ()
    """What the casefile knows beyond these nouns and nobody may read: sealed values, names on lists."""
    subsets: Subsets = field(default_factory=dict)
    """Words of subsets in both languages; what is not among them is told as it is written."""
    document_ids: Mapping[str, str] = field(default_factory=dict)
    """Random ids for documents, by their SHA-256: what those of testimony are known by in public."""
    number: int = 1
    """Which edition this is, counted from 1."""
    earlier: tuple[Edition, ...] = ()
    """The editions published before, the oldest first."""
    last_told: tuple[ToldEvent, ...] | None = None
    """What the last of them told of each event; None where this is the first."""
