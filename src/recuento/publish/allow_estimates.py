"""What may be told of an estimate: its counts only as far as they were cleared, its answers as coarse as those ask."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

from recuento.model.estimation import Estimation, EstimationCaution, MethodAnswer, Refused, ToldCounts
from recuento.publish.view import PublicEstimation
from recuento.values.bilingual import Bilingual

_NONE_TOLD = ToldCounts(0, (), (), None, None)
_DIGITS = 2
"""Significant digits of an answer where counts are kept back: the exact one would give them away by its formula."""


def public_estimation(one: Estimation) -> PublicEstimation:
    """An estimate field by field; its lists are numbered where their names are not let out.

    Where a count is kept back, answers are rounded outward, numbers in words go, and so does the picture. Where it is
    the number of those on several lists, no answer is told: every estimate is nearly its inverse, and gives it away.
    """
    names = [
        Bilingual.same(name) if one.lists_public else Bilingual(es=f"lista {at}", en=f"list {at}")
        for at, (name, _) in enumerate(one.lists, start=1)
    ]
    hidden = () if one.lists_public else tuple(name for name, _ in one.lists)
    told = one.told if one.told is not None else replace(_NONE_TOLD, lists=(None,) * len(names))
    answers, cautions = one.answers, one.cautions
    if not told.whole:
        answers = tuple(_coarse(answer) for answer in answers) if told.repeated is not None else ()
        cautions = tuple(replace(caution, words=_numberless(caution.words)) for caution in cautions)
    return PublicEstimation(
        id=one.id,
        event=one.event,
        question=one.question,
        lists=tuple(zip(names, told.lists, strict=True)),
        observed=told.observed,
        repeated=told.repeated,
        overlap=told.overlap,
        smallest=told.smallest,
        coarse=not told.whole,
        since=told.since,
        answers=tuple(_answer(answer, hidden) for answer in answers),
        refused=tuple(_refusal(refusal, told.whole) for refusal in one.refused if not _names_any(refusal, hidden)),
        cautions=tuple(_caution(caution, hidden) for caution in cautions),
        cannot_know=one.cannot_know,
        picture=one.picture if told.whole else Bilingual.same(""),
        version=one.version,
    )


def _answer(answer: MethodAnswer, hidden: tuple[str, ...]) -> MethodAnswer:
    return MethodAnswer(
        method=answer.method,
        title=answer.title,
        point=answer.point,
        low=answer.low,
        high=answer.high,
        interval_kind=answer.interval_kind,
        only_a_bound=answer.only_a_bound,
        gravity=answer.gravity,
        sentence=answer.sentence,
        assumptions=tuple(_unnamed(words, hidden) for words in answer.assumptions),
        settings=_unnamed(Bilingual.same(answer.settings), hidden).en,
    )


def _refusal(refusal: Refused, whole: bool) -> Refused:
    return Refused(title=refusal.title, reason=refusal.reason if whole else _numberless(refusal.reason))


def _caution(caution: EstimationCaution, hidden: tuple[str, ...]) -> EstimationCaution:
    return EstimationCaution(caution.gravity, _unnamed(caution.words, hidden), caution.methods)


def _coarse(answer: MethodAnswer) -> MethodAnswer:
    """The answer in two significant digits, its interval outward; sentences with exact numbers go."""
    return replace(
        answer,
        point=_rounded(answer.point, round) if answer.point is not None else None,
        low=_rounded(answer.low, math.floor),
        high=_rounded(answer.high, math.ceil) if answer.high is not None else None,
        sentence=Bilingual.same(""),
        assumptions=tuple(_numberless(words) for words in answer.assumptions),
    )


def _rounded(value: float, rounding: Callable[[float], int]) -> float:
    if value == 0:
        return 0.0
    step = 10.0 ** max(0, math.floor(math.log10(abs(value))) + 1 - _DIGITS)
    return float(rounding(value / step)) * step


def _numberless(words: Bilingual) -> Bilingual:
    return Bilingual(es=_NUMBER.sub("…", words.es), en=_NUMBER.sub("…", words.en))


_NUMBER = re.compile(r"\d[\d.,\u00a0]*")


def _names_any(refusal: Refused, names: tuple[str, ...]) -> bool:
    return any(_whole(name).search(words) for name in names for words in (refusal.reason.es, refusal.reason.en))


def _whole(name: str) -> re.Pattern[str]:
    """The name of a list as words of their own: a list called "a" is not every letter a."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _unnamed(words: Bilingual, names: tuple[str, ...]) -> Bilingual:
    """Words with the names of lists taken out: "list 2" in the place of the second."""
    es, en = words.es, words.en
    for name, at in sorted(((name, at) for at, name in enumerate(names, start=1)), key=lambda each: -len(each[0])):
        whole = _whole(name)
        es, en = whole.sub(f"lista {at}", es), whole.sub(f"list {at}", en)
    return Bilingual(es=es, en=en)
