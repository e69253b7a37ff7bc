"""A control differs from what was decided in one field that a person can see, and noting it changes nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import AT, SETTINGS
from recuento.casefile.casefile import Casefile
from recuento.casefile.review.controls import Altered, control_of, is_caught, note_control, watch_of
from recuento.casefile.review.reviewing import reviews
from recuento.errors import FaultsFound
from recuento.model.measure import standard_vocabulary
from recuento.read import read

TEXT = (
    "La directora del penal, Elena Ruiz Prado, aseguró que 371 internos fueron trasladados y que 12 murieron. "
    "El observatorio negó que hubiera muertos. Según vecinos, al menos 40 internos se fugaron."
)
STATEMENTS = read(TEXT)
VOCABULARY = standard_vocabulary()


@given(st.sampled_from(STATEMENTS), st.integers(0, 2**30))
def test_one_field_differs_and_the_words_do_not(right, seed):
    """Whatever the seed, a control reads the same words, differs in the field it names, and is the same again."""
    control = control_of(right, STATEMENTS, VOCABULARY, seed)
    assert control is not None
    assert control == control_of(right, STATEMENTS, VOCABULARY, seed)
    assert (control.shown.content, control.right) == (right.content, right)
    differing = {
        Altered.STANCE: control.shown.mode != right.mode,
        Altered.SPEAKER: control.shown.speaker != right.speaker,
        Altered.QUANTITY: [f.quantity for f in control.shown.figures] != [f.quantity for f in right.figures],
        Altered.MEASURE: [f.measure for f in control.shown.figures] != [f.measure for f in right.figures],
    }
    assert [field for field, differs in differing.items() if differs] == [control.altered]


@given(st.sampled_from(STATEMENTS), st.integers(0, 2**30))
def test_only_who_looked_at_the_field_caught_it(right, seed):
    """Confirming it as shown misses it, changing another field misses it; the right answer, or refusing, catches it."""
    control = control_of(right, STATEMENTS, VOCABULARY, seed)
    assert control is not None
    assert not is_caught(control, control.shown)
    assert is_caught(control, right) and is_caught(control, None)
    if control.altered is not Altered.SPEAKER:
        assert not is_caught(control, replace(control.shown, speaker=replace(right.speaker, name="Otra")))


def test_every_field_is_altered_sometimes():
    """Nobody can learn to look at one field alone."""
    found = {
        control.altered
        for right in STATEMENTS
        for seed in range(60)
        if (control := control_of(right, STATEMENTS, VOCABULARY, seed)) is not None
    }
    assert found == set(Altered)


def test_noting_a_control_decides_nothing_on_the_statement(tmp_path: Path):
    """The tally is by person; what stands on the statements stays as it was."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "recuento.toml").write_text(SETTINGS, encoding="utf-8")
    with Casefile.open(case) as casefile:
        before = reviews(casefile)
        for by, caught in (("ana", True), ("ana", False), ("luis", True)):
            note_control(casefile, "statement:ab:0-5", Altered.STANCE, caught, by=by, at=AT)
        after = reviews(casefile)
        assert (after.confirmed, after.rejected, after.corrected) == (before.confirmed, before.rejected, {})
        assert [(watch_of(casefile, by).shown, watch_of(casefile, by).caught) for by in ("ana", "luis", "eva")] == [
            (2, 1),
            (1, 1),
            (0, 0),
        ]


@pytest.mark.parametrize("wrong", ["controls_every = -1", 'controls_every = "x"', "controls = 3"])
def test_a_wrong_setting_is_named(tmp_path: Path, wrong: str):
    """What is no setting of the review is told with its table."""
    (tmp_path / "recuento.toml").write_text(f"{SETTINGS}\n[review]\n{wrong}\n", encoding="utf-8")
    with pytest.raises(FaultsFound, match="review"):
        Casefile.open(tmp_path)
