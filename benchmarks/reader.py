"""Measure the reader: `python benchmarks/reader.py --wire`, `--gold FILE.jsonl [--out FILE]`, `--speed`.

`--gold` reads one document a line ({"id", "text", "attributions": [{"source", "cue", "content"}]}, each a list of
[start, end] in code points) and prints F1 (P / R) of sources, cues, contents and whole relations. Words of
punctuation only are ignored. Exact: the same words. Soft: mean best coverage. Lenient: cues overlap, sources and
contents share at least half of their words.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from recuento.model.anchor import Anchor
from recuento.model.statement import Statement
from recuento.read import read
from recuento.read.rules import ReadingMode
from recuento.values.names import fold, key_words
from recuento.values.partial_date import PartialDate

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
WIRE = SHARED / "cases" / "tocoron" / "documents" / "efe-2023-09-20.en"
ROLES = ("source", "cue", "content")
_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")

Words = frozenset[int]
Relation = dict[str, Words]


def main() -> None:
    """Run what the command line asks for."""
    options = _options()
    if options.wire:
        compare_wire()
    if options.gold:
        score_gold(options.gold, options.out, options.genre, options.by_rule, options.confidence, options.mode)
    if options.speed:
        measure_speed(options.gold or [])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wire", action="store_true", help="compare with the annotation of the wire text")
    parser.add_argument("--gold", type=Path, nargs="+", help="gold files to score")
    parser.add_argument("--genre", help="only documents of this genre")
    parser.add_argument("--mode", choices=["precision", "balanced", "recall"], default="balanced")
    parser.add_argument("--out", type=Path, help="keep the predictions in this file")
    parser.add_argument("--by-rule", action="store_true", help="precision of every rule")
    parser.add_argument("--confidence", type=Path, help="write right and seen of every rule over all gold files here")
    parser.add_argument("--speed", action="store_true", help="words and articles a second")
    options = parser.parse_args()
    if not (options.wire or options.gold or options.speed):
        parser.error("choose --wire, --gold or --speed")
    return options


# The gold table.


def score_gold(
    paths: Iterable[Path],
    out: Path | None,
    genre: str | None,
    by_rule: bool,
    confidence: Path | None,
    mode: ReadingMode = "balanced",
) -> None:
    """Score the reader on each gold file and print the table; keep the predictions if asked."""
    of_all = Counter[tuple[str, bool]]()
    for path in paths:
        tally, rules = Counter[str](), Counter[tuple[str, bool]]()
        kept: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            if genre and document.get("genre") != genre:
                continue
            statements = read(document["text"], mode=mode)
            predicted = [as_relation(statement) for statement in statements]
            kept.append(json.dumps({"id": document["id"], "attributions": predicted}, ensure_ascii=False))
            _tally(document, predicted, statements, tally, rules)
        print(f"{path.parent.name}/{path.name}{f' ({genre})' if genre else ''}")
        for name, value in table(tally).items():
            print(f"  {name:18} {value}")
        of_all += rules
        if by_rule:
            _print_rules(rules)
        if out is not None:
            out.write_text("\n".join(kept) + "\n", encoding="utf-8")

    if confidence is not None:
        lines = [
            f"{rule}\t{of_all[rule, True]}\t{of_all[rule, True] + of_all[rule, False]}" for rule in _rules_of(of_all)
        ]
        head = "# Right and seen of every rule on the development texts, written by benchmarks/reader.py --confidence."
        confidence.write_text("\n".join([head, *sorted(lines)]) + "\n", encoding="utf-8")


def _rules_of(rules: Counter[tuple[str, bool]]) -> set[str]:
    """The rules that read something whose kind the corpora annotate: they leave out who is cited by whom."""
    return {rule for rule, _ in rules if ".cited" not in rule}


def as_relation(statement: Statement) -> dict[str, list[list[int]]]:
    """A statement in the form of the gold files."""

    def spans(*anchors: Anchor | None) -> list[list[int]]:
        return [[anchor.start, anchor.end] for anchor in anchors if anchor is not None]

    return {"source": spans(statement.source), "cue": spans(statement.cue), "content": spans(*statement.content)}


def _tally(
    document: dict[str, Any], predicted: list[dict[str, list[list[int]]]], statements: list[Statement],
    tally: Counter[str], rules: Counter[tuple[str, bool]],
) -> None:  # fmt: skip
    offsets = [match.span() for match in _WORD.finditer(document["text"])]
    gold = [_in_words(offsets, item) for item in document["attributions"]]
    found = [_in_words(offsets, item) for item in predicted]
    for role in ROLES:
        wanted, had = {g[role] for g in gold if g[role]}, {p[role] for p in found if p[role]}
        tally[f"{role} gold"] += len(wanted)
        tally[f"{role} found"] += len(had)
        tally[f"{role} exact"] += len(wanted & had)
        tally[f"{role} soft found"] += round(
            1e6 * sum(max((len(x & y) / len(x) for y in wanted), default=0.0) for x in had)
        )
        tally[f"{role} soft gold"] += round(
            1e6 * sum(max((len(x & y) / len(y) for x in had), default=0.0) for y in wanted)
        )
    tally["relation gold"] += len(gold)
    tally["relation found"] += len(found)
    tally["relation exact"] += sum(_matched(found, gold, lambda one, other: one == other))
    hits = _matched(found, gold, is_near)
    tally["relation lenient"] += sum(hits)
    for statement, hit in zip(statements, hits, strict=True):
        rules[statement.rule, hit] += 1


def _in_words(offsets: list[tuple[int, int]], item: dict[str, Any]) -> Relation:
    return {
        role: frozenset(
            number
            for number, (start, end) in enumerate(offsets)
            for a, b in item.get(role) or []
            if start < b and a < end
        )
        for role in ROLES
    }


def is_near(one: Relation, other: Relation) -> bool:
    """Whether two relations are the same under the lenient measure."""
    cues = bool(one["cue"] & other["cue"]) or not (one["cue"] or other["cue"])
    return cues and all(_overlap(one[role], other[role]) >= 0.5 for role in ("source", "content"))


def _overlap(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _matched(found: list[Relation], gold: list[Relation], same: Callable[[Relation, Relation], bool]) -> list[bool]:
    """For each relation found, whether it gets a gold relation of its own."""
    free, hits = list(gold), []
    for relation in found:
        place = next((k for k, candidate in enumerate(free) if same(relation, candidate)), None)
        hits.append(place is not None)
        if place is not None:
            del free[place]
    return hits


def table(tally: Counter[str]) -> dict[str, str]:
    """The rows of the table, each F1 (P / R)."""
    rows: dict[str, str] = {}
    for role in ROLES:
        found, gold = tally[f"{role} found"], tally[f"{role} gold"]
        rows[f"{role} exact"] = f1(tally[f"{role} exact"], found, tally[f"{role} exact"], gold)
        rows[f"{role} soft"] = f1(tally[f"{role} soft found"] / 1e6, found, tally[f"{role} soft gold"] / 1e6, gold)
    for kind in ("exact", "lenient"):
        hits = tally[f"relation {kind}"]
        rows[f"relation {kind}"] = f1(hits, tally["relation found"], hits, tally["relation gold"])
    return rows


def f1(hits_found: float, found: int, hits_gold: float, gold: int) -> str:
    """Precision, recall and their harmonic mean, in per cent."""
    precision, recall = hits_found / found if found else 0.0, hits_gold / gold if gold else 0.0
    mean = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{100 * mean:5.1f} ({100 * precision:.1f} / {100 * recall:.1f})"


def _print_rules(rules: Counter[tuple[str, bool]]) -> None:
    names = sorted({rule for rule, _ in rules}, key=lambda rule: -(rules[rule, True] + rules[rule, False]))
    for rule in names:
        right, wrong = rules[rule, True], rules[rule, False]
        print(f"    {rule:40} {right:4} of {right + wrong:4}  {100 * right / (right + wrong):5.1f} %")


# The wire text.


def compare_wire() -> None:
    """Print what was read in the wire text beside its annotation, and how many of each agree."""
    text = WIRE.with_suffix(".en.txt").read_text(encoding="utf-8")
    annotation = json.loads(WIRE.with_suffix(".en.statements.json").read_text(encoding="utf-8"))
    statements = read(text, published=PartialDate.parse(annotation["published"]))
    right = asks = figures = asks_wanted = figures_wanted = 0
    for gold in annotation["statements"]:
        statement = _best(gold, statements)
        fits = statement is not None and _same_speaker(gold["speaker"], statement.speaker.name)
        right += fits
        wanted = _words(gold["content"][0]["quote"])
        print(f"{'ok ' if fits else 'NOT'} {gold['id']:5} {gold['speaker'][:45]:45} | {wanted}")
        if statement is not None:
            read_as = _words(statement.content[0].quote)
            print(f"    {statement.id:5} {statement.speaker.name[:45]:45} | {read_as}  [{statement.rule}]")
        for ask in gold.get("asks", []):
            asks_wanted += 1
            found = next((a for s in statements for a in s.asks if a.measure == ask["measure"]), None)
            asks += found is not None
            item = f"{found.item.quote} ({found.addressee})" if found else "NOT FOUND"
            print(f"      asks {ask['measure']}: {item}")
        for figure in gold.get("figures", []):
            figures_wanted += 1
            same = statement is not None and any(
                f.measure == figure["measure"] and f.quantity.low == figure["low"] and f.quantity.high == figure["high"]
                for f in statement.figures
            )
            figures += same
            print(f"      {'ok ' if same else 'NOT'} {figure['measure']} {figure['words']}")
    number = len(annotation["statements"])
    print(f"statements with right speaker and content: {right} of {number}; read in all: {len(statements)}")
    print(f"demand items with their measure: {asks} of {asks_wanted}; figures: {figures} of {figures_wanted}")


def _best(gold: dict[str, Any], statements: list[Statement]) -> Statement | None:
    """The statement whose content shares most with the annotated one, at least half, and whose cue overlaps."""

    def shared(statement: Statement) -> float:
        one = {k for c in gold["content"] for k in range(c["start"], c["end"])}
        other = {k for c in statement.content for k in range(c.start, c.end)}
        near = (
            statement.cue is not None
            and statement.cue.start < gold["cue"]["end"]
            and gold["cue"]["start"] < statement.cue.end
        )
        return len(one & other) / len(one | other) if near else 0.0

    best = max(statements, key=shared, default=None)
    return best if best is not None and shared(best) >= 0.5 else None


def _same_speaker(wanted: str, found: str) -> bool:
    """The same name, or one made of words of the other ("Government" for "Government of Venezuela")."""
    if fold(wanted) == fold(found):
        return True
    if wanted.startswith("("):
        return fold(wanted) == fold(found)
    one, other = key_words(wanted.replace(";", " ")), key_words(found)
    return bool(other) and (other <= one or one <= other) and len(one & other) * 2 >= min(len(one), len(other)) * 2


def _words(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:45]} … {text[-20:]}"


# Speed.


def measure_speed(paths: Iterable[Path]) -> None:
    """Words and articles a second on the wire text and on whole gold files, after one warm-up."""
    texts = [WIRE.with_suffix(".en.txt").read_text(encoding="utf-8")] * 100
    for path in paths:
        texts += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    read(texts[0])
    words = sum(len(_WORD.findall(text)) for text in texts)
    begin = time.process_time()
    for text in texts:
        read(text)
    seconds = time.process_time() - begin
    print(f"{words / seconds:,.0f} words a second; {len(texts) / seconds:,.0f} texts a second ({len(texts)} texts)")


if __name__ == "__main__":
    main()
