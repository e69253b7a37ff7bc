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
    """Every fixed phrase of the workbench, by key."""
    table = tomllib.loads(files("recuento.workbench").joinpath("phrases.toml").read_text(encoding="utf-8"))
    return {key: Bilingual(es=entry["es"], en=entry["en"]) for key, entry in table.items()}


@dataclass(frozen=True, slots=True)
class Speech(Tongue):
    """What pages in one language need in order to speak."""

    def t(self, key: str, /, **words: object) -> str:
        """The phrase `key` of the workbench, else of the dossier, with `{name}` replaced by what is handed in."""
        phrase = (own_phrases().get(key) or phrases()[key]).text(self.language)
        return phrase.format(**words) if words else phrase
