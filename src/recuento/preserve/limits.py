"""What one document may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one reading: processor, clock, memory, and what goes in and comes out."""

    cpu_seconds_max: int = 20
    wall_seconds_max: float = 30.0
    memory_bytes_max: int = 1 << 30
    """Address space of the child, libraries included (about 0.3 GB of it)."""
    document_bytes_max: int = 256 << 20
    text_characters_max: int = 20_000_000
