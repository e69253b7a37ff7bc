"""The first page is there at once: what other pages need is not loaded for it."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from served_casefile import entered, started

HEAVY = {"numpy", "scipy", "highspy", "lxml", "pyarrow", "pypdfium2_raw", "duckdb"}


@pytest.mark.skipif(sys.platform != "linux", reason="reads from /proc what a process has loaded")
def test_the_first_page_needs_no_numbers_and_no_solver(prepared: Path, tmp_path: Path) -> None:
    """The process that answered has none of their libraries in memory; an event, which is balanced, brings them in."""
    case = Path(shutil.copytree(prepared, tmp_path / "case"))
    with started(case) as (process, address):
        client = entered(address)
        assert not loaded(process) & HEAVY
        assert client.get("/event/fire/").status == 200
        assert "highspy" in loaded(process)


def loaded(process: int) -> set[str]:
    """The packages of which a process has loaded a compiled library."""
    maps = Path(f"/proc/{process}/maps").read_text(encoding="utf-8")
    return set(re.findall(r"/(?:site|dist)-packages/(\w+)/\S+\.so", maps))
