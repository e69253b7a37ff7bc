"""What holds of every text whatever it says: nothing raises, every anchor stands, the same text reads the same."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recuento.model.statement import Statement
from recuento.read import explain, read, read_figures
from recuento.values.partial_date import PartialDate

HERE = Path(__file__).parent
PUBLISHED = PartialDate(2023, 9, 20)
NOTES = (
    "El ministro Pérez aseguró este lunes que «los 1.600 internos» fueron trasladados y que 88 miembros de la banda "
    "fueron recapturados, según un comunicado. El Observatorio, citando a familiares, dijo que al menos 11 reclusos "
    "habrían muerto y exigió al Gobierno la lista de los trasladados.",
    "“We have no list,” the coordinator, Ana Rojas, told reporters on Tuesday. “Nobody says how many escaped.” The "
    "ministry denied that 400 inmates had escaped and promised to publish a report; it is rumoured that dozens fled.",
    "—No hubo muertos —dijo el alcaide—. ¿Heridos? Tres.\n\n"
    "The tunnel is long. — Luis Mora (@lmora) May 2, 2023\n\n- 40 %",
)
PIECES = [
    "dijo", "que", "said", "that", "“", "”", "«", "»", "\"", "'", "’", "—", "-", ",", ".", ";", ":", "(", ")",
    "\n", "\n\n", "\r\n", "según", "according", "to", "el", "the", "ministro", "NGO", "(OVP)", "1.600",
    "11,000", "entre", "y", "and", "presos", "escaped", "no", "ni", "uno", "@ana", "https://t.co/x", "20", "de",
    "enero", "2023", "hace", "dos", "%", "🔥", "e\u0301", "\u00a0", "\u202f", "\u2028", "…", "...", "he",
    "quien", "who", "exigió", "al", "Gobierno", "asked", "como", "as",
]  # fmt: skip


def check(text: str) -> list[Statement]:
    """Read a text and make sure of all that must hold of any."""
    statements = read(text, published=PUBLISHED)
    ids = {statement.id for statement in statements}
    assert len(ids) == len(statements)
    for statement in statements:
        assert statement.parent is None or statement.parent in ids
        assert statement.id.rpartition(".")[0] == (statement.parent or "")
        assert all(anchor.stands_on(text) for anchor in statement.anchors())
        assert 0 < statement.confidence < 1
    return statements


def mutated(rng: random.Random) -> str:
    """A note with some of its characters dropped, doubled, swapped or replaced."""
    characters = list(rng.choice(NOTES))
    for _ in range(rng.randint(1, 12)):
        place = rng.randrange(len(characters))
        act = rng.randrange(4)
        if act == 0:
            del characters[place : place + rng.randint(1, 20)]
        elif act == 1:
            characters[place:place] = rng.choice(PIECES)
        elif act == 2:
            characters[place : place + 1] = rng.choice(PIECES)
        else:
            other = rng.randrange(len(characters))
            characters[place : place + 15], characters[other : other + 15] = (
                characters[other : other + 15],
                characters[place : place + 15],
            )
        characters = characters or ["."]
    return "".join(characters)


def test_four_thousand_mutated_notes() -> None:
    """No mutation of a note raises, moves an anchor or takes long; `benchmarks/reader.py --fuzz` reads 100,000."""
    rng = random.Random(20230920)
    slowest = 0.0
    for _ in range(4_000):
        text = mutated(rng)
        begin = time.process_time()
        check(text)
        slowest = max(slowest, time.process_time() - begin)
    assert slowest < 2.0


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_characters(text: str) -> None:
    """Arbitrary characters of all scripts are read without a fault."""
    check(text)
    assert all(figure.anchor.stands_on(text) for figure in read_figures(text, published=PUBLISHED))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=80), st.sampled_from(["", " "]))
def test_any_order_of_telling_words(words: list[str], between: str) -> None:
    """The words and marks that rules look for, in any order, are read without a fault, and explained."""
    text = between.join(words)
    check(text)
    explain(text, published=PUBLISHED)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(NOTES), st.sampled_from(NOTES))
def test_the_same_text_reads_the_same(one: str, other: str) -> None:
    """Reading is a function of the text: what was read in between changes nothing."""
    first = read(one, published=PUBLISHED)
    read(other)
    assert read(one, published=PUBLISHED) == first


@pytest.mark.parametrize(
    "piece",
    [
        "dijo que ", "said that ", "“", "«el ", "\"", "según ", ", quien dijo que ", "y añadió que ", "11.000 ",
        "entre 4 y ", "no ", "“dijo, ", "— Ana (@ana) ", "the of ", "hace dos ", "(", "\n", " ", "\u00a0\n",
        "a.", "1.000.", "de los ", "as well as ", "no se sabe cuántos ", "dijo X. “A”, ",
        "exigió al Gobierno la lista y ", "https://t.co/", "'", "-", "mil ", "como dijo ",
        "11, 12, 13 ", "murieron 11 presos, ", "14 % de ",
    ],
)  # fmt: skip
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    """Four times the text takes at most some six times as long (doubling twice), whatever is repeated.

    On a busy machine a reading may take twice its time for nothing in the text: then all is measured again.
    """

    def seconds(times: int) -> float:
        text = piece * times
        begin = time.process_time()
        read(text)
        read_figures(text)
        return time.process_time() - begin

    small, large = seconds(700), seconds(2_800)
    for _ in range(4):
        if large < 6.5 * small + 0.05:
            return
        small, large = min(small, seconds(700)), min(large, seconds(2_800))
    assert large < 6.5 * small + 0.05


@pytest.mark.parametrize("digits", [41, 4_301, 100_000])
def test_a_row_of_digits_longer_than_any_count_is_no_count(digits: int) -> None:
    """Account numbers and noise are read without a fault; Python itself refuses to count past 4,300 digits."""
    text = f"El ministro dijo que murieron {'9' * digits} presos y que {'1.' * digits}000 huyeron."
    check(text)
    assert all(figure.quantity.low is None or figure.quantity.low < 10**40 for figure in read_figures(text))


def test_lists_that_a_casefile_adds_are_used() -> None:
    """A measure of one's own is found by its terms."""
    from recuento.model.measure import Measure, MeasureKind, standard_vocabulary
    from recuento.values.bilingual import Bilingual

    own = Measure(
        "hunger_strike",
        Bilingual("en huelga de hambre", "on hunger strike"),
        MeasureKind.STOCK,
        terms_es=("huelguistas",),
    )
    figures = read_figures("Hay 30 huelguistas en el penal.", vocabulary=standard_vocabulary().extended([own]))
    assert [(f.measure, f.quantity.low) for f in figures] == [("hunger_strike", 30)]
