"""The purpose of an opening: asked for, kept in clear, and so never one that tells what is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from recuento.errors import InvalidValue
from recuento.seal.sealed import Sealed, opened
from recuento.values.names import fold

_LETTERS_MIN = 4
_DIGITS_MIN = 6


def require_purpose(purpose: str) -> None:
    """Raise InvalidValue unless something is opened for a purpose, said in two words at least."""
    if len(purpose.split()) < 2:
        raise InvalidValue(
            "say in a few words what it is opened for (--why)", "diga en pocas palabras para qué se abre (--why)"
        )


def refuse_values_in(purpose: str, short: Iterable[Sealed], long: Iterable[Sealed]) -> None:
    """Raise InvalidValue where a sealed value stands in the purpose: a short one by any word or number of it."""
    spoken = f" {fold(purpose)} "
    digits = "".join(filter(str.isdigit, purpose))
    for value in (*short, *long):
        with opened(value) as plain:
            hit = f" {fold(plain.text)} " in spoken if fold(plain.text) else False
            hit = hit or any(number in digits for number in _numbers(plain.text))
        if hit:
            raise _holds_values()
    for value in short:
        with opened(value) as plain:
            hit = any(f" {word} " in spoken for word in fold(plain.text).split() if len(word) >= _LETTERS_MIN)
        if hit:
            raise _holds_values()


def _numbers(text: str) -> Iterator[str]:
    for piece in text.split("\n"):
        number = "".join(filter(str.isdigit, piece))
        if len(number) >= _DIGITS_MIN:
            yield number


def _holds_values() -> InvalidValue:
    return InvalidValue(
        "the purpose holds words that are sealed; it is kept in clear, so say it without them",
        "el motivo contiene palabras selladas; se guarda en claro, dígalo sin ellas",
    )
