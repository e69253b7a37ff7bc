"""Two lists: Lincoln-Petersen, Chapman's correction, and what both become when people differ: a lower bound.

n_1 and n_2 people are on the lists, m on both. If being on one list says nothing of being on the other, the share
m / n_2 of the second list that the first has is the share that the first has of everybody, so N = n_1 n_2 / m.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from recuento.errors import InvalidValue
from recuento.estimate.caution import Caution
from recuento.estimate.honesty import with_table_cautions
from recuento.estimate.log_interval import log_limits, normal_limits
from recuento.estimate.report import number
from recuento.estimate.requirements import refuse_nobody, refuse_other_than_two, refuse_structural_zeros
from recuento.estimate.result import Estimate, NotEstimable
from recuento.estimate.spread import Limits
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

TwoListInterval = Literal["log", "normal", "poisson", "exact"]
"""How limits are made: log-normal n_0 (Chao 1987), N normal (Seber 1982), m Poisson (Chapman 1948), or m
hypergeometric with both list sizes fixed, which covers at least the level (conservative)."""

FEW_ON_BOTH = 7
"""Fewer on both lists than this leave Chapman's estimate biased by more than a few per cent (Robson & Regier 1964)."""

EXACT_PEOPLE_MAX = 200_000
"""Beyond this many people the hypergeometric limits are no longer searched for."""

_INTERVALS: tuple[TwoListInterval, ...] = ("log", "normal", "poisson", "exact")
_PAPERS = {
    "lincoln_petersen": ("Lincoln (1930)", "Sekar and Deming (1949), JASA 44:101-115"),
    "chapman": (
        "Chapman (1951), University of California Publications in Statistics 1:131-160",
        "Seber (1970), Biometrika 57:313-318",
    ),
    "two_list_lower_bound": (
        "Chao, Pan and Chiang (2008), Biometrical Journal 50:957-970",
        "Chapman (1951), University of California Publications in Statistics 1:131-160",
    ),
}
_PETERSEN = Bilingual(es="Lincoln-Petersen", en="Lincoln-Petersen")
_CHAPMAN = Bilingual(es="estimador de Chapman", en="Chapman's estimator")
_CHAO = Bilingual(es="cota inferior con dos listas", en="lower bound from two lists")
_LIKELIHOOD = Bilingual(es="máxima verosimilitud", en="maximum likelihood")
_CORRECTED = Bilingual(es="corregido por sesgo", en="corrected for bias")
_BOUND = Bilingual(es="cota inferior corregida por sesgo", en="lower bound, corrected for bias")
_CLOSED = Bilingual(
    es="nadie entra en la población ni sale de ella entre las dos listas",
    en="nobody enters or leaves the population between the two lists",
)
_LINKED = Bilingual(es="se sabe sin error quién está en ambas listas", en="who is on both lists is known without error")
_INDEPENDENT = Bilingual(
    es="estar en una lista no cambia la probabilidad de estar en la otra, y en al menos una de ellas todos tienen la "
    "misma probabilidad de figurar",
    en="being on one list does not change the chance of being on the other, and on at least one of them everybody has "
    "the same chance",
)
_TOGETHER = Bilingual(
    es="quien entra más fácilmente en una lista no entra con menos facilidad en la otra, y ninguna lista aparta a "
    "quienes están en la otra",
    en="whoever gets onto one list more easily does not get onto the other less easily, and neither list keeps out "
    "those who are on the other",
)


@with_table_cautions
def lincoln_petersen(table: CaptureTable, *, interval: TwoListInterval = "log") -> Estimate:
    """N = n_1 n_2 / m, by maximum likelihood, from exactly two lists.

    Variance n_1 n_2 (n_1 - m)(n_2 - m) / m^3 (Sekar & Deming 1949). `interval` as in `TwoListInterval`. Assumes a
    closed population, perfect linkage and independent lists. Biased upward where m is small: see `chapman`.
    Raises NotEstimable where nobody is on both lists, for other than two lists and for structural zeros;
    InvalidValue for an unknown interval.
    """
    table = table.pooled()
    lists = _two(table, _PETERSEN)
    if not lists.both:
        raise NotEstimable(
            en="nobody is on both lists, so Lincoln-Petersen has no finite value; chapman() gives a finite but very "
            "uncertain one, or look for people who are on both",
            es="nadie está en ambas listas, así que Lincoln-Petersen no tiene valor finito; chapman() da uno finito "
            "pero muy incierto, o busque personas que estén en ambas",
        )
    return _estimate(table, "lincoln_petersen", _PETERSEN, _LIKELIHOOD, lists, lists.petersen(), interval)


@with_table_cautions
def chapman(table: CaptureTable, *, interval: TwoListInterval = "log") -> Estimate:
    """N = (n_1 + 1)(n_2 + 1) / (m + 1) - 1: nearly without bias, and exactly so where n_1 + n_2 >= N (Chapman 1951).

    Variance (n_1 + 1)(n_2 + 1)(n_1 - m)(n_2 - m) / ((m + 1)^2 (m + 2)) (Seber 1970). Same assumptions and errors
    as `lincoln_petersen`, but finite where nobody is on both lists; a caution then says how little it rests on.
    """
    table = table.pooled()
    lists = _two(table, _CHAPMAN)
    return _estimate(table, "chapman", _CHAPMAN, _CORRECTED, lists, lists.chapman(), interval)


@with_table_cautions
def two_list_lower_bound(table: CaptureTable, *, interval: TwoListInterval = "log") -> Estimate:
    """Chapman's N read as a lower bound: what two lists support when people differ in how easily they are listed.

    If some people are easier to find for both lists, m is too large and N too small; Chao's inequality then makes
    n_1 n_2 / m the least N that fits (Chao, Pan & Chiang 2008). With unequal lists it is Chao's lower bound for
    k = 2, f_10 f_01 / m unseen people. Errors as in `chapman`.
    """
    table = table.pooled()
    lists = _two(table, _CHAO)
    return _estimate(table, "two_list_lower_bound", _CHAO, _BOUND, lists, lists.chapman(), interval, bound=True)


@dataclass(frozen=True, slots=True)
class _TwoLists:
    """n_1, n_2 and m."""

    first: int
    second: int
    both: int

    @property
    def seen(self) -> int:
        return self.first + self.second - self.both

    @property
    def missed_by_one(self) -> int:
        return (self.first - self.both) * (self.second - self.both)

    def petersen(self) -> tuple[float, float]:
        """N and its variance."""
        return self.first * self.second / self.both, self.first * self.second * self.missed_by_one / self.both**3

    def chapman(self) -> tuple[float, float]:
        """N and its variance."""
        larger = (self.first + 1) * (self.second + 1)
        return larger / (self.both + 1) - 1, larger * self.missed_by_one / ((self.both + 1) ** 2 * (self.both + 2))


def _two(table: CaptureTable, method: Bilingual) -> _TwoLists:
    refuse_other_than_two(table, method)
    refuse_structural_zeros(table, method)
    refuse_nobody(table)
    overlaps = table.overlaps
    return _TwoLists(int(overlaps[0, 0]), int(overlaps[1, 1]), int(overlaps[0, 1]))


def _estimate(
    table: CaptureTable,
    method: str,
    title: Bilingual,
    point_kind: Bilingual,
    lists: _TwoLists,
    found: tuple[float, float],
    interval: TwoListInterval,
    bound: bool = False,
) -> Estimate:
    point, variance = found
    return Estimate(
        method=method,
        title=title,
        lists=table.lists,
        observed=lists.seen,
        point=point,
        point_kind=point_kind,
        spread=_limits(lists, point, variance, interval),
        assumptions=(_CLOSED, _LINKED, _TOGETHER if bound else _INDEPENDENT),
        cautions=_cautions(lists),
        settings={"interval": interval},
        diagnostics={"on_first": lists.first, "on_second": lists.second, "on_both": lists.both, "se": variance**0.5},
        table=table.digest,
        only_a_bound=bound,
        references=_references(method, interval),
    )


def _limits(lists: _TwoLists, point: float, variance: float, interval: TwoListInterval) -> Limits:
    if interval == "log":
        return log_limits(lists.seen, point - lists.seen, variance)
    if interval == "normal":
        return normal_limits(lists.seen, point, variance)
    if interval == "poisson":
        return Limits(_around(point, _poisson_limits(lists)), point, "Poisson overlap")
    if interval == "exact":
        return Limits(_around(point, _exact_limits(lists)), point, "hypergeometric")
    choices = ", ".join(_INTERVALS)
    raise InvalidValue(
        en=f"the interval is one of {choices}, not {interval!r}",
        es=f"el intervalo es uno de {choices}, no {interval!r}",
    )


def _around(point: float, limits_at: Callable[[float], tuple[float, float]]) -> Callable[[float], tuple[float, float]]:
    """The limits, wide enough to hold the point, which need not be a whole number."""

    def holding(level: float) -> tuple[float, float]:
        low, high = limits_at(level)
        return min(low, point), max(high, point)

    return holding


def _poisson_limits(lists: _TwoLists) -> Callable[[float], tuple[float, float]]:
    """Exact limits of a Poisson mean at m, put in the place of m in n_1 n_2 / m (Chapman 1948)."""
    from scipy.stats import chi2

    product = lists.first * lists.second

    def limits_at(level: float) -> tuple[float, float]:
        tail = (1 - level) / 2
        most = float(chi2.isf(tail, 2 * (lists.both + 1))) / 2
        least = float(chi2.ppf(tail, 2 * lists.both)) / 2 if lists.both else 0.0
        low = max(product / most, float(lists.seen))
        return low, max(product / least, low) if least else float("inf")

    return limits_at


def _exact_limits(lists: _TwoLists) -> Callable[[float], tuple[float, float]]:
    """The N for which neither so few nor so many on both lists would be too strange; m hypergeometric."""
    from scipy.stats import hypergeom

    if lists.seen > EXACT_PEOPLE_MAX:
        raise InvalidValue(
            en=f'exact limits are for at most {EXACT_PEOPLE_MAX:,} people; use interval="log"',
            es=f"los límites exactos son para {number(EXACT_PEOPLE_MAX, 'es')} personas como máximo; "
            'use interval="log"',
        )

    def so_few(people: int) -> float:
        return float(hypergeom.cdf(lists.both, people, lists.first, lists.second))

    def so_many(people: int) -> float:
        return float(hypergeom.sf(lists.both - 1, people, lists.first, lists.second))

    def limits_at(level: float) -> tuple[float, float]:
        tail = (1 - level) / 2
        low = _first_whole(lambda people: so_few(people) > tail, lists.seen)
        if not lists.both:
            return float(low), float("inf")
        return float(low), float(max(_first_whole(lambda people: so_many(people) <= tail, low) - 1, low))

    return limits_at


def _first_whole(holds: Callable[[int], bool], least: int) -> int:
    """The least whole number from `least` on for which something holds that stays true once it is."""
    if holds(least):
        return least
    below, step = least, 1
    while not holds(below + step):
        below, step = below + step, 2 * step
    above = below + step
    while above - below > 1:
        middle = (above + below) // 2
        below, above = (below, middle) if holds(middle) else (middle, above)
    return above


def _cautions(lists: _TwoLists) -> tuple[Caution, ...]:
    if lists.both >= FEW_ON_BOTH:
        return ()
    if not lists.both:
        return (
            Caution(
                "nobody_on_both",
                "do not report",
                Bilingual(
                    es="nadie está en ambas listas: los datos no ponen ningún techo al total, y el valor sale solo de "
                    "la corrección",
                    en="nobody is on both lists: the data put no ceiling on the total, and the value comes from the "
                    "correction alone",
                ),
                "Robson and Regier (1964)",
            ),
        )
    return (
        Caution(
            "few_on_both",
            "warning",
            Bilingual(
                es=f"solo {lists.both} personas están en ambas listas: una más o menos cambia mucho el resultado",
                en=f"only {lists.both} people are on both lists: one more or one less moves the result far",
            ),
            "Robson and Regier (1964)",
        ),
    )


def _references(method: str, interval: TwoListInterval) -> tuple[str, ...]:
    of_interval = {
        "log": "Chao (1987), Biometrics 43:783-791",
        "normal": "Seber (1982), The Estimation of Animal Abundance, 2nd ed.",
        "poisson": "Chapman (1948), Biometrics 4:69-95",
        "exact": "Chapman (1951), University of California Publications in Statistics 1:131-160",
    }[interval]
    return (*_PAPERS[method], *((of_interval,) if of_interval not in _PAPERS[method] else ()))
