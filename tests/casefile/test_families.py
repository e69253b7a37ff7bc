"""Families of a casefile's documents, and what people decide of them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import command_line
from invented import AT, NOTE
from recuento.casefile.casefile import Casefile
from recuento.casefile.documents.preserving import preserve
from recuento.casefile.reading.families import document_called, families_of, join, pairings, split, undo
from recuento.errors import InvalidValue
from recuento.model.family import CopyReason, Family

COPY = "Última hora.\n\n" + NOTE.replace("371", "317")
OTHER = "Nada que ver: hoy llovió en Lares y la feria del libro abrió con retraso por culpa del barro en los caminos."


@pytest.fixture
def with_copies(casefile: Casefile, tmp_path: Path) -> Casefile:
    """The invented casefile with a note, a copy of it in which a figure drifted, and a text of another matter."""
    for name, text in (("note.txt", NOTE), ("copy.txt", COPY), ("other.txt", OTHER)):
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    preserve(casefile, [tmp_path / "in"], by="L. P.", at=AT)
    return casefile


def shas(casefile: Casefile) -> tuple[str, str, str]:
    """The documents note, copy and other."""
    note, copy, other = (document_called(casefile, name).sha256 for name in ("note.txt", "copy.txt", "other.txt"))
    return note, copy, other


def together(found: tuple[Family, ...]) -> list[set[str]]:
    """Which documents are in one family."""
    return [set(family.documents) for family in found]


def test_the_families_of_a_casefile_name_what_drifted(with_copies: Casefile) -> None:
    """The copy is found, and the figure that changed in it is shown."""
    note, copy, _ = shas(with_copies)
    (family,) = families_of(with_copies)
    assert set(family.documents) == {note, copy}
    (difference,) = family.differences
    assert {difference.here.quote, difference.there.quote} == {"371", "317"}


def test_decisions_stand_until_they_are_taken_back(with_copies: Casefile) -> None:
    """Splitting parts a family, joining makes one, and undoing each brings back what was before; nothing is erased."""
    note, copy, other = shas(with_copies)
    parted = split(with_copies, note, copy, by="L. P.", at=AT, why="otra fuente")
    assert families_of(with_copies) == ()
    joined = join(with_copies, note, other, by="L. P.", at=AT)
    (family,) = families_of(with_copies)
    assert together((family,)) == [{note, other}] and family.certain
    assert CopyReason.JOINED in {member.reason for member in family.members}
    undo(with_copies, parted.id, by="L. P.", at=AT)
    assert together(families_of(with_copies)) == [{note, copy, other}]
    undo(with_copies, joined.id, by="L. P.", at=AT)
    assert together(families_of(with_copies)) == [{note, copy}]
    assert pairings(with_copies).decisions == ()


def test_the_last_decision_on_a_pair_stands(with_copies: Casefile) -> None:
    """Whoever joins what was split has the last word, and the other way round; the order of the two is irrelevant."""
    note, copy, _ = shas(with_copies)
    split(with_copies, note, copy, by="L. P.", at=AT)
    join(with_copies, copy, note, by="M. R.", at=AT)
    assert together(families_of(with_copies)) == [{note, copy}]
    assert [decision.by for decision in pairings(with_copies).decisions] == ["M. R."]


def test_what_contradicts_an_earlier_decision_is_refused(with_copies: Casefile) -> None:
    """A join that brings a split pair together by way of a third is refused, and so is the split, with a way out."""
    note, copy, other = shas(with_copies)
    first = join(with_copies, note, other, by="L. P.", at=AT)
    parted = split(with_copies, note, copy, by="L. P.", at=AT)
    with pytest.raises(InvalidValue, match=f"--undo {parted.id}"):
        join(with_copies, copy, other, by="L. P.", at=AT)
    undo(with_copies, parted.id, by="L. P.", at=AT)
    join(with_copies, copy, other, by="L. P.", at=AT)
    with pytest.raises(InvalidValue, match="--undo"):
        split(with_copies, note, copy, by="L. P.", at=AT)
    undo(with_copies, first.id, by="L. P.", at=AT)
    split(with_copies, note, copy, by="L. P.", at=AT)
    assert together(families_of(with_copies)) == [{copy, other}]


def test_what_is_not_there_is_refused(with_copies: Casefile) -> None:
    """A document that is not there, one document twice and a decision that does not stand are refused."""
    note, _, _ = shas(with_copies)
    with pytest.raises(InvalidValue):
        document_called(with_copies, "nothing.txt")
    with pytest.raises(InvalidValue):
        join(with_copies, note, note, by="L. P.", at=AT)
    with pytest.raises(InvalidValue):
        undo(with_copies, 99, by="L. P.", at=AT)


def test_the_command_shows_and_decides(with_copies: Casefile) -> None:
    """`recuento copies` prints the family and its differences in both languages, and notes a split."""
    with_copies.close()

    def recuento(*words: str) -> subprocess.CompletedProcess[str]:
        return command_line.recuento("copies", "-C", str(with_copies.folder), *words)

    spanish, english = recuento("--lang", "es"), recuento("--lang", "en")
    assert "Diferencias" in spanish.stdout and "«371»" in spanish.stdout and "una fuente" in spanish.stdout
    assert "Differences" in english.stdout and "one source" in english.stdout
    assert '"differences"' in recuento("--json").stdout
    done = recuento("--split", "note.txt", "copy.txt", "--why", "otra fuente", "--lang", "es")
    assert done.returncode == 0 and "decisión" in done.stderr and "otra fuente" in done.stdout
    assert "Ningún documento" in done.stdout
    assert recuento("--split", "note.txt", "nothing.txt").returncode == 4
    assert recuento("--split", "note.txt", "copy.txt", "--undo", "1").returncode == 2
