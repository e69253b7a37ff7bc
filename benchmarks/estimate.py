"""Estimates beside the R packages: agreement, speed, published results, scale, and coverage on simulated populations.

    python benchmarks/estimate.py [--tables DIR] [--only SECTION ...] [--populations N]

DIR has tables as CSV, `published.json` and `r-outputs.json` in the form of the shared folder (by default the one
beside the repository). R itself is not run: its stored outputs and CPU seconds are compared. Times are CPU seconds of
this process after compilation, medians of several calls; the stored ones come from another run.
Sections: dga loglinear stepwise bic lcmcr coverage-samples published scale strata simulated degenerate.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from recuento.errors import RecuentoError
from recuento.estimate.methods import METHODS, method_named
from recuento.estimate.populations import Population, simulate, summed_up, trials
from recuento.estimate.reading import table_from_csv
from recuento.estimate.result import Estimate
from recuento.estimate.strata import estimate_by
from recuento.estimate.table import CaptureTable

ROOT = Path(__file__).resolve().parents[1]
QUANTILES = {
    "q025": 0.025,
    "q05": 0.05,
    "q10": 0.1,
    "q25": 0.25,
    "q50": 0.5,
    "q75": 0.75,
    "q90": 0.9,
    "q95": 0.95,
    "q975": 0.975,
}


def main() -> None:
    """Print the sections asked for."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    asked.add_argument("--tables", type=Path, default=ROOT.parent / "shared" / "reference" / "mse")
    asked.add_argument("--only", nargs="*", default=list(SECTIONS))
    asked.add_argument(
        "--populations", type=int, default=100, help="simulated populations of each kind, or degenerate tables"
    )
    chosen = asked.parse_args()
    folder = Folder(chosen.tables)
    print(f"import recuento.estimate and dga: {_import_seconds():.2f} s")
    for name in chosen.only:
        print(f"\n== {name}")
        SECTIONS[name](folder, chosen.populations)


class Folder:
    """Tables with what was published of them and what R packages gave, as far as the folder has it."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            sys.exit(f"{folder} is no folder of tables; name one with --tables")
        self.tables = {
            path.stem: table_from_csv(path.read_text(encoding="utf-8"), file=path.name)
            for path in sorted(folder.glob("*.csv"))
        }
        self.published = _json(folder / "published.json").get("tables", {})
        self.r: dict[str, Any] = _json(folder / "r-outputs.json").get("tables", {})

    def with_outputs(self, package: str) -> Iterable[tuple[str, CaptureTable, dict[str, Any]]]:
        """Tables on which the package was run."""
        for name, table in self.tables.items():
            if package in self.r.get(name, {}):
                yield name, table.pooled(), self.r[name][package]


def dga_section(folder: Folder, _: int) -> None:
    """Every stored configuration of dga: quantiles, mean, weights of models."""
    from recuento.estimate import dga

    quantiles = worst_mean = worst_saturated = 0.0
    equal = runs = 0
    ours, theirs = [], []
    for _name, table, held in folder.with_outputs("dga"):
        for run in held["runs"]:
            last = int(run["grid"].split("..")[1].split(" ")[0])
            options = {
                "delta": run["delta_value"],
                "include_saturated": run["include_saturated"],
                "min_unseen": 1,
                "max_unseen": last,
            }
            answer, seconds = _timed(partial(dga, table, compare_deltas=False, **options))
            posterior = answer.posterior
            assert posterior is not None
            want = run["result"]
            runs += 1
            differences = [abs(posterior.quantile(share) - want[key]) for key, share in QUANTILES.items()]
            equal += max(differences) == 0
            quantiles = max(quantiles, max(differences))
            mean = float((posterior.support * posterior.mass).sum())
            worst_mean = max(worst_mean, abs(mean / want["mean"] - 1))
            if run["include_saturated"]:
                weight = answer.diagnostics["saturated_weight"]
                worst_saturated = max(worst_saturated, abs(weight - want["saturated_prob"]))
            ours.append(seconds)
            theirs.append(run["cpu_s"])
    print(f"{equal} of {runs} configurations with all quantiles equal; largest difference {quantiles:g} persons")
    print(f"mean: worst relative difference {worst_mean:.1e}; weight of the saturated graph: {worst_saturated:.1e}")
    print(f"CPU: ours {sum(ours):.2f} s, R {sum(theirs):.2f} s in all; median ratio {_ratio(ours, theirs):.1f}")


def loglinear_section(folder: Folder, _: int) -> None:
    """Every hierarchical model of Rcapture: abundance, AIC, BIC; profile limits of the best."""
    from recuento.estimate.loglinear_models import loglinear
    from recuento.estimate.model_choice import ranked_models

    compared, abundance, criteria, limits = 0, 0.0, 0.0, 0.0
    ours, theirs = [], []
    for name, table, held in folder.with_outputs("rcapture"):
        if "closedpMS_t" not in held:
            continue
        stored = {row["model"]: row for row in held["closedpMS_t"]["models"]}
        order = held["closedpMS_t"]["maxorder"]
        ranked, seconds = _timed(partial(ranked_models, table, "bic", order))
        by_aic = ranked_models(table, "aic", order)
        aic = {model.name: value for model, value in zip(by_aic.models, by_aic.criteria, strict=True)}
        for model, bic, unseen in zip(ranked.models, ranked.criteria, ranked.unseen, strict=True):
            want = stored.get(model.name)
            if want is None or not np.isfinite(want["abundance"]):
                continue
            compared += 1
            abundance = max(abundance, abs((table.people + unseen) / want["abundance"] - 1))
            criteria = max(criteria, abs(bic / want["BIC"] - 1), abs(aic[model.name] / want["AIC"] - 1))
        best = held.get("ci_best_BIC", {}).get("CI")
        if best and name != "artificial_3":
            low, high = loglinear(table, held["closedpMS_t"]["best_BIC"]["model"]).interval(0.95)
            if np.isfinite(best["supCL"]):
                limits = max(limits, abs(low / best["infCL"] - 1), abs(high / best["supCL"] - 1))
        ours.append(seconds)
        theirs.append(held["closedpMS_t"]["cpu_s"])
    print(
        f"{compared} models: abundance within {abundance:.1e}, AIC and BIC within {criteria:.1e}, "
        f"profile limits within {limits:.1e}"
    )
    print(
        f"all models of a table, CPU: ours {_span(ours)} s, R {_span(theirs)} s; "
        f"median ratio {_ratio(ours, theirs):.0f}"
    )


def stepwise_section(folder: Folder, _: int) -> None:
    """Stepwise selection and its BCa bootstrap beside SparseMSE."""
    from recuento.estimate.stepwise_selection import stepwise

    point, pairs_equal, acceleration, spread, compared = 0.0, 0, 0.0, 0.0, 0
    ours, theirs = [], []
    for _name, table, held in folder.with_outputs("sparsemse"):
        for key, want in held.items():
            if not key.startswith("stepwise_p") or "estimate" not in want:
                continue
            answer = _answer(stepwise, table, threshold=float(key.removeprefix("stepwise_p")), replicates=20)
            if answer is None:
                continue
            compared += 1
            point = max(point, abs(answer.point / want["estimate"] - 1))
            named = {":".join(pair.split("+")) for pair in _pairs_of(answer)}
            pairs_equal += named == {name for name in want["coef"] if ":" in name} | set(want["emptyoverlaps"] or ())
        boot = held.get("bootstrap")
        if boot:
            answer, seconds = _timed(partial(stepwise, table, threshold=0.02, replicates=1000))
            acceleration = max(acceleration, abs(answer.diagnostics.get("acceleration", np.nan) - boot["ahat"]))
            low, high = answer.interval(0.95)
            if boot["BCa"]["0.025"] and boot["BCa"]["0.975"]:
                spread = max(spread, abs(low / boot["BCa"]["0.025"] - 1), abs(high / boot["BCa"]["0.975"] - 1))
            ours.append(seconds / 1000)
            theirs.append(boot["cpu_s"] / boot["nboot"])
    print(f"{compared} fits: N within {point:.1e}, same pairs {pairs_equal}; acceleration within {acceleration:.1e}")
    print(f"BCa limits of 1,000 against theirs of 300 replicates: within {spread:.1%}")
    print(
        f"CPU a replicate: ours {_span(ours, 1e3)} ms, SparseMSE {_span(theirs, 1e3)} ms; "
        f"median ratio {_ratio(ours, theirs):.0f}"
    )


def bic_section(folder: Folder, _: int) -> None:
    """All hierarchical models by BIC with BCa limits beside MultipleSystemsEstimation."""
    from recuento.estimate.every_model import bic_bootstrap

    for name, table, held in folder.with_outputs("multiplesystemsestimation"):
        want, boot = held.get("bic_point"), held.get("bic_boot")
        if want is None:
            continue
        started = time.process_time()
        answer = _answer(bic_bootstrap, table, max_order=want.get("maxorder"))
        seconds = time.process_time() - started
        if answer is None:
            print(f"{name}: refused")
            continue
        low, high = answer.interval(0.95)
        theirs = (
            f"{boot['BCa_all']['0.025']:.0f}-{boot['BCa_all']['0.975']:.0f}, {boot['cpu_s']:.1f} s for {boot['nboot']}"
            if boot
            else "-"
        )
        print(
            f"{name}: {answer.point:.1f} (R {want['popest']:.1f}); {low:.0f}-{high:.0f}, "
            f"{seconds:.1f} s for 1,000 (R {theirs})"
        )


def lcmcr_section(folder: Folder, _: int) -> None:
    """The latent class model beside LCMCR's long runs, where those agreed with themselves."""
    from recuento.estimate.latent_class import latent_classes

    for key in ("lcmcr_long", "lcmcr_doc"):
        for name, table, held in folder.with_outputs(key):
            if held["split_rhat_rank"] > 1.01 and key == "lcmcr_long":
                continue
            if key == "lcmcr_doc" and "lcmcr_long" in folder.r[name] and table.list_count < 20:
                continue
            started = time.process_time()
            answer = latent_classes(table, classes=held["K"], until_r_hat=1.01)
            seconds = time.process_time() - started
            q = (held.get("pooled") or held["runs"][0])["q"]
            low, high = answer.interval(0.95)
            median = answer.spread.quantile(0.5)
            theirs = sum(run["cpu_s"] for run in held["runs"])
            print(
                f"{name:16s} median {median:8.0f} (R {q['50%']:8.0f}, {median / q['50%'] - 1:+.1%})  "
                f"{low:.0f}-{high:.0f} (R {q['2.5%']:.0f}-{q['97.5%']:.0f})  "
                f"R-hat {answer.diagnostics['r_hat'] or float('inf'):.3f} (R {held['split_rhat_rank']:.3f})  "
                f"{seconds:.1f} CPU s (R {theirs:.1f})"
            )


def sample_coverage_section(folder: Folder, _: int) -> None:
    """Sample coverage beside CARE1."""
    from recuento.estimate.chao_tsay import sample_coverage

    for name, table, held in folder.with_outputs("care1"):
        said = []
        for form, key in (("high", "HSC"), ("low", "LSC"), ("independence", "independence")):
            answer = _answer(sample_coverage, table, form=form)
            ours = "refused" if answer is None else f"{answer.point:.1f}"
            said.append(f"{form} {ours} (R {held[key]['estimate']:.1f})")
        print(f"{name}: {', '.join(said)}")


def published_section(folder: Folder, _: int) -> None:
    """What was published of each table, and what every method that fits says now."""
    for name, held in folder.published.items():
        table = folder.tables.get(name)
        if table is None or not held["results"]:
            continue
        print(f"{name} (n = {table.people})")
        for row in held["results"]:
            print(f"   published: {row['method']}: {row['estimate']} {row['interval'] or ''}")
        for method in METHODS:
            if method.name == "lcmcr" or not method.lists_min <= table.list_count <= method.lists_max:
                continue
            answer = _answer(method, table.pooled())
            if answer is None:
                print(f"   {method.name}: refused")
                continue
            low, high = answer.interval(0.95)
            grave = f"  [{', '.join(sorted({c.code for c in answer.cautions if c.gravity != 'note'}))}]"
            print(f"   {method.name}: {answer.point:.0f} ({low:.0f}-{high:.0f}){grave}")


def scale_section(_folder: Folder, __: int) -> None:
    """dga from 5 to 8 lists and at ten million people: CPU seconds, memory, nothing undefined."""
    lines = [(5, 5_000, 10_000), (6, 5_000, 1_000), (7, 5_000, 1_000), (8, 3_000, 250)]
    for lists, people, unseen in lines:
        code = (
            "import resource, time, numpy as np\n"
            "from recuento.estimate import Population, dga, simulate\n"
            f"t = simulate(Population({people}, tuple([0.25] * {lists})), np.random.default_rng(1))\n"
            f"dga(simulate(Population(500, (0.3, 0.3, 0.3)), np.random.default_rng(1)), max_unseen=50)\n"
            f"s = time.process_time(); e = dga(t, max_unseen={unseen}, compare_deltas=False)\n"
            "u = time.process_time() - s; m = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6\n"
            "print(f'{u:.2f} CPU s, {m:.2f} GB, N = {e.point:.0f}')"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        print(f"{lists} lists, {unseen} values of N: {done.stdout.strip() or done.stderr.strip()[-200:]}")
    from recuento.estimate import dga

    table = CaptureTable.from_patterns(
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]],
        [4_000_000, 3_000_000, 2_000_000, 500_000, 300_000, 150_000, 50_000],
    )
    answer, seconds = _timed(partial(dga, table), times=1)
    print(f"n = {table.people:,}: N = {answer.point:,.0f}, interval {answer.interval()}, {seconds:.2f} CPU s")


def strata_section(_folder: Folder, __: int) -> None:
    """200 strata of five lists, by three methods, with totals."""
    rng = np.random.default_rng(2)
    parts = [simulate(Population(int(rng.integers(80, 600)), (0.2, 0.25, 0.15, 0.2, 0.3)), rng) for _ in range(200)]
    table = CaptureTable.from_patterns(
        np.concatenate([part.patterns for part in parts]).astype(np.int64),
        np.concatenate([part.counts for part in parts]),
        strata={"place": [f"p{at}" for at, part in enumerate(parts) for _ in part.counts]},
    )
    for name in ("chao", "loglinear", "stepwise", "dga"):
        method = method_named(name)
        started, wall = time.process_time(), time.monotonic()
        answer = estimate_by(table, method, ["place"])
        total = "refused" if answer.total is None else f"{answer.total.point:.0f} {answer.total.interval()}"
        print(
            f"{name}: {time.process_time() - started:.1f} CPU s ({time.monotonic() - wall:.1f} wall), "
            f"refused {len(answer.refused)}, total {total}"
        )


FITS = {
    "independent, 3 lists": Population(1000, (0.3, 0.35, 0.25)),
    "independent, 4 lists": Population(1000, (0.2, 0.25, 0.15, 0.2)),
    "one pair dependent, 4 lists": Population(2000, (0.2, 0.25, 0.2, 0.25), dependence={(0, 1): 0.8}),
}
FITS_NOT = {
    "heterogeneous, 4 lists": Population(2000, (0.2, 0.25, 0.2, 0.25), heterogeneity=1.2),
    "two kinds of people, 4 lists": Population(2000, (0.2, 0.25, 0.2, 0.25), heterogeneity=1.2, classes=0.3),
    "heterogeneous, 5 lists": Population(2000, (0.15, 0.2, 0.15, 0.2, 0.1), heterogeneity=1.2),
}


def simulated_section(_folder: Folder, populations: int) -> None:
    """How often the 95 % interval of every method holds the truth, and how often it warns, by kind of population."""
    for kind, group in (("the model holds", FITS), ("the model does not hold", FITS_NOT)):
        for label, population in group.items():
            print(f"{kind}: {label}, N = {population.people}, {populations} populations")
            for method in METHODS:
                if not method.lists_min <= len(population.coverage) <= method.lists_max:
                    continue
                tables = min(populations, 30) if method.name in ("lcmcr", "latent-bic") else populations
                fared = summed_up(list(trials(method, population, tables=tables, level=0.95, seed=11)), 0.95)
                print(
                    f"   {method.name:16s} holds {fared.held:6.1%}  bias {fared.bias:+6.1%}  width {fared.width:6.1%}  "
                    f"warned {fared.warned:6.1%}  refused {fared.refused:6.1%}"
                    + (f"  ({tables} populations)" if tables != populations else "")
                )


SHORT: dict[str, dict[str, Any]] = {
    "lcmcr": {"draws": 50, "warm_up": 50, "thin": 1, "classes": 3},
    "latent-bic": {"replicates": 20},
    "stepwise": {"replicates": 20},
    "bic-bootstrap": {"replicates": 20, "top": 5},
    "sample-coverage": {"replicates": 20},
}
"""Settings that make ten thousand calls bearable; what is asked is whether anything breaks."""


def degenerate_section(_folder: Folder, tables: int) -> None:
    """Random tables, however degenerate: a result without NaN, or a clear refusal; anything else is printed.

    `--populations` says how many; every method that fits is asked of each, the slow ones of every tenth.
    """
    counts = {method.name: [0, 0, 0] for method in METHODS}
    for at, own in enumerate(np.random.SeedSequence(77).spawn(tables)):
        table = _random_table(np.random.default_rng(own))
        for method in METHODS:
            if not method.lists_min <= table.list_count <= min(method.lists_max, 5):
                continue
            if method.name in ("lcmcr", "latent-bic", "bic-bootstrap") and at % 10:
                continue
            try:
                answer = method(table, **SHORT.get(method.name, {}))
                low, high = answer.interval(0.95)
                sound = not any(np.isnan(value) for value in (low, high, answer.point)) and low <= high
                answer.to_json()
                counts[method.name][0 if sound else 2] += 1
                if not sound:
                    rows = f"{table.codes.tolist()} {table.counts.tolist()}"
                    print(f"   {method.name}: {answer.point} ({low}, {high}) on {rows}")
            except RecuentoError:
                counts[method.name][1] += 1
            except Exception as error:
                counts[method.name][2] += 1
                print(f"   {method.name}: {error!r} on {table.codes.tolist()} {table.counts.tolist()}")
    for name, (results, refusals, broken) in counts.items():
        print(f"{name:16s} {results} results, {refusals} refusals, {broken} broken")


def _random_table(rng: np.random.Generator) -> CaptureTable:
    """A table of 2 to 5 lists whose cells are empty, small, or huge, in random proportions."""
    lists = int(rng.integers(2, 6))
    cells = (1 << lists) - 1
    kind = rng.choice(3, cells, p=rng.dirichlet([1.0, 1.0, 0.3]))
    counts = np.where(kind == 0, 0, np.where(kind == 1, rng.integers(0, 30, cells), rng.integers(0, 10**6, cells)))
    marks = (np.arange(1, 1 << lists)[:, None] >> np.arange(lists)) & 1
    return CaptureTable.from_patterns(marks, counts)


SECTIONS: dict[str, Callable[[Folder, int], None]] = {
    "dga": dga_section,
    "loglinear": loglinear_section,
    "stepwise": stepwise_section,
    "bic": bic_section,
    "lcmcr": lcmcr_section,
    "coverage-samples": sample_coverage_section,
    "published": published_section,
    "scale": scale_section,
    "strata": strata_section,
    "simulated": simulated_section,
    "degenerate": degenerate_section,
}


def _timed(call: Callable[[], Estimate | Any], times: int = 3) -> tuple[Any, float]:
    """What the call gives, and the median CPU seconds of calls after a first one that may compile."""
    answer = call()
    seconds = []
    for _ in range(times):
        started = time.process_time()
        call()
        seconds.append(time.process_time() - started)
    return answer, statistics.median(seconds)


def _answer(method: Callable[..., Estimate], table: CaptureTable, **options: Any) -> Estimate | None:
    try:
        return method(table, **options)
    except RecuentoError:
        return None


def _pairs_of(answer: Estimate) -> list[str]:
    return [str(pair).replace(" + ", "+").replace(":", "+") for pair in answer.diagnostics.get("pairs", ())]


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    return statistics.median(t / max(o, 1e-9) for o, t in zip(ours, theirs, strict=True)) if ours else float("nan")


def _span(values: Sequence[float], by: float = 1.0) -> str:
    return f"{min(values) * by:.3g} to {max(values) * by:.3g}" if values else "-"


def _json(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _import_seconds() -> float:
    code = "import time; s = time.perf_counter(); from recuento.estimate import dga; print(time.perf_counter() - s)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False) for _ in range(3)]
    return statistics.median(float(run.stdout or "nan") for run in runs)


if __name__ == "__main__":
    main()
