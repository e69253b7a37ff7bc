"""Quotations that go on over paragraphs: each opens with a mark, only the last one closes."""

from __future__ import annotations

from recuento.read.layout import Paragraph
from recuento.read.readings import Reading
from recuento.read.tokens import Tokens


def join_continued(tokens: Tokens, paragraphs: list[Paragraph], readings: list[list[Reading]]) -> None:
    """Give paragraphs that are one open quotation to the reading of the quotation they belong to.

    That is the quotation at the end of the paragraph before, or else the one that begins the first paragraph after
    them that says who speaks. `readings` holds the readings of each paragraph and is changed in place.
    """
    for number, paragraph in enumerate(paragraphs):
        if readings[number] or not _is_open(tokens, paragraph):
            continue
        span = (paragraph.body, paragraph.last)
        before = readings[number - 1][-1] if number and readings[number - 1] else None
        if before is not None and ".quote." in before.rule and before.content[-1][1] >= paragraphs[number - 1].last - 1:
            before.content.append(span)
            continue
        after = next(
            (
                k
                for k in range(number + 1, min(number + 6, len(paragraphs)))
                if readings[k] or not _opens(tokens, paragraphs[k])
            ),
            None,
        )
        if (
            after is not None
            and readings[after]
            and _opens(tokens, paragraphs[after])
            and ".after.quote." in readings[after][0].rule
        ):
            readings[after][0].content.insert(0, span)


def _opens(tokens: Tokens, paragraph: Paragraph) -> bool:
    return tokens.tag[paragraph.body] == "<" if paragraph.body < paragraph.last else False


def _is_open(tokens: Tokens, paragraph: Paragraph) -> bool:
    """Whether the whole paragraph is one quotation, closed or not."""
    return _opens(tokens, paragraph) and tokens.partner[paragraph.body] >= paragraph.last - 2
