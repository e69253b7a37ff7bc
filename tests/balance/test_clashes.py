"""Conflicts in two tiers, corrections, and the next question."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from balance_large import large_instance
from balance_trials import Tried, random_trial
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.balance import (
    balance,
    clashes,
    conflict_sentence,
    conflicts,
    corrections,
    one_smallest_conflict,
    question_sentence,
    questions,
    standard_duties,
    verify,
    world_of,
)
from recuento.balance.clashes import oracle_for
from recuento.balance.dualise import all_conflicts, numbers_in, with_edge
from recuento.balance.hitting import lightest_hitting_set
from recuento.balance.questions import _profile
from recuento.model.balance import ConflictKind
from recuento.model.demand import Demand, DemandState
from recuento.model.ledger import Constraint, Identity, Ledger, Term
from recuento.model.measure import standard_vocabulary
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

_NAME = Bilingual.same("x")
LEDGER = Ledger(
    tuple(Term(m, Bilingual.same(m), m) for m in ("held", "moved", "missing")),
    (Identity("roll", (("held", 1), ("moved", -1), ("missing", -1)), _NAME),),
)
edges = st.lists(st.sets(st.integers(0, 6), min_size=1, max_size=4), min_size=1, max_size=6)


def _world(said) -> object:
    return world_of("w", _NAME, [c.claim for c in said])


def test_the_two_tiers() -> None:
    """Two values of one term disagree; values of different terms that cannot add up clash arithmetically."""
    said = [
        Constraint("a", "held", 1600, 1600),
        Constraint("b", "held", 1500, 1500),
        Constraint("c", "moved", 1600, 1600),
        Constraint("d", "missing", 1, None),
    ]
    found = {c.claims: c.kind for c in conflicts(LEDGER, said, _world(said))}
    assert found == {
        ("a", "b"): ConflictKind.DISAGREEMENT,
        ("b", "c"): ConflictKind.ARITHMETICAL,
        ("a", "c", "d"): ConflictKind.ARITHMETICAL,
    }


def test_copies_count_once() -> None:
    """Five repeats of a figure make one conflict when merged, and five when spelled out."""
    said = [Constraint(f"a{n}", "held", 5, 5) for n in range(5)] + [Constraint("b", "held", 9, 9)]
    assert [c.claims for c in conflicts(LEDGER, said, _world(said))] == [("a0", "b")]
    spelled = clashes(LEDGER, said, _world(said))
    assert len(spelled.conflicts) == 5 and spelled.corrections_count == 2
    assert spelled.least_correction.claims == ("b",)


def test_six_revisions_of_one_count_stay_apart_from_the_arithmetic() -> None:
    """Many values of one term are disagreements; the arithmetic shows once, and corrections come best first."""
    said = [Constraint(f"r{n}", "held", 100 + n, 100 + n) for n in range(6)]
    said += [Constraint("m", "moved", 200, 200), Constraint("x", "missing", 0, 0)]
    found = clashes(LEDGER, said, _world(said))
    assert len(found.of_kind(ConflictKind.DISAGREEMENT)) == 15
    (best,) = corrections(LEDGER, said, _world(said), most=3)
    assert best.proved and [len(c.claims) for c in best.best] == [6, 6, 6]


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10**6))
def test_leaving_out_any_claim_ends_a_smallest_conflict(seed: int) -> None:
    """Every conflict is a contradiction with a proof, and stops being one without any of its claims."""
    trial = random_trial(random.Random(seed))
    world = _world(trial.constraints)
    for conflict in clashes(trial.ledger, trial.constraints, world).conflicts[:5]:
        verify(conflict.proof, trial.ledger, trial.constraints)
        for left in conflict.claims:
            rest = world_of("w", _NAME, [c for c in conflict.claims if c != left])
            assert balance(trial.ledger, trial.constraints, rest).consistent


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_the_lightest_corrections_are_those_of_the_full_list(seed: int) -> None:
    """The k best, found without listing all, weigh what the k lightest of the full list weigh."""
    trial = random_trial(random.Random(seed))
    world = _world(trial.constraints)
    full = clashes(trial.ledger, trial.constraints, world, merge=True)
    for group in corrections(trial.ledger, trial.constraints, world, most=3):
        listed = next(g for g in full.groups if set(group.best[0].claims) & g.contested)
        assert [c.weight for c in group.best] == sorted(c.weight for c in listed.corrections)[: len(group.best)]
        assert group.proved and len(group.best) == min(3, len(listed.corrections))


@given(edges)
def test_smallest_hitting_sets_are_those_of_trying_every_set(sets: list[set[int]]) -> None:
    """Berge's step, edge by edge, gives exactly the sets that hit every edge and lose one if any member goes."""
    family = [sum(1 << n for n in edge) for edge in sets]
    found = [0]
    for edge in family:
        found = with_edge(found, edge)
    hitting = [s for s in range(128) if all(s & edge for edge in family)]
    smallest = {s for s in hitting if not any(other != s and other & s == other for other in hitting)}
    assert set(found) == smallest and len(found) == len(smallest)


@given(edges)
def test_conflicts_are_recovered_from_an_oracle(sets: list[set[int]]) -> None:
    """Asking only whether a selection is possible, every smallest conflict is found."""
    family = {sum(1 << n for n in edge) for edge in sets}
    smallest = {e for e in family if not any(other != e and other & e == other for other in family)}

    def shrink(selection: int) -> int | None:
        return next((edge for edge in sorted(smallest) if edge & selection == edge), None)

    found, _, complete = all_conflicts(127, shrink, most=1000)
    assert complete and set(found) == smallest and all(numbers_in(edge) for edge in found)


@settings(deadline=None)
@given(edges, st.booleans())
def test_a_lightest_hitting_set_is_as_light_as_any(sets: list[set[int]], solver: bool) -> None:
    """With and without the solver the set found hits every edge, and none lighter does."""
    weights = {n: 1.0 + n / 10 for n in range(7)}
    chosen = lightest_hitting_set([frozenset(s) for s in sets], weights, solver=solver)
    assert chosen is not None and all(chosen & s for s in sets)
    groups = (set(c) for size in range(8) for c in combinations(range(7), size))
    lightest = min(sum(weights[n] for n in group) for group in groups if all(group & s for s in sets))
    assert sum(weights[n] for n in chosen) == pytest.approx(lightest)


def test_a_large_instance_is_worked_in_seconds() -> None:
    """Twenty facilities, a month, two thousand claims: what is left after the least correction is possible."""
    large = large_instance(claims=2_000, seed=5, facilities=20)
    world = _world(large.constraints)
    found = corrections(large.ledger, large.constraints, world, most=1)
    gone = {claim for group in found for claim in group.best[0].claims}
    assert all(group.proved for group in found) and 0 < len(gone) <= len(large.false_claims)
    rest = world_of("rest", _NAME, [c.claim for c in large.constraints if c.claim not in gone])
    oracle = oracle_for(large.ledger, [c for c in large.constraints if c.claim not in gone], rest, None)
    assert oracle.contradiction(range(len(oracle.items))) is None


def test_one_conflict_is_smallest() -> None:
    """Of a pair and a triple the pair is named."""
    said = [
        Constraint("a", "held", 10, 10),
        Constraint("b", "moved", 8, 8),
        Constraint("c", "missing", 5, 5),
        Constraint("d", "missing", 11, 11),
    ]
    conflict = one_smallest_conflict(LEDGER, said, _world(said))
    assert conflict is not None and len(conflict.claims) == 2


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_the_guaranteed_cut_is_that_of_trying_every_answer(seed: int) -> None:
    """Fix each possible answer in turn: the widest range left is what the question guarantees."""
    trial = random_trial(random.Random(seed))
    tried = Tried(trial)
    claims = frozenset(c.claim for c in trial.constraints)
    points = tried.possible(claims)
    if not len(points) or trial.kind in ("coefficients", "table"):
        return
    target = tried.names[0]
    width = int(points[:, 0].max() - points[:, 0].min())
    for question in questions(trial.ledger, trial.constraints, _world(trial.constraints), target):
        column = points[:, tried.names.index(question.term)]
        left = [int(points[column == v, 0].max() - points[column == v, 0].min()) for v in sorted(set(column.tolist()))]
        assert (question.width, question.guaranteed_cut) == (width, width - max(left))
        if len(left) == column.max() - column.min() + 1:
            assert question.mean_cut == pytest.approx(width - sum(left) / len(left), abs=1e-3)


@given(st.integers(0, 300), st.integers(1, 9), st.integers(1, 9), st.integers(1, 400))
def test_a_concave_width_is_summed_exactly(peak: int, up: int, down: int, size: int) -> None:
    """The few dozen values looked at give the same greatest and mean as looking at all."""

    def width(value: int) -> int:
        return 5000 - (up * (peak - value) if value < peak else down * (value - peak))

    best, mean = _profile(width, 0, size)
    every = [width(value) for value in range(size + 1)]
    assert best == max(every)
    assert float(mean) == pytest.approx(sum(every) / len(every))


def test_a_question_knows_its_rule_and_who_asked_already() -> None:
    """The rule that obliges the state and the demands already made come with the question, open ones first."""
    ledger = Ledger(
        (Term("population", _NAME, "population"), Term("moved", _NAME, "transferred"), Term("gone", _NAME)),
        (Identity("roll", (("population", 1), ("moved", -1), ("gone", -1)), _NAME),),
    )
    said = [Constraint("a", "population", 2500, 3500), Constraint("b", "moved", 1600, 1600)]
    day = PartialDate(2024, 3, 1)
    demands = [
        Demand("closed", "e", "ngo", "ngo", "the roll", day, measure="population", state=DemandState.ANSWERED),
        Demand("open", "e", "ngo", "ngo", "the roll", day, measure="population"),
    ]
    first = questions(ledger, said, _world(said), "gone", demands=demands)[0]
    assert (first.term, first.guaranteed_cut, first.demands) == ("population", 1000, ("open", "closed"))
    assert first.rule == standard_duties()["population"]
    assert question_sentence(first, ledger, "en") == (
        "Ask for “x”: whatever the answer, it cuts the margin of 1,000 for “x” by 1,000."
    )
    assert question_sentence(first, ledger, "es").endswith("recorta en 1.000 el margen de 1.000 de «x».")


def test_duties_name_known_measures_in_both_languages() -> None:
    """Every duty is about a measure of the vocabulary and is said in both languages."""
    known = set(standard_vocabulary().names())
    for measure, words in standard_duties().items():
        assert measure in known and words.es != words.en


def test_a_conflict_is_said_in_one_sentence() -> None:
    """1,600 held and 1,600 moved leave nobody missing, in the words of either language."""
    said = [
        Constraint("a", "held", 1600, 1600),
        Constraint("c", "moved", 1600, 1600),
        Constraint("d", "missing", 1, None),
    ]
    (conflict,) = conflicts(LEDGER, said, _world(said))
    spanish = conflict_sentence(conflict, LEDGER, {}, None, "es")
    english = conflict_sentence(conflict, LEDGER, {}, None, "en")
    assert "1.600" in spanish and "no dejan lugar a missing" in spanish and spanish.count(".") == 3
    assert "1,600" in english and "leave no missing" in english and english.endswith(".")
