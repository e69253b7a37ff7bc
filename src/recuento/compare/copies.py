"""Families of copies: documents that carry the same text, so that a hundred copies of one wire count as one source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from recuento.compare.copy_credit import agencies_of, is_agency
from recuento.compare.copy_drift import drift
from recuento.compare.copy_groups import Group, Grouping, Link, far_end, parents
from recuento.compare.copy_shingles import (
    DAYS_LATER,
    DAYS_OF_ONE_WIRE,
    SHARED_LEAST,
    SHARED_LEAST_LATER,
    SHARED_LEAST_OF_ONE_AGENCY,
    SharedText,
    shared_text,
)
from recuento.compare.copy_text import CopyText, days_between
from recuento.compare.copy_translated import between, translations
from recuento.model.family import CopyReason, Family, Likeness, LikenessPart, Member

Pair = tuple[str, str]
"""Two documents by their SHA-256."""


def families(
    texts: Iterable[CopyText], *, joined: Sequence[Pair] = (), split: Iterable[Pair] = ()
) -> tuple[Family, ...]:
    """Give the families of two documents and more, the earliest first; the order of `texts` changes nothing.

    Copies in one language share text; fewer words suffice where both credit one agency. Translations between Spanish
    and English are only probable: their members say so. `joined` and `split` are what people decided, in their order:
    a joined pair is one family whatever the texts say, a split pair never is. The time is linear in the documents.
    """
    ordered = sorted({text.document: text for text in texts}.values(), key=lambda text: text.order)
    credits = [agencies_of(text.text, text.author, text.outlet) for text in ordered]
    copies = _copies(ordered, credits)
    grouping = Grouping(len(ordered), _places(split, ordered))
    grouping.join(_joined(_places(joined, ordered), ordered, copies))
    grouping.attach_copies(copies)
    grouping.attach_translations(_translations(ordered, grouping.representatives()))
    return tuple(_family(group, ordered, credits) for group in grouping.groups())


def sources_of(found: Iterable[Family]) -> dict[str, str]:
    """For every document of a family the one that stands for its source: documents with the same count once.

    Only what is certain counts; a probable translation is a source of its own until a person joins it.
    """
    return {document: source[0] for family in found for source in family.sources() for document in source}


def _places(pairs: Iterable[Pair], texts: Sequence[CopyText]) -> list[tuple[int, int]]:
    """The pairs by place; a pair of which a document is not there any more says nothing."""
    place = {text.document: number for number, text in enumerate(texts)}
    return [(place[one], place[other]) for one, other in pairs if one in place and other in place and one != other]


def _copies(texts: Sequence[CopyText], credits: Sequence[Sequence[str]]) -> list[Link]:
    found = shared_text(texts, at_least=SHARED_LEAST_OF_ONE_AGENCY)
    return [
        Link(
            shared.one,
            shared.other,
            reason,
            True,
            Likeness(round(shared.share, 4), ((LikenessPart.TEXT, round(shared.share, 4)),)),
        )
        for shared in found
        if (reason := _reason(shared, texts, credits)) is not None
    ]


def _reason(shared: SharedText, texts: Sequence[CopyText], credits: Sequence[Sequence[str]]) -> CopyReason | None:
    days = days_between(texts[shared.one].published, texts[shared.other].published)
    if shared.share >= (SHARED_LEAST_LATER if days is not None and days > DAYS_LATER else SHARED_LEAST):
        return CopyReason.SAME_TEXT
    same = set(credits[shared.one]) & set(credits[shared.other])
    return CopyReason.SAME_AGENCY if same and days is not None and days <= DAYS_OF_ONE_WIRE else None


def _translations(texts: Sequence[CopyText], places: Sequence[int]) -> list[Link]:
    """Translations between the earliest documents of the families so far: its copies need not be tried again."""
    found = translations([texts[place] for place in places])
    return [Link(places[t.one], places[t.other], CopyReason.TRANSLATED, False, t.likeness) for t in found]


def _joined(pairs: Iterable[tuple[int, int]], texts: Sequence[CopyText], copies: Iterable[Link]) -> list[Link]:
    """What people joined, with how alike the two are where that can be told."""
    known = {(link.one, link.other): link.likeness for link in copies}
    return [
        Link(one, other, CopyReason.JOINED, True, known.get((one, other)) or between(texts[one], texts[other]))
        for one, other in map(sorted, pairs)
    ]


def _family(group: Group, texts: Sequence[CopyText], credits: Sequence[Sequence[str]]) -> Family:
    hanging = parents(group)
    agency = _agency(credits[place] for place in group.places)
    own = [place for place in group.places if is_agency(texts[place].outlet, agency)]
    return Family(
        members=tuple(_member(place, hanging, texts, credits) for place in group.places),
        origin=texts[own[0] if own else group.places[0]].document,
        agency=agency,
        differences=tuple(
            difference
            for place in group.places
            if (link := hanging[place]) is not None
            for difference in drift(texts[far_end(link, place)], texts[place])
        ),
    )


def _member(
    place: int, hanging: Mapping[int, Link | None], texts: Sequence[CopyText], credits: Sequence[Sequence[str]]
) -> Member:
    link = hanging[place]
    return Member(
        document=texts[place].document,
        reason=link.reason if link is not None else CopyReason.FIRST,
        certain=link.certain if link is not None else True,
        like=texts[far_end(link, place)].document if link is not None else None,
        likeness=link.likeness if link is not None else None,
        agencies=tuple(credits[place]),
    )


def _agency(credits: Iterable[Iterable[str]]) -> str | None:
    """The agency most members credit, the first by name of equals."""
    counted = Counter(agency for credited in credits for agency in credited)
    return min(counted, key=lambda agency: (-counted[agency], agency), default=None)
