"""Sample coverage (Chao & Tsay 1998): how much of each list the other lists cover says how much all of them miss.

n_j people are on list j, Z_j on it alone, m_jl on both j and l; k lists. The coverage C = 1 - mean(Z_j / n_j) and
D = n - mean(Z_j) give N = D / C for independent lists. Dependence of lists j and l, gamma_jl = N m_jl / (n_j n_l) - 1,
enters through the a_jl people who are on j or l, counted twice if on both, and on none of the k - 2 other lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue
from recuento.estimate.caution import Caution
from recuento.estimate.honesty import with_table_cautions
from recuento.estimate.log_interval import log_limits
from recuento.estimate.report import number
from recuento.estimate.requirements import refuse_few_lists, refuse_nobody, refuse_structural_zeros
from recuento.estimate.result import Estimate, NotEstimable
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

Form = Literal["auto", "high", "low", "independence"]
FORMS: tuple[Form, ...] = ("auto", "high", "low", "independence")

COVERAGE_ENOUGH = 0.55
"""From this coverage on, "auto" takes the high-coverage form (Chao et al. 2001)."""

LOST_SHARE_MAX = 0.05
"""More bootstrap samples without a value than this share call for a warning."""

PEOPLE_MAX = 10**15
"""The bootstrap draws no larger populations."""

TITLE = Bilingual(es="cobertura de la muestra", en="sample coverage")
_POINT = {
    "high": Bilingual(es="forma de cobertura alta", en="high-coverage form"),
    "low": Bilingual(es="forma de cobertura baja (un paso)", en="low-coverage form (one step)"),
    "independence": Bilingual(es="forma de listas independientes", en="form for independent lists"),
}
_CLOSED = Bilingual(
    es="nadie entra en la población ni sale de ella, y se sabe sin error quién está en cada lista",
    en="nobody enters or leaves the population, and who is on each list is known without error",
)
_ONE_INDEPENDENT = Bilingual(
    es="las dependencias entre pares de listas bastan para describir las de los que nadie vio, y hay al menos un par "
    "de listas independiente de las demás",
    en="dependence between pairs of lists is enough to describe it for the unseen, and at least one pair of lists is "
    "independent of the others",
)
_ALL_INDEPENDENT = Bilingual(
    es="las listas son independientes y alcanzan a todos por igual",
    en="the lists are independent and reach everybody alike",
)


@with_table_cautions
def sample_coverage(
    table: CaptureTable, *, form: Form = "auto", replicates: int = 1000, seed: int = 20_131
) -> Estimate:
    """N by sample coverage, with a bootstrap standard error and log-normal limits.

    `form`: "high" solves N = D/C + sum a_jl gamma_jl(N) / (k C); "low" puts N in gamma from one step less, which
    stays steady where little is covered and leans towards independence; "independence" is D / C; "auto" is high
    where C reaches `COVERAGE_ENOUGH`, else low. The bootstrap draws N people over the histories seen, in their
    shares n_x / N, and over the unseen, `replicates` times (at least 2).

    Assumes a closed population and perfect linkage. Raises NotEstimable for fewer than three lists, an empty list,
    structural zeros, no overlap at all, and where the form has no solution above the people seen; InvalidValue for
    other options.
    """
    _refuse_options(form, replicates)
    table = table.pooled()
    _refuse_table(table)
    overlap = _Overlap.of(table)
    shapes = overlap.all_forms(table.counts[None, :].astype(np.float64))
    coverage = float(shapes.coverage[0])
    chosen = form if form != "auto" else ("high" if coverage >= COVERAGE_ENOUGH else "low")
    point = float(shapes.of(chosen)[0])
    _refuse_point(point, table.people, chosen)
    redrawn = _redrawn(table, overlap, chosen, point, replicates, seed)
    variance = float(np.var(redrawn, ddof=1))
    return Estimate(
        method="sample_coverage",
        title=TITLE,
        lists=table.lists,
        observed=table.people,
        point=point,
        point_kind=_POINT[chosen],
        spread=log_limits(table.people, point - table.people, variance, "log-transformed, bootstrap standard error"),
        assumptions=(_CLOSED, _ALL_INDEPENDENT if chosen == "independence" else _ONE_INDEPENDENT),
        cautions=_cautions(coverage, chosen, 1 - len(redrawn) / replicates),
        settings={"form": form, "replicates": replicates},
        diagnostics={
            "coverage": coverage,
            "form": chosen,
            "se": variance**0.5,
            "replicates_without_value": replicates - len(redrawn),
            "forms": {name: _plain(float(shapes.of(name)[0])) for name in ("high", "low", "independence")},
        },
        seed=seed,
        table=table.digest,
        references=(
            "Chao and Tsay (1998), Journal of the American Statistical Association 93:283-293",
            "Chao et al. (2001), Statistics in Medicine 20:3123-3157",
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Forms:
    """The coverage and the three forms of N, one entry per table; NaN where a form has no value."""

    coverage: NDArray[np.float64]
    independence: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def of(self, form: str) -> NDArray[np.float64]:
        return {"high": self.high, "low": self.low, "independence": self.independence}[form]


@dataclass(frozen=True, slots=True, eq=False)
class _Overlap:
    """Which histories count towards n_j, Z_j, m_jl and a_jl: matrices of histories by lists or by pairs."""

    on: NDArray[np.float64]
    alone: NDArray[np.float64]
    both: NDArray[np.float64]
    apart: NDArray[np.float64]
    first: tuple[int, ...]
    second: tuple[int, ...]

    @classmethod
    def of(cls, table: CaptureTable) -> _Overlap:
        on = table.patterns.astype(np.float64)
        captures = on.sum(axis=1, keepdims=True)
        first, second = zip(*combinations(range(table.list_count), 2), strict=True)
        left, right = on[:, first], on[:, second]
        return cls(on, on * (captures == 1), left * right, (left + right) * (captures == left + right), first, second)

    def all_forms(self, counts: NDArray[np.float64]) -> _Forms:
        """The forms for every row of counts (tables by histories). A list that is empty in a row is left out of it."""
        with np.errstate(divide="ignore", invalid="ignore"):
            sizes, alone = counts @ self.on, counts @ self.alone
            lists = (sizes > 0).sum(axis=1)
            coverage = 1 - np.nansum(alone / sizes, axis=1) / lists
            covered = counts.sum(axis=1) - alone.sum(axis=1) / lists
            ratio = np.nan_to_num((counts @ self.both) / (sizes[:, self.first] * sizes[:, self.second]))
            apart = counts @ self.apart
            slope = (apart * ratio).sum(axis=1) / (lists * coverage)
            start = (covered - apart.sum(axis=1) / lists) / coverage
            independence = covered / coverage
            low = start + slope * (start + slope * independence)
            high = np.where(slope < 1, start / (1 - slope), np.nan)
        return _Forms(coverage, independence, low, high)


def _redrawn(
    table: CaptureTable, overlap: _Overlap, form: str, point: float, replicates: int, seed: int
) -> NDArray[np.float64]:
    """The form on tables drawn anew from the fitted population, without those that have no value."""
    everybody = max(round(point), table.people)
    if everybody > PEOPLE_MAX:
        raise NotEstimable(
            en=f"this form gives {point:.2g} people, too many to draw again: the lists overlap too little; use "
            "chao_lower_bound()",
            es=f"esta forma da {point:.2g} personas, demasiadas para volver a sortearlas: las listas coinciden muy "
            "poco; use chao_lower_bound()",
        )
    shares = np.append(table.counts / everybody, 1 - table.people / everybody)
    drawn = np.random.default_rng(seed).multinomial(everybody, shares / shares.sum(), size=replicates)
    values = overlap.all_forms(drawn[:, :-1].astype(np.float64)).of(form)
    finite: NDArray[np.float64] = values[np.isfinite(values)]
    if len(finite) < 2:
        raise NotEstimable(
            en="hardly any bootstrap sample gives a value: the lists overlap too little; use chao_lower_bound()",
            es="casi ninguna muestra bootstrap da un valor: las listas coinciden muy poco; use chao_lower_bound()",
        )
    return finite


def _refuse_options(form: str, replicates: int) -> None:
    if form not in FORMS:
        choices = ", ".join(FORMS)
        raise InvalidValue(
            en=f"the form is one of {choices}, not {form!r}", es=f"la forma es una de {choices}, no {form!r}"
        )
    if replicates < 2:
        raise InvalidValue(
            en=f"a bootstrap needs at least 2 replicates, not {replicates}",
            es=f"un bootstrap necesita al menos 2 réplicas, no {replicates}",
        )


def _refuse_table(table: CaptureTable) -> None:
    refuse_few_lists(table, 3, TITLE)
    refuse_structural_zeros(table, TITLE)
    refuse_nobody(table)
    empty = [name for name, size in zip(table.lists, table.list_sizes.tolist(), strict=True) if not size]
    if empty:
        names = ", ".join(empty)
        raise NotEstimable(
            en=f"nobody is on {names}; leave out lists that are empty with table.without(...)",
            es=f"nadie está en {names}; deje fuera las listas vacías con table.without(...)",
        )
    if table.people == table.capture_frequencies[0]:
        raise NotEstimable(
            en="nobody is on two lists, so the coverage is zero and nothing can be said of the unseen",
            es="nadie está en dos listas, así que la cobertura es cero y nada se puede decir de quienes faltan",
        )


def _refuse_point(point: float, seen: int, form: str) -> None:
    if not np.isfinite(point):
        raise NotEstimable(
            en='the high-coverage form has no solution: too little is covered; use form="low" or chao_lower_bound()',
            es='la forma de cobertura alta no tiene solución: se cubre muy poco; use form="low" o chao_lower_bound()',
        )
    if point < seen:
        raise NotEstimable(
            en=f"the {_POINT[form].en} gives {point:,.1f}, fewer than the {seen:,} people seen; the lists avoid one "
            "another: use the log-linear method",
            es=f"la {_POINT[form].es} da {number(point, 'es')}, menos que las {number(seen, 'es')} personas "
            "vistas; las listas se evitan entre sí: use el método log-lineal",
        )


def _cautions(coverage: float, form: str, lost: float) -> tuple[Caution, ...]:
    found = []
    if coverage < COVERAGE_ENOUGH:
        found.append(
            Caution(
                "low_coverage",
                "warning",
                Bilingual(
                    es=f"las listas se cubren unas a otras solo en un {_percent(coverage)}: con dependencia "
                    "positiva el resultado es más bien una cota inferior",
                    en=f"the lists cover one another only by {coverage:.0%}: with positive dependence the result is "
                    "rather a lower bound",
                )
                if form == "low"
                else Bilingual(
                    es=f"las listas se cubren unas a otras solo en un {_percent(coverage)}: esta forma es "
                    "inestable con tan poca cobertura",
                    en=f"the lists cover one another only by {coverage:.0%}: this form is unsteady with so little "
                    "coverage",
                ),
                "Chao et al. (2001)",
            )
        )
    if lost > LOST_SHARE_MAX:
        found.append(
            Caution(
                "bootstrap_without_value",
                "warning",
                Bilingual(
                    es=f"el {_percent(lost)} de las muestras bootstrap no da ningún valor: el error estándar es "
                    "demasiado pequeño",
                    en=f"{lost:.0%} of the bootstrap samples give no value: the standard error is too small",
                ),
            )
        )
    return tuple(found)


def _percent(share: float) -> str:
    """A percentage as Spanish writes it."""
    return f"{share * 100:.0f} %"


def _plain(value: float) -> float | None:
    return value if np.isfinite(value) else None
