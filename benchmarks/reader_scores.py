"""How readings are scored against a gold text: relations, nested levels, certainty, demands and figures.

Words of punctuation only are ignored. Exact: the same words. Soft: mean best coverage. Lenient: cues overlap, sources
and contents share at least half of their words. What is counted of a text is added up in one `Counter`; the rows are
made of the sums, so that texts may come in any order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from recuento.model.anchor import Anchor
from recuento.model.statement import Figure, Statement
from recuento.values.quantity import Comparison
from recuento.values.vague_words import comparison_of

ROLES = ("source", "cue", "content")
CERTAINTIES = ("asserted", "unofficial", "rumoured", "alleged", "expected")
WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
ENOUGH = 0.5

Document = dict[str, Any]
Words = frozenset[int]
Relation = dict[str, Words]
Tally = Counter[str]
T = TypeVar("T")


# Relations.


def as_relation(statement: Statement) -> dict[str, list[list[int]]]:
    """A statement in the form of the gold files."""

    def spans(*anchors: Anchor | None) -> list[list[int]]:
        return [[anchor.start, anchor.end] for anchor in anchors if anchor is not None]

    return {"source": spans(statement.source), "cue": spans(statement.cue), "content": spans(*statement.content)}


def tally_relations(document: Document, statements: Sequence[Statement], tally: Tally) -> list[bool]:
    """Count sources, cues, contents and whole relations; say of each statement whether it is right."""
    gold, found = _relations(document, statements)
    for role in ROLES:
        wanted, had = {g[role] for g in gold if g[role]}, {p[role] for p in found if p[role]}
        tally[f"{role} gold"] += len(wanted)
        tally[f"{role} found"] += len(had)
        tally[f"{role} exact"] += len(wanted & had)
        tally[f"{role} soft found"] += _covered(had, wanted)
        tally[f"{role} soft gold"] += _covered(wanted, had)
    tally["relation gold"] += len(gold)
    tally["relation found"] += len(found)
    tally["relation exact"] += sum(g is not None for g in matched(found, gold, lambda one, other: one == other))
    hits = [g is not None for g in matched(found, gold, is_near)]
    tally["relation lenient"] += sum(hits)
    return hits


def relation_rows(tally: Tally) -> dict[str, str]:
    """The rows on relations, each F1 (P / R)."""
    rows: dict[str, str] = {}
    for role in ROLES:
        found, gold = tally[f"{role} found"], tally[f"{role} gold"]
        rows[f"{role} exact"] = f1(tally[f"{role} exact"], found, tally[f"{role} exact"], gold)
        rows[f"{role} soft"] = f1(tally[f"{role} soft found"] / 1e6, found, tally[f"{role} soft gold"] / 1e6, gold)
    for kind in ("exact", "lenient"):
        hits = tally[f"relation {kind}"]
        rows[f"relation {kind}"] = f1(hits, tally["relation found"], hits, tally["relation gold"])
    return rows


def relation_f1(tally: Tally) -> float:
    """The lenient F1 of whole relations, in per cent."""
    hits, found, gold = tally["relation lenient"], tally["relation found"], tally["relation gold"]
    return 100 * _harmonic(hits / found if found else 0.0, hits / gold if gold else 0.0)


def is_near(one: Relation, other: Relation) -> bool:
    """Whether two relations are the same under the lenient measure."""
    cues = bool(one["cue"] & other["cue"]) or not (one["cue"] or other["cue"])
    return cues and all(_overlap(one[role], other[role]) >= ENOUGH for role in ("source", "content"))


def matched(found: Sequence[T], gold: Sequence[T], same: Callable[[T, T], bool]) -> list[int | None]:
    """For each thing found, the place of a gold one of its own, or None."""
    free, places = list(range(len(gold))), []
    for thing in found:
        place = next((k for k in free if same(thing, gold[k])), None)
        places.append(place)
        if place is not None:
            free.remove(place)
    return places


def f1(hits_found: float, found: int, hits_gold: float, gold: int) -> str:
    """Precision, recall and their harmonic mean, in per cent."""
    precision, recall = hits_found / found if found else 0.0, hits_gold / gold if gold else 0.0
    return f"{100 * _harmonic(precision, recall):5.1f} ({100 * precision:.1f} / {100 * recall:.1f})"


# What only our own gold annotates.


def tally_more(document: Document, statements: Sequence[Statement], figures: Sequence[Figure], tally: Tally) -> None:
    """Count nested levels, certainty, modes, demands and figures."""
    gold, found = _relations(document, statements)
    places = matched(found, gold, is_near)
    pairs = {statement.id: place for statement, place in zip(statements, places, strict=True) if place is not None}
    _tally_nested(document, statements, pairs, tally)
    _tally_classes(document, statements, pairs, tally)
    _tally_demands(document, statements, pairs, tally)
    _tally_figures(document, figures, tally)
    _tally_attributed(document, statements, pairs, tally)


def more_rows(tally: Tally) -> dict[str, str]:
    """The rows on nested levels, certainty, demands and figures."""
    spans = tally["figures right"]
    rows = {
        "nested, both levels": f1(*(tally[f"nested {k}"] for k in ("right", "found", "right", "gold"))),
        "certainty macro F": f"{macro_f(tally):5.1f} over {_classes(tally)} classes",
        "mode": _share(tally["mode right"], tally["matched"]),
        "speaker": _share(tally["speaker right"], tally["speaker gold"]),
        "demands, cue+content": f1(*(tally[f"demands {k}"] for k in ("right", "found", "right", "gold"))),
        "demands, items": f1(*(tally[f"items {k}"] for k in ("right", "found", "right", "gold"))),
        "demands, addressee": _share(tally["addressee right"], tally["addressee gold"]),
        "figures, span exact": f1(spans, tally["figures found"], spans, tally["figures gold"]),
    }
    for name in ("value and bounds", "comparison", "counted noun", "measure"):
        rows[f"figures, {name}"] = _share(tally[f"figures {name}"], spans)
    rows["figures, statement"] = _share(tally["figures statement"], tally["figures attributed"])
    rows["figures, part of"] = _share(tally["figures part"], tally["figures parts"])
    return rows


def macro_f(tally: Tally) -> float:
    """The mean of the F1 of each class of certainty that the gold has, over the relations that match."""
    values = []
    for name in CERTAINTIES:
        gold, found, right = (tally[f"certainty {kind} {name}"] for kind in ("gold", "found", "right"))
        if gold:
            values.append(_harmonic(right / found if found else 0.0, right / gold))
    return 100 * sum(values) / len(values) if values else 0.0


def is_stated(figure: Figure) -> bool:
    """Whether words of quantity give the figure: the gold leaves out what a proposition without a number says.

    "Deaths and injuries", "without deaths", "completely cleared", "a soldier was killed" and "it is not known how many"
    are claims, but no quantity in words. The words of "a soldier" hold the noun, which those of a number never do.
    """
    kind = figure.quantity.comparison
    inside = figure.counted is not None and figure.anchor.start <= figure.counted.start < figure.anchor.end
    if inside and figure.unit != "percent":
        return False  # "One name in eight" is a share, and its noun stands inside it.
    if kind in (Comparison.VAGUE, Comparison.NONE):
        words = figure.quantity.words
        if words.casefold().endswith((" solo", " sola", " single")):
            return True  # «No hay un solo muerto».
        return comparison_of(words) is not None and words.casefold() not in ("sin", "without")
    return kind is not Comparison.UNKNOWN


def _tally_nested(document: Document, statements: Sequence[Statement], pairs: dict[str, int], tally: Tally) -> None:
    items = document["attributions"]
    names = {item["id"]: place for place, item in enumerate(items)}
    tally["nested gold"] += sum(item["parent"] is not None for item in items)
    for statement in statements:
        if statement.parent is not None:
            tally["nested found"] += 1
            place, outer = pairs.get(statement.id), pairs.get(statement.parent)
            if place is not None and outer is not None and items[place]["parent"] is not None:
                tally["nested right"] += names[items[place]["parent"]] == outer


def _tally_classes(document: Document, statements: Sequence[Statement], pairs: dict[str, int], tally: Tally) -> None:
    for statement in statements:
        if statement.id not in pairs:
            continue
        item = document["attributions"][pairs[statement.id]]
        tally["matched"] += 1
        tally["mode right"] += statement.mode.value == item["mode"]
        tally[f"certainty gold {item['certainty']}"] += 1
        tally[f"certainty found {statement.certainty.value}"] += 1
        tally[f"certainty right {item['certainty']}"] += statement.certainty.value == item["certainty"]
        if item["speaker"] is not None:
            tally["speaker gold"] += 1
            tally["speaker right"] += one_in_other(item["speaker"], statement.speaker.name)


def _tally_demands(document: Document, statements: Sequence[Statement], pairs: dict[str, int], tally: Tally) -> None:
    offsets = [match.span() for match in WORD.finditer(document["text"])]
    wanted = {item["id"] for item in document["attributions"] if item["mode"] == "demands"}
    asking = [statement for statement in statements if statement.mode.value == "demands"]
    tally["demands gold"] += len(wanted)
    tally["demands found"] += len(asking)
    for statement in asking:
        place = pairs.get(statement.id)
        tally["demands right"] += place is not None and document["attributions"][place]["id"] in wanted
    gold = [_touched(offsets, [item]) for demand in document["demands"] for item in demand["items"]]
    found = [_touched(offsets, [(a.item.start, a.item.end)]) for statement in asking for a in statement.asks]
    tally["items gold"] += len(gold)
    tally["items found"] += len(found)
    tally["items right"] += sum(k is not None for k in matched(found, gold, lambda a, b: _overlap(a, b) >= ENOUGH))
    by_id = {document["attributions"][place]["id"]: id for id, place in pairs.items()}
    for demand in document["demands"]:
        answer = next((s for s in asking if s.id == by_id.get(demand["attribution"])), None)
        if answer is not None and demand["addressee"] is not None:
            tally["addressee gold"] += 1
            tally["addressee right"] += any(one_in_other(demand["addressee"], a.addressee or "-") for a in answer.asks)


def _tally_figures(document: Document, figures: Sequence[Figure], tally: Tally) -> None:
    stated = {(f.anchor.start, f.anchor.end): f for f in figures if is_stated(f)}
    tally["figures found"] += len(stated)
    tally["figures gold"] += len(document["figures"])
    for item in document["figures"]:
        figure = stated.get(tuple(item["span"]))
        if figure is None:
            continue
        tally["figures right"] += 1
        for name, is_right in judged(item, figure).items():
            tally[f"figures {name}"] += is_right
        tally["figures parts"] += item["part_of"] is not None
        tally["figures part"] += item["part_of"] is not None and figure.subset is not None


def judged(item: dict[str, Any], figure: Figure) -> dict[str, bool]:
    """What of a figure agrees with the gold."""
    quantity = figure.quantity
    same = [_is_same(quantity.low, item["low"]), _is_same(quantity.high, item["high"])]
    noun = [figure.counted.start, figure.counted.end] if figure.counted else None
    return {
        "value and bounds": all(same),
        "comparison": quantity.comparison.value == item["comparison"],
        "counted noun": noun == item["counted"],
        "measure": figure.measure == item["measure"],
    }


def _tally_attributed(document: Document, statements: Sequence[Statement], pairs: dict[str, int], tally: Tally) -> None:
    """Whether a figure is handed out with the statement that holds it innermost, and with no other."""
    items = document["attributions"]
    held: dict[tuple[int, int], set[str | None]] = {}
    for statement in statements:
        place = pairs.get(statement.id)
        for figure in statement.figures:
            span = (figure.anchor.start, figure.anchor.end)
            held.setdefault(span, set()).add(items[place]["id"] if place is not None else None)
    for item in document["figures"]:
        tally["figures attributed"] += 1
        wanted = {item["attribution"]} if item["attribution"] is not None else set()
        tally["figures statement"] += held.get(tuple(item["span"]), set()) == wanted


# Words and shares.


def one_in_other(one: str, other: str) -> bool:
    """Whether all words of one name stand in the other, articles aside."""
    ours, theirs = (set(WORD.findall(re.sub(r"^(the|an?|el|la|los|las) ", "", n.casefold()))) for n in (one, other))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def _relations(document: Document, statements: Sequence[Statement]) -> tuple[list[Relation], list[Relation]]:
    offsets = [match.span() for match in WORD.finditer(document["text"])]
    gold = [_in_words(offsets, item) for item in document["attributions"]]
    return gold, [_in_words(offsets, as_relation(statement)) for statement in statements]


def _in_words(offsets: Sequence[tuple[int, int]], item: dict[str, Any]) -> Relation:
    return {role: _touched(offsets, item.get(role) or []) for role in ROLES}


def _touched(offsets: Sequence[tuple[int, int]], spans: Sequence[Sequence[int]]) -> Words:
    return frozenset(n for n, (start, end) in enumerate(offsets) for a, b in spans if start < b and a < end)


def _covered(these: set[Words], others: set[Words]) -> int:
    """The mean best coverage of the words of each, in millionths, added up."""
    return round(1e6 * sum(max((len(x & y) / len(x) for y in others), default=0.0) for x in these))


def _overlap(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _is_same(one: Any, other: Any) -> bool:
    return one == other if one is None or other is None else abs(float(one) - float(other)) < 0.01


def _classes(tally: Tally) -> int:
    return sum(tally[f"certainty gold {name}"] > 0 for name in CERTAINTIES)


def _share(right: int, number: int) -> str:
    return f"{100 * right / number:5.1f} of {number}" if number else "    – not annotated here"
