"""Quotations that go on over paragraphs: each opens with a mark, only the last one closes."""

from __future__ import annotations

from recuento.read.readings import Reading
from recuento.read.text.layout import Paragraph
from recuento.read.text.tokens import Span, Tokens

SHORTEST = 6
"""Tokens of a quotation that is a statement although nobody is named: shorter ones are titles and mottos."""
LONGEST_NAME = 14
"""Tokens of a name with its role below a quotation."""


def join_continued(
    tokens: Tokens, paragraphs: list[Paragraph], readings: list[list[Reading]], language: str = "es"
) -> None:
    """Give paragraphs that are one open quotation to the reading of the quotation they belong to.

    That is the quotation at the end of the paragraph before, or else the one that begins the first paragraph after
    them that says who speaks, or the name below; else it stands alone. `readings` holds the readings of each
    paragraph and is changed in place.
    """
    for number, paragraph in enumerate(paragraphs):
        if not _is_open(tokens, paragraph) or not _is_all_quoted(tokens, readings[number]):
            continue
        span, told = (paragraph.body, paragraph.last), readings[number]
        before = readings[number - 1][-1] if number and readings[number - 1] else None
        if before is not None and ".quote." in before.rule and before.content[-1][1] >= paragraphs[number - 1].last - 1:
            _hold(before, [*before.content, span], told, tokens.partner[paragraph.body])
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
            _hold(readings[after][0], [span, *readings[after][0].content], told, tokens.partner[paragraph.body])
            continue
        if before is not None and before.rule.endswith(".alone") and not _closes(tokens, paragraphs[number - 1]):
            _hold(before, [*before.content, span], told, tokens.partner[paragraph.body])
        elif span[1] - span[0] >= SHORTEST and len(paragraphs) > 1:
            source = _name_below(tokens, paragraphs, number)
            if source is not None or number == 0 or not _closes(tokens, paragraph):
                alone = _alone(tokens, span, source, language)
                _hold(alone, alone.content, told, tokens.partner[paragraph.body])
                readings[number].append(alone)


def _hold(reading: Reading, content: list[Span], told: list[Reading], closing: int) -> None:
    """Give a reading its content, and what was read inside the new part of it, which is taken from its paragraph.

    The mark at `closing` ends the quotation, and nothing that is told in it.
    """
    reading.content = content
    for child in told:
        child.content = [(first, last - (last == closing + 1)) for first, last in child.content]
    reading.children = sorted([*reading.children, *told], key=lambda child: child.content[0])
    told.clear()


def _is_all_quoted(tokens: Tokens, readings: list[Reading]) -> bool:
    """Whether all that was read in a paragraph is told inside its quotation, and none of it tells who is quoted."""
    return all(r.cue is not None and tokens.depth[r.cue[0]] > 0 and ".after." not in r.rule for r in readings)


def _alone(tokens: Tokens, span: Span, source: Span | None, language: str) -> Reading:
    end = span[1]
    while end > span[0] + 1 and tokens.tag[end - 1] == "." and tokens.tag[end - 2] == ">":
        end -= 1
    rule = f"{language}.name.below" if source is not None else f"{language}.alone"
    return Reading(rule, None, [(span[0], end)], source, sentence=span)


def _name_below(tokens: Tokens, paragraphs: list[Paragraph], number: int) -> Span | None:
    """The name in a paragraph of its own below a quotation: "— Ambrose Tellin, former director"."""
    if number + 1 >= len(paragraphs):
        return None
    below = paragraphs[number + 1]
    first, last = below.first, below.last
    while last > first and tokens.tag[last - 1] == ".":
        last -= 1
    if tokens.tag[first] != "-" or not 1 < last - first <= LONGEST_NAME or tokens.tag[first + 1] != "X":
        return None
    return None if any(tokens.tag[k] in "VQ.:<" for k in range(first + 1, last)) else (first + 1, last)


def _closes(tokens: Tokens, paragraph: Paragraph) -> bool:
    """Whether the quotation that a paragraph opens is closed in it."""
    return tokens.partner[paragraph.body] < paragraph.last


def _opens(tokens: Tokens, paragraph: Paragraph) -> bool:
    return tokens.tag[paragraph.body] == "<" if paragraph.body < paragraph.last else False


def _is_open(tokens: Tokens, paragraph: Paragraph) -> bool:
    """Whether the whole paragraph is one quotation, closed or not."""
    return _opens(tokens, paragraph) and tokens.partner[paragraph.body] >= paragraph.last - 2
