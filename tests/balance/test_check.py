"""Proofs and their checker."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from balance_trials import random_trial
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.balance import balance, clashes, proof_from_json, proof_to_json, verify, verify_file, world_of
from recuento.balance.check import ProofFails, verify_attained
from recuento.errors import FaultsFound
from recuento.model.balance import Proof
from recuento.model.ledger import Constraint, Identity, Ledger, Relation, Term
from recuento.values.bilingual import Bilingual

_NAME = Bilingual.same("x")
LEDGER = Ledger(
    tuple(Term(id, Bilingual.same(id)) for id in ("held", "moved", "missing")),
    (
        Identity("roll", (("held", 1), ("moved", -1), ("missing", -1)), _NAME),
        Identity("grows", (("held", 1), ("moved", -1)), _NAME, Relation.GE),
    ),
)
CLAIMS = (Constraint("A", "held", 250, None), Constraint("B", "moved", 160, 160), Constraint("C", "held", None, 400))


def _missing() -> tuple[Proof, tuple[tuple[str, int], ...]]:
    bound = balance(LEDGER, CLAIMS, world_of("w", _NAME, ["A", "B", "C"])).bound("missing")
    assert bound is not None
    return bound.low_proof, bound.low_attained


def test_the_sum_names_its_claims() -> None:
    """At least 250 held minus at most 160 moved leaves at least 90 missing, by claims A and B alone."""
    proof, _ = _missing()
    assert proof.value == 90
    assert {line.ref: line.amount for line in proof.lines if line.amount} == {"A": 250, "B": -160}


@given(
    line=st.integers(0, 9), field=st.sampled_from(["multiplier", "amount", "ref", "term", "end"]), by=st.integers(-3, 3)
)
def test_a_proof_that_was_tampered_with_is_refused(line: int, field: str, by: int) -> None:
    """No line can be changed without the checker noticing."""
    proof, _ = _missing()
    lines = list(proof.lines)
    place = line % len(lines)
    old = getattr(lines[place], field)
    new = old + by if isinstance(old, int) else ["A", "B", "C", "held", "moved", "low", "high"][by]
    if new == old:
        return
    lines[place] = replace(lines[place], **{field: new})
    with pytest.raises(ProofFails):
        verify(replace(proof, lines=tuple(lines)), LEDGER, CLAIMS)


@given(value=st.integers(0, 1000))
def test_only_the_value_of_the_sum_is_accepted(value: int) -> None:
    """A proof cannot claim more, or less, than its lines add up to."""
    proof, _ = _missing()
    if value == proof.value:
        verify(proof, LEDGER, CLAIMS)
    else:
        with pytest.raises(ProofFails):
            verify(replace(proof, value=value), LEDGER, CLAIMS)


def test_a_proof_does_not_stand_on_other_claims() -> None:
    """Take away or weaken a claim and the proof falls."""
    proof, _ = _missing()
    with pytest.raises(ProofFails):
        verify(proof, LEDGER, CLAIMS[1:])
    with pytest.raises(ProofFails):
        verify(proof, LEDGER, (Constraint("A", "held", 249, None), *CLAIMS[1:]))


def test_a_one_way_identity_cannot_be_used_backwards() -> None:
    """ "At least" holds one way only: held >= moved proves nothing about how few are held."""
    proof, _ = _missing()
    lines = [line for line in proof.lines if line.ref != "roll"]
    turned = [replace(line, ref="grows") for line in proof.lines if line.ref == "roll"]
    with pytest.raises(ProofFails):
        verify(replace(proof, lines=(*lines, *turned)), LEDGER, CLAIMS)


def test_a_world_that_breaks_something_is_refused() -> None:
    """The world that attains a bound must obey identities and claims and reach the value."""
    proof, world = _missing()
    verify_attained(proof, world, LEDGER, CLAIMS)
    values = dict(world)
    for changed in ({"missing": 91}, {"held": 249, "missing": 89}, {"moved": -1, "missing": 251}):
        with pytest.raises(ProofFails):
            verify_attained(proof, tuple((values | changed).items()), LEDGER, CLAIMS)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_a_proof_file_stands_alone(seed: int) -> None:
    """What is written can be read back, checks out from the file alone, and any changed number is noticed."""
    trial = random_trial(random.Random(seed))
    world = world_of("w", _NAME, [said.claim for said in trial.constraints])
    proofs = [
        (proof, point)
        for bound in balance(trial.ledger, trial.constraints, world).bounds[:3]
        for proof, point in ((bound.low_proof, bound.low_attained), (bound.high_proof, bound.high_attained))
        if proof is not None
    ]
    proofs += [(conflict.proof, ()) for conflict in clashes(trial.ledger, trial.constraints, world).conflicts[:3]]
    for proof, point in proofs:
        data = json.loads(json.dumps(proof_to_json(proof, trial.ledger, trial.constraints, attained=point)))
        assert verify_file(data) == proof
        assert proof_from_json(data)[0] == proof
        if not proof.term and proof.split is not None:
            continue  # A contradiction by cases only says that it is one.
        data["proof"]["value"] += 1 if proof.side == "low" else -1
        with pytest.raises(ProofFails):
            verify_file(data)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(format="other"),
        lambda data: data.update(version=2),
        lambda data: data.pop("claims"),
        lambda data: data["claims"][0].update(low=2.5),
        lambda data: data["proof"].update(value=True),
        lambda data: data["proof"]["lines"][0].update(kind="magic"),
        lambda data: data.update(attained=[1]),
    ],
)
def test_a_malformed_file_is_refused(spoil) -> None:
    """Another format, a missing key or a number that is not whole is told as a fault of the file."""
    proof, point = _missing()
    data = json.loads(json.dumps(proof_to_json(proof, LEDGER, CLAIMS, attained=point)))
    spoil(data)
    with pytest.raises(FaultsFound):
        verify_file(data)


def test_the_example_in_the_documentation_checks_out() -> None:
    """docs/proofs.md shows a file that the checker accepts."""
    from pathlib import Path

    text = (Path(__file__).parents[2] / "docs" / "proofs.md").read_text(encoding="utf-8")
    example = text.split("```json\n")[1].split("```")[0]
    assert verify_file(json.loads(example)).value == 90


def test_the_checker_imports_no_solver() -> None:
    """Checking a file loads neither the solver nor arrays."""
    import subprocess
    import sys

    code = "import sys, recuento.balance.proof_file; print(sorted({'highspy', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
