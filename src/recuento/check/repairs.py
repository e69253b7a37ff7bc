"""The one figure that would close a sum: first two digits in the wrong order, then one wrong digit.

Nearly every sum closes if one of its figures may become anything, so only slips of the hand are proposed, and only
where exactly one of them closes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from recuento.model.anchor import Anchor
from recuento.model.finding import Correction
from recuento.values.bilingual import Language
from recuento.values.quantity import Number
from recuento.values.wording import number_text


class Written(Protocol):
    """A number as it stands in the text: its characters, its value, its decimals."""

    @property
    def number(self) -> Anchor:
        """Its characters."""

    @property
    def shown(self) -> Number:
        """Its value."""

    @property
    def decimals(self) -> int:
        """How many decimals it is written with."""


Closes = Callable[[Sequence[Number]], bool]


def correction_for(figures: Sequence[Written], closes: Closes, language: Language) -> Correction | None:
    """The only slip in one of the figures after which `closes` holds of the numbers, or None.

    Two swapped digits come before one wrong digit: a swap seldom closes a gap by chance, while some single digit
    closes every gap such as 9 or 30.
    """
    for slips in (_swapped, _one_digit):
        found = list(_closing(figures, closes, slips))
        if len(found) == 1:
            figure, number = found[0]
            return Correction(figure.number, written(number, figure, language))
        if found:
            return None
    return None


def written(number: Number, like: Written, language: Language) -> str:
    """A number written as another one is: with its decimals and its mark of thousands."""
    shown = like.number.quote
    text = number_text(number, language)
    if isinstance(number, Decimal) or any(character.isalpha() for character in shown):
        return text
    mark = next((mark for mark in shown if mark in ".,'’\u00a0\u2009\u202f "), None)
    if mark is None:
        return text if len(str(like.shown)) < 4 else str(number)
    return f"{number:,}".replace(",", mark)


def _closing(
    figures: Sequence[Written], closes: Closes, slips: Callable[[str], Iterator[str]]
) -> Iterator[tuple[Written, Number]]:
    numbers = [figure.shown for figure in figures]
    for k, figure in enumerate(figures):
        digits = _digits(figure)
        if digits is None or figure.decimals < 0:
            continue
        for other in dict.fromkeys(slips(digits)):
            if other[0] == "0" and len(other) > 1 + figure.decimals:
                continue
            number = _number(other, figure.decimals)
            if closes([*numbers[:k], number, *numbers[k + 1 :]]):
                yield figure, number


def _digits(figure: Written) -> str | None:
    """The digits of a figure that was written in digits."""
    if not figure.number.quote[:1].isdigit():
        return None
    scaled = Decimal(figure.shown).scaleb(figure.decimals)
    return str(int(scaled)) if scaled == int(scaled) else None


def _number(digits: str, decimals: int) -> Number:
    return Decimal(int(digits)).scaleb(-decimals) if decimals else int(digits)


def _swapped(digits: str) -> Iterator[str]:
    """Two neighbours in the other order; the zeros of a round number are nobody's slip."""
    for k in range(len(digits.rstrip("0")) - 1):
        if digits[k] != digits[k + 1]:
            yield digits[:k] + digits[k + 1] + digits[k] + digits[k + 2 :]


def _one_digit(digits: str) -> Iterator[str]:
    for k, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield digits[:k] + other + digits[k + 1 :]
