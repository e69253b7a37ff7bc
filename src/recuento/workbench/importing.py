"""One import at a time, for what is brought in when a page first needs it.

Two threads that import packages which need one another, each from its own end, wait for each other; Python then lets
one of them have a module by half, and its page fails. A browser asks for two pages at once as soon as it is opened.
"""

from __future__ import annotations

import threading
from importlib import import_module
from types import ModuleType

ONE_AT_A_TIME = threading.RLock()


def brought_in(name: str) -> ModuleType:
    """The module of that name, imported while nobody else imports one in this way."""
    with ONE_AT_A_TIME:
        return import_module(name)
