"""What a table alone tells of any estimate made from it: too few lists, hardly any overlap, dependence, pooled strata.

The checks are rules of thumb with their figures in the open; each caution names the literature that says why.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import permutations
from typing import ParamSpec, TypeVar

import numpy as np

from recuento.estimate.caution import Caution
from recuento.estimate.outcome import Outcome
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

PEOPLE_FEW = 30
OVERLAP_SHARE_MIN = 0.05
OVERLAP_PEOPLE_MIN = 10
DOMINANT_SHARE = 0.8
TEST_LEVEL = 0.05
UNEQUAL_LEVEL = 0.01


P = ParamSpec("P")
Found = TypeVar("Found", bound=Outcome)


def with_table_cautions(method: Callable[P, Found]) -> Callable[P, Found]:
    """Decorate a method, whose first argument is the table, so that every estimate bears what the table warns of.

    The cautions are those of `table_cautions`.
    """

    @wraps(method)
    def cautioned(*args: P.args, **options: P.kwargs) -> Found:
        table = args[0] if args else options["table"]
        if not isinstance(table, CaptureTable):
            raise TypeError(f"a method takes a CaptureTable, not {type(table).__name__}")
        return method(*args, **options).with_cautions(*table_cautions(table))

    return cautioned


def table_cautions(table: CaptureTable) -> tuple[Caution, ...]:
    """Every caution that the table calls for, whatever the method. An empty table calls for none but its size."""
    if table.people == 0:
        return (_nobody(),)
    found = (
        _few_people(table),
        _few_lists(table),
        _nearly_disjoint(table),
        _list_apart(table),
        _dominant(table),
        _contained(table),
        _no_triple(table),
        _dependence(table),
        _pooled(table),
    )
    return tuple(caution for caution in found if caution is not None)


def _nobody() -> Caution:
    return Caution(
        "nobody_seen",
        "do not report",
        Bilingual(
            es="ninguna lista tiene a nadie: no hay de qué estimar",
            en="no list has anybody: there is nothing to estimate from",
        ),
    )


def _few_people(table: CaptureTable) -> Caution | None:
    if table.people >= PEOPLE_FEW:
        return None
    return Caution(
        "few_people",
        "warning",
        Bilingual(
            es=f"solo {table.people} personas en todas las listas: una más o menos puede cambiar mucho el resultado",
            en=f"only {table.people} people on all lists: one more or one less can move the result far",
        ),
        "Chan, Silverman and Vincent (2021)",
    )


def _few_lists(table: CaptureTable) -> Caution | None:
    if table.list_count >= 3:
        return None
    return Caution(
        "few_lists",
        "warning",
        Bilingual(
            es="con dos listas no se puede saber si estar en una cambia la probabilidad de estar en la otra; "
            "si las listas comparten fuentes, el total verdadero es mayor",
            en="two lists cannot show whether being on one changes the chance of being on the other; "
            "where the lists share sources, the true total is higher",
        ),
        "International Working Group for Disease Monitoring and Forecasting (1995)",
    )


def _nearly_disjoint(table: CaptureTable) -> Caution | None:
    repeated = table.people - int(table.capture_frequencies[0])
    share = repeated / table.people
    if table.list_count < 2 or (share >= OVERLAP_SHARE_MIN and repeated >= OVERLAP_PEOPLE_MIN):
        return None
    return Caution(
        "nearly_disjoint",
        "do not report" if repeated == 0 else "warning",
        Bilingual(
            es=f"las listas casi no coinciden: {repeated} de {table.people} personas ({share:.1%}) están en más "
            "de una; todo descansa en esas pocas",
            en=f"the lists hardly meet: {repeated} of {table.people} people ({share:.1%}) are on more than one; "
            "everything rests on those few",
        ),
        "Chan, Silverman and Vincent (2021)",
    )


def _list_apart(table: CaptureTable) -> Caution | None:
    overlaps = table.overlaps
    apart = [
        name
        for at, name in enumerate(table.lists)
        if table.list_count > 1 and overlaps[at, at] and overlaps[at].sum() == overlaps[at, at]
    ]
    empty = [name for at, name in enumerate(table.lists) if not overlaps[at, at]]
    if not apart and not empty:
        return None
    names = ", ".join(apart + empty)
    return Caution(
        "list_apart",
        "warning",
        Bilingual(
            es=f"listas que no coinciden con ninguna otra o están vacías: {names}; no dicen nada de quién falta",
            en=f"lists that meet no other or are empty: {names}; they say nothing of who is missing",
        ),
        "Fienberg and Rinaldo (2012)",
    )


def _dominant(table: CaptureTable) -> Caution | None:
    sizes = table.list_sizes
    at = int(np.argmax(sizes))
    share = sizes[at] / table.people
    if table.list_count < 2 or share < DOMINANT_SHARE:
        return None
    return Caution(
        "one_list_dominates",
        "warning",
        Bilingual(
            es=f"la lista {table.lists[at]} tiene al {share:.0%} de las personas vistas: el resultado depende de que "
            "esa lista sea independiente de las demás",
            en=f"the list {table.lists[at]} has {share:.0%} of the people seen: the result depends on that list being "
            "independent of the others",
        ),
        "International Working Group for Disease Monitoring and Forecasting (1995)",
    )


def _contained(table: CaptureTable) -> Caution | None:
    overlaps = table.overlaps
    inside = [
        (table.lists[a], table.lists[b])
        for a, b in permutations(range(table.list_count), 2)
        if overlaps[a, a] > 1 and overlaps[a, b] == overlaps[a, a]
    ]
    if not inside:
        return None
    names = "; ".join(f"{a} ⊂ {b}" for a, b in inside)
    return Caution(
        "list_contained",
        "warning",
        Bilingual(
            es=f"una lista está contenida por completo en otra ({names}): quizá una se copió de la otra",
            en=f"one list lies wholly within another ({names}): perhaps one was copied from the other",
        ),
        "Jones et al. (2014)",
    )


def _no_triple(table: CaptureTable) -> Caution | None:
    if table.list_count < 3 or table.capture_frequencies[2:].sum() > 0:
        return None
    return Caution(
        "no_triple_overlap",
        "warning",
        Bilingual(
            es="nadie está en tres listas: la dependencia entre tres listas no se puede estudiar y se supone nula",
            en="nobody is on three lists: dependence among three lists cannot be studied and is taken to be none",
        ),
        "Fienberg and Rinaldo (2012)",
    )


def _dependence(table: CaptureTable) -> Caution | None:
    """The likelihood ratio test of independent lists: what heterogeneity of people looks like too."""
    if table.list_count < 3 or table.list_count > 12 or table.has_structural_zeros:
        return None
    from recuento.estimate.independence import independence_fit

    fit = independence_fit(table.pooled())
    if fit is None or fit.p_value >= TEST_LEVEL:
        return None
    positive = fit.positive_pairs > fit.negative_pairs
    return Caution(
        "dependent_lists",
        "warning",
        Bilingual(
            es="las listas no son independientes (p < 0,05): unas personas entran en las listas más fácilmente que "
            "otras, o las listas comparten fuentes"
            + (
                "; en general se encuentran de más, y entonces el total verdadero suele ser mayor que lo estimado"
                if positive
                else ""
            ),
            en="the lists are not independent (p < 0.05): some people get onto lists more easily than others, or lists "
            "share sources"
            + (
                "; on the whole they meet too often, and then the true total is usually above the estimate"
                if positive
                else ""
            ),
        ),
        "Chao et al. (2001); Link (2003)",
    )


def _pooled(table: CaptureTable) -> Caution | None:
    if not table.strata:
        return None
    from recuento.estimate.independence import unequal_strata

    unequal = [name for name in table.strata if unequal_strata(table, name) < UNEQUAL_LEVEL]
    if not unequal:
        return None
    names = ", ".join(unequal)
    return Caution(
        "pooled_strata",
        "warning",
        Bilingual(
            es=f"los grupos de {names} entran en las listas de manera distinta y aquí se estiman juntos; "
            "estime por grupo",
            en=f"the groups of {names} get onto the lists differently and are estimated together here; "
            "estimate by group",
        ),
        "Sekar and Deming (1949)",
    )
