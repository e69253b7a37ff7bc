"""Differences said outright: "12 more than in 2016", «nueve más que los 36 del año anterior»."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from recuento.check.mentions import Mention, Page, Sentence, class_of, has, item_classes
from recuento.check.pairs import by_year, passages
from recuento.check.ranges import Range, range_of
from recuento.check.rates import is_capacity, is_held
from recuento.check.repairs import correction_for
from recuento.check.wording import finding, shown, spread
from recuento.check.words import FALLS_BY, RISES_BY, SHORTFALLS
from recuento.check.years import year_of
from recuento.model.finding import Finding, FindingKind
from recuento.values.bilingual import Bilingual, Language
from recuento.values.quantity import Number

_MORE = frozenset(["more", "mas", "higher"])
_FEWER = frozenset(["fewer", "less", "menos", "lower"])


def difference_findings(page: Page) -> list[Finding]:
    """Every difference that the two figures it compares do not give."""
    found: list[Finding] = []
    for sentence in page.sentences:
        for difference in sentence.counts():
            if (sign := _sign(sentence, difference)) and (
                fault := _fault(page, sentence, difference, sign)
            ) is not None:
                found.append(fault)
            if (sign := _moved(sentence, difference) or _bare_sign(sentence, difference)) and (
                fault := _move_fault(page, sentence, difference, sign)
            ) is not None:
                found.append(fault)
            if (sign := _lacking(sentence, difference)) and (
                fault := _room_fault(page, sentence, difference, sign)
            ) is not None:
                found.append(fault)
    return found


def _sign(sentence: Sentence, mention: Mention) -> int:
    """1 for "12 more than", −1 for "12 fewer than", else 0; the noun may stand between."""
    words = sentence.gap(mention.last, mention.last + 4).split()
    for k, word in enumerate(words[:3]):
        if word in (",", ".", ";", "(", ")"):
            return 0
        if word in _MORE | _FEWER:
            compares = words[k + 1 : k + 3]
            if not ({"than", "que"} & set(compares)):
                return 0
            return 1 if word in _MORE else -1
    return 0


def _bare_sign(sentence: Sentence, mention: Mention) -> int:
    """1 for "1.212 más", −1 for "76 fewer", where no figure follows that it is compared with."""
    word = sentence.gap(mention.last, mention.last + 1).strip()
    if word not in _MORE | _FEWER or any(c.first >= mention.last for c in sentence.counts()):
        return 0
    return 1 if word in _MORE else -1


def _moved(sentence: Sentence, mention: Mention) -> int:
    """1 for "rose by 148", −1 for "a fall of 148", else 0."""
    words = sentence.before(mention, 5).split()
    if not words or words[-1] not in ("by", "en", "of", "de"):
        return 0
    gap = f" {words[-2]} " if len(words) > 1 else " "
    return 1 if has(gap, RISES_BY) else -1 if has(gap, FALLS_BY) else 0


def _move_fault(page: Page, sentence: Sentence, difference: Mention, sign: int) -> Finding | None:
    """Against the figures it moved between, where the same sentence names both."""
    others = [c for c in sentence.counts() if c is not difference]
    pair = next((p for p in passages(sentence, others)), None)
    if pair is None and len(others) == 2:
        pair = by_year(sentence, others[0], sentence, others[1])
    if pair is None or any(
        _closes(difference, sign, one, other) for one in others for other in others if one is not other
    ):
        return None
    return _said(page, difference, sign, pair.later, pair.earlier)


def _lacking(sentence: Sentence, mention: Mention) -> int:
    """1 where a count is said to be the places that lack or the people too many: "a shortfall of 262 places"."""
    gap = sentence.before(mention, 4)
    return int(has(gap, SHORTFALLS) and (item_classes(sentence, mention) & {"capacity", "person"} != frozenset()))


def _room_fault(page: Page, sentence: Sentence, difference: Mention, sign: int) -> Finding | None:
    """Against the people held and the places, where each is given once."""
    around = [(s, c) for s, c in page.around(sentence, back=2, ahead=1) if c is not difference]
    places = [c for s, c in around if is_capacity(s, c)]
    held = [c for s, c in around if is_held(s, c)]
    if len(places) != 1 or len(held) != 1 or _closes(difference, sign, held[0], places[0]):
        return None
    return _said(page, difference, sign, held[0], places[0])


def _fault(page: Page, sentence: Sentence, difference: Mention, sign: int) -> Finding | None:
    current = _current(page, sentence, difference)
    reference = _reference(page, sentence, difference)
    if current is None or reference is None or reference is current:
        return None
    near = [
        c
        for s in page.sentences[max(0, sentence.number - 2) : sentence.number + 2]
        for c in s.counts()
        if c is not difference
    ]
    if any(_closes(difference, sign, one, other) for one in near for other in near if one is not other):
        return None
    return _said(page, difference, sign, current, reference)


def _current(page: Page, sentence: Sentence, difference: Mention) -> Mention | None:
    """The figure that is so much more: the nearest count before, in the sentence or the one before."""
    before = [c for c in sentence.counts() if c.last <= difference.first]
    if before:
        return before[-1]
    if sentence.number and page.sentences[sentence.number - 1].paragraph == sentence.paragraph:
        counts = page.sentences[sentence.number - 1].counts()
        return counts[0] if len(counts) == 1 else None
    return None


def _reference(page: Page, sentence: Sentence, difference: Mention) -> Mention | None:
    """The figure it is compared with: right after "than the", or the one that its year has in the text."""
    after = [c for c in sentence.counts() if c.first >= difference.last]
    year = year_of(sentence, difference)
    if after:
        direct = after[0].first - difference.last <= 5 and year is None
        of_year = year is not None and year_of(sentence, after[0]) == year
        return after[0] if direct or of_year else None
    if year is None:
        return None
    kind = class_of(sentence, difference)
    found = [
        count
        for other in page.sentences
        for count in other.counts()
        if count is not difference and year_of(other, count) == year and class_of(other, count) in (kind, None)
    ]
    return found[0] if len(found) == 1 else None


def _closes(difference: Mention, sign: int, current: Mention, reference: Mention) -> bool:
    return _between(current, reference, sign).meets(range_of(difference))


def _between(current: Mention, reference: Mention, sign: int) -> Range:
    """How much more (or fewer) the one is than the other."""
    more, less = (current, reference) if sign > 0 else (reference, current)
    high, low = range_of(more), range_of(less)
    least = None if high.low is None or low.high is None else high.low - low.high
    most = None if high.high is None or low.low is None else high.high - low.low
    return Range(least, most)


def _said(page: Page, difference: Mention, sign: int, current: Mention, reference: Mention) -> Finding:
    figures = (difference, current, reference)
    correction = None
    if all(m.quantity.is_exact for m in figures):
        correction = correction_for(figures, lambda numbers: _numbers_close(sign, numbers), page.language)
    between = _between(current, reference, sign)
    reverse = between.high is not None and between.high < 0

    def sum(language: Language) -> str:
        one, other = (current, reference) if sign > 0 else (reference, current)
        return f"{shown(one, language)} − {shown(other, language)} = {spread(between, language)}"

    def words(language: Language) -> str:
        now, then, said = shown(current, language), shown(reference, language), shown(difference, language)
        gap = (
            Range(-between.high, None if between.low is None else -between.low)
            if reverse and between.high is not None
            else between
        )
        size = spread(gap, language)
        up = (sign > 0) != reverse
        if language == "es":
            found, stated = "más" if up else "menos", "más" if sign > 0 else "menos"
            return f"De {then} a {now} hay {size} {found}, y el texto dice {said} {stated}."
        found, stated = "more" if up else "fewer", "more" if sign > 0 else "fewer"
        return f"{now} is {size} {found} than {then}, and the text says {said} {stated}."

    return finding(
        page,
        FindingKind.DIFFERENCE,
        figures,
        sum=Bilingual(es=sum("es"), en=sum("en")),
        words=Bilingual(es=words("es"), en=words("en")),
        correction=correction,
    )


def _numbers_close(sign: int, numbers: Sequence[Number]) -> bool:
    said, current, reference = (Fraction(n) for n in numbers)
    return sign * (current - reference) == said
