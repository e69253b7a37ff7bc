"""The text of a page whose story stands in its data alone: a shell that a script would fill.

Looked for only where the page itself shows hardly any text. Two places are known: `articleBody` of JSON-LD
(schema.org), and the JSON that frameworks leave for their scripts, where the list with most words is the story.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from recuento.preserve.parsers.markup_text import text_of_markup

_SCRIPT = re.compile(r"<script\b([^>]{0,500})>(.*?)</script\s*>", re.I | re.S)
_JSON_TYPE = re.compile(r"""type\s*=\s*["']?application/(ld\+)?json""", re.I)
_STORY_WORDS_MIN = 40
_LINE_WORDS_MIN = 8
_LEVELS_MAX = 40


def text_in_data(html: str) -> str | None:
    """The story that stands in the data of a page, a paragraph a line; None where there is none of some length."""
    found = []
    for attributes, body in _SCRIPT.findall(html):
        kind = _JSON_TYPE.search(attributes)
        if kind is None:
            continue
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            continue
        found.append(_declared(data) if kind[1] else _longest_list(data))
    best = max((one for one in found if one), key=len, default=None)
    return best if best and len(best.split()) >= _STORY_WORDS_MIN else None


def _declared(data: Any) -> str:
    bodies: list[str] = []
    _collect(data, "", defaultdict(list), bodies, 0)
    return max(map(_plain, bodies), key=len, default="")


def _longest_list(data: Any) -> str:
    by_place: dict[str, list[str]] = defaultdict(list)
    bodies: list[str] = []
    _collect(data, "", by_place, bodies, 0)
    texts = ["\n".join(map(_plain, lines)) for lines in by_place.values()]
    return max((*texts, *map(_plain, bodies)), key=len, default="")


def _collect(data: Any, place: str, by_place: dict[str, list[str]], bodies: list[str], level: int) -> None:
    """Sentences by the place they stand at, whatever their number in a list; and what is called articleBody."""
    if level > _LEVELS_MAX:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "articleBody" and isinstance(value, str):
                bodies.append(value)
            _collect(value, f"{place}.{key}", by_place, bodies, level + 1)
    elif isinstance(data, list):
        for value in data:
            _collect(value, f"{place}[]", by_place, bodies, level + 1)
    elif isinstance(data, str) and len(data.split()) >= _LINE_WORDS_MIN:
        by_place[place].append(data)


def _plain(text: str) -> str:
    return text_of_markup(text) if "<" in text or "&" in text else text.strip()
