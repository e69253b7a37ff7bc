"""Measure the reader: every bar of our own gold, any gold file, the wire, speed, and what no text may do to it.

    python benchmarks/reader.py --bars [--heldout first|third]   the bars on our own gold, both languages, and their gap
    python benchmarks/reader.py --gold FILE.jsonl [--out F]  the table of one or more gold files
    python benchmarks/reader.py --wire | --speed | --fuzz 100000

`--gold` reads one document a line ({"id", "text", "attributions": [{"source", "cue", "content"}]}, each a list of
[start, end] in code points) and prints F1 (P / R); files in the form of our own gold get the rows on nesting,
certainty, demands and figures too. How each is counted is told in reader_scores.py.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reader_fuzz import fuzz, proof_by_doubling
from reader_scores import (
    WORD,
    Document,
    Tally,
    as_relation,
    more_rows,
    relation_f1,
    relation_rows,
    tally_more,
    tally_relations,
)
from reader_wire import WIRE, compare_wire

from recuento.read import read, read_figures
from recuento.read.confidence import features_of
from recuento.read.rules import ReadingMode

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
Rules = Counter[tuple[str, bool]]
Judged = tuple[Mapping[str, float], bool]
"""What the confidence of a statement is told from, and whether gold has it."""


def main() -> None:
    """Run what the command line asks for."""
    options = _options()
    if options.wire:
        compare_wire()
    if options.bars:
        print_bars(held_out=options.heldout)
    if options.gold and not options.speed:
        score_gold(options)
    if options.speed:
        measure_speed(options.gold or [])
    if options.fuzz:
        print_fuzz(options.fuzz)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wire", action="store_true", help="compare with the annotation of the wire text")
    parser.add_argument("--bars", action="store_true", help="every bar on our own gold, its development part")
    parser.add_argument("--heldout", choices=["first", "third"], help="with --bars: a held-out part, totals only")
    parser.add_argument("--gold", type=Path, nargs="+", help="gold files to score")
    parser.add_argument("--genre", help="only documents of this genre, where a file tells genres")
    parser.add_argument("--mode", choices=["precision", "balanced", "recall"], default="balanced")
    parser.add_argument("--out", type=Path, help="keep the predictions in this file")
    parser.add_argument("--by-rule", action="store_true", help="precision of every rule")
    parser.add_argument("--confidence", type=Path, help="fit the confidences to all gold files and write them here")
    parser.add_argument("--speed", action="store_true", help="words and articles a second, and the time to import")
    parser.add_argument("--fuzz", type=int, metavar="N", help="read N mutated and random texts; prove linear time")
    options = parser.parse_args()
    if not (options.wire or options.gold or options.speed or options.bars or options.fuzz):
        parser.error("choose --bars, --gold, --wire, --speed or --fuzz")
    return options


# Gold files.


def score_gold(options: argparse.Namespace) -> None:
    """Score the reader on each gold file and print the table; keep the predictions if asked."""
    kept: list[str] = []
    judged: list[Judged] = []
    for path in options.gold:
        documents = documents_in(path, options.genre)
        tally, rules = tally_of(documents, options.mode, kept)
        print(f"{path.parent.name}/{path.name}{f' ({options.genre})' if options.genre else ''}")
        for name, value in rows_of(tally).items():
            print(f"  {name:26} {value}")
        judged += judged_in(documents) if options.confidence is not None else []
        if options.by_rule:
            _print_rules(rules)
    if options.out is not None:
        options.out.write_text("\n".join(kept) + "\n", encoding="utf-8")
    if options.confidence is not None:
        _write_confidence(options.confidence, judged)


def documents_in(path: Path, genre: str | None = None) -> list[Document]:
    """The documents of a gold file; of one genre where one is asked for and the documents tell theirs."""
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [document for document in documents if genre is None or document.get("genre", genre) == genre]


def tally_of(
    documents: Iterable[Document], mode: ReadingMode = "balanced", kept: list[str] | None = None
) -> tuple[Tally, Rules]:
    """Read documents and count what is right; `kept` takes the predictions, one line a document."""
    tally, rules = Tally(), Rules()
    for document in documents:
        statements = read(document["text"], mode=mode)
        for statement, hit in zip(statements, tally_relations(document, statements, tally), strict=True):
            rules[statement.rule, hit] += 1
        if {"figures", "demands"} <= document.keys():
            tally["own"] += 1
            tally_more(document, statements, read_figures(document["text"]), tally)
        if kept is not None:
            predicted = [as_relation(statement) for statement in statements]
            kept.append(json.dumps({"id": document["id"], "attributions": predicted}, ensure_ascii=False))
    return tally, rules


def rows_of(tally: Tally) -> dict[str, str]:
    """The rows of the table: those on relations, and the rest where our own gold annotates it."""
    return relation_rows(tally) | (more_rows(tally) if tally["own"] else {})


def judged_in(documents: Iterable[Document]) -> list[Judged]:
    """Every statement that is read, by what its confidence is told from, and whether gold has it."""
    found: list[Judged] = []
    for document in documents:
        statements = read(document["text"])
        hits = tally_relations(document, statements, Tally())
        found += [(features_of(one, document["text"]), hit) for one, hit in zip(statements, hits, strict=True)]
    return found


def _write_confidence(path: Path, judged: Sequence[Judged]) -> None:
    """Fit a ridge-penalised logistic regression (penalty 1, none on the constant) by Newton's method; write it."""
    import numpy as np

    names = sorted({name for features, _ in judged for name in features})
    column = {name: place for place, name in enumerate(names)}
    table = np.zeros((len(judged), len(names)))
    for row, (features, _) in enumerate(judged):
        for name, value in features.items():
            table[row, column[name]] = value
    right = np.array([hit for _, hit in judged], float)
    penalty = np.where(np.array(names) == "any", 1e-6, 1.0)
    weights = np.zeros(len(names))
    for _ in range(50):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (right - chance) - penalty * weights
        curve = (table.T * (chance * (1 - chance))) @ table + np.diag(penalty)
        weights += np.linalg.solve(curve, slope)
    head = "# Weights of a logistic regression on the development sets of our gold, by reader.py --confidence."
    lines = [f"{name}\t{weight:.3f}" for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.0005]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"{len(judged)} statements, {100 * right.mean():.1f} % right")


def _print_rules(rules: Rules) -> None:
    names = sorted({rule for rule, _ in rules}, key=lambda rule: -(rules[rule, True] + rules[rule, False]))
    for rule in names:
        right, wrong = rules[rule, True], rules[rule, False]
        print(f"    {rule:40} {right:4} of {right + wrong:4}  {100 * right / (right + wrong):5.1f} %")


# The bars.


def print_bars(*, held_out: str | None) -> None:
    """Every bar of the reader on our own gold in Spanish and English, side by side, and the gap between them."""
    where = {None: "{}/dev.jsonl", "first": "heldout/{}.jsonl", "third": "heldout/{}_third.jsonl"}[held_out]
    paths = [GOLD / where.format(tongue) for tongue in ("es", "en")]
    tables, gaps = [], []
    for path in paths:
        documents = documents_in(path)
        tally, _ = tally_of(documents)
        precise, _ = tally_of(documents, "precision")
        rows = {"relation lenient F": relation_rows(tally)["relation lenient"]}
        rows["precision mode, P / R"] = relation_rows(precise)["relation lenient"]
        tables.append(rows | more_rows(tally))
        gaps.append(relation_f1(tally))
    part = f"{held_out} held-out" if held_out else "development"
    print(f"own gold, {part + ' part':32}{'Spanish':25}English")
    for name in tables[0]:
        print(f"  {name:26} {tables[0][name]:>34} {tables[1][name]:>34}")
    print(f"  {'gap in relation lenient F':26} {abs(gaps[0] - gaps[1]):.1f} points")


# Speed.


def measure_speed(paths: Sequence[Path]) -> None:
    """Words and articles a second on the wire text and on whole gold files, after one warm-up; and the import."""
    texts = [WIRE.with_suffix(".en.txt").read_text(encoding="utf-8")] * 100
    for path in paths:
        texts += [document["text"] for document in documents_in(path)]
    read(texts[0])
    words = sum(len(WORD.findall(text)) for text in texts)
    begin = time.process_time()
    for text in texts:
        read(text)
    seconds = time.process_time() - begin
    print(f"{words / seconds:,.0f} words a second; {len(texts) / seconds:,.0f} texts a second ({len(texts)} texts)")
    print(f"import and first read: {min(_import_seconds() for _ in range(3)):.2f} s")


def _import_seconds() -> float:
    """Seconds to import the reader and read one sentence, in a fresh process, without starting Python itself."""
    program = (
        "import time; begin = time.perf_counter(); from recuento.read import read; "
        "read('Ana dijo que no.'); print(time.perf_counter() - begin)"
    )
    return float(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)


# Robustness.


def print_fuzz(times: int) -> None:
    """Read mutated texts, then prove by doubling that time grows no faster than the text."""
    paths = [GOLD / tongue / "dev.jsonl" for tongue in ("es", "en")]
    texts = [document["text"] for path in paths for document in documents_in(path)]
    begin = time.process_time()
    statements, figures, slowest = fuzz(texts, times)
    print(
        f"{times:,} mutated and random texts in {time.process_time() - begin:,.0f} s: no exception, every anchor slices"
    )
    print(f"back; {statements:,} statements and {figures:,} figures read; the slowest took {slowest:.2f} s")
    print("four times the text takes (linear: 4.0; quadratic: 16)")
    for piece, small, large in proof_by_doubling():
        print(f"  {piece!r:24} {small:7.3f} s  {large:7.3f} s  {large / small:5.1f}")


if __name__ == "__main__":
    main()
