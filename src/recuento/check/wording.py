"""How a finding is said, in Spanish and English: what the figures give, what the text says, what would close."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from recuento.check.mentions import Mention, Page
from recuento.check.ranges import Range, rounded
from recuento.model.finding import Correction, Finding, FindingKind
from recuento.values.bilingual import Bilingual, Language
from recuento.values.quantity import Number
from recuento.values.wording import number_text, quantity_text, range_text


def shown(mention: Mention, language: Language) -> str:
    """A figure as it was said: "2.000", "más de 2.000"."""
    if mention.quantity.is_exact:
        return digits(mention.shown, mention.decimals, language)
    return quantity_text(mention.quantity, language)


def digits(number: Number, decimals: int, language: Language) -> str:
    """A number with the decimals it was written with."""
    return number_text(rounded(Fraction(number), decimals) if decimals > 0 else number, language)


def plain(number: Fraction, language: Language, decimals: int = 0) -> str:
    """A whole number, or a ratio at so many decimals."""
    whole = number.denominator == 1 and not decimals
    return number_text(int(number) if whole else rounded(number, decimals), language)


def spread(found: Range, language: Language, decimals: int = 0) -> str:
    """A range in few words, its ends at so many decimals."""
    low = None if found.low is None else _number(found.low, decimals)
    high = None if found.high is None else _number(found.high, decimals)
    return range_text(low, high, language)


def finding(
    page: Page,
    kind: FindingKind,
    mentions: Sequence[Mention],
    *,
    sum: Bilingual,
    words: Bilingual,
    correction: Correction | None = None,
) -> Finding:
    """Make a finding of the figures it rests on; the correction, or a word of tact, ends what is said."""
    ordered = sorted(mentions, key=lambda mention: mention.anchor)
    return Finding(
        kind=kind,
        place=page.place(ordered),
        figures=tuple(dict.fromkeys(mention.anchor for mention in ordered)),
        sum=sum,
        words=ended(words, correction),
        correction=correction,
    )


def ended(words: Bilingual, correction: Correction | None) -> Bilingual:
    """What is said, with the figure that would close or a word of tact after it."""
    if correction is None:
        return Bilingual(
            es=f"{words.es} Puede valer la pena revisar estas cifras.",
            en=f"{words.en} It may be worth checking these figures.",
        )
    wrong, right = correction.figure.quote, correction.written
    return Bilingual(
        es=f"{words.es} Cuadraría con {right} en lugar de {wrong}; puede valer la pena revisarlo.",
        en=f"{words.en} It would close with {right} instead of {wrong}; it may be worth checking.",
    )


def _number(number: Fraction, decimals: int) -> Number:
    if number.denominator == 1 and not decimals:
        return int(number)
    return rounded(number, decimals)
