"""A second opinion on bounds by z3 or CP-SAT, in a process of its own."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest
from balance_case import SHARED, read_case
from balance_peers import peer_bounds, plain_ledger
from balance_trials import random_trial

from recuento.balance import balance, world_of
from recuento.model.balance import Balance
from recuento.values.bilingual import Bilingual

_NAME = Bilingual.same("x")
PYTHON = os.environ.get("RECUENTO_PEER_PYTHON") or sys.executable
MODULES = {"z3": "z3", "cpsat": "ortools"}


def _has(module: str) -> bool:
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    return subprocess.run([PYTHON, "-c", code], check=False).returncode == 0


def _needed(kind: str) -> None:
    if not _has(MODULES[kind]):
        pytest.skip(f"{MODULES[kind]} is not installed here; RECUENTO_PEER_PYTHON can name an interpreter that has it")


def _ranges(found: Balance) -> dict[str, tuple[int, int | None]] | None:
    return {bound.term: (bound.low, bound.high) for bound in found.bounds} if found.consistent else None


@pytest.mark.parametrize("kind", ["z3", "cpsat"])
def test_another_solver_gives_the_same_bounds(kind: str) -> None:
    """Consistency and every bound of random small ledgers are those of a solver that others wrote."""
    _needed(kind)
    rng = random.Random(31)
    trials = [random_trial(rng) for _ in range(40)]
    mine = [
        _ranges(balance(trial.ledger, trial.constraints, world_of("w", _NAME, [c.claim for c in trial.constraints])))
        for trial in trials
    ]
    assert peer_bounds(PYTHON, kind, [plain_ledger(trial.ledger, trial.constraints) for trial in trials]) == mine


@pytest.mark.skipif(not SHARED.exists(), reason="the shared case is not beside the repository")
def test_another_solver_agrees_on_the_worlds_of_the_shared_case() -> None:
    """What each party's figures imply in the shared case, "no limit known" included, is what z3 gives."""
    _needed("z3")
    case = read_case(SHARED)
    parties = sorted({claim.party for claim in case.claims})
    of_party = {party: {claim.id for claim in case.claims if claim.party == party} for party in parties}
    held = [[said for said in case.constraints() if said.claim in of_party[party]] for party in parties]
    mine = [
        _ranges(balance(case.imported.ledger, said, world_of("w", _NAME, [c.claim for c in said]))) for said in held
    ]
    assert peer_bounds(PYTHON, "z3", [plain_ledger(case.imported.ledger, said) for said in held]) == mine
