"""Slips of the hand: swapped digits are found again, and nothing is proposed where two slips would do."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import assume, given
from hypothesis import strategies as st

from recuento.check.repairs import correction_for
from recuento.model.anchor import Anchor
from recuento.values.quantity import Number


@dataclass(frozen=True)
class Shown:
    """A number as it stands in some text."""

    number: Anchor
    shown: Number
    decimals: int = 0


def shown(value: int) -> Shown:
    """A number written plainly."""
    return Shown(Anchor(0, len(str(value)), str(value)), value)


@given(st.lists(st.integers(11, 99_999), min_size=2, max_size=5), st.integers(0, 4), st.integers(0, 4))
def test_a_swap_is_undone_where_no_other_swap_would_do(numbers: list[int], which: int, place: int) -> None:
    """If a proposal is made after two digits were swapped, it makes the sum right; a lone swap is always proposed."""
    total, which = sum(numbers), which % len(numbers)
    digits = list(str(numbers[which]))
    place %= len(digits) - 1
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    wrong = int("".join(digits))
    assume(wrong != numbers[which] and digits[0] != "0" and str(wrong)[-1] != "0")
    figures = [shown(total), *(shown(wrong if k == which else n) for k, n in enumerate(numbers))]
    found = correction_for(figures, lambda numbers: numbers[0] == sum(numbers[1:]), "en")
    swaps = [(k, n) for k, figure in enumerate(figures) for n in swapped(int(figure.shown)) if closes(figures, k, n)]
    assert len(swaps) >= 1
    if len(swaps) == 1:
        assert found is not None and found.written.replace(",", "") == str(swaps[0][1])
    else:
        assert found is None


def swapped(number: int) -> set[int]:
    """Every number that two neighbouring digits in the other order make, the slow way."""
    text, trailing = str(number), len(str(number)) - len(str(number).rstrip("0"))
    made = {text[:k] + text[k + 1] + text[k] + text[k + 2 :] for k in range(len(text) - 1 - trailing)}
    return {int(other) for other in made if other[0] != "0"} - {number}


def closes(figures: list[Shown], which: int, number: int) -> bool:
    """Whether the sum holds with one number in the place of another."""
    numbers = [number if k == which else int(figure.shown) for k, figure in enumerate(figures)]
    return numbers[0] == sum(numbers[1:])


def test_nothing_is_proposed_where_several_digits_would_do() -> None:
    """A gap of 10 can be one digit in each of three numbers, so none is named."""
    figures = [shown(110), shown(45), shown(55 + 20)]
    assert correction_for(figures, lambda numbers: numbers[0] == sum(numbers[1:]), "en") is None
