"""The words the reader looks up, one lexicon a language, read once from the data files in `languages/`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from recuento.values.bilingual import Language

FINITE = frozenset({"1s", "1p", "2s", "3s", "3p", "past", "base"})
"""The features of forms that can carry a sentence; "base" is the English plural present."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb: its class (say, claim, deny ...), the frames it takes, the words that must follow it."""

    lemma: str
    kind: str
    frames: frozenset[str]
    language: Language
    particles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a verb in a text. `verbs` with particles come first, so that the longer reading wins."""

    feature: str
    verbs: tuple[Verb, ...]
    openers: frozenset[str] = frozenset()
    """The words one of which must follow, where no verb of this form stands alone: "stood" + "firm"."""

    @property
    def is_finite(self) -> bool:
        """Whether it can carry a sentence."""
        return self.feature in FINITE


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists of one language. `tags` gives the class of a word as one letter (see tagging.py)."""

    language: Language
    forms: dict[str, Form]
    lists: dict[str, frozenset[str]]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    tags: dict[str, str] = field(default_factory=dict)
    according_heads: frozenset[str] = frozenset()
    according_by_head: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """The phrases such as "according to" by their first word."""
    commands: frozenset[str] = frozenset()
    """Forms in which people are told what to do: "publish", «publiquen»."""
    told_before: frozenset[str] = frozenset()
    """Spanish forms in which it is told that they were: «publicaran»."""

    def has(self, name: str, word: str) -> bool:
        """Whether the word stands in the list of that name."""
        return word in self.lists[name]


_TAGGED = (
    ("possessive", "p"), ("determiner", "D"), ("object", "O"), ("subject", "N"), ("adverb", "A"), ("negation", "G"),
    ("time", "T"), ("preposition", "P"), ("subordinator", "S"), ("relative", "R"), ("complement", "S"),
    ("coordinator", "C"), ("auxiliary", "V"),
)  # fmt: skip


@cache
def lexicon(language: Language) -> Lexicon:
    """The lexicon of a language."""
    folder = files("recuento.read").joinpath("languages", language)
    lists, phrases = _lists(folder.joinpath("words.txt").read_text(encoding="utf-8"))
    verbs = _verbs(folder.joinpath("verbs.txt").read_text(encoding="utf-8"), language)
    forms = _forms(folder.joinpath("forms.txt").read_text(encoding="utf-8"), verbs)
    tags: dict[str, str] = dict.fromkeys(lists["finite"], "V")
    for name, tag in _TAGGED:
        tags.update(dict.fromkeys(lists[name], tag))
    heads = lists["according"] | lists["as"] | {phrase[0] for phrase in phrases["according"]}
    heads |= {"by"} if language == "en" else set()
    commands, told = _commands(folder, language)
    by_head = {
        head: tuple(phrase for phrase in phrases["according"] if phrase[0] == head)
        for head in {phrase[0] for phrase in phrases["according"]}
    }
    return Lexicon(language, forms, lists, phrases, tags, heads, by_head, commands, told)


def _commands(folder: Traversable, language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """The forms of commands, and those of commands told later."""
    if language == "en":
        text = folder.joinpath("acts.txt").read_text(encoding="utf-8")
        words = " ".join(line for line in text.splitlines() if not line.startswith("#"))
        return frozenset(words.split()), frozenset()
    lines = folder.joinpath("commands.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return (
        frozenset(form for form, _, tense in rows if tense == "now"),
        frozenset(form for form, _, tense in rows if tense == "past"),
    )


@cache
def _both() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in _entries(files("recuento.read").joinpath("languages", "both.txt").read_text(encoding="utf-8")):
        found.setdefault(name, set()).update(words)
    return {name: frozenset(words) for name, words in found.items()}


def words_of(name: str) -> frozenset[str]:
    """A list of `languages/both.txt`: words that rules of both languages look up together."""
    return _both()[name]


def _entries(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, rest = line.partition(":")
            yield name, rest.split()


def _lists(text: str) -> tuple[dict[str, frozenset[str]], dict[str, tuple[tuple[str, ...], ...]]]:
    """Single words by list, and entries of several words by list, the longest first."""
    words: dict[str, frozenset[str]] = {}
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name, entries in _entries(text):
        words[name] = frozenset(entry for entry in entries if "_" not in entry)
        several = [tuple(entry.split("_")) for entry in entries if "_" in entry]
        phrases[name] = tuple(sorted(several, key=len, reverse=True))
    return words, phrases


def _verbs(text: str, language: Language) -> dict[str, list[Verb]]:
    verbs: dict[str, list[Verb]] = {}
    for kind, entries in _entries(text):
        for entry in entries:
            spelled, _, frames = entry.partition("/")
            lemma, *particles = spelled.split("+")
            lemma = lemma.split(":")[0]
            verbs.setdefault(lemma, []).append(Verb(lemma, kind, frozenset(frames), language, tuple(particles)))
    for several in verbs.values():
        several.sort(key=lambda verb: -len(verb.particles))
    return verbs


def _openers(verbs: list[Verb]) -> frozenset[str]:
    alone = any(not verb.particles for verb in verbs)
    return frozenset() if alone else frozenset(verb.particles[0] for verb in verbs)


def _forms(text: str, verbs: dict[str, list[Verb]]) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            form, lemma, feature = line.split("\t")
            if form not in forms and lemma in verbs:
                forms[form] = Form(feature, tuple(verbs[lemma]), _openers(verbs[lemma]))
    return forms
