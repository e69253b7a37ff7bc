"""Estimates of a casefile: asked for in recuento.toml, kept while inputs stay, told on a page of their own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from recuento.casefile.casefile import Casefile
from recuento.casefile.people.uncounted import estimate_what_changed, estimations_of
from recuento.casefile.running import run
from recuento.errors import FaultsFound

SETTINGS = """
[casefile]
name = "Observatorio de prueba"
[parties.state]
es = "Estado"
en = "State"
[facilities.laguna]
name = "Centro La Laguna"
[events.toma]
es = "Toma del centro"
en = "Takeover of the centre"
facilities = ["laguna"]
starts = 2024-05-01
ends = 2024-05-02
[[estimates]]
id = "missing"
event = "toma"
es = "Personas trasladadas sin registro"
en = "People transferred without record"
table = "overlap.csv"
methods = ["chao", "sample-coverage"]
"""
TABLE = """familiares,corte,hospital,count
1,0,0,60
0,1,0,50
0,0,1,55
1,1,0,20
1,0,1,22
0,1,1,18
1,1,1,9
"""
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


def _casefile(folder: Path, settings: str = SETTINGS, table: str = TABLE) -> Casefile:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "recuento.toml").write_text(settings, encoding="utf-8")
    (folder / "overlap.csv").write_text(table, encoding="utf-8")
    return Casefile.open(folder)


def _pages(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((folder / "dossier").rglob("*.html")))


def test_an_estimate_gets_a_page_of_its_own_in_both_languages(tmp_path: Path) -> None:
    """The event leads to the estimate; the estimate has intervals, limits, a picture, and no list is named."""
    with _casefile(tmp_path / "case") as casefile:
        done = run(casefile, by="tester", at=NOW, edition=date(2024, 6, 1))
    assert [step.step for step in done] == ["preserve", "read", "compare", "estimate", "publish"]
    for page, words in (("es/e/missing", "no puede saber"), ("en/e/missing", "cannot know")):
        text = (tmp_path / "case" / "dossier" / page / "index.html").read_text(encoding="utf-8")
        assert words in text and "<svg" in text and "234" in text
    event = (tmp_path / "case" / "dossier" / "es" / "s" / "toma" / "index.html").read_text(encoding="utf-8")
    assert "../../e/missing/index.html" in event
    assert "familiares" not in _pages(tmp_path / "case")


def test_lists_are_named_where_the_casefile_lets_them_out(tmp_path: Path) -> None:
    """With lists_public the names of the lists stand on the page."""
    with _casefile(tmp_path / "case", SETTINGS + "lists_public = true\n") as casefile:
        run(casefile, by="tester", at=NOW, edition=date(2024, 6, 1))
    assert "Familiares" in _pages(tmp_path / "case")


def test_only_what_changed_is_estimated_again(tmp_path: Path) -> None:
    """The same table is not estimated twice; one more person makes it anew."""
    with _casefile(tmp_path / "case") as casefile:
        assert estimate_what_changed(casefile) == (1, 1)
        assert estimate_what_changed(casefile) == (0, 1)
        before = estimations_of(casefile)
        (casefile.folder / "overlap.csv").write_text(TABLE.replace("1,1,1,9", "1,1,1,10"), encoding="utf-8")
        assert estimate_what_changed(casefile) == (1, 1)
        assert estimations_of(casefile)[0].observed == before[0].observed + 1


@pytest.mark.parametrize(
    ("settings", "table", "word"),
    [
        (SETTINGS.replace("overlap.csv", "../overlap.csv"), TABLE, "outside the casefile"),
        (SETTINGS.replace("overlap.csv", "none.csv"), TABLE, "cannot be read"),
        (SETTINGS.replace('"chao"', '"magic"'), TABLE, "there is no method"),
        (SETTINGS, "a,b,c,count\n1,2,0,3\n1,1,0,3\n", "line 2"),
    ],
)
def test_what_cannot_be_estimated_is_refused_with_its_place(
    tmp_path: Path, settings: str, table: str, word: str
) -> None:
    """A wrong path, method or table stops before anything is kept, and says where."""
    with _casefile(tmp_path / "case", settings, table) as casefile:
        with pytest.raises(FaultsFound, match=word):
            estimate_what_changed(casefile)
        assert estimations_of(casefile) == ()


def test_settings_name_their_faults(tmp_path: Path) -> None:
    """An unknown event and a doubled id are told together."""
    wrong = SETTINGS.replace('event = "toma"', 'event = "otra"') + SETTINGS[SETTINGS.index("[[estimates]]") :]
    with pytest.raises(FaultsFound) as caught:
        _casefile(tmp_path / "case", wrong)
    assert "otra" in caught.value.en and "there twice" in caught.value.en
