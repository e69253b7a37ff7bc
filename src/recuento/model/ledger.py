"""Ledgers: the terms of an event and the identities that people must obey."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Term:
    """One unknown whole number: what is counted, which subset, where, at or over which time.

    A figure speaks of it when measure, subset and facility fit and its day is `as_of`, or lies in `since` to
    `until`. A term without any of these days takes figures of any day.
    """

    id: str
    words: Bilingual
    measure: str | None = None
    subset: str = ""
    facility: str | None = None
    as_of: PartialDate | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None


class Relation(StrEnum):
    """How the sum of an identity stands to its constant."""

    EQ = "eq"
    GE = "ge"


@dataclass(frozen=True, slots=True)
class Identity:
    """`sum(coefficient * term) = constant`, or `>=`. Coefficients are whole and not zero; terms are distinct."""

    id: str
    coefficients: tuple[tuple[str, int], ...]
    words: Bilingual
    relation: Relation = Relation.EQ
    constant: int = 0
    reading: str | None = None
    """Id of the reading that switches it on; None where it always holds."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A named assumption on meaning that a world may switch on or off. Every result names those it needs.

    While it is off, the figures of `measures` and the `claims` say nothing; while it is on, the claims in
    `silences` say nothing. `rounding`: while it is on, a round number without a hedge is taken as exact.
    """

    id: str
    words: Bilingual
    default: bool = True
    measures: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    silences: tuple[str, ...] = ()
    rounding: bool = False
    plain_rates: bool = False
    """While it is on, a rate of excess ("35 % over") is taken as the whole rate."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Terms, identities and readings of one event. `upper` is a stated cap on every term, None for no cap.

    Bounds never rest on the cap: where nothing else limits a term no limit is known. Only the estimate and the worth
    of questions, which need an end to try values up to, use it.
    """

    terms: tuple[Term, ...]
    identities: tuple[Identity, ...]
    readings: tuple[Reading, ...] = ()
    upper: int | None = None
    _by_id: dict[str, Term] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the terms."""
        self._by_id.update((term.id, term) for term in self.terms)

    def term(self, id: str) -> Term | None:
        """The term of that id, or None."""
        return self._by_id.get(id)


@dataclass(frozen=True, slots=True)
class Constraint:
    """What one claim says of one term: `low <= term <= high`, either may be open."""

    claim: str
    term: str
    low: int | None
    high: int | None
    reading: str | None = None
    """Id of the reading under which the claim says this; None where it always does."""
