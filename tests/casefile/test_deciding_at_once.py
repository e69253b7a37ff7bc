"""Two people decide on the same statement at once: the second sees the first's decision, and nothing is lost."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from invented import AT, SETTINGS
from postgres_server import server_or_skip
from recuento.casefile.casefile import Casefile
from recuento.casefile.review.decided_meanwhile import DecidedMeanwhile
from recuento.casefile.review.reviewing import decide, reviews
from recuento.model.decision import Act, Decision

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="starts its other processes by fork")
SUBJECT = "statement:s"
PEOPLE = {"ana": Act.CONFIRM, "luis": Act.REJECT}


@pytest.fixture(params=["sqlite", "postgresql"])
def team(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An empty casefile, in a file and on a server."""
    settings = SETTINGS
    if request.param == "postgresql":
        server = server_or_skip()
        settings += f'\n[store]\naddress = "{server.address(server.new_database(ready=True))}"\n'
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "recuento.toml").write_text(settings, encoding="utf-8")
    return folder


def look_and_decide(folder: Path, by: str, rounds: int, both_looked: Barrier, told: Pipe) -> None:
    """Look when the other looks, then decide; where the other was first, note what one is told and decide again."""
    surprises = []
    with Casefile.open(folder) as casefile:
        for number in range(rounds):
            seen = last_seen(casefile)
            both_looked.wait(30)
            try:
                decide(casefile, [f"{SUBJECT}{number}"], PEOPLE[by], by=by, at=AT, after=seen)
            except DecidedMeanwhile as refused:
                surprises.append((number, [(one.by, one.act) for one in refused.decisions], refused.es))
                shown = refused.decisions[-1].id
                decide(casefile, [f"{SUBJECT}{number}"], PEOPLE[by], by=by, at=AT, after=shown, why="visto")
            both_looked.wait(30)
    told.send(surprises)


def last_seen(casefile: Casefile) -> int:
    """The number of the last decision of all, as a page that was just drawn knows it."""
    return max((one.id for one in reviews(casefile).decisions), default=0)


def test_the_second_of_two_sees_the_first_and_chooses(team: Path) -> None:
    """In every round exactly one is told who was first and what they decided; both decisions stand, in that order."""
    rounds = 12
    fork = multiprocessing.get_context("fork")
    both_looked = fork.Barrier(2)
    pipes = {by: fork.Pipe(duplex=False) for by in PEOPLE}
    processes = [
        fork.Process(target=look_and_decide, args=(team, by, rounds, both_looked, pipes[by][1])) for by in PEOPLE
    ]
    for process in processes:
        process.start()
    surprised = {by: pipes[by][0].recv() for by in PEOPLE}
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    with Casefile.open(team) as casefile:
        made = reviews(casefile).decisions
    assert len(made) == 2 * rounds
    for number in range(rounds):
        first, second = (one for one in made if one.subject == f"{SUBJECT}{number}")
        assert {first.by, second.by} == set(PEOPLE) and (first.why, second.why) == ("", "visto")
        ((_, shown, words),) = (told for told in surprised[second.by] if told[0] == number)
        assert shown == [(first.by, PEOPLE[first.by])]
        assert first.by in words and ("confirmó" in words or "rechazó" in words) and "2031-04-02 10:00" in words
    assert sum(map(len, surprised.values())) == rounds


def test_several_statements_are_decided_all_or_none(team: Path) -> None:
    """Where one of several was decided meanwhile, none of them is written; without `after` all are."""
    with Casefile.open(team) as casefile:
        (first,) = decide(casefile, ["statement:b"], Act.REJECT, by="ana", at=AT, after=0)
        with pytest.raises(DecidedMeanwhile, match="ana rejected statement:b") as refused:
            decide(casefile, ["statement:a", "statement:b"], Act.CONFIRM, by="luis", at=AT, after=first.id - 1)
        assert refused.value.exit_code == 5 and refused.value.decisions == (first,)
        assert reviews(casefile).decisions == (first,)
        both = decide(casefile, ["statement:a", "statement:b"], Act.CONFIRM, by="luis", at=AT, after=first.id)
        decide(casefile, ["statement:a"], Act.REJECT, by="ana", at=AT)
        assert [one.id for one in both] == [2, 3]


@pytest.mark.parametrize("act", list(Act))
def test_every_act_is_told_in_both_languages(act: Act) -> None:
    """Whatever was decided has its own words in Spanish and in English."""
    told = DecidedMeanwhile((Decision(7, "statement:s", act, "ana", AT),))
    assert "7. ana " in told.en and "7. ana " in told.es
    assert "decided on statement" not in told.en and "decidió sobre statement" not in told.es
