"""What is said and drawn of an estimate: never a bare point, in both languages, with what cannot be known."""

from __future__ import annotations

import json
import math
import xml.etree.ElementTree as ElementTree
from functools import partial

import numpy as np
import pytest

from recuento.errors import InvalidValue
from recuento.estimate.caution import Caution
from recuento.estimate.chart import side_by_side_chart
from recuento.estimate.methods import METHODS
from recuento.estimate.populations import Population, coverage, lists_needed, simulate
from recuento.estimate.report import INTERVALS_ES, quotable
from recuento.estimate.result import Estimate, WeightedModel
from recuento.estimate.spread import Draws, Limits, Posterior, Spread
from recuento.estimate.table import CaptureTable
from recuento.estimate.variations import sensitivity, sensitivity_cautions
from recuento.values.bilingual import LANGUAGES, Bilingual, Language


def _estimate(spread: Spread, **more: object) -> Estimate:
    words = Bilingual(es="Método de prueba", en="Method of a test")
    held: dict[str, object] = {
        "method": "test",
        "title": words,
        "lists": ("a", "b", "c"),
        "observed": 4400,
        "point": 10356.5,
        "point_kind": Bilingual(es="mediana", en="median"),
        "spread": spread,
        "assumptions": (Bilingual(es="nadie entra ni sale", en="nobody comes or goes"),),
        "models": (WeightedModel("[12,3]", 0.5, 10_000.0, 203.0),),
        "settings": {"delta": 0.5},
        "seed": 3,
    }
    return Estimate(**{**held, **more})  # type: ignore[arg-type]


POSTERIOR = Posterior(np.arange(9000, 12000), np.full(3000, 1 / 3000))
OPEN = Limits(lambda level: (5000.0, math.inf), 9000.0, "profile likelihood")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spread", [POSTERIOR, OPEN, Draws(np.linspace(9000, 12000, 400).reshape(4, 100))])
def test_a_report_has_the_interval_and_what_cannot_be_known(language: Language, spread: Spread) -> None:
    """Each report gives the interval, the people seen, the assumption, and the sentence on what no list can tell."""
    text = _estimate(spread).report(language)
    assert ("4.400" if language == "es" else "4,400") in text
    assert ("no puede saber" if language == "es" else "cannot know") in text
    assert ("nadie entra ni sale" if language == "es" else "nobody comes or goes") in text
    assert ("intervalo" if language == "es" else "interval") in text


def test_a_figure_that_must_not_be_reported_is_not_in_the_sentence() -> None:
    """Where a caution forbids it, the sentence to quote has the people seen and no estimate."""
    grave = Caution("chains_apart", "do not report", Bilingual(es="x", en="x"))
    for language, point in (("es", "10.35"), ("en", "10,35")):
        words = quotable(_estimate(POSTERIOR, cautions=(grave,)), language)  # type: ignore[arg-type]
        assert point not in words


def test_json_has_no_infinity_and_is_read_back() -> None:
    """An open end is written as null, and the text is JSON everywhere."""
    held = json.loads(_estimate(OPEN).to_json())
    assert held["intervals"][0]["high"] is None
    assert held["observed"] == 4400


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_is_svg_with_title_description_and_no_style(language: Language) -> None:
    """The picture can be heard, stands alone, and needs no style that a strict policy would refuse."""
    drawn = side_by_side_chart(
        [_estimate(POSTERIOR), _estimate(OPEN), _estimate(POSTERIOR, only_a_bound=True)], language
    )
    root = ElementTree.fromstring(drawn)
    tags = [child.tag.rsplit("}", 1)[-1] for child in root]
    assert tags[:2] == ["title", "desc"]
    assert "style" not in drawn and "nan" not in drawn and "inf" not in drawn
    assert "<polygon" in _estimate(POSTERIOR).plot(language)


def test_levels_beyond_reason_are_refused() -> None:
    """An interval of 0 % or 100 % is an error in words, and confidence limits have no shortest interval."""
    for level in (0.0, 1.0, -0.2, 1.5):
        with pytest.raises(InvalidValue):
            _estimate(POSTERIOR).interval(level)
    with pytest.raises(InvalidValue):
        _estimate(OPEN).interval(0.9, "hpd")


def _petersen(table: CaptureTable, plus: float = 1.0) -> Estimate:
    """Chapman's estimate from the first two lists with normal limits: plain, for testing what surrounds a method."""
    a, b = float(table.list_sizes[0]), float(table.list_sizes[1])
    m = float(table.overlaps[0, 1])
    n = (a + plus) * (b + plus) / (m + plus) - plus
    sd = math.sqrt((a + 1) * (b + 1) * (a - m) * (b - m) / ((m + 1) ** 2 * (m + 2)))
    draws = np.random.default_rng(0).normal(n, max(sd, 1e-9), 4000)
    return _estimate(Draws(draws), observed=table.people, point=n, lists=table.lists)


def test_simulated_coverage_of_a_sound_method_is_what_it_says() -> None:
    """Chapman's interval over independent lists holds the truth about as often as it says."""
    fared = coverage(_petersen, Population(1000, (0.4, 0.5)), tables=200)
    assert 0.9 <= fared.held <= 0.99
    assert abs(fared.bias) < 0.02


def test_heterogeneity_makes_two_lists_count_too_few() -> None:
    """The textbook failure shows: people who differ are undercounted and the interval seldom holds."""
    fared = coverage(_petersen, Population(2000, (0.3, 0.3), heterogeneity=1.5), tables=60)
    assert fared.bias < -0.1
    assert fared.held < 0.3


def test_simulated_lists_have_the_coverage_asked_for() -> None:
    """Heterogeneity and dependence change who is found, not how many a list has."""
    population = Population(40_000, (0.1, 0.3, 0.2), heterogeneity=1.0, dependence={(0, 1): 1.5})
    sizes = simulate(population, np.random.default_rng(3)).list_sizes / 40_000
    assert sizes == pytest.approx([0.1, 0.3, 0.2], abs=0.01)


def test_more_lists_are_asked_for_until_the_interval_is_narrow() -> None:
    """The question of power ends at the first number of lists whose width does, or says that none does."""
    wide, tried = lists_needed(_petersen, Population(500, (0.2, 0.2)), width=0.01, lists_max=3, tables=5)
    assert wide is None and [row.lists for row in tried] == [2, 3]
    enough, _ = lists_needed(_petersen, Population(500, (0.9, 0.9)), width=0.5, tables=5)
    assert enough == 2


def test_one_person_who_decides_is_told() -> None:
    """With two people on both lists, one more or less moves the result by far; that is a warning."""
    table = CaptureTable.from_patterns([[1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1]], [30, 40, 2, 10])
    rows = sensitivity(table, partial(_petersen, plus=0.5), settings=[{"plus": 1.0}])
    assert rows[0].kind == "as it is"
    assert {row.kind for row in rows} == {"as it is", "setting", "one more person", "one person less"}
    assert "one_person_decides" in {caution.code for caution in sensitivity_cautions(rows)}


def test_every_kind_of_interval_has_a_spanish_name() -> None:
    """Whatever method and number of lists, the report in Spanish names its interval in Spanish."""
    rng = np.random.default_rng(8)
    three = simulate(Population(600, (0.3, 0.35, 0.4)), rng)
    two = three.only("L1", "L2")
    short = {
        "stepwise": {"replicates": 100},
        "bic-bootstrap": {"replicates": 100},
        "latent-bic": {"replicates": 50},
        "lcmcr": {"draws": 200, "warm_up": 200},
    }
    for method in METHODS:
        table = two if method.lists_max == 2 else three
        assert method(table, **short.get(method.name, {})).spread.kind in INTERVALS_ES, method.name


def test_arviz_and_pandas_read_a_result() -> None:
    """What ArviZ is given has chains, draws, N and n0 = N - n; the frame has a row a level."""
    arviz = pytest.importorskip("arviz")
    pytest.importorskip("pandas")
    values = np.random.default_rng(1).normal(9000, 100, (4, 250))
    estimate = _estimate(Draws(values))
    held = estimate.to_inference_data()
    assert held.posterior["N"].shape == (4, 250)
    assert float(arviz.summary(held, var_names=["N"])["mean"].iloc[0]) == pytest.approx(values.mean(), rel=1e-3)
    assert np.allclose(held.posterior["n0"], values - 4400)
    frame = estimate.to_frame()
    assert list(frame["level"]) == [0.5, 0.8, 0.9, 0.95]
    assert (frame["low"] <= frame["point"]).all()
