"""The ledger of an event, made from the vocabulary, the rules, its facilities and the days its figures speak of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

from recuento.balance.dates import by_day
from recuento.balance.free_terms import free_terms
from recuento.model.casting import Event, Facility
from recuento.model.claim import Claim
from recuento.model.ledger import Identity, Ledger, Relation, Term
from recuento.model.measure import Vocabulary
from recuento.model.rules import Rules, Template, standard_rules
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

_PERIOD_DAYS_MIN = 28


def ledger_for(
    event: Event,
    vocabulary: Vocabulary,
    claims: Sequence[Claim],
    *,
    facilities: Sequence[Facility] = (),
    rules: Rules | None = None,
    as_of: PartialDate | None = None,
    schema: str | None = None,
) -> Ledger:
    """Give the terms and identities of the event; the same whatever the order of the claims.

    One set of terms for each facility of the event, and totals over them where there are several. Measures that no
    identity ties become free terms. `as_of` is the day at which unknowns are balanced (the event's own, or its
    last day); `schema` "event" or "period" is told from the length of the event unless given. A casefile extends
    or switches off identities through `rules`.
    """
    rules = rules or standard_rules()
    mine = sorted((claim for claim in claims if claim.event == event.id), key=lambda claim: claim.id)
    setting = _Setting(event, vocabulary, rules, as_of or event.as_of or event.ends, schema or schema_of(event))
    said = Said.of(mine, vocabulary)
    several = len(event.facilities) > 1
    drafts = []
    for place in event.facilities or ("",):
        draft = _Draft(setting, place, suffix=f"/{place}" if several else "")
        _fill(draft, said)
        drafts.append(draft)
    whole = _totalled(setting, drafts) if several else drafts[0]
    tied = whole.ledger()
    more = free_terms(tied, mine, vocabulary, rules, facilities, event.facilities)
    return replace(tied, terms=(*tied.terms, *more))


def schema_of(event: Event) -> str:
    """ "period" for an event of four weeks or more (a month, a year), else "event"."""
    return "period" if (event.ends.last - event.starts.first).days + 1 >= _PERIOD_DAYS_MIN else "event"


@dataclass(frozen=True, slots=True)
class Said:
    """Of which measures figures were given, for which days, and which of them somebody puts above zero."""

    days: Mapping[str, tuple[PartialDate, ...]]
    above_zero: frozenset[str]

    @classmethod
    def of(cls, claims: Iterable[Claim], vocabulary: Vocabulary) -> Said:
        """What the claims speak of. Silence speaks of nothing."""
        days: dict[str, set[PartialDate]] = {}
        above = set()
        for claim in claims:
            if claim.quantity.is_silence:
                continue
            measure = vocabulary.canonical(claim.measure)
            days.setdefault(measure, set()).add(claim.as_of)
            if claim.quantity.low is not None and claim.quantity.low > 0:
                above.add(measure)
        return cls({m: tuple(sorted(days[m])) for m in sorted(days)}, frozenset(above))


@dataclass(frozen=True, slots=True)
class _Setting:
    event: Event
    vocabulary: Vocabulary
    rules: Rules
    day: PartialDate
    schema: str


@dataclass(slots=True)
class _Draft:
    """A ledger in the making, for one facility or for the whole event."""

    setting: _Setting
    facility: str
    suffix: str = ""
    terms: dict[str, Term] = field(default_factory=dict)
    identities: dict[str, Identity] = field(default_factory=dict)

    def ledger(self) -> Ledger:
        return Ledger(tuple(self.terms.values()), tuple(self.identities.values()), self.setting.rules.readings)

    def words_of(self, measure: str) -> Bilingual:
        found = self.setting.vocabulary.find(measure)
        return found.name if found else dict(self.setting.rules.words).get(measure, Bilingual.same(measure))

    def add(
        self,
        base: str,
        words: Bilingual,
        measure: str,
        as_of: PartialDate | None = None,
        span: tuple[PartialDate | None, PartialDate | None] = (None, None),
    ) -> str:
        """Add a term if it is not there yet; give its id."""
        id = base + self.suffix
        if id not in self.terms:
            place = self.facility or None
            self.terms[id] = Term(id, words, measure, facility=place, as_of=as_of, since=span[0], until=span[1])
        return id

    def tie(
        self, base: str, cells: Iterable[tuple[str, int]], words: Bilingual, relation: Relation = Relation.GE
    ) -> None:
        """Add an identity over terms, with the constant zero."""
        id = base + self.suffix
        self.identities[id] = Identity(id, tuple(cells), words, relation)

    def apply(self, template: Template, said: Said) -> None:
        """Add the identity that a template makes of the terms."""
        id = template.id + self.suffix
        cells = [*template.sum, *(cell for cell in template.where_said if cell[0] in said.above_zero)]
        coefficients = tuple((self.term(measure, day), c) for measure, day, c in cells)
        self.identities[id] = Identity(
            id, coefficients, template.words, template.relation, template.constant, template.reading
        )

    def term(self, measure: str, day: str) -> str:
        """The term of a measure in a template: its stock before or after, its count by a day, or its total."""
        how = self.setting.rules.dating_of(measure)
        words = self.words_of(measure)
        if how == "before":
            return self._stock(measure, words, day or "before")
        if how == "date" and self.setting.schema == "event":
            known = [t.as_of for t in self.terms.values() if t.measure == measure and t.as_of is not None]
            on = max([*known, self.setting.day]) if day == "last" else self.setting.day
            return self.add(f"{measure}@{on}", by_day(words, on), measure, as_of=on)
        return self.add(measure, words, measure)

    def _stock(self, measure: str, words: Bilingual, day: str) -> str:
        event, margin = self.setting.event, timedelta(days=self.setting.rules.days_before)
        if day == "after":
            words = Bilingual(es=f"{words.es} al final", en=f"{words.en} at the end")
            return self.add(
                f"{measure}@after", words, measure, span=(event.ends, PartialDate.of(event.ends.last + margin))
            )
        words = Bilingual(es=f"{words.es} al comienzo", en=f"{words.en} at the start")
        until = max(event.ends, self.setting.day) if self.setting.schema == "event" else event.starts
        return self.add(measure, words, measure, span=(PartialDate.of(event.starts.first - margin), until))


def _fill(draft: _Draft, said: Said) -> None:
    """The terms and identities of one facility."""
    rules, schema = draft.setting.rules, draft.setting.schema
    running = [m for m in said.days if rules.dating_of(m) == "date" and schema == "event"]
    for measure in running:
        for day in said.days[measure]:
            draft.add(f"{measure}@{day}", by_day(draft.words_of(measure), day), measure, as_of=day)
    for template in rules.templates:
        if template.schema in (None, schema) and _is_needed(template, said):
            draft.apply(template, said)
    for measure in sorted({t.measure for t in draft.terms.values() if t.as_of is not None and t.measure}):
        _add_growth(draft, measure)
    for measure in said.days:
        _add_part(draft, measure)


def _is_needed(template: Template, said: Said) -> bool:
    return not template.needs or any(measure in said.days for measure in template.needs)


def _add_growth(draft: _Draft, measure: str) -> None:
    """A running count only grows from day to day."""
    days = sorted(t.as_of for t in draft.terms.values() if t.measure == measure and t.as_of is not None)
    name = draft.words_of(measure)
    words = Bilingual(es=f"las {name.es} solo van en aumento", en=f"the count of {name.en} only grows")
    for earlier, later in pairwise(days):
        if earlier.last <= later.first:
            cells = [(f"{measure}@{later}{draft.suffix}", 1), (f"{measure}@{earlier}{draft.suffix}", -1)]
            draft.tie(f"grows:{measure}@{later}", cells, words)


def _add_part(draft: _Draft, measure: str) -> None:
    """A part never exceeds its whole, where no identity says so already."""
    found = draft.setting.vocabulary.find(measure)
    if found is None or found.part_of is None:
        return
    whole = draft.setting.vocabulary.canonical(found.part_of)
    rules = draft.setting.rules
    if {rules.dating_of(measure), rules.dating_of(whole)} != {"event"}:
        return
    if _is_part(draft, whole + draft.suffix, measure + draft.suffix):
        return
    part_name, whole_name = draft.words_of(measure), draft.words_of(whole)
    words = Bilingual(
        es=f"«{part_name.es}» es una parte de «{whole_name.es}»", en=f"“{part_name.en}” is part of “{whole_name.en}”"
    )
    draft.tie(f"part:{measure}", [(draft.term(whole, ""), 1), (draft.term(measure, ""), -1)], words)


def _is_part(draft: _Draft, whole: str, part: str) -> bool:
    """Whether an identity that always holds already counts the part into the whole."""
    coefficients = (dict(i.coefficients) for i in draft.identities.values() if i.reading is None)
    return any(cells.get(whole, 0) * cells.get(part, 0) < 0 for cells in coefficients)


def _totalled(setting: _Setting, drafts: Sequence[_Draft]) -> _Draft:
    """The drafts together, with a total over the facilities for every term."""
    whole = _Draft(setting, "")
    for draft in drafts:
        whole.terms.update(draft.terms)
        whole.identities.update(draft.identities)
    words = Bilingual(es="el total es la suma de los centros", en="the total is the sum over the facilities")
    first = drafts[0]
    for id, term in first.terms.items():
        base = id.removesuffix(first.suffix)
        assert term.measure is not None
        total = whole.add(base, term.words, term.measure, term.as_of, (term.since, term.until))
        cells = [(total, 1), *((base + draft.suffix, -1) for draft in drafts)]
        whole.tie(f"total:{base}", cells, words, relation=Relation.EQ)
    return whole
