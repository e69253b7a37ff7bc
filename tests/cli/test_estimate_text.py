"""The estimate as printed: an illustration in words, a warning where the chains do not agree."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from recuento.balance.adjustment import Adjustment, Moved
from recuento.balance.posterior import Posterior, Sampling, TermEstimate
from recuento.casefile.events.balancing import Accounting
from recuento.casefile.events.estimating import Estimate, Weighing
from recuento.casefile.settings.settings import read_settings
from recuento.cli.estimate_text import print_estimate
from recuento.model.balance import World
from recuento.model.ledger import Ledger, Term
from recuento.values.bilingual import Bilingual

EXAMPLE = Path(__file__).parents[2] / "examples" / "tocoron"
WORLD = World("all", Bilingual(es="Todas las afirmaciones", en="All claims"), ("A", "B"))
LEDGER = Ledger((Term("population", Bilingual(es="personas recluidas", en="people held"), "population"),), ())
SEEN = TermEstimate("population", 2400, 2250, 2681, 1.01, 812.0)
POSTERIOR = Posterior((SEEN,), (("government", 0.5), ("ngo", 0.5)), (("A", "B"),), 5000, Sampling(seed=7))
ESTIMATE = Estimate(
    "e",
    WORLD,
    ("population",),
    Adjustment(100.0, (Moved("A", "population", -100),), (("population", 2500),), (("population", 2400, 2500),)),
    (Weighing(None, True, POSTERIOR), Weighing(None, False, POSTERIOR), Weighing("ngo", True, POSTERIOR)),
)


def _printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, found: Estimate, lang: str, as_json: bool
) -> str:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    settings = read_settings(EXAMPLE / "recuento.toml")
    event = settings.cast.events[0]
    print_estimate(found, Accounting("e", (), LEDGER, (), (WORLD,)), settings, event, as_json)
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("es", ("Ilustración: no es un dato", "2.400 (2.250 a 2.681)", "baja 100", "R-hat 1,01", "semilla 7", "A, B")),
        ("en", ("Illustration: not a finding", "2,400 (2,250 to 2,681)", "falls by 100", "R-hat 1.01", "seed 7")),
    ],
)
def test_the_estimate_is_told_as_an_illustration(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str, words: tuple[str, ...]
) -> None:
    """Median, interval, quality, who moves, copies and the seed are said, and that it is no finding comes first."""
    told = _printed(capsys, monkeypatch, ESTIMATE, lang, False)
    assert [word for word in words if word not in told] == []
    assert told.index(words[0]) < told.index("2")
    assert "Atención" not in told and "Warning" not in told


def test_chains_that_do_not_agree_are_warned_of(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above 1.05 the text says in words that the figures are not to be used."""
    torn = replace(POSTERIOR, terms=(replace(SEEN, r_hat=1.31),))
    found = replace(ESTIMATE, weighings=(Weighing(None, True, torn),))
    assert "las cadenas no coinciden (R-hat 1,31" in _printed(capsys, monkeypatch, found, "es", False)
    assert "the chains do not agree (R-hat 1.31" in _printed(capsys, monkeypatch, found, "en", False)


def test_json_carries_the_label(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that reads the estimate is told that it is an illustration, and gets all that it rests on."""
    plain = json.loads(_printed(capsys, monkeypatch, ESTIMATE, "es", True))
    assert plain["illustration"] is True and "no es un dato" in plain["label"]
    assert len(plain["weighings"]) == 3 and plain["weighings"][0]["posterior"]["sampling"]["seed"] == 7
