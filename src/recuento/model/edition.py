"""What an edition of a dossier told, kept so that the next one can be held against it, and what changed between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from recuento.model.demand import DemandState
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure in words, with a hash of all that is told of it. A testimony is never told singly in what changed."""

    id: str
    words: Bilingual
    mark: str
    testimony: bool = False


@dataclass(frozen=True, slots=True)
class ToldBound:
    """What follows for one headline question, in the first world that answers it; `high` None for no limit."""

    measure: str
    words: Bilingual
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class ToldClash:
    """Figures that cannot all be true."""

    claims: tuple[str, ...]
    words: Bilingual


@dataclass(frozen=True, slots=True)
class ToldDemand:
    """A demand and its state; `testimony` where an unnamed voice asks, whose first asking is then not told singly."""

    id: str
    words: Bilingual
    state: DemandState
    testimony: bool = False


@dataclass(frozen=True, slots=True)
class ToldEstimate:
    """An estimate, with a hash of all that is told of it."""

    id: str
    question: Bilingual
    mark: str


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """All that an edition told of one event, as far as it is held against the next."""

    id: str
    name: Bilingual
    figures: tuple[ToldFigure, ...] = ()
    bounds: tuple[ToldBound, ...] = ()
    clashes: tuple[ToldClash, ...] = ()
    demands: tuple[ToldDemand, ...] = ()
    estimates: tuple[ToldEstimate, ...] = ()
    documents: int = 0


class ChangeKind(StrEnum):
    """What can be different in a later edition."""

    EVENT_NEW = "event new"
    FIGURE_NEW = "figure new"
    FIGURE_CHANGED = "figure changed"
    FIGURES_GONE = "figures gone"
    """Figures are no longer told; which, and how many, is not said."""
    BOUND_MOVED = "bound moved"
    CLASH_NEW = "clash new"
    CLASH_SOLVED = "clash solved"
    DEMAND_NEW = "demand new"
    DEMAND_STATE = "demand state"
    ESTIMATE_NEW = "estimate new"
    ESTIMATE_ANEW = "estimate anew"
    DOCUMENTS_NEW = "documents new"
    TESTIMONIES = "testimonies"
    """Testimonies were added or changed; they are never told singly."""
    RETRACTED = "retracted"
    """Something was withdrawn; nothing else is told of this event in this edition."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: of what (a figure in words, a question), and before and after where there is a move."""

    kind: ChangeKind
    words: Bilingual
    before: Bilingual | None = None
    after: Bilingual | None = None
    claim: str = ""
    """The figure it is about, where it is about one."""


@dataclass(frozen=True, slots=True)
class EventChanges:
    """What changed on one event."""

    event: str
    name: Bilingual
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class HeldEvent:
    """The ids that an edition told of an event, and the short name of its address."""

    id: str
    slug: str
    claims: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document that an edition told: its hash, its address, the events it is about and the claims read in it."""

    sha256: str
    slug: str
    events: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldEstimate:
    """An estimate that an edition told."""

    id: str
    slug: str
    event: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in an edition and where: enough to find what a retraction concerns in it."""

    events: tuple[HeldEvent, ...] = ()
    documents: tuple[HeldDocument, ...] = ()
    estimates: tuple[HeldEstimate, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that was published: its number (from 1), its date, what changed in it and what stands in it."""

    number: int
    day: date
    changes: tuple[EventChanges, ...] = ()
    contents: Contents = Contents()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something taken out of what is public: "claim", "document", "demand", "estimate" or "event", its id, and when."""

    kind: str
    id: str
    month: PartialDate
