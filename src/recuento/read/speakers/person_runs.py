"""The capitalised words of a noun phrase that are the name of the person or body it speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.people_words import PeopleWords, is_listed_woman, is_woman_by_name, people_words
from recuento.read.text.tokens import Span, Tokens
from recuento.values.number_words import number_starts

_INSIDE_NAMES = words_of("inside_names")
_POST_NOMINALS = words_of("post_nominals")
_OF_BODIES = frozenset(["of", "for", "the", "del", "para", "por", "and", "y", "e", "al"])
_KINDS_OF_BODY = words_of("kinds_of_body")
ABBREVIATED_KINDS = frozenset(["ong", "ngo"])
LONGEST_NAME = 6
POSSESSIVES = ("'s", "’s", "s'", "s’")


@dataclass(frozen=True, slots=True)
class Named:
    """A name inside a noun phrase, and whether it is a person's rather than a body's."""

    span: Span
    is_person: bool
    is_led: bool = False
    """Whether a rank or a title stands before it: "Mr Emmanuel Bassey"."""


def name_runs(tokens: Tokens, first: int, last: int) -> list[Span]:
    """The runs of capitalised words, with small words such as "de" and "for" inside them."""
    runs: list[Span] = []
    tags, words = tokens.tag, tokens.word
    k = first
    while k < last:
        if tags[k] == "X" or (words[k][0].isupper() and _may_open(tokens, k, first)):
            end = k + 1
            while end < last:
                initial = words[end] == "." and len(words[end - 1]) == 1 and end + 1 < last and tags[end + 1] == "X"
                if tags[end] == "X" or words[end][0].isupper() or initial:
                    end += 1
                elif end + 1 < last and tokens.low[end] in _INSIDE_NAMES and tokens.word[end + 1][0].isupper():
                    end += 2
                elif (
                    end + 2 < last
                    and tokens.low[end : end + 2] in (["de", "la"], ["de", "los"])
                    and tokens.tag[end + 2] == "X"
                ):
                    end += 3
                else:
                    break
            runs.append((k, end))
            k = end
        else:
            k += 1
    return runs


def _may_open(tokens: Tokens, k: int, first: int) -> bool:
    """Whether a capital that is no name elsewhere opens one: "the daily | The Shore", "Colonel | April"."""
    tag = tokens.tag[k]
    if tag == "D":
        return k > first and tokens.word[k - 1].islower() and tokens.tag[k + 1 : k + 2] == ["X"]
    return tag != "T" or (k > first and tokens.tag[k - 1] == "X")


def named_in(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Named | None:
    """The name of whoever a noun phrase speaks of, person before body; None where it gives none, or only a role's."""
    names = _Names(tokens, first, last, lexicon)
    found = [named for run in name_runs(tokens, first, last) if (named := names.judge(run)) is not None]
    people = [named for named in found if named.is_person]
    led = [named for named in people if named.is_led]
    return next(iter(led or people or found), None)


class _Names:
    """Judges the capitalised runs of one noun phrase."""

    def __init__(self, tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> None:
        self.tokens, self.first, self.last, self.lexicon = tokens, first, last, lexicon
        self.words: PeopleWords = people_words(lexicon.language)

    def judge(self, run: Span) -> Named | None:
        """The name in a run, without title and rank; None where the run names neither person nor body by itself."""
        start, end = run if self._is_plural_owner(run) else self._after_possessor(run)
        start, is_led = self._after_rank(start, end)
        if (
            start >= end
            or (end - start == 1 and len(self.tokens.word[start]) == 1)
            or self._is_role(start, end)
            or self._modifies(run[0], end)
        ):
            return None
        is_body = self._is_body(start, end) or (is_led and self.tokens.low[start - 1] in ABBREVIATED_KINDS)
        named = Named((start, end), not is_body, True) if is_led else self._judge_by_place(start, end, is_body)
        while named is not None and end - start > 1 and self._is_post_nominal(end - 1):
            end -= 1
            named = Named((start, end), True, named.is_led)
        return named

    def _is_post_nominal(self, k: int) -> bool:
        return self.tokens.low[k].strip(".") in _POST_NOMINALS and self.tokens.word[k].isupper()

    def _judge_by_place(self, start: int, end: int, is_body: bool) -> Named | None:
        tokens, before = self.tokens, start - 1
        if start > self.first and tokens.low[before].endswith(POSSESSIVES):
            return Named((start, end), True) if end - start > 1 and not is_body else None
        if start > self.first and tokens.tag[before] in "PDp":
            return None
        if start > self.first and tokens.tag[before] in "wqQ":
            return self._beside_noun(start, end, is_body)
        if not self._is_alone(start, end):
            return None
        around = [*range(self.first, start), *range(end, self.last)]
        if any(
            self.words.person(tokens.low[k].strip(".")) or tokens.low[k] in self.lexicon.lists["title"] for k in around
        ):
            return None if is_body else Named((start, end), True)
        if start == self.first and self._is_told_to_be_a_body(end):
            return Named((start, end), False)  # "Free Cradle, a charity".
        if start > self.first and tokens.tag[before] == ",":
            body = any(tokens.low[k] in self.words.bodies for k in range(self.first, before))
            return Named((start, end), not body) if not is_body else None
        if is_body or self._is_like_a_body(start, end):
            return None
        return Named((start, end), True)

    def _is_told_to_be_a_body(self, end: int) -> bool:
        """Whether an apposition tells that a name is a body's: "Free Cradle, a charity"."""
        k = end + 1
        if k >= self.last or self.tokens.tag[end] != ",":
            return False
        while (
            k < self.last and (self.tokens.tag[k] in "D" or self.tokens.low[k] not in self.words.bodies) and k - end < 4
        ):
            if self.tokens.tag[k] not in "Dw":
                return False
            k += 1
        return k < self.last and self.tokens.low[k] in self.words.bodies

    def _beside_noun(self, start: int, end: int, is_body: bool) -> Named | None:
        """ "Convenor Remy Alcott", "the charity Second Gate": a name right after the noun for whoever bears it."""
        noun = self.tokens.low[start - 1]
        inside = any(self.tokens.tag[k] == "P" for k in range(self.first, start))
        if self.words.person(noun) is not None or noun in self.lexicon.lists["unnamed"]:
            given = noun not in self.words.bodies or is_woman_by_name(self.tokens.low[start]) is not None
            return None if is_body else Named((start, end), given)
        if noun in _KINDS_OF_BODY and not inside:
            return Named((start, end), False)
        if (
            inside
            and is_listed_woman(self.tokens.low[start]) is not None
            and end - start > 1
            and self._is_headed_by_person()
        ):
            return Named((start, end), True)  # «La exdirectora del sistema Ingrid Monzón».
        if inside or is_body or (self.lexicon.language == "en" and start - self.first == 1):
            return None
        if noun in self.lexicon.lists["organisation"] or noun in self.words.bodies:
            return None  # «El hospital Santa Faz».
        return Named((start, end), end - start > 1)

    def _is_headed_by_person(self) -> bool:
        return any(self.words.person(self.tokens.low[k]) for k in range(self.first, min(self.last, self.first + 2)))

    def _is_plural_owner(self, run: Span) -> bool:
        """Whether a possessor in the plural belongs to the name of a body: "an organisation, Prisoners' Voice"."""
        low = self.tokens.low
        plural = run[1] - run[0] == 2 and low[run[0]].endswith(("s'", "s’"))
        return plural and any(low[k] in self.words.bodies for k in range(self.first, run[0]))

    def _after_possessor(self, run: Span) -> Span:
        """Without "Amity Watch's" in "Amity Watch's Leonora Pell"; empty where nothing follows it."""
        owners = [k for k in range(*run) if self.tokens.low[k].endswith(POSSESSIVES)]
        return (owners[-1] + 1 if owners else run[0]), run[1]

    def _after_rank(self, start: int, end: int) -> tuple[int, bool]:
        """Where the name begins behind "Defence Minister", "Father", "Mr."; and whether such a word led it."""
        low, begin = self.tokens.low, start
        given = start < end and is_woman_by_name(low[start]) is not None and self.words.person(low[start]) is None
        for k in range(start, end - 1):
            if low[k + 1] not in _INSIDE_NAMES and self._is_rank(low[k].strip(".")) and not (given and k > start):
                begin = k + 1
        if begin == start and start > self.first and low[start - 1].strip(".") in self.lexicon.lists["title"]:
            return start, True
        if begin < end - 1 and self.tokens.word[begin] == ".":
            begin += 1
        return begin, begin > start

    def _is_rank(self, word: str) -> bool:
        lists = self.lexicon.lists
        if word in ABBREVIATED_KINDS or word in lists["title"]:
            return True
        if word in self.words.bodies and self.lexicon.language == "es":
            return False
        return self.words.person(word) is not None or word in lists["role"]

    def _is_role(self, start: int, end: int) -> bool:
        """Whether a run is a role itself: "the Attorney General", "Justice Secretary", "Relatives"."""
        lists, low = self.lexicon.lists, self.tokens.low
        known = [_is_common(low[k], self.lexicon, self.words) for k in range(start, end)]
        if all(known):
            return True
        given = is_woman_by_name(low[start]) is not None
        known[-1] &= low[end - 1] != "justice"  # "Fennimore Justice" is no judge, "Chief Justice" is.
        return end - start > 1 and known[-1] and not given and low[end - 1] not in lists["unnamed"]

    def _modifies(self, start: int, end: int) -> bool:
        """Whether a run stands before the noun it tells more of: "Opposition | senator Delroy Maitland"."""
        if end >= self.last or self.lexicon.language != "en" or self.tokens.tag[end] not in "wqQ":
            return False
        return any(
            self.words.person(self.tokens.low[k].strip("."))
            or self.tokens.low[k] in self.words.bodies
            or self.tokens.low[k].endswith("s")
            for k in range(end, min(self.last, end + 3))
        )

    def _is_body(self, start: int, end: int) -> bool:
        low, nouns = self.tokens.low, self.lexicon.lists["organisation"]
        bodies = [k for k in range(start, end) if low[k] in nouns or low[k] in self.words.bodies]
        if is_listed_woman(low[start]) is not None and start not in bodies and end - 1 not in bodies:
            return False  # "Luz Marina Otero".
        return bool(bodies)

    def _is_alone(self, start: int, end: int) -> bool:
        """Whether nothing but marks, a relative clause or an age stands around a run in its part of the phrase."""
        tokens = self.tokens
        opens = start == self.first or tokens.tag[start - 1] in ",(-<"
        if end - start == 1 and end < self.last and tokens.tag[end] == "P":
            return False  # "Organisations of the region".
        return opens and (
            end == self.last
            or tokens.tag[end] in ",R()-><P"
            or tokens.low[end] in ("que", "who", "whose", "himself", "herself")
        )

    def _is_like_a_body(self, start: int, end: int) -> bool:
        """Whether a run that nothing explains reads like the name of a body: after an article, with "of" or "and"."""
        tokens = self.tokens
        before = tokens.low[start - 1] if start > 0 else ""
        if before in ("the", "el", "la", "los", "las") or (
            tokens.word[start].isupper() and len(tokens.word[start]) > 1
        ):
            return True
        if end - start > LONGEST_NAME or tokens.tag[start] != "X":
            return True
        given = is_woman_by_name(tokens.low[start]) is not None
        return not given and any(tokens.low[k] in _OF_BODIES for k in range(start, end))


def _is_common(word: str, lexicon: Lexicon, words: PeopleWords) -> bool:
    """Whether a capitalised word is only the beginning of a sentence, or a role: "Relatives", "General"."""
    lists, word = lexicon.lists, word.strip(".")
    return (
        word in lists["role"]
        or word in lists["unnamed"]
        or words.person(word) is not None
        or word == "justice"
        or word in number_starts(lexicon.language)
        or (word.endswith("s") and (word[:-1] in lists["role"] or word[:-1] in words.people))
        or (word.endswith("es") and (word[:-2] in lists["role"] or word[:-2] in words.people))
    )
