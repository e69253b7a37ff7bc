"""Multiple systems estimation: overlap of lists in, how many are on none of them out, with its uncertainty.

A library of its own: arrays or a table of capture histories in, results out; it needs no casefile. Names are
brought in when they are first used, so that `import recuento.estimate` costs next to nothing.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "CaptureTable": "table",
    "table_from_columns": "reading",
    "table_from_csv": "reading",
    "Estimate": "result",
    "NotEstimable": "result",
    "Caution": "caution",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """The public name, from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"recuento.estimate has no {name!r}")
    return getattr(import_module(f"recuento.estimate.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
