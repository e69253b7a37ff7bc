"""Whether the estimability check agrees with the stored codes and with the bare linear program."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse_reference import FOLDER, needs_reference, r_outputs, table
from recuento.estimate.existence import POSITIVE, existence, least_cell, pair_codes
from recuento.estimate.generators import Model, all_hierarchical, design_matrix
from recuento.estimate.sparse import fit_sparse
from recuento.estimate.table import CaptureTable

STORED = [name for name, peers in r_outputs().items() if "sparsemse" in peers] if FOLDER.is_dir() else []
ARTIFICIAL = CaptureTable.from_patterns([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], [40, 30, 20, 6])


@pytest.mark.parametrize(
    ("model", "code"), [("[12,3]", 1), ("[13,23]", 0), ("[12,13,23]", 2), ("[1,2,3]", 0), ("[12,13]", 1)]
)
def test_codes_of_the_artificial_table(model, code):
    """Table 3 of Chan, Silverman and Vincent (2021)."""
    assert existence(ARTIFICIAL, Model.parse(model)).code == code


@needs_reference
@pytest.mark.parametrize("name", STORED)
def test_codes_are_those_of_the_peer(name):
    """The main effects, every single pair and all pairs have the codes stored from SparseMSE."""
    people, peer = table(name), r_outputs()[name]["sparsemse"]
    assert existence(people, Model.independence(people.list_count)).code == peer["checkident_main"]
    assert existence(people, Model.of_order(people.list_count, 2)).code == peer["checkident_all_pairs"]
    ours = {f"{people.lists[a]}:{people.lists[b]}": code for (a, b), code in pair_codes(people).items()}
    assert ours == {each["pair"]: each["ierr"] for each in peer["checkident_single_pair"]}


@given(st.lists(st.integers(0, 2), min_size=15, max_size=15), st.integers(0, 112))
@settings(max_examples=120, deadline=None)
def test_the_check_is_the_linear_program(counts, at):
    """What a fit proves without it, the linear program of Fienberg and Rinaldo says too."""
    patterns = [[code >> j & 1 for j in range(4)] for code in range(1, 16)]
    people = CaptureTable.from_patterns(patterns, counts)
    model = all_hierarchical(4)[at]
    found = existence(people, model)
    left = np.array([c for c in range(1, 16) if all(c & t != t for t in found.empty)], dtype=int)
    kept = [t for t in model.terms(4) if t not in found.empty]
    if not kept or not len(left):
        assert not found.passes
        return
    design = design_matrix(kept, left)
    assert found.exists == (least_cell(design, (people.dense()[left] > 0).astype(float)) > POSITIVE)
    assert found.identified == (np.linalg.matrix_rank(design) == len(kept))


def test_a_model_that_cannot_be_estimated_has_no_number():
    """[12,3] of the artificial table gives None and its code, not ten billion people."""
    found = fit_sparse(ARTIFICIAL, "[12,3]")
    assert found.estimate is None and found.bic is None and found.existence.code == 1


def test_an_empty_pair_is_minus_infinity_and_counts_as_a_parameter():
    """[13,23]: nobody is on 1 and 3 nor on 2 and 3; N = n + 40 * 30 / 6, six parameters."""
    found = fit_sparse(ARTIFICIAL, "[13,23]")
    assert found.estimate == pytest.approx(96 + 200)
    assert found.parameters == 6
    assert found.coefficients[5] == -np.inf


def test_a_structural_zero_is_no_parameter():
    """Lists that can never meet have neither cells nor a parameter for it."""
    people = CaptureTable.from_patterns(
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 1]],
        [40, 30, 20, 6, 5],
        lists=["a", "b", "c"],
        never_met=[("a", "b")],
    )
    assert fit_sparse(people, "[12,3]").parameters == fit_sparse(people, "[1,2,3]").parameters == 4
    assert fit_sparse(people, "[12,3]").estimate == pytest.approx(fit_sparse(people, "[1,2,3]").estimate)
