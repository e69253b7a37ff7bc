"""The methods by name: which there are, what each needs, and one call for any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from recuento.errors import InvalidValue, RecuentoError
from recuento.estimate.honesty import table_cautions
from recuento.estimate.result import Estimate
from recuento.estimate.table import CaptureTable
from recuento.values.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Method:
    """A method as it is offered: its stable name, where it lives, its words, what it needs.

    `lists_min` and `lists_max` bound the lists it works on; `takes_seed` says whether chance enters.
    """

    name: str
    module: str
    function: str
    title: Bilingual
    lists_min: int
    lists_max: int
    takes_seed: bool = False
    options: Mapping[str, Any] | None = None

    def __call__(self, table: CaptureTable, **options: Any) -> Estimate:
        """The estimate of this table, with the cautions of the table itself."""
        call: Callable[..., Estimate] = getattr(import_module(f"recuento.estimate.{self.module}"), self.function)
        estimate = call(table, **{**(self.options or {}), **options})
        return estimate.with_cautions(*table_cautions(table))


METHODS: tuple[Method, ...] = ()


def method_named(name: str) -> Method:
    """The method called `name`. Raises InvalidValue naming those there are."""
    for method in METHODS:
        if method.name == name:
            return method
    known = ", ".join(method.name for method in METHODS)
    raise InvalidValue(
        en=f"there is no method {name!r}; there are: {known}", es=f"no hay ningún método {name!r}; hay: {known}"
    )


def estimate(table: CaptureTable, method: str = "dga", **options: Any) -> Estimate:
    """The estimate of N by the method of that name; `options` are the method's own. Strata are pooled."""
    return method_named(method)(table, **options)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A method that would not answer, and why."""

    method: str
    title: Bilingual
    reason: RecuentoError


def compare(
    table: CaptureTable, methods: Sequence[str] | None = None, *, seed: int = 0
) -> tuple[tuple[Estimate, ...], tuple[Refusal, ...]]:
    """Several methods side by side on one table: the estimates, and the refusals with their reasons.

    Without `methods`, all whose number of lists fits. Bad options are not refusals: they raise.
    """
    chosen = [method_named(name) for name in methods] if methods is not None else fitting(table)
    answers: list[Estimate] = []
    refusals: list[Refusal] = []
    for method in chosen:
        try:
            answers.append(method(table, **({"seed": seed} if method.takes_seed else {})))
        except RecuentoError as reason:
            refusals.append(Refusal(method.name, method.title, reason))
    return tuple(answers), tuple(refusals)


def fitting(table: CaptureTable) -> list[Method]:
    """The methods made for as many lists as the table has."""
    return [method for method in METHODS if method.lists_min <= table.list_count <= method.lists_max]
