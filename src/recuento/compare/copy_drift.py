"""What became another between two copies: a figure, or a verb of saying or happening, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from recuento.compare.copy_figures import convention_in, figures_in
from recuento.compare.copy_sentences import Sentence, sentence_at, spans_in
from recuento.compare.copy_text import CopyText
from recuento.compare.copy_words import cognate_of, folded, meaning_of, small_words
from recuento.model.anchor import Anchor
from recuento.model.family import Difference, DriftKind
from recuento.values.bilingual import Language

_ALIKE_LEAST = 0.5
"""Sentences of one language that share so much of the shorter are held against each other."""
_ALIKE_LEAST_TRANSLATED = 0.45
_ALIKE_LEAST_BETWEEN = 0.3
_FIGURES_MOST = 3
"""In translation so many figures of a sentence may have drifted at once: their order is kept."""
_SENTENCES_MOST = 200
_WORDS_MOST = 300
_CHANGED_MOST = 8
"""A longer run of other words is another sentence, not a word that drifted."""


_RENDERED = {"kill": "die", "capture": "arrest"}
"""Of verbs that translate one another freely ("nine were killed", «dejó nueve muertas») the one both are taken for."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word or whole figure of a sentence: what it is compared by, and what kind of drift a change in it would be."""

    key: str
    start: int
    end: int
    kind: DriftKind | None
    tells: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    sentence: Sentence
    units: tuple[_Unit, ...]
    keys: frozenset[str]


def drift(one: CopyText, other: CopyText) -> tuple[Difference, ...]:
    """Give the figures and verbs of `one` that are others in `other`, in the order in which they stand in `one`.

    Only sentences that are plainly the same are compared: word by word in one language; across languages by the
    figures (three at most) and the one verb of what happened to people that each has and the other lacks. Figures are
    compared by value: "sesenta" and "60" are the same.
    """
    here, there = one.tongue, other.tongue
    if here is None or there is None:
        return ()
    translated = here != there
    same = frozenset() if translated else _sentences(one.text) & _sentences(other.text)
    pairs = _aligned(_read(one.text, here, translated, same), _read(other.text, there, translated, same), translated)
    changed = _changed_in_translation if translated else _changed
    return tuple(
        Difference(
            kind=mine.kind,
            one=one.document,
            other=other.document,
            here=Anchor.of(one.text, mine.start, mine.end),
            there=Anchor.of(other.text, its.start, its.end),
            here_in=Anchor.of(one.text, left.sentence.start, left.sentence.end),
            there_in=Anchor.of(other.text, right.sentence.start, right.sentence.end),
        )
        for left, right in pairs
        for mine, its in changed(left.units, right.units)
        if mine.kind is not None
    )


def _sentences(text: str) -> frozenset[str]:
    return frozenset(text[start:end] for start, end in spans_in(text))


def _read(text: str, language: Language, translated: bool, same: frozenset[str]) -> list[_Read]:
    """The sentences of a text but those that stand in both word for word."""
    convention, small = convention_in(text), small_words(language)
    found = []
    for start, end in spans_in(text):
        if text[start:end] in same:
            continue
        sentence = sentence_at(text, start, end)
        figures = {figure.first: figure for figure in figures_in(sentence, language, convention)}
        units, place = [], 0
        while place < len(sentence.tokens):
            token = sentence.tokens[place]
            figure = figures.get(place)
            if figure is not None:
                end = sentence.tokens[figure.last - 1].end
                units.append(_Unit(f"f:{figure.value}", token.start, end, DriftKind.FIGURE, f"{figure.value}"))
                place = figure.last
                continue
            # Small words have no twin in the other language and would only thin out what is shared.
            if token.is_word and not (translated and folded(token.text) in small):
                units.append(_word_unit(token.text, token.start, token.end, language, translated))
            place += 1
        if len(units) <= _WORDS_MOST:
            found.append(_Read(sentence, tuple(units), frozenset(unit.key for unit in units)))
    return found


def _word_unit(word: str, start: int, end: int, language: Language, translated: bool) -> _Unit:
    meaning = meaning_of(word, language)
    # In translation most verbs are rendered freely; only what happened to people is held against its twin.
    kind = DriftKind.VERB if meaning and (meaning.told == "happens" or (meaning.told and not translated)) else None
    name = meaning.name if meaning else ""
    key = (f"w:{name}" if name else cognate_of(word) or folded(word)) if translated else folded(word)
    return _Unit(key, start, end, kind, _RENDERED.get(name, name) if translated else name)


def _aligned(one: Sequence[_Read], other: Sequence[_Read], translated: bool) -> list[tuple[_Read, _Read]]:
    """Sentences that are each other's best match, in the order of the first; of very many, the first hundreds."""
    one, other = one[:_SENTENCES_MOST], other[:_SENTENCES_MOST]
    least = _ALIKE_LEAST_TRANSLATED if translated else _ALIKE_LEAST
    scores = {(i, j): _alike(here, there) for i, here in enumerate(one) for j, there in enumerate(other)}
    best_first = sorted(scores, key=lambda pair: (-scores[pair], abs(pair[0] - pair[1]), pair))
    found: list[tuple[int, int]] = []
    for pair in best_first:
        if scores[pair] >= least and all(pair[0] != i and pair[1] != j for i, j in found):
            found.append(pair)
    # Between sentences that are plainly the same, less is enough.
    for pair in best_first:
        if scores[pair] >= _ALIKE_LEAST_BETWEEN and all((pair[0] - i) * (pair[1] - j) > 0 for i, j in found):
            found.append(pair)
    return [(one[i], other[j]) for i, j in sorted(found)]


def _alike(one: _Read, other: _Read) -> float:
    ours, theirs = one.keys, other.keys
    return len(ours & theirs) / max(4, min(len(ours), len(theirs)))


def _changed(one: Sequence[_Unit], other: Sequence[_Unit]) -> Iterator[tuple[_Unit, _Unit]]:
    match = SequenceMatcher(None, [unit.key for unit in one], [unit.key for unit in other], autojunk=False)
    for change, start, end, other_start, other_end in match.get_opcodes():
        if change == "replace" and max(end - start, other_end - other_start) <= _CHANGED_MOST:
            for kind in DriftKind:
                ours = [unit for unit in one[start:end] if unit.kind is kind]
                theirs = [unit for unit in other[other_start:other_end] if unit.kind is kind]
                if len(ours) == len(theirs):
                    yield from ((m, t) for m, t in zip(ours, theirs, strict=True) if m.tells != t.tells)


def _changed_in_translation(one: Sequence[_Unit], other: Sequence[_Unit]) -> Iterator[tuple[_Unit, _Unit]]:
    for kind in DriftKind:
        ours = [unit for unit in one if unit.kind is kind]
        theirs = [unit for unit in other if unit.kind is kind]
        mine, its = _without(ours, theirs), _without(theirs, ours)
        most = _FIGURES_MOST if kind is DriftKind.FIGURE else 1
        if len(mine) == len(its) <= most and (kind is DriftKind.FIGURE or len(ours) == len(theirs)):
            yield from zip(mine, its, strict=True)


def _without(units: Sequence[_Unit], others: Sequence[_Unit]) -> list[_Unit]:
    """The units that have no counterpart: of three that say 80 beside two, the last."""
    left = Counter(unit.tells for unit in others)
    found = []
    for unit in units:
        left[unit.tells] -= 1
        if left[unit.tells] < 0:
            found.append(unit)
    return found
