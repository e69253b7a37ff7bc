"""Nouns to canonical JSON and back, by their type hints: one rule for every frozen dataclass of the model.

Keys are sorted, a Decimal is a string, a date is ISO text, an enum its value, a partial date as it is written
("2023-09"). What is written can be read back exactly. A field that is missing takes its default, so that a noun
may gain an optional field without touching stored rows; a field that is not known is refused.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from recuento.errors import InvalidValue
from recuento.values.partial_date import PartialDate

Noun = TypeVar("Noun")


def encode(value: object, kind: Any = None) -> str:
    """`value` as one line of canonical JSON. `kind` is needed where the value alone does not tell: `tuple[Claim, ...]`.

    Raises TypeError where the value is not of its kind, ValueError for a float that is not finite.
    """
    return json.dumps(to_plain(value, kind), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def decode(kind: type[Noun], text: str) -> Noun:
    """The value of type `kind` that was encoded as `text`; raise InvalidValue where it is none."""
    try:
        plain = json.loads(text)
    except ValueError:
        raise _unlike(kind, text) from None
    return from_plain(kind, plain)


def to_plain(value: object, kind: Any = None) -> Any:
    """`value` as plain JSON data: dicts, lists, strings, whole numbers, None."""
    return _codec(type(value) if kind is None else kind).write(value)


def from_plain(kind: type[Noun], plain: Any) -> Noun:
    """The value of type `kind` behind plain JSON data; raise InvalidValue where it is none."""
    found: Noun = _codec(kind).read(plain)
    return found


def instant(at: datetime) -> str:
    """A moment as text in UTC that sorts as time does; raise InvalidValue where it has no time zone."""
    if at.tzinfo is None:
        raise InvalidValue(f"{at} has no time zone", f"{at} no tiene zona horaria")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclasses.dataclass(frozen=True, slots=True)
class _Codec:
    """How values of one kind are written and read, and which JSON shape they have (to tell a union apart)."""

    shape: type
    runtime: type
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _codec(kind: Any) -> _Codec:
    return _made_codec(kind)


@cache
def _made_codec(kind: Hashable) -> _Codec:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(kind))
    if origin is typing.Literal:
        return _literal(typing.get_args(kind))
    if origin is tuple:
        return _tuple(typing.get_args(kind))
    if origin in (list, frozenset):
        return _collection(origin, typing.get_args(kind)[0])
    if kind in _SCALARS:
        return _SCALARS[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum(kind)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"no rule to write {kind!r}")


def _scalar(kind: type, shape: type, write: Callable[[Any], Any], read: Callable[[Any], Any]) -> _Codec:
    def checked_write(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is not of type {kind.__name__}")
        return write(value)

    def checked_read(plain: Any) -> Any:
        if type(plain) is not shape:
            raise _unlike(kind, plain)
        try:
            return read(plain)
        except (ValueError, InvalidOperation):
            raise _unlike(kind, plain) from None

    return _Codec(shape, kind, checked_write, checked_read)


def _same(value: Any) -> Any:
    return value


def _float() -> _Codec:
    def write(value: Any) -> float:
        if type(value) not in (int, float):
            raise TypeError(f"{value!r} is not of type float")
        return float(value)

    def read(plain: Any) -> float:
        if type(plain) not in (int, float):
            raise _unlike(float, plain)
        return float(plain)

    return _Codec(float, float, write, read)


_SCALARS: Mapping[Any, _Codec] = {
    str: _scalar(str, str, _same, _same),
    int: _scalar(int, int, _same, _same),
    bool: _scalar(bool, bool, _same, _same),
    float: _float(),
    type(None): _scalar(type(None), type(None), _same, _same),
    Decimal: _scalar(Decimal, str, str, Decimal),
    date: _scalar(date, str, date.isoformat, date.fromisoformat),
    datetime: _scalar(datetime, str, datetime.isoformat, datetime.fromisoformat),
    PartialDate: _scalar(PartialDate, str, str, PartialDate.parse),
}


def _enum(kind: type[Enum]) -> _Codec:
    def write(value: Any) -> Any:
        return kind(value).value

    def read(plain: Any) -> Enum:
        try:
            return kind(plain)
        except ValueError:
            raise _unlike(kind, plain) from None

    return _Codec(str, kind, write, read)


def _literal(words: tuple[Any, ...]) -> _Codec:
    def check(value: Any) -> Any:
        if value not in words:
            raise _unlike(typing.Literal, value)
        return value

    return _Codec(type(words[0]), type(words[0]), check, check)


def _tuple(kinds: tuple[Any, ...]) -> _Codec:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return _collection(tuple, kinds[0])
    parts = [_codec(kind) for kind in kinds]

    def write(value: Any) -> list[Any]:
        return [part.write(item) for part, item in zip(parts, value, strict=True)]

    def read(plain: Any) -> tuple[Any, ...]:
        if not isinstance(plain, list) or len(plain) != len(parts):
            raise _unlike(tuple, plain)
        return tuple(part.read(item) for part, item in zip(parts, plain, strict=True))

    return _Codec(list, tuple, write, read)


def _collection(runtime: type[list[Any]] | type[tuple[Any, ...]] | type[frozenset[Any]], kind: Any) -> _Codec:
    part = _codec(kind)

    def write(value: Any) -> list[Any]:
        if type(value) is not runtime:
            raise TypeError(f"{value!r} is not of type {runtime.__name__}")
        written = [part.write(item) for item in value]
        return sorted(written) if runtime is frozenset else written

    def read(plain: Any) -> Any:
        if not isinstance(plain, list):
            raise _unlike(runtime, plain)
        return runtime(part.read(item) for item in plain)

    return _Codec(list, runtime, write, read)


def _union(kinds: tuple[Any, ...]) -> _Codec:
    by_type: dict[type, _Codec] = {}
    by_shape: dict[type, _Codec] = {}
    for part in map(_codec, kinds):
        if part.shape in by_shape:
            raise TypeError(f"{kinds} cannot be told apart once written")
        by_type[part.runtime] = part
        by_shape[part.shape] = part

    def write(value: Any) -> Any:
        part = by_type.get(type(value))
        if part is None:
            raise TypeError(f"{value!r} is none of {kinds}")
        return part.write(value)

    def read(plain: Any) -> Any:
        part = by_shape.get(type(plain))
        if part is None:
            raise _unlike(kinds, plain)
        return part.read(plain)

    return _Codec(object, object, write, read)


def _dataclass(kind: type) -> _Codec:
    @cache
    def parts() -> dict[str, _Codec]:
        """The codec of every field, found when first needed: a noun may hold others of its own kind."""
        hints = typing.get_type_hints(kind)
        return {field.name: _codec(hints[field.name]) for field in dataclasses.fields(kind) if field.init}

    def write(value: Any) -> dict[str, Any]:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is not of type {kind.__name__}")
        return {name: part.write(getattr(value, name)) for name, part in parts().items()}

    def read(plain: Any) -> Any:
        if not isinstance(plain, dict) or plain.keys() - parts().keys():
            raise _unlike(kind, plain)
        try:
            return kind(**{name: parts()[name].read(item) for name, item in plain.items()})
        except TypeError:
            raise _unlike(kind, plain) from None

    return _Codec(dict, kind, write, read)


def _unlike(kind: Any, plain: Any) -> InvalidValue:
    name = getattr(kind, "__name__", str(kind))
    shown = str(plain)[:200]
    return InvalidValue(
        f"what is stored is no {name} that this version knows (was it written by a newer one?): {shown}",
        f"lo guardado no es un {name} que esta versión conozca (¿lo escribió una más nueva?): {shown}",
    )
