"""What one document may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one document: processor, clock, memory, and what goes in and comes out."""

    cpu_seconds_max: int = 8
    """In all: a second reader has what the first left. With keeping the bytes and looking at a page, under 10 s."""
    wall_seconds_max: float = 30.0
    """Of one reader. Longer than the processor's limit, so that a busy machine costs no document."""
    memory_bytes_max: int = 950 << 20
    """Address space of the child, libraries included (about 0.3 GB of it): under 1 GB."""
    document_bytes_max: int = 256 << 20
    text_characters_max: int = 20_000_000


LOOK = Limits(cpu_seconds_max=2, wall_seconds_max=10.0)
"""The limits of a look at a page, a style or a feed; its reading comes after."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a reading has cost: processor seconds, and the most memory the child held, in bytes (0 where not known)."""

    cpu_seconds: float = 0.0
    memory_bytes: int = 0
