"""The wire text beside its annotation: who says what, what is asked, which figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from recuento.model.statement import Statement
from recuento.read import read
from recuento.values.names import fold, key_words
from recuento.values.partial_date import PartialDate

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
WIRE = SHARED / "cases" / "tocoron" / "documents" / "efe-2023-09-20.en"


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
