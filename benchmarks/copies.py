"""Copies found: in one language on generated press, and translated ones on pairs in Spanish and English.

    python benchmarks/copies.py [--documents N] [--seed S] [--pairs FILE.jsonl ...]

The generated press has stories and five ways of copying them, outlets that print lines of their own under everything,
and background paragraphs that stand in many stories; unrelated stories share no sentence otherwise. The pairs are the
files of tests/gold/translated, where pairs of the same `event` that are not the same `id` are the non-pairs.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from recuento.compare.copies import families
from recuento.compare.copy_drift import drift
from recuento.compare.copy_text import CopyText
from recuento.compare.copy_translated import SCORE_LEAST, between
from recuento.values.bilingual import LANGUAGES, Language
from recuento.values.partial_date import PartialDate

KINDS = ("verbatim", "light edits", "new lead", "trimmed", "heavy rewrite")
_GOLD = Path(__file__).parent.parent / "tests" / "gold" / "translated"
_NUMERAL = re.compile(r"\b\d{1,3}(?:,\d{3})?\b")
_START = date(2030, 1, 1)
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "zo",
    "bra",
    "cle",
    "dri",
    "flo",
    "gra",
    "pli",
    "tre",
]


@dataclass(frozen=True)
class Printed:
    """A generated document: its story, and how it was copied ("original" for the first)."""

    text: CopyText
    story: int
    kind: str


class Press:
    """Writes stories and their copies. The same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.vocabulary = ["".join(self.random.choices(_SYLLABLES, k=self.random.randint(1, 4))) for _ in range(6_000)]
        self.weights = [1 / (rank + 2) for rank in range(len(self.vocabulary))]
        self.backgrounds = [self.paragraph() for _ in range(40)]
        self.under = {f"outlet {number}": self.paragraph(2) for number in range(60)}

    def sentence(self) -> list[str]:
        """A sentence of common and rare words."""
        return self.random.choices(self.vocabulary, self.weights, k=self.random.randint(9, 28))

    def paragraph(self, sentences: int = 3) -> list[list[str]]:
        """Some sentences."""
        return [self.sentence() for _ in range(sentences)]

    def documents(self, number: int) -> list[Printed]:
        """So many documents, stories with one to six copies."""
        found: list[Printed] = []
        story = 0
        while len(found) < number:
            found += self._story(story)
            story += 1
        return found[:number]

    def _story(self, story: int) -> Iterator[Printed]:
        body = self.paragraph(self.random.randint(8, 18))
        day = _START + timedelta(days=self.random.randint(0, 364))
        if self.random.random() < 0.4:
            at = self.random.randint(2, len(body))
            body = [*body[:at], *self.random.choice(self.backgrounds), *body[at:]]
        yield self._printed(story, "original", body, day)
        for _ in range(self.random.choice([0, 0, 1, 2, 3, 6])):
            kind = self.random.choice(KINDS)
            later = day + timedelta(days=self.random.randint(0, 2))
            yield self._printed(story, kind, self._copied(kind, body), later)

    def _copied(self, kind: str, body: Sequence[list[str]]) -> list[list[str]]:
        if kind == "light edits":
            return [self._edited(sentence, 0.03) for sentence in body]
        if kind == "new lead":
            return [*self.paragraph(2), *body[2:]]
        if kind == "trimmed":
            return list(body[: max(3, int(len(body) * self.random.uniform(0.3, 0.6)))])
        if kind == "heavy rewrite":
            kept = [self._edited(sentence, 0.08) for sentence in body if self.random.random() < 0.8]
            return [self.sentence(), *kept, self.sentence()]
        return list(body)

    def _edited(self, sentence: Sequence[str], share: float) -> list[str]:
        edited = [self.random.choice(self.vocabulary) if self.random.random() < share else word for word in sentence]
        return edited[: -1 if self.random.random() < share else None]

    def _printed(self, story: int, kind: str, body: Sequence[list[str]], day: date) -> Printed:
        outlet = self.random.choice(list(self.under))
        sentences = [*body, *self.under[outlet]]
        text = " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)
        sha = f"{self.random.getrandbits(256):064x}"
        return Printed(CopyText(sha, text, outlet, PartialDate.of(day), "es"), story, kind)


def score_press(documents: int, seed: int) -> None:
    """Recall by kind of copy, precision of pairs, number of stories, and time."""
    printed = Press(seed).documents(documents)
    started = time.process_time()
    found = families([one.text for one in printed])
    seconds = time.process_time() - started
    of = {one.text.document: one for one in printed}
    family = {document: number for number, one in enumerate(found) for document in one.documents}
    originals = {one.story: one.text.document for one in printed if one.kind == "original"}
    copies, hits = Counter[str](), Counter[str]()
    for one in printed:
        if one.kind != "original":
            mine = family.get(one.text.document, -1)
            copies[one.kind] += 1
            hits[one.kind] += mine >= 0 and mine == family.get(originals[one.story])
    pairs = [pair for one in found for pair in combinations(one.documents, 2)]
    right = sum(of[one].story == of[other].story for one, other in pairs)
    wanted = sum(n * (n - 1) // 2 for n in Counter(one.story for one in printed).values())
    counted = len(found) + len(printed) - len(family)
    stories = len({one.story for one in printed})
    print(f"one language: {documents} documents, {stories} stories, seed {seed}")
    for kind in KINDS:
        print(f"  {kind:14} {hits[kind] / max(1, copies[kind]):6.1%} of {copies[kind]} with their original")
    print(f"  pairs          recall {right / wanted:.3f}   precision {right / max(1, len(pairs)):.4f}   (.95, .995)")
    print(f"  stories        {counted} counted for {stories} ({counted / stories - 1:+.1%}; bar 5 %)")
    print(f"  time           {seconds:.2f} s CPU, {1_000 * seconds / documents:.2f} s per 1,000 documents")


def score_pairs(file: Path) -> None:
    """Translated pairs found and false pairs, all together as a casefile and each pair for itself."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = {(row["id"], tongue): _text(row, tongue) for row in rows for tongue in LANGUAGES}
    non_pairs = [(r["id"], s["id"]) for r in rows for s in rows if r["event"] == s["event"] and r["id"] != s["id"]]
    in_family = [set(family.documents) for family in families(texts.values())]

    def joined(spanish: str, english: str) -> bool:
        pair = {texts[spanish, "es"].document, texts[english, "en"].document}
        return any(pair <= documents for documents in in_family)

    hits = sum(joined(row["id"], row["id"]) for row in rows)
    false = sum(joined(one, other) for one, other in non_pairs)
    _print_row(f"{file.name}: as one casefile", hits, len(rows), false, len(non_pairs))
    hits = sum(_alone(texts[row["id"], "es"], texts[row["id"], "en"]) for row in rows)
    false = sum(_alone(texts[one, "es"], texts[other, "en"]) for one, other in non_pairs)
    _print_row(f"{file.name}: each pair alone", hits, len(rows), false, len(non_pairs))


def score_drift(file: Path) -> None:
    """Differences shown in the pairs as they are, and figures found that are changed one by one in the English side."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    untouched = changed = hits = 0
    for row in rows:
        spanish, english = (_text(row, tongue) for tongue in LANGUAGES)
        untouched += len(drift(spanish, english))
        for numeral in _NUMERAL.finditer(english.text):
            other = str(int(numeral.group().replace(",", "")) + 17)
            text = english.text[: numeral.start()] + other + english.text[numeral.end() :]
            changed += 1
            hits += any(found.there.quote == other for found in drift(spanish, replace(english, text=text)))
    print(
        f"  {file.name + ': drift':48} {untouched} differences in {len(rows)} pairs as they are;   "
        f"{hits} of {changed} changed figures found ({hits / max(1, changed):.0%})"
    )


def _print_row(name: str, hits: int, pairs: int, false: int, non_pairs: int) -> None:
    print(
        f"  {name:48} found {hits} of {pairs} ({hits / max(1, pairs):.0%}; bar 85 %)   "
        f"false {false} of {non_pairs} ({false / max(1, non_pairs):.1%}; bar 1 %)"
    )


def _alone(spanish: CopyText, english: CopyText) -> bool:
    """Whether the two score as a translation with nothing else to compare them with; dates are set equal."""
    found = between(spanish, replace(english, published=spanish.published))
    return found is not None and found.score >= SCORE_LEAST


def _text(row: dict[str, Any], tongue: Language) -> CopyText:
    published = row.get(f"published_{tongue}") or row.get("published")
    day = PartialDate.parse(published) if published else None
    return CopyText(f"{row['id']}-{tongue}", row[tongue], published=day, language=tongue)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[_GOLD / "pairs_a.jsonl", _GOLD / "pairs_b.jsonl"])
    asked = parser.parse_args()
    score_press(asked.documents, asked.seed)
    print("translated")
    for file in asked.pairs:
        if file.is_file():
            score_pairs(file)
            score_drift(file)
        else:
            print(f"  {file.name}: not there")


if __name__ == "__main__":
    main()
