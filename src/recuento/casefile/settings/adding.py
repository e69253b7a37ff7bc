"""Put one record, or one more name of an actor, into the text of a recuento.toml; all that people wrote stays as it is.

Where in the text something goes is tried, not known: the parser that reads the file judges each try, and only the one
is taken that says what the file said, with the new beside it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from recuento.casefile.settings.record_table import Record, kind_of_table, table_of, toml_of, toml_value
from recuento.errors import RecuentoError

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEAD = re.compile(r"[ \t]*\[")
_NAME = re.compile(r"^[ \t]*name[ \t]*=[^\n]*(?:\n|$)", re.MULTILINE)
_ALIASES = re.compile(r"^[ \t]*aliases[ \t]*=[ \t]*\[", re.MULTILINE)
_CLOSING = re.compile(r"\]")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class ByHand(RecuentoError):
    """The file is written so that nothing can be put into it without changing what is there; `words` are to be."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(
            "recuento.toml is written in a form to which this cannot be added without changing what is there (tables "
            f"within braces, or keys with dots). Write it there by hand:\n{words}",
            "recuento.toml está escrito de una forma a la que esto no se puede añadir sin cambiar lo que hay (tablas "
            f"entre llaves, o claves con puntos). Escríbalo ahí a mano:\n{words}",
        )


def with_record(text: str, record: Record) -> str:
    """The text with the record as a table of its own at the end; what was there is the beginning of it.

    Raises ByHand where the file takes no such table. Whether its ids are known is for `settings_in` to say.
    """
    newline = _newline(text)
    between = "" if not text.strip() else newline if text.endswith("\n") else newline * 2
    changed = f"{text}{between}{toml_of(record, newline)}"
    kind = kind_of_table(record)
    told = tomllib.loads(text)
    wanted = {**told, kind: {**told.get(kind, {}), record.id: table_of(record)}} if _is_table(told.get(kind)) else None
    if wanted is None or record.id in told.get(kind, {}) or _parsed(changed) != wanted:
        raise ByHand(toml_of(record).rstrip())
    return changed


def with_alias(text: str, actor: str, alias: str) -> str:
    """The text with one more alias of an actor, put in at one place; taken out again it is the text of before.

    Raises ByHand where the actor is written so that no place is found. The actor must be there.
    """
    told = tomllib.loads(text)
    table = told["actors"][actor]
    changed_table = {**table, "aliases": [*table.get("aliases", []), alias]}
    wanted = {**told, "actors": {**told["actors"], actor: changed_table}}
    for changed in _tries(text, actor, alias):
        if _parsed(changed) == wanted:
            return changed
    raise ByHand(f"[actors.{actor}]\naliases = {toml_value(changed_table['aliases'])}")


def _tries(text: str, actor: str, alias: str) -> Iterator[str]:
    """Every way to put the alias in below a head that may be the actor's: into its list, else as a list of its own."""
    newline, quoted = _newline(text), toml_value(alias)
    ends = [0, *(line.end() for line in _LINE.finditer(text))]
    heads = [(first, behind) for first, behind in pairwise(ends) if _HEAD.match(text, first)]
    for number, (head, first) in enumerate(heads):
        if _may_be_head_of(text[head:first], actor):
            behind = heads[number + 1][0] if number + 1 < len(heads) else len(text)
            yield from _into_list(text, first, behind, quoted, newline)
            named = _NAME.search(text, first, behind)
            for place in ([named.end()] if named else []) + [first]:
                gap = "" if text[:place].endswith("\n") else newline
                yield f"{text[:place]}{gap}aliases = [{quoted}]{newline}{text[place:]}"


def _into_list(text: str, first: int, behind: int, quoted: str, newline: str) -> Iterator[str]:
    """Every way to end the list of aliases, which begins between `first` and `behind`, with one more."""
    for begun in _ALIASES.finditer(text, first, behind):
        for closing in _CLOSING.finditer(text, begun.end(), behind):
            place = closing.start()
            line = text.rfind("\n", 0, place) + 1
            before, after = text[:place], text[place:]
            if not text[line:place].strip():
                # The bracket has a line of its own, so the new alias gets one too, set in as the last one is.
                indent = _indent_before(text, line)
                yield f"{text[:line]}{indent}{quoted},{newline}{text[line:]}"
                yield f"{text[:line]}{indent}, {quoted}{newline}{text[line:]}"
            yield f"{before} {quoted}{after}" if before.endswith(",") else f"{before}{quoted}{after}"
            yield f"{before}, {quoted}{after}"


def _indent_before(text: str, line: int) -> str:
    last = text[:line].rstrip("\r\n").rpartition("\n")[2]
    return last[: len(last) - len(last.lstrip())]


def _may_be_head_of(line: str, actor: str) -> bool:
    """Whether a line may be the head [actors.ID]: its key bare or in quotes, with blanks or a remark."""
    keys = [actor] if _BARE.fullmatch(actor) else []
    keys += [toml_value(actor), f"'{actor}'"]
    any_key = "|".join(map(re.escape, keys))
    return (
        re.match(rf"[ \t]*\[[ \t]*actors[ \t]*\.[ \t]*(?:{any_key})[ \t]*\][ \t]*(?:#.*)?$", line.rstrip()) is not None
    )


def _is_table(found: object) -> bool:
    return found is None or isinstance(found, dict)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _parsed(text: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
