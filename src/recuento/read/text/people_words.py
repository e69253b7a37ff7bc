"""What people and bodies are called: their nouns, for a man or a woman, and what else a text then calls them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from recuento.read.text.folding import plain
from recuento.read.text.lexicon import words_of
from recuento.values.bilingual import Language

_BEFORE_NOUNS = ("ex-", "ex", "vice", "sub", "co-", "pro")
_FIRST_LETTERS = frozenset(before[0] for before in _BEFORE_NOUNS)
_ANYONE = "anyone"
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "policemen": "policeman", "people": "person"}


@dataclass(slots=True)
class PeopleWords:
    """The nouns of one language. `one_of` gives a noun the form it is listed under: "vocera" gives "vocero"."""

    one_of: dict[str, str] = field(default_factory=dict)
    men: set[str] = field(default_factory=set)
    women: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    kinds: dict[str, set[str]] = field(default_factory=dict)
    wider: dict[str, set[str]] = field(default_factory=dict)
    same: dict[str, set[int]] = field(default_factory=dict)

    def person(self, word: str) -> str | None:
        """The noun for a person that a word is, also behind "ex-" and "vice"; None where it is none."""
        if word in self.people:
            return word
        if word[:1] not in _FIRST_LETTERS or word.endswith("s"):
            return None
        for before in _BEFORE_NOUNS:
            if word.startswith(before) and word[len(before) :].lstrip("-") in self.people:
                return word[len(before) :].lstrip("-")
        return None

    def people_of(self, word: str) -> str | None:
        """The noun of which a word is the plural: "abogadas" gives "abogada"."""
        if not word.endswith("s"):
            return _IRREGULAR.get(word)
        for end in ("s", "es"):
            noun = word.removesuffix(end)
            if noun in self.people or noun in self.bodies:
                return noun
        return "wife" if word == "wives" else None

    def woman(self, word: str) -> bool | None:
        """Whether a noun is said of a woman; None where it is said of either."""
        noun = self.person(word) or word
        if (noun in self.women) == (noun in self.men):
            return None
        return noun in self.women

    def is_same(self, noun: str, other: str) -> bool:
        """Whether two nouns name one office: "juez" and "magistrada"."""
        one, two = self._listed(noun), self._listed(other)
        return one == two or not self.same.get(one, set()).isdisjoint(self.same.get(two, ()))

    def may_be_called(self, head: str, noun: str) -> bool:
        """Whether somebody introduced by `head` may come back as `noun`: "el gobernador" as "el mandatario"."""
        wider = self.wider.get(self._listed(noun), set())
        return not wider.isdisjoint(self.kinds.get(self._listed(head, behind=True), ()))

    def may_be_called_a_group(self, noun: str) -> bool:
        """Whether a body of which nothing but the name is known may come back as `noun`: "the group"."""
        return "bodies.rights" in self.wider.get(self._listed(noun), ())

    def is_for_anyone(self, noun: str) -> bool:
        """Whether a noun tells no more than that somebody is a person: "la mujer", "the man"."""
        return _ANYONE in self.wider.get(self._listed(noun), ())

    def _listed(self, noun: str, *, behind: bool = False) -> str:
        """The form a noun is listed under; `behind` "ex-" and "vice", too."""
        noun = (self.person(noun) or noun) if behind else noun
        return self.one_of.get(noun, noun)


@cache
def people_words(language: Language) -> PeopleWords:
    """The nouns of a language, from `languages/*/people.txt`."""
    words = PeopleWords()
    text = files("recuento.read").joinpath("languages", language, "people.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        kind, _, rest = line.partition(":")
        if line.startswith("#") or not rest:
            continue
        if kind == "same":
            for number, group in enumerate(rest.replace("(", "").split(")")):
                for entry in group.split():
                    words.same.setdefault(_enter(words, entry, kind), set()).add(number)
            continue
        nouns, _, wider = rest.partition(">")
        for entry in nouns.split():
            words.kinds.setdefault(_enter(words, entry, kind), set()).add(kind)
        for entry in wider.split():
            words.wider.setdefault(_enter(words, entry, kind), set()).add(kind)
    return words


def _enter(words: PeopleWords, entry: str, kind: str) -> str:
    """Note the forms of an entry; give back the one it is listed under."""
    man, slash, woman = entry.partition("/")
    forms = [form for form in (man, woman) if form]
    for form in forms:
        words.one_of.setdefault(form, words.one_of.get(forms[0], forms[0]))
        (words.bodies if kind.startswith("bodies") else words.people).add(form)
    if slash and man:
        words.men.add(man)
    if woman:
        words.women.add(woman)
    return words.one_of[forms[0]]


# Given names.

_WOMEN, _MEN = words_of("given_women"), words_of("given_men")


def is_listed_woman(given: str) -> bool | None:
    """Whether a given name is listed as a woman's or a man's; None where it is in neither list."""
    name = plain(given.lower())
    return True if name in _WOMEN else False if name in _MEN else None


def is_woman_by_name(given: str) -> bool | None:
    """Whether a given name is a woman's, as far as a list and the ending tell; None where they do not."""
    listed = is_listed_woman(given)
    if listed is not None:
        return listed
    name = plain(given.lower())
    if len(name) > 2 and name.isalpha() and name[-1] in "ao":
        return name[-1] == "a"
    return None
