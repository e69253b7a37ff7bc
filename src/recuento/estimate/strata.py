"""Estimates by place, time or group, and their total. Ends of intervals are never added: draws are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from recuento.errors import RecuentoError
from recuento.estimate.caution import Caution
from recuento.estimate.result import Estimate, NotEstimable
from recuento.estimate.spread import Draws
from recuento.estimate.table import CaptureTable, Stratum
from recuento.values.bilingual import Bilingual

TOTAL_DRAWS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Stratified:
    """An estimate for each stratum, those refused with the reason, and the total of those that were estimated.

    `total` is None where no stratum could be estimated. `people_refused` of `people` seen belong to strata without an
    estimate: they are in no part of the total beyond being seen.
    """

    columns: tuple[str, ...]
    estimates: dict[Stratum, Estimate]
    refused: dict[Stratum, RecuentoError]
    people_refused: int
    total: Estimate | None


def estimate_by(
    table: CaptureTable,
    method: Callable[[CaptureTable], Estimate],
    columns: Sequence[str] = (),
    *,
    seed: int = 0,
    done: Callable[[int, int, str], None] | None = None,
) -> Stratified:
    """The method on every stratum of `columns` (all of the table's where none is named), and the total.

    `method` takes a table and gives an estimate, e.g. `functools.partial(dga, delta=0.5)`; tables that are equal are
    estimated once. `done(i, n, name)` is called as strata are finished. Raises InvalidValue for an
    unknown column, NotEstimable for a table without strata.
    """
    if not table.strata:
        raise NotEstimable(
            en="the table has no strata; estimate it whole", es="la tabla no tiene estratos; estímela entera"
        )
    parts = table.by(*columns)
    estimates: dict[Stratum, Estimate] = {}
    refused: dict[Stratum, RecuentoError] = {}
    known: dict[str, Estimate | RecuentoError] = {}
    for at, (label, part) in enumerate(parts.items(), start=1):
        answer = known.get(part.digest) or _answer(method, part)
        known[part.digest] = answer
        if isinstance(answer, Estimate):
            estimates[label] = answer
        else:
            refused[label] = answer
        if done:
            done(at, len(parts), " / ".join(label))
    people_refused = sum(parts[label].people for label in refused)
    total = _total(estimates, table, people_refused, refused, seed) if estimates else None
    return Stratified(tuple(columns) or table.strata, estimates, refused, people_refused, total)


def _answer(method: Callable[[CaptureTable], Estimate], part: CaptureTable) -> Estimate | RecuentoError:
    try:
        return method(part)
    except RecuentoError as reason:
        return reason


def _total(
    estimates: dict[Stratum, Estimate],
    table: CaptureTable,
    people_refused: int,
    refused: dict[Stratum, RecuentoError],
    seed: int,
) -> Estimate:
    """The strata taken as independent given the data: a draw of the total is the sum of a draw of each."""
    first = next(iter(estimates.values()))
    seeds = np.random.SeedSequence(seed).spawn(len(estimates))
    total = np.full(TOTAL_DRAWS, float(people_refused))
    for each, own in zip(estimates.values(), seeds, strict=True):
        total += np.maximum(each.spread.draws(TOTAL_DRAWS, np.random.default_rng(own)), each.observed)
    bound = any(each.only_a_bound for each in estimates.values())
    cautions = [*_merged_cautions(estimates), *_refused_caution(refused, people_refused, table)]
    return Estimate(
        method=first.method,
        title=first.title,
        lists=table.lists,
        observed=sum(each.observed for each in estimates.values()) + people_refused,
        point=float(np.median(total)),
        point_kind=Bilingual(es="mediana de la suma de los estratos", en="median of the sum over strata"),
        spread=Draws(total, kind=f"{first.spread.kind}, strata summed by draws"),
        assumptions=(
            *first.assumptions,
            Bilingual(
                es="los estratos se estiman por separado y sus errores son independientes",
                en="the strata are estimated apart and their errors are independent",
            ),
        ),
        cautions=tuple(cautions),
        settings={**first.settings, "strata": len(estimates)},
        diagnostics={"strata": len(estimates), "strata_refused": len(refused), "people_refused": people_refused},
        seed=seed,
        table=table.digest,
        only_a_bound=bound,
        references=first.references,
    )


def _merged_cautions(estimates: dict[Stratum, Estimate]) -> list[Caution]:
    """Each caution of some stratum once, saying in how many strata and in which."""
    places: dict[str, list[str]] = {}
    examples: dict[str, Caution] = {}
    for label, each in estimates.items():
        for caution in each.cautions:
            places.setdefault(caution.code, []).append(" / ".join(label))
            examples.setdefault(caution.code, caution)
    merged = []
    for code, where in places.items():
        caution = examples[code]
        named = ", ".join(where[:5]) + (", …" if len(where) > 5 else "")
        share = f"{len(where)}/{len(estimates)}"
        merged.append(
            Caution(
                code,
                caution.gravity,
                Bilingual(
                    es=f"en {share} estratos ({named}): {caution.words.es}",
                    en=f"in {share} strata ({named}): {caution.words.en}",
                ),
                caution.source,
            )
        )
    return merged


def _refused_caution(refused: dict[Stratum, RecuentoError], people: int, table: CaptureTable) -> list[Caution]:
    if not refused:
        return []
    named = ", ".join(" / ".join(label) for label in list(refused)[:5]) + (", …" if len(refused) > 5 else "")
    share = people / table.people
    return [
        Caution(
            "strata_refused",
            "warning",
            Bilingual(
                es=f"sin estimación en {len(refused)} estratos ({named}), que tienen {people} de las {table.people} "
                f"personas vistas ({share:.0%}): el total solo cuenta ahí a las vistas",
                en=f"no estimate in {len(refused)} strata ({named}), which have {people} of the {table.people} people "
                f"seen ({share:.0%}): there the total counts only those seen",
            ),
        )
    ]
