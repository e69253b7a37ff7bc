"""From what claims say to what a proof may use: hard ranges of terms, under the readings that are on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from recuento.balance.rates import counted_by, rate_constraint
from recuento.balance.terms import TermFinder
from recuento.model.casting import Facility
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint, Ledger, Reading, Term
from recuento.model.measure import Vocabulary
from recuento.model.statement import Certainty
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, Number, Quantity, grain_of


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that bears on nothing here, and why."""

    claim: str
    reason: Bilingual


def default_readings(ledger: Ledger) -> tuple[str, ...]:
    """The readings that are on unless somebody switches them."""
    return tuple(sorted(reading.id for reading in ledger.readings if reading.default))


def constraints_from(
    claims: Iterable[Claim],
    ledger: Ledger,
    readings: Iterable[str] | None = None,
    as_of: PartialDate | None = None,
    *,
    vocabulary: Vocabulary | None = None,
    facilities: Sequence[Facility] = (),
    certainties: Container[Certainty] | None = None,
    current: bool = False,
) -> tuple[Constraint, ...]:
    """Give what the claims say of the terms of the ledger, sorted by claim; the same whatever their order.

    `readings` are those that are on (the defaults of the ledger if None). `as_of` takes only what had been said
    by that day; `current` only the last figures each claimant gave of each term; `certainties` only claims made
    with one of these. Silence, "unknown" and "up to" constrain nothing. Claims of measures outside the ledger are
    left out: `left_out` lists them.
    """
    return _sifted(claims, ledger, readings, as_of, vocabulary, facilities, certainties, current)[0]


def left_out(
    claims: Iterable[Claim],
    ledger: Ledger,
    readings: Iterable[str] | None = None,
    as_of: PartialDate | None = None,
    *,
    vocabulary: Vocabulary | None = None,
    facilities: Sequence[Facility] = (),
    certainties: Container[Certainty] | None = None,
    current: bool = False,
) -> tuple[LeftOut, ...]:
    """Give the claims that `constraints_from` leaves out with the same arguments, each with the reason."""
    return _sifted(claims, ledger, readings, as_of, vocabulary, facilities, certainties, current)[1]


def _sifted(
    claims: Iterable[Claim],
    ledger: Ledger,
    readings: Iterable[str] | None,
    as_of: PartialDate | None,
    vocabulary: Vocabulary | None,
    facilities: Sequence[Facility],
    certainties: Container[Certainty] | None,
    current: bool,
) -> tuple[tuple[Constraint, ...], tuple[LeftOut, ...]]:
    on = frozenset(default_readings(ledger) if readings is None else readings)
    finder = TermFinder(ledger, vocabulary, facilities)
    kept: list[tuple[Claim, Term]] = []
    dropped: list[LeftOut] = []
    rates: list[Constraint] = []
    for claim in sorted(claims, key=lambda claim: claim.id):
        counted = counted_by(claim, vocabulary)
        term = finder.term_of(counted or claim)
        reason = _reason_against(claim, term, as_of, certainties) or _silenced(claim, term, ledger, on)
        if counted is not None and reason is None:
            rate = rate_constraint(claim, ledger, finder, vocabulary, facilities, on)
            if rate is not None:
                rates.append(rate)
            else:
                dropped.append(LeftOut(claim.id, _RATE))
        elif term is None or reason is not None:
            dropped.append(LeftOut(claim.id, reason or _NO_TERM))
        else:
            kept.append((claim, term))
    if current:
        last = last_said(kept)
        dropped += [LeftOut(claim.id, _REVISED) for claim, _ in kept if claim.id not in last]
        kept = [(claim, term) for claim, term in kept if claim.id in last]
    constraints = [one for claim, term in kept for one in _constraints(claim, term, ledger, on)]
    return tuple(sorted([*constraints, *rates], key=lambda said: said.claim)), tuple(
        sorted(dropped, key=lambda one: one.claim)
    )


_NO_TERM = Bilingual(es="no hay término en el libro para lo que cuenta", en="the ledger has no term for what it counts")
_REVISED = Bilingual(es="la misma fuente dio después otra cifra", en="the same speaker later gave another figure")
_SILENCE = Bilingual(es="no da ninguna cifra que acote", en="it gives no figure that bounds anything")
_LATER = Bilingual(es="se dijo después de la fecha elegida", en="it was said after the chosen day")
_CERTAINTY = Bilingual(es="su grado de certeza quedó excluido", en="its degree of certainty was left out")
_RATE = Bilingual(
    es="es una tasa y no se conoce el recuento sobre el que se calcula",
    en="it is a rate, and what it is a rate of is not known",
)


def _reason_against(
    claim: Claim,
    term: Term | None,
    as_of: PartialDate | None,
    certainties: Container[Certainty] | None,
) -> Bilingual | None:
    if term is None:
        return _NO_TERM
    if claim.quantity.low is None and claim.quantity.high is None:
        return _SILENCE
    if as_of is not None and claim.stated.first > as_of.last:
        return _LATER
    if certainties is not None and claim.certainty not in certainties:
        return _CERTAINTY
    return None


def _silenced(claim: Claim, term: Term | None, ledger: Ledger, on: frozenset[str]) -> Bilingual | None:
    """The reading because of which the claim says nothing, in words."""
    for reading in ledger.readings:
        rests = _rests_on(reading, claim, term)
        if (rests and reading.id not in on) or (claim.id in reading.silences and reading.id in on):
            return Bilingual(
                es=f"la lectura «{reading.words.es}» la deja fuera",
                en=f"the reading “{reading.words.en}” leaves it out",
            )
    return None


def last_said(kept: Iterable[tuple[Claim, Term]]) -> frozenset[str]:
    """The claims of the last day on which each claimant spoke of each term."""
    latest: dict[tuple[str, str], PartialDate] = {}
    pairs = list(kept)
    for claim, term in pairs:
        key = (claim.speaker, term.id)
        if key not in latest or latest[key] < claim.stated:
            latest[key] = claim.stated
    return frozenset(c.id for c, t in pairs if latest[c.speaker, t.id] == c.stated)


def _rests_on(reading: Reading, claim: Claim, term: Term | None) -> bool:
    return claim.id in reading.claims or (term is not None and term.measure in reading.measures)


def _constraints(claim: Claim, term: Term, ledger: Ledger, on: frozenset[str]) -> list[Constraint]:
    """The range of the claim, with the reading it rests on.

    A round number that is read as exact also says, whatever the reading, what a rounded one says: so that results
    which hold either way need not name the reading.
    """
    low, high = whole_ends(claim.quantity)
    readings = sorted(ledger.readings, key=lambda reading: reading.id)
    needed = next((r.id for r in readings if _rests_on(r, claim, term)), None)
    rounding = next((r.id for r in readings if r.rounding), None)
    if rounding is None or not is_round(claim.quantity):
        return [Constraint(claim.id, term.id, low, high, needed)]
    rounded = Constraint(claim.id, term.id, *rounded_ends(claim.quantity), needed)
    if rounding not in on:
        return [rounded]
    if needed is not None:
        return [Constraint(claim.id, term.id, low, high, needed)]
    return [Constraint(claim.id, term.id, low, high, rounding), rounded]


def whole_ends(quantity: Quantity) -> tuple[int | None, int | None]:
    """The hard range in whole numbers: parts of a person are rounded inward."""
    low = None if quantity.low is None else ceil(quantity.low)
    high = None if quantity.high is None else floor(quantity.high)
    if low is not None and high is not None and low > high:
        return floor(quantity.low or 0), ceil(quantity.high or 0)
    return low, high


def is_round(quantity: Quantity) -> bool:
    """Whether it is one bare number that ends in zero, so that it may have been rounded."""
    number = _bare_number(quantity)
    return number is not None and number > 0 and grain_of(number) > 1


def rounded_ends(quantity: Quantity) -> tuple[int, int]:
    """The range a rounded number stands for: half of its last non-zero place to each side (1,550 to 1,649)."""
    number = _bare_number(quantity) or 0
    half = grain_of(number) // 2
    return number - half, number + half - 1


def _bare_number(quantity: Quantity) -> int | None:
    if quantity.comparison is not Comparison.EQ or not quantity.is_exact:
        return None
    number: Number | None = quantity.low
    if isinstance(number, Decimal):
        return int(number) if number == int(number) else None
    return number
