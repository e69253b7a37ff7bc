"""Which term of a ledger a claim speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from recuento.model.casting import Facility
from recuento.model.claim import Claim
from recuento.model.ledger import Ledger, Term
from recuento.model.measure import Measure, MeasureKind, Vocabulary
from recuento.values.names import fold, key_words

_WHOLE = key_words(
    "prisoners prisoner inmates people persons cumulative total all in"
    " presos reclusos internos personas acumulado todos"
)
"""Words of a subset that do not narrow it."""


def is_settled(measure: Measure) -> bool:
    """Whether the measure has one value for an event, whatever the day: flows, and the capacity."""
    return measure.kind is MeasureKind.FLOW or measure.id == "capacity"


def narrowing(claim: Claim) -> str:
    """The words of the claim's subset that narrow it, sorted; empty for "prisoners, cumulative"."""
    return " ".join(sorted(key_words(claim.subset) - _WHOLE))


class TermFinder:
    """Finds the term of a claim by measure, facility and day, in any ledger whose terms name their measure."""

    def __init__(
        self, ledger: Ledger, vocabulary: Vocabulary | None = None, facilities: Sequence[Facility] = ()
    ) -> None:
        self._vocabulary = vocabulary
        self._names = {fold(n): f.id for f in facilities for n in (*f.aliases, f.name, f.id)}
        self._places = {term.facility for term in ledger.terms if term.facility}
        self._tied = {term for identity in ledger.identities for term, _ in identity.coefficients}
        self._terms: dict[str, list[Term]] = {}
        for term in ledger.terms:
            if term.measure is not None:
                self._terms.setdefault(self._canonical(term.measure), []).append(term)

    def term_of(self, claim: Claim) -> Term | None:
        """The term the claim speaks of: of its very day first, then of a span that holds it, then of any day."""
        place = self.facility_of(claim)
        if place is None:
            return None
        found = [t for t in self._terms.get(self._canonical(claim.measure), ()) if self._is_there(t, place)]
        fitting = [term for term in found if self._is_then(term, claim) and self._is_that(term, claim)]
        return min(fitting, key=lambda term: (self._closeness(term), -self._ends(term), term.id), default=None)

    def facility_of(self, claim: Claim) -> str | None:
        """The facility's id: "" where the claim is about the whole event, None where it is a place outside it."""
        if not claim.facility or not self._places:
            return ""
        if claim.facility in self._places:
            return claim.facility
        known = self._names.get(fold(claim.facility))
        return known if known in self._places else None

    def _canonical(self, measure: str) -> str:
        return self._vocabulary.canonical(measure) if self._vocabulary is not None else measure

    def _is_there(self, term: Term, place: str) -> bool:
        """A figure without a place speaks of the whole: of the totals, or of the only facility there is."""
        if place:
            return term.facility == place or (term.facility is None and len(self._places) == 1)
        return term.facility is None or len(self._places) == 1

    def _is_that(self, term: Term, claim: Claim) -> bool:
        """Measures of the accounting take their figures whatever the subset said; others keep subsets apart."""
        return term.id in self._tied or term.subset == narrowing(claim)

    @staticmethod
    def _is_then(term: Term, claim: Claim) -> bool:
        if term.as_of is not None:
            return term.as_of == claim.as_of
        after = term.since is None or claim.as_of.last >= term.since.first
        return after and (term.until is None or claim.as_of.first <= term.until.last)

    @staticmethod
    def _ends(term: Term) -> int:
        """The last day of the term's span: a stock given for a month is that of its end."""
        return term.until.last.toordinal() if term.until is not None else 0

    @staticmethod
    def _closeness(term: Term) -> int:
        if term.as_of is not None:
            return 0
        return 1 if term.since is not None else 2
