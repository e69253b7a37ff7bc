"""What must not be shown: a base class whose objects have no text, no representation, no copy and no order."""

from __future__ import annotations

from typing import Any, NoReturn


class NotShown(TypeError):
    """Somebody tried to print, write, copy or compare what must not be shown. A bug of ours, never an input."""


class Unshown:
    """An object that refuses every way in which a value gets out by accident.

    No `str`, `format`, `bytes`, length, iteration, JSON, pickle or copy; `repr` gives the name of the type and nothing
    else. Two are equal only where they are the same object, and the hash is that of the object.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """The name of the type alone. It does not raise: that would hide the error for whose sake it is printed."""
        return f"<{type(self).__name__}>"

    def __str__(self) -> str:
        raise NotShown(f"a {type(self).__name__} has no text")

    def __format__(self, how: str) -> str:
        raise NotShown(f"a {type(self).__name__} has no text")

    def __bytes__(self) -> bytes:
        raise NotShown(f"a {type(self).__name__} has no bytes")

    def __len__(self) -> int:
        raise NotShown(f"a {type(self).__name__} has no length")

    def __bool__(self) -> bool:
        """It is there; whether it is empty is not told."""
        return True

    def __iter__(self) -> NoReturn:
        raise NotShown(f"a {type(self).__name__} has no parts")

    def __eq__(self, other: object) -> bool:
        """Whether it is the same object: what is inside is not compared."""
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __copy__(self) -> NoReturn:
        raise NotShown(f"a {type(self).__name__} is not copied")

    def __deepcopy__(self, memo: Any) -> NoReturn:
        raise NotShown(f"a {type(self).__name__} is not copied")

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise NotShown(f"a {type(self).__name__} is not pickled")

    def __getstate__(self) -> NoReturn:
        raise NotShown(f"a {type(self).__name__} is not pickled")
