"""What was handed in is on the disk before it is acknowledged, and arrives exactly once whatever stops it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from invented import AT, SETTINGS
from recuento.casefile.casefile import Casefile
from recuento.casefile.reading.incoming import FOLDER, Stage, are_left, arrivals, clear, receive, work_off
from recuento.model.document import Description
from recuento.store import documents
from recuento.store.encoding import encode

TEXT = "La directora del penal aseguró que 371 internos fueron trasladados a otros centros.\n"


@pytest.fixture
def casefile(tmp_path: Path) -> Iterator[Casefile]:
    """The invented casefile, without documents."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    with Casefile.open(case) as made:
        yield made


def hand_in(casefile: Casefile, text: str, name: str = "nota.txt"):
    """Hand in a text."""
    return receive(casefile, text.encode(), name=name, where="aquí", told=Description(title="Nota"), by="ana", at=AT)


def kept(casefile: Casefile) -> list[str]:
    """The texts' hashes in the casefile."""
    with casefile.database.reading() as connection:
        return [document.sha256 for document in documents.all(connection)]


def test_a_text_arrives_is_read_and_leaves_no_second_copy(casefile):
    """After the work it is a document with statements; its bytes lie among the originals alone."""
    hand_in(casefile, TEXT)
    assert are_left(casefile) and kept(casefile) == []
    work_off(casefile, lambda: AT)
    (one,) = arrivals(casefile)
    assert (one.stage, one.outcome, one.statements) == (Stage.DONE, "added", 1)
    assert kept(casefile) == [one.sha256]
    assert not list((casefile.folder / FOLDER).glob("*.bytes"))
    clear(casefile)
    assert arrivals(casefile) == () and kept(casefile) == [one.sha256]


def test_the_same_bytes_twice_are_one_document(casefile):
    """The second is known; an unreadable thing is kept with the reason; a name cannot leave the folder."""
    hand_in(casefile, TEXT)
    hand_in(casefile, TEXT)
    hand_in(casefile, "\0\1\2" * 50, "../../../etc/malo.bin")
    work_off(casefile, lambda: AT)
    assert sorted(one.outcome for one in arrivals(casefile)) == ["added", "known", "unreadable"]
    assert {one.name for one in arrivals(casefile)} == {"nota.txt", "malo.bin"}
    assert all(one.reason is not None for one in arrivals(casefile) if one.outcome == "unreadable")
    assert len(kept(casefile)) == 2


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.KEEPING, Stage.READING])
def test_it_goes_on_where_it_was_stopped(casefile, stage):
    """Stopped before, while or after its text is made, it arrives once and nothing of it is lost."""
    one = hand_in(casefile, TEXT)
    work_off(casefile, lambda: AT)
    (done,) = arrivals(casefile)
    told = casefile.folder / FOLDER / f"{one.id}.json"
    stopped = replace(done, stage=stage) if stage is Stage.READING else replace(one, stage=stage)
    told.write_text(encode(stopped), encoding="utf-8")
    if stage is not Stage.READING:
        (casefile.folder / FOLDER / f"{one.id}.bytes").write_bytes(TEXT.encode())
    work_off(casefile, lambda: AT)
    (again,) = arrivals(casefile)
    assert (again.stage, again.statements, len(kept(casefile))) == (Stage.DONE, 1, 1)


def test_two_workers_do_each_thing_once(casefile):
    """Of two that start together one works and the other returns, and every text is read."""
    for number in range(6):
        hand_in(casefile, f"{TEXT}Nota número {number}.\n")

    def work() -> None:
        with Casefile.open(casefile.folder) as own:
            work_off(own, lambda: AT)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work_off(casefile, lambda: AT)
    assert [one.outcome for one in arrivals(casefile)] == ["added"] * 6
    assert len(kept(casefile)) == 6
