"""Whether two mentions in one document are of one speaker: by name, surname, acronym, role, or the kind of body."""

from __future__ import annotations

import re

from recuento.model.statement import SpeakerKind
from recuento.read.speakers.entities import Entity
from recuento.read.text.folding import fold
from recuento.read.text.folding import key_words as words_that_count
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.people_words import PeopleWords, people_words

SURE, LIKELY, PERHAPS = 3, 2, 1
"""How much two mentions have in common: the name or the role itself, one that fits, or no more than that it may be."""


def key_words(name: str) -> frozenset[str]:
    """The words of a name that count, without the mark of a possessor."""
    return words_that_count(name.replace("'s", "").replace("’s", ""))


_AND = (["y"], ["e"], ["and"], ["&"])
_HERE = words_of("this_place")
"""Words for the prison a text is about: «la directora del centro»."""


def how_same(known: Entity, new: Entity, lexicon: Lexicon) -> int:
    """0 where two mentions are of two speakers, else `SURE`, `LIKELY` or `PERHAPS`."""
    if known.plural != new.plural or _differ_in_sex(known, new):
        return 0
    if _is_same_acronym(known, new):
        return SURE
    if fold(known.name) == fold(new.name):
        return SURE if known.is_named or new.article != "a" else 0
    if new.plural:
        return LIKELY if new.article == "the" and _same_people(known, new, people_words(lexicon.language)) else 0
    bodies = SpeakerKind.ORGANISATION
    if known.kind is bodies and new.kind is SpeakerKind.PERSON and _is_short_for(new, known):
        return SURE
    if known.kind is not bodies and new.kind is bodies and _may_be_a_body(known):
        generic = new.article == "the" and any(
            people_words(lexicon.language).may_be_called_a_group(head) for head in new.heads
        )
        alone = key_words(new.name) <= _nouns(new.heads)
        return PERHAPS if generic and alone and known.spoke and not new.is_named else 0
    if (
        known.kind is not bodies
        and new.kind is bodies
        and not new.heads.isdisjoint(people_words(lexicon.language).people)
    ):
        return _same_person(known, new, people_words(lexicon.language))  # «La autoridad».
    if (known.kind is bodies) != (new.kind is bodies):
        return 0
    words = people_words(lexicon.language)
    return _same_body(known, new, words) if known.kind is bodies else _same_person(known, new, words)


def is_named_later(unnamed: Entity, named: Entity, lexicon: Lexicon) -> bool:
    """Whether «la directora del penal» of a headline may be whom the text names further down, by the same noun."""
    if not named.is_named or named.kind is not SpeakerKind.PERSON or _differ_in_sex(unnamed, named):
        return False
    words = people_words(lexicon.language)
    had = key_words(f"{named.role or ''} {named.organisation or ''} {named.name}")
    alike = any(words.is_same(one, head) for one in named.heads for head in unnamed.heads)
    return alike and key_words(_complement(unnamed.name)) <= had


def _may_be_a_body(entity: Entity) -> bool:
    """Whether a name that nothing explains may be a body's: "Lantern Rights"."""
    return entity.is_named and entity.woman is None and not entity.heads and entity.role is None and " " in entity.name


def _is_short_for(new: Entity, known: Entity) -> bool:
    """Whether a bare word is the first of a body's name: "Cedarline" after "Cedarline Escort Services"."""
    bare = new.is_named and " " not in new.name and not new.heads and new.role is None
    return bare and known.is_named and known.name.startswith(f"{new.name} ")


def _same_people(known: Entity, new: Entity, words: PeopleWords) -> bool:
    """«Las letradas» after «dos abogadas de oficio»."""
    if len(key_words(new.name)) > 1:
        return False
    return any(words.is_same(one, head) for one in known.heads for head in new.heads)


def _differ_in_sex(known: Entity, new: Entity) -> bool:
    return known.woman is not None and new.woman is not None and known.woman != new.woman


def _is_same_acronym(known: Entity, new: Entity) -> bool:
    if new.acronym and known.acronym:
        return new.acronym == known.acronym
    return bool(
        (known.acronym and fold(new.name) == fold(known.acronym))
        or (new.acronym and fold(known.name) == fold(new.acronym))
    )


def _same_person(known: Entity, new: Entity, words: PeopleWords) -> int:
    if known.is_named and new.is_named:
        one, other = key_words(new.name), key_words(known.name)
        return SURE if one and other and (one <= other or other <= one) else 0
    if new.is_named or new.article != "the":
        return 0
    return max((_same_role(known, new, head, words) for head in new.heads), default=0)


def _same_role(known: Entity, new: Entity, head: str, words: PeopleWords) -> int:
    """«La directora» after «la directora del penal, Ana Paz», and «el mandatario» after «el gobernador»."""
    had = key_words(f"{known.role or ''} {known.organisation or ''} {known.name}")
    if head in known.heads:
        said = key_words(new.name) - key_words(head)
        return SURE if said <= had else LIKELY if said - had <= _HERE else 0
    if not key_words(_complement(new.name)) <= had:
        return 0
    if any(words.is_same(one, head) or words.may_be_called(one, head) for one in known.heads):
        return LIKELY
    alone = key_words(new.name) <= _nouns({head})
    told = bool(known.heads) or (known.is_named and known.woman is not None)
    return PERHAPS if words.is_for_anyone(head) and alone and told else 0


def _complement(name: str) -> str:
    """What a role is of: "del penal" in «el jefe policial del penal»."""
    found = _OF.search(name)
    return name[found.start() :] if found else ""


_OF = re.compile(r" (?:de|del|of|for|at|en) ")


def _same_body(known: Entity, new: Entity, words: PeopleWords) -> int:
    one, other = key_words(new.name), key_words(known.name)
    if _is_one_of(new.name, known.name):
        return 0
    if new.is_named:
        return SURE if one and other and (one <= other or (other <= one and known.is_named)) else 0
    if new.article != "the" or not new.heads:
        return 0
    if one <= other or not known.heads.isdisjoint(new.heads):
        return SURE if one - other <= _nouns(new.heads) else 0
    if not one - _nouns(new.heads) <= other:
        return 0
    if not known.heads:
        return (
            PERHAPS
            if known.is_named and known.spoke and any(words.may_be_called_a_group(head) for head in new.heads)
            else 0
        )
    alike = any(words.may_be_called(one, head) or words.is_same(one, head) for one in known.heads for head in new.heads)
    return LIKELY if alike and any(word[0].isupper() for word in known.name.split()) else 0


def _is_one_of(name: str, known: str) -> bool:
    """Whether a name is one of two that speak together: "Gobierno" after «Sindicato y Gobierno»."""
    before, found, after = f" {known} ".partition(f" {name} ")
    return bool(found) and (before.split()[-1:] in _AND or after.split()[:1] in _AND)


def _nouns(heads: set[str]) -> frozenset[str]:
    return frozenset().union(*(key_words(head) for head in heads))


def merge(known: Entity, new: Entity) -> None:
    """Learn from another mention: a longer name, a role, a gender."""
    if new.kind is SpeakerKind.ORGANISATION and known.kind is not new.kind and _may_be_a_body(known):
        known.kind = new.kind
    longer = len(new.name.split()) > len(known.name.split())
    if known.kind is new.kind is SpeakerKind.PERSON and new.is_named and (longer or not known.is_named):
        known.name, known.is_named = new.name, True
    if known.kind is new.kind is SpeakerKind.ORGANISATION and longer and new.name.startswith(f"{known.name} "):
        known.name = new.name if new.name.split()[-1][0].isupper() else known.name
    known.role = known.role or new.role
    known.organisation = known.organisation or new.organisation
    known.acronym = known.acronym or new.acronym
    known.woman = known.woman if known.woman is not None else new.woman
    known.heads |= new.heads
    known.words |= new.words
