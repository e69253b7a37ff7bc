"""Header fields of a message and of its parts, read so that a damaged one costs itself alone.

The standard library raises anything at all on damaged addresses, parameters and dates (AttributeError, IndexError,
OverflowError, found by fuzzing): then the field is given as it was written, and a media type without its parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from email.message import Message
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

_FIELD_CHARACTERS_MAX = 8_192
"""Of one field. The library's time grows with the square of it: 600,000 take 26 seconds; honest ones have hundreds."""
_COMMENTS_MAX = 50


class _Fields(EmailPolicy):
    """The library's own policy, on fields cut to a length; each is parsed once, however often it is asked for."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        return _parsed(self.header_factory, name, value[:_FIELD_CHARACTERS_MAX])


@lru_cache(maxsize=16)
def _parsed(factory: Callable[[str, str], Any], name: str, value: str) -> Any:
    if value.count("(") > _COMMENTS_MAX:
        # The library goes down a level for each, and would end the whole message where there are a thousand.
        value = value.replace("(", " ")
    value = value.replace("\r", "").replace("\n", "")
    try:
        return factory(name, value)
    except RecursionError:
        # The message is too deep, not the field: going on from here takes seconds.
        raise
    except Exception:
        # By these fields the library finds its way through a message: damaged parameters cost themselves alone.
        if not value or not name.lower().startswith("content-"):
            raise
        return _parsed(factory, name, value.split(";")[0] if ";" in value else "")


FIELDS: Any = _Fields()
"""With what messages are taken apart."""


def words_of(message: Message[Any, Any], name: str) -> str | None:
    """The field in words, on one line; as it was written where it is damaged; None where it is missing or empty."""
    value = _or(lambda: _one_line(message.get(name)), lambda: _as_written(message, name))
    return _one_line(value)


def file_name_of(part: Message[Any, Any]) -> str | None:
    """The name that a part gives itself, None where it gives none that can be read."""
    return _or(part.get_filename, lambda: None)


def type_of(part: Message[Any, Any]) -> str:
    """The media type of a part; text/plain, as the standard has it, where the field is damaged."""
    return _or(part.get_content_type, lambda: None) or "text/plain"


def charset_of(part: Message[Any, Any]) -> str | None:
    """The encoding that a part declares, None where it declares none that can be read."""
    return _or(part.get_content_charset, lambda: None)


def day_of(message: Message[Any, Any]) -> str | None:
    """The day on which it says it was sent, as an ISO date."""
    written = words_of(message, "date")
    return _or(lambda: parsedate_to_datetime(written or "").date().isoformat(), lambda: None)


def _one_line(value: object) -> str | None:
    return None if value is None else " ".join(str(value).split()) or None


def _or(read: Callable[[], str | None], instead: Callable[[], str | None]) -> str | None:
    try:
        return read()
    except MemoryError:
        raise
    except Exception:
        # What the library raises on a damaged field is not of any few kinds.
        return instead()


def _as_written(message: Message[Any, Any], name: str) -> str | None:
    fields = message.raw_items()
    return next((str(value) for key, value in fields if key.lower() == name), None)
