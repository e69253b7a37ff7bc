"""`recuento copy`: a casefile on a server answers every command as the one on the laptop does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

import command_line
from postgres_server import server_or_skip


def recuento(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in Spanish."""
    return command_line.recuento(*words, "--lang", "es", **more)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example casefile, run whole."""
    folder = tmp_path_factory.mktemp("laptop") / "demo"
    assert recuento("demo", str(folder)).returncode == 0
    return folder


@pytest.fixture(scope="module")
def team(demo: Path) -> Path:
    """Its copy on a server, made by the command."""
    server = server_or_skip()
    folder = demo.parent / "team"
    done = recuento("copy", str(demo), str(folder), "--server", server.address(server.new_database()))
    assert done.returncode == 0, done.stderr
    assert "todo es igual en las dos partes" in " ".join(done.stdout.split())
    return folder


@pytest.mark.parametrize(
    "words",
    [("compare",), ("balance",), ("balance", "--worlds"), ("demand",), ("read",), ("verify",), ("review",)],
)
def test_both_stores_answer_alike(demo: Path, team: Path, words: tuple[str, ...]) -> None:
    """The same question to both casefiles prints the same JSON."""
    one, other = (recuento(*words, "--json", "-C", str(folder)) for folder in (demo, team))
    assert (one.returncode, other.returncode) == (0, 0), other.stderr
    assert one.stdout.replace(str(demo), "") == other.stdout.replace(str(team), "")
    json.loads(one.stdout)


def test_the_work_goes_on_at_the_server_and_comes_back(demo: Path, team: Path) -> None:
    """What is confirmed on the server is there after the way back to a file; a full folder is refused with 5."""
    assert recuento("review", "--confirm-all", "-C", str(team)).returncode == 0
    done = recuento("copy", str(team), str(demo.parent / "back"), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["originals"] == 16 and told["tables"]["decisions"]["rows"] > 0
    assert json.loads(recuento("review", "--json", "-C", str(demo.parent / "back")).stdout) == []
    again = recuento("copy", str(team), str(demo.parent / "back"))
    assert again.returncode == 5 and "no está vacía" in again.stderr and "Traceback" not in again.stderr


def test_a_wrong_address_is_told_in_words(demo: Path, tmp_path: Path) -> None:
    """4 for what is no address, 5 for a server that is not there; nothing is made."""
    target = tmp_path / "new"
    assert recuento("copy", str(demo), str(target), "--server", "mysql://x").returncode == 4
    nobody = recuento("copy", str(demo), str(target), "--server", f"postgresql://ana@/casa?host={tmp_path}")
    assert nobody.returncode == 5 and "no responde ningún servidor" in nobody.stderr
    assert not target.exists()
