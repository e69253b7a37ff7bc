"""The average over graphs: R's figures, a published one, slow second opinions, and any table whatever."""

import csv
import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recuento.errors import InvalidValue, RecuentoError
from recuento.estimate.decomposable import dga, dga_posterior
from recuento.estimate.decomposable_priors import dga_sensitivity
from recuento.estimate.dga_average import GraphAverage
from recuento.estimate.dga_prior import InverseN, PoissonGamma
from recuento.estimate.graphs import decomposable_graphs
from recuento.estimate.result import NotEstimable
from recuento.estimate.table import CaptureTable

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "mse"
needs_reference = pytest.mark.skipif(
    not REFERENCE.exists(), reason="the shared reference tables are not beside the project"
)
QUANTILES = {"q025": 0.025, "q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95, "q975": 0.975}


def stored(name, lists=None):
    """A reference table, its lists in the order of R's output."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = lists or [column for column in rows[0] if column != "count"]
    marks = [[int(row[column]) for column in names] for row in rows]
    return CaptureTable.from_patterns(marks, [int(row["count"]) for row in rows], lists=names)


def r_outputs():
    """R's stored runs of dga, by table."""
    with (REFERENCE / "r-outputs.json").open(encoding="utf-8") as file:
        tables = json.load(file)["tables"]
    return {name: held["dga"] for name, held in tables.items() if "dga" in held}


def some_table(k, seed=1, mean=20.0):
    """An invented table on k lists, thinner where more lists meet."""
    rng = np.random.default_rng(seed)
    codes = np.arange(1, 1 << k)
    counts = rng.poisson(mean / 2.0 ** np.array([code.bit_count() - 1 for code in codes.tolist()]))
    return CaptureTable.from_patterns((codes[:, None] >> np.arange(k)) & 1, counts)


def chordal(edges, k):
    """Whether vertices can be taken away one by one, each when its neighbours are all joined."""
    joined = {v: {u for e in edges for u in e if v in e and u != v} for v in range(k)}
    left = set(range(k))
    while left:
        for v in left:
            near = joined[v] & left
            if all(b in joined[a] for a, b in itertools.combinations(near, 2)):
                left.remove(v)
                break
        else:
            return False
    return True


def plain_log_weight(table, edges, n0, delta):
    """log likelihood of one graph by peeling off its vertices, written from the paper's formula."""
    k = table.list_count
    people = table.people + n0

    def h(lists):
        if not lists:
            return 0.0
        mask = sum(1 << v for v in lists)
        weight = delta * 2 ** (k - len(lists))
        cells = dict.fromkeys(range(1 << len(lists)), 0.0)
        for code, count in zip(table.codes.tolist(), table.counts.tolist(), strict=True):
            inside = code & mask
            cells[sum(1 << at for at, v in enumerate(lists) if inside >> v & 1)] += count
        cells[0] += n0
        total = math.lgamma(delta * 2**k) - math.lgamma(people + delta * 2**k)
        return total + sum(math.lgamma(cell + weight) - math.lgamma(weight) for cell in cells.values())

    joined = {v: {u for e in edges for u in e if v in e and u != v} for v in range(k)}
    left = set(range(k))
    log = math.lgamma(people + 1) - math.lgamma(n0 + 1)
    log -= sum(math.lgamma(count + 1) for count in table.counts.tolist())
    while left:
        for v in sorted(left):
            near = joined[v] & left
            if all(b in joined[a] for a, b in itertools.combinations(near, 2)):
                log += h(sorted(near | {v})) - h(sorted(near))
                left.remove(v)
                break
    return log


@needs_reference
def test_every_stored_run_of_r_is_reproduced():
    """Quantiles and mode are R's, mean and weights of models within 1e-9, the mass within 1e-8 above 1e-20."""
    for name, held in r_outputs().items():
        table = stored(name, held["list_names"])
        for run in held["runs"]:
            last = int(run["grid"].split("..")[1].split()[0])
            result = dga(
                table,
                delta=run["delta_value"],
                min_unseen=1,
                max_unseen=last,
                include_saturated=run["include_saturated"],
                compare_deltas=False,
            )
            expected = run["result"]
            posterior = result.posterior
            assert [posterior.quantile(share) for share in QUANTILES.values()] == [expected[key] for key in QUANTILES]
            assert result.diagnostics["mode"] == expected["mode"]
            assert result.diagnostics["mean"] == pytest.approx(expected["mean"], rel=1e-9)
            mass = dict(zip(posterior.support.tolist(), posterior.mass.tolist(), strict=True))
            for row in expected["pmf"]:
                if row["p"] > 1e-20:
                    assert mass[row["N"]] == pytest.approx(row["p"], rel=1e-8)
            ours = {row["cliques"]: row for row in result.diagnostics["models"]}
            for row in expected["top"]:
                if row["prob"] > 1e-12:
                    assert ours[row["cliques"]]["weight"] == pytest.approx(row["prob"], abs=1e-9)
                    assert ours[row["cliques"]]["mean"] == pytest.approx(row["mean"], rel=1e-9)


@needs_reference
def test_r_on_coarse_grids_is_reproduced_by_the_same_sums():
    """The graph sums at R's thousand unweighted points give R's figures; as a product we refuse such grids."""
    for name, held in list(r_outputs().items())[::3]:
        table = stored(name, held["list_names"])
        for run in held["grid_1000_to_30n"]:
            delta = 2.0**-table.list_count if run["delta"] == "2^-k" else float(run["delta"])
            unseen = np.unique(np.rint(np.linspace(1, 30 * table.people, 1000)))
            average = GraphAverage(table.dense(), delta)
            logs = average.others(unseen)
            if run["include_saturated"]:
                logs = np.logaddexp(logs, average.saturated(unseen))
            logs = logs + average.independence(unseen) - np.log(table.people + unseen)
            mass = np.exp(logs - logs.max())
            mass /= mass.sum()
            people = table.people + unseen
            assert (people * mass).sum() == pytest.approx(run["mean"], rel=1e-9)
            for key in ("q025", "q50", "q975"):
                assert people[np.searchsorted(np.cumsum(mass), QUANTILES[key])] == run[key]


@needs_reference
def test_the_published_spina_bifida_figures():
    """Madigan & York's 731, mode 728, and a best model of 0.37 that says 731 with mode 729."""
    result = dga(
        stored("spina_3"),
        delta=1,
        prior=PoissonGamma(13.14, 55.17),
        min_unseen=1,
        max_unseen=300,
        include_saturated=True,
    )
    assert round(result.diagnostics["relative_error_point"]) == 731
    assert result.diagnostics["mode"] == 728
    best = result.diagnostics["models"][0]
    assert round(best["weight"], 2) == 0.37
    assert best["mode"] == 729


@needs_reference
def test_gaza_and_kosovo_say_that_the_prior_decides():
    """Where the saturated graph takes over, the figure must not be quoted."""
    gaza = dga(stored("gaza_3"), include_saturated=True)
    kosovo = dga(stored("kosovo_4"), delta=1, include_saturated=True)
    for result in (gaza, kosovo):
        assert {caution.code: caution.gravity for caution in result.cautions}["prior_dominates"] == "do not report"
        assert result.diagnostics["saturated_weight"] > 0.7
    assert "saturated_preferred" in [caution.code for caution in dga(stored("gaza_3")).cautions]
    assert "delta_decides" in [caution.code for caution in dga(stored("kosovo_4")).cautions]


def test_all_graphs_on_four_lists_one_by_one():
    """The posterior and the weights are those of a plain sum over all 61 graphs, written from the formula."""
    table = some_table(4, 5)
    last = 60
    pairs = list(itertools.combinations(range(4), 2))
    subsets = [[p for at, p in enumerate(pairs) if code >> at & 1] for code in range(1 << len(pairs))]
    graphs = [edges for edges in subsets if len(edges) < len(pairs) and chordal(edges, 4)]
    assert len(graphs) == 60
    logs = np.array(
        [[plain_log_weight(table, g, n0, 0.5) - math.log(table.people + n0) for n0 in range(last + 1)] for g in graphs]
    )
    joint = np.exp(logs - logs.max())
    joint /= joint.sum()
    result = dga(table, delta=0.5, max_unseen=last)
    assert np.allclose(result.posterior.mass, joint.sum(axis=0), rtol=1e-9, atol=0)
    assert np.allclose(
        [model.weight for model in result.models], np.sort(joint.sum(axis=1))[::-1][: len(result.models)], rtol=1e-9
    )


def test_all_32768_graphs_on_six_lists_by_brute_force():
    """With six lists, every graph is tried, and the chordal ones summed by peeling off vertices."""
    table = some_table(6, 2, 9.0)
    k = 6
    unseen = np.array([3.0, 60.0])
    average = GraphAverage(table.dense(), 2.0**-k)
    phi = average.log_phi(unseen)
    pairs = list(itertools.combinations(range(k), 2))
    total = np.full(2, -np.inf)
    count = 0
    for code in range((1 << len(pairs)) - 1):
        joined = [0] * k
        for at, (a, b) in enumerate(pairs):
            if code >> at & 1:
                joined[a] |= 1 << b
                joined[b] |= 1 << a
        left = (1 << k) - 1
        log = 0.0
        while left:
            for v in range(k):
                near = joined[v] & left
                if left >> v & 1 and all(near & ~joined[u] == 1 << u for u in range(k) if near >> u & 1):
                    log = log + phi[near | 1 << v] - phi[near]
                    left &= ~(1 << v)
                    break
            else:
                break
        else:
            count += 1
            total = np.logaddexp(total, log)
    assert count == 18_153
    assert np.allclose(average.others(unseen), total, rtol=0, atol=1e-10)


def test_the_order_of_seven_lists_is_irrelevant():
    """Lists in another order give the same mass and the same named models."""
    table = some_table(7, 3, 6.0)
    turned = table.only(*(table.lists[at] for at in (3, 0, 6, 1, 5, 2, 4)))
    one = dga_posterior(table, max_unseen=200, tolerance=1e-6)
    other = dga_posterior(turned, max_unseen=200, tolerance=1e-6)
    assert np.allclose(one.mass, other.mass, rtol=1e-8, atol=1e-25)


def test_weights_of_single_graphs_are_honoured():
    """Equal weights change nothing; all the weight on two graphs leaves only these."""
    table = some_table(4, 7)
    plain = dga(table, max_unseen=300, compare_deltas=False)
    equal = dga(table, max_unseen=300, graph_log_weights=np.full(61, -2.5), compare_deltas=False)
    assert np.allclose(plain.posterior.mass, equal.posterior.mass, rtol=1e-8)
    assert equal.diagnostics["saturated_weight"] == pytest.approx(plain.diagnostics["saturated_weight"], rel=1e-8)
    kept = {"1|2|3|4", "12|3|4"}
    only = dga(
        table,
        max_unseen=300,
        graph_log_weights=lambda graph: 0.0 if graph.numbered in kept else -np.inf,
        compare_deltas=False,
    )
    named = {row["cliques"] for row in only.diagnostics["models"] if row["weight"] > 0}
    assert named == kept
    assert sum(row["weight"] for row in only.diagnostics["models"]) == pytest.approx(1, abs=1e-9)
    assert len(decomposable_graphs(4)) == 61


def test_own_priors_agree_with_the_formula():
    """1/N given as an array, as a function and by name are the same prior."""
    table = some_table(3, 4)
    named = dga_posterior(table, prior=InverseN(), max_unseen=400).mass
    people = np.arange(table.people, table.people + 401)
    listed = dga_posterior(table, prior=-np.log(people)).mass
    written = dga_posterior(table, prior=lambda people: -np.log(people), max_unseen=400).mass
    assert np.allclose(named, listed, rtol=1e-8) and np.allclose(named, written, rtol=1e-8)


def test_ten_million_people_give_numbers():
    """With n = 10,000,000 nothing overflows, and independent lists give back the truth."""
    counts = [round(1.5e7 * math.prod(0.3 if code >> at & 1 else 0.7 for at in range(3))) for code in range(8)]
    table = CaptureTable.from_patterns([[code >> at & 1 for at in range(3)] for code in range(1, 8)], counts[1:])
    result = dga(table)
    low, high = result.interval()
    assert table.people > 9_800_000 and low < 1.5e7 < high and high - low < 2e5
    assert np.isfinite(result.posterior.mass).all()


def test_a_grid_too_short_is_said():
    """Probability beyond max_unseen is measured and the figure withheld."""
    table = some_table(3, 4)
    whole = dga(table)
    cut = int(whole.posterior.quantile(0.5)) - table.people
    short = dga(table, max_unseen=cut)
    assert {each.code: each.gravity for each in short.cautions}["grid_end"] == "do not report"
    beyond = whole.posterior.mass[whole.posterior.support > cut + table.people].sum()
    assert short.diagnostics["grid"]["mass_beyond"] == pytest.approx(beyond, rel=0.3)


def test_no_end_is_refused_and_two_lists_are_sent_elsewhere():
    """Lists without overlap have no finite posterior; two lists belong to other estimators."""
    apart = CaptureTable.from_patterns(np.eye(3, dtype=int), [5, 6, 7])
    with pytest.raises(NotEstimable):
        dga(apart)
    assert dga(apart, prior=PoissonGamma(4, 10)).point >= 18
    with pytest.raises(NotEstimable, match="two_lists"):
        dga(CaptureTable.from_patterns([[1, 0], [0, 1], [1, 1]], [3, 4, 5]))
    with pytest.raises(NotEstimable, match="possible"):
        dga(CaptureTable.from_patterns([[1, 0, 0], [0, 1, 0]], [3, 4], never_met=[("L1", "L2")]))
    with pytest.raises(InvalidValue, match="delta"):
        dga(some_table(3), delta=-1)


def test_threads_change_nothing():
    """The same bytes come out for any number of threads."""
    table = some_table(6, 9, 5.0)
    one = dga(table, max_unseen=300, threads=1)
    three = dga(table, max_unseen=300, threads=3)
    assert np.array_equal(one.posterior.mass, three.posterior.mass)
    assert one.to_json() == three.to_json()


def test_sensitivity_has_a_row_for_every_choice():
    """Every delta with and without the saturated graph, refusals as rows."""
    rows = dga_sensitivity(some_table(3, 4), priors=(InverseN(), PoissonGamma(4, 50)))
    assert len(rows) == 12
    assert all(row.refused or row.low <= row.point <= row.high for row in rows)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    k=st.integers(1, 4),
    data=st.data(),
    delta=st.sampled_from([None, 0.01, 0.5, 1.0, 50.0]),
    saturated=st.booleans(),
)
def test_any_table_gives_a_result_or_a_clear_refusal(k, data, delta, saturated):
    """Zeros, ones and huge counts alike: numbers that add up to one, or a refusal in both languages."""
    cell = st.one_of(st.just(0), st.integers(0, 5), st.integers(0, 3000), st.integers(10**5, 10**9))
    counts = data.draw(st.lists(cell, min_size=(1 << k) - 1, max_size=(1 << k) - 1))
    table = CaptureTable.from_patterns([[code >> at & 1 for at in range(k)] for code in range(1, 1 << k)], counts)
    try:
        result = dga(table, delta=delta, include_saturated=saturated, models=3)
    except RecuentoError as refusal:
        assert refusal.en and refusal.es
        return
    assert abs(result.posterior.mass.sum() - 1) < 1e-9
    assert (result.posterior.mass >= 0).all() and np.isfinite(result.point)
    assert result.point >= result.observed
    assert result.to_json()
