"""Who a source is, inside one document: names, roles and organisations joined over its whole length.

"The NGO", "he" and "Nieto" become the name they stand for. What was concluded rather than read is marked.
"""

from __future__ import annotations

from dataclasses import dataclass

from recuento.model.statement import Speaker, SpeakerKind
from recuento.read.descriptions import Entity, describe, named_organisations
from recuento.read.folding import fold, key_words
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.readings import Reading, Span
from recuento.read.tokens import Tokens

RUMOUR = Speaker(name="(rumour)", kind=SpeakerKind.RUMOUR)
UNKNOWN = Speaker(name="(unnamed)", kind=SpeakerKind.UNNAMED, inferred=True)
_PLURAL = words_of("plural_pronouns")
_HE = frozenset(["he", "él", "éste", "este", "aquel", "aquél"])
_SHE = frozenset(["she", "ella", "ésta", "esta"])
_FIRST = words_of("first_persons")


@dataclass(frozen=True, slots=True)
class Resolved:
    """An entity, or a fixed speaker that is nobody in particular, and whether it was concluded."""

    entity: Entity | None
    fixed: Speaker | None = None
    inferred: bool = False

    def speaker(self) -> Speaker:
        """The speaker, with all that the whole document told of it."""
        if self.fixed is not None:
            return self.fixed
        return self.entity.speaker(self.inferred) if self.entity is not None else UNKNOWN


class Speakers:
    """The speakers of one document in the order in which they were met."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.entities: list[Entity] = []
        self.recent: list[Entity] = []

    def meet(self, first: int, last: int, lexicon: Lexicon) -> None:
        """Note the organisations that a paragraph names in full, before anybody speaks: "... Observatorio (OVP)"."""
        for start, end in named_organisations(self.tokens, first, last, lexicon):
            described = describe(self.tokens, start, end, lexicon)
            if described.kind is SpeakerKind.ORGANISATION and self._known(described, lexicon) is None:
                self.entities.append(described)

    def resolve(self, reading: Reading, lexicon: Lexicon, parent: Resolved | None) -> Resolved:
        """Who speaks in this reading. Readings must come in the order of the text."""
        if reading.impersonal:
            return self._impersonal(reading)
        if reading.source is None and reading.implied is not None:
            return Resolved(self._phrase(*reading.implied, lexicon, spoken=False).entity, None, True)
        if reading.source is None:
            return self._without_source(reading, parent)
        first, last = reading.source
        head = self.tokens.low[first]
        if last - first == 1 and (
            lexicon.has("subject", head) or lexicon.has("relative", head) or head in ("que", "that")
        ):
            return self._pronoun(reading, head, lexicon, parent)
        return self._phrase(first, last, lexicon, spoken=parent is None)

    def name_of(self, span: Span, lexicon: Lexicon) -> str:
        """The name of an addressee, joined with the document's speakers but not remembered as one."""
        return self._phrase(*span, lexicon, spoken=False).speaker().name

    def _impersonal(self, reading: Reading) -> Resolved:
        if ".hearsay" in reading.rule:
            return Resolved(None, RUMOUR)
        if reading.verb is not None and reading.verb.lemma in (
            "rumor",
            "rumour",
            "rumorear",
            "say",
            "decir",
            "especular",
            "speculate",
        ):
            return Resolved(None, RUMOUR)
        return Resolved(None, UNKNOWN)

    def _without_source(self, reading: Reading, parent: Resolved | None) -> Resolved:
        if parent is not None and (parent.entity is not None or parent.fixed is not None):
            return Resolved(parent.entity, parent.fixed, True)
        if reading.feature in ("1s", "1p", "2s"):
            return Resolved(None, UNKNOWN)
        return self._last(plural=reading.feature == "3p")

    def _last(self, plural: bool = False, woman: bool | None = None, person: bool = False) -> Resolved:
        """The last speaker that fits; the very last one where none does."""
        for entity in reversed(self.recent):
            if entity.plural == plural and _fits(entity, woman, person):
                return Resolved(entity, None, True)
        for entity in reversed(self.recent):
            if person and entity.kind is SpeakerKind.PERSON and _fits(entity, woman, person):
                return Resolved(entity, None, True)
        return Resolved(self.recent[-1] if self.recent else None, None, True)

    def _pronoun(self, reading: Reading, head: str, lexicon: Lexicon, parent: Resolved | None) -> Resolved:
        if head in _FIRST:
            return Resolved(parent.entity, parent.fixed, True) if parent is not None else Resolved(None, UNKNOWN)
        if lexicon.has("relative", head) or head in ("que", "that"):
            antecedent = self._antecedent(reading, lexicon)
            if antecedent is not None:
                return antecedent
        if head in _PLURAL:
            return self._last(plural=True)
        if head in _SHE:
            return self._last(woman=True, person=True)
        if head in _HE:
            return self._last(woman=False, person=True)
        return self._last()

    def _antecedent(self, reading: Reading, lexicon: Lexicon) -> Resolved | None:
        assert reading.source is not None
        end = reading.source[0]
        while end > reading.sentence[0] and self.tokens.tag[end - 1] in ",P":
            end -= 1
        start = self._start_of_antecedent(reading.sentence[0], end, lexicon)
        return self._phrase(start, end, lexicon, spoken=True) if start < end else None

    def _start_of_antecedent(self, low: int, end: int, lexicon: Lexicon) -> int:
        """Where the noun phrase that ends at `end` begins: a name with its role, or the words back to an article."""
        tags, start = self.tokens.tag, end
        while start > low and end - start < 8 and tags[start - 1] == "X":
            start -= 1
        if start < end:
            return start - 1 if start > low and lexicon.has("role", self.tokens.low[start - 1]) else start
        while start > low and end - start < 10 and tags[start - 1] in "wXPD)":
            start -= 1
            if tags[start] == "D" and (start == low or tags[start - 1] != "P"):
                break
        return start

    # Noun phrases.

    def _phrase(self, first: int, last: int, lexicon: Lexicon, spoken: bool) -> Resolved:
        described = describe(self.tokens, first, last, lexicon)
        known = self._known(described, lexicon)
        if known is not None:
            _merge(known, described)
            differs = fold(described.name) != fold(known.name)
            inferred = differs and (fold(described.name) not in fold(known.name) or described.name[:1].islower())
            if spoken:
                self._remember(known)
            return Resolved(known, None, inferred)
        self.entities.append(described)
        if spoken:
            self._remember(described)
        return Resolved(described)

    def _remember(self, entity: Entity) -> None:
        if entity in self.recent[-8:]:
            self.recent.remove(entity)
        self.recent.append(entity)
        del self.recent[:-40]

    def _known(self, new: Entity, lexicon: Lexicon) -> Entity | None:
        if new.kind is SpeakerKind.ORGANISATION and key_words(new.name) <= _GENERIC_SELF:
            for entity in [*reversed(self.recent), *reversed(self.entities[-60:])]:
                if entity.kind is SpeakerKind.ORGANISATION:
                    return entity
        for entity in reversed(self.entities[-60:]):
            if new.kind is not SpeakerKind.UNNAMED and _same(entity, new, lexicon):
                return entity
        return None


def _fits(entity: Entity, woman: bool | None, person: bool) -> bool:
    if person and entity.kind is not SpeakerKind.PERSON:
        return False
    return woman is None or entity.woman is None or entity.woman == woman


def _merge(known: Entity, new: Entity) -> None:
    """Learn from another mention: a longer name, a role, a gender."""
    if (
        known.kind is SpeakerKind.PERSON
        and new.kind is SpeakerKind.PERSON
        and len(new.name.split()) > len(known.name.split())
    ) and new.name[:1].isupper():
        known.name = new.name
    known.role = known.role or new.role
    known.organisation = known.organisation or new.organisation
    known.acronym = known.acronym or new.acronym
    known.woman = known.woman if known.woman is not None else new.woman
    known.words |= new.words


def _same(known: Entity, new: Entity, lexicon: Lexicon) -> bool:
    """Whether two mentions name one speaker: acronym, surname, role alone, or a part of the organisation's name."""
    if fold(known.name) == fold(new.name):
        return True
    if new.acronym and known.acronym:
        return new.acronym == known.acronym
    if known.acronym and fold(new.name) == fold(known.acronym):
        return True
    if new.acronym and fold(known.name) == fold(new.acronym):
        return True
    if new.words and known.kind is SpeakerKind.PERSON and new.kind is SpeakerKind.PERSON:
        if new.name[:1].isupper() and known.name[:1].isupper():
            one, other = key_words(new.name), key_words(known.name)
            return bool(one) and bool(other) and (one <= other or other <= one)
        if new.role and not new.name[:1].isupper():
            wanted, had = key_words(new.role), key_words(known.role or "")
            return bool(wanted & had)
    if known.kind is SpeakerKind.ORGANISATION and new.kind is SpeakerKind.ORGANISATION:
        one, other = key_words(new.name), key_words(known.name)
        if not one:
            return False
        if one <= other and not new.name[:1].isupper():
            return True
        if len(one) == 1 and not new.name[:1].isupper() and lexicon.has("self", next(iter(fold(new.name).split()))):
            return not (_GENERIC_SELF.isdisjoint(one) and one.isdisjoint(other))
        return bool(one <= other and len(one) >= 1)
    return False


_GENERIC_SELF = words_of("generic_organisations")
