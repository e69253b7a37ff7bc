"""Ids for what is added to the cast: told from its name where that may be known, else a number."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count

from recuento.values.names import fold

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_SEALED = re.compile(r"s-[a-z0-9]{10}")
_LETTERS_MAX = 40


def is_id(id: str) -> bool:
    """Whether it can be an id of something added: lower case, digits, _ and -; never that of a sealed source."""
    return _ID.fullmatch(id) is not None and not is_of_sealed_source(id)


def is_of_sealed_source(id: str) -> bool:
    """Whether it is such an id as sealed sources have. One in recuento.toml would stand in the place of the source."""
    return _SEALED.fullmatch(id) is not None


def id_from(name: str, taken: Container[str], otherwise: str) -> str:
    """An id that is not taken, from the letters of a name; from `otherwise` and a number where it has none.

    Ids stand in addresses, files and worlds, so hand in no name for somebody who is not to be named: "" gives a number.
    """
    stem = "_".join(re.findall(r"[a-z0-9]+", fold(name)))[:_LETTERS_MAX].strip("_")
    if stem and stem not in taken:
        return stem
    return next(id for n in count(2 if stem else 1) if (id := f"{stem or otherwise}_{n}") not in taken)
