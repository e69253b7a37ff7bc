"""Percentages of a total: "90 of 226 (39.8 %)", «lo que equivale al 45 % del total»."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from recuento.check.mentions import Kind, Mention, Page, Sentence, class_of, has
from recuento.check.ranges import range_of, ratio_of, rough_range_of, stated_range, value_range
from recuento.check.repairs import correction_for
from recuento.check.roles import Role, role_of
from recuento.check.wording import finding, shown, spread
from recuento.check.words import ARE, CLASSES, EQUATES, OF_THEM, OF_TOTAL
from recuento.model.finding import Finding, FindingKind
from recuento.values.bilingual import Bilingual, Language
from recuento.values.quantity import Number


def share_findings(page: Page) -> list[Finding]:
    """Every percentage that is not the share its own figures give."""
    found: list[Finding] = []
    for sentence in page.sentences:
        for percent in sentence.mentions:
            if percent.kind is Kind.PERCENT and role_of(sentence, percent) is Role.SHARE:
                fault = _fault(page, sentence, percent)
                if fault is not None:
                    found.append(fault)
    return found


def _fault(page: Page, sentence: Sentence, percent: Mention) -> Finding | None:
    part = _part(sentence, percent)
    if part is None:
        return None
    total = _total(page, sentence, percent, part)
    if total is None or total is part or _some_reading_closes(page, sentence, percent, part):
        return None
    if _is_of_another(sentence, percent, total):
        return None
    if (total.high is not None and part.low is not None and total.high < part.low) or total.shown == 0:
        return None
    return _said(page, percent, part, total)


def _some_reading_closes(page: Page, sentence: Sentence, percent: Mention, part: Mention) -> bool:
    """Whether the share fits two counts of the sentence, or the part and a count said shortly before or after."""
    counts = sentence.counts()
    near = [c for other in page.sentences[max(0, sentence.number - 3) : sentence.number + 2] for c in other.counts()]
    pairs = [(one, other) for one in counts for other in counts if one is not other] + [(part, whole) for whole in near]
    return any(closes(percent, one, whole) for one, whole in pairs)


def closes(percent: Mention, part: Mention, whole: Mention) -> bool:
    """Whether the percentage can be the share of the part in the whole, as rounded as it is written."""
    ratio = ratio_of(rough_range_of(part), rough_range_of(whole))
    return ratio is not None and ratio.meets(stated_range(percent))


# Which figures belong together.


def _part(sentence: Sentence, percent: Mention) -> Mention | None:
    """The count that the percentage stands for: joined to it by brackets, "that is", "which represents"."""
    counts = sentence.counts()
    before = [c for c in counts if c.last <= percent.first]
    after = [c for c in counts if c.first >= percent.last]
    if before:
        nearest, whole = before[-1], _is_whole_of(sentence, before, before[-1])
        if _equated(sentence, nearest, percent) or (whole and sentence.gap(percent.first - 1, percent.first) == " , "):
            return before[-2] if whole else nearest
    if before and _are(sentence, before[-1], percent) and any(_of(sentence, percent, whole) for whole in after):
        return before[-1]
    if len(after) > 1 and _part_of(sentence, after[0], after[1]) and _is_spelt_out(sentence, percent, after[0]):
        return after[0]
    for candidate in after[:2]:
        gap = sentence.gap(_edge(sentence, candidate), candidate.first)
        if not any(mark in gap.split() for mark in (";",)) and _follows_as_same(sentence, percent, candidate):
            return candidate
    return None


def _are(sentence: Sentence, part: Mention, percent: Mention) -> bool:
    """Whether a count is, or makes up, a percentage: «las mujeres (2.560) son el 7,6 %»."""
    gap = sentence.gap(part.last, percent.first)
    return has(gap, ARE) and len(gap.split()) <= 6 and not {";", ":"} & set(gap.split())


def _is_spelt_out(sentence: Sentence, percent: Mention, part: Mention) -> bool:
    """Whether a mark opens the figures behind a percentage: "8.6 % of the prisoners: 2,276 of 33,558"."""
    words = sentence.gap(percent.last, part.first).split()
    return (
        0 < len(words) <= 9
        and any(mark in words[-3:] for mark in (":", ",", "(", "–", "—"))
        and not {";", ")"} & set(words)
    )


def _edge(sentence: Sentence, mention: Mention) -> int:
    return max((m.last for m in sentence.mentions if m.last <= mention.first), default=0)


def _equated(sentence: Sentence, part: Mention, percent: Mention) -> bool:
    if any(m.kind is Kind.PERCENT and part.last <= m.first < percent.first for m in sentence.mentions):
        return False
    gap = sentence.gap(part.last, percent.first)
    words = gap.split()
    if ";" in words or len(words) > 14 or ":" in words:
        return False
    if "(" in words[-3:] and ")" not in words:
        return True
    if words and words[-1] in ("–", "—"):
        return True
    return has(gap, EQUATES) or ("," in words[-3:] and has(sentence.after(percent, 5), OF_TOTAL))


def _is_whole_of(sentence: Sentence, before: Sequence[Mention], nearest: Mention) -> bool:
    """Whether the nearest count is the total of the one before: "84 of the 240 deaths (35 %)"."""
    return len(before) > 1 and _part_of(sentence, before[-2], nearest)


def _part_of(sentence: Sentence, part: Mention, whole: Mention) -> bool:
    words = sentence.gap(part.last, whole.first).split()
    if any(word in (",", ";", "(", ")", ":", "y", "and") for word in words):
        return False
    if len(words) <= 7 and words[-3:] in (["un", "total", "de"], ["a", "total", "of"]):
        return True
    if not words or len(words) > 4:
        return False
    return words[0] in ("of", "de", "out") or words[-2:] in (
        ["of", "the"],
        ["de", "los"],
        ["de", "las"],
        ["of", "its"],
        ["de", "sus"],
    )


def _follows_as_same(sentence: Sentence, percent: Mention, candidate: Mention) -> bool:
    gap = sentence.gap(percent.last, candidate.first)
    if any(m.kind is Kind.PERCENT and percent.last <= m.first < candidate.first for m in sentence.mentions):
        return False
    words = gap.split()
    if len(words) > 14 or ";" in words:
        return False
    close = words[-3:]
    if "(" in close and ")" not in words[-3:]:
        return len(words) <= 8
    return has(" " + " ".join(words[-5:]) + " ", ("that is", "es decir", "o sea", "namely", "esto es", "i e"))


def _total(page: Page, sentence: Sentence, percent: Mention, part: Mention) -> Mention | None:
    """The count that the share is said to be of, where the words say so."""
    counts = sentence.counts()
    for whole in counts:
        if whole is part:
            continue
        if whole.first >= percent.last and _of(sentence, percent, whole):
            return whole
        if whole.first >= part.last and _part_of(sentence, part, whole):
            return whole
    before = [c for c in counts if c.last <= part.first and c is not part]
    heads = [c for c in before if _is_head(sentence, c) or _is_base(sentence, c)]
    if heads:
        return heads[-1]
    if has(sentence.after(percent, 5), OF_TOTAL) or has(sentence.before(percent, 4), OF_TOTAL):
        largest = _largest([c for c in before if class_of(sentence, c) not in ("place", "capacity")], part)
        if largest is not None:
            return largest
        return None if before else _of_previous(page, sentence, part)
    return None


def _is_of_another(sentence: Sentence, percent: Mention, total: Mention) -> bool:
    """Whether the percentage names a group of its own that is not the total: "40 % of the men"."""
    words = sentence.gap(percent.last, percent.last + 5).split()
    if not words or words[0] not in ("of", "de", "del") or _of(sentence, percent, total):
        return False
    noun = next((word for word in words[1:] if word not in _BEFORE_NOUN), "total")
    if has(" " + " ".join(words) + " ", OF_TOTAL) or (words[0] == "del" and noun == "total"):
        return False
    named = {name for name, nouns in CLASSES.items() if noun in nouns}
    whole = class_of(sentence, total)
    return bool(named) and whole is not None and whole not in named and noun not in sentence.after(total)


_BEFORE_NOUN = frozenset(
    ("the", "los", "las", "la", "el", "all", "its", "su", "sus", "these", "those", "prison", "jail")
)


def _of(sentence: Sentence, percent: Mention, whole: Mention) -> bool:
    words = sentence.gap(percent.last, whole.first).split()
    return 0 < len(words) <= 4 and words[0] in ("of", "de") and "," not in words


def _is_head(sentence: Sentence, whole: Mention) -> bool:
    """Whether a count is followed by its parts: "226 deaths: ...", "226 deaths, of whom", "Of the 226 deaths, ..."."""
    following = next((m for m in sentence.counts() if m.first >= whole.last), None)
    if following is None:
        return False
    gap = sentence.gap(whole.last, following.first)
    words = gap.split()
    if ":" in words[-7:] or has(gap, OF_THEM) or has(sentence.after(following, 3), OF_THEM):
        return True
    begins = sentence.gap(max(0, whole.first - 3), whole.first).split()
    opens = bool(begins) and ("of" in begins or "de" in begins) and whole.first <= 4
    return opens and "," in words and not any(m.last <= whole.first and m.kind is Kind.COUNT for m in sentence.mentions)


def _is_base(sentence: Sentence, whole: Mention) -> bool:
    """Whether an earlier share of the sentence was of this count: "62 % of the 292 deaths (181) ... 38 % (111)"."""
    return any(m.kind is Kind.PERCENT and m.last <= whole.first and _of(sentence, m, whole) for m in sentence.mentions)


def _largest(counts: Sequence[Mention], part: Mention) -> Mention | None:
    return max((c for c in counts if c.shown > part.shown), key=lambda c: c.shown, default=None)


def _of_previous(page: Page, sentence: Sentence, part: Mention) -> Mention | None:
    """The only count of the sentence before, in the same paragraph."""
    if sentence.number == 0 or page.sentences[sentence.number - 1].paragraph != sentence.paragraph:
        return None
    counts = page.sentences[sentence.number - 1].counts()
    return counts[0] if len(counts) == 1 and counts[0].shown > part.shown else None


# What is said.


def _said(page: Page, percent: Mention, part: Mention, total: Mention) -> Finding:
    figures = (percent, part, total)
    ratio = ratio_of(range_of(part), range_of(total))
    assert ratio is not None
    decimals = max(percent.decimals, 1)
    correction = None
    if all(m.quantity.is_exact for m in figures):
        correction = correction_for(figures, lambda numbers: _numbers_close(percent, numbers), page.language)

    def sum(language: Language) -> str:
        return f"100 × {shown(part, language)} / {shown(total, language)} = {spread(ratio, language, decimals)}\u00a0%"

    said = {
        lang: (shown(part, lang), shown(total, lang), spread(ratio, lang, decimals), shown(percent, lang))
        for lang in ("es", "en")
    }
    return finding(
        page,
        FindingKind.PERCENTAGE,
        figures,
        sum=Bilingual(es=sum("es"), en=sum("en")),
        words=Bilingual(
            es="{} de {} es el {}\u00a0%, y el texto dice {}\u00a0%.".format(*said["es"]),
            en="{} of {} is {}\u00a0%, and the text says {}\u00a0%.".format(*said["en"]),
        ),
        correction=correction,
    )


def _numbers_close(percent: Mention, numbers: Sequence[Number]) -> bool:
    share, part, whole = numbers
    if whole < part or part <= 0:
        return False
    step = percent.step
    ratio = ratio_of(value_range(part), value_range(whole))
    low, high = Fraction(share) - step / 2, Fraction(share) + step
    return ratio is not None and ratio.low is not None and low <= ratio.low < high
