"""Write the table [store] into a recuento.toml, or take it out, and touch nothing else of what people wrote."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from recuento.errors import Fault, FaultsFound

_HEAD = re.compile(r"\s*\[")
_STORE_HEAD = re.compile(r"\s*\[\s*store\s*\]\s*(#.*)?$")


def with_store(path: Path, address: str | None) -> str:
    """The text of the recuento.toml at `path` with a table [store] that names `address`; without one for None.

    Raises FaultsFound where [store] is written so that it cannot be told from the rest.
    """
    text = path.read_text(encoding="utf-8")
    changed = "".join(_lines_without_store(text))
    if address is not None:
        quoted = address.replace("\\", "\\\\").replace('"', '\\"')
        changed = f'{changed.rstrip()}\n\n[store]\naddress = "{quoted}"\n'
    if not _says_the_same(text, changed, address):
        raise FaultsFound(
            str(path),
            [
                Fault(
                    "[store]",
                    "cannot be changed as it is written here; write it as a table of its own at the end",
                    "no se puede cambiar como está escrita aquí; escríbala como una tabla aparte, al final",
                )
            ],
        )
    return changed


def _lines_without_store(text: str) -> list[str]:
    kept: list[str] = []
    is_inside = False
    for line in text.splitlines(keepends=True):
        if _HEAD.match(line):
            is_inside = _STORE_HEAD.match(line) is not None
        if not is_inside:
            kept.append(line)
    return kept


def _says_the_same(before: str, after: str, address: str | None) -> bool:
    """Whether the two say the same but for [store]: lines that look like a head may stand inside a text."""
    try:
        found = tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        return False
    store = found.pop("store", None)
    expected = {key: value for key, value in tomllib.loads(before).items() if key != "store"}
    return found == expected and store == (None if address is None else {"address": address})
