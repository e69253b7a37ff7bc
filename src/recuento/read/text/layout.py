"""How a text is laid out: paragraphs, sentences that keep a quotation whole, embedded posts, datelines and bylines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recuento.read.text.interviews import (
    answers_of,
    asked_before,
    dialogue_answers_of,
    interviewed,
    unmarked_answers_of,
)
from recuento.read.text.lexicon import Lexicon
from recuento.read.text.tokens import Tokens
from recuento.values.number_words import number_starts

LONGEST_SENTENCE = 400
"""Tokens. What goes on longer is cut, so that time stays in proportion to the text."""

_PARAGRAPH = re.compile(r"\r?\n[ \t\u00a0]*(?:\r?\n)+|\r?\n|\u2029|\u2028|\f")
_ENDS_A_LINE = re.compile(r"[.!?…:;”»\"’)\]]\s*$")
_DATELINE = re.compile(
    r"^[^\n.]{0,60}?(?:\((?:EFE|AFP|AP|Reuters|ANSA|DPA|Xinhua|[A-Z][A-Za-z]{1,11})\)|(?:EFE|AFP|AP|Reuters))"
    r"\s?\.?\s?[-–—]{1,2}\s*"
)
_BYLINE = re.compile(r"^(?:By|Por|BY|POR)\s+[A-ZÁÉÍÓÚÑ][^\n.,:;]{2,60}$")
_LIST_MARK = re.compile(r"[ \t]*(?:[-–—•*]|\d{1,2}[.)]|[a-z]\))[ \t]+(?=\S)")
_ADDRESS = re.compile(r"pic\.twitter\.com/\S+|https?://\S+")
_POST_END = re.compile(r"[—–]\s*(?P<name>[^\n(]{2,60}?)\s*\((?P<handle>@\w{1,30})\)[ \t]*(?P<date>[^\n]{0,40})")
_POST_BEGIN = re.compile(
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?P<source>(?:(?P<named>[^\n:()@.]{2,60}) )?\(?(?P<handle>@\w{1,30})\)?):[ \t]+(?=\S)"
)
_QUOTED_IN_POST = re.compile(r"[^“”«»\n]{0,120}(?:“[^”\n]+”|«[^»\n]+»)\.?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of tokens, end exclusive; `body` is where the running text begins after a dateline."""

    first: int
    last: int
    body: int
    is_byline: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """An embedded post: its words, the dash before the author, and the author, in characters."""

    content: tuple[int, int]
    cue: tuple[int, int]
    source: tuple[int, int]
    name: str
    whole: tuple[int, int]
    kind: str = "post"
    """"post", or "answer" in an interview."""


def paragraphs_of(tokens: Tokens) -> Iterator[Paragraph]:
    """The paragraphs of a text. A line that ends in the middle of a sentence goes on in the next one."""
    token, count = 0, len(tokens)
    for start, end in _paragraph_spans(tokens.text):
        first = token
        while token < count and tokens.start[token] < end:
            token += 1
        if token > first:
            text = tokens.text[start:end]
            opening = _DATELINE.match(text)
            body = first
            if opening:
                while body < token and tokens.start[body] < start + opening.end():
                    body += 1
            yield Paragraph(first, token, body, bool(_BYLINE.match(text.strip())))


def _paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    begin, place, listed = 0, 0, False
    for match in _PARAGRAPH.finditer(text):
        blank = match.group().count("\n") > 1
        line = text[max(place, match.start() - 200) : match.start()]
        place = match.end()
        follows = text[match.end() : match.end() + 1]
        if not blank and follows.islower() and not _ENDS_A_LINE.search(line):
            continue
        opens = line.rstrip().endswith(":")
        if opens and follows and follows in '“«"„':
            continue
        listed = (opens or listed) and _LIST_MARK.match(text, match.end()) is not None
        if listed:
            continue  # What is said or asked for line by line: "calls on the government to: - free them; - ...".
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


def posts_of(text: str) -> list[Post]:
    """The embedded posts of a text: "... pic.twitter.com/x — Name (@handle) September 20, 2023"."""
    posts: list[Post] = []
    for match in _POST_END.finditer(text):
        begin = max(text.rfind("\n", 0, match.start()) + 1, posts[-1].whole[1] if posts else 0)
        words = _ADDRESS.sub(lambda m: " " * len(m.group()), text[begin : match.start()])
        content = words.rstrip()
        lead = len(content) - len(content.lstrip())
        if len(content.split()) >= 3:
            posts.append(
                Post(
                    content=(begin + lead, begin + len(content)),
                    cue=(match.start(), match.start() + 1),
                    source=(match.start("name"), match.end("handle") + 1),
                    name=match["name"],
                    whole=(begin, match.end()),
                )
            )
    posts += _answers(text)
    if "@" in text:
        posts += _posts_by_handle(text)
    return sorted(posts, key=lambda post: post.whole)


def _answers(text: str) -> Iterator[Post]:
    """The answers of an interview, told by whoever the text says is interviewed; an empty name where it does not."""
    name: str | None = None
    for label, said in answers_of(text):
        name = interviewed(text) or "" if name is None else name
        yield _answer(text, label, label, said, name)
    name = None
    for (raya, _), said in dialogue_answers_of(text):
        # Once for a text: looked for before each answer it would take time that grows with the square.
        name = asked_before(text, raya) or "" if name is None else name
        yield _answer(text, (raya, said[0]), (said[0], said[0]), said, name)
    for said in unmarked_answers_of(text):
        yield _answer(text, said, (said[0], said[0]), said, "")


def _answer(text: str, opens: tuple[int, int], source: tuple[int, int], said: tuple[int, int], name: str) -> Post:
    """An answer that takes up its line from where it `opens`."""
    line_end = text.find("\n", said[1])
    return Post(said, (said[0], said[0]), source, name, (opens[0], len(text) if line_end < 0 else line_end), "answer")


def _posts_by_handle(text: str) -> Iterator[Post]:
    """Posts that begin with their author: "@handle: ...", "Name (@handle): “...”"."""
    for match in _POST_BEGIN.finditer(text):
        begin, end = match.end(), text.find("\n", match.end())
        end = len(text) if end < 0 else end
        quoted = _QUOTED_IN_POST.match(text, begin, end)
        end = quoted.end() if quoted else end
        last = end
        while last > begin and text[last - 1] in ". \t\r":
            last -= 1
        if len(text[begin:last].split()) >= 3:
            name = (match["named"] or match["handle"]).strip().lstrip("@")
            yield Post((begin, last), (begin, begin), match.span("source"), name, (match.start("source"), end))


def sentences_of(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The sentences from `first` to `last`, end exclusive. A quotation with several sentences stays in one piece."""
    base = min(tokens.depth[first:last], default=0)
    begin, tags = first, tokens.tag
    for i in range(first, last):
        if (
            i - begin >= LONGEST_SENTENCE
            or (tags[i] in ".>;" and i + 1 < last and _ends_here(tokens, i, last, base, lexicon))
            or (tokens.low[i] in _HALVES_OF_DAY and i + 1 < last and _begins_anew(tokens, i + 1, base))
        ):
            yield begin, i + 1
            begin = i + 1
    if begin < last:
        yield begin, last


_HALVES_OF_DAY = frozenset(["a.m.", "p.m."])


def _begins_anew(tokens: Tokens, i: int, base: int) -> bool:
    """Whether a sentence begins after "6 p.m.": with a capital that no name has."""
    named = tokens.tag[i] == "X" and tokens.low[i] not in number_starts("en")
    return tokens.word[i][0].isupper() and not named and tokens.tag[i] != "T" and tokens.depth[i] == base


def _ends_here(tokens: Tokens, i: int, last: int, base: int, lexicon: Lexicon) -> bool:
    tag = tokens.tag[i]
    if _is_in_list(tokens, i):
        return False
    if tag == ".":
        if tokens.depth[i] > base or (i + 1 < last and tokens.tag[i + 1] == ">"):
            return False
        return not _is_abbreviation(tokens, i, last, lexicon) and _may_begin(tokens, i + 1, last)
    if tag == ";":
        return tokens.depth[i] == base and _is_clause_of_its_own(tokens, i + 1, last)
    if tag == ">" and tokens.depth[i] == base + 1 and tokens.tag[i - 1] == ".":
        return _may_begin(tokens, i + 1, last) and not _has_tail(tokens, i + 1, last)
    return False


def _is_in_list(tokens: Tokens, i: int) -> bool:
    """Whether a mark stands between the items of a list, or in the number of one: "1. That"."""
    text, after = tokens.text, i + 1 + (tokens.tag[i + 1] == "C" and i + 2 < len(tokens))
    if "\n" in text[tokens.end[after - 1] : tokens.start[after]]:
        return _LIST_MARK.match(text, tokens.start[after]) is not None
    return i > 1 and tokens.tag[i - 1] == "#" and "\n" in text[tokens.end[i - 2] : tokens.start[i - 1]]


def _is_clause_of_its_own(tokens: Tokens, first: int, last: int) -> bool:
    """Whether what follows a semicolon is a clause that goes on with no list: neither "that", "to" nor a noun alone."""
    if tokens.tag[first] in "SRCPG<" or (tokens.low[first] in _LISTED and tokens.tag[first] != "D"):
        return tokens.low[first] in _CITING
    if is_gapped(tokens, first, last):
        return False
    ends = (k for k in range(first, last) if tokens.tag[k] in ".;")
    return any(tokens.tag[k] in "VQ" and tokens.depth[k] == tokens.depth[first] for k in range(first, next(ends, last)))


_LISTED = frozenset(["to", "a", "que", "that"])
_CITING = frozenset(["según", "according"])


def is_gapped(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a clause leaves out the verb of the one before: «El sindicato dice que 300; | el director, que menos»."""
    k = first
    while k < last and (tokens.tag[k] in "wXD#pPN" or (k > first and tokens.tag[k : k + 2] == [",", "X"])):
        k += 1
    if k == first or k + 2 >= last or tokens.tag[k] != "," or tokens.low[k + 1] != "que":
        return False
    mark = next((m for m in range(k + 2, last) if tokens.tag[m] in ",.;"), last)
    if mark >= last or tokens.tag[mark] != ",":
        return True
    told = tokens.tag[k + 2] in "DNXp" and any(tokens.tag[m] in "VQ" for m in range(k + 3, mark))
    return told and mark + 1 < last and tokens.tag[mark + 1] in "PA" and "," not in tokens.tag[mark + 1 : last]


def _may_begin(tokens: Tokens, i: int, last: int) -> bool:
    """Whether a sentence may begin with token `i`."""
    if i >= last:
        return True
    head = tokens.word[i][0]
    if tokens.tag[i] == "-" and i + 1 < last and tokens.word[i + 1][0].islower():
        return False
    return not head.islower() and tokens.tag[i] not in (",", ";", ":", ")", ">")


def _is_abbreviation(tokens: Tokens, i: int, last: int, lexicon: Lexicon) -> bool:
    if tokens.word[i] != "." or i == 0 or tokens.end[i - 1] != tokens.start[i]:
        return False
    before = tokens.low[i - 1]
    if before in lexicon.lists["abbreviation"]:
        return True
    return len(before) == 1 and before.isalpha() and i + 1 < last and tokens.tag[i + 1] == "X"


def _has_tail(tokens: Tokens, i: int, last: int) -> bool:
    """Whether a short "said X" or "X said" follows a quotation that ends in a full stop or a question mark."""
    for k in range(i, min(i + 9, last)):
        if tokens.tag[k] in (".", "<", ":", ";"):
            return False
        form = tokens.form[k]
        if tokens.tag[k] == "Q" and form is not None and "q" in form.verbs[0].frames:
            after = tokens.low[k + 1] if k + 1 < last else "."
            return tokens.tag[i - 2] == "." and tokens.word[i - 2] != "." and after not in ("that", "que", ":", "to")
    return False
