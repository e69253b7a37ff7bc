"""Who speaks by the form of a text: whoever signed a letter, and whoever answers in a printed interview.

Answers are lines that begin with "A:", «R.», after questions that begin with "Q:", «P.»; with a
colon they may stand in one paragraph. Without labels, questions are paragraphs of their own, or every other line of a
dialogue whose lines begin with a raya, as newspapers print it in Spanish.
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


_TURN = re.compile(r"^[ \t]*[—–][ \t]*(?P<said>\S[^\n]*)$", re.MULTILINE)
_TOLD_AROUND = re.compile(r"\s[—–]\s?\w")
"""«—No fui yo —respondió»: who speaks is told in the line itself."""


def dialogue_answers_of(text: str) -> Iterator[Answer]:
    """The raya and the words of every second line of each dialogue in which the lines before them ask at least once."""
    for turns in _dialogues(text) if "?" in text else ():
        if not any(turn["said"].rstrip().endswith("?") for turn in turns[::2]):
            continue
        for turn in turns[1::2]:
            begin, end = turn.span("said")
            end = begin + len(text[begin:end].rstrip(". \t\r"))
            if end > begin and not _TOLD_AROUND.search(text, begin, end):
                yield (turn.start(), begin), (begin, end)


def _dialogues(text: str) -> Iterator[list[re.Match[str]]]:
    turns: list[re.Match[str]] = []
    for turn in _TURN.finditer(text):
        if turns and text[turns[-1].end() : turn.start()].strip():
            yield turns
            turns = []
        turns.append(turn)
    yield turns


def asked_before(text: str, place: int) -> str | None:
    """The one person whom a text names in full before `place`; None where there are several, or nobody."""
    names = {" ".join(found.group().split()) for found in _NAME.finditer(text, 0, place) if _is_a_person(text, found)}
    return names.pop() if len(names) == 1 else None


def _is_a_person(text: str, name: re.Match[str]) -> bool:
    """Whether a name in capitals is no place or body: those stand after an article or a preposition."""
    before = text[: name.start()].rstrip(" ")[-14:].split()
    return not before or before[-1].casefold() not in _BEFORE_PLACES


_BEFORE_PLACES = frozenset(["de", "del", "la", "las", "el", "los", "al", "en", "un", "una", "of", "the", "at", "in"])


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
