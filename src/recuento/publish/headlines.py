"""What people ask for first: the headline questions of an event, each with its term, band and claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recuento.model.accounts import Agreement, Standing
from recuento.publish.view import PublicBound, PublicClaim, PublicEvent, PublicRow, PublicTerm, PublicWorld

_FALLBACK = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """One question: the term that answers it, the first world in which it has a bound, and who said what.

    `claims` are the figures given for that term, those later replaced among them, oldest first.
    """

    measure: str
    term: PublicTerm | None
    world: PublicWorld | None
    bound: PublicBound | None
    claims: tuple[PublicClaim, ...]

    @property
    def current(self) -> tuple[PublicClaim, ...]:
        """The claims that still stand and give a figure."""
        return tuple(c for c in self.claims if c.standing is Standing.CURRENT and not c.quantity.is_silence)


def headlines_of(event: PublicEvent) -> tuple[Headline, ...]:
    """The headline questions of an event that anybody answers; those in dispute where it names none."""
    measures = (
        event.headline
        or tuple(dict.fromkeys(row.measure for row in event.rows if row.agreement is Agreement.DIFFER))[:_FALLBACK]
        or tuple(dict.fromkeys(row.measure for row in event.rows))[:1]
    )
    found = [_headline(event, measure) for measure in measures]
    return tuple(headline for headline in found if headline.claims or headline.bound is not None)


def _headline(event: PublicEvent, measure: str) -> Headline:
    term = _term(event, measure)
    world = next((w for w in event.worlds if term is not None and _says(w.bound(term.id))), None)
    bound = world.bound(term.id) if world is not None and term is not None else None
    return Headline(measure, term, world, bound, _claims(event, measure, term))


def _says(bound: PublicBound | None) -> bool:
    return bound is not None and not bound.is_empty


def _term(event: PublicEvent, measure: str) -> PublicTerm | None:
    """The term of a measure: of all people rather than some, spoken of rather than not, as late as any."""
    spoken = {term for world in event.worlds for _, term, _, _ in world.constraints}
    terms = {term.id: term for world in event.worlds for term in world.terms if term.measure == measure}
    bounded = {bound.term for world in event.worlds for bound in world.bounds if _says(bound)}
    return max(
        terms.values(),
        key=lambda term: (term.id in bounded, not term.subset, term.id in spoken, str(term.as_of or "")),
        default=None,
    )


def _claims(event: PublicEvent, measure: str, term: PublicTerm | None) -> tuple[PublicClaim, ...]:
    rows = [row for row in event.rows if row.measure == measure]
    about = _about(event, term)
    chosen = [row for row in rows if about & set(_ids(row))] or _largest(rows)
    ids = [id for row in chosen for id in _ids(row)]
    ids += [claim.id for claim in event.claims if claim.id in about and claim.measure == measure]
    claims = [event.claim(id) for id in dict.fromkeys(ids)]
    kept = [claim for claim in claims if claim.standing is not Standing.REPEATED]
    return tuple(sorted(kept, key=lambda claim: (str(claim.stated), claim.id)))


def _about(event: PublicEvent, term: PublicTerm | None) -> set[str]:
    if term is None:
        return set()
    return {claim for world in event.worlds for claim, named, _, _ in world.constraints if named == term.id}


def _ids(row: PublicRow) -> list[str]:
    return [id for cell in row.cells for id in cell.claims]


def _largest(rows: Sequence[PublicRow]) -> list[PublicRow]:
    return sorted(rows, key=lambda row: -len(_ids(row)))[:1]
