"""Whatever is altered is found and named; whoever kept a checkpoint finds what was rewritten whole."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from custody_case import AT, TABLES, alterations, filled
from recuento.casefile.casefile import DATABASE, Casefile
from recuento.casefile.custody.custody import CHECKPOINTS, head_of, heads, read_checkpoint, write_checkpoint
from recuento.casefile.keeping.verifying import verify
from recuento.casefile.people.lists import apply_list, plan_list
from recuento.casefile.review.reviewing import decide
from recuento.errors import CheckFailed, InvalidValue
from recuento.model.decision import Act
from recuento.store import decisions, log, tables
from recuento.store.log import canonical
from recuento.store.merkle import leaf_hash

ALTERATIONS = 100


@pytest.fixture
def casefile(tmp_path: Path) -> Iterator[Casefile]:
    """A casefile with an entry of every kind in its log."""
    with filled(tmp_path) as one:
        yield one


def raw(casefile: Casefile, *commands: str) -> None:
    """What somebody with the file of the tables in hand can do to it, triggers or not."""
    with closing(sqlite3.connect(casefile.folder / DATABASE, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for command in commands:
            connection.execute(command)


def missed(casefile: Casefile, check: Callable[[Casefile], bool]) -> list[str]:
    """The alterations that a check finds nothing of."""
    return [place for place in alterations(casefile, random.Random(7), ALTERATIONS) if check(casefile)]


def test_what_nobody_altered_stands(casefile: Casefile) -> None:
    """Every kind of act is in the log, every table is covered, and nothing is wrong."""
    found = verify(casefile)
    assert found.faults == ()
    assert found.checkpoints == 2
    with casefile.database.reading() as connection:
        assert found.log == sum(log.size(connection, tree) for tree in log.TREES)
        assert all(list(log.rows_now(connection, table)) for table in log.KEYS)
    derived = {"derived", "runs", "demands", "statement_outlines"}
    assert derived | {"sealed_locks", "capture_jobs"} == set(tables.metadata.tables) - set(TABLES)


def test_every_alteration_is_found(casefile: Casefile) -> None:
    """One byte of an original, one character of any value in the tables or the log: verify tells of each."""
    assert missed(casefile, lambda one: verify(one).faults == ()) == []
    assert verify(casefile).faults == ()


def test_without_the_log_alterations_would_pass(casefile: Casefile) -> None:
    """Sabotage: with originals and anchors alone, as before there was a log, many alterations are not found."""

    def originals_whole(one: Casefile) -> bool:
        return all(one.originals.is_whole(sha256) for sha256 in one.originals.all())

    assert len(missed(casefile, originals_whole)) > ALTERATIONS // 2


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("DELETE FROM decisions", "decisions/1"),
        ("UPDATE decisions SET decided_by = 'otro'", "decisions/1"),
        ("INSERT INTO decisions SELECT 99, subject, act, decided_by, decided_at, details, why FROM decisions",
         "decisions/99"),
        ("DELETE FROM custody_log WHERE tree = 'public' AND number = 3", "custody log/public/4"),
        ("DELETE FROM custody_openings WHERE tree = 'public' AND number = 3", "custody log/public/3"),
        ("UPDATE custody_log SET tree = 'secret' WHERE tree = 'public' AND number = 0", "custody log/secret/0"),
        ("UPDATE claims SET body = replace(body, '412', '413') WHERE id = 'A1'", "claims/A1"),
        ("UPDATE entries SET position = position + 7", "entries/muro/…"),
        ("DELETE FROM documents", "documents/"),
    ],
)  # fmt: skip
def test_the_fault_says_where(casefile: Casefile, command: str, said: str) -> None:
    """What was deleted, changed or slipped in is named by its table and key, and no name of a list is repeated."""
    raw(casefile, "PRAGMA foreign_keys=OFF", command)
    places = [fault.place for fault in verify(casefile).faults]
    assert any(place.startswith(said) for place in places)
    assert not any("PRUEBASOLA" in place for place in places)


def rewrite_without_the_decision(casefile: Casefile) -> None:
    """Forge a whole casefile: the decision and every entry that names it are gone, the rest numbered anew."""
    with casefile.database.reading() as connection:
        kept = [e for e in log.entries(connection, "public") if canonical(["decisions", [1]])[:-1] not in e.opening]
    raw(
        casefile,
        "DELETE FROM decisions",
        "DELETE FROM custody_log WHERE tree = 'public'",
        "DELETE FROM custody_openings WHERE tree = 'public'",
        *(
            f"INSERT INTO custody_log VALUES ('public', {n}, '{e.body}', '{leaf_hash(e.body.encode()).hex()}')"
            for n, e in enumerate(kept)
        ),
        *(f"INSERT INTO custody_openings VALUES ('public', {n}, '{e.opening}')" for n, e in enumerate(kept)),
    )


def test_a_past_rewritten_whole_is_found_by_whoever_kept_a_checkpoint(casefile: Casefile, tmp_path: Path) -> None:
    """A log forged in every part verifies by itself, and not against the checkpoint that somebody else has."""
    own = next((casefile.folder / CHECKPOINTS).glob("public*"))
    kept = tmp_path / "kept.checkpoint"
    own.rename(kept)
    rewrite_without_the_decision(casefile)
    assert verify(casefile).faults == (), "this is what a log cannot promise by itself"
    faults = verify(casefile, kept=[kept]).faults
    assert [fault.place for fault in faults] == ["kept.checkpoint"]
    decide(casefile, ["claim:A2"], Act.CONFIRM, by="luis", at=AT)
    assert [fault.place for fault in verify(casefile, kept=[kept]).faults] == ["kept.checkpoint"]


def test_no_checkpoint_vouches_for_a_log_that_does_not_hold(casefile: Casefile) -> None:
    """After an alteration of the log, or against an earlier checkpoint, no new one is written."""
    rewrite_without_the_decision(casefile)
    with pytest.raises(CheckFailed, match="no checkpoint is written"):
        write_checkpoint(casefile, "public")


def test_later_acts_leave_earlier_checkpoints_standing(casefile: Casefile) -> None:
    """The log goes on, and every earlier checkpoint is still a beginning of it."""
    for number in range(5):
        decide(casefile, [f"claim:A{number}"], Act.CONFIRM, by="luis", at=AT + timedelta(minutes=number))
        write_checkpoint(casefile, "public")
    assert verify(casefile).faults == ()
    assert verify(casefile).checkpoints == 7


def test_lists_of_names_move_no_byte_of_the_public_checkpoint(casefile: Casefile) -> None:
    """A list that changes moves the sealed head; the public one is byte for byte the same."""
    before = {head.tree: head.text() for head in heads(casefile)}
    path = casefile.folder.parent / "list.csv"
    path.write_text(path.read_text(encoding="utf-8") + "OTILIA MENGANA;28\n", encoding="utf-8")
    apply_list(casefile, plan_list(casefile, path, "muro"), by="ana", at=AT)
    after = {head.tree: head.text() for head in heads(casefile)}
    assert after["public"] == before["public"]
    assert after["sealed"] != before["sealed"]


def test_a_checkpoint_reads_back_and_a_damaged_one_does_not(casefile: Casefile) -> None:
    """What was written is the head; one byte another and it is no checkpoint, or one of something else."""
    path = next((casefile.folder / CHECKPOINTS).glob("public*"))
    with casefile.database.reading() as connection:
        head = head_of(connection, "public")
    data = path.read_bytes()
    assert head is not None and read_checkpoint(data, path.name) == head
    for at in range(len(data) - 1):
        altered = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        try:
            assert read_checkpoint(altered, path.name) != head
        except InvalidValue:
            continue


def test_an_entry_outside_the_transaction_would_be_found(casefile: Casefile) -> None:
    """Sabotage: a decision written without its entry, as by a crash between two transactions, is named."""
    with casefile.database.writing() as connection:
        decisions.append(connection, "claim:A2", Act.CONFIRM, "luis", AT)
    raw(
        casefile,
        "DELETE FROM custody_openings WHERE rowid = (SELECT max(rowid) FROM custody_openings)",
        "DELETE FROM custody_log WHERE rowid = (SELECT max(rowid) FROM custody_log)",
    )
    assert [fault.place for fault in verify(casefile).faults] == ["decisions/2"]
