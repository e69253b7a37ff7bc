"""Read a text into statements: the layers in their order, and the nouns that are handed out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from recuento.model.anchor import Anchor
from recuento.model.casting import Facility
from recuento.model.measure import Vocabulary, standard_vocabulary
from recuento.model.statement import Ask, Certainty, Figure, Form, Mode, Speaker, SpeakerKind, Statement
from recuento.read.certainty import certainty_of, leaves_open
from recuento.read.confidence import confidence_of
from recuento.read.demands.acts_told import is_told_to_act, promises_itself
from recuento.read.demands.commands import asked_in_quotation
from recuento.read.demands.demands import asks_of
from recuento.read.figures.figures import FigureReader
from recuento.read.figures.places import facility_of, mentions_of
from recuento.read.readings import Reading
from recuento.read.rules import ReadingMode, sure_enough
from recuento.read.speakers.addressees import Addressees
from recuento.read.speakers.headlines import Found, join_headlines
from recuento.read.speakers.known_speakers import UNKNOWN, Resolved
from recuento.read.statements.clauses import readings_of
from recuento.read.statements.continued import join_continued
from recuento.read.text.language import language_of_words
from recuento.read.text.layout import Paragraph, Post, paragraphs_of, posts_of
from recuento.read.text.lexicon import lexicon, words_of
from recuento.read.text.tagging import tag_tokens
from recuento.read.text.tokens import Span, pair_quotes, tokens_of
from recuento.values.bilingual import Language
from recuento.values.number_words import Convention, convention_of
from recuento.values.partial_date import PartialDate
from recuento.values.quantity import Comparison, quantity_from

_ADVISING = frozenset(["advise", "tell", "instruct", "warn", "caution"])
_UNDERTAKING = frozenset(["threaten", "amenazar", "agree", "offer"])
_ANNOUNCING = frozenset(["announce", "anunciar"])
_ACTS = frozenset(["a", "an", "un", "una"])
_WE = frozenset(["we", "nosotros", "nosotras"])
_ACTS_OF_SPEECH = frozenset(["demand", "promise", "deny", "accuse", "warn"])
"""What is done by saying it: "we demand" is the demand of those who write, and never the voice of an outlet."""
_WILL = frozenset(["will", "we'll", "we’ll", "i'll", "i’ll", "shall"])
_SOON = 40
"""Tokens after a demand in which the same speaker's quotation asks the same of the same people."""
_ADDITIVE = words_of("additive")
_PAST = re.compile(r"\w+(?:ó|ía|aba)|dijo|\w+[jvs]o")
_COMMUNIQUES = words_of("communiques")
_SIGNING = words_of("signing")
_HEADING = 4
"""Tokens at the beginning of a text that may call it a communiqué, in which "we" are its issuers."""
_SIGNED = 40
"""Tokens at the beginning in which those who sign a letter name themselves: "we, the undersigned"."""
_WORDS_ENOUGH = 2_000
"""Words from which the language of a text is told."""
_MODES = {"deny": Mode.DENIES, "demand": Mode.DEMANDS, "promise": Mode.PROMISES, "ask": Mode.ASKS}


def read(
    text: str,
    *,
    published: PartialDate | date | None = None,
    vocabulary: Vocabulary | None = None,
    facilities: Sequence[Facility] = (),
    mode: ReadingMode = "balanced",
) -> list[Statement]:
    """The statements of a text in the order of their content, nested ones after the one they stand in.

    `published` anchors relative dates; figures get the facility of `facilities` that the text names. In "precision"
    mode what weak rules read is left out (see rules.py); in "recall" mode weaker signs are read too.
    The same text always gives the same statements; no text makes it raise.
    """
    statements = _DocumentReader(text, published, vocabulary, facilities, mode == "recall").statements()
    return sure_enough(statements, mode)


def read_figures(
    text: str,
    *,
    published: PartialDate | date | None = None,
    vocabulary: Vocabulary | None = None,
    facilities: Sequence[Facility] = (),
) -> list[Figure]:
    """All figures of a text, also those that stand in no statement, in order."""
    return _DocumentReader(text, published, vocabulary, facilities).all_figures()


@dataclass(slots=True)
class _Part:
    """One paragraph in the language it is written in."""

    paragraph: Paragraph
    language: Language


class _DocumentReader:
    """Holds what one reading of one text needs."""

    def __init__(
        self,
        text: str,
        published: PartialDate | date | None,
        vocabulary: Vocabulary | None,
        facilities: Sequence[Facility] = (),
        keeps_own_voice: bool = False,
    ) -> None:
        self.keeps_own_voice = keeps_own_voice
        self.text = text
        self.published = PartialDate.of(published) if isinstance(published, date) else published
        self.vocabulary = vocabulary or standard_vocabulary()
        self.posts = posts_of(text)
        self.tokens = tokens_of(text)
        self.language: Language = language_of_words(self.tokens.low[:_WORDS_ENOUGH]) or "es"
        self.is_communique = not _COMMUNIQUES.isdisjoint(self.tokens.low[:_HEADING])
        self.is_communique = self.is_communique or not _SIGNING.isdisjoint(self.tokens.low[:_SIGNED])
        self.parts = self._parts()
        self.posts_of = self._posts_by_paragraph()
        self.convention = self._convention()
        self.mentions = mentions_of(facilities, self.tokens)
        self.speakers = Addressees(self.tokens)
        self.figure_readers = {
            language: FigureReader(self.tokens, lexicon(language), self.vocabulary, self.convention, self.published)
            for language in {part.language for part in self.parts}
        }
        self.tops = 0
        self.asked: tuple[str, str, int] | None = None
        """Who demanded something last, of whom, and the token where it ended."""
        self.holders: dict[str, Resolved] = {}
        """Who speaks in each statement, by its id."""
        self.found: list[Found] = []

    # Layout.

    def _parts(self) -> list[_Part]:
        tokens, parts = self.tokens, []
        for paragraph in paragraphs_of(tokens):
            words = tokens.low[paragraph.first : min(paragraph.last, paragraph.first + 120)]
            language = language_of_words(words) if len(words) >= 8 else None
            part = _Part(paragraph, language or self.language)
            pair_quotes(tokens, paragraph.first, paragraph.last)
            tag_tokens(tokens, paragraph.first, paragraph.last, lexicon(part.language))
            parts.append(part)
        return parts

    def _convention(self) -> Convention:
        return convention_of(w for w, t in zip(self.tokens.word, self.tokens.tag, strict=True) if t == "#")

    # Statements.

    def statements(self) -> list[Statement]:
        """Every statement of the text."""
        statements: list[Statement] = []
        for part in self.parts:
            self.speakers.meet(part.paragraph.first, part.paragraph.last, lexicon(part.language))
        readings = [self._readings(part) for part in self.parts]
        self.is_communique = self.is_communique or self._opens_like_a_communique(readings)
        join_continued(self.tokens, [part.paragraph for part in self.parts], readings, self.language)
        for part, own in zip(self.parts, readings, strict=True):
            for post in self.posts_of.get(part.paragraph.first, ()):
                self._take_post(post, part)
            self._take(own, part.language, None, None)
        join_headlines(self.tokens, self.found)
        self.holders = {id: resolved for _, resolved, id, _, _ in self.found}
        for reading, resolved, id, parent, language in self.found:
            resolved = self.speakers.named_later(resolved, lexicon(language))
            statements.append(self._statement(reading, resolved, id, parent, language))
        return statements

    def _readings(self, part: _Part) -> list[Reading]:
        if part.paragraph.is_byline:
            return []
        first = self._after_posts(part.paragraph)
        return readings_of(self.tokens, first, part.paragraph.last, lexicon(part.language))

    def _opens_like_a_communique(self, readings: list[list[Reading]]) -> bool:
        """Whether the text begins with a body that speaks in the present of itself: "The Observatory deplores ..."."""
        opening = readings[0][0] if readings and readings[0] else None
        if opening is None or opening.source is None or opening.cue is None or opening.feature != "3s":
            return False
        if opening.sentence[0] != self.parts[0].paragraph.body or _PAST.fullmatch(self.tokens.low[opening.cue[1] - 1]):
            return False
        bodies = lexicon(self.parts[0].language).lists["organisation"]
        return any(self.tokens.low[k] in bodies for k in range(*opening.source))

    def _posts_by_paragraph(self) -> dict[int, list[Post]]:
        """The posts by the first token of the paragraph they begin in."""
        found: dict[int, list[Post]] = {}
        firsts = [part.paragraph.first for part in self.parts]
        for post in self.posts:
            token = bisect_left(self.tokens.start, post.content[0])
            found.setdefault(firsts[bisect_right(firsts, token) - 1], []).append(post)
        return found

    def _after_posts(self, paragraph: Paragraph) -> int:
        """Where the running text begins after the posts of a paragraph."""
        posts = self.posts_of.get(paragraph.first)
        if not posts:
            return paragraph.body
        return min(paragraph.last, max(paragraph.body, bisect_left(self.tokens.start, posts[-1].whole[1])))

    def _take_post(self, post: Post, part: _Part) -> None:
        content, source, cue = (self._span(*span) for span in (post.content, post.source, post.cue))
        if content is None or (source is None and post.kind != "answer"):
            return
        reading = Reading(f"{part.language}.{post.kind}", cue, [content], source)
        reading.children = readings_of(self.tokens, *content, lexicon(part.language), 1, voiced=True)
        speaker = Resolved(None, Speaker(post.name, SpeakerKind.PERSON) if post.name else UNKNOWN)
        self._take([reading], part.language, None, None, speaker)

    def _span(self, start: int, end: int) -> Span | None:
        """The tokens that characters `start` to `end` hold."""
        first, last = bisect_left(self.tokens.start, start), bisect_left(self.tokens.start, end)
        return (first, last) if first < last else None

    def _take(
        self,
        readings: list[Reading],
        language: Language,
        parent: Resolved | None,
        parent_id: str | None,
        given: Resolved | None = None,
    ) -> None:
        """Give readings their ids and speakers, in order, children after their parent."""
        if parent is None and given is None and not (self.keeps_own_voice or self.is_communique):
            readings = [reading for reading in readings if not self._is_own_voice(reading)]
        for number, reading in enumerate(readings, 1):
            self.tops += parent_id is None
            id = f"{parent_id}.{number}" if parent_id else f"s{self.tops}"
            resolved = given or self.speakers.resolve(reading, lexicon(language), parent)
            self.found.append((reading, resolved, id, parent_id, language))
            self._take(reading.children, language, resolved, id)

    def _is_own_voice(self, reading: Reading) -> bool:
        """Whether those who write speak of themselves: "we will ask for the roll", outside quotation marks."""
        if reading.cue is None or self.tokens.depth[reading.cue[0]] > 0 or reading.rule.endswith(".post"):
            return False
        if reading.kind in _ACTS_OF_SPEECH and not self._is_to_come(reading.cue):
            return False
        if reading.source is None:
            return reading.feature == "1p" and not reading.impersonal and reading.implied is None
        return self.tokens.low[reading.source[0]] in _WE and reading.source[1] - reading.source[0] == 1

    def _is_to_come(self, cue: Span) -> bool:
        """Whether a verb of those who write stands in the future: "we will ask", «pediremos»."""
        low = self.tokens.low
        return low[cue[1] - 1].endswith("remos") or bool(_WILL & set(low[max(0, cue[0] - 2) : cue[1]]))

    def _statement(
        self, reading: Reading, resolved: Resolved, id: str, parent: str | None, language: Language
    ) -> Statement:
        mode = self._mode(reading, language)
        certainty = certainty_of(self.tokens, reading, lexicon(language))
        if mode in (Mode.DEMANDS, Mode.DENIES) and certainty is Certainty.EXPECTED:
            certainty = Certainty.ASSERTED
        if mode is Mode.PROMISES and certainty is Certainty.ASSERTED:
            certainty = Certainty.EXPECTED
        made = Statement(
            id=id,
            speaker=resolved.speaker(),
            content=tuple(self._anchor(span) for span in reading.content),
            source=self._anchor(reading.source) if reading.source else None,
            cue=self._anchor(reading.cue) if reading.cue else None,
            parent=parent,
            mode=mode,
            form=self._form(reading),
            certainty=certainty,
            figures=tuple(self._figures(reading, language, mode, certainty)),
            asks=tuple(self._asks(reading, language, resolved, parent)) if mode is Mode.DEMANDS else (),
            language=language,
            rule=reading.rule,
        )
        return replace(made, confidence=confidence_of(made, self.text))

    def _anchor(self, span: Span) -> Anchor:
        return Anchor.of(self.text, self.tokens.start[span[0]], self.tokens.end[span[1] - 1])

    def _mode(self, reading: Reading, language: Language) -> Mode:
        if reading.verb is not None and reading.verb.lemma in _ADVISING and self._is_to_do(reading):
            return Mode.DEMANDS
        if reading.kind == "ask" and reading.rule.split(".")[2:3] == ["request"]:
            return Mode.DEMANDS
        if (
            reading.kind == "ask"
            and reading.verb is not None
            and reading.verb.lemma == "ask"
            and ".that." in reading.rule
        ):
            return Mode.DEMANDS
        if ".that." in reading.rule and is_told_to_act(self.tokens, reading, lexicon(language)):
            return Mode.DEMANDS
        mode = _MODES.get(reading.kind, Mode.ASSERTS)
        if mode is Mode.DENIES and leaves_open(self.tokens, reading):
            mode = Mode.ASSERTS
        if reading.verb is not None and reading.verb.lemma in _UNDERTAKING and ".infinitive." in reading.rule:
            return Mode.PROMISES
        if reading.verb is not None and reading.verb.lemma in _ANNOUNCING and self._is_act(reading):
            return Mode.PROMISES
        if mode is Mode.ASSERTS and promises_itself(self.tokens, reading, lexicon(language)):
            return Mode.PROMISES
        if mode is Mode.ASSERTS and asked_in_quotation(
            self.tokens, reading.content, lexicon(language), quoted=reading.rule.endswith(".answer")
        ):
            return Mode.DEMANDS
        return mode

    def _is_to_do(self, reading: Reading) -> bool:
        """Whether what is told is something to do: "advised her to stop", "told them “to wait”"."""
        first = reading.content[0][0]
        return "to" in self.tokens.low[first : first + 2] and ".that." not in reading.rule

    def _is_act(self, reading: Reading) -> bool:
        """Whether what is announced is something to come: "announced a march"; a number of dead is none."""
        return ".object." in reading.rule and self.tokens.low[reading.content[0][0]] in _ACTS

    def _form(self, reading: Reading) -> Form:
        if reading.rule.endswith(".post"):
            return Form.POST
        if reading.rule.endswith(".answer"):
            return Form.DIRECT
        first, last = reading.content[0]
        base = min(self.tokens.depth[first:last], default=0)
        if self.tokens.partner.get(first) in (last - 1, last):
            return Form.DIRECT
        return Form.MIXED if any(d > base for d in self.tokens.depth[first:last]) else Form.INDIRECT

    # Figures and demands.

    def _figures(self, reading: Reading, language: Language, mode: Mode, certainty: Certainty) -> list[Figure]:
        """The figures of the content that belong to no statement nested in it."""
        inner = [span for child in reading.children for span in child.content]
        found = [f for first, last in reading.content for f in self.figure_readers[language].figures(first, last)]
        spans = [(self.tokens.start[a], self.tokens.end[b - 1]) for a, b in inner]
        own = [f for f in found if not any(a <= f.anchor.start < b for a, b in spans)]
        if mode in (Mode.DEMANDS, Mode.ASKS):
            own = [f for f in own if not (f.quantity.comparison is Comparison.VAGUE and f.quantity.low == 1)]
        return [self._placed(meant(figure, mode, certainty)) for figure in own]

    def _placed(self, figure: Figure) -> Figure:
        facility = facility_of(figure, self.mentions, self.text)
        return replace(figure, facility=facility) if facility is not None else figure

    def _asks(self, reading: Reading, language: Language, resolved: Resolved, parent: str | None) -> list[Ask]:
        holder = self.holders.get(parent) if parent is not None else None
        addressee = self.speakers.addressee(reading, lexicon(language), resolved, holder)
        speaker = resolved.speaker().name
        if addressee is None and self.asked is not None and self.asked[0] == speaker:
            near = reading.content[0][0] - self.asked[2] < _SOON and self.tokens.depth[reading.content[0][0]] > 0
            addressee = self.asked[1] if near or self._asks_more(reading) else None
        self.asked = (speaker, addressee, reading.content[-1][1]) if addressee is not None else None
        return asks_of(
            self.tokens, reading.content, addressee, self.figure_readers[language].counter, lexicon(language)
        )

    def _asks_more(self, reading: Reading) -> bool:
        """«También exigió ...», "It also demanded ...": of those asked just before."""
        if reading.cue is None:
            return False
        first, last = reading.cue
        near = self.tokens.low[max(reading.sentence[0], first - 4) : last + 2]
        return not _ADDITIVE.isdisjoint(near)

    def all_figures(self) -> list[Figure]:
        """Every figure of the text, paragraph by paragraph."""
        found: list[Figure] = []
        for part in self.parts:
            found += self.figure_readers[part.language].figures(part.paragraph.first, part.paragraph.last)
        return [self._placed(figure) for figure in found]


def meant(figure: Figure, mode: Mode, certainty: Certainty) -> Figure:
    """A figure as its statement means it: as sure as the statement, and none where existence is denied."""
    weaker = certainty is Certainty.UNOFFICIAL and figure.certainty is Certainty.ALLEGED
    if weaker or (figure.certainty is Certainty.ASSERTED and certainty is not Certainty.ASSERTED):
        figure = replace(figure, certainty=certainty)
    if mode is Mode.DENIES and figure.quantity.comparison is Comparison.VAGUE and figure.quantity.low == 1:
        figure = replace(figure, quantity=quantity_from(Comparison.NONE, (), figure.quantity.words))
    return figure
