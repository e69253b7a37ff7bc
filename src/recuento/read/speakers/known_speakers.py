"""The speakers of a document known so far, and who is in sight at a place: joined by name, role, kind and issuer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from recuento.model.statement import Speaker, SpeakerKind
from recuento.read.speakers.body_names import named_organisations
from recuento.read.speakers.descriptions import describe
from recuento.read.speakers.entities import Entity, parts_of
from recuento.read.speakers.issuers import document_at, issued_before, issuer_of, names_own_report
from recuento.read.speakers.mentioned import SUBJECTS, Mentioned
from recuento.read.speakers.same_speaker import SURE, how_same, merge
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.tokens import Span, Tokens

RUMOUR = Speaker(name="(rumour)", kind=SpeakerKind.RUMOUR)
UNKNOWN = Speaker(name="(unnamed)", kind=SpeakerKind.UNNAMED, inferred=True)
_THE = frozenset(["el", "la", "los", "las", "the", "this", "ese", "este", "del", "al"])
FAR = 4
"""Sentences back in which whoever a pronoun stands for is looked for."""
REPORTED = 12
"""Sentences back in which "the report" may have been named."""
CHAINED = 5
"""Sentences in a row that open with a pronoun, followed back to whom it stands for."""
PLURAL, HE, SHE = words_of("plural_pronouns"), words_of("for_him"), words_of("for_her")
IT = frozenset(["it", "its"])
_ITS = words_of("owned")
KEPT = 60
_OWN = frozenset(["propio", "propia", "own", "mismo", "misma", "same", "último", "latest"])
MET = 400
"""Speakers remembered of a text: time must not grow with the square of its length."""
SPOKE, ACTED, NAMED = 3, 2, 0
"""Whom a pronoun means rather: who spoke, who was the subject of a sentence, who was named in it."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """An entity, or a fixed speaker that is nobody in particular, and whether it was concluded."""

    entity: Entity | None
    fixed: Speaker | None = None
    inferred: bool = False
    named_later: Entity | None = None

    def speaker(self) -> Speaker:
        """The speaker, with all that the whole document told of it."""
        if self.fixed is not None:
            return replace(self.fixed, inferred=self.inferred or self.fixed.inferred)
        if self.named_later is not None:
            return self.named_later.speaker(True)
        return self.entity.speaker(self.inferred) if self.entity is not None else UNKNOWN


NOBODY = Resolved(None, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a pronoun, or a verb without a subject, asks of whoever it stands for; None where it asks nothing."""

    plural: bool | None = None
    woman: bool | None = None
    person: bool = False
    thing: bool = False
    other_than: Entity | None = None
    outside: tuple[Span, ...] = ()
    """What is said: whom it is about has not said it."""

    def fits(self, entity: Entity) -> bool:
        """Whether an entity may be meant."""
        if entity is self.other_than:
            return False
        if self.plural is not None and entity.plural != self.plural and "police" not in entity.heads:
            return False
        if self.person and entity.kind is SpeakerKind.ORGANISATION:
            return False
        if self.thing and entity.kind is not SpeakerKind.ORGANISATION:
            return False
        return self.woman is None or entity.woman is None or entity.woman == self.woman


def wanted_by(pronoun: str) -> Wanted:
    """What a pronoun asks of whoever it stands for."""
    if pronoun in PLURAL:
        return Wanted(plural=True)
    if pronoun in SHE:
        return Wanted(plural=False, woman=True, person=True)
    if pronoun in HE:
        return Wanted(plural=False, woman=False, person=True)
    return Wanted(plural=False, thing=True) if pronoun in IT else Wanted()


class KnownSpeakers:
    """Whom a document has named or let speak, in the order in which they were met."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.mentioned = Mentioned(tokens)
        self.entities: list[Entity] = []
        self.spoke: dict[int, list[tuple[int, Entity]]] = {}
        """Who spoke in a sentence, by its number, with the token of the verb."""
        self.before: tuple[Span, Resolved] | None = None
        """Who spoke in the reading before, and the sentence it stands in."""
        self.opened: Entity | None = None
        """Who spoke first."""
        self.we: Entity | None = None
        """Who speaks of themselves as "we" outside quotations."""
        self.early: list[Entity] = []
        """Who spoke in the headline and the lead."""
        self.met_at: dict[Span, Entity | None] = {}
        self.count = 0
        self.pronouns = 0
        self.later: dict[int, Entity | None] = {}
        """Whom somebody who spoke without a name turned out to be."""
        self.met = 0
        """The sentence up to which everybody mentioned has been noted."""

    def meet(self, first: int, last: int, lexicon: Lexicon) -> None:
        """Note the organisations that a paragraph names in full, before anybody speaks: "... Observatorio (OVP)"."""
        self.mentioned.add_paragraph(first, last, lexicon)
        for start, end in named_organisations(self.tokens, first, last, lexicon):
            described = self._described(start, end, lexicon)
            if described.kind is SpeakerKind.ORGANISATION and self._known(described, lexicon)[0] is None:
                self._remember(described)

    def _phrase(self, first: int, last: int, lexicon: Lexicon) -> Resolved:
        issued = self._issuer(first, last, lexicon)
        if issued is not None:
            return Resolved(issued, None, True)
        described = self._described(first, last, lexicon)
        known, inferred = self._known(described, lexicon)
        if known is None and _comes_back(described):
            self._meet_mentioned(first)
            known, inferred = self._known(described, lexicon)
        if known is None:
            for part in parts_of(described):
                self._remember(part)
            self._remember(described)
            return Resolved(described)
        as_role = not described.is_named and known.is_named
        merge(known, described)
        self.entities.remove(known)
        self._remember(known)
        return Resolved(known, None, inferred and as_role)

    def _described(self, first: int, last: int, lexicon: Lexicon) -> Entity:
        entity = describe(self.tokens, first, last, lexicon)
        entity.place = first
        return entity

    def _remember(self, entity: Entity) -> None:
        self.entities.append(entity)
        self.count += 1
        entity.met = entity.met or self.count
        if len(self.entities) > MET:
            del self.entities[: MET // 2]

    def _meet_mentioned(self, before: int) -> None:
        """Note who is named, or told to be something, in the sentences before a token."""
        here = self.mentioned.sentence_of(before)
        for number in range(self.met, here + 1):
            self.met = number
            for mention in self.mentioned.in_sentence(number):
                if mention.span[1] > before:
                    return
                if mention.span not in self.met_at and "X" in self.tokens.tag[mention.span[0] : mention.span[1]]:
                    self._note(mention.span, self.mentioned.lexicons[number])

    def _note(self, span: Span, lexicon: Lexicon) -> None:
        described = self._described(*span, lexicon)
        if not described.is_named and described.article != "a":
            return
        known, _ = self._known(described, lexicon)
        if known is None:
            self._remember(described)
        else:
            merge(known, described)
        self.met_at[span] = known or described

    def _issuer(self, first: int, last: int, lexicon: Lexicon) -> Entity | None:
        """Whoever issued the report that "the report", or "its report", comes back to."""
        tokens, begin = self.tokens, first
        while begin < last - 1 and (tokens.tag[begin] in "PDp" or tokens.low[begin] in _OWN):
            begin += 1
        document = document_at(tokens, begin, last, lexicon)
        if document is None or begin == first or issuer_of(tokens, begin, last, lexicon) is not None:
            return None
        opens = first == self.mentioned.starts[self.mentioned.sentence_of(first)]
        if opens and not _ITS.isdisjoint(tokens.low[first:begin]):
            return self._last(first, Wanted(plural=False), False)
        if tokens.low[begin - 1] not in _THE or document != begin:
            return None
        span = issued_before(tokens, first, lexicon)
        return self._phrase(*span, lexicon).entity if span is not None else self._teller_of_report(first)

    def _teller_of_report(self, before: int) -> Entity | None:
        """Whoever spoke in the last sentence that names "their report", or says "in a report" at its beginning."""
        here = self.mentioned.sentence_of(before)
        for number in range(here - 1, max(-1, here - REPORTED - 1), -1):
            first, last = self.mentioned.starts[number], self.mentioned.starts[number + 1]
            if names_own_report(self.tokens, first, last):
                spoke = [entity for _, entity in self.spoke.get(number, ())]
                subjects = [mention.span for mention in self.mentioned.in_sentence(number) if mention.is_subject]
                met = [self._met(span, self.mentioned.lexicons[number]) for span in subjects]
                return next((entity for entity in [*spoke, *met] if entity is not None and entity.is_named), None)
        return None

    def _known(self, new: Entity, lexicon: Lexicon) -> tuple[Entity | None, bool]:
        """The speaker met before that an entity is, nearest first; and whether that was concluded rather than read.

        Whom the text names only further down is meant where nobody named before fits.
        """
        best, found, is_later = 0, None, False
        for entity in reversed(self.entities[-KEPT:]):
            sure, later = how_same(entity, new, lexicon), entity.place > new.place
            if sure and (found is None or is_later > later or (is_later == later and sure > best)):
                best, found, is_later = sure, entity, later
            if best == SURE and not is_later:
                break
        return found, best < SURE

    def _last(self, at: int, wanted: Wanted, nearest: bool = False) -> Entity | None:
        """Who was spoken of last and fits: who spoke before who acted before who was named, and near before far."""
        here = self.mentioned.sentence_of(at)
        best: tuple[int, int] = (-FAR - 1, 0)
        entity: Entity | None = None
        for number in range(here, max(-1, here - FAR - 1), -1):
            far = here - number
            if SPOKE - far < best[0]:
                break
            spoke = NAMED if nearest else SPOKE
            for place, candidate in self.spoke.get(number, ()):
                if place < at and (spoke - far, place) > best and _is_somebody(candidate) and wanted.fits(candidate):
                    best, entity = (spoke - far, place), candidate
            for mention in self.mentioned.in_sentence(number):
                rank = NAMED if nearest or not mention.is_subject else ACTED
                said = any(first <= mention.span[0] < last for first, last in wanted.outside)
                if said or mention.is_within or mention.span[1] > at or (rank - far, mention.span[0]) <= best:
                    continue
                met = self._met(mention.span, self.mentioned.lexicons[number])
                if met is not None and _is_somebody(met) and wanted.fits(met):
                    best, entity = (rank - far, mention.span[0]), met
        return entity

    def _subject(self, at: int) -> Entity | None:
        """Whom a pronoun that opens a sentence stands for."""
        if self.pronouns >= CHAINED:
            return None
        self.pronouns += 1
        found = self._last(at, wanted_by(self.tokens.low[at]))
        self.pronouns -= 1
        return found

    def _met(self, span: Span, lexicon: Lexicon) -> Entity | None:
        if span not in self.met_at:
            pronoun = span[1] - span[0] == 1 and self.tokens.low[span[0]] in SUBJECTS
            self.met_at[span] = self._subject(span[0]) if pronoun else self._phrase(*span, lexicon).entity
        return self.met_at[span]


def _is_somebody(entity: Entity) -> bool:
    """Whether the words tell a person, people or a body, and not only that something speaks."""
    if entity.is_named and entity.kind is SpeakerKind.PERSON and " " not in entity.name:
        return entity.spoke or bool(entity.heads) or entity.woman is not None  # «Forensia» may be anything.
    return entity.is_named or bool(entity.heads) or entity.plural or entity.is_document


def _comes_back(entity: Entity) -> bool:
    """Whether somebody is spoken of as known: «la directora», or by one name alone."""
    if entity.is_named:
        return entity.kind is SpeakerKind.PERSON and " " not in entity.name
    return entity.article == "the" and bool(entity.heads)
