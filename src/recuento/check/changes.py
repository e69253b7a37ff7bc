"""Rises, falls and multiples between two figures, and the base they were taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from recuento.check.mentions import Kind, Mention, Page, Sentence, has
from recuento.check.pairs import Pair, pair_around
from recuento.check.ranges import Range, range_of, ratio_of, rough_range_of, stated_range
from recuento.check.repairs import correction_for
from recuento.check.roles import Role, role_of
from recuento.check.wording import finding, shown, spread
from recuento.model.finding import Finding, FindingKind
from recuento.values.bilingual import Bilingual, Language
from recuento.values.quantity import Number


def change_findings(page: Page) -> list[Finding]:
    """Every rise, fall or multiple that its two figures do not give."""
    found: list[Finding] = []
    for sentence in page.sentences:
        for percent in sentence.mentions:
            if percent.kind is not Kind.PERCENT:
                continue
            role = role_of(sentence, percent)
            if role in (Role.RISE, Role.FALL) and (fault := _fault(page, sentence, percent, role)) is not None:
                found.append(fault)
        found += _multiple_findings(page, sentence)
    return found


def _fault(page: Page, sentence: Sentence, percent: Mention, role: Role) -> Finding | None:
    pair = pair_around(page, sentence, percent.first)
    if (
        pair is None
        or _is_of_another(sentence, percent, role, pair)
        or _fits(percent, role, pair)
        or _another_pair_fits(page, sentence, percent, role, pair)
    ):
        return None
    return _said(page, percent, role, pair)


def _is_of_another(sentence: Sentence, percent: Mention, role: Role, pair: Pair) -> bool:
    """Whether a fall is said beside a rise (or the reverse) with "and" between them: they are of two things then."""
    rises = pair.later.shown > pair.earlier.shown
    if rises == (role is Role.RISE) or pair.later not in sentence.mentions:
        return False
    last, first = max(pair.later.last, pair.earlier.last), min(pair.later.first, pair.earlier.first)
    gap = sentence.gap(last, percent.first) if last <= percent.first else sentence.gap(percent.last, first)
    return has(gap, ("y", "and", "e"))


def _fits(percent: Mention, role: Role, pair: Pair) -> bool:
    ratio = ratio_of(rough_range_of(pair.later), rough_range_of(pair.earlier))
    return ratio is not None and _signed(_moved(ratio, -100), role).meets(stated_range(percent))


def _another_pair_fits(page: Page, sentence: Sentence, percent: Mention, role: Role, pair: Pair) -> bool:
    near = [c for s in page.sentences[max(0, sentence.number - 1) : sentence.number + 1] for c in s.counts()]
    pairs = (Pair(one, other) for one in near for other in near if one is not other)
    mine = {pair.earlier, pair.later}
    return any({other.earlier, other.later} != mine and _fits(percent, role, other) for other in pairs)


def change_of(earlier: Mention, later: Mention, base: Mention) -> Range | None:
    """The change from one figure to another in per cent of the base, below zero for a fall."""
    old, new, whole = range_of(earlier), range_of(later), range_of(base)
    if whole.low is None or whole.low <= 0:
        return None
    if base is earlier:
        ratio = ratio_of(new, old)
        return None if ratio is None else _moved(ratio, -100)
    ratio = ratio_of(old, new)
    if ratio is None:
        return None
    return Range(None if ratio.high is None else 100 - ratio.high, None if ratio.low is None else 100 - ratio.low)


def _moved(found: Range, by: int) -> Range:
    return Range(None if found.low is None else found.low + by, None if found.high is None else found.high + by)


def _signed(change: Range, role: Role) -> Range:
    """The change as a size in the direction that the text says."""
    if role is Role.RISE:
        return change
    return Range(None if change.high is None else -change.high, None if change.low is None else -change.low)


# What is said of a change.


def _said(page: Page, percent: Mention, role: Role, pair: Pair) -> Finding | None:
    change = change_of(pair.earlier, pair.later, pair.earlier)
    if change is None:
        return None
    figures = (percent, pair.earlier, pair.later)
    over_later = change_of(pair.earlier, pair.later, pair.later)
    wrong_base = over_later is not None and _signed(over_later, role).meets(stated_range(percent))
    ratio = ratio_of(range_of(pair.later), range_of(pair.earlier))
    is_ratio = role is Role.RISE and ratio is not None and ratio.meets(stated_range(percent))
    correction = None
    if not (wrong_base or is_ratio) and all(m.quantity.is_exact for m in figures):
        correction = correction_for(figures, lambda numbers: _numbers_fit(percent, role, numbers), page.language)
    return finding(
        page,
        FindingKind.CHANGE_BASE if wrong_base or is_ratio else FindingKind.CHANGE,
        figures,
        sum=Bilingual(es=_sum(pair, change, percent, "es"), en=_sum(pair, change, percent, "en")),
        words=Bilingual(
            es=_words(pair, change, percent, wrong_base, is_ratio, "es"),
            en=_words(pair, change, percent, wrong_base, is_ratio, "en"),
        ),
        correction=correction,
    )


def _sum(pair: Pair, change: Range, percent: Mention, language: Language) -> str:
    old, new = shown(pair.earlier, language), shown(pair.later, language)
    return f"100 × ({new} − {old}) / {old} = {spread(change, language, max(percent.decimals, 1))}\u00a0%"


def _words(pair: Pair, change: Range, percent: Mention, wrong_base: bool, is_ratio: bool, language: Language) -> str:
    old, new, said = shown(pair.earlier, language), shown(pair.later, language), shown(percent, language)
    up = (change.low or Fraction(0)) >= 0
    size = spread(change if up else _signed(change, Role.FALL), language, max(percent.decimals, 1))
    if language == "es":
        named = "un aumento" if up else "un descenso"
        words = f"De {old} a {new} hay {named} del {size}\u00a0%, y el texto dice {said}\u00a0%."
        if wrong_base:
            base = f"entre la cifra posterior ({new}), no entre la anterior ({old})"
            return f"{words} Ese {said}\u00a0% se obtiene al dividir {base}."
        if is_ratio:
            return f"{words} Ese {said}\u00a0% es la cifra posterior como porcentaje de la anterior, no lo que aumentó."
        return words
    words = f"From {old} to {new} is a {'rise' if up else 'fall'} of {size}\u00a0%, and the text says {said}\u00a0%."
    if wrong_base:
        return f"{words} {said}\u00a0% results over the later figure ({new}) instead of the earlier one ({old})."
    if is_ratio:
        return f"{words} {said}\u00a0% is the later figure as a percentage of the earlier one, not the rise."
    return words


def _numbers_fit(percent: Mention, role: Role, numbers: Sequence[Number]) -> bool:
    said, old, new = (Fraction(number) for number in numbers)
    if old <= 0 or new <= 0:
        return False
    size = 100 * (new - old) / old * (1 if role is Role.RISE else -1)
    step = percent.step
    return said - step / 2 <= size < said + step


# Doubled, tripled, halved.

_MULTIPLES: tuple[tuple[tuple[str, ...], Fraction, Fraction, Fraction, Bilingual], ...] = (
    (("doubled", "duplico", "duplicaron", "se duplico", "duplicado", "twofold", "double", "el doble", "twice"),
     Fraction(2), Fraction(7, 4), Fraction(5, 2), Bilingual(es="el doble", en="double")),
    (("tripled", "trebled", "triplico", "triplicaron", "triplicado", "threefold", "triple", "el triple"),
     Fraction(3), Fraction(13, 5), Fraction(7, 2), Bilingual(es="el triple", en="three times")),
    (("quadrupled", "cuadruplico", "cuadruplicaron", "fourfold", "el cuadruple"),
     Fraction(4), Fraction(7, 2), Fraction(9, 2), Bilingual(es="el cuádruple", en="four times")),
    (("halved", "a la mitad", "by half", "in half"),
     Fraction(1, 2), Fraction(2, 5), Fraction(3, 5), Bilingual(es="la mitad", en="half")),
)  # fmt: skip
"""The words, the multiple, and how far round words may stray from it."""
_MORE_THAN = ("more than", "mas que", "mas del", "mas de", "over", "well over")
_NEARLY = ("nearly", "almost", "casi", "close to", "practicamente")


def _multiple_findings(page: Page, sentence: Sentence) -> Iterator[Finding]:
    for words, times, least, most, name in _MULTIPLES:
        at = _place_of(sentence, words)
        if at is None:
            continue
        pair = pair_around(page, sentence, at)
        if pair is None or _is_price(sentence, pair):
            continue
        ratio = ratio_of(range_of(pair.later), range_of(pair.earlier), 1)
        lead = sentence.gap(max(0, at - 3), at)
        if ratio is None or _allowed(lead, times, least, most).meets(ratio):
            continue
        yield _multiple_said(page, pair, ratio, name)


def _place_of(sentence: Sentence, phrases: Sequence[str]) -> int | None:
    for k in range(len(sentence.tokens)):
        if any(sentence.gap(k, k + phrase.count(" ") + 1) == f" {phrase} " for phrase in phrases):
            return k
    return None


def _allowed(lead: str, times: Fraction, least: Fraction, most: Fraction) -> Range:
    falls = times < 1
    if has(lead, _MORE_THAN):
        return Range(Fraction(0), most) if falls else Range(least, None)
    if has(lead, _NEARLY):
        return Range(times, most + Fraction(1, 10)) if falls else Range(least - Fraction(1, 4), times)
    return Range(least, most)


def _is_price(sentence: Sentence, pair: Pair) -> bool:
    return any(m.unit == "money" for m in sentence.mentions)


def _multiple_said(page: Page, pair: Pair, ratio: Range, name: Bilingual) -> Finding:
    def words(language: Language) -> str:
        old, new, times = shown(pair.earlier, language), shown(pair.later, language), spread(ratio, language, 1)
        if language == "es":
            return f"{new} es {times} veces {old}, y el texto habla de {name.es}."
        return f"{new} is {times} times {old}, and the text speaks of {name.en}."

    def sum(language: Language) -> str:
        return f"{shown(pair.later, language)} / {shown(pair.earlier, language)} = {spread(ratio, language, 1)}"

    return finding(
        page,
        FindingKind.CHANGE,
        (pair.earlier, pair.later),
        sum=Bilingual(es=sum("es"), en=sum("en")),
        words=Bilingual(es=words("es"), en=words("en")),
    )
