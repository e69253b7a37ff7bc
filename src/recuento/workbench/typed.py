"""What people type into the forms of records: days and numbers."""

from __future__ import annotations

from recuento.values.partial_date import PartialDate


def day_typed(words: str) -> PartialDate | None:
    """The day that was typed (2023-09-25, 2023-09 or 2023), None where the field was left empty.

    Raises InvalidValue for anything else.
    """
    words = words.strip()
    return PartialDate.parse(words) if words else None


def number_typed(words: str) -> int:
    """The number of a decision that a form sends back; 0 for anything that is none."""
    return int(words) if words.isdecimal() and len(words) < 19 else 0
