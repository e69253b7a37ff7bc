"""English numbers in compounds and shares, and "one" beside another number."""

from __future__ import annotations

import pytest

from recuento.read import read_figures


def _figures(text: str) -> list[tuple[str, str | None]]:
    """The words and the counted noun of every figure."""
    return [(f.anchor.quote, f.counted.quote if f.counted else None) for f in read_figures(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Plans for a 1,500-place prison fell through.", [("1,500", "place")]),
        ("The state took over the 620-bed county jail.", [("620", "bed")]),
        ("The camp lies 90km west of Osk.", [("90", "km")]),
        ("It runs at 274% of its capacity.", [("274%", "capacity")]),
        ("She spent almost a tenth of her pension.", [("almost a tenth", "pension")]),
        ("The firm takes a 35% commission.", [("35%", "commission")]),
        ("They say 312 video calls had gone ahead.", [("312", "calls")]),
        ("She received one answer.", [("one", "answer")]),
        ("Five of the accused have fled.", [("Five", "accused")]),
        ("We count 31 graves.", [("31", "graves")]),
        ("There were “perhaps thirty” prisoners.", [("thirty", "prisoners")]),
        ("An order to shift half of the inmates was ignored.", [("half", "inmates")]),
        ("Tarn's 520 rostered posts went unfilled.", [("520", "posts")]),
        ("Two men died, one of fever and the other in a fight.", [("Two", "men"), ("one", None)]),
        ("It had put the number of dead at one.", [("one", "dead")]),
    ],
)
def test_what_counts_and_what_it_counts(text, figures):
    """A number in a compound of a facility, a share of a singular noun and "one" beside a number are figures."""
    assert _figures(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "An 18-foot wall fell.",
        "They read a 112-page report.",
        "The 16-bed clinic was closed.",
        "“He is alive,” said Marta Quiles, 52. The others wept.",
        "Temperatures passed 45 C.",
        "“I can't say that I did, no.”\n\nMr Dorn left.",
        "Her brother was number 388.",
        "They met at one.",
        "One of them, a cook from Osk, wept.",
    ],
)
def test_what_only_looks_like_a_number_of_somebody(text):
    """Lengths in compounds, ages, temperatures, an answer, labels and the pronoun "one of them" count nobody."""
    assert _figures(text) == []


def test_about_a_third_is_no_exact_third():
    """A share with "about" has the bounds of about, as whole numbers have; without it is exact."""
    about, exact = read_figures("About a third of them wept.")[0], read_figures("A third of them wept.")[0]
    assert (float(about.quantity.low), float(about.quantity.high)) == (29.33, 37.33)
    assert float(exact.quantity.low) == float(exact.quantity.high) == 33.33
