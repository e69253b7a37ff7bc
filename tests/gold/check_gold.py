"""Check annotated texts, and measure how far two annotations of the same texts agree.

From the repository: `python tests/gold/check_gold.py check FILE...` prints every fault with its place;
`python tests/gold/check_gold.py agree ONE OTHER` prints the agreement as a table. The form of the files is in
GUIDELINES.md beside this file. Nothing of the reader is used here: the gold must not know it.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

Document = dict[str, Any]
Span = Sequence[int]
Words = frozenset[int]

ROLES = ("source", "cue", "content")
MODES = {"asserts", "denies", "demands", "promises", "asks"}
CERTAINTIES = {"asserted", "unofficial", "rumoured", "alleged", "expected"}
COMPARISONS = {"eq", "ge", "gt", "le", "lt", "range", "approx", "nearly", "upto", "vague", "none", "unknown"}
ENOUGH = 0.5
WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
MEASURES = Path(__file__).parents[2] / "src/recuento/model/vocabulary/measures.toml"


def documents_in(path: Path) -> list[Document]:
    """Give the documents of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def faults(documents: Sequence[Document]) -> list[str]:
    """Name everything wrong with the annotation of `documents`, each with its place; empty where all is well."""
    found = [f"{name}: {count} documents with this id" for name, count in _repeated(documents)]
    for document in documents:
        found += [f"{document['id']}: {fault}" for fault in _faults_of(document)]
    return found


def agreement(one: Sequence[Document], other: Sequence[Document]) -> dict[str, str]:
    """Compare two annotations of the same texts; `one` is taken as gold. F1 (precision / recall), or a share of n."""
    pairs = _same_texts(one, other)
    table = _agreement_on_spans(pairs)
    matched = [match for first, second in pairs for match in _matched_attributions(first, second)]
    for field in ("speaker", "mode", "certainty", "inferred"):
        table[field] = _share([_plain(a[field]) == _plain(b[field]) for a, b in matched])
        if field in ("mode", "certainty"):
            table[f"{field} kappa"] = f"{_kappa([(a[field], b[field]) for a, b in matched]):5.2f}"
    table["speaker, part of name"] = _share([_one_in_other(a["speaker"], b["speaker"]) for a, b in matched])
    table["nested or not"] = _share([(a["parent"] is None) == (b["parent"] is None) for a, b in matched])
    return table | _agreement_on_figures(pairs) | _agreement_on_demands(pairs)


def _repeated(documents: Sequence[Document]) -> list[tuple[str, int]]:
    return [(name, n) for name, n in Counter(document["id"] for document in documents).items() if n > 1]


def _faults_of(document: Document) -> Iterator[str]:
    text, names = document["text"], [item["id"] for item in document["attributions"]]
    if len(set(names)) < len(names):
        yield "two attributions with the same id"
    for item in document["attributions"]:
        yield from (f"{item['id']}: {fault}" for fault in _faults_of_attribution(item, names, text))
    for place, figure in enumerate(document["figures"]):
        yield from (f"figure {place}: {fault}" for fault in _faults_of_figure(figure, document))
    for demand in document["demands"]:
        yield from (f"demand of {demand['attribution']}: {fault}" for fault in _faults_of_demand(demand, document))


def _faults_of_attribution(item: Document, names: Sequence[str], text: str) -> Iterator[str]:
    if not item["content"]:
        yield "no content"
    for role in ROLES:
        yield from _faults_of_spans(role, item[role], text)
    if item["mode"] not in MODES:
        yield f"no such mode: {item['mode']}"
    if item["certainty"] not in CERTAINTIES:
        yield f"no such certainty: {item['certainty']}"
    if item["parent"] is not None and (item["parent"] not in names or item["parent"] == item["id"]):
        yield f"no such parent: {item['parent']}"
    if item["inferred"] and item["speaker"] is None:
        yield "inferred, but no speaker"


def _faults_of_spans(role: str, spans: Sequence[Span], text: str) -> Iterator[str]:
    end = 0
    for first, last in spans:
        words = text[first:last]
        if not 0 <= first < last <= len(text) or words != words.strip():
            yield f"{role} [{first}, {last}] does not slice to words: {words!r}"
        if first < end:
            yield f"{role} [{first}, {last}] overlaps or is out of order"
        end = last


def _faults_of_figure(figure: Document, document: Document) -> Iterator[str]:
    text = document["text"]
    yield from _faults_of_spans("span", [figure["span"]], text)
    if figure["counted"] is not None:
        yield from _faults_of_spans("counted", [figure["counted"]], text)
    if figure["comparison"] not in COMPARISONS:
        yield f"no such comparison: {figure['comparison']}"
    if None not in (figure["low"], figure["high"]) and figure["low"] > figure["high"]:
        yield f"from {figure['low']} to {figure['high']}"
    if figure["measure"] is not None and f"[measures.{figure['measure']}]" not in _vocabulary():
        yield f"no such measure: {figure['measure']}"
    if figure["attribution"] not in {None, *(item["id"] for item in document["attributions"])}:
        yield f"no such attribution: {figure['attribution']}"
    whole = figure.get("part_of")
    if whole is not None and not 0 <= whole < len(document["figures"]):
        yield f"part of no figure: {whole}"


def _faults_of_demand(demand: Document, document: Document) -> Iterator[str]:
    if demand["attribution"] not in {item["id"] for item in document["attributions"] if item["mode"] == "demands"}:
        yield "no attribution of this id demands"
    if not demand["items"] or len(demand["items"]) != len(demand["measures"]):
        yield f"{len(demand['items'])} items, {len(demand['measures'])} measures"
    yield from _faults_of_spans("item", demand["items"], document["text"])


def _vocabulary() -> set[str]:
    return {line.strip() for line in MEASURES.read_text(encoding="utf-8").split("\n")}


def _same_texts(one: Sequence[Document], other: Sequence[Document]) -> list[tuple[Document, Document]]:
    second = {document["id"]: document for document in other}
    pairs = [(document, second[document["id"]]) for document in one if document["id"] in second]
    changed = [first["id"] for first, again in pairs if first["text"] != again["text"]]
    if changed or not pairs:
        raise ValueError(f"not the same texts: {', '.join(changed) or 'no id in common'}")
    return pairs


def _agreement_on_spans(pairs: Sequence[tuple[Document, Document]]) -> dict[str, str]:
    sums: Counter[str] = Counter()
    for first, second in pairs:
        gold, again = _words_of(first), _words_of(second)
        sums["gold"] += len(gold)
        sums["again"] += len(again)
        sums["exact"] += len(_matches(again, gold, lambda p, g: p == g))
        sums["lenient"] += len(_matches(again, gold, _leniently_same))
        for role in ROLES:
            ours, theirs = {a[role] for a in gold if a[role]}, {a[role] for a in again if a[role]}
            sums[f"{role} gold"] += len(ours)
            sums[f"{role} again"] += len(theirs)
            sums[f"{role} exact"] += len(ours & theirs)
    table = {f"{role} exact": _f1(sums[f"{role} exact"], sums[f"{role} again"], sums[f"{role} gold"]) for role in ROLES}
    return table | {
        "relation exact": _f1(sums["exact"], sums["again"], sums["gold"]),
        "relation lenient": _f1(sums["lenient"], sums["again"], sums["gold"]),
        "attributions": f"{sums['gold']} / {sums['again']}",
    }


def _agreement_on_figures(pairs: Sequence[tuple[Document, Document]]) -> dict[str, str]:
    gold = again = 0
    same: list[tuple[Document, Document]] = []
    for first, second in pairs:
        gold += len(first["figures"])
        again += len(second["figures"])
        by_span = {tuple(figure["span"]): figure for figure in second["figures"]}
        same += [(f, by_span[tuple(f["span"])]) for f in first["figures"] if tuple(f["span"]) in by_span]
    table = {"figures, span": _f1(len(same), again, gold)}
    table["figures, low and high"] = _share([(a["low"], a["high"]) == (b["low"], b["high"]) for a, b in same])
    for field in ("comparison", "counted", "measure"):
        table[f"figures, {field}"] = _share([a[field] == b[field] for a, b in same])
    return table


def _agreement_on_demands(pairs: Sequence[tuple[Document, Document]]) -> dict[str, str]:
    gold = again = hits = 0
    for first, second in pairs:
        ours, theirs = _items_of(first), _items_of(second)
        gold += len(ours)
        again += len(theirs)
        hits += len(_matches(theirs, ours, lambda p, g: _overlap(p, g) >= ENOUGH))
    return {"demand items, lenient": _f1(hits, again, gold)}


def _items_of(document: Document) -> list[Words]:
    offsets = _offsets(document["text"])
    return [_touched(offsets, [item]) for demand in document["demands"] for item in demand["items"]]


def _matched_attributions(first: Document, second: Document) -> list[tuple[Document, Document]]:
    matches = _matches(_words_of(second), _words_of(first), _leniently_same)
    return [(first["attributions"][g], second["attributions"][p]) for p, g in matches]


def _words_of(document: Document) -> list[dict[str, Words]]:
    offsets = _offsets(document["text"])
    return [{role: _touched(offsets, item[role]) for role in ROLES} for item in document["attributions"]]


def _offsets(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in WORD.finditer(text)]


def _touched(offsets: Sequence[Span], spans: Sequence[Span]) -> Words:
    return frozenset(n for n, (a, b) in enumerate(offsets) for first, last in spans if a < last and first < b)


def _leniently_same(one: dict[str, Words], other: dict[str, Words]) -> bool:
    cue = bool(one["cue"] & other["cue"]) or not (one["cue"] or other["cue"])
    return cue and min(_overlap(one[role], other[role]) for role in ("source", "content")) >= ENOUGH


def _overlap(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _matches(predicted: Sequence[Any], gold: Sequence[Any], same: Callable[[Any, Any], bool]) -> list[tuple[int, int]]:
    """Give the places of predictions and of the gold each finds of its own, in order."""
    free, found = list(range(len(gold))), []
    for place, item in enumerate(predicted):
        own = next((g for g in free if same(item, gold[g])), None)
        if own is not None:
            free.remove(own)
            found.append((place, own))
    return found


def _plain(value: object) -> object:
    return re.sub(r"^(the|an?|el|la|los|las) ", "", value.casefold()) if isinstance(value, str) else value


def _one_in_other(one: str | None, other: str | None) -> bool:
    ours, theirs = set(WORD.findall(str(_plain(one)))), set(WORD.findall(str(_plain(other))))
    return ours <= theirs or theirs <= ours


def _kappa(labels: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa: agreement beyond what two such habits would give by chance."""
    n = len(labels)
    first, second = Counter(a for a, _ in labels), Counter(b for _, b in labels)
    chance = sum(first[label] * second[label] for label in first) / n**2 if n else 1.0
    seen = sum(a == b for a, b in labels) / n if n else 1.0
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def _share(same: Sequence[bool]) -> str:
    return f"{100 * sum(same) / len(same):5.1f} of {len(same)}" if same else "    – of 0"


def _f1(hits: int, predicted: int, gold: int) -> str:
    precision, recall = (hits / predicted if predicted else 0.0), (hits / gold if gold else 0.0)
    f = 2 * precision * recall / (precision + recall) if hits else 0.0
    return f"{100 * f:5.1f} ({100 * precision:.1f} / {100 * recall:.1f})"


def main(arguments: Sequence[str]) -> int:
    """Check the files named, or compare two of them; 1 where something is wrong."""
    if len(arguments) > 1 and arguments[0] == "check":
        found = [f"{name}: {fault}" for name in arguments[1:] for fault in faults(documents_in(Path(name)))]
        sys.stdout.write("".join(f"{fault}\n" for fault in found))
        return 1 if found else 0
    if len(arguments) == 3 and arguments[0] == "agree":
        table = agreement(documents_in(Path(arguments[1])), documents_in(Path(arguments[2])))
        sys.stdout.write("".join(f"{name:24} {value}\n" for name, value in table.items()))
        return 0
    sys.stdout.write(__doc__ or "")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
