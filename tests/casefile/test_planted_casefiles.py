"""No planted value reaches a byte of a whole casefile's dossier, nor of the earlier editions that lie in it."""

from pathlib import Path

from planted_casefiles import one_casefile
from planted_dossiers import Tally


def test_nothing_planted_leaves_and_who_was_public_once_is_in_no_earlier_edition(tmp_path: Path) -> None:
    """Settings, tables, a list, texts, metadata of originals: published, edited, published, retracted, published."""
    tally = Tally()
    one_casefile(3, tmp_path, tally)
    assert tally.clean == 3 and tally.outed == 1, "three editions came out, and the first told who was public then"
    assert tally.earlier > 50 and not tally.leaked
