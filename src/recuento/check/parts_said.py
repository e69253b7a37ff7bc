"""What is said where parts and their total do not close."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from recuento.check.mentions import Mention, Page
from recuento.check.ranges import range_of, sum_of
from recuento.check.wording import finding, shown, spread
from recuento.model.finding import Correction, Finding, FindingKind
from recuento.values.bilingual import Bilingual, Language


def parts_said(page: Page, total: Mention, parts: Sequence[Mention], correction: Correction | None) -> Finding:
    """The parts make less, or more, than their total."""
    return finding(
        page,
        FindingKind.PARTS,
        (total, *parts),
        sum=_sum(total, parts),
        words=Bilingual(es=_words(total, parts, "es"), en=_words(total, parts, "en")),
        correction=correction,
    )


def missing_year_said(page: Page, total: Mention, parts: Sequence[Mention], years: Sequence[int]) -> Finding:
    """The parts leave years without a figure, which the total implies."""
    named = {language: _joined([str(year) for year in years], language) for language in ("es", "en")}
    gap = {language: _gap(total, parts, language) for language in ("es", "en")}
    alone = len(years) == 1
    return finding(
        page,
        FindingKind.MISSING_YEAR,
        (total, *parts),
        sum=_sum(total, parts),
        words=Bilingual(
            es=f"El texto no da cifra para {named['es']}; del total de {shown(total, 'es')} se deduce que "
            f"{'le corresponden' if alone else 'les corresponden en conjunto'} {gap['es']}.",
            en=f"The text gives no figure for {named['en']}; the total of {shown(total, 'en')} implies "
            f"{gap['en']}{'' if alone else ' for them together'}.",
        ),
    )


def _sum(total: Mention, parts: Sequence[Mention]) -> Bilingual:
    def of(language: Language) -> str:
        return f"{addition(parts, language)}; total: {shown(total, language)}"

    return Bilingual(es=of("es"), en=of("en"))


def addition(parts: Sequence[Mention], language: Language) -> str:
    """ "46 + 40 + 16 = 102"; where a part is a range, the sum is one too."""
    return f"{' + '.join(shown(part, language) for part in parts)} = {spread(sum_of(parts), language)}"


def _words(total: Mention, parts: Sequence[Mention], language: Language) -> str:
    made, whole = spread(sum_of(parts), language), shown(total, language)
    gap = _gap(total, parts, language)
    high = sum_of(parts).high
    least = range_of(total).low
    short = high is not None and least is not None and high < least
    if language == "es":
        if short:
            none = "no figura en ninguna parte" if gap == "1" else "no figuran en ninguna parte"
            return f"Las partes suman {made} y el total es {whole}: {gap} {none}."
        return f"Las partes suman {made}, {gap} más que el total de {whole}."
    if short:
        return f"The parts add up to {made} and the total is {whole}: {gap} {'is' if gap == '1' else 'are'} in no part."
    return f"The parts add up to {made}, {gap} more than the total of {whole}."


def _gap(total: Mention, parts: Sequence[Mention], language: Language) -> str:
    """How far the parts are from the total at least."""
    made, whole = sum_of(parts), range_of(total)
    if made.high is not None and whole.low is not None and made.high < whole.low:
        least, exact = whole.low - made.high, made.low == made.high and whole.low == whole.high
    else:
        least = (made.low or Fraction(0)) - (whole.high or Fraction(0))
        exact = made.low == made.high and whole.low == whole.high
    number = spread(type(made)(least, least), language)
    if exact:
        return number
    return f"al menos {number}" if language == "es" else f"at least {number}"


def _joined(names: Sequence[str], language: Language) -> str:
    joint = " y " if language == "es" else " and "
    return joint.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
