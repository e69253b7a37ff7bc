"""The commands are wired up: both languages, exit codes, JSON."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

import command_line
from recuento.balance import verify_file
from recuento.cli.main import _COMMANDS

EXAMPLE = Path(__file__).parents[2] / "examples" / "tocoron"


def recuento(*words: str, lang: str = "es_VE.UTF-8", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a language of the environment."""
    return command_line.recuento(*words, LANG=lang, LC_ALL="", **more)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example casefile, run whole."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    done = recuento("demo", str(folder))
    assert done.returncode == 0, done.stderr
    (folder.parent / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", [row[0] for row in _COMMANDS])
def test_every_command_has_help_in_both_languages(name: str) -> None:
    """The help differs between the languages and ends with 0."""
    es, en = (command_line.recuento(name, "--help", "--lang", language) for language in ("es", "en"))
    assert es.returncode == en.returncode == 0
    assert "Uso:" in es.stdout and "Usage:" in en.stdout
    assert "[OPTIONS]" not in es.stdout and "Options" not in es.stdout


def test_the_language_comes_from_the_environment() -> None:
    """LANG chooses, --lang overrules it."""
    assert "Órdenes" in recuento("--help").stdout
    assert "Commands" in recuento("--help", lang="en_GB.UTF-8").stdout
    assert "Commands" in recuento("--help", "--lang", "en").stdout


def test_exit_codes(tmp_path: Path, demo: Path) -> None:
    """2 for usage, 4 for unreadable input, 5 for no casefile, 3 for accounts that clash, 0 for done."""
    assert recuento("nothing-of-the-kind").returncode == 2
    assert recuento("compare", "-C", str(tmp_path)).returncode == 5
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    assert recuento("import", "claims", str(tmp_path / "bad.csv"), "-C", str(demo)).returncode == 4
    assert recuento("balance", "--world", "ministers", "-C", str(demo)).returncode == 3
    assert recuento("verify", "-C", str(demo)).returncode == 0


def test_errors_speak_the_language_of_the_user(tmp_path: Path) -> None:
    """The same error in Spanish and in English, on standard error, without a traceback."""
    es, en = recuento("compare", "-C", str(tmp_path)), recuento("compare", "-C", str(tmp_path), "--lang", "en")
    assert "no es un caso" in es.stderr and "is no casefile" in en.stderr
    assert not es.stdout and "Traceback" not in es.stderr + en.stderr


@pytest.mark.parametrize(
    "words",
    [("compare",), ("balance",), ("balance", "--worlds"), ("balance", "--conflicts"), ("demand",), ("read",),
     ("verify",), ("review",), ("publish",), ("run",)],
)  # fmt: skip
def test_json_is_json(demo: Path, words: tuple[str, ...]) -> None:
    """With --json every command prints one JSON value and nothing else."""
    done = recuento(*words, "--json", "-C", str(demo))
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)


def test_the_demo_prints_the_summary(demo: Path) -> None:
    """Counts, clashes, said and implied with their sums, demands with days, and where the dossier is."""
    printed = (demo.parent / "printed.txt").read_text(encoding="utf-8")
    for words in ("No cuadra", "Dicho", "Se deduce", "792", "1.889", "Exigencias sin respuesta", "días", "index.html"):
        assert words in printed, words
    assert (demo / "dossier" / "index.html").is_file()


def test_the_summary_stays_readable_in_a_narrow_terminal(demo: Path) -> None:
    """At 50 columns no line is longer, save one long word (a path)."""
    done = recuento("run", "-C", str(demo), COLUMNS="50")
    assert done.returncode == 0
    assert all(len(line) <= 50 or " " not in line.strip() for line in done.stdout.splitlines())


def test_a_second_demo_changes_nothing(demo: Path) -> None:
    """Run again on the same folder, every claim is the same and the dossier is up to date."""
    before = {p: p.read_bytes() for p in (demo / "dossier").rglob("*") if p.is_file()}
    done = recuento("demo", str(demo))
    assert done.returncode == 0 and "0 / 0 / " in done.stdout
    assert before == {p: p.read_bytes() for p in (demo / "dossier").rglob("*") if p.is_file()}


def test_a_proof_can_be_saved_and_checked_and_an_altered_one_falls(demo: Path, tmp_path: Path) -> None:
    """What `balance --proofs` writes, `balance --verify` accepts; with one number changed it refuses."""
    assert recuento("balance", "--proofs", str(tmp_path), "-C", str(demo)).returncode == 0
    path = tmp_path / "unaccounted-low.json"
    assert recuento("balance", "--verify", str(path)).returncode == 0
    path.write_text(path.read_text(encoding="utf-8").replace('"value": 792', '"value": 793'), encoding="utf-8")
    assert recuento("balance", "--verify", str(path)).returncode == 3


def test_every_published_proof_holds_by_itself(demo: Path) -> None:
    """Each proof file of the dossier passes the exact checker from what it contains, and names no speaker."""
    files = sorted((demo / "dossier" / "files").glob("*/proofs/*.json"))
    assert files
    for path in files:
        plain = json.loads(path.read_text(encoding="utf-8"))
        verify_file(plain)
        assert all("claimant" not in claim for claim in plain["claims"])


def test_the_next_question_is_told(demo: Path) -> None:
    """The terminal and the dossier say which figure would settle most: the roll, which cuts 1,000 of 1,097."""
    done = recuento("balance", "--ask", "unaccounted", "-C", str(demo))
    assert "1. personas recluidas al comienzo: estrecha al menos 1.000 de 1.097" in " ".join(done.stdout.split())
    page = (demo / "dossier" / "es" / "s" / "tocoron-2023" / "index.html").read_text(encoding="utf-8")
    assert "estrecha al menos 1.000 de 1.097" in page


def test_no_colour_where_it_is_not_wanted(demo: Path) -> None:
    """Output to a file, or with NO_COLOR, has no escape codes."""
    assert "\x1b" not in recuento("run", "-C", str(demo), NO_COLOR="1").stdout
