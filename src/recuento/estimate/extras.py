"""Libraries that are not installed with the package, brought in when asked for, with a clear word when absent."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from recuento.errors import RecuentoError

_EXTRA = {"pandas": "frames", "arviz": "arviz"}


class NeedsExtra(RecuentoError):
    """An optional library is needed for this and is not installed."""

    exit_code = 2


def imported(library: str) -> Any:
    """The library. Raises NeedsExtra, naming what to install, where it is absent."""
    try:
        return import_module(library)
    except ImportError:
        extra = _EXTRA[library]
        raise NeedsExtra(
            en=f'this needs {library}; install it with: pip install "recuento[{extra}]"',
            es=f'esto necesita {library}; instálelo con: pip install "recuento[{extra}]"',
        ) from None
