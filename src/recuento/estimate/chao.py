"""Chao's lower bound: the fewest people that the overlaps allow when some are harder to find than others.

Z_i people are on list i alone, z_ij on lists i and j alone; f_1 is the sum of all Z_i and f_2 of all z_ij. If people
differ in how easily they are listed, by the Cauchy-Schwarz inequality the unseen are at least what f_1 and f_2 imply.
"""

from __future__ import annotations

from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recuento.errors import InvalidValue
from recuento.estimate.caution import Caution
from recuento.estimate.honesty import with_table_cautions
from recuento.estimate.log_interval import log_limits
from recuento.estimate.requirements import refuse_few_lists, refuse_nobody, refuse_structural_zeros
from recuento.estimate.result import Estimate, NotEstimable
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

Lists = Literal["unequal", "equal"]

FEW_ON_TWO = 10
"""Fewer people on exactly two lists than this make the bound itself very uncertain."""

TITLE = Bilingual(es="cota inferior de Chao", en="Chao's lower bound")
_POINT = Bilingual(es="cota inferior por momentos", en="lower bound by moments")
_CORRECTED = Bilingual(es="cota inferior corregida por sesgo", en="lower bound corrected for bias")
_CLOSED = Bilingual(
    es="nadie entra en la población ni sale de ella, y se sabe sin error quién está en cada lista",
    en="nobody enters or leaves the population, and who is on each list is known without error",
)
_DIFFERENT = Bilingual(
    es="las personas pueden diferir cuanto se quiera en la facilidad con que entran en las listas; para cada persona, "
    "estar en una lista no aleja de las demás",
    en="people may differ as much as they like in how easily they get onto lists; for each person, being on one list "
    "does not keep them off the others",
)
_EQUAL = Bilingual(
    es="todas las listas alcanzan por igual a una misma persona", en="all lists reach the same person equally well"
)


@with_table_cautions
def chao_lower_bound(table: CaptureTable, *, lists: Lists = "unequal") -> Estimate:
    """N is at least n + sum_{i<j} Z_i Z_j / f_2 (lists unequal), or n + (k-1)/k f_1^2 / (2 f_2) (equal).

    The first is Chao's bound for lists of unequal reach, (f_1^2 - sum Z_i^2) / (2 f_2) (Chao 1987; Chao & Tsay
    1998); for two lists it is Lincoln-Petersen. It never exceeds the second, which is her model Mh. Where nobody is
    on exactly two lists, f_2 + 1 takes the place of f_2 and, for equal lists, f_1 (f_1 - 1) that of f_1^2. The
    variance is that of the delta method for multinomial cells, the limits treat n_0 as log-normal. The result is a
    bound: the truth may lie far above it.

    With lists that could not have met, the unequal form counts only pairs that can; the equal form refuses. Raises
    NotEstimable for fewer than two lists, for nobody, and where no pair of lists can meet; InvalidValue for
    another word in `lists`.
    """
    if lists not in ("unequal", "equal"):
        raise InvalidValue(
            en=f'lists are "unequal" or "equal", not {lists!r}', es=f'las listas son "unequal" o "equal", no {lists!r}'
        )
    table = table.pooled()
    refuse_few_lists(table, 2, TITLE)
    if lists == "equal":
        refuse_structural_zeros(table, TITLE)
    refuse_nobody(table)
    alone, pairs = _alone(table), _pairs(table)
    on_two = sum(pairs.values())
    unseen, slopes = _unequal(alone, pairs) if lists == "unequal" else _equal(alone, on_two)
    variance = _variance(table, unseen, alone, slopes, _slope_of_pairs(unseen, on_two), on_two)
    return Estimate(
        method="chao_lower_bound",
        title=TITLE,
        lists=table.lists,
        observed=table.people,
        point=table.people + unseen,
        point_kind=_POINT if on_two else _CORRECTED,
        spread=log_limits(table.people, unseen, variance),
        assumptions=(_CLOSED, _DIFFERENT) if lists == "unequal" else (_CLOSED, _DIFFERENT, _EQUAL),
        cautions=_cautions(on_two),
        settings={"lists": lists},
        diagnostics={"on_one": int(alone.sum()), "on_two": on_two, "se": variance**0.5},
        table=table.digest,
        only_a_bound=True,
        references=("Chao (1987), Biometrics 43:783-791", "Chao and Tsay (1998), Statistics in Medicine 17:2303-2312"),
    )


def lower_bound_caution() -> Caution:
    """What every lower bound must be read with."""
    return Caution(
        "lower_bound_only",
        "note",
        Bilingual(
            es="es una cota inferior: el total verdadero puede ser mucho mayor",
            en="this is a lower bound: the true total may be far higher",
        ),
        "Chao (1987)",
    )


def _alone(table: CaptureTable) -> NDArray[np.float64]:
    """Z_i: people on list i and no other."""
    people = _people_by_code(table)
    return np.asarray([people.get(1 << at, 0) for at in range(table.list_count)], dtype=np.float64)


def _pairs(table: CaptureTable) -> dict[tuple[int, int], int]:
    """z_ij: people on lists i and j and no other, for the pairs that can meet."""
    people = _people_by_code(table)
    never = set(table.never_met)
    impossible = set(table.impossible)
    return {
        (i, j): people.get(1 << i | 1 << j, 0)
        for i, j in combinations(range(table.list_count), 2)
        if (i, j) not in never and not impossible & {1 << i, 1 << j, 1 << i | 1 << j}
    }


def _people_by_code(table: CaptureTable) -> dict[int, int]:
    return dict(zip(table.codes.tolist(), table.counts.tolist(), strict=True))


def _unequal(alone: NDArray[np.float64], pairs: dict[tuple[int, int], int]) -> tuple[float, NDArray[np.float64]]:
    """The unseen, and what one more person on list i alone adds to them."""
    if not pairs:
        raise NotEstimable(
            en="no two lists can have met, so nothing bounds the unseen; take the structural zeros back where lists "
            "could meet",
            es="ningún par de listas pudo coincidir, así que nada acota a quienes faltan; retire los ceros "
            "estructurales donde las listas sí podían coincidir",
        )
    below = _divisor(sum(pairs.values()))
    partners = np.zeros(len(alone))
    for i, j in pairs:
        partners[i] += alone[j]
        partners[j] += alone[i]
    return float(alone @ partners) / 2 / below, partners / below


def _equal(alone: NDArray[np.float64], on_two: int) -> tuple[float, NDArray[np.float64]]:
    """The same where all lists are alike."""
    count, on_one = len(alone), float(alone.sum())
    share = (count - 1) / count / (2 * _divisor(on_two))
    if on_two:
        return share * on_one**2, np.full(count, 2 * share * on_one)
    return share * on_one * max(on_one - 1, 0.0), np.full(count, share * max(2 * on_one - 1, 0.0))


def _divisor(on_two: int) -> int:
    return on_two or 1


def _slope_of_pairs(unseen: float, on_two: int) -> float:
    """What one more person on exactly two lists adds to the unseen."""
    return -unseen / on_two if on_two else 0.0


def _variance(
    table: CaptureTable,
    unseen: float,
    alone: NDArray[np.float64],
    slopes: NDArray[np.float64],
    slope_of_pairs: float,
    on_two: int,
) -> float:
    """Sum of (1 + slope)^2 n_x less the square of the sum of (1 + slope) n_x over N: multinomial cells."""
    others = table.people - float(alone.sum()) - on_two
    squares = float(alone @ (1 + slopes) ** 2) + on_two * (1 + slope_of_pairs) ** 2 + others
    firsts = float(alone @ (1 + slopes)) + on_two * (1 + slope_of_pairs) + others
    return max(squares - firsts**2 / (table.people + unseen), 0.0)


def _cautions(on_two: int) -> tuple[Caution, ...]:
    bound = lower_bound_caution()
    if on_two >= FEW_ON_TWO:
        return (bound,)
    return (
        bound,
        Caution(
            "few_on_two_lists",
            "warning",
            Bilingual(
                es=f"solo {on_two} personas están en exactamente dos listas: la propia cota es muy incierta",
                en=f"only {on_two} people are on exactly two lists: the bound itself is very uncertain",
            ),
            "Chao (1987)",
        ),
    )
