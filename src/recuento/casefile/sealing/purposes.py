"""The purpose of an opening: asked for, kept in clear, and so never one that tells what is sealed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from recuento.errors import InvalidValue
from recuento.seal.sealed import Sealed, opened
from recuento.values.names import fold

_LETTERS_MIN = 4
_DIGITS_MIN = 6
_DIGITS_TOLD = 7
_NUMBER = re.compile(r"\d[\d\-. ()/]*\d")


def require_purpose(purpose: str) -> None:
    """Raise InvalidValue unless something is opened for a purpose, said in two words at least."""
    if len(purpose.split()) < 2:
        raise InvalidValue(
            "say in a few words what it is opened for (--why)", "diga en pocas palabras para qué se abre (--why)"
        )


def refuse_values_in(purpose: str, short: Iterable[Sealed], long: Iterable[Sealed]) -> None:
    """Raise InvalidValue where a sealed value stands in the purpose.

    A short one, such as a name, by any longer word or number of it; a long one, such as a note, by two words in a row.
    """
    spoken = fold(purpose).split()
    words = {word for word in spoken if len(word) >= _LETTERS_MIN}
    twos = _telling_twos(spoken)
    digits = "".join(filter(str.isdigit, purpose))
    for value in short:
        with opened(value) as plain:
            hit = not words.isdisjoint(fold(plain.text).split()) or _holds_number(digits, plain.text)
        if hit:
            raise _holds_values()
    for value in long:
        with opened(value) as plain:
            hit = not twos.isdisjoint(_telling_twos(fold(plain.text).split())) or _holds_number(digits, plain.text)
        if hit:
            raise _holds_values()


def _holds_number(digits: str, text: str) -> bool:
    numbers = ("".join(filter(str.isdigit, piece)) for piece in _NUMBER.findall(text))
    # With or without the code of the country or the town, a number is the same by its end.
    return any(number[-_DIGITS_TOLD:] in digits for number in numbers if len(number) >= _DIGITS_MIN)


def _telling_twos(words: list[str]) -> set[tuple[str, str]]:
    return {(one, other) for one, other in pairwise(words) if min(len(one), len(other)) >= _LETTERS_MIN}


def _holds_values() -> InvalidValue:
    return InvalidValue(
        "the purpose holds words that are sealed; it is kept in clear, so say it without them",
        "el motivo contiene palabras selladas; se guarda en claro, dígalo sin ellas",
    )
