"""Totals that come after their parts: "90 men and 136 women, 226 in total", lines of "label: number", years."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from recuento.check.mentions import Kind, Mention, Page, Sentence, class_of, has
from recuento.check.parts_said import parts_said
from recuento.check.ranges import range_of, sum_of, sums_close
from recuento.check.repairs import correction_for
from recuento.check.words import PEOPLE, TOTAL_WORDS, phrases, words
from recuento.check.years import span_of, year_of
from recuento.model.finding import Finding
from recuento.values.quantity import Number


def total_findings(page: Page) -> list[Finding]:
    """Every total said after its parts, or beside them line by line, that they do not make."""
    found = [*_label_faults(page), *_span_faults(page)]
    for sentence in page.sentences:
        for total in sentence.counts():
            if not _is_marked(sentence, total):
                continue
            parts = (
                _parts_before(sentence, total)
                or _yearly_before(page, sentence, total)
                or _listed_before(page, sentence, total)
            )
            if len(parts) >= 2 and not _closes(page, sentence, total, parts) and _is_near(total, parts):
                found.append(_said(page, total, parts))
    return found


def _is_marked(sentence: Sentence, total: Mention) -> bool:
    """Whether the words beside a count call it a total: "226 in total", «para un total de 226», «suman 226»."""
    before = " " + " ".join(sentence.before(total, 5).split()[-4:]) + " "
    after = " " + " ".join(sentence.after(total, 5).split()[:4]) + " "
    return (
        "total" in total.quantity.words.casefold().split()
        or has(before, TOTAL_WORDS)
        or has(after, ("in total", "en total", "in all", "altogether"))
    )


def _parts_before(sentence: Sentence, total: Mention) -> list[Mention]:
    """The list that ends right before the total, where it is all that the sentence counts before it."""
    before = [m for m in sentence.mentions if m.kind is Kind.COUNT and m.last <= total.first]
    for one, other in itertools.pairwise(before):
        words = sentence.gap(one.last, other.first).split()
        if len(words) > 9 or not {",", "y", "and", "e", "plus", "mas", ";"} & set(words) or "(" in words:
            return []
    kinds = {class_of(sentence, m) for m in before} - {None}
    return before if kinds <= PEOPLE or len(kinds) == 1 else []


def _yearly_before(page: Page, sentence: Sentence, total: Mention) -> list[Mention]:
    """The counts of the sentences before, where each has a year of its own."""
    if any(m.last <= total.first and m.kind is Kind.COUNT and m.shown not in range(2, 31) for m in sentence.mentions):
        return []
    parts: list[Mention] = []
    years: list[int | None] = []
    for other in reversed(page.sentences[max(0, sentence.number - 3) : sentence.number]):
        counts = other.counts() if other.paragraph == sentence.paragraph else []
        tied = [year_of(other, count) for count in counts]
        if not counts or None in tied:
            break
        parts, years = counts + parts, tied + years
    return parts if len(set(years)) == len(years) else []


def _span_faults(page: Page) -> Iterator[Finding]:
    """A total over years, and sentences after it that give a figure for each of them and for nothing else."""
    for sentence in page.sentences:
        counts = sentence.counts()
        span = span_of(sentence, counts[0]) if len(counts) == 1 else None
        if span is None:
            continue
        parts: list[Mention] = []
        years: list[int | None] = []
        for other in page.sentences[sentence.number + 1 : sentence.number + 5]:
            tied = [year_of(other, count) for count in other.counts()]
            if other.paragraph != sentence.paragraph or not tied or None in tied:
                break
            parts, years = parts + other.counts(), years + tied
        whole = sorted(year for year in years if year is not None) == list(range(span[0], span[1] + 1))
        if whole and len(parts) >= 2 and not _closes(page, sentence, counts[0], parts):
            yield _said(page, counts[0], parts)


def _listed_before(page: Page, sentence: Sentence, total: Mention) -> list[Mention]:
    """The list of the sentence before, where this one says nothing but the total: "Total: 167."."""
    if sentence.number == 0 or len(sentence.mentions) != 1 or len(sentence.tokens) > 8:
        return []
    previous = page.sentences[sentence.number - 1]
    colons = [k for k, token in enumerate(previous.tokens) if token.low == ":"]
    listed = [c for c in previous.counts() if not colons or c.first > colons[0]]
    for one, other in itertools.pairwise(listed):
        words = previous.gap(one.last, other.first).split()
        if len(words) > 9 or not {",", "y", "and", "e", ";"} & set(words) or "(" in words:
            return []
    return listed


def _closes(page: Page, sentence: Sentence, total: Mention, parts: Sequence[Mention]) -> bool:
    pieces = [parts[k:] for k in range(len(parts) - 1)] + [parts[:k] for k in range(2, len(parts))]
    if any(sums_close(total, piece) for piece in pieces):
        return True
    # "112 of them men and 40 women, 300 in total since January": the total may sum up more than this list.
    return any(
        sums_close(whole, parts)
        for _, whole in page.around(sentence, back=1, ahead=0)
        if whole is not total and whole not in parts
    )


def _is_near(total: Mention, parts: Sequence[Mention]) -> bool:
    made, whole = sum_of(parts), range_of(total)
    if made.low is None or whole.low is None:
        return False
    return abs(made.low - whole.low) * 4 <= whole.low


def _said(page: Page, total: Mention, parts: Sequence[Mention]) -> Finding:
    correction = None
    if all(m.quantity.is_exact for m in (total, *parts)):
        correction = correction_for((total, *parts), _adds_up, page.language)
    return parts_said(page, total, parts, correction)


def _adds_up(numbers: Sequence[Number]) -> bool:
    return Fraction(numbers[0]) == sum((Fraction(n) for n in numbers[1:]), Fraction(0))


# Lines of "label: number".


def _label_faults(page: Page) -> Iterator[Finding]:
    for run in _label_runs(page):
        totals = [count for label, count in run if label in _TOTAL_LABELS]
        parts = [count for label, count in run if label not in _TOTAL_LABELS]
        unlike = any(set(label.split()) & _NO_PARTS for label, _ in run)
        if len(totals) == 1 and len(parts) >= 2 and not unlike and not _some_run_closes(totals[0], parts):
            yield _said(page, totals[0], parts)


def _some_run_closes(total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether some lines that follow one another make the total: "men, women, total; of these, foreigners"."""
    runs = ((a, b) for a in range(len(parts)) for b in range(a + 2, len(parts) + 1))
    return any(sums_close(total, parts[a:b]) for a, b in runs)


_TOTAL_LABELS, _NO_PARTS = frozenset(phrases("total_labels")), words("no_parts")


def _label_runs(page: Page) -> Iterator[list[tuple[str, Mention]]]:
    """Runs of lines or short sentences of a label, a colon and a count, ended by a total or by another line."""
    run: list[tuple[str, Mention]] = []
    for sentence in page.sentences:
        labelled = _labelled(sentence)
        if labelled is None:
            yield run
            run = []
            continue
        run.append(labelled)
        if labelled[0] in _TOTAL_LABELS and len(run) > 1:
            yield run
            run = []
    yield run


def _labelled(sentence: Sentence) -> tuple[str, Mention] | None:
    counts = sentence.counts()
    if len(counts) != 1 or len(sentence.tokens) > 12 or counts[0].first < 2:
        return None
    if sentence.tokens[counts[0].first - 1].low not in (":", "=") or len(sentence.mentions) > 1:
        return None
    words = [token.plain for token in sentence.tokens[: counts[0].first - 1] if token.plain]
    return " ".join(words), counts[0]
