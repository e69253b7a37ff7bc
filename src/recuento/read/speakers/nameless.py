"""Speakers without a name of their own: a role, people told apart by a clause, or a body."""

from __future__ import annotations

from recuento.model.statement import SpeakerKind
from recuento.read.speakers.entities import Entity
from recuento.read.speakers.person_nouns import FOR_HIM, INDEFINITE, are_people, is_plural, is_role, is_word
from recuento.read.speakers.person_runs import ABBREVIATED_KINDS, POSSESSIVES, Named, name_runs
from recuento.read.text.folding import fold
from recuento.read.text.lexicon import Lexicon
from recuento.read.text.people_words import PeopleWords, people_words
from recuento.read.text.tokens import Span, Tokens

_SETTING = frozenset(["en", "durante", "tras", "desde", "during", "after"])
_IN_OFFICE = frozenset(["jefe", "funciones", "turno", "retiro"])


def as_nameless(tokens: Tokens, first: int, last: int, whole: int, named: Named | None, lexicon: Lexicon) -> Entity:
    """A role without a name, people without names, or a body."""
    lists, low = lexicon.lists, tokens.low
    if named is not None:
        name = tokens.slice(*named.span)
        return Entity(
            name, SpeakerKind.ORGANISATION, words={fold(name), fold(tokens.slice(first, last))}, is_named=True
        )
    plain = _without_aside(tokens, first, last)
    last = _without_setting(tokens, first, plain, lexicon)
    whole = last if last < plain else whole
    text = _without_mark(tokens.slice(first, last))
    if tokens.tag[first] in "XDN" and is_word(tokens, first, lexicon) and not _is_capital(tokens, first + 1, last):
        text = text.lower() if text.isupper() else text[:1].lower() + text[1:]
    names = name_runs(tokens, first, last)
    role_at = next((k for k in range(first, last) if is_role(tokens, k, last, lexicon)), None)
    organisation_at = _body_at(tokens, first, last, lexicon)
    unnamed_at = next((k for k in range(first, last) if low[k] in lists["unnamed"]), None)
    if (
        unnamed_at is not None
        and (organisation_at is None or unnamed_at < organisation_at)
        and (not names or unnamed_at <= names[0][0])
    ):
        text = _anonymous_name(_with_relative(tokens, first, last, whole, text))
        plural = low[unnamed_at].endswith("s") or low[unnamed_at] in ("police", "media")
        return Entity(text, SpeakerKind.UNNAMED, plural=plural, words={fold(text)})
    if role_at is not None and (organisation_at is None or role_at < organisation_at):
        if low[role_at] not in lists["role"]:
            text = _anonymous_name(_with_relative(tokens, first, last, whole, text))
            return Entity(text, SpeakerKind.UNNAMED, words={fold(text)})
        if first > 0 and low[first - 1] in INDEFINITE:
            text = _with_relative(tokens, first, last, whole, text)
        return Entity(text, SpeakerKind.PERSON, text, words={fold(text)})
    several = is_plural(tokens, first, last, lexicon) and are_people(tokens, first, last, lexicon)
    if several:
        text = _anonymous_name(_with_relative(tokens, first, last, whole, text))
        return Entity(text, SpeakerKind.UNNAMED, plural=True, words={fold(text)})
    if names and all(is_word(tokens, k, lexicon) for run in names for k in range(*run)):
        names = []
    names = [run for run in names if not _is_complement(tokens, run, first)]
    if organisation_at is not None or names:
        return Entity(
            text,
            SpeakerKind.ORGANISATION,
            words={fold(text)},
            is_named=bool(names) and fold(text) not in ABBREVIATED_KINDS,
        )
    text = _anonymous_name(_with_relative(tokens, first, last, whole, text))
    plural = is_plural(tokens, first, last, lexicon)
    return Entity(text, SpeakerKind.UNNAMED, plural=plural, words={fold(text)})


def _is_capital(tokens: Tokens, k: int, last: int) -> bool:
    return k < last and tokens.tag[k] == "X"


def _is_complement(tokens: Tokens, run: Span, first: int) -> bool:
    """Whether a name only tells more of the noun before it: «los asesinatos de Luis Mora»."""
    before = run[0] - 1
    before -= before > first and tokens.tag[before] == "D"
    return before > first and tokens.tag[before] == "P"


def _body_at(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int | None:
    """The first noun for a body, unless an English noun for a person comes behind it: "a ministry | official"."""
    words, low = people_words(lexicon.language), tokens.low
    nouns = lexicon.lists["organisation"]
    found = next(
        (
            k
            for k in range(first, last)
            if (low[k] in nouns or low[k] in words.bodies) and not _is_one_of_them(low, k, words)
        ),
        None,
    )
    if found is None or lexicon.language == "es":
        return found
    end = next((k for k in range(first + 1, last) if tokens.tag[k] in "P,R" or low[k].endswith(POSSESSIVES)), last)
    people = [k for k in range(found + 1, end) if words.person(low[k]) is not None and low[k] not in words.bodies]
    return people[-1] + 1 if people else found


def _is_one_of_them(low: list[str], k: int, words: PeopleWords) -> bool:
    """Whether a noun for a body is said of a man of it: «un guardia», «el policía»."""
    return low[k] in words.people and k > 0 and low[k - 1] in FOR_HIM


def _without_aside(tokens: Tokens, first: int, last: int) -> int:
    """Where a noun phrase ends before what a comma sets apart: "one prisoner, reached by telephone"."""
    for k in range(first + 1, last):
        if tokens.tag[k] == "," and not any(tokens.tag[m] == "C" for m in range(k + 1, last)):
            return k
    return last


def _without_setting(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int:
    """Where a role ends before what tells where and how: «el director | en persona», «el alcalde | en un recorrido»."""
    words = people_words(lexicon.language)
    for k in range(first + 1, last - 1):
        if (
            tokens.low[k] in _SETTING
            and words.person(tokens.low[k - 1]) is not None
            and tokens.low[k + 1] not in _IN_OFFICE
        ):
            return k
    return last


def _with_relative(tokens: Tokens, first: int, last: int, whole: int, text: str) -> str:
    """People without a name keep the clause that tells them apart: «un custodio que pide no ser identificado»."""
    restricts = last < whole and tokens.tag[last] != "," and tokens.tag[first] != "X"
    if not restricts:
        return text
    whole = next((k for k in range(last, whole) if tokens.tag[k] == ","), whole)
    return text + tokens.slice(first, whole)[len(tokens.slice(first, last)) :]


def _without_mark(text: str) -> str:
    return text[:-2] if text.endswith(("'s", "’s")) else text


def _anonymous_name(text: str) -> str:
    return text.strip("“”\"«»'’ ").replace("”", "").replace("“", "").replace("»", "").replace("«", "") or text
