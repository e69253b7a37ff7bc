"""Parts and their total: "226 deaths: 90 from illness, 46 in fights ...", and splits that leave nobody out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from recuento.check.mentions import Kind, Mention, Page, Sentence, class_of, has, item_classes, own_noun
from recuento.check.parts_said import missing_year_said, parts_said
from recuento.check.ranges import range_of, sum_of, sums_close
from recuento.check.repairs import correction_for
from recuento.check.splits import split_findings
from recuento.check.words import (
    CLAUSE,
    MAIN_ONES,
    OF_THEM,
    OUTCOMES,
    PARALLEL,
    PARTIAL,
    PEOPLE,
    REMAINING,
    REST,
    TOTAL_WORDS,
    VICTIMS,
)
from recuento.check.years import missing_years, span_of, year_of
from recuento.model.finding import Finding
from recuento.values.quantity import Number


class Link(StrEnum):
    """How a list hangs on its total."""

    COLON = "colon"
    PAREN = "paren"
    OF_THEM = "of them"
    YEARS = "years"
    """A total over years, then a figure for each."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of parts, the figures it may be the parts of (the likeliest first), and whether it names a rest."""

    sentence: Sentence
    link: Link
    totals: tuple[Mention, ...]
    parts: tuple[Mention, ...]
    open_ended: bool
    closing_rest: bool


def part_findings(page: Page) -> list[Finding]:
    """What does not add up between totals and their parts."""
    found: list[Finding] = []
    for sentence in page.sentences:
        for listing in listings_in(sentence):
            if (fault := _fault(page, listing)) is not None:
                found.append(fault)
    taken = {anchor for fault in found for anchor in fault.figures}
    return found + [f for f in split_findings(page) if len(taken & set(f.figures)) < len(f.figures)]


def listings_in(sentence: Sentence) -> Iterator[Listing]:
    """Every list of two or more parts in a sentence."""
    counts = [m for m in sentence.mentions if m.kind is Kind.COUNT]
    for place, total in enumerate(counts[:-1]):
        if total.weak:
            continue
        first = counts[place + 1]
        link = _link(sentence, total, first, opens=place == 0)
        if link is None:
            continue
        end = _region_end(sentence, first, link)
        items = _items(sentence, [m for m in counts[place + 1 :] if m.first < end])
        if len(items) < 2:
            continue
        yield Listing(
            sentence,
            link,
            (total, *reversed([m for m in counts[:place] if not m.weak])),
            tuple(items),
            has(_without_items(sentence, items, end), REST),
            has(sentence.before(items[-1], 3), REMAINING)
            or has(sentence.after(items[-1], 2), ("remaining", "restantes")),
        )


def _link(sentence: Sentence, total: Mention, first: Mention, *, opens: bool) -> Link | None:
    gap = sentence.gap(total.last, first.first)
    between = [m for m in sentence.mentions if total.last <= m.first < first.first]
    if any(m.kind in (Kind.PER, Kind.PERCENT, Kind.DECIMAL) for m in between):
        return None
    words = gap.split()
    if (
        words
        and words[-1] in (";", ",")
        and span_of(sentence, total) is not None
        and year_of(sentence, first) is not None
    ):
        return Link.YEARS
    ahead = words[: words.index(":")] if ":" in words else words
    if has(gap, PARTIAL) or {"than", ";", "."} & set(ahead):
        return None
    for mark, link in ((":", Link.COLON), ("(", Link.PAREN)):
        if mark in words:
            after = words[len(words) - words[::-1].index(mark) :]
            near = len(after) <= 4 and words.count(mark) == 1
            return link if near and not (link is Link.PAREN and ")" in after) else None
    if has(gap, OF_THEM) or (words and words[-1] == "," and _follows(sentence, first, OF_THEM)):
        return Link.OF_THEM
    begins = sentence.gap(max(0, total.first - 3), total.first).split()
    heads = (
        opens
        and total.first <= 4
        and begins
        and begins[-1] in ("los", "las", "the", "of", "de", "estos", "these", "those")
    )
    if heads and ("de" in begins or "of" in begins) and words and ("," in words[-4:] or len(words) <= 2):
        return Link.OF_THEM
    return None


def _follows(sentence: Sentence, mention: Mention, phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands right after a mention."""
    return any(sentence.gap(mention.last, mention.last + phrase.count(" ") + 1) == f" {phrase} " for phrase in phrases)


def _region_end(sentence: Sentence, first: Mention, link: Link) -> int:
    """The token where the list ends: its closing mark, a clause of its own, or the sentence."""
    depth = 0
    for k in range(first.last, len(sentence.tokens)):
        token = sentence.tokens[k]
        if token.low == "(":
            depth += 1
        elif token.low == ")":
            if depth == 0:
                return k
            depth -= 1
        elif (depth == 0 and token.plain in _CLAUSE_WORDS and sentence.tokens[k - 1].low in (",", ";")) or (
            depth == 0 and token.low == ":" and link is Link.COLON
        ):
            return k
    return len(sentence.tokens)


_CLAUSE_WORDS = frozenset(word for word in CLAUSE if " " not in word)


def _items(sentence: Sentence, counts: Sequence[Mention]) -> list[Mention]:
    """The counts that are items of the list themselves: not inside brackets, not part of the item before."""
    items: list[Mention] = []
    inside = False
    for mention in counts:
        if not items:
            items.append(mention)
            continue
        begin = items[-1].last + (2 if len(items) == 1 and _follows(sentence, items[0], OF_THEM) else 0)
        gap = sentence.gap(begin, mention.first)
        since = sentence.gap(_last_mention_before(sentence, mention), mention.first)
        if gap.count("(") > gap.count(")"):
            continue
        outside = _outside_brackets(gap)
        if has(outside, OF_THEM) or has(outside, PARTIAL):
            inside = True
        if inside and ";" in since.split():
            inside = False
        separated = any(mark in outside.split() for mark in (",", ";", "y", "and", "e", "plus", "mas"))
        if inside or not separated or has(since, ("than", "que los", "que las", "of the", "de los", "de las")):
            continue
        items.append(mention)
    return items


def _last_mention_before(sentence: Sentence, mention: Mention) -> int:
    return max((m.last for m in sentence.mentions if m.last <= mention.first), default=0)


def _outside_brackets(gap: str) -> str:
    depth, kept = 0, []
    for word in gap.split():
        depth += (word == "(") - (word == ")")
        if depth == 0 and word != ")":
            kept.append(word)
    return " " + " ".join(kept) + " "


def _without_items(sentence: Sentence, items: Sequence[Mention], end: int) -> str:
    """The words of the list that introduce items without a number: after a separator, up to the next mark."""
    words = sentence.gap(items[0].last, end).split()
    kept: list[str] = []
    for k, word in enumerate(words):
        if word in (",", ";", "y", "and", "e"):
            kept += [*words[k + 1 : k + 4], "|"]
    text = " " + " ".join(kept) + " "
    for item in items:
        # "the other 12" has its number: it is no open end.
        text = text.replace(f" {sentence.tokens[item.first].low} ", " # ")
    return " " + " | ".join(piece for piece in text.split("|") if "#" not in piece) + " "


# Judging.


def _fault(page: Page, listing: Listing) -> Finding | None:
    total, parts = listing.totals[0], listing.parts
    if any(_some_reading_closes(listing, other) for other in listing.totals):
        return None
    if _is_hedged(listing) or not _are_items(listing) or not _are_parts(listing) or not _is_complete(listing):
        return None
    years = missing_years(listing.sentence, total, parts)
    if years and _less(parts, total):
        return missing_year_said(page, total, parts, years)
    return _parts_fault(page, total, parts)


def _some_reading_closes(listing: Listing, total: Mention) -> bool:
    parts = listing.parts
    pieces = [parts[:end] for end in range(2, len(parts) + 1)] + [group for group in _groups(listing) if len(group) > 1]
    return any(sums_close(total, piece, open_ended=listing.open_ended) for piece in pieces)


def _groups(listing: Listing) -> list[tuple[Mention, ...]]:
    """The runs of items between semicolons."""
    groups: list[list[Mention]] = [[]]
    for part in listing.parts:
        if groups[-1] and ";" in listing.sentence.gap(groups[-1][-1].last, part.first).split():
            groups.append([])
        groups[-1].append(part)
    return [tuple(group) for group in groups]


def _is_hedged(listing: Listing) -> bool:
    """Whether the list names only the main parts, compares ("300 more than"), or counts other things by far fewer."""
    sentence, parts = listing.sentence, listing.parts
    end = min(parts[-1].last + 12, len(sentence.tokens))
    if has(sentence.gap(listing.totals[0].last, end), MAIN_ONES):
        return True
    if any(
        has(sentence.gap(part.last, part.last + 4), ("more than", "mas que", "fewer than", "menos que"))
        for part in parts
    ):
        return True
    strange = any(own_noun(sentence, part) and not item_classes(sentence, part) for part in parts)
    made, whole = sum_of(parts).high, range_of(listing.totals[0]).low
    return strange and made is not None and whole is not None and made * 2 < whole


def _are_items(listing: Listing) -> bool:
    """Whether every part stands near the head of its item, and none is called a total itself."""
    sentence = listing.sentence
    for before, part in zip(listing.parts, listing.parts[1:], strict=False):
        words = sentence.gap(before.last, part.first).split()
        marks = [k for k, word in enumerate(words) if word in _SEPARATORS]
        if not marks or len(words) - marks[-1] - 1 > _HEAD_WORDS:
            return False
    return not any(has(sentence.before(part, 3), TOTAL_WORDS) for part in listing.parts)


_SEPARATORS = frozenset((",", ";", "y", "and", "e", "plus", ")"))
_HEAD_WORDS = 4
"""How many words may stand in an item before its number."""


def _are_parts(listing: Listing) -> bool:
    """Whether the items can be parts of the total by what they count."""
    sentence, total = listing.sentence, listing.totals[0]
    whole = class_of(sentence, total)
    nouns = [own_noun(sentence, part) for part in listing.parts]
    if whole == "capacity" or (whole is None and own_noun(sentence, total) is None):
        return False
    if sum(noun in OUTCOMES for noun in nouns) >= 2 and not _counts_victims(sentence, total):
        return False
    for part in listing.parts:
        classes = item_classes(sentence, part)
        if classes and whole not in classes and not (whole in PEOPLE and classes & PEOPLE):
            return False
    most = max((part.low or 0 for part in listing.parts), default=0)
    return whole in PEOPLE or total.high is None or most <= total.high


def _counts_victims(sentence: Sentence, total: Mention) -> bool:
    return bool(set(sentence.after(total).split()[:3]) & VICTIMS)


def _is_complete(listing: Listing) -> bool:
    """Whether the words promise that the parts are all there are, or the parts are too many already."""
    if listing.link is Link.COLON or listing.closing_rest:
        return True
    if listing.link is Link.YEARS:
        years = [year_of(listing.sentence, part) for part in listing.parts]
        return None not in years and not missing_years(listing.sentence, listing.totals[0], listing.parts)
    follow = [listing.sentence.after(part, 2).split()[:1] for part in listing.parts]
    words = [word[0] for word in follow if word]
    parallel = sum(word in PARALLEL for word in words) >= len(listing.parts) - 1
    if listing.link is Link.PAREN and not _less(listing.parts, listing.totals[0]):
        return True
    return parallel and (len(listing.parts) >= 3 or not _less(listing.parts, listing.totals[0]))


def _less(parts: Sequence[Mention], total: Mention) -> bool:
    high, low = sum_of(parts).high, range_of(total).low
    return high is not None and low is not None and high < low


def _parts_fault(page: Page, total: Mention, parts: Sequence[Mention]) -> Finding:
    correction = None
    if all(mention.quantity.is_exact for mention in (total, *parts)):
        correction = correction_for((total, *parts), _adds_up, page.language)
    return parts_said(page, total, parts, correction)


def _adds_up(numbers: Sequence[Number]) -> bool:
    return Fraction(numbers[0]) == sum((Fraction(n) for n in numbers[1:]), Fraction(0))
