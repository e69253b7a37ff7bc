"""Numbers in words and digits: a slow speller gives the second opinion."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recuento.values.bilingual import Language
from recuento.values.number_words import convention_of, number_at, number_in, value_of

_UNITS = {
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis "
    "veintisiete veintiocho veintinueve",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
}
_TENS = {
    "es": "x x x treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "en": "x x twenty thirty forty fifty sixty seventy eighty ninety",
}
_HUNDREDS = [
    "x",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
]


def spelled(number: int, language: Language) -> str:
    """The number in words, written the long way."""
    for value, singular, plural in ((1_000_000, "un millón", "millones"), (1_000, "mil", "mil")):
        if number >= value:
            count, rest = divmod(number, value)
            if language == "en":
                # "one hundred and three thousand" may be two numbers, so that "and" is not read there.
                head = f"{spelled(count, 'en').replace(' and', '')} {'million' if value > 1_000 else 'thousand'}"
            else:
                head = singular if count == 1 else f"{spelled(count, 'es')} {plural}"
            return f"{head} {spelled(rest, language)}" if rest else head
    if number >= 100:
        count, rest = divmod(number, 100)
        head = f"{spelled(count, 'en')} hundred" if language == "en" else "cien" if number == 100 else _HUNDREDS[count]
        return f"{head} {'and ' if language == 'en' else ''}{spelled(rest, language)}" if rest else head
    units = _UNITS[language].split()
    if number < len(units):
        return units[number]
    tens, unit = divmod(number, 10)
    word = _TENS[language].split()[tens]
    return word if not unit else f"{word}{' y ' if language == 'es' else '-'}{units[unit]}"


@given(st.integers(min_value=0, max_value=999_999_999), st.sampled_from(["es", "en"]))
def test_what_is_spelled_is_read_back(number: int, language: Language) -> None:
    """Every number up to a thousand million, spelled out, is read as itself."""
    assert number_in(spelled(number, language), language) == number


@given(st.integers(min_value=2, max_value=99_999), st.integers(min_value=2, max_value=99_999))
def test_two_numbers_are_not_added(one: int, other: int) -> None:
    """In "entre A y B" the first number ends before "y"."""
    words = f"{spelled(one, 'es')} y {spelled(other, 'es')}".split()
    assume(one % 10 or one % 100 < 30)  # "treinta y dos mil" is one number.
    read = number_at(words, 0, "es")
    assert read is not None
    assert read.value == one


@pytest.mark.parametrize("words", ["", "preso", "y", "ciento mil y", "hundred", "dos tres"])
def test_what_is_no_number(words: str) -> None:
    """Words that are not one number give None as a whole."""
    assert number_in(words, "es") is None


@pytest.mark.parametrize(
    ("numeral", "language", "value"),
    [
        ("11.000", "es", 11_000), ("11,000", "en", 11_000), ("3.400", "es", 3_400), ("3.400", "en", Decimal("3.400")),
        ("1,5", "es", Decimal("1.5")), ("1.5", "en", Decimal("1.5")), ("1.234.567", "es", 1_234_567),
        ("11 000", "es", 11_000),
        ("1.234,5", "es", Decimal("1234.5")),
        ("1,234.5", "en", Decimal("1234.5")), ("2023", "es", 2023),
    ],
)  # fmt: skip
def test_numerals_alone_are_read_as_the_language_writes_them(numeral: str, language: Language, value: object) -> None:
    """Without other evidence Spanish has the comma before decimals, English the point."""
    assert value_of(numeral, "unknown", language) == value


def test_the_document_decides_the_convention() -> None:
    """A Mexican report with "11,000" and "1.5" is read as it writes, not as Spain writes."""
    convention = convention_of(["11,000", "1.5", "340"])
    assert convention == "point"
    assert value_of("11,000", convention, "es") == 11_000
    assert convention_of(["11,000", "11.000"]) == "unknown"
    assert convention_of([]) == "unknown"


@given(
    st.text(alphabet="0123456789.,' \u00a0\u202f", min_size=1, max_size=14),
    st.sampled_from(["point", "comma", "unknown"]),
)
def test_no_numeral_raises(numeral: str, convention: str) -> None:
    """Whatever digits and marks come, a value or None is given."""
    for language in ("es", "en"):
        value = value_of(numeral, convention, language)  # type: ignore[arg-type]
        assert value is None or value >= 0
    assert convention_of([numeral]) in ("point", "comma", "unknown")
