"""What may be seen: the public view of a dossier. Only `allow` makes these objects; pages and formats know no others.

Nothing here holds a private name, a note, a path, a role or an address that `allow` did not name field by field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from recuento.model.accounts import Agreement, Standing
from recuento.model.anchor import Anchor
from recuento.model.balance import ConflictKind, Proof
from recuento.model.demand import DemandState
from recuento.model.dossier import ProofFile
from recuento.model.estimation import EstimationCaution, MethodAnswer, Refused
from recuento.model.ledger import Identity, Reading
from recuento.model.statement import Certainty, Form, Mode
from recuento.values.bilingual import Bilingual, Language
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class PublicParty:
    """A party as it is drawn and called."""

    id: str
    name: Bilingual
    short: Bilingual
    mark: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, as far as it may be told. `actor` is an id only where the actor may be named."""

    name: Bilingual
    party: PublicParty | None
    role: Bilingual | None = None
    actor: str | None = None
    protected: bool = True
    """Whether something is known of the speaker that may not be told."""


@dataclass(frozen=True, slots=True)
class PublicActor:
    """An actor that may be named."""

    id: str
    name: str
    party: str
    person: bool
    roles: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class PublicSource:
    """Where a figure is written: a published document, or the page that was cited."""

    document: str | None = None
    statement: str | None = None
    anchor: Anchor | None = None
    url: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class PublicClaim:
    """One figure of one speaker, with its standing among what the same speaker said."""

    id: str
    event: str
    facility: str | None
    measure: str
    measure_name: Bilingual
    subset: str
    quantity: Quantity
    unit: str
    voice: Voice
    stated: PartialDate
    as_of: PartialDate
    certainty: Certainty
    cited: Bilingual | None
    sources: tuple[PublicSource, ...]
    quote: str
    quote_language: str | None
    reviewed: bool
    standing: Standing = Standing.CURRENT
    replaced_by: str | None = None
    testimony: bool = False
    """Whether its dates and place are told less exactly than they are known."""
    region: str | None = None
    """Where a testimony is from, by the state or region alone; None where that is not known, or it is none."""


@dataclass(frozen=True, slots=True)
class PublicCell:
    """What one party says on one question: ids of claims, oldest first."""

    party: PublicParty
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One question put to every party."""

    measure: str
    name: Bilingual
    subset: str
    as_of: PartialDate | None
    cells: tuple[PublicCell, ...]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class PublicTerm:
    """One unknown of the balance."""

    id: str
    words: Bilingual
    measure: str | None
    subset: str
    as_of: PartialDate | None


@dataclass(frozen=True, slots=True)
class PublicBound:
    """What a term can be, and why. Every claim its proofs name is published."""

    term: str
    low: int
    high: int | None
    low_proof: Proof
    high_proof: Proof | None
    low_tight: bool
    high_tight: bool

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: zero or more."""
        return self.low == 0 and self.high is None


@dataclass(frozen=True, slots=True)
class PublicConflict:
    """Claims that cannot all be true, every one of them published."""

    kind: ConflictKind
    claims: tuple[str, ...]
    readings: tuple[str, ...]
    words: Bilingual | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class PublicWorld:
    """One world of an event: what it believes and what follows. `withheld` says that some of it is not told."""

    id: str
    name: Bilingual
    claims: tuple[str, ...]
    readings: tuple[Reading, ...]
    consistent: bool
    bounds: tuple[PublicBound, ...]
    conflict: PublicConflict | None
    terms: tuple[PublicTerm, ...]
    identities: tuple[Identity, ...]
    constraints: tuple[tuple[str, str, int | None, int | None], ...]
    """Claim, term, low, high, of published claims."""
    withheld: bool = False

    def bound(self, term: str) -> PublicBound | None:
        """The bound of that term, or None."""
        return next((bound for bound in self.bounds if bound.term == term), None)

    def term(self, id: str) -> PublicTerm | None:
        """The term of that id, or None."""
        return next((term for term in self.terms if term.id == id), None)


@dataclass(frozen=True, slots=True)
class PublicDemand:
    """One item asked, what came of it, and for how many days it has been (or was) open."""

    id: str
    event: str
    asker: Voice
    item: str
    asked: PartialDate
    addressee: Bilingual | None
    state: DemandState
    settled: PartialDate | None
    days_open: int
    answer: str | None
    document: str | None
    statement: str | None
    reviewed: bool


@dataclass(frozen=True, slots=True)
class PublicAsk:
    """A figure whose disclosure would narrow an unknown: by how much of its width, and who must hold it."""

    target: Bilingual
    words: Bilingual
    guaranteed_cut: int
    width: int
    decides: int
    rule: Bilingual | None
    demands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """A quantity read in a statement."""

    anchor: Anchor
    quantity: Quantity
    measure_name: Bilingual | None
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class PublicStatement:
    """A statement of a document. `content` is empty where its words may not be told."""

    id: str
    number: int
    voice: Voice
    mode: Mode
    form: Form
    certainty: Certainty
    content: tuple[Anchor, ...]
    parent: str | None
    figures: tuple[PublicFigure, ...]
    asks: tuple[str, ...]
    reviewed: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """A document as it may be seen: `text` is None unless the whole text may be shown.

    `id` is what its address and every reference to it are made of: its SHA-256, or where it holds a testimony a
    random word the casefile keeps. `fingerprint` is the SHA-256, None for a testimony: a hash of it could be tried out.
    """

    id: str
    fingerprint: str | None
    size_bytes: int | None
    media_type: str
    title: str | None
    outlet: str | None
    published: PartialDate | None
    language: str | None
    url: str | None
    obtained: date | PartialDate
    extractor: str | None
    text_sha256: str | None
    text: str | None
    statements: tuple[PublicStatement, ...]
    events: tuple[str, ...]
    unreadable: Bilingual | None
    retracted: PartialDate | None = None
    """The month in which something that was read here was withdrawn; what it was is not told."""


@dataclass(frozen=True, slots=True)
class PublicFacility:
    """A place of detention with its known facts."""

    id: str
    name: str
    place: str | None
    parameters: tuple[tuple[Bilingual, int], ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """All that is told of one event. `headline` are measure ids, in the order people ask for them."""

    id: str
    name: Bilingual
    summary: Bilingual | None
    facilities: tuple[str, ...]
    starts: PartialDate
    ends: PartialDate
    headline: tuple[str, ...]
    parties: tuple[PublicParty, ...]
    claims: tuple[PublicClaim, ...]
    rows: tuple[PublicRow, ...]
    worlds: tuple[PublicWorld, ...]
    conflicts: tuple[PublicConflict, ...]
    demands: tuple[PublicDemand, ...]
    documents: tuple[str, ...]
    asks: tuple[PublicAsk, ...] = ()
    proofs: tuple[ProofFile, ...] = ()
    retracted: PartialDate | None = None
    """The month in which something that stood here was withdrawn; what it was is not told."""
    _by_id: dict[str, PublicClaim] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the claims."""
        self._by_id.update((claim.id, claim) for claim in self.claims)

    def claim(self, id: str) -> PublicClaim:
        """The claim of that id, which must be published."""
        return self._by_id[id]


@dataclass(frozen=True, slots=True)
class PublicEstimation:
    """An estimate of those on no list; `lists` have names only where the casefile lets them out.

    A count that is None is kept back; zero is zero. `coarse` says that answers are rounded for that reason, `since`
    that the counts are those of an earlier edition.
    """

    id: str
    event: str
    question: Bilingual
    lists: tuple[tuple[Bilingual, int | None], ...]
    observed: int | None
    repeated: int | None
    overlap: tuple[tuple[str, int | None], ...]
    smallest: int
    coarse: bool
    since: date | None
    answers: tuple[MethodAnswer, ...]
    refused: tuple[Refused, ...]
    cautions: tuple[EstimationCaution, ...]
    cannot_know: Bilingual
    picture: Bilingual
    version: str


@dataclass(frozen=True, slots=True)
class PublicDossier:
    """Everything that may leave."""

    name: str
    languages: tuple[Language, ...]
    edition: date
    version: str
    address: str | None
    example: bool
    measures: Mapping[str, Bilingual]
    """The question each measure asks, by id."""
    actors: tuple[PublicActor, ...]
    events: tuple[PublicEvent, ...]
    facilities: tuple[PublicFacility, ...]
    documents: tuple[PublicDocument, ...]
    shows_texts: bool
    shows_unreviewed: bool
    estimations: tuple[PublicEstimation, ...] = ()
    subsets: Mapping[str, Bilingual] = field(default_factory=dict)
    """The subsets that are told, by their words as written, in both languages where these are known."""
    number: int = 1
    """Which edition this is, counted from 1."""
    _events: dict[str, PublicEvent] = field(init=False, repr=False, compare=False, default_factory=dict)
    _documents: dict[str, PublicDocument] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index events and documents."""
        self._events.update((event.id, event) for event in self.events)
        self._documents.update((document.id, document) for document in self.documents)

    def estimations_of(self, event: str) -> tuple[PublicEstimation, ...]:
        """The estimates about one event."""
        return tuple(one for one in self.estimations if one.event == event)

    def event(self, id: str) -> PublicEvent | None:
        """The event of that id, or None."""
        return self._events.get(id)

    def document(self, id: str) -> PublicDocument | None:
        """The document of that id, or None."""
        return self._documents.get(id)
