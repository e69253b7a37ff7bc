"""Measure the balance and hold it to its bars.

    python benchmarks/balance.py                      every section
    python benchmarks/balance.py --only large         one section, by name
    python benchmarks/balance.py --case DIR           the findings of a folder in the form of the shared case

Times are CPU seconds of this process. A bar that is missed is printed as missed; nothing is left out.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "balance"))

from balance_case import SharedCase, read_case  # type: ignore[import-not-found]  # noqa: E402
from balance_findings import findings_of  # type: ignore[import-not-found]  # noqa: E402
from balance_large import Large, large_instance  # type: ignore[import-not-found]  # noqa: E402
from balance_peer_bars import (  # noqa: E402
    PeerMissing,
    marco_bars,
    peer_python,
    random_bars,
    world_bars,
)
from balance_trials import Tried, random_trial  # type: ignore[import-not-found]  # noqa: E402

from recuento.balance import (  # noqa: E402
    balance,
    clashes,
    corrections,
    one_source,
    proof_to_json,
    questions,
    verify,
    world_of,
)
from recuento.balance.clashes import oracle_for  # noqa: E402
from recuento.balance.oracle import claims_in, identities_in  # noqa: E402
from recuento.balance.posterior import R_HAT_MAX, Sampling, posterior  # noqa: E402
from recuento.balance.propagation import propagate  # noqa: E402
from recuento.balance.system import ends_of, system_of  # noqa: E402
from recuento.model.balance import Balance, World  # noqa: E402
from recuento.model.claim import Claim  # noqa: E402
from recuento.model.ledger import Constraint, Identity, Ledger, Term  # noqa: E402
from recuento.values.bilingual import Bilingual  # noqa: E402
from recuento.values.partial_date import PartialDate  # noqa: E402
from recuento.values.quantity import Comparison, half_width_of, quantity_from  # noqa: E402

TOCORON = ROOT / ".." / "shared" / "cases" / "tocoron"
_NAME = Bilingual.same("benchmark")


@dataclass
class Bars:
    """The bars met and missed so far."""

    met: int = 0
    missed: int = 0

    def hold(self, what: str, value: str, ok: bool) -> None:
        """Print one bar."""
        self.met += ok
        self.missed += not ok
        print(f"  {'ok    ' if ok else 'MISSED'} {what}: {value}")


def timed(call: Callable[[], Any], repeat: int = 1) -> tuple[float, Any]:
    """The least CPU time of some runs, and what the last one gave."""
    best, result = float("inf"), None
    for _ in range(repeat):
        start = time.process_time()
        result = call()
        best = min(best, time.process_time() - start)
    return best, result


def all_of(constraints: tuple[Constraint, ...]) -> World:
    """The world of every claim."""
    return world_of("all", _NAME, (said.claim for said in constraints))


def case_section(bars: Bars, folder: Path) -> None:
    """The findings of a case, one by one."""
    if not (folder / "expected.json").exists():
        print(f"  skipped: there is no expected.json in {folder.name}")
        return
    findings = findings_of(read_case(folder))
    for finding in findings:
        print(f"  {'ok    ' if finding.ok else 'MISSED'} {finding.what}" + ("" if finding.ok else f" ({finding.got})"))
    print(f"  {sum(finding.ok for finding in findings)} of {len(findings)} findings")
    bars.hold("findings", f"{sum(f.ok for f in findings)} of {len(findings)}", all(f.ok for f in findings))


def tocoron_section(bars: Bars) -> None:
    """Times and proofs on the shared case."""
    if not TOCORON.exists():
        print("  skipped: the shared case is not here")
        return
    case = read_case(TOCORON)
    ledger, constraints = case.imported.ledger, case.constraints()
    world = world_of("mix", _NAME, ["T001", "T041", "T035", "T038", "T069"])
    balance(ledger, constraints, world)
    seconds, _ = timed(lambda: balance(ledger, constraints, world), 5)
    bars.hold("all bounds with proofs, at most 50 ms", f"{seconds * 1000:.0f} ms", seconds <= 0.05)
    seconds, found = timed(lambda: clashes(ledger, constraints, all_of(constraints)), 3)
    told = f"{len(found.conflicts)} conflicts, {found.corrections_count} corrections in {seconds:.2f} s"
    bars.hold("all conflicts and corrections, at most 1 s", told, seconds <= 1)
    seconds, asked = timed(lambda: questions(ledger, constraints, world, "unaccounted_23"), 3)
    bars.hold("questions ranked, at most 2 s", f"{seconds:.2f} s, first {asked[0].term}", seconds <= 2)
    short_proofs(bars, case)
    revised = [Constraint(f"Z{n}", "recaptured_22", 85 + 3 * n, 85 + 3 * n) for n in range(5)]
    more = (*constraints, *revised)
    seconds, best = timed(lambda: corrections(ledger, more, all_of(more), most=10))
    told = f"{sum(len(g.best) for g in best)} in {seconds:.1f} s, proved {all(g.proved for g in best)}"
    bars.hold("55 claims with six revisions of one count, ten best corrections in 10 s", told, seconds <= 10)


def short_proofs(bars: Bars, case: SharedCase) -> None:
    """How many proofs stay within 5 claims and 6 identities, over every world that the case's findings name."""
    ledger, constraints = case.imported.ledger, case.constraints()
    proofs = []
    for finding in case.findings:
        if finding["kind"] == "bound":
            result = balance(ledger, constraints, world_of("w", _NAME, finding["claims"]))
            proofs += [p for b in result.bounds for p in (b.low_proof, b.high_proof) if p is not None]
    proofs += [conflict.proof for conflict in clashes(ledger, constraints, all_of(constraints)).conflicts]
    short = sum(len(claims_in(p)) <= 5 and len(identities_in(p)) <= 6 for p in proofs)
    share = short / len(proofs)
    bars.hold("proofs within 5 claims and 6 identities, at least 95 %", f"{share:.1%} of {len(proofs)}", share >= 0.95)


def agreement_section(bars: Bars, trials: int) -> None:
    """Random small ledgers against trying every point."""
    rng = random.Random(20230920)
    seen: Counter[str] = Counter()
    for _ in range(trials):
        trial = random_trial(rng)
        tried = Tried(trial)
        seen[trial.kind] += 1
        claims = frozenset(said.claim for said in trial.constraints)
        world = world_of("w", _NAME, claims)
        result = balance(trial.ledger, trial.constraints, world)
        expected = tried.bounds(claims)
        same = result.consistent == (expected is not None)
        if expected is not None:
            seen["consistent"] += 1
            same = same and {b.term: (b.low, b.high) for b in result.bounds} == expected
        if len(claims) <= 6 and len(tried.points):
            found = clashes(trial.ledger, trial.constraints, world).conflicts
            seen["conflicts"] += len(found)
            same = same and {frozenset(c.claims) for c in found} == tried.smallest_conflicts()
            for conflict in found:
                verify(conflict.proof, trial.ledger, trial.constraints)
        seen["agree"] += same
    print(f"  {dict(seen)}")
    bars.hold("agreement with brute force, 100 %", f"{seen['agree']} of {trials}", seen["agree"] == trials)


def large_section(bars: Bars) -> None:
    """200 facilities, 30 days, 12 terms each, 20,000 claims."""
    large = large_instance(claims=20_000, seed=1)
    ledger, held = large.ledger, large.constraints
    print(f"  {len(ledger.terms)} terms, {len(ledger.identities)} identities, {len(held)} claims, {large.false} false")
    system = system_of(ledger, ())
    true = large.true_only()
    ends = ends_of(system, true)
    seconds, reached = timed(lambda: propagate(system, ends), 3)
    bars.hold("propagation, at most 1 s", f"{seconds:.2f} s", seconds <= 1 and reached.failed is None)
    oracle = oracle_for(ledger, held, all_of(held), None)
    plain = frozenset().union(*(oracle.blamed(p) for p in oracle.contradictions(range(len(oracle.items)))))
    rest = [number for number in range(len(oracle.items)) if number not in plain]
    seconds, proofs = timed(lambda: oracle.contradictions(rest))
    bars.hold("consistency and core, at most 3 s", f"{seconds:.2f} s, {len(proofs)} conflicts shown", seconds <= 3)
    requested_bound(bars, large)
    seconds, found = timed(lambda: corrections(ledger, held, all_of(held), most=1))
    size = sum(len(group.best[0].claims) for group in found)
    proved = all(group.proved for group in found)
    bars.hold("least correction, at most 15 s and proved", f"{seconds:.1f} s, {size} claims", seconds <= 15 and proved)


def requested_bound(bars: Bars, large: Large) -> None:
    """One tight bound in a large consistent world, beyond the cost of taking the world in."""
    from recuento.balance.bounds import Bounds

    seconds, bounds = timed(lambda: Bounds(large.ledger, large.true_only(), all_of(large.true_only())))
    print(f"  taking the world in: {seconds:.2f} s")
    seconds, bound = timed(lambda: bounds.of(large.national))
    bars.hold("one requested bound, at most 1 s", f"{seconds:.2f} s ({bound.low} to {bound.high}, "
              f"tight {bound.low_tight and bound.high_tight})", seconds <= 1)  # fmt: skip
    rest = [timed(partial(bounds.of, term))[0] for term in large.some_terms]
    print(f"  further bounds: {', '.join(f'{s:.2f} s' for s in rest)}")


def scaling_section(bars: Bars, largest: int) -> None:
    """Propagation from 1,000 claims up: seconds, and microseconds a claim."""
    per_claim = []
    size = 1_000
    while size <= largest:
        large = large_instance(claims=size, seed=2, facilities=max(1, size // 100))
        system = system_of(large.ledger, ())
        ends = ends_of(system, large.true_only())
        seconds, _ = timed(partial(propagate, system, ends))
        per_claim.append(seconds / size * 1e6)
        terms = len(large.ledger.terms)
        print(f"  {size:>9,} claims, {terms:>9,} terms: {seconds:8.3f} s, {per_claim[-1]:6.1f} µs a claim")
        size *= 10
    steps = len(per_claim) - 1
    growth = per_claim[-1] / per_claim[0]
    # n log n from 1,000 up grows the cost of a claim by (3 + steps) / 3; twice that is allowed for caches.
    allowed = 2 * (3 + steps) / 3
    bars.hold(
        "cost of a claim grows no worse than log n", f"times {growth:.2f}, allowed {allowed:.2f}", growth <= allowed
    )


def shuffles_section(bars: Bars) -> None:
    """The same bytes from every order of the input, and from every run."""
    if not TOCORON.exists():
        print("  skipped: the shared case is not here")
        return
    case = read_case(TOCORON)
    seen = {digest(case.imported.ledger, case.constraints(), None)}
    seen |= {digest(case.imported.ledger, case.constraints(), None) for _ in range(5)}
    seen |= {digest(case.imported.ledger, case.constraints(), random.Random(n)) for n in range(20)}
    bars.hold("equal bytes over 5 runs and 20 shuffles", f"{len(seen)} different", len(seen) == 1)


def digest(ledger: Ledger, constraints: tuple[Constraint, ...], rng: random.Random | None) -> str:
    """The SHA-256 of everything the balance says of a case, its input shuffled by `rng`."""
    terms, identities, said = list(ledger.terms), list(ledger.identities), list(constraints)
    if rng is not None:
        for rows in (terms, identities, said):
            rng.shuffle(rows)
    shuffled = Ledger(tuple(terms), tuple(identities), ledger.readings, ledger.upper)
    mix = world_of("mix", _NAME, ["T001", "T041", "T035", "T038", "T069"])
    found = clashes(shuffled, said, all_of(constraints))
    result: Balance = balance(shuffled, said, mix)
    asked = questions(shuffled, said, mix, "unaccounted_23")
    proofs = [proof_to_json(b.low_proof, shuffled, said, attained=b.low_attained) for b in result.bounds]
    text = repr(
        (result.bounds, result.constraints, found, asked, proofs, corrections(shuffled, said, all_of(constraints)))
    )
    return hashlib.sha256(text.encode()).hexdigest()


def estimate_section(bars: Bars, ledgers: int) -> None:
    """Do 90 % intervals hold the truth nine times in ten? Ledgers simulated from the model's own assumptions."""
    rng = random.Random(7)
    inside = asked = 0
    worst, above = 1.0, 0
    for _ in range(ledgers):
        truth, constraints, claims = simulated_ledger(rng)
        found = posterior(
            SIMULATED, constraints, all_of(constraints), claims, trust={"p": 0.7},
            sampling=Sampling(seed=rng.randrange(10**6)),
        )  # fmt: skip
        worst = max(worst, found.r_hat_max)
        above += found.r_hat_max > R_HAT_MAX
        for estimate in found.terms:
            asked += 1
            inside += estimate.low <= truth[estimate.term] <= estimate.high
    share = inside / asked
    bars.hold("90 % intervals that hold the truth, 85 to 95 %", f"{share:.1%} of {asked}", 0.85 <= share <= 0.95)
    bars.hold("R-hat of simulated ledgers, at most 1.05", f"worst {worst:.3f}, above 1.05 in {above / ledgers:.1%} "
              f"of {ledgers}", above == 0)  # fmt: skip
    if TOCORON.exists():
        case = read_case(TOCORON)
        said = case.constraints()
        known = {claim.id: claim for claim in case.claims}
        seconds, found = timed(lambda: posterior(case.imported.ledger, said, all_of(said), known,
                                                 sources=one_source(case.claims, said)))  # fmt: skip
        bars.hold("R-hat on the shared case, at most 1.05", f"{found.r_hat_max:.3f} in {seconds:.0f} s",
                  found.r_hat_max <= 1.05)  # fmt: skip
        for term in ("pop", "unaccounted_23"):
            got = found.of(term)
            print(
                f"  {term}: median {got.median}, 90 % {got.low} to {got.high}, effective size {got.effective_size:.0f}"
            )


SIMULATED = Ledger(
    tuple(Term(name, _NAME, name) for name in ("all", "moved", "rest", "dead")),
    (Identity("sum", (("all", 1), ("moved", -1), ("rest", -1), ("dead", -1)), _NAME),),
    upper=1000,
)


def simulated_ledger(rng: random.Random) -> tuple[dict[str, int], tuple[Constraint, ...], dict[str, Claim]]:
    """A truth, and "about N" of two sources on each term: seven in ten right, the others off by a log-normal.

    Exact figures would make the intervals points, which hold the truth more often than nine times in ten.
    """
    while True:
        truth = {name: rng.randint(0, 1000) for name in ("moved", "rest", "dead")}
        truth["all"] = sum(truth.values())
        if truth["all"] <= 1000:
            break
    claims = {}
    day = PartialDate(2024, 1, 1)
    for name, value in sorted(truth.items()):
        for number in range(2):
            said = value if rng.random() < 0.7 else round((value + 1) * rng.lognormvariate(0, 0.5) - 1)
            id = f"{name}{number}"
            said = max(0, said + round(rng.triangular(-1, 1, 0) * half_width_of(max(0, said))))
            quantity = quantity_from(Comparison.APPROX, (min(1000, said),), "")
            claims[id] = Claim(id, "e", "", id, "p", name, quantity, stated=day, as_of=day)
    constraints = tuple(
        Constraint(c.id, c.measure, int(c.quantity.low or 0), int(c.quantity.high or 0)) for c in claims.values()
    )
    return truth, constraints, claims


def peers_section(bars: Bars, python: str | None, trials: int) -> None:
    """Second opinions and the times of others, in a process of their own."""
    if python is None:
        print("  skipped: name an interpreter that has cpmpy, z3-solver and ortools with --peer-python")
        return
    try:
        told = [*random_bars(python, trials)]
        if TOCORON.exists():
            told += world_bars(python, TOCORON)
        told += marco_bars(python, timed, TOCORON)
    except PeerMissing as missing:
        print(f"  skipped: {missing}")
        return
    for what, value, ok in told:
        bars.hold(what, value, ok)


SECTIONS: dict[str, Callable[[Bars, argparse.Namespace], None]] = {
    "case": lambda bars, given: case_section(bars, TOCORON),
    "tocoron": lambda bars, given: tocoron_section(bars),
    "agreement": lambda bars, given: agreement_section(bars, given.trials),
    "large": lambda bars, given: large_section(bars),
    "scaling": lambda bars, given: scaling_section(bars, given.largest),
    "shuffles": lambda bars, given: shuffles_section(bars),
    "estimate": lambda bars, given: estimate_section(bars, given.ledgers),
    "peers": lambda bars, given: peers_section(bars, peer_python(given.peer_python), given.peer_trials),
}


def main() -> int:
    """Run the sections asked for; 3 where a bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", type=Path, help="only the findings of this folder")
    parser.add_argument("--only", choices=sorted(SECTIONS), help="only this section")
    parser.add_argument("--trials", type=int, default=10_000, help="random ledgers for the agreement")
    parser.add_argument("--largest", type=int, default=1_000_000, help="claims of the largest propagation")
    parser.add_argument("--ledgers", type=int, default=200, help="simulated ledgers for the estimate")
    parser.add_argument(
        "--peer-python",
        metavar="PATH",
        help="an interpreter that has cpmpy, z3-solver and ortools (else that of RECUENTO_PEER_PYTHON)",
    )
    parser.add_argument("--peer-trials", type=int, default=300, help="random ledgers for each peer")
    given = parser.parse_args()
    bars = Bars()
    if given.case is not None:
        case_section(bars, given.case)
        return 3 if bars.missed else 0
    for name in [given.only] if given.only else list(SECTIONS):
        print(name)
        SECTIONS[name](bars, given)
    print(f"{bars.met} bars met, {bars.missed} missed")
    return 3 if bars.missed else 0


if __name__ == "__main__":
    sys.exit(main())
