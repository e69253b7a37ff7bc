from itertools import permutations
from math import exp, isfinite, isnan, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse_reference import dense_table, needs_reference, pooled_table, r_outputs
from recuento.errors import InvalidValue, RecuentoError
from recuento.estimate.existence import existence
from recuento.estimate.generators import Model, all_hierarchical
from recuento.estimate.loglinear_fit import Specification, fitted
from recuento.estimate.loglinear_models import loglinear
from recuento.estimate.model_choice import ranked_models
from recuento.estimate.profile import Profile
from recuento.estimate.result import NotEstimable

FORMS = {"Chao": "chao", "Poisson2": "poisson", "Darroch": "darroch", "Gamma3.5": "gamma"}
ORDERED = ("Mb", "Mbh")
"""Models of the order in which occasions follow one another, which lists do not have."""

small = st.lists(st.integers(0, 40), min_size=7, max_size=7)
any_count = st.one_of(st.integers(0, 4), st.sampled_from([0, 0, 50, 10**6, 10**12]))


def specified(name, lists, negative="zero"):
    """The model that Rcapture calls by this name."""
    kind, _, form = name.replace(" (LB)", "").partition(" ")
    return Specification(Model.independence(lists), FORMS.get(form), kind in ("M0", "Mh"), negative)


@needs_reference
@pytest.mark.parametrize(("call", "negative"), [("closedp_t", "zero"), ("closedp_t_neg_false", "keep")])
def test_models_of_time_and_heterogeneity_are_those_of_rcapture(call, negative):
    """Every table: N within 1e-6, AIC and BIC within 1e-6, or the model has no maximum and Rcapture's is none."""
    compared = refused = 0
    for name, peers in r_outputs().items():
        for model in peers.get("rcapture", {}).get(call, {}).get("models", []):
            if model["model"] in ORDERED:
                continue
            fit = fitted(pooled_table(name), specified(model["model"], pooled_table(name).list_count, negative))
            if fit.outcome != "ok":
                refused += 1
                assert name == "artificial_3" and model["model"].split()[-1] in ("Poisson2", "Darroch", "Gamma3.5")
                continue
            compared += 1
            assert fit.point == pytest.approx(model["abundance"], rel=1e-6), (name, model["model"])
            # Rcapture keeps one empty column of Chao's in this table, whose effect is zero all the same.
            if not (name == "neworleans_8" and "Chao" in model["model"] and negative == "zero"):
                assert fit.aic == pytest.approx(model["AIC"], rel=1e-6)
                assert fit.bic == pytest.approx(model["BIC"], rel=1e-6)
            assert fit.standard_error == pytest.approx(model["stderr"], rel=1e-3)
    assert compared >= 180 and refused == 6


@needs_reference
def test_all_hierarchical_models_are_those_of_rcapture():
    """N within 1e-6 and criteria within 1e-6 for each stored model; those without a maximum are left out."""
    compared = 0
    for name, peers in r_outputs().items():
        stored = peers.get("rcapture", {}).get("closedpMS_t")
        if not stored:
            continue
        ranking = ranked_models(pooled_table(name), "bic", stored["maxorder"])
        assert len(ranking.models) + len(ranking.left_out) == stored["n_models"]
        ours = {model.name: at for at, model in enumerate(ranking.models)}
        for model in stored["models"]:
            if model["model"] in ranking.left_out:
                assert model["abundance"] > 1e9, (name, model["model"])
                continue
            at = ours[model["model"]]
            assert ranking.people + ranking.unseen[at] == pytest.approx(model["abundance"], rel=1e-6)
            assert ranking.criteria[at] == pytest.approx(model["BIC"], rel=1e-6)
            compared += 1
    assert compared > 900


@needs_reference
def test_profile_limits_are_those_of_rcapture():
    """Maximum and both limits within 1e-3; where Rcapture stops searching, ours lie beyond its last value."""
    kinds = {"ci_Mt": "Mt", "ci_Mth_Chao": "Mth Chao", "ci_Mh_Chao": "Mh Chao", "ci_Mth_Darroch": "Mth Darroch"}
    compared = 0
    for name, peers in r_outputs().items():
        for key, stored in peers.get("rcapture", {}).items():
            if not key.startswith("ci_") or (name == "artificial_3" and ("Darroch" in key or "best" in key)):
                continue
            table = pooled_table(name)
            if key in kinds:
                specification = specified(kinds[key], table.list_count)
            else:
                specification = Specification(Model.parse(peers["rcapture"]["closedpMS_t"][key[3:]]["model"]))
            profile = Profile(fitted(table, specification))
            low, high = profile.limits_at(0.95)
            assert profile.maximum == pytest.approx(stored["CI"]["abundance"], rel=1e-3), (name, key)
            assert low == pytest.approx(stored["CI"]["infCL"], rel=1e-3), (name, key)
            above = stored["CI"]["supCL"]
            assert high > float(above[1:]) if isinstance(above, str) else high == pytest.approx(above, rel=1e-3)
            compared += 1
    assert compared > 90


@needs_reference
def test_kosovo_is_reproduced_and_its_tie_is_told():
    """The pooled_table 10,356 (9,002-12,122) by best BIC, limits within 0.1 %, and the two models that tie with it."""
    estimate = loglinear(pooled_table("kosovo_4"))
    assert estimate.settings["model"] == "[123,14,34]"
    assert round(estimate.point) in (10356, 10357)
    assert estimate.interval() == pytest.approx((9002, 12122), rel=1e-3)
    tie = next(each for each in estimate.cautions if each.code == "near_tie")
    assert all(number in tie.words.en for number in ("10,357", "12,741", "18,393"))
    assert "model_choice_not_counted" in {each.code for each in estimate.cautions}


@needs_reference
@pytest.mark.parametrize(
    ("name", "order", "point"), [("uk_5", None, 25311), ("uk_5", 2, 22991), ("korea_3", None, 157)]
)
def test_published_best_models(name, order, point):
    """The best BIC of Silverman, Chan and Vincent (2024)."""
    assert round(loglinear(pooled_table(name), max_order=order).point) == point


@needs_reference
def test_a_model_that_determines_nothing_is_refused_and_flagged():
    """The artificial table: [12,3] has no maximum, where a fit without a check gives 1.4e13."""
    table = pooled_table("artificial_3")
    with pytest.raises(NotEstimable, match="no maximum"):
        loglinear(table, "[12,3]")
    with pytest.raises(NotEstimable, match="does not determine"):
        loglinear(table, "[12,13,23]")
    assert loglinear(table, "[13,23]").point == pytest.approx(296)
    estimate = loglinear(table)
    assert estimate.gravity == "do not report"
    assert {"best_model_not_identified", "models_left_out"} <= {each.code for each in estimate.cautions}


@settings(max_examples=15)
@given(st.lists(st.sampled_from([0, 0, 1, 5, 30]), min_size=15, max_size=15))
def test_models_are_left_out_as_the_check_of_existence_says(counts):
    """What the fits found of every four-list model is what Fienberg and Rinaldo's check finds."""
    table = dense_table(counts, 4)
    if not table.people:
        return
    expected = {model.name for model in all_hierarchical(4) if not existence(table, model).passes}
    try:
        assert set(ranked_models(table).left_out) == expected
    except NotEstimable:
        assert len(expected) == 113


@given(st.lists(st.integers(1, 200), min_size=7, max_size=7))
def test_closed_forms_of_three_lists(counts):
    """[12,13]: lists 2 and 3 independent given 1; all pairs: odd cells over even ones (Bishop et al. 1975)."""
    table = dense_table(counts, 3)
    n = dict(zip(range(1, 8), counts, strict=True))
    assert fitted(table, Specification(Model.parse("[12,13]"))).unseen == pytest.approx(n[2] * n[4] / n[6], rel=1e-8)
    odd = n[7] * n[1] * n[2] * n[4]
    assert fitted(table, Specification(Model.parse("[12,13,23]"))).unseen == pytest.approx(
        odd / (n[3] * n[5] * n[6]), rel=1e-8
    )


def unseen_by_scaling(counts, lists, model, possible):
    """The unseen by iterative proportional scaling of the table completed again and again with its own fit."""
    mu = np.where(possible, 1.0, 0.0)
    mu[0] = 1.0
    data = np.asarray([0.0, *counts])
    for _ in range(4000):
        data[0] = mu[0]
        for generator in model.generators:
            groups = np.arange(1 << lists) & generator
            want = np.bincount(groups, weights=data, minlength=1 << lists)
            have = np.bincount(groups, weights=mu, minlength=1 << lists)
            mu = mu * np.divide(want, have, out=np.zeros_like(have), where=have > 0)[groups]
    return mu[0]


@pytest.mark.parametrize("name", ["[1,2,3,4]", "[12,13,4]", "[123,34]", "[12,23,34,14]"])
@pytest.mark.parametrize("never", [(), (("L2", "L4"),)])
def test_fits_agree_with_iterative_scaling(name, never):
    """A slow obvious method, with and without lists that could not have met."""
    counts = [60, 50, 30, 40, 22, 18, 12, 35, 20, 16, 9, 14, 8, 6, 5]
    possible = np.ones(16, dtype=bool)
    if never:
        possible[[code for code in range(16) if code & 2 and code & 8]] = False
        counts = [count if possible[code] else 0 for code, count in enumerate(counts, start=1)]
    table = dense_table(counts, 4, never_met=never)
    ours = fitted(table, Specification(Model.parse(name)))
    assert ours.outcome == "ok"
    assert ours.unseen == pytest.approx(unseen_by_scaling(counts, 4, Model.parse(name), possible), rel=1e-5)
    assert ours.cells == possible.sum() - 1


def test_a_term_that_cannot_occur_is_no_parameter():
    """With lists 1 and 2 never together, [12,3] is the model of independent lists."""
    table = dense_table([40, 30, 0, 20, 10, 6, 0], 3, never_met=[("L1", "L2")])
    one, other = loglinear(table, "[12,3]"), loglinear(table, "[1,2,3]")
    assert one.point == pytest.approx(other.point)
    assert one.diagnostics["parameters"] == other.diagnostics["parameters"] == 4
    assert len(ranked_models(table).models) + len(ranked_models(table).left_out) == 4


@settings(max_examples=30)
@given(small)
def test_the_order_of_lists_does_not_matter(counts):
    """The best model and the average are the same in any order of the lists."""
    table = dense_table(counts, 3)
    try:
        first = ranked_models(table) if table.people else None
    except NotEstimable:
        return
    for order in permutations(table.lists) if first else ():
        again = ranked_models(table.only(*order))
        assert again.criteria == pytest.approx(first.criteria)
        assert again.weights @ again.unseen == pytest.approx(first.weights @ first.unseen, rel=1e-5)


def test_the_average_is_weighted_and_its_limits_hold_all_models():
    """The mean of the models' N by exp(-BIC / 2), and limits where the mixture of log-normals has its tails."""
    table = dense_table([60, 50, 30, 40, 22, 18, 12], 3)
    ranking, estimate = ranked_models(table), loglinear(table, average=True)
    weights = np.exp(-(ranking.criteria - ranking.criteria.min()) / 2)
    weights /= weights.sum()
    assert estimate.point == pytest.approx(table.people + weights @ ranking.unseen, rel=1e-3)
    fits = [fitted(table, Specification(model)) for model in ranking.models]
    rng = np.random.default_rng(1)
    chosen = rng.choice(len(fits), size=200_000, p=weights)
    middle = np.asarray([log(fit.unseen) for fit in fits])
    width = np.asarray([np.sqrt(np.log1p((fit.standard_error / fit.unseen) ** 2)) for fit in fits])
    drawn = table.people + np.exp(rng.normal(middle[chosen], width[chosen]))
    assert estimate.interval() == pytest.approx(np.quantile(drawn, [0.025, 0.975]), rel=0.01)
    assert "model_choice_not_counted" not in {each.code for each in estimate.cautions}


def test_the_profile_is_greatest_at_its_maximum_and_falls_by_half_a_chi_square():
    """A grid of completed tables, each fitted on its own, shows the same peak and the same ends."""
    from math import lgamma

    from recuento.estimate.poisson_kernel import fit as poisson_fit

    table = dense_table([60, 50, 30, 40, 22, 18, 12], 3)
    fit = fitted(table, Specification(Model.parse("[12,3]")))
    profile = Profile(fit)

    def height(people):
        unseen = people - table.people
        design = np.vstack([fit.design, np.eye(1, fit.design.shape[1])])
        counts = np.append(fit.counts, unseen)
        shares = poisson_fit(design, counts).mu / people
        return lgamma(people + 1) - lgamma(unseen + 1) + float(counts @ np.log(shares))

    peak, (low, high) = profile.maximum, profile.limits_at(0.95)
    assert height(peak) > max(height(peak * 0.999), height(peak * 1.001))
    assert height(peak) - height(low) == pytest.approx(3.841458820694124 / 2, abs=1e-6)
    assert height(peak) - height(high) == pytest.approx(3.841458820694124 / 2, abs=1e-6)
    assert profile.maximum < fit.point


def test_heterogeneity_is_told_to_be_a_guess_and_chao_to_be_a_bound():
    """Forms that the data cannot tell apart give other N, which are named."""
    table = dense_table([300, 280, 60, 250, 70, 55, 45], 3)
    estimate = loglinear(table, heterogeneity="darroch")
    guess = next(each for each in estimate.cautions if each.code == "heterogeneity_form_decides")
    assert "gamma" in guess.words.en and "poisson" in guess.words.es
    bound = loglinear(table, heterogeneity="chao")
    assert bound.only_a_bound and bound.point < estimate.point


def test_a_saturated_table_and_a_bad_fit_are_flagged():
    """All pairs of three lists always fit; independence does not fit lists that meet too often."""
    table = dense_table([300, 280, 60, 250, 70, 55, 45], 3)
    assert "nothing_left_to_test" in {each.code for each in loglinear(table, "[12,13,23]").cautions}
    assert "poor_fit" in {each.code for each in loglinear(table, "[1,2,3]").cautions}


OPTIONS = (
    {},
    {"criterion": "aic", "max_order": 2},
    {"average": True},
    {"model": "[12]"},
    {"heterogeneity": "darroch"},
    {"heterogeneity": "chao"},
    {"heterogeneity": "chao", "equal_lists": True, "negative_effects": "keep"},
    {"heterogeneity": "gamma", "equal_lists": True},
)


@settings(max_examples=60)
@given(st.integers(1, 4), st.data())
def test_any_table_gives_a_result_or_a_refusal(lists, data):
    """Whatever the counts and structural zeros, only our own errors, and numbers that make sense."""
    counts = data.draw(st.lists(any_count, min_size=2**lists - 1, max_size=2**lists - 1))
    never = [("L1", "L2")] if lists > 2 and data.draw(st.booleans()) else []
    counts = [0 if never and code & 3 == 3 else count for code, count in enumerate(counts, start=1)]
    table = dense_table(counts, lists, never_met=never)
    for options in OPTIONS:
        try:
            estimate = loglinear(table, **options)
        except RecuentoError:
            continue
        low, high = estimate.interval()
        assert isfinite(estimate.point) and not isnan(low) and not isnan(high)
        assert estimate.observed <= low <= high and low <= estimate.point * (1 + 1e-6)
        assert estimate.point <= high * (1 + 1e-6)
        assert isfinite(high) or estimate.gravity == "do not report"
        assert estimate.to_json()


@pytest.mark.parametrize(
    "options",
    [
        {"criterion": "dic"},
        {"max_order": 0},
        {"heterogeneity": "normal"},
        {"negative_effects": "drop"},
        {"average": True, "model": "[12,3]"},
        {"model": "[12,3]", "equal_lists": True},
        {"model": "[14]"},
        {"model": "all"},
    ],
)
def test_options_that_do_not_go_together_are_refused(options):
    """A wrong option is an error that names it, never another result."""
    with pytest.raises(InvalidValue):
        loglinear(dense_table([5] * 7, 3), **options)


def test_tables_that_are_too_small_are_refused():
    """Nobody, one list, lists that never meet."""
    for counts, lists in (([0] * 7, 3), ([9], 1), ([5, 5, 0], 2), ([5, 5, 0, 5, 0, 0, 0], 3)):
        with pytest.raises(NotEstimable):
            loglinear(dense_table(counts, lists))


def test_criteria_are_what_they_are_defined_to_be():
    """AIC and BIC from the likelihood written out."""
    table = dense_table([60, 50, 30, 40, 22, 18, 12], 3)
    estimate, fit = loglinear(table, "[12,3]"), fitted(table, Specification(Model.parse("[12,3]")))
    mu = np.exp(fit.design @ fit.coefficients)
    likelihood = sum(n * log(m) - m - sum(map(log, range(1, int(n) + 1))) for n, m in zip(fit.counts, mu, strict=True))
    assert estimate.diagnostics["aic"] == pytest.approx(-2 * likelihood + 10)
    assert estimate.diagnostics["bic"] == pytest.approx(-2 * likelihood + 5 * log(table.people))
    assert fit.unseen == pytest.approx(exp(fit.coefficients[0]))
