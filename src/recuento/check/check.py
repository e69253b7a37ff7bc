"""Check the arithmetic of a text: every rule in turn, each silent where some reading of the words closes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from recuento.check.averages import average_findings
from recuento.check.changes import change_findings
from recuento.check.differences import difference_findings
from recuento.check.mentions import Page
from recuento.check.parts import part_findings
from recuento.check.percent_sides import percent_side_findings
from recuento.check.rates import rate_findings
from recuento.check.sentences import sentences_of
from recuento.check.shares import share_findings
from recuento.check.tables import table_findings
from recuento.check.totals import total_findings
from recuento.model.anchor import Anchor
from recuento.model.finding import Finding
from recuento.model.statement import Figure
from recuento.values.bilingual import Language

Rule = Callable[[Page], list[Finding]]
_RULES: tuple[Rule, ...] = (
    part_findings,
    total_findings,
    share_findings,
    percent_side_findings,
    change_findings,
    rate_findings,
    average_findings,
    difference_findings,
    table_findings,
)


_NUMBERS_MOST = 80
"""Numbers in one sentence. More is a table that lost its lines, not prose, and the rules compare them in pairs."""


def check(text: str, figures: Sequence[Figure], language: Language) -> list[Finding]:
    """What does not add up in a text, in the order of its words; nothing where all closes.

    `figures` are those that a reader found in the text; `language` tells how numbers in words and decimals are read.
    No text makes it raise.
    """
    sentences = sentences_of(text, figures, language)
    for sentence in sentences:
        if len(sentence.mentions) > _NUMBERS_MOST:
            sentence.mentions.clear()
    page = Page(text, sentences, language)
    found: dict[tuple[Anchor, ...], Finding] = {}
    for rule in _RULES:
        for finding in rule(page):
            found.setdefault(finding.figures, finding)
    return sorted(found.values(), key=lambda finding: (finding.place, finding.kind))
