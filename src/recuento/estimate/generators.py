"""Hierarchical log-linear models of lists: their names ("[12,13,4]"), their terms, and all of them in order.

A set of lists is an integer, bit j for list j + 1, as in the codes of a `CaptureTable`. A model is named by its
generators, the largest sets of lists that act together; every set inside a generator is in the model too, and every
list always has an effect of its own. Lists are numbered from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recuento.errors import InvalidValue

MODELS_MAX = 50_000
"""More models than these are not laid out: seven lists have 2,097,152 pairwise ones."""


@dataclass(frozen=True, slots=True)
class Model:
    """A hierarchical model, by its generators.

    Generators may be given in any order, also ones that lie inside others; they are kept as the largest only,
    the longest first and then by the numbers of their lists, so that equal models are equal values.
    """

    generators: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.generators or min(self.generators) < 1:
            raise InvalidValue(
                en="a model needs at least one set of lists, such as [1,2,3]",
                es="un modelo necesita al menos un conjunto de listas, como [1,2,3]",
            )
        object.__setattr__(self, "generators", _largest(self.generators))

    @classmethod
    def parse(cls, name: str) -> Model:
        """The model of a name such as "[12,13,4]"; lists beyond the ninth are written with dots, "[1.10,2]".

        Raises InvalidValue for a name that is written otherwise.
        """
        inside = re.fullmatch(r"\s*\[?([0-9.,\s]+)\]?\s*", name)
        parts = [part.strip() for part in inside.group(1).split(",")] if inside else []
        if not parts or not all(re.fullmatch(r"[1-9]+|[1-9][0-9]*(\.[1-9][0-9]*)+|[1-9][0-9]+\.", p) for p in parts):
            raise InvalidValue(
                en=f"a model is written as [12,13,4], with the numbers of the lists, not: {name}",
                es=f"un modelo se escribe como [12,13,4], con los números de las listas, no: {name}",
            )
        return cls(tuple(_parsed_set(part) for part in parts))

    @classmethod
    def independence(cls, list_count: int) -> Model:
        """Every list on its own: [1,2,3]."""
        return cls(tuple(1 << at for at in range(list_count)))

    @classmethod
    def of_order(cls, list_count: int, order: int) -> Model:
        """All interactions of `order` lists: order 2 is every pair. Order 1 is independence."""
        return cls(tuple(each for each in range(1, 1 << list_count) if each.bit_count() == min(order, list_count)))

    @property
    def name(self) -> str:
        """ "[12,13,4]": generators by size and then by list."""
        return "[" + ",".join(_set_name(each) for each in self.generators) + "]"

    @property
    def order(self) -> int:
        """How many lists the largest generator has."""
        return self.generators[0].bit_count()

    def terms(self, list_count: int) -> tuple[int, ...]:
        """Every parameter of the model for `list_count` lists: 0, the constant; the lists; all sets in generators.

        By size and then by code. Lists that no generator names have an effect of their own all the same. Raises
        InvalidValue where the model names a list that is not there.
        """
        if max(self.generators) >= 1 << list_count:
            raise InvalidValue(
                en=f"the model {self.name} names a list that is not among the {list_count}",
                es=f"el modelo {self.name} nombra una lista que no está entre las {list_count}",
            )
        implied = {0, *(1 << at for at in range(list_count))}
        for generator in self.generators:
            implied.update(subsets(generator))
        return tuple(sorted(implied, key=_by_size))

    def __str__(self) -> str:
        return self.name


def subsets(lists: int) -> Iterator[int]:
    """Every set inside a set of lists, itself included, the empty one left out."""
    inside = lists
    while inside:
        yield inside
        inside = (inside - 1) & lists


def from_terms(terms: Iterable[int]) -> Model:
    """The least hierarchical model that has these terms (the constant, 0, may be among them)."""
    return Model(tuple(term for term in terms if term))


@lru_cache(maxsize=16)
def all_hierarchical(list_count: int, max_order: int | None = None) -> tuple[Model, ...]:
    """Every hierarchical model with all main effects, but for the saturated one, which leaves nothing to estimate.

    `max_order` caps how many lists may act together. 8 models for three lists, 113 for four, 6,893 for five, 32,768
    for six of order 2. Raises InvalidValue where there are more than `MODELS_MAX`.
    """
    return tuple(_known(tuple(_maximal(terms))) for terms in _term_sets(list_count, max_order))


@lru_cache(maxsize=16)
def all_term_sets(list_count: int, max_order: int | None = None) -> NDArray[np.bool_]:
    """The same models, in the same order, as models by 2^k truths: whether the term of a code is in the model.

    Entry 0 (the constant) is always true. Read-only, since it is kept.
    """
    sets = _term_sets(list_count, max_order)
    marks = np.zeros((len(sets), 1 << list_count), dtype=np.bool_)
    rows = np.repeat(np.arange(len(sets)), [len(terms) for terms in sets])
    marks[rows, [term for terms in sets for term in terms]] = True
    marks.setflags(write=False)
    return marks


def design_matrix(terms: Sequence[int], codes: ArrayLike) -> NDArray[np.float64]:
    """Histories by parameters: 1 where the history of the row holds every list of the term, else 0."""
    histories = np.asarray(codes, dtype=np.int64)[:, None]
    wanted = np.asarray(terms, dtype=np.int64)[None, :]
    design: NDArray[np.float64] = ((histories & wanted) == wanted).astype(np.float64)
    return design


def _term_sets(list_count: int, max_order: int | None) -> list[tuple[int, ...]]:
    """The terms of every model: first the choice of pairs, then of triples whose pairs are all in, and so on."""
    cap = min(max_order or list_count - 1, list_count - 1)
    base = (0, *(1 << at for at in range(list_count)))
    found = [base]
    growing = [base]
    for order in range(2, cap + 1):
        candidates = sorted(each for each in range(1, 1 << list_count) if each.bit_count() == order)
        grown = [larger for smaller in growing for larger in _grown(smaller, candidates, list_count)]
        _refuse_many(len(found) + len(grown), list_count, order)
        found += grown
        growing = grown
    return found


def _grown(terms: tuple[int, ...], candidates: Sequence[int], list_count: int) -> Iterator[tuple[int, ...]]:
    """The model with every choice, but the empty one, of further terms whose faces it already has."""
    present = frozenset(terms)
    open_to_it = [each for each in candidates if all(face in present for face in _faces(each))]
    _refuse_many(1 << len(open_to_it), list_count, candidates[0].bit_count() if candidates else 0)
    for chosen in range(1, 1 << len(open_to_it)):
        yield terms + tuple(each for at, each in enumerate(open_to_it) if chosen >> at & 1)


def _faces(lists: int) -> Iterator[int]:
    rest = lists
    while rest:
        lowest = rest & -rest
        yield lists ^ lowest
        rest ^= lowest


def _refuse_many(count: int, list_count: int, order: int) -> None:
    if count > MODELS_MAX:
        raise InvalidValue(
            en=f"{list_count} lists have more than {MODELS_MAX:,} hierarchical models of order {order}; "
            "lower max_order, merge lists, or use stepwise selection",
            es=f"{list_count} listas tienen más de {MODELS_MAX} modelos jerárquicos de orden {order}; "
            "baje max_order, una listas, o use la selección por pasos",
        )


def _known(generators: tuple[int, ...]) -> Model:
    """A model from generators that are already the largest and in order, without looking again."""
    model = object.__new__(Model)
    object.__setattr__(model, "generators", generators)
    return model


def _maximal(terms: Sequence[int]) -> list[int]:
    """The terms that are in no larger term, in the order of names. For sets closed under taking subsets."""
    covered = {face for term in terms for face in _faces(term)}
    return sorted((term for term in terms if term and term not in covered), key=_by_name)


def _largest(sets: Iterable[int]) -> tuple[int, ...]:
    kept: list[int] = []
    for each in sorted(set(sets), key=int.bit_count, reverse=True):
        if not any(each & larger == each for larger in kept):
            kept.append(each)
    return tuple(sorted(kept, key=_by_name))


def _by_size(lists: int) -> tuple[int, int]:
    return lists.bit_count(), lists


@lru_cache(maxsize=1 << 12)
def _by_name(lists: int) -> tuple[int, tuple[int, ...]]:
    return -lists.bit_count(), _numbers(lists)


def _numbers(lists: int) -> tuple[int, ...]:
    return tuple(at + 1 for at in range(lists.bit_length()) if lists >> at & 1)


def _set_name(lists: int) -> str:
    numbers = _numbers(lists)
    if numbers[-1] <= 9:
        return "".join(map(str, numbers))
    return ".".join(map(str, numbers)) + ("." if len(numbers) == 1 else "")


def _parsed_set(part: str) -> int:
    numbers = [int(number) for number in part.strip(".").split(".")] if "." in part else [int(digit) for digit in part]
    lists = 0
    for number in numbers:
        lists |= 1 << (number - 1)
    return lists
