"""Terms for figures that no identity takes: shown, though nothing follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recuento.balance.dates import by_day, on_day
from recuento.balance.rates import counted_by
from recuento.balance.terms import TermFinder, is_settled, narrowing
from recuento.model.casting import Facility
from recuento.model.claim import Claim
from recuento.model.ledger import Ledger, Term
from recuento.model.measure import MeasureKind, Vocabulary
from recuento.model.rules import Rules
from recuento.values.bilingual import Bilingual


def free_terms(
    ledger: Ledger,
    claims: Sequence[Claim],
    vocabulary: Vocabulary,
    rules: Rules,
    facilities: Sequence[Facility],
    places: Sequence[str],
) -> tuple[Term, ...]:
    """Give a term for every figure that the ledger has none for, in the order of the claims.

    One a measure, facility, narrowing subset and, unless it has one value for the whole event, day. Rates get none,
    but the count they are a rate of does. Claims about other places get none.
    """
    finder = TermFinder(ledger, vocabulary, facilities)
    counted = [counted_by(claim, vocabulary) or claim for claim in claims]
    subsets: dict[str, set[str]] = {}
    for claim in counted:
        subsets.setdefault(vocabulary.canonical(claim.measure), set()).add(narrowing(claim))
    terms: dict[str, Term] = {}
    for claim in counted:
        place = finder.facility_of(claim)
        if claim.quantity.is_silence or place is None or finder.term_of(claim) is not None:
            continue
        several = len(subsets[vocabulary.canonical(claim.measure)]) > 1
        term = _Naming(claim, vocabulary, rules, place, len(places) > 1, several).term(places)
        terms.setdefault(term.id, term)
    return tuple(terms.values())


@dataclass(frozen=True, slots=True)
class _Naming:
    """How the free term of a claim is named."""

    claim: Claim
    vocabulary: Vocabulary
    rules: Rules
    place: str
    places_several: bool
    subsets_several: bool

    def term(self, places: Sequence[str]) -> Term:
        claim, subset = self.claim, narrowing(self.claim)
        measure = self.vocabulary.canonical(claim.measure)
        known = self.vocabulary.find(measure)
        words = known.name if known else dict(self.rules.words).get(measure, Bilingual.same(measure))
        if subset and self.subsets_several:
            words = Bilingual(es=f"{words.es} [{claim.subset}]", en=f"{words.en} [{claim.subset}]")
        day = None if known is None or is_settled(known) else claim.as_of
        if known is not None and day is not None:
            words = by_day(words, day) if known.kind is MeasureKind.CUMULATIVE else on_day(words, day)
        where = self.place or (places[0] if len(places) == 1 else "")
        id = measure + (f"@{day}" if day else "") + (f":{subset.replace(' ', '-')}" if subset else "")
        if self.place and self.places_several:
            id += f"/{self.place}"
        return Term(id, words, measure, subset=subset, facility=where or None, as_of=day)
