"""Precision and recall of `recuento check`: shared texts, our own, and false alarms on news that should be silent.

    python benchmarks/check.py [--alarms] [SHARED]

SHARED is the folder with `cases` and `corpora` (by default the one beside the repository). `--alarms` prints every
alarm on the news.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from recuento.casefile.checking import Checked, check_text
from recuento.model.finding import Finding

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tests" / "check"


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    folders = [word for word in arguments if not word.startswith("--")]
    shared = Path(folders[0]) if folders else ROOT.parent / "shared"
    if (cases := shared / "cases" / "figure-checks" / "checks.json").exists():
        score("shared texts", [_shared_case(entry) for entry in json.loads(cases.read_text(encoding="utf-8"))])
    for name in ("development", "held_out"):
        path = TEXTS / f"texts_{name}.json"
        if path.exists():
            cases = json.loads(path.read_text(encoding="utf-8"))
            score(name.replace("_", " "), cases, named=name != "held_out")
    for corpus in sorted(shared.glob("corpora/*/*.jsonl")):
        false_alarms(corpus, show="--alarms" in arguments)


def _shared_case(entry: dict[str, Any]) -> dict[str, Any]:
    expected = (
        []
        if entry["kind"] == "clean"
        else [{"kind": entry["kind"]} | ({"fix": entry["fix"]} if "fix" in entry else {})]
    )
    return {"id": entry["id"], "text": entry["text"], "expect": expected}


def score(name: str, cases: Sequence[dict[str, Any]], *, named: bool = True) -> None:
    """Precision and recall of the findings of some texts, by kind and, where one is expected, by the figure proposed.

    `named` is false for texts kept aside, whose faults the author of the rules is not to see.
    """
    right = missed = wrong = silent = 0
    bad: list[str] = []
    for case in cases:
        left = list(check_text(case["text"]).findings)
        for wanted in case["expect"]:
            hit = next((finding for finding in left if fits(finding, wanted)), None)
            if hit is None:
                missed += 1
                bad.append(f"{case['id']} misses {wanted['kind']}")
            else:
                right += 1
                left.remove(hit)
        wrong += len(left)
        bad += [f"{case['id']} raises {finding.kind.value}" for finding in left]
        silent += not case["expect"] and not left
    clean = sum(not case["expect"] for case in cases)
    print(
        f"{name}: {len(cases)} texts · recall {right}/{right + missed} · precision {right}/{right + wrong} · "
        f"clean and silent {silent}/{clean}" + (f" · {'; '.join(bad)}" if bad and named else "")
    )


def fits(finding: Finding, wanted: dict[str, Any]) -> bool:
    """Whether a finding is of an expected kind and, where a figure is expected, proposes that one."""
    if finding.kind.value not in wanted["kind"].split("|"):
        return False
    proposed = {finding.correction.figure.quote: finding.correction.written} if finding.correction else {}
    return "fix" not in wanted or wanted["fix"] is None or wanted["fix"] == proposed


def false_alarms(corpus: Path, *, show: bool) -> None:
    """Findings per 1,000 sentences of news."""
    started = time.process_time()
    alarms, sentences, figures = 0, 0, 0
    for id, text, count in texts_of(corpus):
        checked = check_text(text)
        sentences += count
        alarms += len(checked.findings)
        figures += sum(character.isdigit() for character in text) > 0
        if show:
            print_alarms(id, checked)
    print(
        f"{corpus.parent.name}: {sentences} sentences · {alarms} alarms · "
        f"{1000 * alarms / max(1, sentences):.2f} per 1,000 · {time.process_time() - started:.1f} s"
    )


def texts_of(corpus: Path) -> Iterator[tuple[str, str, int]]:
    """The documents of a corpus: id, text, how many sentences. Those of one document are put together."""
    documents: dict[str, list[str]] = {}
    for line in corpus.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        documents.setdefault(entry.get("doc", entry["id"]), []).append(entry["text"])
    for id, texts in documents.items():
        text = " ".join(texts)
        yield id, text, len(texts) if len(texts) > 1 else max(1, text.count(". ") + text.count(".\n") + 1)


def print_alarms(id: str, checked: Checked) -> None:
    """Print what was found, with the words."""
    for finding in checked.findings:
        print(f"  {id} {finding.kind.value}: {' '.join(finding.place.quote.split())}\n    {finding.words.en}")


if __name__ == "__main__":
    main(sys.argv[1:])
