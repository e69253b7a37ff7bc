"""Families: documents that carry the same text, also translated, and so count as one independent source."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from recuento.errors import InvalidValue
from recuento.model.anchor import Anchor
from recuento.values.bilingual import Bilingual


class CopyReason(StrEnum):
    """Why a document is in its family."""

    FIRST = "first"
    """The earliest of the family, which the others are held against."""
    SAME_TEXT = "same-text"
    """Enough of its words, five at a time, are those of the other."""
    SAME_AGENCY = "same-agency"
    """Both credit the same agency, and they share text, though less of it."""
    TRANSLATED = "translated"
    """What survives translation is the same: names, figures, quotes and their order. Never certain."""
    JOINED = "joined"
    """A person decided it."""


COPY_REASONS = {
    CopyReason.FIRST: Bilingual(es="el más antiguo", en="the earliest"),
    CopyReason.SAME_TEXT: Bilingual(es="el mismo texto", en="the same text"),
    CopyReason.SAME_AGENCY: Bilingual(
        es="acreditan la misma agencia y comparten texto", en="they credit the same agency and share text"
    ),
    CopyReason.TRANSLATED: Bilingual(
        es="probablemente el mismo despacho, traducido", en="probably the same wire, translated"
    ),
    CopyReason.JOINED: Bilingual(es="lo decidió una persona", en="a person decided it"),
}
"""What each reason is called."""


class LikenessPart(StrEnum):
    """What two documents are compared by."""

    TEXT = "text"
    """The share of the shorter text that stands in the other."""
    NAMES = "names"
    FIGURES = "figures"
    QUOTES = "quotes"
    """Order and length of what is quoted."""
    ORDER = "order"
    """The sentences say like things in the same order."""
    DAYS = "days"
    """How near the days of publication are."""


LIKENESS_PARTS = {
    LikenessPart.TEXT: Bilingual(es="texto", en="text"),
    LikenessPart.NAMES: Bilingual(es="nombres", en="names"),
    LikenessPart.FIGURES: Bilingual(es="cifras", en="figures"),
    LikenessPart.QUOTES: Bilingual(es="citas", en="quotes"),
    LikenessPart.ORDER: Bilingual(es="orden", en="order"),
    LikenessPart.DAYS: Bilingual(es="fechas", en="dates"),
}
"""What each part is called."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two documents have in common, 0 to 1, and the same by parts; a part that neither has is left out."""

    score: float
    parts: tuple[tuple[LikenessPart, float], ...] = ()

    def part(self, name: LikenessPart) -> float | None:
        """The value of one part, None where neither document has it."""
        return dict(self.parts).get(name)


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a family: why it is in it, and whether that is certain or only probable."""

    document: str
    """SHA-256 of the document."""
    reason: CopyReason
    certain: bool
    like: str | None = None
    """The member it was attached to; None for the first."""
    likeness: Likeness | None = None
    """To `like`; None for the first, and where a person joined documents that have little in common."""
    agencies: tuple[str, ...] = ()
    """The agencies it credits."""


class DriftKind(StrEnum):
    """What became another between copies."""

    FIGURE = "figure"
    VERB = "verb"


DRIFT_KINDS = {
    DriftKind.FIGURE: Bilingual(es="cifra", en="figure"),
    DriftKind.VERB: Bilingual(es="verbo", en="verb"),
}
"""What each kind is called."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure or verb in one document that is another in its copy, with the sentences they stand in."""

    kind: DriftKind
    one: str
    """SHA-256 of the document that `here` stands in."""
    other: str
    here: Anchor
    there: Anchor
    here_in: Anchor
    there_in: Anchor


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that carry one text, the earliest first. `origin` is the likeliest origin among them.

    `agency` is the agency that its members credit most, where they credit one: the text may come from it even where
    its own release is not in the casefile.
    """

    members: tuple[Member, ...]
    origin: str
    agency: str | None = None
    differences: tuple[Difference, ...] = field(default=())

    def __post_init__(self) -> None:
        """Raise InvalidValue where it has no two members, one twice, or an origin outside it."""
        documents = self.documents
        if len(documents) < 2 or len(set(documents)) < len(documents) or self.origin not in documents:
            raise InvalidValue(
                f"a family needs two documents and an origin among them, not {self.origin} in {documents}",
                f"una familia necesita dos documentos y un origen entre ellos, no {self.origin} en {documents}",
            )

    @property
    def documents(self) -> tuple[str, ...]:
        """The SHA-256 of every member, in order."""
        return tuple(member.document for member in self.members)

    @property
    def certain(self) -> bool:
        """Whether every member is."""
        return all(member.certain for member in self.members)

    def sources(self) -> tuple[tuple[str, ...], ...]:
        """The members that certainly are one source, group by group: one group where nothing is only probable.

        A probable translation, with its own copies, is a group of its own until a person joins it.
        """
        by_document = {member.document: member for member in self.members}
        groups: dict[str, list[str]] = {}
        for member in self.members:
            head = member
            while head.certain and head.like is not None:
                head = by_document[head.like]
            groups.setdefault(head.document, []).append(member.document)
        return tuple(tuple(group) for group in groups.values())
