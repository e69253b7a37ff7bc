"""Ask another solver about a ledger, in a process of its own: HiGHS and OR-Tools cannot share one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from recuento.model.ledger import Constraint, Ledger, Relation

_CHILD = Path(__file__).with_name("peer_child.py")

Ranges = dict[str, tuple[int, int | None]]


class PeerMissing(Exception):
    """The other interpreter has not what was asked for."""


def plain_ledger(
    ledger: Ledger, constraints: Iterable[Constraint], *, readings: Sequence[str] = (), cap: int = 20_000
) -> dict[str, Any]:
    """The ledger and the claims as plain data."""
    return {
        "terms": [term.id for term in ledger.terms],
        "rows": [
            {"cells": identity.coefficients, "equal": identity.relation is Relation.EQ, "constant": identity.constant}
            for identity in ledger.identities
            if identity.reading is None or identity.reading in readings
        ],
        "claims": [(said.claim, said.term, said.low, said.high) for said in constraints],
        "cap": cap,
    }


def asked(python: str, jobs: Sequence[dict[str, Any]]) -> list[Any]:
    """The answers of the peers that the interpreter `python` has; raises PeerMissing where it lacks one."""
    try:
        child = subprocess.run(
            [python, "-P", str(_CHILD)], input=json.dumps(jobs), capture_output=True, text=True, check=True
        )
    except FileNotFoundError as error:
        raise PeerMissing(f"there is no {python}") from error
    answers = json.loads(child.stdout)
    missing = sorted({answer["missing"] for answer in answers if "missing" in answer})
    if missing:
        raise PeerMissing(f"{', '.join(missing)} is not installed there")
    return [answer["found"] for answer in answers]


def peer_bounds(python: str, kind: str, ledgers: Sequence[dict[str, Any]]) -> list[Ranges | None]:
    """The range of every term of each ledger by z3 or CP-SAT; None for a ledger where nothing is possible."""
    answers = asked(python, [{"kind": kind, "ledger": ledger} for ledger in ledgers])
    return [None if found is None else {name: (low, high) for name, (low, high) in found.items()} for found in answers]
