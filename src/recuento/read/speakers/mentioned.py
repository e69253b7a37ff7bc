"""Whom a text mentions, whether they speak or not: whom "she", «la directora» and a surname alone may stand for.

Nothing is looked for before it is needed, and no sentence twice, so that time stays in proportion to the text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from recuento.read.text.layout import LONGEST_SENTENCE
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.people_words import is_woman_by_name, people_words
from recuento.read.text.tokens import Span, Tokens
from recuento.values.number_words import number_starts

_OF = frozenset(["de", "del", "of", "for", "en", "at"])
_INSIDE_NAMES = words_of("inside_names")
_WITHIN = frozenset(["de", "del", "en", "of", "in", "at", "from", "on", "inside", "outside", "desde", "sobre", "about"])
_OPENING = ".:;<>-"
_DOCUMENTS = words_of("documents") | words_of("issued")
SUBJECTS = words_of("subject_pronouns")
"""Pronouns that open a sentence of the text itself: whoever it is about goes on to be so."""
LONGEST = 14
"""Tokens of a noun phrase looked at here."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase for somebody; `is_subject` where it comes first in its sentence and behind no preposition.

    `is_within` where it only tells more of another noun, or where something is: "the death of Ana", «en el país».
    """

    span: Span
    is_subject: bool
    is_within: bool = False


class Mentioned:
    """The sentences of a document and the people and bodies in each."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.starts: list[int] = []
        self.lexicons: list[Lexicon] = []
        self.begins_paragraph: set[int] = set()
        self._mentions: dict[int, list[Mention]] = {}
        self._names: frozenset[str] | None = None

    def add_paragraph(self, first: int, last: int, lexicon: Lexicon) -> None:
        """Note where the sentences of a paragraph begin. Paragraphs must come in order."""
        self.begins_paragraph.add(len(self.starts))
        self._start(first, lexicon)
        tags, depth = self.tokens.tag, self.tokens.depth
        for k in range(first, last - 1):
            if (tags[k] in ".;>" and self._ends(k, tags, depth)) or k - self.starts[-1] >= LONGEST_SENTENCE:
                self._start(k + 1, lexicon)

    def _start(self, token: int, lexicon: Lexicon) -> None:
        self.starts.append(token)
        self.lexicons.append(lexicon)

    def _ends(self, k: int, tags: list[str], depth: list[int]) -> bool:
        if tags[k] == ">":
            return tags[k - 1] == "." and depth[k + 1] == 0 and self.tokens.word[k + 1][0].isupper()
        return depth[k] == 0 and tags[k + 1] not in ">.," and not self.tokens.word[k + 1][0].islower()

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return max(0, bisect_right(self.starts, token) - 1)

    def in_sentence(self, number: int) -> list[Mention]:
        """Who is mentioned in a sentence outside quotation marks, in order."""
        found = self._mentions.get(number)
        if found is None:
            first = self.starts[number]
            last = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.tokens)
            found = mentions_between(self.tokens, first, last, self.lexicons[number], self.names())
            self._mentions[number] = found
        return found

    def names(self) -> frozenset[str]:
        """The words that the text writes with a capital also inside a sentence."""
        if self._names is None:
            tag, low = self.tokens.tag, self.tokens.low
            self._names = frozenset(low[k] for k in range(1, len(tag)) if tag[k] == "X" and tag[k - 1] not in _OPENING)
        return self._names


def mentions_between(
    tokens: Tokens, first: int, last: int, lexicon: Lexicon, names: frozenset[str], depth: int = 0
) -> list[Mention]:
    """The noun phrases for people and bodies between two tokens, at one depth of quotation."""
    found: list[Mention] = []
    k, seen = first, first
    opening = next((m for m in range(first, min(last, first + 3)) if tokens.tag[m] not in "-CA"), first)
    if opening < last and tokens.low[opening] in SUBJECTS and tokens.depth[opening] == depth:
        found.append(Mention((opening, opening + 1), True))
        k = seen = opening + 1
    while k < last:
        if tokens.depth[k] == depth and _may_head(tokens, k, lexicon, names):
            start = _start(tokens, k, seen)
            end = _end(tokens, k, last, lexicon)
            subject = not any(mention.is_subject for mention in found) and _may_be_subject(tokens, start, first)
            within = start > first and tokens.low[start - 1] in _WITHIN
            found.append(Mention((start, end), subject, within))
            k = seen = end
        else:
            k += 1
    return found


def _may_head(tokens: Tokens, k: int, lexicon: Lexicon, names: frozenset[str]) -> bool:
    tag = tokens.tag[k]
    if tag == "X":
        return not _only_begins(tokens, k, lexicon, names)
    if tag not in "wqQ":
        return False
    if tokens.low[k] in _DOCUMENTS:
        return k > 1 and tokens.tag[k - 1] == "D" and tokens.tag[k - 2] in _OPENING
    words, low, lists = people_words(lexicon.language), tokens.low[k], lexicon.lists
    if tag in "qQ" and not (k > 0 and tokens.tag[k - 1] == "D"):
        return False
    return (
        words.person(low) is not None
        or words.people_of(low) is not None
        or low in lists["unnamed"]
        or low in lists["role"]
        or (low in words.bodies and "D" in tokens.tag[max(0, k - 2) : k])
    )


def _only_begins(tokens: Tokens, k: int, lexicon: Lexicon, names: frozenset[str]) -> bool:
    """Whether a capital only begins a sentence: «Consultado por la prensa», "Forty days after"."""
    if tokens.tag[k + 1 : k + 2] == ["X"] or (k > 0 and tokens.tag[k - 1] not in _OPENING):
        return tokens.low[k] in number_starts(lexicon.language)
    words, low = people_words(lexicon.language), tokens.low[k]
    known = low in words.people or low in words.bodies or words.people_of(low) or is_woman_by_name(low) is not None
    listed = low in lexicon.lists["unnamed"] or low in lexicon.lists["role"]
    return not (known or listed or low in names) or low.endswith(("ado", "ada", "ados", "adas"))


def _start(tokens: Tokens, k: int, low: int) -> int:
    """Where a noun phrase begins, back to its article."""
    start = k
    while start > low and k - start < 5 and tokens.tag[start - 1] in "wXA#" and not _ends_before(tokens, start - 1):
        start -= 1
    if start > low and tokens.tag[start - 1] in "Dp":
        return start - 1
    return k


def _ends_before(tokens: Tokens, k: int) -> bool:
    """Whether an English noun, or a verb that no list knows, does not tell more of the noun behind it: "pays"."""
    low = tokens.low[k]
    return tokens.tag[k] == "w" and low.endswith("s") and not low.endswith(("ss", "'s", "’s", "os", "as", "es"))


def _end(tokens: Tokens, k: int, last: int, lexicon: Lexicon) -> int:
    """Where a noun phrase ends: behind its name, what it is of, and an apposition of capitals or of a role."""
    words, end, limit = people_words(lexicon.language), k + 1, min(last, k + LONGEST)
    while end < limit:
        tag, low = tokens.tag[end], tokens.low[end]
        if tag == "X" or words.person(low) is not None or (tag == "w" and low in words.bodies):
            end += 1
        elif low in _OF and end + 1 < limit and tokens.tag[end + 1] in "DXw":
            end = _past_complement(tokens, end, limit)
        elif (
            (low in _INSIDE_NAMES and tokens.tag[end - 1] == "X" and tokens.tag[end + 1 : end + 2] == ["X"])
            or (
                lexicon.language == "es"
                and tag == "w"
                and tokens.tag[end - 1] == "w"
                and end + 1 < limit
                and tokens.tag[end + 1] in "X,"
            )
            or (tag == "," and _is_apposition(tokens, end + 1, limit, lexicon))
        ):
            end += 1
        else:
            break
    while end > k + 1 and tokens.tag[end - 1] in "P,D":
        end -= 1
    return end


def _past_complement(tokens: Tokens, of: int, limit: int) -> int:
    end = of + 1 + (tokens.tag[of + 1] == "D")
    while (
        end < limit
        and tokens.tag[end] in "Xw"
        and (tokens.tag[end] == "X" or end == of + 1 or tokens.tag[end - 1] in "DP")
    ):
        end += 1
    return end


def _is_apposition(tokens: Tokens, k: int, limit: int, lexicon: Lexicon) -> bool:
    """Whether a name, or a role, is set beside a noun phrase between commas: ", Ana Paz,", ", directora de X,"."""
    words = people_words(lexicon.language)
    if k >= limit:
        return False
    if tokens.tag[k] == "X":
        end = next((m for m in range(k, limit) if tokens.tag[m] != "X"), limit)
        return end == limit or tokens.tag[end] in ",.;>"
    near = range(k, min(limit, k + 3))
    return tokens.tag[k] in "Dw" and any(words.person(tokens.low[m]) is not None for m in near)


def _may_be_subject(tokens: Tokens, start: int, first: int) -> bool:
    """Whether no preposition stands before a phrase; «A don José nadie le avisó» is about him."""
    if start == first or tokens.tag[start - 1] != "P":
        return not any(tokens.tag[k] in "P" for k in range(max(first, start - 2), start))
    return start - 1 == first and tokens.low[first] in ("a", "al", "for", "para")
