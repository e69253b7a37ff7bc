"""Who speaks by the form of a text: whoever signed a letter, and whoever answers in a printed interview.

Answers are lines that begin with "A:", «R.», after questions that begin with "Q:", «P.»; with a
colon they may stand in one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

_LABEL = re.compile(
    r"(?:^[ \t]*(?:[-–—*•][ \t]*)?|(?<=[.?!”\"] )(?=[QPAR]:))(?:(?P<asks>Q|P|Question|Pregunta|QUESTION|PREGUNTA)"
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
    asked, labels = False, list(_LABEL.finditer(text))
    for match, following in zip_longest(labels, labels[1:]):
        if match["asks"]:
            asked = True
            continue
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        end = min(end, following.start()) if following is not None else end
        while end > match.end() and text[end - 1] in ". \t\r":
            end -= 1
        if asked and end > match.end():
            yield match.span("answers"), (match.end(), end)


_ASKED = re.compile(r"^[ \t]*(?P<asks>[¿A-ZÁÉÍÓÚÑ][^\n:“”«»\"?]{3,140}\?)[ \t]*\n\s*(?P<answer>\S[^\n]*)", re.MULTILINE)
_OF_ONESELF = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Yy]o|[Mm]i|[Mm]is)\b")


def unmarked_answers_of(text: str) -> Iterator[tuple[int, int]]:
    """The answers after questions that stand in paragraphs of their own without labels.

    An explainer asks so, too: somebody speaks only where one of the answers says "I" or "my".
    """
    found = list(_ASKED.finditer(text)) if "?" in text else []
    if len(found) < 2 or _LABEL.search(text) or not any(_OF_ONESELF.search(match["answer"]) for match in found):
        return
    for match in found:
        begin, end = match.span("answer")
        yield begin, begin + len(text[begin:end].rstrip(". \t\r"))


def interviewed(text: str) -> str | None:
    """Who is interviewed, where the text says so before the questions begin: "Interview with Mary Hale".

    "She talks to Pauline Ache" names the interviewer; whoever is asked was named before.
    """
    first = _LABEL.search(text)
    found = _WITH.search(text, 0, first.start()) if first else None
    if found is None:
        return None
    if _PRONOUN.search(text, 0, found.start()):
        before = [name.group() for name in _NAME.finditer(text, 0, found.start())]
        return " ".join(before[0].split()) if before else None
    return " ".join(found["name"].split())


_PRONOUN = re.compile(r"\b(?:she|he|they|ella|él)\s+$", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_a-zà-ÿ][\w'’-]+(?:\s+[^\W\d_a-zà-ÿ][\w'’-]+)+")


# Letters.

_SIGNATURE = re.compile(
    r"\n[ \t]*(?P<name>[^\W\d_a-zà-ÿ][\w'’.-]+"
    r"(?:[ \t]+(?:(?:de|del|la|van|von)[ \t]+)*[^\W\d_a-zà-ÿ][\w'’.-]+){1,3})[ \t]*(?:,[^\n]{0,40})?"
    r"(?:\n[^\n]{1,60}){0,2}\s*$"
)


def signature_of(text: str) -> str | None:
    """Who signed a letter: a name alone on one of its last lines."""
    found = _SIGNATURE.search(text, max(0, len(text) - 240))
    return " ".join(found["name"].split()) if found else None
