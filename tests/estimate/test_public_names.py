"""What the library offers can be brought in by name, quickly, and is documented."""

from __future__ import annotations

import subprocess
import sys

import pytest

import recuento.estimate as estimate


@pytest.mark.parametrize("name", estimate.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    """A name that is offered can be imported, says what it is, and is no module."""
    held = getattr(estimate, name)
    assert callable(held)
    assert held.__doc__


def test_importing_the_library_brings_in_no_compiler() -> None:
    """Neither numba nor scipy is imported with the library or with a table; they come with the first method."""
    code = (
        "import sys, recuento.estimate; recuento.estimate.CaptureTable; "
        "print('numba' in sys.modules, 'scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
