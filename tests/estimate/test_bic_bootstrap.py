"""Choice among all hierarchical models by BIC against published intervals, and against looking at every model."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse_reference import needs_reference, r_outputs, table
from recuento.errors import InvalidValue
from recuento.estimate.every_model import bic_bootstrap
from recuento.estimate.generators import Model, all_hierarchical
from recuento.estimate.result import Estimate, NotEstimable
from recuento.estimate.sparse import fit_sparse
from recuento.estimate.table import CaptureTable


def near(found: Estimate, point: float, low: float, high: float, share: float = 0.1) -> None:
    """The point as published, the ends within what Monte Carlo leaves open."""
    assert found.point == pytest.approx(point, abs=0.6)
    ends = found.interval(0.95)
    assert ends == pytest.approx((low, high), rel=share)


@needs_reference
@pytest.mark.parametrize(
    ("name", "options", "published"),
    [
        ("kosovo_4", {}, (10357, 6947, 18010)),
        ("kosovo_4", {"top": 1}, (10357, 9100, 12000)),
        ("kosovo_4", {"max_order": 2}, (14342, 12451, 16273)),
        ("korea_3", {}, (157, 128, 349)),
        ("korea_3", {"top": 1}, (157, 131, 248)),
        ("uk_5", {"top": 60}, (25311, 11168, 56052)),
        ("uk_5", {"search": "downhill"}, (12262, 9330, 32115)),
        ("neworleans_5", {"top": 60}, (981, 397, 1511)),
    ],
)
def test_published_intervals(name: str, options: dict[str, Any], published: tuple[float, float, float]) -> None:
    """Silverman, Chan and Vincent (2024): the point, and both ends within a tenth (a sixth for five lists)."""
    near(bic_bootstrap(table(name), **options), *published, share=0.17 if name.endswith("_5") else 0.1)


@needs_reference
@pytest.mark.parametrize("name", ["kosovo_4", "uk_5", "korea_3", "artificial_3"])
def test_the_best_models_are_those_of_the_peer(name: str) -> None:
    """Names, N and BIC of the stored best models within 1e-6."""
    peer = r_outputs()[name]["multiplesystemsestimation"]["bic_point"]
    found = bic_bootstrap(table(name), max_order=peer["maxorder"], top=3, replicates=20)
    for ours, theirs in zip(found.models, peer["top"], strict=False):
        assert ours.name == Model.parse(theirs["model"]).name
        assert ours.estimate == pytest.approx(theirs["abundance"], rel=1e-6)
        assert ours.criterion == pytest.approx(theirs["BIC"], rel=1e-6)


@needs_reference
def test_what_must_be_told_of_kosovo() -> None:
    """Three models tie with totals from 10,357 to 18,393, and one person fewer changes which is best."""
    codes = [caution.code for caution in bic_bootstrap(table("kosovo_4"), replicates=50).cautions]
    assert {"near_tie", "one_person_decides"} <= set(codes)


@given(st.lists(st.integers(0, 30), min_size=15, max_size=15), st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_best_is_the_best_of_all_looked_at_one_by_one(counts: list[int], downhill: bool) -> None:
    """No model that `fit_sparse` can fit has a lower BIC; a search downhill ends no lower than that."""
    marks = [[code >> j & 1 for j in range(4)] for code in range(1, 16)]
    people = CaptureTable.from_patterns(marks, counts)
    try:
        found = bic_bootstrap(people, replicates=20, search="downhill" if downhill else "all")
    except NotEstimable:
        return
    criteria = [bic for bic in (fit_sparse(people, model).bic for model in all_hierarchical(4)) if bic is not None]
    own = fit_sparse(people, found.diagnostics["model"]).bic
    assert own is not None
    assert own >= min(criteria) - 1e-6 if downhill else own == pytest.approx(min(criteria), abs=1e-6)
    assert not np.isnan(found.interval(0.9)).any()


@needs_reference
def test_leaving_out_models_that_cannot_win_changes_nothing() -> None:
    """Each resample's choice with the bounds is that of fitting every model."""
    from recuento.estimate.sparse_kernel import fit_models

    people = table("kosovo_4")
    from recuento.estimate.every_model import TITLE, _among, _ranked
    from recuento.estimate.sparse_ground import SparseGround

    ground = SparseGround.of(people, TITLE)
    ranking = _ranked(ground, 3)
    rows = ground.resamples(30, 8)
    chosen = _among(ground, ranking)(rows)
    marks = np.zeros((len(ranking.sizes), 16), dtype=np.bool_)
    for at in range(len(marks)):
        marks[at, list(ranking.chosen(at))] = True
    for row, unseen in zip(rows, chosen.unseen, strict=True):
        status, likelihood, every, sizes = fit_models(4, marks, row.copy(), ground.possible)
        bic = np.where(status == 0, -2 * likelihood + sizes * np.log(people.people), np.inf)
        assert unseen == pytest.approx(every[int(np.argmin(bic))], rel=1e-6)


def test_more_than_five_lists_are_searched_downhill() -> None:
    """Six lists of all orders are too many to rank; the settings say what was done."""
    chance = np.random.default_rng(2)
    people = CaptureTable.from_people((lambda marks: marks[marks.any(axis=1)])(chance.random((300, 6)) < 0.3))
    found = bic_bootstrap(people, replicates=20)
    assert found.settings["search"] == "downhill"
    assert bic_bootstrap(people, max_order=1, replicates=20).diagnostics["model"] == "[1,2,3,4,5,6]"


@pytest.mark.parametrize("options", [{"max_order": 0}, {"top": 0}, {"replicates": 1}])
def test_options_out_of_range_are_refused(options: dict[str, Any]) -> None:
    """The message names the option and its range."""
    people = CaptureTable.from_patterns([[1, 0, 0], [0, 1, 0], [1, 1, 1]], [40, 30, 20])
    with pytest.raises(InvalidValue):
        bic_bootstrap(people, **options)
