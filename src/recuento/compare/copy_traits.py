"""What survives translation in a text: names, figures, what its sentences are about, and its quotes in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recuento.compare.copy_figures import FigureRead, convention_in, figures_in
from recuento.compare.copy_sentences import Sentence, Token, sentences_in
from recuento.compare.copy_words import cognate_of, folded, meaning_of, small_words
from recuento.values.bilingual import Language

_QUOTED = re.compile(r"«([^«»]{2,1500})»|“([^“”]{2,1500})”|\"([^\"\n]{2,1500})\"")
_POSSESSIVE = re.compile(r"['’]s?$")
_CHARACTERS_MOST = 15_000
_QUOTES_MOST = 60
_TITLE_SHARE = 0.6
_TITLE_WORDS = 4
_OPENING = frozenset("«“\"'‘¿¡([—–-:")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks: how many, and what they are about."""

    words: int
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class Traits:
    """What can be compared across languages. Everything is a key: "n:" a name, "f:" a figure, "w:" a meaning."""

    names: frozenset[str]
    figures: frozenset[str]
    sentences: tuple[frozenset[str], ...]
    quotes: tuple[Quoted, ...]

    @property
    def keys(self) -> frozenset[str]:
        """All of them."""
        return frozenset().union(*self.sentences)


def traits_of(text: str, language: Language) -> Traits:
    """Read the traits of a text in that language; of a very long one those of its beginning: it is no wire."""
    text = text[:_CHARACTERS_MOST]
    sentences = sentences_in(text)
    convention = convention_in(text)
    capital = _capitals_inside(sentences)
    keys = []
    for sentence in sentences:
        figures = figures_in(sentence, language, convention)
        keys.append(frozenset(_keys(sentence, figures, language, capital)))
    every = frozenset().union(*keys)
    return Traits(
        names=frozenset(key for key in every if key.startswith("n:")),
        figures=frozenset(key for key in every if key.startswith("f:")),
        sentences=tuple(keys),
        quotes=tuple(_quotes(text, sentences, keys)[:_QUOTES_MOST]),
    )


def _keys(sentence: Sentence, figures: Sequence[FigureRead], language: Language, capital: frozenset[str]) -> list[str]:
    taken = {place for figure in figures for place in range(figure.first, figure.last)}
    keys = [f"f:{figure.value}" for figure in figures]
    title = _is_title(sentence)
    small = small_words(language)
    for place, token in enumerate(sentence.tokens):
        if not token.is_word or place in taken:
            continue
        word = _POSSESSIVE.sub("", token.text)
        plain = folded(word)
        if plain in small or len(plain) < 2:
            continue
        meaning = meaning_of(word, language)
        if meaning is not None:
            keys.append(f"w:{meaning.name}")
            continue
        if word[0].isupper() and (plain in capital or not (title or _begins(sentence.tokens, place))):
            keys.append(f"n:{plain}")
        cognate = cognate_of(word)
        if cognate is not None:
            keys.append(f"w:~{cognate}")
    return keys


def _begins(tokens: Sequence[Token], place: int) -> bool:
    """Whether a capital there says nothing: at the start of a sentence or quote, unless the next word has one too."""
    if place and tokens[place - 1].text not in _OPENING:
        return False
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return after is None or not (after.is_word and after.text[0].isupper())


def _is_title(sentence: Sentence) -> bool:
    words = [token.text for token in sentence.tokens if token.is_word and len(token.text) > 3]
    return len(words) >= _TITLE_WORDS and sum(word[0].isupper() for word in words) > _TITLE_SHARE * len(words)


def _capitals_inside(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The folded words that have a capital where only a name has one."""
    found = set()
    for sentence in sentences:
        if not _is_title(sentence):
            for place, token in enumerate(sentence.tokens):
                if token.is_word and token.text[0].isupper() and not _begins(sentence.tokens, place):
                    found.add(folded(_POSSESSIVE.sub("", token.text)))
    return frozenset(found)


def _quotes(text: str, sentences: Sequence[Sentence], keys: Sequence[frozenset[str]]) -> list[Quoted]:
    found = []
    for match in _QUOTED.finditer(text):
        about = [
            key
            for sentence, held in zip(sentences, keys, strict=True)
            if sentence.start < match.end() and match.start() < sentence.end
            for key in held
        ]
        found.append(Quoted(len(match.group().split()), frozenset(about)))
    return found
