"""Anchors: where words stand in a frozen text layer."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.errors import InvalidValue


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """Characters `start` to `end` (Unicode code points, end exclusive) of a text, and the words there."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        """Raise InvalidValue where offsets and words cannot belong together."""
        if not 0 <= self.start < self.end or self.end - self.start != len(self.quote):
            raise InvalidValue(
                f"{self.start}-{self.end} cannot hold {self.quote!r}",
                f"{self.start}-{self.end} no puede contener {self.quote!r}",
            )

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Anchor:
        """The anchor on `text[start:end]`."""
        return cls(start, end, text[start:end])

    def stands_on(self, text: str) -> bool:
        """Whether the words are still exactly there. Never fuzzy: exact or orphan."""
        return text[self.start : self.end] == self.quote

    def covers(self, other: Anchor) -> bool:
        """Whether `other` lies inside this one."""
        return self.start <= other.start and other.end <= self.end
