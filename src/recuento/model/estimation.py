"""An estimate of those whom nobody recorded, as it is told: several methods, each with its interval and limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recuento.values.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class MethodAnswer:
    """What one method says: `point` and the 95 % ends are numbers of people, `high` None where it has no limit.

    `gravity` is that of its gravest caution ("do not report", "warning", "note") or None. `sentence` can be quoted; it
    never has the point without its interval.
    """

    method: str
    title: Bilingual
    point: float | None
    low: float
    high: float | None
    interval_kind: Bilingual
    only_a_bound: bool
    gravity: str | None
    sentence: Bilingual
    assumptions: tuple[Bilingual, ...]
    settings: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A method that gave no answer, and why."""

    title: Bilingual
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class EstimationCaution:
    """A limit of the estimate: how grave, in words, for which methods (none named where for all)."""

    gravity: str
    words: Bilingual
    methods: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldCounts:
    """What may be told of the counts behind an estimate: None stands for a count that is kept back, 0 for zero.

    `overlap` are patterns of lists ("101": on the first and the third) with their persons, `smallest` the least group
    that is told. `since` is the edition these counts are of, where a later change was too small to be told.
    """

    smallest: int
    overlap: tuple[tuple[str, int | None], ...]
    lists: tuple[int | None, ...]
    observed: int | None
    repeated: int | None
    since: date | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is kept back."""
        return None not in (*self.lists, self.observed, self.repeated, *(count for _, count in self.overlap))


@dataclass(frozen=True, slots=True)
class Estimation:
    """How many there are in all of the people that `question` names, by the overlap of lists.

    `lists` are names and sizes; `observed` people are on some list, `repeated` on more than one. `picture` is an SVG
    in each language. `table` is the digest of the table it was made from, `version` that of the methods.
    """

    id: str
    event: str
    question: Bilingual
    lists: tuple[tuple[str, int], ...]
    observed: int
    repeated: int
    answers: tuple[MethodAnswer, ...]
    refused: tuple[Refused, ...]
    cautions: tuple[EstimationCaution, ...]
    cannot_know: Bilingual
    picture: Bilingual
    table: str
    version: str
    lists_public: bool = False
    """Whether the names of the lists may leave; their number always does."""
    overlap: tuple[tuple[str, int], ...] = ()
    """How many persons have each pattern of lists, as they are; what may be told of them is in `told`."""
    told: ToldCounts | None = None
    """What of the counts may be told; None tells none of them."""
