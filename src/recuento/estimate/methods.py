"""The methods by name: which there are, what each needs, and one call for any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from recuento.errors import InvalidValue, RecuentoError
from recuento.estimate.caution import Caution
from recuento.estimate.result import Estimate
from recuento.estimate.table import LISTS_MAX, CaptureTable
from recuento.values.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Method:
    """A method as it is offered: its stable name, where it lives, its words, what it needs.

    `lists_min` and `lists_max` bound the lists it is offered for; `takes_seed` says whether chance enters;
    `variations` are settings worth trying to see how far they move the answer.
    """

    name: str
    module: str
    function: str
    title: Bilingual
    lists_min: int
    lists_max: int
    takes_seed: bool = False
    variations: tuple[Mapping[str, Any], ...] = ()

    def __call__(self, table: CaptureTable, **options: Any) -> Estimate:
        """The estimate of this table."""
        call: Callable[..., Estimate] = getattr(import_module(f"recuento.estimate.{self.module}"), self.function)
        return call(table, **options)

    def seeded(self, seed: int) -> Callable[..., Estimate]:
        """The method with its seed set, where chance enters it at all."""
        return partial(self, seed=seed) if self.takes_seed else self


METHODS: tuple[Method, ...] = (
    Method(
        "lincoln-petersen",
        "two_lists",
        "lincoln_petersen",
        Bilingual(es="Lincoln-Petersen", en="Lincoln-Petersen"),
        2,
        2,
    ),
    Method("chapman", "two_lists", "chapman", Bilingual(es="Chapman", en="Chapman"), 2, 2),
    Method(
        "two-list-bound",
        "two_lists",
        "two_list_lower_bound",
        Bilingual(es="cota inferior con dos listas", en="lower bound from two lists"),
        2,
        2,
    ),
    Method(
        "chao", "chao", "chao_lower_bound", Bilingual(es="cota inferior de Chao", en="Chao's lower bound"), 3, LISTS_MAX
    ),
    Method(
        "sample-coverage",
        "chao_tsay",
        "sample_coverage",
        Bilingual(es="cobertura de la muestra", en="sample coverage"),
        3,
        LISTS_MAX,
        takes_seed=True,
    ),
    Method(
        "loglinear",
        "loglinear_models",
        "loglinear",
        Bilingual(es="log-lineal, mejor BIC", en="log-linear, best BIC"),
        3,
        6,
        variations=({"criterion": "aic"},),
    ),
    Method(
        "stepwise",
        "stepwise_selection",
        "stepwise",
        Bilingual(es="log-lineal por pasos, con bootstrap", en="stepwise log-linear, with bootstrap"),
        3,
        10,
        takes_seed=True,
        variations=({"threshold": 0.05}, {"threshold": 0.001}),
    ),
    Method(
        "bic-bootstrap",
        "every_model",
        "bic_bootstrap",
        Bilingual(
            es="todos los log-lineales por BIC, con bootstrap", en="all log-linear models by BIC, with bootstrap"
        ),
        3,
        6,
        takes_seed=True,
        variations=({"max_order": 2},),
    ),
    Method(
        "dga",
        "decomposable",
        "dga",
        Bilingual(es="media de grafos descomponibles", en="decomposable graph averaging"),
        3,
        8,
        variations=({"delta": 0.5}, {"delta": 1.0}),
    ),
    Method(
        "lcmcr",
        "latent_class",
        "latent_classes",
        Bilingual(es="clases latentes", en="latent classes"),
        3,
        LISTS_MAX,
        takes_seed=True,
    ),
    Method(
        "latent-bic",
        "second_opinion",
        "latent_class_bic",
        Bilingual(es="clases latentes por BIC (segunda opinión)", en="latent classes by BIC (a second opinion)"),
        3,
        8,
        takes_seed=True,
    ),
)
"""In the order in which they are shown: bounds and classical methods first."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Several methods on one table: those that answered, and those that would not."""

    estimates: tuple[Estimate, ...]
    refusals: tuple[Refusal, ...]


def compare(
    table: CaptureTable,
    methods: Sequence[str | Method] | None = None,
    *,
    seed: int = 0,
    asked: Callable[[Callable[..., Estimate]], Estimate] | None = None,
    done: Callable[[int, int, str], None] | None = None,
) -> Comparison:
    """Several methods side by side on one table; without `methods`, all that are made for so many lists.

    `asked` is how a method is put to the people, by default on `table` (over draws of a linkage, by strata ...).
    `done(i, n, name)` is called before each. What a method refuses is kept with its reason; where answers exclude one
    another, each of them bears the caution "methods_disagree".
    """
    chosen = (
        fitting(table)
        if methods is None
        else [each if isinstance(each, Method) else method_named(each) for each in methods]
    )
    answers: list[Estimate] = []
    refusals: list[Refusal] = []
    for at, method in enumerate(chosen):
        if done:
            done(at, len(chosen), method.name)
        try:
            own = method.seeded(seed)
            answers.append(asked(own) if asked else own(table))
        except RecuentoError as reason:
            refusals.append(Refusal(method.name, method.title, reason))
    return Comparison(_disagreeing(answers), tuple(refusals))


def _disagreeing(answers: list[Estimate]) -> tuple[Estimate, ...]:
    """The answers, with a caution on each where two of their 95 % intervals have nothing in common."""
    ends = [(each, *each.interval(0.95)) for each in answers if not each.only_a_bound]
    if len(ends) < 2 or max(low for _, low, _ in ends) <= min(high for _, _, high in ends):
        return tuple(answers)
    lowest = min(ends, key=lambda each: each[2])[0]
    highest = max(ends, key=lambda each: each[1])[0]
    caution = Caution(
        "methods_disagree",
        "warning",
        Bilingual(
            es=f"los métodos se excluyen entre sí: {lowest.title.es} y {highest.title.es} no tienen ningún valor en "
            "común; el resultado depende de supuestos que las listas no pueden comprobar",
            en=f"the methods exclude one another: {lowest.title.en} and {highest.title.en} have no value in common; "
            "the result depends on assumptions that the lists cannot test",
        ),
        "Aleshin-Guendel, Sadinle and Wakefield (2024)",
    )
    return tuple(each if each.only_a_bound else each.with_cautions(caution) for each in answers)


def fitting(table: CaptureTable) -> list[Method]:
    """The methods made for as many lists as the table has."""
    return [method for method in METHODS if method.lists_min <= table.list_count <= method.lists_max]
