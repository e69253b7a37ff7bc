"""A small invented casefile in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from invented import CLAIMS, NOTE, SETTINGS
from recuento.casefile.casefile import Casefile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the settings of the invented casefile, a claims file and two notes."""
    made = tmp_path / "case"
    made.mkdir()
    (made / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "one.txt").write_text(NOTE, encoding="utf-8")
    (notes / "two.txt").write_text("Nada sobre ningún suceso.", encoding="utf-8")
    (tmp_path / "documents.csv").write_text(
        "file,title,outlet,published,url,obtained_by,obtained_at\n"
        "notes/one.txt,Nota,Radio Lares,2031-03-24,https://example.invalid/1,L. P.,2031-03-25T08:00:00Z\n",
        encoding="utf-8",
    )
    return made


@pytest.fixture
def casefile(folder: Path) -> Iterator[Casefile]:
    """The invented casefile, open."""
    with Casefile.open(folder) as opened:
        yield opened
