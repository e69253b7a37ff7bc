"""Dates as precise as their source made them: a year, a month or a day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from recuento.errors import InvalidValue

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day. Ordered by its first day, the coarser first."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Raise InvalidValue where there is no such date."""
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            raise InvalidValue(f"there is no date {self}", f"no existe la fecha {self}") from None
        if self.day is not None and self.month is None:
            raise InvalidValue(f"{self} has a day and no month", f"{self} tiene día y no mes")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2023`, `2023-09` or `2023-09-20`; raise InvalidValue for anything else."""
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise InvalidValue(
                f"{text!r} is not a date: write 2023-09-20, 2023-09 or 2023",
                f"{text!r} no es una fecha: escriba 2023-09-20, 2023-09 o 2023",
            )
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The partial date of one full day."""
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> date:
        """The first day it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it may be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        if self.month is None:
            # Only a date that is refused has a day and no month.
            return f"{self.year:04d}" if self.day is None else f"{self.year:04d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}" + ("" if self.day is None else f"-{self.day:02d}")

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first, str(self)) < (other.first, str(other))
