"""Ledgers over time: stocks and flows by day, month or year at many facilities, and chains of transfers.

The stock at the end of one step is the stock at the start of the next, so a figure given today bears on last month;
months are the sums of their days and years of their months, so a yearly report bears on every day of it; what is
moved out of one facility must arrive at another.
"""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from recuento.balance.dates import day_said
from recuento.errors import Fault, FaultsFound
from recuento.model.casting import Facility
from recuento.model.ledger import Identity, Ledger, Relation, Term
from recuento.model.measure import Vocabulary
from recuento.model.rules import Rules, standard_rules
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Flows:
    """Which flows change which stock, and the words of the identities. Data: [over_time] in identities.toml."""

    stock: str
    gains: tuple[str, ...]
    losses: tuple[str, ...]
    moved_out: str
    moved_in: str
    words: Mapping[str, Bilingual]


@cache
def standard_flows() -> Flows:
    """The flows that come with the package."""
    text = files("recuento.model").joinpath("vocabulary/identities.toml").read_text(encoding="utf-8")
    entry: dict[str, Any] = tomllib.loads(text)["over_time"]
    words = {key: Bilingual(es=told["es"], en=told["en"]) for key, told in entry["words"].items()}
    return Flows(
        entry["stock"], tuple(entry["gains"]), tuple(entry["losses"]), entry["moved_out"], entry["moved_in"], words
    )


def ledger_over_time(
    facilities: Sequence[Facility],
    periods: Sequence[PartialDate],
    vocabulary: Vocabulary,
    *,
    routes: Iterable[tuple[str, str]] = (),
    closed: bool = False,
    totals: bool = True,
    rules: Rules | None = None,
    flows: Flows | None = None,
) -> Ledger:
    """Give the ledger of the facilities over consecutive days, months or years.

    Whole months and years among the days, and years among the months, get terms of their own. `routes` are pairs of
    facilities between which people are moved: each gets its own flow. `closed`: nobody is moved to or from places
    outside these facilities, so over all of them as many arrive as leave. `totals` adds the sums over facilities.
    A figure finds its term by measure, facility and day: flows by their very period (2023-09-20, 2023-09, 2023),
    stocks by the last day of a period. Raises FaultsFound where the periods do not follow one another.
    """
    _refuse_gaps(periods)
    draft = _Timeline(vocabulary, rules or standard_rules(), flows or standard_flows(), tuple(periods))
    places = [facility.id for facility in facilities]
    for place in places:
        draft.add_steps(place)
    pairs = sorted(set(routes))
    _refuse_unknown(pairs, places)
    for period in draft.all_periods():
        draft.add_routes(period, pairs, closed=closed)
        if closed and not pairs:
            draft.close(period, places)
    if totals and len(places) > 1:
        draft.add_totals(places)
    return Ledger(tuple(draft.terms.values()), tuple(draft.identities.values()), draft.rules.readings)


def days_of(first: date, last: date) -> tuple[PartialDate, ...]:
    """Every day from `first` to `last`."""
    return tuple(PartialDate.of(first + timedelta(days=n)) for n in range((last - first).days + 1))


def months_of(year: int, first: int = 1, last: int = 12) -> tuple[PartialDate, ...]:
    """The months of a year, or some of them."""
    return tuple(PartialDate(year, month) for month in range(first, last + 1))


@dataclass(slots=True)
class _Timeline:
    vocabulary: Vocabulary
    rules: Rules
    flows: Flows
    periods: tuple[PartialDate, ...]
    terms: dict[str, Term] = field(default_factory=dict)
    identities: dict[str, Identity] = field(default_factory=dict)

    def all_periods(self) -> tuple[PartialDate, ...]:
        """The periods given and the longer ones they fill."""
        return (*self.periods, *(longer for longer, _ in _longer(self.periods)))

    def stock(self, place: str, day: date) -> str:
        """The stock at the end of a day."""
        on = PartialDate.of(day)
        return self._term(self.flows.stock, on, place, span=(on, on))

    def flow(self, measure: str, period: PartialDate, place: str) -> str:
        """A flow over a period."""
        return self._term(measure, period, place)

    def add_steps(self, place: str) -> None:
        """The stocks and flows of one facility, and its longer periods."""
        signed = [*((m, -1) for m in self.flows.gains), *((m, 1) for m in self.flows.losses)]
        for period in self.periods:
            before = self.stock(place, period.first - timedelta(days=1))
            after = self.stock(place, period.last)
            cells = [(after, 1), (before, -1), *((self.flow(m, period, place), c) for m, c in signed)]
            self._tie(f"step:{period}/{place}", cells, "step")
        for longer, parts in _longer(self.periods):
            for measure, _ in signed:
                cells = [(self.flow(measure, longer, place), 1), *((self.flow(measure, p, place), -1) for p in parts)]
                self._tie(f"longer:{measure}@{longer}/{place}", cells, "longer")

    def add_routes(self, period: PartialDate, pairs: Sequence[tuple[str, str]], *, closed: bool) -> None:
        """Transfers along routes: what leaves one facility arrives at another, or goes elsewhere."""
        for place in sorted({a for a, _ in pairs} | {b for _, b in pairs}):
            for measure, end, key in ((self.flows.moved_out, 0, "left"), (self.flows.moved_in, 1, "came")):
                along = [self._route(pair, period) for pair in pairs if pair[end] == place]
                cells = [(self.flow(measure, period, place), 1), *((id, -1) for id in along)]
                if not closed:
                    cells.append((self._term(f"{measure}:elsewhere", period, place, words=measure), -1))
                self._tie(f"{key}:{period}/{place}", cells, key)
        for longer, parts in _longer(self.periods):
            if longer == period:
                for pair in pairs:
                    cells = [(self._route(pair, longer), 1), *((self._route(pair, part), -1) for part in parts)]
                    self._tie(f"longer:{pair[0]}>{pair[1]}@{longer}", cells, "longer")

    def close(self, period: PartialDate, places: Sequence[str]) -> None:
        """Over all facilities as many arrive as leave."""
        out = [(self.flow(self.flows.moved_out, period, place), 1) for place in places]
        into = [(self.flow(self.flows.moved_in, period, place), -1) for place in places]
        self._tie(f"closed:{period}", [*out, *into], "closed")

    def add_totals(self, places: Sequence[str]) -> None:
        """Sums over the facilities for every term that each of them has."""
        for term in [t for t in self.terms.values() if t.facility == places[0] and t.measure is not None]:
            base = term.id.removesuffix(f"/{places[0]}")
            parts = [f"{base}/{place}" for place in places]
            if all(part in self.terms for part in parts):
                self.terms[base] = Term(base, term.words, term.measure, "", None, term.as_of, term.since, term.until)
                self._tie(f"total:{base}", [(base, 1), *((part, -1) for part in parts)], "total")

    def _route(self, pair: tuple[str, str], period: PartialDate) -> str:
        id = f"moved:{pair[0]}>{pair[1]}@{period}"
        if id not in self.terms:
            told, words = day_said(period), self._words(self.flows.moved_out)
            arrow = f"{pair[0]} → {pair[1]}"
            self.terms[id] = Term(
                id, Bilingual(es=f"{words.es}, {arrow} ({told.es})", en=f"{words.en}, {arrow} ({told.en})")
            )
        return id

    def _term(
        self,
        measure: str,
        day: PartialDate,
        place: str,
        span: tuple[PartialDate | None, PartialDate | None] = (None, None),
        words: str = "",
    ) -> str:
        id = f"{measure}@{day}/{place}"
        if id not in self.terms:
            told, name = day_said(day), self._words(words or measure)
            away = (
                Bilingual(es=" fuera de estos centros", en=" outside these facilities") if words else Bilingual("", "")
            )
            both = Bilingual(
                es=f"{name.es}{away.es}, {place} ({told.es})", en=f"{name.en}{away.en}, {place} ({told.en})"
            )
            self.terms[id] = Term(
                id, both, None if words else measure, facility=place, as_of=None if span[0] else day,
                since=span[0], until=span[1],
            )  # fmt: skip
        return id

    def _words(self, measure: str) -> Bilingual:
        found = self.vocabulary.find(measure)
        return found.name if found else dict(self.rules.words).get(measure, Bilingual.same(measure))

    def _tie(self, id: str, cells: Sequence[tuple[str, int]], key: str) -> None:
        self.identities[id] = Identity(id, tuple(cells), self.flows.words[key], Relation.EQ)


def _longer(periods: Sequence[PartialDate]) -> list[tuple[PartialDate, tuple[PartialDate, ...]]]:
    """The whole months and years that the periods fill, each with the next finer periods it is made of."""
    found: list[tuple[PartialDate, tuple[PartialDate, ...]]] = []
    months: list[PartialDate] = [p for p in periods if p.month is not None and p.day is None]
    days: dict[tuple[int, int], list[PartialDate]] = {}
    for period in periods:
        if period.month is not None and period.day is not None:
            days.setdefault((period.year, period.month), []).append(period)
    for (year, month), inside in sorted(days.items()):
        if len(inside) == calendar.monthrange(year, month)[1]:
            found.append((PartialDate(year, month), tuple(inside)))
            months.append(PartialDate(year, month))
    by_year: dict[int, list[PartialDate]] = {}
    for period in months:
        by_year.setdefault(period.year, []).append(period)
    found += [
        (PartialDate(year), tuple(sorted(inside))) for year, inside in sorted(by_year.items()) if len(inside) == 12
    ]
    return found


def _refuse_gaps(periods: Sequence[PartialDate]) -> None:
    faults = [
        Fault(
            f"period {later} (row {row})",
            f"does not start on the day after {earlier} ends",
            f"no empieza el día siguiente al fin de {earlier}",
        )
        for row, (earlier, later) in enumerate(pairwise(periods), start=2)
        if later.first != earlier.last + timedelta(days=1)
    ]
    if not periods:
        faults.append(Fault("periods", "there are none", "no hay ninguno"))
    if faults:
        raise FaultsFound("periods", faults)


def _refuse_unknown(pairs: Iterable[tuple[str, str]], places: Sequence[str]) -> None:
    faults = [
        Fault(
            f"route {one} > {other}",
            f"there is no facility {place!r}" if place not in places else "a route joins two facilities",
            f"no existe el centro {place!r}" if place not in places else "una ruta une dos centros",
        )
        for one, other in pairs
        for place in (one, other)
        if place not in places or one == other
    ]
    if faults:
        raise FaultsFound("routes", faults)
