"""The invented casefile served, for every test of this room; skipped where the extra `serve` is not installed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from served_casefile import CLEAN, DOUBTFUL, Client, entered, make_casefile, serving
from team_site import Team, make_team

from recuento.casefile.casefile import Casefile

pytest.importorskip("django", reason="the extra serve is not installed")
pytest.importorskip("waitress", reason="the extra serve is not installed")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented casefile, read once and copied for each test."""
    return make_casefile(tmp_path_factory.mktemp("prepared"), {"clara": CLEAN, "dudosa": DOUBTFUL})


@pytest.fixture
def served(prepared: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A casefile of the test's own, served: its folder and the address with the token."""
    case = Path(shutil.copytree(prepared, tmp_path / "case"))
    with serving(case) as address:
        yield case, address


@pytest.fixture
def client(served: tuple[Path, str]) -> Client:
    """A client that was let in."""
    return entered(served[1])


@pytest.fixture
def opened(served: tuple[Path, str]) -> Iterator[Callable[[], Casefile]]:
    """Opens the served casefile beside the server, as another program would."""
    casefiles: list[Casefile] = []

    def open_again() -> Casefile:
        casefiles.append(Casefile.open(served[0]))
        return casefiles[-1]

    yield open_again
    for casefile in casefiles:
        casefile.close()


@pytest.fixture(scope="session")
def team(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """The workbench of a team, in this process; every test of the session shares it and its members."""
    made = make_team(Path(shutil.copytree(prepared, tmp_path_factory.mktemp("team") / "case")))
    yield made
    made.desk.casefile.close()
