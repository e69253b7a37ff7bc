"""The assumption that no data can test, as a dial: how N moves with what is taken of the people on no list.

Every estimate from lists fixes the unseen cell by an assumption. The mildest is that the interaction of all lists
together is absent; xi measures how far it is from that (Aleshin-Guendel, Sadinle & Wakefield 2024).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from recuento.errors import InvalidValue
from recuento.estimate.caution import Caution
from recuento.estimate.honesty import with_table_cautions
from recuento.estimate.result import Estimate, NotEstimable
from recuento.estimate.spread import Limits
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

SOURCE = (
    "Aleshin-Guendel, Sadinle & Wakefield (2024), The central role of the identifying assumption in population "
    "size estimation, Biometrics 80(1)"
)
CELLS_LISTS_MAX = 20
"""Beyond so many lists the cells are no longer laid out."""

XIS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""The positions of the dial that are looked at where none are named."""


@dataclass(frozen=True, slots=True)
class DialRow:
    """N and its 95 % interval at one position of the dial."""

    xi: float
    point: float
    low: float
    high: float


@with_table_cautions
def highest_order_interaction(table: CaptureTable, *, xi: float = 1.0) -> Estimate:
    """N from all the cells, the interaction of all lists together being `xi` (1: none). From 2 lists on.

    n_0 = product of n_x over histories with an odd number of lists / product over those with an even number, / xi.
    With three lists and xi = 1 it is the log-linear model with all pairs. Above 1, xi says that there are fewer
    unseen than that; below 1, more. The standard error is sqrt(n_0 + n_0^2 sum 1/n_x), limits are log-normal
    (Chao 1987). `diagnostics["dial"]` has N for other xi. Raises NotEstimable where a cell is empty or cannot be
    (fit a model first and give its cells to `unseen_from_cells`), InvalidValue for an xi that is not above 0.
    """
    pooled = table.pooled()
    _refuse(pooled)
    counts = pooled.dense().astype(np.float64)
    if (counts[1:] == 0).any():
        empty = [pooled.pattern_words(code + 1) for code in np.flatnonzero(counts[1:] == 0).tolist()]
        raise NotEstimable(
            en=f"nobody has these histories, so their product says nothing: {'; '.join(empty[:5])}"
            f"{' ...' if len(empty) > 5 else ''}; merge lists, or fit a model and turn the dial on its cells",
            es=f"nadie tiene estos historiales, y su producto no dice nada: {'; '.join(empty[:5])}"
            f"{' ...' if len(empty) > 5 else ''}; una listas, o ajuste un modelo y gire el dial sobre sus celdas",
        )
    variance = float((1 / counts[1:]).sum())
    words = Bilingual(
        es=f"la interacción de todas las listas a la vez vale {xi:g} (1: no la hay); ningún dato puede comprobarlo",
        en=f"the interaction of all lists at once is {xi:g} (1: there is none); no data can test it",
    )
    return _estimate(
        pooled,
        "highest_order_interaction",
        Bilingual(es="sin interacción de orden máximo", en="no highest-order interaction"),
        words,
        xi,
        float(pooled.people),
        lambda at: unseen_from_cells(counts, at),
        variance,
    )


@with_table_cautions
def two_list_margin(table: CaptureTable, first: str, second: str, *, xi: float = 1.0) -> Estimate:
    """N from two of the lists alone, their odds ratio among everybody being `xi` (1: independent lists).

    The odds ratio is n_11 n_00 / (n_10 n_01), so N = people on either + xi n_10 n_01 / n_11, the other lists added
    up; those only say that N is at least n. Above 1, xi says that whoever is on one list is likelier to be on the
    other, and then there are more people unseen.
    Raises NotEstimable where nobody is on both lists, or where N would be less than the people seen.
    """
    pooled = table.pooled()
    _refuse(pooled)
    pair = pooled.only(first, second)
    _, one, two, both = (float(count) for count in pair.dense())
    if not both:
        raise NotEstimable(
            en=f"nobody is on both {first} and {second}; take two lists that overlap",
            es=f"nadie está a la vez en {first} y en {second}; tome dos listas que se solapen",
        )
    if not one or not two:
        raise NotEstimable(
            en=f"one of {first} and {second} holds everybody of the other; take two lists of which "
            "neither holds the other",
            es=f"una de {first} y {second} contiene a toda la otra; tome dos listas que no se contengan",
        )
    either = one + two + both
    refuse_xi(xi)
    if either + xi * one * two / both < pooled.people:
        raise NotEstimable(
            en=f"with odds ratio {xi:g} there would be fewer people than were seen on all lists: "
            "the table contradicts it; "
            "raise xi or take other lists",
            es=f"con razón de momios {xi:g} habría menos personas que las vistas en todas las "
            "listas: la tabla lo contradice; "
            "suba xi o tome otras listas",
        )
    words = Bilingual(
        es=f"la razón de momios entre {first} y {second} es {xi:g} en toda la población (1: independientes); "
        "ningún dato de las dos listas puede comprobarlo",
        en=f"the odds ratio of {first} and {second} is {xi:g} in the whole population (1: independent); "
        "no data of the two lists can test it",
    )
    return _estimate(
        pooled,
        "two_list_margin",
        Bilingual(es=f"margen de dos listas, {first} y {second}", en=f"margin of two lists, {first} and {second}"),
        words,
        xi,
        either,
        lambda at: at * one * two / both,
        1 / one + 1 / two + 1 / both,
    )


def unseen_from_cells(cells: ArrayLike, xi: float = 1.0) -> float:
    """n_0 from the 2^k fitted cells of any model (expected counts by code; entry 0 is not read), turned by `xi`.

    For cells that keep the assumption themselves, xi = 1 gives back their own n_0. Raises InvalidValue for cells that
    are not 2^k numbers, all but the first above 0 and finite.
    """
    refuse_xi(xi)
    values = np.asarray(cells, dtype=np.float64)
    k = len(values).bit_length() - 1 if values.ndim == 1 else 0
    if k < 1 or len(values) != 1 << k or not (np.isfinite(values[1:]).all() and (values[1:] > 0).all()):
        raise InvalidValue(
            en="fitted cells are 2^k finite numbers by code, all but the first above 0",
            es="las celdas ajustadas son 2^k números finitos por código, todos menos el primero mayores que 0",
        )
    odd = np.array([code.bit_count() % 2 for code in range(len(values))]) == 1
    logs = np.log(values[1:])
    return float(np.exp(np.where(odd[1:], logs, -logs).sum() - math.log(xi)))


def xi_of_cells(cells: ArrayLike) -> float:
    """The xi that a model with all its 2^k cells, the unseen one included, implies; 1 is no such interaction."""
    values = np.asarray(cells, dtype=np.float64)
    return unseen_from_cells(values) / float(values[0])


def dial(table: CaptureTable, *, xis: Sequence[float] = XIS) -> list[DialRow]:
    """N by `highest_order_interaction` at each position of the dial."""
    rows = []
    for xi in xis:
        result = highest_order_interaction(table, xi=xi)
        rows.append(DialRow(xi, result.point, *result.interval()))
    return rows


def refuse_xi(xi: float) -> None:
    """Raise InvalidValue for an xi that is not a number above 0."""
    if not 0 < xi < math.inf:
        raise InvalidValue(en=f"xi is a number above 0, not {xi}", es=f"xi es un número mayor que 0, no {xi}")


def _estimate(
    table: CaptureTable,
    method: str,
    title: Bilingual,
    words: Bilingual,
    xi: float,
    known: float,
    missing: Callable[[float], float],
    variance: float,
) -> Estimate:
    unknown = missing(xi)
    if not math.isfinite(known + unknown):
        raise NotEstimable(
            en="the product of the cells is beyond any number: merge lists",
            es="el producto de las celdas excede todo número: una listas",
        )
    return Estimate(
        method=method,
        title=title,
        lists=table.lists,
        observed=table.people,
        point=max(known + unknown, float(table.people)),
        point_kind=Bilingual(es="máxima verosimilitud bajo el supuesto", en="maximum likelihood under the assumption"),
        spread=log_normal_limits(known, unknown, variance, float(table.people)),
        assumptions=(
            Bilingual(
                es="la población es cerrada, nadie está dos veces y los enlaces entre listas son correctos",
                en="the population is closed, nobody is counted twice and the links between lists are right",
            ),
            words,
        ),
        cautions=(
            Caution(
                "assumption_untestable",
                "warning",
                Bilingual(
                    es="la cifra descansa entera en un supuesto que ningún dato puede comprobar; diga con ella cuánto "
                    "cambia si el supuesto falla",
                    en="the figure rests wholly on an assumption that no data can test; say with it how much it "
                    "moves if the assumption fails",
                ),
                SOURCE,
            ),
        ),
        settings={"xi": xi},
        diagnostics={"dial": [{"xi": at, "N": known + missing(at)} for at in XIS]},
        table=table.digest,
        references=(SOURCE,),
    )


def log_normal_limits(known: float, unknown: float, variance: float, least: float) -> Limits:
    """Limits of N = known + unknown, with var(unknown) = unknown + unknown^2 variance, log-normal (Chao 1987)."""
    spread = math.sqrt(math.log1p(variance + 1 / unknown)) if unknown > 0 else 0.0

    def limits_at(level: float) -> tuple[float, float]:
        factor = math.exp(min(NormalDist().inv_cdf((1 + level) / 2) * spread, 700.0))
        return max(known + unknown / factor, least), max(known + unknown * factor, least)

    return Limits(limits_at, max(known + unknown, least), "log-normal")


def _refuse(table: CaptureTable) -> None:
    if table.list_count > CELLS_LISTS_MAX:
        raise NotEstimable(
            en=f"the cells of {table.list_count} lists cannot all hold people; merge lists to at "
            f"most {CELLS_LISTS_MAX}",
            es=f"las celdas de {table.list_count} listas no pueden tener todas gente; una listas "
            f"hasta {CELLS_LISTS_MAX}",
        )
    if table.list_count < 2:
        raise NotEstimable(
            en="one list alone says nothing of who is missing: at least two are needed",
            es="una sola lista nada dice de quién falta: hacen falta al menos dos",
        )
    if not table.people:
        raise NotEstimable(en="nobody is on any list", es="no hay nadie en ninguna lista")
    if table.has_structural_zeros:
        raise NotEstimable(
            en="the interaction of all lists needs every combination to be possible; leave out or merge the lists that "
            "never met",
            es="la interacción de todas las listas pide que toda combinación sea posible; deje "
            "fuera o una las listas que "
            "nunca coincidieron",
        )
