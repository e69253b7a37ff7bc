"""Statements of a text in the words that tests compare."""

from __future__ import annotations

from recuento.read import read


def found_in(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each statement, as words."""
    return [
        (
            s.source.quote if s.source else "",
            s.cue.quote if s.cue else "",
            " | ".join(anchor.quote for anchor in s.content),
        )
        for s in read(text)
    ]


def inner_in(text: str) -> list[tuple[str, str]]:
    """Source and first words of the statements that stand in another."""
    return [(s.source.quote if s.source else "", s.content[0].quote) for s in read(text) if s.parent is not None]
