"""Laws of the checks: what was made to close is silent, what was broken is found, and what is proposed closes."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from recuento.casefile.checking import check_text
from recuento.model.finding import Finding, FindingKind
from recuento.values.bilingual import Language
from recuento.values.wording import number_text

languages = st.sampled_from(["es", "en"])
parts_of = st.lists(st.integers(2, 900), min_size=3, max_size=6)


def findings(text: str) -> tuple[Finding, ...]:
    """What a text gives."""
    return check_text(text).findings


def listed(total: int, parts: list[int], language: Language) -> str:
    """A sentence with a total and its parts."""
    causes = {
        "es": ["por tuberculosis", "por riñas", "en fugas", "por desnutrición", "por disparos", "por otras causas"],
        "en": ["from tuberculosis", "in fights", "in escapes", "from hunger", "from shots", "from other causes"],
    }[language]
    items = [f"{number_text(part, language)} {cause}" for part, cause in zip(parts, causes, strict=False)]
    joined = ", ".join(items[:-1]) + (" y " if language == "es" else " and ") + items[-1]
    if language == "es":
        return f"El observatorio registró {number_text(total, 'es')} muertes en las cárceles: {joined}."
    return f"The observatory recorded {number_text(total, 'en')} deaths in the prisons: {joined}."


@given(parts_of, languages)
def test_parts_that_make_their_total_are_silent(parts: list[int], language: Language) -> None:
    """Whatever the parts, their own sum raises nothing."""
    assert findings(listed(sum(parts), parts, language)) == ()


@given(st.lists(st.integers(31, 150), min_size=3, max_size=6), languages, st.integers(-90, 90).filter(bool))
def test_parts_that_miss_their_total_are_found(parts: list[int], language: Language, gap: int) -> None:
    """A total that is neither the sum of its parts nor of the first of them is one finding, with the sum in it."""
    total = sum(parts) + gap
    assume(total not in [sum(parts[:k]) for k in range(2, len(parts))])
    found = findings(listed(total, parts, language))
    assert [finding.kind for finding in found] == [FindingKind.PARTS]
    assert number_text(sum(parts), "en") in found[0].sum.en and number_text(sum(parts), "es") in found[0].sum.es


@given(parts_of, languages, st.integers(1, 90))
def test_a_bound_is_kept_through_the_sum(parts: list[int], language: Language, gap: int) -> None:
    """ "More than" a number below the sum can close; "at least" the sum and more in one part closes any total above."""
    more = "más de" if language == "es" else "more than"
    total = max(2, sum(parts) - gap)
    text = listed(total, parts, language)
    assert findings(text.replace(number_text(total, language), f"{more} {number_text(total, language)}", 1)) == ()


@given(st.integers(50, 60_000), st.integers(1, 99), st.integers(0, 2), languages)
def test_a_share_rounded_as_it_is_written_is_silent(
    whole: int, percent: int, decimals: int, language: Language
) -> None:
    """The share of a part in its whole, at any number of decimals, raises nothing."""
    part = max(1, whole * percent // 100)
    share = round(Decimal(100 * part) / Decimal(whole), decimals)
    assert findings(shared(part, whole, share, language)) == ()


@given(st.integers(50, 60_000), st.integers(5, 90), st.integers(3, 9), languages)
def test_a_share_that_is_off_is_found(whole: int, percent: int, off: int, language: Language) -> None:
    """A share some points beside the true one is one finding."""
    part = max(2, whole * percent // 100)
    found = findings(shared(part, whole, Decimal(round(Decimal(100 * part) / whole) + off), language))
    assert [finding.kind for finding in found] == [FindingKind.PERCENTAGE]


def shared(part: int, whole: int, share: Decimal, language: Language) -> str:
    """A sentence with a part, its whole and the share."""
    one, all, rate = number_text(part, language), number_text(whole, language), number_text(share, language)
    if language == "es":
        return f"De los {all} internos, {one} ({rate} %) esperan sentencia, según el registro."
    return f"Of the {all} inmates, {one} ({rate} %) await trial, according to the register."


@given(st.integers(20, 3_000), st.integers(20, 3_000), languages)
def test_a_change_over_the_right_base_is_silent_and_over_the_other_is_named(
    old: int, new: int, language: Language
) -> None:
    """The change over the earlier figure raises nothing; over the later one the base is named, where they differ.

    Figures in hundreds may be rounded ("1.100", "1.400"), so that either base can be meant: there it stays silent.
    """
    right, wrong = (round(Decimal(100 * abs(new - old)) / base, 1) for base in (old, new))
    assume(right > 5 and abs(right - wrong) > 1)
    assert findings(changed(old, new, right, language)) == ()
    assume(old % 100 or new % 100)
    assert [f.kind for f in findings(changed(old, new, wrong, language))] == [FindingKind.CHANGE_BASE]


def changed(old: int, new: int, change: Decimal, language: Language) -> str:
    """A sentence with two years and the change between them."""
    size = number_text(change, language)
    if language == "es":
        name = "un aumento" if new > old else "un descenso"
        before, after = number_text(old, "es"), number_text(new, "es")
        return f"En 2017 murieron {before} internos y en 2018 fueron {after}, {name} del {size} %."
    name = "a rise" if new > old else "a fall"
    before, after = number_text(old, "en"), number_text(new, "en")
    return f"In 2017 {before} inmates died and in 2018 there were {after}, {name} of {size} %."


@given(st.integers(100, 9_000), st.integers(105, 300), languages)
def test_occupancy_and_overcrowding_are_told_apart(places: int, percent: int, language: Language) -> None:
    """Each rate is silent under its own name and a question of definition under the other."""
    held = places * percent // 100
    occupancy = round(Decimal(100 * held) / places)
    assume(abs(occupancy - 100) > 2)
    assert findings(crowded(held, places, occupancy, language, excess=False)) == ()
    assert findings(crowded(held, places, occupancy - 100, language, excess=True)) == ()
    for rate, excess in ((occupancy, True), (occupancy - 100, False)):
        found = findings(crowded(held, places, rate, language, excess=excess))
        assert [finding.kind for finding in found] == [FindingKind.RATE_DEFINITION]


def crowded(held: int, places: int, rate: int, language: Language, *, excess: bool) -> str:
    """Two sentences with people, places and a rate under one of its names."""
    people, room = number_text(held, language), number_text(places, language)
    if language == "es":
        name = "El hacinamiento" if excess else "La ocupación"
        return f"El penal tiene {room} plazas y aloja a {people} internos. {name} es del {rate} %."
    name = "Overcrowding" if excess else "Occupancy"
    return f"The prison has {room} places and holds {people} inmates. {name} is {rate} %."


@given(parts_of, languages, st.integers(0, 5), st.integers(0, 2), st.integers(1, 9))
def test_the_proposed_figure_closes_the_text(
    parts: list[int], language: Language, which: int, place: int, step: int
) -> None:
    """Whatever digit was changed, a proposed correction, once made, leaves nothing to report."""
    digits = [int(d) for d in str(parts[which % len(parts)])]
    digits[place % len(digits)] = (digits[place % len(digits)] + step) % 10
    wrong = int("".join(map(str, digits)))
    assume(wrong > 1)
    text = listed(sum(parts), [wrong if k == which % len(parts) else part for k, part in enumerate(parts)], language)
    for finding in findings(text):
        if finding.correction is not None:
            figure = finding.correction.figure
            assert figure.stands_on(text)
            assert findings(text[: figure.start] + finding.correction.written + text[figure.end :]) == ()


_WORDS = [
    *(
        "presos",
        "muertes",
        "hombres",
        "mujeres",
        "de",
        "ellos",
        "of whom",
        "total",
        "en",
        "in",
        "2018",
        "2017",
        "100",
        "1.000",
    ),
    *(
        "1,000",
        "12",
        "3",
        "%",
        "por ciento",
        "(",
        ")",
        ":",
        ";",
        ",",
        ".",
        "y",
        "and",
        "aumento",
        "del",
        "plazas",
        "capacidad",
    ),
    *(
        "hacinamiento",
        "más",
        "que",
        "more than",
        "promedio",
        "al mes",
        "un",
        "50,5",
        "\n",
        "-",
        "|",
        "\t",
        "menos de",
        "0",
    ),
    *(
        "doubled",
        "entre",
        "millones",
        "mil",
        "por cada",
        "a",
        "from",
        "to",
        "habitantes",
        "en total",
        "Total",
        "déficit de",
    ),
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join) | st.text(max_size=200))
def test_no_text_makes_it_raise_and_every_anchor_stands(text: str) -> None:
    """Any characters give findings or none; what a finding quotes is what the text holds there."""
    for finding in findings(text):
        assert finding.place.stands_on(text)
        assert all(anchor.stands_on(text) and finding.place.covers(anchor) for anchor in finding.figures)


@given(parts_of, languages, st.integers(1, 90))
def test_what_stands_elsewhere_changes_nothing(parts: list[int], language: Language, gap: int) -> None:
    """A paragraph without numbers before and after moves the anchors and leaves the findings."""
    text = listed(sum(parts) + gap, parts, language)
    quiet = "Las familias siguen sin noticias." if language == "es" else "The families have had no news."
    alone, among = findings(text), findings(f"{quiet}\n\n{text}\n\n{quiet}")
    shift = len(quiet) + 2
    assert [(f.kind, f.place.start + shift, f.words) for f in alone] == [
        (f.kind, f.place.start, f.words) for f in among
    ]
