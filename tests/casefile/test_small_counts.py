"""The counts of persons that editions tell: small ones never, not even by the difference of two editions."""

from datetime import UTC, date, datetime
from pathlib import Path

from recuento.casefile.casefile import Casefile
from recuento.casefile.publishing.publishing import publish

_SETTINGS = """
[casefile]
name = "Caso"
[parties.state]
es = "Estado"
[facilities.p]
name = "Penal"
[events.e]
es = "Suceso"
facilities = ["p"]
starts = 2020-01-01
ends = 2020-01-02
[[estimates]]
id = "dead"
event = "e"
es = "fallecidos"
en = "dead"
table = "overlap.csv"
methods = ["chao"]
OF_SOURCES
"""


def _casefile(folder: Path, more: str = "") -> Path:
    folder.mkdir()
    (folder / "recuento.toml").write_text(_SETTINGS.replace("OF_SOURCES", more), encoding="utf-8")
    return folder


def _page(folder: Path, only_a: int, only_b: int, both: int, day: int) -> str:
    (folder / "overlap.csv").write_text(f"a,b,count\n1,0,{only_a}\n0,1,{only_b}\n1,1,{both}\n", encoding="utf-8")
    with Casefile.open(folder) as casefile:
        publish(casefile, folder / "out", date(2024, 1, day), by="t", at=datetime(2024, 1, day, tzinfo=UTC))
    return (folder / "out/en/e/dead/index.html").read_text(encoding="utf-8")


def test_a_small_overlap_is_not_told_and_neither_is_what_gives_it_away(tmp_path: Path) -> None:
    """Three persons on both lists: the three, a list and every answer stay back, for 237 x 118 / answer is three."""
    page = _page(_casefile(tmp_path / "c"), 237, 118, 3, 1)
    assert "not told" in page and "Counts of 1 to fewer than 5 persons are not told" in page
    assert ">3<" not in page and "358" not in page
    assert "<svg" not in page[page.index('id="answers"') :] and "9,7" not in page and "9,6" not in page


def test_large_counts_are_told_whole(tmp_path: Path) -> None:
    """Nothing is hidden where no group is small."""
    page = _page(_casefile(tmp_path / "c"), 237, 118, 40, 1)
    assert "not told" not in page and "395" in page and "277" in page


def test_lists_of_sources_need_larger_groups(tmp_path: Path) -> None:
    """Eight people who spoke to the observatory are too few; eight others are enough."""
    assert "not told" not in _page(_casefile(tmp_path / "c"), 237, 118, 8, 1)
    assert "fewer than 10 persons" in _page(_casefile(tmp_path / "d", "of_sources = true"), 237, 118, 8, 1)


def test_one_person_more_waits_until_there_are_five(tmp_path: Path) -> None:
    """The next edition tells the earlier counts with their date; with enough new persons it tells the new ones."""
    folder = _casefile(tmp_path / "c")
    assert "395" in _page(folder, 237, 118, 40, 1)
    waiting = _page(folder, 238, 118, 40, 2)
    assert "396" not in waiting and "395" in waiting and "edition of 1 Jan 2024" in waiting
    later = _page(folder, 247, 118, 40, 3)
    assert "405" in later and "edition of 1 Jan 2024" not in later


def test_nothing_changes_while_the_counts_stay(tmp_path: Path) -> None:
    """The same counts in a later edition are told as they were."""
    folder = _casefile(tmp_path / "c")
    first = _page(folder, 237, 118, 3, 1)
    assert _page(folder, 237, 118, 3, 1) == first
