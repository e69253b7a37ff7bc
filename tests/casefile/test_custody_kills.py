"""kill -9 at any moment: no decision without its entry, no entry without its decision, nothing acknowledged lost."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import pytest
from sqlalchemy import insert

from custody_case import AT
from recuento.casefile.casefile import Casefile
from recuento.casefile.custody.custody import check_tree, row_faults
from recuento.casefile.review.reviewing import decide
from recuento.model.decision import Act
from recuento.store import decisions, log, tables

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its other processes by fork")
KILLS = 20


def decide_without_end(folder: Path, apart: bool, acknowledged: Pipe) -> None:
    """Decide until killed, and say of each decision, once it stands, that it does; `apart` is the sabotage."""
    with Casefile.open(folder) as casefile:
        number = os.getpid() * 1_000_000
        while True:
            number += 1
            if apart:
                decide_in_two_transactions(casefile, number)
            else:
                decide(casefile, [f"claim:{number}"], Act.CONFIRM, by="ana", at=AT)
            acknowledged.send(f"claim:{number}")


def decide_in_two_transactions(casefile: Casefile, number: int) -> None:
    """The row first, its entry in a transaction after it."""
    row = {"subject": f"claim:{number}", "act": "confirm", "decided_by": "ana", "decided_at": AT.isoformat(),
           "details": "[]", "why": ""}  # fmt: skip
    with casefile.database.writing() as connection:
        added = connection.execute(insert(tables.decisions).values(**row))
        id = added.inserted_primary_key[0] if added.inserted_primary_key else 0
    with casefile.database.writing() as connection:
        log.append(connection, log.Act.DECIDED, [log.recorded("decisions", {"id": id, **row})])


def faults_after_kills(folder: Path, *, apart: bool) -> tuple[int, int, int]:
    """Kill a deciding process again and again; how many were acknowledged, how many of them lost, faults of the log.

    Sabotaged, it ends with the first kill after which there are faults.
    """
    Casefile.create(folder, "Observatorio de prueba").close()
    chance = random.Random(4)
    said: set[str] = set()
    for _ in range(KILLS):
        receiving, sending = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=decide_without_end, args=(folder, apart, sending))
        process.start()
        sending.close()
        said.add(receiving.recv())
        time.sleep(chance.uniform(0, 0.06))
        process.kill()
        process.join()
        try:
            while True:
                said.add(receiving.recv())
        except (EOFError, OSError):
            pass
        if apart and (found := looked_at(folder, said))[2]:
            return found
    return looked_at(folder, said)


def looked_at(folder: Path, said: set[str]) -> tuple[int, int, int]:
    """How many were acknowledged, how many of them are lost, and how many faults the log has."""
    with Casefile.open(folder) as casefile, casefile.database.reading() as connection:
        there = {decision.subject for decision in decisions.all(connection)}
        checks = [check_tree(connection, tree) for tree in log.TREES]
        faults = [*checks[0].faults, *row_faults(connection, checks)]
    return len(said), len(said - there), len(faults)


def test_kills_part_no_decision_from_its_entry(tmp_path: Path) -> None:
    """Everything acknowledged is there, every decision has its entry and every entry its decision."""
    acknowledged, lost, faults = faults_after_kills(tmp_path / "case", apart=False)
    assert acknowledged > KILLS
    assert (lost, faults) == (0, 0)


def test_the_check_sees_decisions_without_entries(tmp_path: Path) -> None:
    """Sabotage: with the entry in a transaction of its own, the same check finds decisions without one."""
    assert faults_after_kills(tmp_path / "case", apart=True)[2] > 0
