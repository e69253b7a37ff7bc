"""The page of an event as values: what the template prints, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.model.accounts import Agreement, Standing
from recuento.model.balance import ConflictKind
from recuento.publish.chart import Chart, Said, chart_of, fit_of
from recuento.publish.headlines import Headline, headlines_of
from recuento.publish.links import Links
from recuento.publish.sums import Sum, sum_of_conflict, sums_of
from recuento.publish.tongue import Tongue
from recuento.publish.view import (
    PublicBound,
    PublicClaim,
    PublicConflict,
    PublicEvent,
    PublicParty,
    PublicRow,
    PublicWorld,
    Voice,
)
from recuento.values.quantity import Number, Quantity


@dataclass(frozen=True, slots=True)
class Question:
    """One headline question, ready to be told."""

    measure: str
    title: str
    name: str
    headline: Headline
    implied: str
    world: str
    said: str
    chart: Chart | None
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one party says to the first question: `fits` is "yes", "part", "no" or "" where nothing is implied."""

    claim: PublicClaim
    value: str
    fits: str
    why: str


@dataclass(frozen=True, slots=True)
class WorldAnswer:
    """What a world answers to one question."""

    measure: str
    name: str
    value: str
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class WorldTold:
    """One world: whom it believes and what follows."""

    world: PublicWorld
    answers: tuple[WorldAnswer, ...]
    claims: tuple[PublicClaim, ...]
    conflict: Clash | None


@dataclass(frozen=True, slots=True)
class Clash:
    """One conflict in a sentence, with its claims and its sum."""

    words: str
    claims: tuple[PublicClaim, ...]
    arithmetical: bool
    sum: Sum | None


@dataclass(frozen=True, slots=True)
class Moment:
    """What one voice said on one day in one place."""

    voice: Voice
    claims: tuple[PublicClaim, ...]


@dataclass(frozen=True, slots=True)
class EventTold:
    """The whole page."""

    event: PublicEvent
    questions: tuple[Question, ...]
    answers: tuple[Answer, ...]
    silent: tuple[PublicParty, ...]
    """Parties that say nothing on the first question."""
    rows: tuple[PublicRow, ...]
    alone: tuple[PublicRow, ...]
    loose: tuple[PublicClaim, ...]
    parties: tuple[PublicParty, ...]
    worlds: tuple[WorldTold, ...]
    clashes: tuple[Clash, ...]
    moments: tuple[Moment, ...]
    year: int


@dataclass(frozen=True, slots=True)
class Brief:
    """What the pages of other things tell of an event: each question with its answers, and what cannot all be true."""

    questions: tuple[tuple[str, str, str], ...]
    """Name, implied, said."""
    clashes: tuple[str, ...]


def brief_of(told: EventTold) -> Brief:
    """What other pages tell of what the page of an event tells."""
    return Brief(
        tuple((question.name, question.implied, question.said) for question in told.questions),
        tuple(clash.words for clash in told.clashes),
    )


def told(event: PublicEvent, links: Links, tongue: Tongue) -> EventTold:
    """The page of `event`."""
    year = event.starts.year
    headlines = headlines_of(event)
    questions = tuple(_question(headline, links, tongue, year) for headline in headlines)
    rows, alone = _rows(event, {claim.id for headline in headlines for claim in headline.claims})
    shown = {id for row in (*rows, *alone) for cell in row.cells for id in cell.claims}
    return EventTold(
        event=event,
        questions=questions,
        answers=_answers(headlines[0], tongue) if headlines else (),
        silent=_silent(headlines[0], event) if headlines else (),
        rows=rows,
        alone=alone,
        loose=tuple(claim for claim in event.claims if claim.id not in shown),
        parties=event.parties,
        worlds=tuple(_world(world, event, headlines, tongue) for world in event.worlds),
        clashes=tuple(clash_of(conflict, event, tongue) for conflict in event.conflicts),
        moments=_moments(event),
        year=year,
    )


def _question(headline: Headline, links: Links, tongue: Tongue, year: int) -> Question:
    bound, world = headline.bound, headline.world
    name = _measure_name(headline, tongue)
    asked = links.view.measures.get(headline.measure)
    return Question(
        measure=headline.measure,
        title=tongue.say(asked) if asked is not None else name,
        name=name,
        headline=headline,
        implied=range_of(bound, tongue) if bound is not None else "",
        world=tongue.say(world.name) if world is not None else "",
        said=_said_between(headline.current, tongue),
        chart=chart_of(_to_draw(headline, tongue), bound, tongue, year),
        sums=sums_of(bound, world, tongue) if bound is not None and world is not None else (),
    )


def _measure_name(headline: Headline, tongue: Tongue) -> str:
    if headline.claims:
        return tongue.say(headline.claims[0].measure_name)
    return tongue.say(headline.term.words) if headline.term is not None else headline.measure


def range_of(bound: PublicBound, tongue: Tongue) -> str:
    """A bound in words: "16 a 21", "792 o más"."""
    return tongue.range(bound.low, bound.high)


def _said_between(claims: tuple[PublicClaim, ...], tongue: Tongue) -> str:
    """Everything said, from the least to the most number: "1.500 a 5.000"; "19 o más" where the most is open."""
    stated = [(n, _is_open(claim.quantity)) for claim in claims for n in _numbers(claim.quantity)]
    if not stated:
        return ""
    low, high = min(n for n, _ in stated), max(n for n, _ in stated)
    is_open = any(up for n, up in stated if n == high)
    if is_open and low != high:
        return tongue.t("range_more", low=tongue.number(low), high=tongue.number(high))
    return tongue.range(low, None if is_open else high)


def _is_open(quantity: Quantity) -> bool:
    return quantity.high is None and quantity.low is not None


def _numbers(quantity: Quantity) -> tuple[Number, ...]:
    return quantity.stated or tuple(n for n in (quantity.low, quantity.high) if n is not None)


def _to_draw(headline: Headline, tongue: Tongue) -> list[Said]:
    said = []
    for claim in headline.claims:
        struck = claim.standing in (Standing.REVISED, Standing.WITHDRAWN)
        said.append(Said(claim, note_on(claim, headline.bound, tongue), struck))
    return said


def note_on(claim: PublicClaim, bound: PublicBound | None, tongue: Tongue) -> str:
    """The few words beside a figure: withdrawn, does not fit, or how it is read."""
    if claim.standing in (Standing.REVISED, Standing.WITHDRAWN):
        return tongue.t(f"standing_{claim.standing.value}")
    fits = fit_of(claim.quantity, bound)
    if fits == "no":
        return tongue.t("fits_no")
    if tongue.is_read_otherwise(claim.quantity):
        return tongue.t("read_as", range=tongue.span(claim.quantity.low, claim.quantity.high))
    if fits == "part" and bound is not None:
        return tongue.t("fits_part", range=overlap(claim.quantity, bound, tongue))
    return ""


def fit_words(claim: PublicClaim, bound: PublicBound | None, tongue: Tongue) -> str:
    """Whether a figure fits what is implied, in words; a dash where that cannot be told."""
    if claim.standing in (Standing.REVISED, Standing.WITHDRAWN):
        return tongue.t(f"standing_{claim.standing.value}")
    fits = fit_of(claim.quantity, bound)
    if fits == "part" and bound is not None:
        return tongue.t("fits_part", range=overlap(claim.quantity, bound, tongue))
    return tongue.t(f"fits_{fits}") if fits else "—"


def overlap(quantity: Quantity, bound: PublicBound, tongue: Tongue) -> str:
    """The numbers that lie both in what was said and in what is implied."""
    low = max(n for n in (quantity.low, bound.low) if n is not None)
    highs = [n for n in (quantity.high, bound.high) if n is not None]
    return tongue.span(low, min(highs) if highs else None)


def _answers(headline: Headline, tongue: Tongue) -> tuple[Answer, ...]:
    """The last word of each party on the first question: what does not fit comes first."""
    last: dict[tuple[str, object], PublicClaim] = {}
    for claim in headline.current:
        last[(claim.voice.party.id if claim.voice.party else "", claim.voice.name)] = claim
    answers = [_answer(claim, headline.bound, tongue) for claim in last.values()]
    return tuple(sorted(answers, key=lambda answer: answer.fits != "no"))


def _silent(headline: Headline, event: PublicEvent) -> tuple[PublicParty, ...]:
    speaking = {claim.voice.party.id for claim in headline.claims if claim.voice.party is not None}
    return tuple(party for party in event.parties if party.id not in speaking)


def _answer(claim: PublicClaim, bound: PublicBound | None, tongue: Tongue) -> Answer:
    fits = fit_of(claim.quantity, bound)
    return Answer(
        claim, tongue.quantity(claim.quantity) + tongue.unit(claim.unit), fits, _why(claim, bound, fits, tongue)
    )


def _why(claim: PublicClaim, bound: PublicBound | None, fits: str, tongue: Tongue) -> str:
    quantity = claim.quantity
    if bound is None or fits != "no":
        return (
            tongue.t(f"fits_{fits}_long", range=overlap(quantity, bound, tongue)) if bound is not None and fits else ""
        )
    if quantity.high is not None and quantity.high < bound.low:
        return tongue.t("why_below", n=tongue.number(bound.low - quantity.high))
    return tongue.t("why_above", n=tongue.number((quantity.low or 0) - (bound.high or 0)))


_TOLD_IN_ORDER = (
    Agreement.DIFFER,
    Agreement.COMPATIBLE,
    Agreement.AGREE,
    Agreement.APART,
    Agreement.ALONE,
    Agreement.SILENT,
)


_URGENCY = (
    Agreement.DIFFER,
    Agreement.COMPATIBLE,
    Agreement.APART,
    Agreement.AGREE,
    Agreement.ALONE,
    Agreement.SILENT,
)
"""Which questions come first in the table of accounts."""


def _rows(event: PublicEvent, leading: set[str]) -> tuple[tuple[PublicRow, ...], tuple[PublicRow, ...]]:
    """Questions that several parties answer (or whose figures lead the page), and those only one party answers."""
    order = {measure: place for place, measure in enumerate(event.headline)}

    def leads(row: PublicRow) -> bool:
        return any(id in leading for cell in row.cells for id in cell.claims)

    several = [row for row in event.rows if leads(row) or row.agreement is not Agreement.ALONE]
    alone = [row for row in event.rows if row not in several]
    several.sort(key=lambda row: (order.get(row.measure, len(order)), _URGENCY.index(row.agreement)))
    return tuple(several), tuple(alone)


def _world(world: PublicWorld, event: PublicEvent, headlines: tuple[Headline, ...], tongue: Tongue) -> WorldTold:
    answers = []
    for headline in headlines:
        bound = world.bound(headline.term.id) if headline.term is not None else None
        own = headline.world is not None and headline.world.id == world.id
        answers.append(
            WorldAnswer(
                measure=headline.measure,
                name=_measure_name(headline, tongue),
                value=_world_value(bound, tongue),
                sums=sums_of(bound, world, tongue) if bound is not None and not bound.is_empty and not own else (),
            )
        )
    return WorldTold(
        world=world,
        answers=tuple(answers),
        claims=tuple(event.claim(id) for id in world.claims),
        conflict=clash_of(world.conflict, event, tongue, world) if world.conflict is not None else None,
    )


def _world_value(bound: PublicBound | None, tongue: Tongue) -> str:
    if bound is None:
        return tongue.t("not_told")
    return tongue.t("implied_nothing") if bound.is_empty else range_of(bound, tongue)


def clash_of(conflict: PublicConflict, event: PublicEvent, tongue: Tongue, world: PublicWorld | None = None) -> Clash:
    """A conflict in one sentence, with its sum where the terms are at hand."""
    claims = tuple(event.claim(id) for id in conflict.claims)
    words = tongue.say(conflict.words) if conflict.words is not None else _sentence(claims, tongue)
    terms = world or next(iter(event.worlds), None)
    arithmetical = conflict.kind is ConflictKind.ARITHMETICAL
    return Clash(words, claims, arithmetical, sum_of_conflict(conflict, terms, tongue) if arithmetical else None)


def _sentence(claims: tuple[PublicClaim, ...], tongue: Tongue) -> str:
    parts = [
        tongue.t(
            "clash_part",
            quantity=tongue.quantity(claim.quantity) + tongue.unit(claim.unit),
            measure=tongue.say(claim.measure_name),
            voice=tongue.say(claim.voice.name),
        )
        for claim in claims
    ]
    return tongue.t("clash_sentence", parts=tongue.joined(parts))


def _moments(event: PublicEvent) -> tuple[Moment, ...]:
    found: dict[tuple[str, str, str], list[PublicClaim]] = {}
    for claim in sorted(event.claims, key=lambda claim: str(claim.stated)):
        party = claim.voice.party.id if claim.voice.party else ""
        found.setdefault((str(claim.stated), party, claim.voice.name.es), []).append(claim)
    return tuple(Moment(claims[0].voice, tuple(claims)) for claims in found.values())
