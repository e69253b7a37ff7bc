"""A sealed value, and the one way to read it: inside `with opened(...)`, gone again at the end of the block.

    with opened(name) as plain:
        write_letter_to(plain.text)

An exception that leaves the block takes nothing with it: frames that held the value are cleared, and a message in
which it stands is replaced.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType

from recuento.seal.unshown import NotShown, Unshown

_WORD_LENGTH_MIN = 4
_ATTRIBUTES = ("object", "reason", "filename", "filename2", "strerror", "msg", "doc", "name", "text")
"""Where the exceptions of Python keep what they are about, beside their arguments."""
HIDDEN = "a message that held a sealed value"


class Sealed(Unshown):
    """A text or bytes that nobody sees by accident. What it holds can only be had through `opened`."""

    __slots__ = ("_read",)

    def __init__(self, value: str | bytes) -> None:
        # In a closure, so that listing the attributes gives a function and not the value.
        self._read: Callable[[], str | bytes] = lambda: value


class Plain(Unshown):
    """A value while it is open. Ask for `text` or `data` where it is needed and bind it to no name that stays."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[], str | bytes]) -> None:
        self._read: Callable[[], str | bytes] | None = read

    @property
    def text(self) -> str:
        """The value as text; raises UnicodeDecodeError where it is none, NotShown once the block has ended."""
        value = self._value()
        return value if isinstance(value, str) else value.decode()

    @property
    def data(self) -> bytes:
        """The value as bytes; raises NotShown once the block has ended."""
        value = self._value()
        return value if isinstance(value, bytes) else value.encode()

    def _value(self) -> str | bytes:
        if self._read is None:
            raise NotShown("this value was closed again")
        return self._read()

    def _close(self) -> None:
        self._read = None


class opened:  # noqa: N801 - it reads as a verb in a with statement
    """Open a sealed value for one block of a `with`."""

    __slots__ = ("_plain", "_sealed")

    def __init__(self, sealed: Sealed) -> None:
        self._sealed = sealed

    def __enter__(self) -> Plain:
        self._plain = Plain(self._sealed._read)
        return self._plain

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            _forget(error, _pieces(self._sealed._read()))
        self._plain._close()


def _forget(error: BaseException, pieces: frozenset[str]) -> None:
    """Take the value out of an exception and out of those that led to it: their messages and their frames."""
    for one in _chain(error):
        if one.__traceback__ is not None:
            # Clears the frames that have ended; the one of the block itself holds no more than the closed Plain.
            traceback.clear_frames(one.__traceback__)
        told = (str(one), *one.args, *vars(one).values(), *(getattr(one, name, "") for name in _ATTRIBUTES))
        if any(_holds(said, pieces) for said in told):
            one.args = (HIDDEN,)
            for name in list(vars(one)):
                with suppress(AttributeError):
                    setattr(one, name, HIDDEN)
            for name in _ATTRIBUTES:
                with suppress(AttributeError, TypeError):
                    held = getattr(one, name)
                    if isinstance(held, bytes | str):
                        setattr(one, name, HIDDEN.encode() if isinstance(held, bytes) else HIDDEN)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        waiting += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions
        yield one


def _pieces(value: str | bytes) -> frozenset[str]:
    """The value and its longer words, in small letters."""
    text = (value if isinstance(value, str) else value.decode("utf-8", "replace")).casefold()
    words = re.findall(rf"\w{{{_WORD_LENGTH_MIN},}}", text[:100_000])
    return frozenset({text.strip(), *words} - {""})


def _holds(said: object, pieces: frozenset[str]) -> bool:
    if isinstance(said, Unshown):
        return False
    try:
        # Containers too: the parts of an exception may be lists or bytes.
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    except Exception:
        return True
    text = text.casefold()
    return any(piece in text for piece in pieces)
