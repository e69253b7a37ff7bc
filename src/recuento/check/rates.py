"""Rates and their definition: occupancy or overcrowding, so many per 1,000, places lacking."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from recuento.check.mentions import Kind, Mention, Page, Sentence, class_of, has, item_classes
from recuento.check.ranges import Range, range_of, ratio_of, rough_range_of, stated_range
from recuento.check.repairs import correction_for
from recuento.check.roles import Role, role_of
from recuento.check.wording import finding, shown, spread
from recuento.check.words import ROOM, WIDE
from recuento.model.finding import Finding, FindingKind
from recuento.values.bilingual import Bilingual, Language
from recuento.values.quantity import Number


def rate_findings(page: Page) -> list[Finding]:
    """Every rate that its own figures do not give, or give under another name."""
    found: list[Finding] = []
    for sentence in page.sentences:
        for mention in sentence.mentions:
            fault = None
            if mention.kind is Kind.PERCENT:
                role = role_of(sentence, mention)
                if role in (Role.OCCUPANCY, Role.OVERCROWDING):
                    fault = _occupancy_fault(page, sentence, mention, role)
            elif mention.kind is Kind.PER:
                fault = _per_fault(page, sentence, mention)
            if fault is not None:
                found.append(fault)
    return found


# Occupancy and overcrowding.


def _occupancy_fault(page: Page, sentence: Sentence, percent: Mention, role: Role) -> Finding | None:
    around = page.around(sentence, back=2, ahead=2)
    places = _nearest_first([(s, c) for s, c in around if is_capacity(s, c)], percent)
    held = _nearest_first([(s, c) for s, c in around if is_held(s, c)], percent)
    if not places or not held:
        return None
    if any(_closes(percent, role, one, place) for one in held for place in places):
        return None
    earlier = [
        (s, c) for s, c in around if (s.number <= sentence.number or _is_label(s)) and not _is_of_elsewhere(sentence, s)
    ]
    people, place = _most_likely(
        _nearest_first([(s, c) for s, c in earlier if is_held(s, c)], percent),
        _nearest_first([(s, c) for s, c in earlier if is_capacity(s, c)], percent),
    )
    if people is None or place is None:
        return None
    return _occupancy_said(page, percent, role, people, place)


def _is_label(sentence: Sentence) -> bool:
    """Whether a sentence is no more than a label and its number: "Capacidad: 1.200"."""
    return len(sentence.tokens) <= 6 and any(token.low == ":" for token in sentence.tokens)


def _is_of_elsewhere(sentence: Sentence, other: Sentence) -> bool:
    """Whether the rate speaks of a whole country and another sentence of one prison, or the reverse."""
    whole = (0, len(sentence.tokens))
    wide, other_wide = has(sentence.gap(*whole), WIDE), has(other.gap(0, len(other.tokens)), WIDE)
    return other is not sentence and wide and not other_wide


def is_capacity(sentence: Sentence, count: Mention) -> bool:
    """Whether a count is of places: by its noun, or by "capacity for", "room for" before it."""
    if class_of(sentence, count) == "capacity":
        return "capacity" in item_classes(sentence, count) or not _is_labelled_otherwise(sentence, count)
    if "place" in item_classes(sentence, count):
        return False
    before = sentence.before(count, 7).split()
    for k in range(len(before) - 1, -1, -1):
        if before[k] in (",", ";", "(", "y", "and", ":", "but", "pero"):
            return False
        if before[k] in ROOM:
            return True
    return False


def _is_labelled_otherwise(sentence: Sentence, count: Mention) -> bool:
    """Whether the count names people itself, so that a capacity before it is another figure's."""
    return "person" in item_classes(sentence, count)


def is_held(sentence: Sentence, count: Mention) -> bool:
    """Whether a count may be of people held."""
    return class_of(sentence, count) in ("person", None) and not is_capacity(sentence, count) and not count.weak


def _nearest_first(counts: Sequence[tuple[Sentence, Mention]], percent: Mention) -> list[Mention]:
    return sorted((c for _, c in counts if c.shown > 0), key=lambda c: abs(c.first_character - percent.first_character))


def _most_likely(held: Sequence[Mention], places: Sequence[Mention]) -> tuple[Mention | None, Mention | None]:
    """The only places of the passage, and the people held there: the largest count in reach, told as the total."""
    if len(places) != 1:
        return None, None
    place = places[0]
    sizable = [one for one in held if one.shown * 4 >= place.shown and one.shown <= place.shown * 12]
    return (max(sizable, key=lambda one: one.shown), place) if sizable else (None, None)


def _closes(percent: Mention, role: Role, held: Mention, places: Mention) -> bool:
    ratio = ratio_of(rough_range_of(held), rough_range_of(places))
    return ratio is not None and _named(ratio, role).meets(stated_range(percent))


def _named(ratio: Range, role: Role) -> Range:
    """The rate that the name stands for: held over places, or what exceeds them."""
    if role is Role.OCCUPANCY:
        return ratio
    return Range(None if ratio.low is None else ratio.low - 100, None if ratio.high is None else ratio.high - 100)


_OTHER = {Role.OCCUPANCY: Role.OVERCROWDING, Role.OVERCROWDING: Role.OCCUPANCY}
_NAMES = {
    Role.OCCUPANCY: Bilingual(es="la ocupación (personas entre plazas)", en="the occupancy (people over places)"),
    Role.OVERCROWDING: Bilingual(
        es="el hacinamiento (lo que excede de las plazas)", en="the overcrowding (what exceeds the places)"
    ),
}


def _occupancy_said(page: Page, percent: Mention, role: Role, held: Mention, places: Mention) -> Finding:
    ratio = ratio_of(range_of(held), range_of(places))
    assert ratio is not None
    other = _OTHER[role]
    misnamed = percent.quantity.is_exact and _named(ratio, other).meets(stated_range(percent))
    figures = (percent, held, places)
    correction = None
    if not misnamed and all(m.quantity.is_exact for m in figures):
        correction = correction_for(figures, lambda numbers: _numbers_close(percent, role, numbers), page.language)
    decimals = max(percent.decimals, 1)

    def sum(language: Language) -> str:
        up, down = shown(held, language), shown(places, language)
        top = up if role is Role.OCCUPANCY else f"({up} − {down})"
        return f"100 × {top} / {down} = {spread(_named(ratio, role), language, decimals)}\u00a0%"

    def words(language: Language) -> str:
        right = spread(_named(ratio, role), language, decimals)
        said, people, room = shown(percent, language), shown(held, language), shown(places, language)
        name, other_name = _NAMES[role].text(language), _NAMES[other].text(language)
        if language == "es":
            base = f"Con {people} personas en {room} plazas, {name} es del {right}\u00a0%"
            return (
                f"{base}; el {said}\u00a0% es {other_name}." if misnamed else f"{base}, y el texto dice {said}\u00a0%."
            )
        base = f"With {people} people in {room} places {name} is {right}\u00a0%"
        return f"{base}; {said}\u00a0% is {other_name}." if misnamed else f"{base}, and the text says {said}\u00a0%."

    return finding(
        page,
        FindingKind.RATE_DEFINITION if misnamed else FindingKind.RATE,
        figures,
        sum=Bilingual(es=sum("es"), en=sum("en")),
        words=Bilingual(es=words("es"), en=words("en")),
        correction=correction,
    )


def _numbers_close(percent: Mention, role: Role, numbers: Sequence[Number]) -> bool:
    said, held, places = (Fraction(n) for n in numbers)
    if places <= 0:
        return False
    ratio = 100 * held / places - (100 if role is Role.OVERCROWDING else 0)
    step = percent.step
    return said - step / 2 <= ratio < said + step


# So many per 1,000.


def _per_fault(page: Page, sentence: Sentence, base: Mention) -> Finding | None:
    rate = next((m for m in reversed(sentence.mentions) if m.last <= base.first and not m.weak), None)
    if rate is None or rate.kind not in (Kind.COUNT, Kind.DECIMAL) or base.first - rate.last > 6:
        return None
    among = class_of(sentence, base)
    around = [(s, c) for s, c in page.around(sentence, back=2, ahead=1) if c is not rate and c.shown > 0]
    wholes = [c for s, c in around if among in _BASES and among in _classes(s, c) and c.shown >= base.shown]
    counted = item_classes(sentence, rate) & {"person", "death", "case"} or {"death", "case"}
    events = [c for s, c in around if class_of(s, c) in counted and c not in wholes]
    if any(_per_closes(rate, base, one, whole) for _, one in around for _, whole in around if one is not whole):
        return None
    if len(wholes) != 1 or len(events) != 1:
        return None
    return _per_said(page, rate, base, events[0], wholes[0])


_BASES = frozenset(("person", "inhabitants", "capacity"))


def _classes(sentence: Sentence, count: Mention) -> frozenset[str]:
    """The classes that a count may be of; "28 millones de habitantes" has its noun after a preposition."""
    found = class_of(sentence, count)
    return item_classes(sentence, count) | (frozenset((found,)) if found else frozenset())


def _per_closes(rate: Mention, base: Mention, events: Mention, whole: Mention) -> bool:
    ratio = ratio_of(rough_range_of(events), rough_range_of(whole), int(base.shown))
    return ratio is not None and ratio.meets(stated_range(rate))


def _per_said(page: Page, rate: Mention, base: Mention, events: Mention, whole: Mention) -> Finding:
    figures = (rate, base, events, whole)
    times = int(base.shown)
    ratio = ratio_of(range_of(events), range_of(whole), times)
    assert ratio is not None
    decimals = max(rate.decimals, 1)
    correction = None
    if all(m.quantity.is_exact for m in figures):
        correction = correction_for(
            (rate, events, whole), lambda numbers: _per_numbers_close(rate, times, numbers), page.language
        )

    def sum(language: Language) -> str:
        top = f"{shown(base, language)} × {shown(events, language)} / {shown(whole, language)}"
        return f"{top} = {spread(ratio, language, decimals)}"

    def words(language: Language) -> str:
        count, people, per = shown(events, language), shown(whole, language), shown(base, language)
        right, said = spread(ratio, language, decimals), shown(rate, language)
        if language == "es":
            return f"{count} entre {people} son {right} por cada {per}, y el texto dice {said}."
        return f"{count} among {people} is {right} per {per}, and the text says {said}."

    return finding(
        page,
        FindingKind.RATE,
        figures,
        sum=Bilingual(es=sum("es"), en=sum("en")),
        words=Bilingual(es=words("es"), en=words("en")),
        correction=correction,
    )


def _per_numbers_close(rate: Mention, times: int, numbers: Sequence[Number]) -> bool:
    said, events, whole = (Fraction(n) for n in numbers)
    step = rate.step
    return whole > 0 and said - step / 2 <= times * events / whole < said + step
