"""The command that estimates: a table in, methods side by side out, in two languages, with clear refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import recuento

TABLE = """place,a,b,c,count
n,1,0,0,60
n,0,1,0,50
n,0,0,1,55
n,1,1,0,20
n,1,0,1,22
n,0,1,1,18
n,1,1,1,9
s,1,0,0,40
s,0,1,0,45
s,0,0,1,35
s,1,1,0,14
s,1,0,1,12
s,0,1,1,13
s,1,1,1,6
"""


def _run(arguments: list[str]) -> tuple[int, str, str]:
    done = recuento(*arguments)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small table of three lists in two places."""
    path = tmp_path / "lists.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["es", "en"])
def test_methods_stand_side_by_side_with_what_cannot_be_known(language: str, table: Path) -> None:
    """Two methods, two intervals, and the sentence that no list can test, in either language."""
    code, out, _ = _run(["--lang", language, "estimate", str(table), "-m", "chao", "-m", "sample-coverage"])
    assert code == 0
    assert ("no puede saber" if language == "es" else "cannot know") in " ".join(out.split())
    assert ("399 personas" if language == "es" else "399 people") in " ".join(out.split())
    assert "≥" in out


def test_json_and_chart_are_written(table: Path, tmp_path: Path) -> None:
    """Programs get everything as JSON, and the picture is a file."""
    picture = tmp_path / "chart.svg"
    code, out, _ = _run(["estimate", str(table), "-m", "chao", "--json", "--svg", str(picture)])
    held = json.loads(out)
    assert code == 0
    assert held["estimates"][0]["observed"] == 399
    assert held["estimates"][0]["only_a_bound"] is True
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_strata_have_a_total(table: Path) -> None:
    """By place, both places and the total are printed."""
    code, out, _ = _run(["--lang", "en", "estimate", str(table), "-m", "chao", "--by", "place"])
    assert code == 0
    assert [word for word in ("n ", "s ", "TOTAL") if word not in out] == []


def test_a_wrong_table_names_file_and_line(tmp_path: Path) -> None:
    """All faults at once, with the file and the lines, and the code for unreadable input."""
    path = tmp_path / "wrong.csv"
    path.write_text("a,b,c,count\n1,0,2,4\n0,0,0,3\n", encoding="utf-8")
    code, _, err = _run(["--lang", "en", "estimate", str(path)])
    assert code == 4
    assert "wrong.csv: 2 faults" in err and "line 2" in err and "line 3" in err


def test_a_method_that_cannot_answer_says_why(tmp_path: Path) -> None:
    """Two lists and a method that needs three: refused in words, no figure, and the code for a failed check."""
    path = tmp_path / "two.csv"
    path.write_text("a,b,count\n1,0,40\n0,1,30\n1,1,12\n", encoding="utf-8")
    code, out, _ = _run(["--lang", "en", "estimate", str(path), "-m", "sample-coverage"])
    assert code == 3
    assert "No estimate" in out


def test_power_asks_for_more_lists(table: Path) -> None:
    """The question of how many more lists are needed is answered from simulated populations like this one."""
    code, out, _ = _run(["--lang", "en", "estimate", str(table), "-m", "chao", "--power", "0.9"])
    assert code == 0
    assert "simulated populations" in " ".join(out.split())
