"""The answers of a printed interview: lines that begin with "A:", «R.», after questions that begin with "Q:", «P.»."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LABEL = re.compile(
    r"^[ \t]*(?:[-–—*•][ \t]*)?(?:(?P<asks>Q|P|Question|Pregunta|QUESTION|PREGUNTA)"
    r"|(?P<answers>A|R|Answer|Respuesta|ANSWER|RESPUESTA))[.:)][ \t–—-]*(?=\S)",
    re.MULTILINE,
)
_WITH = re.compile(
    r"(?i:\b(?:interview with|talks to|speaks to|entrevista (?:con|a)|conversación con))\s+"
    r"(?P<name>[^\W\d_a-zà-ÿ][\w'’-]*(?:\s+(?:(?:de|del|la|van|von|al|el)\s+)*[^\W\d_a-zà-ÿ][\w'’-]*)+)"
)
Answer = tuple[tuple[int, int], tuple[int, int]]
"""The characters of the label, and those of the answer without its full stop."""


def answers_of(text: str) -> Iterator[Answer]:
    """The answers of a text in which lines of questions and of answers alternate; none where nobody asks."""
    asked = False
    for match in _LABEL.finditer(text):
        if match["asks"]:
            asked = True
            continue
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        while end > match.end() and text[end - 1] in ". \t\r":
            end -= 1
        if asked and end > match.end():
            yield match.span("answers"), (match.end(), end)


def interviewed(text: str) -> str | None:
    """Who is interviewed, where the text says so before the questions begin: "Interview with Mary Hale"."""
    first = _LABEL.search(text)
    found = _WITH.search(text, 0, first.start()) if first else None
    return " ".join(found["name"].split()) if found else None
