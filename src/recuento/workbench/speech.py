"""One language of the workbench: its own phrases, and those, the numbers and the dates of the dossier."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from recuento.publish.tongue import Tongue, phrases
from recuento.values.bilingual import Bilingual


@cache
def own_phrases() -> dict[str, Bilingual]:
    """Every fixed phrase of the workbench, by key. Raises ValueError where two tables give one key."""
    room = files("recuento.workbench")
    tables = [file for file in room.iterdir() if file.name.startswith("phrases") and file.name.endswith(".toml")]
    found: dict[str, Bilingual] = {}
    for file in sorted(tables, key=lambda file: file.name):
        for key, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if key in found:
                raise ValueError(f"{file.name}: the phrase {key} is in another table too")
            found[key] = Bilingual(es=entry["es"], en=entry["en"])
    return found


@dataclass(frozen=True, slots=True)
class Speech(Tongue):
    """What pages in one language need in order to speak."""

    def t(self, key: str, /, **words: object) -> str:
        """The phrase `key` of the workbench, else of the dossier, with `{name}` replaced by what is handed in."""
        phrase = (own_phrases().get(key) or phrases()[key]).text(self.language)
        return phrase.format(**words) if words else phrase
