"""After anything may have happened to a casefile, no byte it left holds what was sealed, in any encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from sealing_actions import forms, hits, image_after


def test_no_byte_of_the_folder_holds_what_was_sealed(tmp_path: Path) -> None:
    """Sixty actions by chance, then every file of the folder, of the vault, of the database and its log is searched."""
    assert image_after(tmp_path / "case", 60, seed=7) == []


@pytest.mark.parametrize("sabotage", ["details", "traces"])
def test_the_search_finds_planted_mistakes(tmp_path: Path, sabotage: str) -> None:
    """A value in a line of the log, or a list whose rows were deleted without zeroing: each is found."""
    assert image_after(tmp_path / "case", 4, seed=3, sabotage=sabotage) != []


def test_every_form_is_one_that_the_search_sees(tmp_path: Path) -> None:
    """Each form of a value, written into a file between other bytes, is a hit."""
    for number, form in enumerate(forms("Ubaldina Quiñongo 123456789")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "file").write_bytes(b"\x00before " + form + b" after")
        assert hits(folder, ["Ubaldina Quiñongo 123456789"]) == ["file"]
