"""Rates as counts: an occupancy of 135 % of 750 places says how many people are held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from recuento.balance.terms import TermFinder
from recuento.model.casting import Facility
from recuento.model.claim import Claim
from recuento.model.ledger import Constraint, Ledger
from recuento.model.measure import Measure, MeasureKind, Vocabulary
from recuento.values.quantity import Number


def rate_of(claim: Claim, vocabulary: Vocabulary | None) -> Measure | None:
    """The measure of the claim if it is a rate of two others, else None."""
    found = vocabulary.find(claim.measure) if vocabulary is not None else None
    return found if found is not None and found.kind is MeasureKind.RATE else None


def counted_by(claim: Claim, vocabulary: Vocabulary | None) -> Claim | None:
    """The claim as one about the numerator of its rate, to find the term it bears on; None if it is no such rate."""
    rate = rate_of(claim, vocabulary)
    return replace(claim, measure=rate.numerator) if rate is not None and rate.numerator else None


def rate_constraint(
    claim: Claim,
    ledger: Ledger,
    finder: TermFinder,
    vocabulary: Vocabulary | None,
    facilities: Sequence[Facility],
    on: frozenset[str],
) -> Constraint | None:
    """What a rate says of the count above its line; None where the count below the line is not a known parameter.

    A printed rate is rounded to its last digit. A rate of excess counts from 100 %, unless the reading is on that
    takes such words as the whole rate.
    """
    rate, counted = rate_of(claim, vocabulary), counted_by(claim, vocabulary)
    term = finder.term_of(counted) if counted is not None else None
    base = _parameter(finder.facility_of(claim), rate.denominator if rate else None, facilities)
    if rate is None or term is None or base is None:
        return None
    plain = next((r.id for r in sorted(ledger.readings, key=lambda r: r.id) if r.plain_rates and r.id in on), None)
    whole = 100 if rate.excess and plain is None else 0
    low = None if claim.quantity.low is None else ceil(_share(claim.quantity.low, whole, -1) * base)
    high = None if claim.quantity.high is None else floor(_share(claim.quantity.high, whole, 1) * base)
    if low is not None and high is not None and low > high:
        return None
    return Constraint(claim.id, term.id, max(0, low or 0), high, plain if rate.excess else None)


def _share(percent: Number, whole: int, side: int) -> Fraction:
    """The rate as a share of one, at the outer end of its rounding."""
    exponent = percent.as_tuple().exponent if isinstance(percent, Decimal) else 0
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    return (Fraction(percent) + whole + side * Fraction(1, 2 * 10**digits)) / 100


def _parameter(place: str | None, measure: str | None, facilities: Sequence[Facility]) -> int | None:
    """The parameter of the facility: of the only one there is, where the claim names none."""
    chosen = [f for f in facilities if f.id == place] or (list(facilities) if place == "" else [])
    if len(chosen) != 1 or measure is None:
        return None
    return dict(chosen[0].parameters).get(measure)
