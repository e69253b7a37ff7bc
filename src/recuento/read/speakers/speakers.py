"""Who a source is, inside one document: names, roles and organisations joined over its whole length.

"The NGO", "he" and "Nieto" become the name they stand for. What was concluded rather than read is marked, and where
nobody in sight fits, nobody is named: a wrong name in somebody's mouth is worse than none.
"""

from __future__ import annotations

from dataclasses import replace

from recuento.model.statement import Speaker, SpeakerKind
from recuento.read.readings import Reading
from recuento.read.speakers.entities import Entity
from recuento.read.speakers.known_speakers import (
    HE,
    IT,
    NOBODY,
    PLURAL,
    RUMOUR,
    SHE,
    KnownSpeakers,
    Resolved,
    Wanted,
    wanted_by,
)
from recuento.read.speakers.mentioned import SUBJECTS, mentions_between
from recuento.read.speakers.same_speaker import is_named_later
from recuento.read.text.interviews import signature_of
from recuento.read.text.lexicon import Lexicon, words_of

_COMMUNIQUES = words_of("communiques")
_HEADING = 12
"""Words at the head of a text that may call it a statement."""
_WHICH = frozenset(["que", "that", "cual", "cuales"])
_NEAREST = words_of("demonstratives")
_FIRST = words_of("first_persons")
_OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}
"""Whose claim or promise it is: "its promise to release"."""
_ADDITIVE = words_of("additive")
_SELF = words_of("self_same") | words_of("same")
_HEARSAY = frozenset(["rumor", "rumour", "rumorear", "say", "decir", "especular", "speculate"])
LEAD = 4
"""Sentences in which somebody may speak before the text tells the name."""


class Speakers(KnownSpeakers):
    """Resolves the readings of one document, which must come in the order of the text."""

    def resolve(self, reading: Reading, lexicon: Lexicon, parent: Resolved | None) -> Resolved:
        """Who speaks in this reading. Readings must come in the order of the text."""
        resolved = self._resolved(reading, lexicon, parent)
        if parent is None and not reading.impersonal:
            self.before = (reading.sentence, resolved)
        if parent is None and resolved.entity is not None:
            self.opened = self.opened or resolved.entity
            resolved.entity.spoke = True
            if reading.feature == "1p" and reading.source is not None:
                self.we = resolved.entity  # «Los trabajadores denunciamos».
            at = _place(reading)
            if self.mentioned.sentence_of(at) < LEAD:
                self.early.append(resolved.entity)
            spoke = self.spoke.setdefault(self.mentioned.sentence_of(at), [])
            spoke.append((at, resolved.entity))
            if (
                reading.kind == "ask"
                and reading.addressee is not None
                and not self._is_pronoun(*reading.addressee, lexicon)
            ):
                asked = self._phrase(*reading.addressee, lexicon).entity
                if asked is not None:
                    spoke.append((reading.addressee[1], asked))  # Whoever is asked answers next.
        return resolved

    def _resolved(self, reading: Reading, lexicon: Lexicon, parent: Resolved | None) -> Resolved:
        if reading.impersonal:
            return self._impersonal(reading)
        if reading.source is None and reading.implied is not None:
            implied = self._phrase(*reading.implied, lexicon).entity
            if implied is not None and (implied.is_named or implied.heads or implied.kind is SpeakerKind.PERSON):
                return Resolved(implied, None, True)
        if reading.source is None:
            return self._without_source(reading, lexicon, parent)
        first, last = reading.source
        head = self.tokens.low[first]
        if self._is_pronoun(first, last, lexicon):
            return self._pronoun(reading, head, lexicon, parent)
        return self._phrase(first, last, lexicon)

    def _impersonal(self, reading: Reading) -> Resolved:
        if ".hearsay" in reading.rule or (reading.verb is not None and reading.verb.lemma in _HEARSAY):
            return Resolved(None, RUMOUR)
        return NOBODY

    def named_later(self, resolved: Resolved, lexicon: Lexicon) -> Resolved:
        """The same, with the name of whoever the text names only further down: a headline's "minister"."""
        entity = resolved.entity
        if entity is not None and entity.is_named and entity.kind is SpeakerKind.PERSON and " " not in entity.name:
            self._meet_mentioned(len(self.tokens))  # It grows to the full name.
        if entity is None or entity.is_named or entity.plural or not entity.heads:
            return resolved
        if entity.article == "a" and entity not in self.early:
            return resolved
        if id(entity) not in self.later:
            self._meet_mentioned(len(self.tokens))
            after = entity.met if entity.article == "a" else 0
            found = [other for other in self.entities if other.met > after and is_named_later(entity, other, lexicon)]
            self.later[id(entity)] = found[0] if len(found) == 1 else None
        return replace(resolved, named_later=self.later[id(entity)])

    # Verbs without a subject, and pronouns.

    def _without_source(self, reading: Reading, lexicon: Lexicon, parent: Resolved | None) -> Resolved:
        if reading.feature in ("1s", "1p", "2s"):
            return self._first_person(reading, reading.feature == "1p", parent) if reading.feature[0] == "1" else NOBODY
        if parent is None and reading.shared and self.before is not None and self.before[0] == reading.sentence:
            return replace(self.before[1], inferred=True)  # «Estimó que ..., y observó que ...».
        plural = {"3s": False, "3p": True}.get(reading.feature)
        told = self._told_by_another(reading, parent)
        return self._meant(reading, Wanted(plural, other_than=told), lexicon, parent)

    def _told_by_another(self, reading: Reading, parent: Resolved | None) -> Entity | None:
        """Who says "me" or "us" beside the verb, and so is not its subject: «nos aseguró», «me contestó»."""
        if reading.cue is None or parent is not None:
            return None
        near = self.tokens.low[max(0, reading.cue[0] - 2) : reading.cue[1]]
        word = next((low for low in near if low in ("me", "nos")), None)
        return self._first_person(reading, word == "nos", parent).entity if word is not None else None

    def _first_person(self, reading: Reading, plural: bool, parent: Resolved | None) -> Resolved:
        """Who says "I" and "we": whoever is quoted; outside quotations the body that tells its news, or who signed."""
        if parent is not None:
            return Resolved(parent.entity, parent.fixed, True)
        if self.tokens.depth[_place(reading)] > 0:
            return NOBODY
        opened = self.opened if self.opened is not None and self.opened.kind is SpeakerKind.ORGANISATION else None
        if plural and (self.we or opened):
            return Resolved(self.we or opened, None, True)
        if plural and self._calls_itself_a_statement():
            return self._issuing_body()
        signed = signature_of(self.tokens.text)
        if signed is None:
            return self._in_dialogue(reading)
        return Resolved(None, Speaker(signed, SpeakerKind.PERSON, inferred=True))

    def _calls_itself_a_statement(self) -> bool:
        """Whether the text calls itself a statement in its first words."""
        return not _COMMUNIQUES.isdisjoint(self.tokens.low[:_HEADING])

    def _issuing_body(self) -> Resolved:
        """The body that a statement names first, as the subject of a sentence."""
        for number in range(min(len(self.mentioned.starts), LEAD)):
            for mention in self.mentioned.in_sentence(number):
                body = self._met(mention.span, self.mentioned.lexicons[number])
                if body is None or not mention.is_subject or body.kind is not SpeakerKind.ORGANISATION:
                    continue
                if body.is_named and body.heads:
                    return Resolved(body, None, True)
        return NOBODY

    def _in_dialogue(self, reading: Reading) -> Resolved:
        """In a paragraph that opens with a dash, "I" goes on to be whoever it was given to."""
        number = self.mentioned.sentence_of(_place(reading))
        while number > 0 and number not in self.mentioned.begins_paragraph:
            number -= 1
        if self.tokens.tag[self.mentioned.starts[number]] != "-":
            return NOBODY
        spoke = [entity for _, entity in self.spoke.get(number, ())]
        return Resolved(spoke[-1], None, True) if spoke else NOBODY

    def _is_pronoun(self, first: int, last: int, lexicon: Lexicon) -> bool:
        """Whether a source is a pronoun alone: "he", «ella misma», «quien»."""
        head, tokens = self.tokens.low[first], self.tokens
        if any(tokens.low[k] not in _SELF for k in range(first + 1, last)):
            return False
        if self.tokens.low[last - 1] in _WHICH and last - first == 2:
            return True
        listed = lexicon.has("subject", head) or lexicon.has("relative", head)
        return listed or head in ("que", "that") or head in HE or head in SHE or head in PLURAL or head in _OWNERS

    def _pronoun(self, reading: Reading, head: str, lexicon: Lexicon, parent: Resolved | None) -> Resolved:
        if head in _FIRST:
            return self._first_person(reading, head in PLURAL, parent)
        assert reading.source is not None
        if lexicon.has("relative", head) or self.tokens.low[reading.source[1] - 1] in _WHICH or head in ("que", "that"):
            antecedent = self._antecedent(reading, lexicon)
            if antecedent is not None:
                return antecedent
        owned, head = head in _OWNERS, _OWNERS.get(head, head)
        known = head in PLURAL or head in SHE or head in HE or head in IT
        if self.tokens.low[reading.source[1] - 1] in _WHICH:
            return NOBODY
        if not known and not lexicon.has("relative", head):
            return self._phrase(*reading.source, lexicon)
        wanted = wanted_by(head)
        return self._meant(reading, wanted, lexicon, parent, nearest=owned or head in _NEAREST)

    def _meant(
        self, reading: Reading, wanted: Wanted, lexicon: Lexicon, parent: Resolved | None, nearest: bool = False
    ) -> Resolved:
        """Whoever a pronoun or a verb without a subject stands for; nobody where none in sight fits."""
        at = _place(reading)
        if parent is not None and self.tokens.depth[at] > 0:
            return self._inside_quotation(reading, wanted, lexicon, at)
        if parent is not None and not nearest:
            holder = parent.entity
            if (holder is not None and wanted.fits(holder)) or (parent.fixed is not None and wanted.plural is not True):
                return Resolved(holder, parent.fixed, True)
            if reading.source is None:
                return NOBODY
        found = self._last(at, replace(wanted, outside=tuple(reading.content)), nearest)
        if found is None:
            # "Likewise, he requested": a translator's "he" goes on with the body that spoke before.
            goes_on = self.before is not None and self.tokens.low[reading.sentence[0]] in _ADDITIVE and parent is None
            return replace(self.before[1], inferred=True) if goes_on and self.before is not None else NOBODY
        if wanted.woman is not None and found.woman is None:
            found.woman = wanted.woman
        return Resolved(found, None, True)

    def _inside_quotation(self, reading: Reading, wanted: Wanted, lexicon: Lexicon, at: int) -> Resolved:
        """In somebody's own words "he said" is another: whoever those words have named before, if they have."""
        tokens, first = self.tokens, at
        while first > 0 and tokens.depth[first - 1] >= tokens.depth[at] and tokens.tag[first - 1] != "<":
            first -= 1
        for mention in reversed(mentions_between(tokens, first, at, lexicon, self.mentioned.names(), tokens.depth[at])):
            pronoun = tokens.low[mention.span[0]] in SUBJECTS
            entity = None if pronoun else self._phrase(*mention.span, lexicon).entity
            if entity is not None and wanted.fits(entity) and wanted.plural is not True:
                return Resolved(entity, None, True)
        return NOBODY

    def _antecedent(self, reading: Reading, lexicon: Lexicon) -> Resolved | None:
        assert reading.source is not None
        end = reading.source[0]
        while end > reading.sentence[0] and (self.tokens.tag[end - 1] in ",P" or self.tokens.low[end - 1] == "según"):
            end -= 1
        here = self.mentioned.in_sentence(self.mentioned.sentence_of(max(0, end - 1)))
        whole = next((mention.span for mention in here if mention.span[0] < end == mention.span[1]), None)
        start = whole[0] if whole else self._start_of_antecedent(reading.sentence[0], end, lexicon)
        if start >= end:
            return None
        found = self._phrase(start, end, lexicon)
        return Resolved(found.entity, found.fixed, True)

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


def _place(reading: Reading) -> int:
    """The token at which a reading is told: its verb, or where its words begin."""
    if reading.cue is not None:
        return reading.cue[0]
    return reading.source[0] if reading.source is not None else reading.content[0][0]
