from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recuento.errors import InvalidValue
from recuento.estimate.generators import Model, all_hierarchical, all_term_sets, design_matrix, from_terms, subsets

models = st.lists(st.integers(1, 63), min_size=1, max_size=6).map(lambda sets: Model(tuple(sets)))


@pytest.mark.parametrize(
    ("lists", "order", "count"),
    [(1, None, 1), (2, None, 1), (3, None, 8), (4, None, 113), (5, None, 6893), (5, 2, 1024), (6, 2, 32768)],
)
def test_as_many_models_as_the_literature_counts(lists, order, count):
    """All hierarchical models with main effects, but the saturated one, are there, each once."""
    found = all_hierarchical(lists, order)
    assert len(found) == len(set(found)) == count


def brute_force(lists):
    """Every choice of interactions that has all parts of each, tried one by one."""
    larger = [each for each in range(1, 1 << lists) if each.bit_count() > 1]
    singles = {1 << at for at in range(lists)}
    for size in range(len(larger) + 1):
        for chosen in combinations(larger, size):
            terms = singles | set(chosen)
            if all(part in terms for term in terms for part in subsets(term)):
                yield frozenset(terms)


@pytest.mark.parametrize("lists", [2, 3, 4])
def test_models_are_those_of_a_search_of_every_choice(lists):
    """Going through every set of interactions finds the same models and the saturated one."""
    ours = {frozenset(model.terms(lists)) - {0} for model in all_hierarchical(lists)}
    assert ours | {frozenset(range(1, 1 << lists))} == set(brute_force(lists))


def test_rows_of_term_sets_are_the_terms_of_the_models():
    """The matrix for the kernel says the same as the models themselves."""
    for model, row in zip(all_hierarchical(4), all_term_sets(4), strict=True):
        assert set(np.flatnonzero(row).tolist()) == set(model.terms(4))


@given(models)
def test_a_name_can_be_read_back(model):
    """Writing and reading a name gives the same model."""
    assert Model.parse(model.name) == model


def test_names_of_more_than_nine_lists_are_not_ambiguous():
    """List 11 is not lists 1 and 1, nor list 10 lists 1 and 0."""
    model = Model((1 << 10, 1 | 1 << 9))
    assert model.name == "[1.10,11.]"
    assert Model.parse(model.name) == model


@given(models)
def test_terms_hold_every_part_of_every_term(model):
    """A model is hierarchical, has the constant and all lists, and is the least with its terms."""
    terms = model.terms(6)
    assert {0, 1, 2, 4, 8, 16, 32} <= set(terms)
    assert all(part in terms for term in terms for part in subsets(term))
    assert set(from_terms(terms).generators) >= set(model.generators)


@given(models, models)
def test_order_and_repetition_of_generators_are_irrelevant(one, other):
    """The same sets in another order, or with parts added, are the same model."""
    together = Model(one.generators + other.generators)
    assert together == Model(other.generators + one.generators + tuple(subsets(one.generators[0])))


def test_design_has_a_one_where_the_history_holds_the_term():
    """The matrix agrees with asking list by list."""
    terms, codes = Model.parse("[12,3]").terms(3), [1, 3, 5, 7]
    for row, code in zip(design_matrix(terms, codes), codes, strict=True):
        lists = {at for at in range(3) if code >> at & 1}
        assert row.tolist() == [float({at for at in range(3) if term >> at & 1} <= lists) for term in terms]


@pytest.mark.parametrize("name", ["", "[]", "[12,,3]", "[0]", "twelve", "[1.]", "[12;3]"])
def test_names_that_are_no_models_are_refused(name):
    """A name that cannot be read is refused, with how to write one."""
    with pytest.raises(InvalidValue, match=r"\[12,13,4\]"):
        Model.parse(name)


def test_too_many_models_and_unknown_lists_are_refused():
    """Seven lists have millions of pairwise models, and a model of list 5 does not fit four lists."""
    with pytest.raises(InvalidValue, match="more than"):
        all_hierarchical(7, 2)
    with pytest.raises(InvalidValue, match="not among the 4"):
        Model.parse("[15]").terms(4)
    with pytest.raises(InvalidValue, match="at least one set"):
        Model(())
