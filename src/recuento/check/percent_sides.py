"""Percentages of the two sides of one split: men and women of the same people cannot be more than all of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from recuento.check.mentions import Kind, Mention, Page, Sentence
from recuento.check.ranges import sum_of
from recuento.check.splits import side_of
from recuento.check.wording import finding, shown, spread
from recuento.check.words import SPLITS
from recuento.model.finding import Finding, FindingKind
from recuento.values.bilingual import Bilingual, Language


def percent_side_findings(page: Page) -> list[Finding]:
    """Every two percentages that name both sides of a split and make more than 100."""
    return [_said(page, pair) for sentence in page.sentences for pair in _too_much(sentence)]


def _too_much(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    percents = [m for m in sentence.mentions if m.kind is Kind.PERCENT]
    for one, other in combinations(percents, 2):
        for sides in SPLITS.values():
            named = side_of(sentence, one, sides), side_of(sentence, other, sides)
            if None in named or named[0] == named[1] or not _of_one_base(sentence, one, other):
                continue
            low = sum_of((one, other)).low
            if low is not None and low > 100 + one.step + other.step:
                yield one, other


def _of_one_base(sentence: Sentence, one: Mention, other: Mention) -> bool:
    """Whether both can be shares of the same people: the second names no base of its own, and nothing turns away."""
    words = sentence.gap(other.last, other.last + 1).split()
    between = sentence.gap(one.last, other.first).split()
    return (
        words[:1] not in (["of"], ["de"], ["del"])
        and len(between) <= 9
        and not {";", "while", "mientras"} & set(between)
    )


def _said(page: Page, pair: tuple[Mention, Mention]) -> Finding:
    def sum(language: Language) -> str:
        return f"{' + '.join(shown(m, language) for m in pair)} = {spread(sum_of(pair), language)}\u00a0%"

    made = {language: spread(sum_of(pair), language) for language in ("es", "en")}
    return finding(
        page,
        FindingKind.PERCENTAGE,
        pair,
        sum=Bilingual(es=sum("es"), en=sum("en")),
        words=Bilingual(
            es=f"Las dos partes suman {made['es']}\u00a0%, más que el total.",
            en=f"The two sides add up to {made['en']}\u00a0%, more than the whole.",
        ),
    )
