"""No planted value reaches a byte of a whole casefile's dossier, nor of the earlier editions that lie in it."""

from pathlib import Path

import pytest

from planted_casefiles import one_casefile
from planted_dossiers import Tally


@pytest.mark.parametrize("seed", [2, 3])
def test_nothing_planted_leaves_and_who_was_public_once_is_in_no_earlier_edition(tmp_path: Path, seed: int) -> None:
    """Settings, tables, a list, texts, metadata of originals: published, edited, published, retracted, published.

    Of an odd number the source is sealed, so that the vault alone knows who it is.
    """
    tally = Tally()
    one_casefile(seed, tmp_path, tally)
    assert tally.clean == 3 and tally.outed == 1, "three editions came out, and the first told who was public then"
    assert tally.earlier > 50 and not tally.leaked
