"""Other readers: what they must offer, and what is taken from them. Off unless somebody asks for one.

Another reader (a language model, a parser) proposes words; it is never believed on where they stand. What it proposes
is looked for in the text, and what is not there word for word is dropped with a named reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Protocol

from recuento.errors import RecuentoError
from recuento.model.anchor import Anchor
from recuento.model.casting import Facility
from recuento.model.measure import Vocabulary
from recuento.model.statement import Ask, Certainty, Figure, Form, Mode, Speaker, SpeakerKind, Statement
from recuento.read.plugin_places import Located, Place, locate, nested
from recuento.read.reader import meant, read_figures
from recuento.read.text.language import language_of
from recuento.values.bilingual import Bilingual, Language
from recuento.values.partial_date import PartialDate

OWN = "recuento"
"""What statements of our own rules name as their reader."""
PROPOSALS_MAX = 2_000
"""What a reader proposes beyond this for one text is not looked at: it may never end."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What another reader believes it has read: words of the text, never offsets.

    `speaker` and `cue` are the words of the text for who speaks and for the verb; `cue` may be empty. `mode` and
    `certainty` are those of a statement.
    """

    speaker: str
    content: str
    cue: str = ""
    mode: str = Mode.ASSERTS.value
    certainty: str = Certainty.ASSERTED.value


class OtherReader(Protocol):
    """Whatever can propose statements for a text. Its words in the text are found, or dropped, by `read_with`."""

    @property
    def name(self) -> str:
        """A short name, in lower case, as statements will bear it."""

    @property
    def version(self) -> str:
        """What its answers depend on: when it changes, texts are read again."""

    def statements(self, text: str, *, language: Language) -> Iterable[Proposal]:
        """Propose statements for a text; raise ReaderFailed where it cannot answer."""


class ReaderFailed(RecuentoError):
    """Another reader could not answer: not there, too slow, or not in the agreed form."""


class Drop(StrEnum):
    """Why a proposal was dropped."""

    NO_WORDS = "no_words"
    NO_SPEAKER = "no_speaker"
    UNKNOWN_CLASS = "unknown_class"
    CONTENT_ABSENT = "content_absent"
    SPEAKER_ABSENT = "speaker_absent"
    CUE_ABSENT = "cue_absent"
    APART = "apart"
    REPEATED = "repeated"
    CROSSES = "crosses"
    TOO_MANY = "too_many"


DROPS = {
    Drop.NO_WORDS: Bilingual(es="sin contenido", en="no content"),
    Drop.NO_SPEAKER: Bilingual(es="sin hablante", en="no speaker"),
    Drop.UNKNOWN_CLASS: Bilingual(es="modo o certeza desconocidos", en="unknown mode or certainty"),
    Drop.CONTENT_ABSENT: Bilingual(es="el contenido no está en el texto", en="the content is not in the text"),
    Drop.SPEAKER_ABSENT: Bilingual(es="el hablante no está en el texto", en="the speaker is not in the text"),
    Drop.CUE_ABSENT: Bilingual(es="el verbo no está en el texto", en="the verb is not in the text"),
    Drop.APART: Bilingual(es="el verbo está lejos del contenido", en="the verb stands far from the content"),
    Drop.REPEATED: Bilingual(es="repetida", en="repeated"),
    Drop.CROSSES: Bilingual(es="se cruza con otra", en="it crosses another"),
    Drop.TOO_MANY: Bilingual(es="son demasiadas", en="there are too many"),
}
"""What each reason is called."""


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What was taken from another reader for one text, and how many of its proposals were dropped, by reason."""

    statements: tuple[Statement, ...]
    dropped: Mapping[Drop, int]


def read_with(
    reader: OtherReader,
    text: str,
    *,
    published: PartialDate | date | None = None,
    vocabulary: Vocabulary | None = None,
    facilities: Sequence[Facility] = (),
) -> OtherReading:
    """Give the statements of another reader that stand in the text word for word, in the order of the text.

    White space may differ; the anchors hold what the text has. Figures are read by our own rules. The order of the
    proposals changes nothing. Raises what the reader raises: ReaderFailed where it cannot answer.
    """
    language = language_of(text) or "es"
    proposals = list(islice(reader.statements(text, language=language), PROPOSALS_MAX + 1))
    dropped: Counter[Drop] = Counter()
    if len(proposals) > PROPOSALS_MAX:
        dropped[Drop.TOO_MANY] += 1
        proposals = proposals[:PROPOSALS_MAX]
    located = _located(text, proposals, dropped)
    figures = read_figures(text, published=published, vocabulary=vocabulary, facilities=facilities) if located else []
    tree = nested(located)
    dropped.update({Drop.CROSSES: tree.crossing} if tree.crossing else {})
    ids = _ids(reader.name, tree.parents)
    inner: dict[int, list[Anchor]] = {}
    for number, parent in enumerate(tree.parents):
        if parent is not None:
            inner.setdefault(parent, []).append(tree.kept[number].place.content)
    statements = [
        _statement(reader, one, ids[number], ids[parent] if (parent := tree.parents[number]) is not None else None,
                   _figures(one, figures, inner.get(number, [])), language)
        for number, one in enumerate(tree.kept)
    ]  # fmt: skip
    return OtherReading(tuple(statements), dict(sorted(dropped.items())))


def merged(own: Sequence[Statement], other: Sequence[Statement]) -> list[Statement]:
    """Our own statements, then those of another reader that say something our rules have not read.

    Where the two read half the same words or more, ours stands, with those nested in the other's. No figure is
    counted twice.
    """
    kept: list[Statement] = []
    left_out: set[str] = set()
    counted = {(figure.anchor.start, figure.anchor.end) for statement in own for figure in statement.figures}
    for statement in other:
        if statement.parent in left_out or any(_mostly_same(statement, mine) for mine in own):
            left_out.add(statement.id)
            continue
        figures = tuple(f for f in statement.figures if (f.anchor.start, f.anchor.end) not in counted)
        kept.append(replace(statement, figures=figures))
    return [*own, *kept]


def _located(text: str, proposals: Iterable[Proposal], dropped: Counter[Drop]) -> list[Located[Proposal]]:
    """Every proposal with its place; the same words proposed again get the next best place."""
    taken: set[tuple[int, int]] = set()
    found: list[Located[Proposal]] = []
    for proposal in sorted(proposals, key=_order):
        fault = _fault(proposal)
        if fault is not None:
            dropped[fault] += 1
            continue
        place = locate(text, proposal.content, proposal.speaker, proposal.cue, taken)
        if isinstance(place, Place):
            taken.add((place.content.start, place.content.end))
            found.append(Located(proposal, place))
        else:
            dropped[Drop(place)] += 1
    return found


def _order(proposal: Proposal) -> tuple[int, str, str, str, str, str]:
    """Longer content first, so that what is nested in it comes after it; then a fixed order."""
    words = (proposal.content, proposal.speaker, proposal.cue, proposal.mode, proposal.certainty)
    return (-len(proposal.content), *words)


def _fault(proposal: Proposal) -> Drop | None:
    if not any(map(str.isalnum, proposal.content)):
        return Drop.NO_WORDS
    if not any(map(str.isalnum, proposal.speaker)):
        return Drop.NO_SPEAKER
    known = proposal.mode in Mode.__members__.values() and proposal.certainty in Certainty.__members__.values()
    return None if known else Drop.UNKNOWN_CLASS


def _ids(name: str, parents: Sequence[int | None]) -> list[str]:
    """`name:s1`, and `name:s1.1` for the first nested in it."""
    ids: list[str] = []
    counted: Counter[int | None] = Counter()
    for parent in parents:
        counted[parent] += 1
        ids.append(f"{name}:s{counted[None]}" if parent is None else f"{ids[parent]}.{counted[parent]}")
    return ids


def _statement(
    reader: OtherReader,
    located: Located[Proposal],
    id: str,
    parent: str | None,
    figures: Sequence[Figure],
    language: Language,
) -> Statement:
    proposal, place = located.proposal, located.place
    mode, certainty = Mode(proposal.mode), Certainty(proposal.certainty)
    return Statement(
        id=id,
        # A name far from the words is concluded, not read there; what kind of speaker it is nobody has told us.
        speaker=Speaker(place.speaker.quote, SpeakerKind.UNNAMED, inferred=place.source is None),
        content=(place.content,),
        source=place.source,
        cue=place.cue,
        parent=parent,
        mode=mode,
        form=Form.DIRECT if place.quoted else Form.INDIRECT,
        certainty=certainty,
        figures=tuple(meant(figure, mode, certainty) for figure in figures),
        asks=(Ask(place.content, None),) if mode is Mode.DEMANDS else (),
        language=language,
        rule=f"{reader.name} {reader.version}",
        # 0 says that it was never measured: only our own rules were held against the gold texts.
        confidence=0.0,
        reader=reader.name,
    )


def _figures(located: Located[Proposal], figures: Sequence[Figure], inner: Sequence[Anchor]) -> list[Figure]:
    """The figures inside the content that belong to no statement nested in it."""
    content = located.place.content
    return [f for f in figures if content.covers(f.anchor) and not any(one.covers(f.anchor) for one in inner)]


def _mostly_same(one: Statement, other: Statement) -> bool:
    ours, theirs = _span(one), _span(other)
    shared = min(ours[1], theirs[1]) - max(ours[0], theirs[0])
    return 2 * shared >= max(ours[1], theirs[1]) - min(ours[0], theirs[0])


def _span(statement: Statement) -> tuple[int, int]:
    return statement.content[0].start, statement.content[-1].end
