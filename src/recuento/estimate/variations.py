"""How the answer moves when a list, a stratum, one person or a setting is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from recuento.errors import RecuentoError
from recuento.estimate.caution import Caution
from recuento.estimate.result import Estimate
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual

Kind = Literal["as it is", "list left out", "stratum left out", "one more person", "one person less", "setting"]

MOVED_MAX = 0.2
"""A point that moves by more than this share is worth a warning."""


@dataclass(frozen=True, slots=True, eq=False)
class Variation:
    """The answer after one change: what was changed, and the estimate or the reason why there is none."""

    kind: Kind
    change: Bilingual
    estimate: Estimate | None
    reason: RecuentoError | None = None

    def moved(self, from_point: float) -> float | None:
        """By what share the point moved: 0.1 is ten percent up; None where there is no estimate."""
        return None if self.estimate is None else self.estimate.point / from_point - 1


def sensitivity(
    table: CaptureTable,
    method: Callable[..., Estimate],
    *,
    settings: Iterable[Mapping[str, Any]] = (),
    one_person: bool = True,
) -> list[Variation]:
    """The method on the table as it is and after every change of one thing.

    Changes: each list left out (where three or more stay), each stratum left out, one person more or less in each
    history that occurs (`one_person`), and each of `settings` (options of the method). The first row is the table
    as it is.
    """
    rows = [_row("as it is", Bilingual(es="como está", en="as it is"), method, table)]
    rows.extend(_without_lists(table, method))
    rows.extend(_without_strata(table, method))
    rows.extend(
        _row("setting", Bilingual.same(", ".join(f"{k} = {v}" for k, v in options.items())), method, table, **options)
        for options in settings
    )
    if one_person:
        rows.extend(_one_person(table.pooled(), method))
    return rows


def sensitivity_cautions(rows: list[Variation]) -> tuple[Caution, ...]:
    """What the variations warn of: one person, or one list, that moves the point by more than `MOVED_MAX`."""
    base = rows[0].estimate
    if base is None:
        return ()
    found = []
    for kinds, code, es, en, source in (
        (
            ("one more person", "one person less"),
            "one_person_decides",
            "una sola persona más o menos",
            "one person more or less",
            "Chan, Silverman and Vincent (2021)",
        ),
        (
            ("list left out",),
            "one_list_decides",
            "dejar fuera una lista",
            "leaving out one list",
            "Binette and Steorts (2022)",
        ),
        (("stratum left out",), "one_stratum_decides", "dejar fuera un estrato", "leaving out one stratum", ""),
    ):
        moves = [
            (abs(row.moved(base.point) or 0.0), row) for row in rows if row.kind in kinds and row.estimate is not None
        ]
        if not moves:
            continue
        largest, row = max(moves, key=lambda each: each[0])
        expected = _expected_move(row, base)
        if largest - expected > MOVED_MAX:
            found.append(
                Caution(
                    code,
                    "warning",
                    Bilingual(
                        es=f"{es} ({row.change.es}) mueve el resultado un {largest:.0%}",
                        en=f"{en} ({row.change.en}) moves the result by {largest:.0%}",
                    ),
                    source,
                )
            )
    return tuple(found)


def _expected_move(row: Variation, base: Estimate) -> float:
    """Leaving out a stratum takes its people away; only what goes beyond them counts."""
    if row.kind != "stratum left out" or row.estimate is None:
        return 0.0
    return abs(row.estimate.observed / base.observed - 1)


def _row(
    kind: Kind, change: Bilingual, method: Callable[..., Estimate], table: CaptureTable, **options: Any
) -> Variation:
    try:
        return Variation(kind, change, method(table, **options))
    except RecuentoError as reason:
        return Variation(kind, change, None, reason)


def _without_lists(table: CaptureTable, method: Callable[..., Estimate]) -> Iterator[Variation]:
    if table.list_count <= 3:
        return
    for name in table.lists:
        yield _row("list left out", Bilingual(es=f"sin {name}", en=f"without {name}"), method, table.without(name))


def _without_strata(table: CaptureTable, method: Callable[..., Estimate]) -> Iterator[Variation]:
    if not table.strata:
        return
    parts = table.by()
    if len(parts) < 2:
        return
    for label in parts:
        keep = [at for at, row in enumerate(table.stratum_of_row) if row != label]
        rest = CaptureTable(
            table.lists,
            table.codes[keep],
            table.counts[keep],
            table.strata,
            tuple(table.stratum_of_row[at] for at in keep),
            table.never_met,
            table.impossible,
        )
        name = " / ".join(label)
        yield _row("stratum left out", Bilingual(es=f"sin {name}", en=f"without {name}"), method, rest)


def _one_person(table: CaptureTable, method: Callable[..., Estimate]) -> Iterator[Variation]:
    for code in table.codes.tolist():
        words = table.pattern_words(code)
        yield _row(
            "one more person",
            Bilingual(es=f"una persona más en {words}", en=f"one more person on {words}"),
            method,
            table.with_one_more(code),
        )
        yield _row(
            "one person less",
            Bilingual(es=f"una persona menos en {words}", en=f"one person less on {words}"),
            method,
            table.with_one_more(code, -1),
        )
