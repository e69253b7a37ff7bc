"""Our parsers of foreign bytes keep their promises: on what once broke one, and on a few mutated inputs.

The promises are in `fuzz_targets`; `benchmarks/fuzz_parsers.py` tries millions.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz_targets import FINDINGS, TARGETS, Target

BY_NAME = {target.name: target for target in TARGETS}
FOUND = sorted(path for path in FINDINGS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once_stays_mended(path: Path) -> None:
    """Every input that fuzzing has found keeps the promise of its parser now."""
    BY_NAME[path.parent.name].run(path.read_bytes())


@st.composite
def mutated(draw: st.DrawFn, target: Target) -> bytes:
    """A seed with some of its bytes cut, repeated or replaced."""
    data = bytearray(draw(st.sampled_from(target.seeds)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 12))
        put = draw(st.one_of(st.binary(max_size=8), st.just(bytes(data[at : at + length]) * 3)))
        data[at : at + length] = put
    return bytes(data)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_mutated_input_breaks_no_promise(target: Target) -> None:
    """A few mutations of every seed, new at each run outside CI."""

    @settings(max_examples=12, database=None)
    @given(mutated(target))
    def try_one(data: bytes) -> None:
        target.run(data)

    try_one()
