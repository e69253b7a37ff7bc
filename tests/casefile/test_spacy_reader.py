"""A spaCy pipeline named in recuento.toml, asked over the texts of a real casefile."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import command_line
from recuento.casefile.settings.settings import read_settings
from recuento.errors import FaultsFound

SETTINGS = (
    '[casefile]\nname = "Prueba"\nlanguages = ["es"]\n\n[[reader]]\nname = "rules"\npipeline = "pipelines/rules"\n'
)
TEXT = "Faltan 14 camas: tal es la queja de la vocera. El juez no contestó."


def recuento(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in that folder."""
    return command_line.recuento(*words, folder=folder, LANG="en_US.UTF-8", LC_ALL="")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A casefile with one text, and the settings of a pipeline that may or may not be there."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    done = recuento(tmp_path, "preserve", "notes")
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_a_pipeline_in_the_casefile_adds_what_our_rules_do_not_read(case: Path) -> None:
    """The folder is found beside recuento.toml; its statement is kept, names the reader and stands in the text."""
    spacy = pytest.importorskip("spacy", reason="needs the extra recuento[spacy]")
    nlp = spacy.blank("es")
    nlp.add_pipe("span_ruler", config={"spans_key": "statements"}).add_patterns(
        [{"label": "CONTENT", "pattern": "Faltan 14 camas"}, {"label": "SPEAKER", "pattern": "la vocera"}]
    )
    (case / "pipelines").mkdir()
    nlp.to_disk(case / "pipelines" / "rules")
    done = recuento(case, "read", "--reader", "rules", "--json")
    assert done.returncode == 0, done.stderr
    assert '"reader": "rules"' in done.stdout
    assert "Faltan 14 camas" in done.stdout


def test_a_pipeline_that_is_not_there_is_told(case: Path) -> None:
    """Without the folder, or without spaCy, the command says what is missing and how to get it."""
    done = recuento(case, "read", "--reader", "rules")
    assert done.returncode != 0
    assert "pipelines/rules" in done.stderr or "recuento[spacy]" in done.stderr


def test_a_reader_is_behind_an_address_or_a_pipeline_and_not_both(tmp_path: Path) -> None:
    """What does not go together is a fault of the table."""
    path = tmp_path / "recuento.toml"
    path.write_text(SETTINGS + 'address = "http://127.0.0.1:1/v1"\n', encoding="utf-8")
    with pytest.raises(FaultsFound, match="address"):
        read_settings(path)
