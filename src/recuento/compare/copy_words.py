"""What a word means in both languages, as far as a list of stems and the likeness of cognates tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from recuento.values.bilingual import Language
from recuento.values.names import fold

_COGNATE_LETTERS = 5
_COGNATE_WORD_LEAST = 6
_SAME_SOUND = (("ph", "f"), ("th", "t"), ("qu", "c"), ("k", "c"), ("y", "i"), ("w", "v"), ("ch", "c"))
_DOUBLE = re.compile(r"([^\W\d_])\1")


@dataclass(frozen=True, slots=True)
class Meaning:
    """The name of what a word means, the same in both languages; `told` where it tells what was said or happened."""

    name: str
    told: str = ""
    """ "says" (how it is reported), "happens" (to people), "does" (anything else), or empty."""


def meaning_of(word: str, language: Language) -> Meaning | None:
    """The meaning of one word, in any inflection that keeps its stem, or None where the list does not have it."""
    return _meaning_of(folded(word).replace(" ", "-"), language)


def cognate_of(word: str) -> str | None:
    """What a long word begins with, spelled alike in both languages: "observatory" and «observatorio» give "obser"."""
    return _cognate_of(folded(word).replace(" ", ""))


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """One word folded; kept, as the same words come again and again."""
    return fold(word)


@cache
def small_words(language: Language) -> frozenset[str]:
    """The folded commonest words of a language, which say nothing of the matter."""
    return next(words[language] for told, name, words in _lines() if told == "small")


@lru_cache(maxsize=50_000)
def _meaning_of(word: str, language: Language) -> Meaning | None:
    whole, stems, longest = _list(language)
    if word in whole:
        return whole[word]
    for length in range(min(longest, len(word)), 2, -1):
        found = stems.get(word[:length])
        # A stem of three or four letters stands for short words only: "mat" is no beginning of «material».
        if found is not None and (length > 4 or len(word) - length <= length + 1):
            return found
    return None


@lru_cache(maxsize=50_000)
def _cognate_of(word: str) -> str | None:
    if len(word) < _COGNATE_WORD_LEAST or not word.isalpha():
        return None
    for written, sound in _SAME_SOUND:
        word = word.replace(written, sound)
    return _DOUBLE.sub(r"\1", word)[:_COGNATE_LETTERS]


@cache
def _list(language: Language) -> tuple[dict[str, Meaning], dict[str, Meaning], int]:
    """Whole words, stems, and the length of the longest stem."""
    whole: dict[str, Meaning] = {}
    stems: dict[str, Meaning] = {}
    for told, name, words in _lines():
        if told != "small":
            meaning = Meaning(name, told.replace("other", ""))
            for stem in sorted(words[language]):
                (whole if stem.startswith("=") else stems).setdefault(stem.lstrip("="), meaning)
    return whole, stems, max(map(len, stems))


@cache
def _lines() -> tuple[tuple[str, str, dict[Language, frozenset[str]]], ...]:
    """Every line of the list: its section, its name, and its words by language."""
    found = []
    section = ""
    for line in files("recuento.compare").joinpath("copy_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        elif line and not line.startswith("#"):
            name, written = line.split(":", 1)
            spanish, english = (frozenset(words.split()) for words in written.split("|"))
            words: dict[Language, frozenset[str]] = {"es": spanish, "en": english}
            found.append((section, name, words))
    return tuple(found)
