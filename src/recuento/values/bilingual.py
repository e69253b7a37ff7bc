"""Words that users read, in Spanish and English, kept as one value so that neither is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, ...] = ("es", "en")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in Spanish and in English."""

    es: str
    en: str

    def text(self, language: Language) -> str:
        """The words in `language`."""
        return self.es if language == "es" else self.en

    @classmethod
    def same(cls, words: str) -> Bilingual:
        """Words that are the same in both: a proper name, a number."""
        return cls(es=words, en=words)
