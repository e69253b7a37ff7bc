"""Splits that leave nobody out: men and women, convicted and awaiting trial. Each is checked by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from recuento.check.mentions import Kind, Mention, Page, Sentence, class_of, has
from recuento.check.parts_said import parts_said
from recuento.check.ranges import range_of, sum_of, sums_close
from recuento.check.repairs import correction_for
from recuento.check.words import OF_THEM, PARTIAL, PEOPLE, SPLITS, TOTAL_WORDS
from recuento.model.finding import Finding
from recuento.values.quantity import Number


@dataclass(frozen=True, slots=True)
class Run:
    """The sides of one split that stand together, and the counts listed with them."""

    split: str
    sides: tuple[Mention, ...]
    listed: tuple[Mention, ...]


def split_findings(page: Page) -> list[Finding]:
    """Every complete split that does not make its total."""
    found: list[Finding] = []
    for sentence in page.sentences:
        runs = runs_in(sentence)
        split_up = {mention for run in runs for mention in run.listed}
        for run in runs:
            if (fault := _fault(page, sentence, run, split_up)) is not None:
                found.append(fault)
    return found


def runs_in(sentence: Sentence) -> list[Run]:
    """The complete splits of a sentence in order."""
    counts = [m for m in sentence.mentions if m.kind is Kind.COUNT]
    runs: list[Run] = []
    for split, sides in SPLITS.items():
        k = 0
        while k < len(counts):
            run: list[Mention] = []
            names: set[str] = set()
            end = k
            while (
                end < len(counts) and (side := side_of(sentence, counts[end], sides)) is not None and side not in names
            ):
                if run and not _together(sentence, run[-1], counts[end]):
                    break
                run.append(counts[end])
                names.add(side)
                end += 1
            if len(names) == len(sides):
                runs.append(Run(split, tuple(run), tuple(_listed(sentence, counts, k, end))))
            k = max(end, k + 1)
    return sorted(runs, key=lambda run: run.sides[0].first)


def side_of(sentence: Sentence, mention: Mention, sides: dict[str, tuple[str, ...]]) -> str | None:
    """The side of a split that a number names, by the words after it or its label before it."""
    after = sentence.after(mention, 5).split()
    for word in after:
        if word in (",", ";", ".", ":", "(", ")", "y", "and", "e", "who", "que"):
            break
        if (side := _side_of(word, sides)) is not None:
            return side
    before = sentence.before(mention, 3).split()
    if before and before[-1] in (":", "(") and len(before) > 1:
        return _side_of(before[-2], sides)
    return None


def _side_of(word: str, sides: dict[str, tuple[str, ...]]) -> str | None:
    for side, stems in sides.items():
        if any(word == stem or (len(stem) >= 5 and word.startswith(stem)) for stem in stems):
            return side
    return None


def _together(sentence: Sentence, one: Mention, other: Mention) -> bool:
    """Whether two items stand in one list: no full clause, no other count between."""
    words = sentence.gap(one.last, other.first).split()
    return len(words) <= 9 and ";" not in words and any(w in (",", "y", "and", "e", "(", "plus") for w in words)


def _listed(sentence: Sentence, counts: Sequence[Mention], first: int, end: int) -> list[Mention]:
    """The run and the counts that stand in one list with it: "12 men, 4 women and 3 children".

    What stands before may be the total itself, so it must name a side of some split to be of the list.
    """
    while (
        first > 0
        and _is_neighbour(sentence, counts[first - 1], counts[first])
        and _is_sided(sentence, counts[first - 1])
    ):
        first -= 1
    while end < len(counts) and _is_neighbour(sentence, counts[end - 1], counts[end]):
        end += 1
    return list(counts[first:end])


def _is_neighbour(sentence: Sentence, one: Mention, other: Mention) -> bool:
    gap = sentence.gap(one.last, other.first)
    words = gap.split()
    return 2 <= len(words) <= 4 and words[-1] in (",", "y", "and") and not has(gap, OF_THEM)


def _is_sided(sentence: Sentence, mention: Mention) -> bool:
    return any(side_of(sentence, mention, sides) is not None for sides in SPLITS.values())


def _fault(page: Page, sentence: Sentence, run: Run, split_up: set[Mention]) -> Finding | None:
    total = _total(page, sentence, run, split_up)
    if total is None or has(sentence.gap(total.last, run.sides[0].first), PARTIAL):
        return None
    others = [m for m in sentence.mentions if m.kind is Kind.COUNT and m not in run.sides and not m.weak]
    readings = [run.sides, run.listed, *[run.listed[:k] for k in range(2, len(run.listed))]]
    if any(sums_close(whole, parts) for whole in (total, *others) for parts in readings):
        return None
    parts = _nearest(total, [run.sides, run.listed] if total not in run.listed else [run.sides])
    correction = None
    if all(m.quantity.is_exact for m in (total, *parts)):
        correction = correction_for((total, *parts), _adds_up, page.language)
    return parts_said(page, total, parts, correction)


def _total(page: Page, sentence: Sentence, run: Run, split_up: set[Mention]) -> Mention | None:
    """The count that the run splits: the nearest before that it hangs on, or the only one of the sentence before."""
    before = [m for m in sentence.counts() if m.first < run.sides[0].first and m not in split_up]
    if before:
        total = before[-1]
        return total if _hangs(sentence, total, run, split_up) else None
    later = [m for m in sentence.counts() if m.first >= run.sides[-1].last and m not in split_up]
    if later and has(sentence.before(later[0], 4) + sentence.after(later[0], 3), TOTAL_WORDS):
        return later[0]
    if sentence.number == 0 or page.sentences[sentence.number - 1].paragraph != sentence.paragraph:
        return None
    previous = page.sentences[sentence.number - 1]
    wholes = [m for m in previous.counts() if class_of(previous, m) in PEOPLE]
    if len(wholes) == 1 and _near(wholes[0], run.sides):
        return wholes[0]
    return None


def _hangs(sentence: Sentence, total: Mention, run: Run, split_up: set[Mention]) -> bool:
    kind = class_of(sentence, total)
    if kind is not None and kind not in PEOPLE:
        return False
    following = next(m for m in sentence.counts() if m.first >= total.last)
    first = following if following in split_up else run.sides[0]
    words = sentence.gap(total.last, first.first).split()
    gap = sentence.gap(total.last, first.first)
    if any(mark in words[-5:] for mark in (":", "(", "–", "—")) or has(gap, OF_THEM):
        return True
    return "," in words[-3:] and _near(total, run.sides)


def _near(total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the parts come within a quarter of the total, so that they are likely to be meant as all of it."""
    made, whole = sum_of(parts), range_of(total)
    if made.low is None or whole.low is None:
        return False
    return abs(made.low - whole.low) * 4 <= whole.low


def _nearest(total: Mention, readings: Sequence[Sequence[Mention]]) -> Sequence[Mention]:
    whole = range_of(total).low or Fraction(0)
    return min(readings, key=lambda parts: (abs((sum_of(parts).low or Fraction(0)) - whole), len(parts)))


def _adds_up(numbers: Sequence[Number]) -> bool:
    return Fraction(numbers[0]) == sum((Fraction(n) for n in numbers[1:]), Fraction(0))
