"""The worked examples run from their first cell to their last and end at the published figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[2] / "docs" / "notebooks"


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs_and_its_claims_hold(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every code cell runs in order, in the folder of the notebook; its own assertions compare with the literature."""
    monkeypatch.chdir(NOTEBOOKS)
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for number, cell in enumerate(cells):
        assert cell["outputs"] == [], "a notebook is kept without outputs"
        exec(compile("".join(cell["source"]), f"{path.name}:{number}", "exec"), names)
    assert any("assert" in line for cell in cells for line in cell["source"])
    assert capsys.readouterr().out
