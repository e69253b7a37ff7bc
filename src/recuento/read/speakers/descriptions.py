"""A noun phrase read as somebody: name, role, organisation, acronym, and what kind of speaker it is."""

from __future__ import annotations

import re

from recuento.model.statement import SpeakerKind
from recuento.read.speakers.body_names import is_name_article
from recuento.read.speakers.entities import Entity
from recuento.read.speakers.issuers import document_at, issuer_of
from recuento.read.speakers.nameless import as_nameless
from recuento.read.speakers.person_nouns import INDEFINITE, heads_of, is_role, sex_of
from recuento.read.speakers.person_runs import Named, named_in
from recuento.read.text.folding import fold
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.people_words import is_listed_woman
from recuento.read.text.tokens import Span, Tokens

_SAME = words_of("same") | words_of("self_same")
_THE = frozenset(["el", "la", "los", "las", "the", "del", "al", "este", "esta", "ese", "esa", "this", "that"])
_GIVING_A_NAME = words_of("giving_a_name")
_OWNED = words_of("owned")
_TOLD_APART = words_of("told_apart_by")
_POINTING = frozenset(["esta", "este", "esa", "ese", "dicha", "dicho", "mi", "mis"])
_AND = re.compile(r" (?:and|y|e) ")


def describe(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Entity:
    """Read a noun phrase as an entity: name, role, organisation, acronym, kind.

    Of a document that tells who issued it, the issuer is read: «el anuario de la Red».
    """
    both = tokens.low[first] == "tanto" and "como" in tokens.low[first:last]
    begin = first = first + both
    while first < last - 1 and (
        (tokens.tag[first] in "PDp,CG<" and not is_name_article(tokens, first, last, lexicon))
        or tokens.low[first] in _SAME
        or tokens.low[first] in _POINTING
    ):
        first += 1
    issuer = issuer_of(tokens, first, last, lexicon)
    if issuer is not None:
        return describe(tokens, *issuer, lexicon)
    joined = next((k for k in range(first + 1, last - 2) if _joins_another(tokens, k, first, both)), None)
    if joined is not None:
        one, other = describe(tokens, begin, joined, lexicon), describe(tokens, joined + 1, last, lexicon)
        if _are_alike(one, other):
            return _both(one, other)
    called = _called(tokens, first, last)
    if called is not None:
        return Entity(
            tokens.slice(*called),
            SpeakerKind.PERSON,
            words={tokens.slice(*called)},
            is_named=True,
            heads=heads_of(tokens, first, called[0], lexicon),
        )
    whole = last
    last = _without_relative(tokens, first, last)
    acronym, last = _acronym(tokens, first, last)
    named = named_in(tokens, first, last, lexicon)
    entity = _as_person(tokens, first, last, named, lexicon) or as_nameless(tokens, first, last, whole, named, lexicon)
    entity.acronym = acronym
    if begin < first and not entity.is_named and tokens.low[first - 1] in _TOLD_APART:
        entity.name = f"{tokens.low[first - 1]} {entity.name}"
    entity.article = _article(tokens, begin, first)
    entity.is_document = document_at(tokens, first, last, lexicon) is not None
    if not entity.is_document:
        entity.heads = heads_of(tokens, first, last, lexicon)
    if not entity.plural and entity.kind is not SpeakerKind.ORGANISATION:
        entity.woman = sex_of(tokens, begin, first, last, entity, lexicon)
    return entity


def _called(tokens: Tokens, first: int, last: int) -> Span | None:
    """The name that somebody gave: «que se identificó solo como doña Mercedes», "who gave her name as Ann"."""
    low = tokens.low
    named = next((k for k in range(first + 1, last - 1) if low[k] in _GIVING_A_NAME), None)
    if named is None:
        return None
    start = next((k for k in range(named + 1, min(last, named + 6)) if tokens.tag[k] == "X"), None)
    if start is None or any(tokens.tag[k] in ",VQ" for k in range(named + 1, start)):
        return None
    if low[named] not in ("llamar", "llama") and not any(low[k] in ("como", "as") for k in range(named + 1, start)):
        return None
    end = start + 1
    while end < last and tokens.tag[end] in "X.":
        end += 1
    return start, end


def _as_person(tokens: Tokens, first: int, last: int, named: Named | None, lexicon: Lexicon) -> Entity | None:
    """Somebody by name; None where the phrase names no person."""
    if named is None or not named.is_person:
        return None
    around = [*range(first, named.span[0]), *range(named.span[1], last)]
    role_at = next((k for k in around if is_role(tokens, k, last, lexicon)), None)
    role, organisation = _role_beside(tokens, first, last, named.span, role_at, lexicon)
    name = tokens.slice(*named.span)
    name = name[:-2] if name.endswith(("'s", "’s")) else name
    if len(several := _each(name)) > 1:
        return Entity("; ".join(several), SpeakerKind.PERSON, plural=True, words={fold(name)}, is_named=True)
    return Entity(name, SpeakerKind.PERSON, role, organisation, words={fold(name)}, is_named=True)


def _each(name: str) -> list[str]:
    """The people of "Tom Devin and Mark Rath"; «Justicia y Memoria» is no two."""
    parts = [part.strip() for part in _AND.split(name)]
    people = all(" " in part or is_listed_woman(part) is not None for part in parts)
    return parts if len(parts) > 1 and people else [name]


def _role_beside(
    tokens: Tokens, first: int, last: int, person: Span, role_at: int | None, lexicon: Lexicon
) -> tuple[str | None, str | None]:
    """The role and the organisation that the words beside a name tell."""
    if role_at is None:
        return None, None
    if role_at < person[0]:
        begin, end = first, person[0]
    elif role_at < person[1]:
        begin, end = person[0], role_at + 1
    else:
        begin, end = person[1], last
    while begin < end and tokens.tag[begin] in "D,":
        begin += 1
    while end > begin and (tokens.tag[end - 1] in ",D" or tokens.low[end - 1].strip(".") in lexicon.lists["title"]):
        end -= 1
    link = next((k for k in range(role_at, end) if tokens.low[k] in ("of", "de", "del", "for", "at")), None)
    if link is None:
        return tokens.slice(begin, end) or None, None
    start = link + 1
    while start < end and (
        (tokens.tag[start] in "Dp" and not tokens.word[start][0].isupper()) or tokens.low[start] in ("ngo", "ong")
    ):
        start += 1
    organisation = tokens.slice(start, end) if start < end and tokens.word[start][0].isupper() else None
    return tokens.slice(begin, link if organisation else end) or None, organisation


def _joins_another(tokens: Tokens, k: int, first: int, both: bool) -> bool:
    """Whether "and" at `k` joins a noun phrase with an article of its own: "the union | and | the government".

    `both` tells that «como» does, after «tanto».
    """
    if (
        tokens.low[k] not in (("como",) if both else ("and", "y", "e", "ni"))
        or tokens.tag[k + 1] not in ("DpX" if both else "Dp")
        or tokens.depth[k] != tokens.depth[first]
    ):
        return False
    return not any(tokens.tag[m] in "RSVQ" for m in range(first, k))


def _are_alike(one: Entity, other: Entity) -> bool:
    """Whether two noun phrases joined by "and" are two who speak: two people, or two bodies."""
    bodies = [entity.kind is SpeakerKind.ORGANISATION for entity in (one, other)]
    return bodies[0] == bodies[1] and all(entity.is_named or entity.heads for entity in (one, other))


def _both(one: Entity, other: Entity) -> Entity:
    name = f"{one.name}; {other.name}"
    kind = one.kind if one.kind is other.kind else SpeakerKind.UNNAMED
    return Entity(name, kind, plural=True, words={fold(name)}, is_named=one.is_named and other.is_named)


def _article(tokens: Tokens, begin: int, first: int) -> str:
    """ "the" where the text takes somebody as known, "a" where it brings somebody new, "" where nothing tells."""
    for k in range(begin, first):
        if tokens.low[k] in INDEFINITE:
            return "a"
        if tokens.low[k] in _THE:
            return "the"
        if tokens.low[k] in _OWNED:
            return "its"
    return ""


def _without_relative(tokens: Tokens, first: int, last: int) -> int:
    """Where a name ends before ", who asked not to be named" or «que esperaba»."""
    for k in range(first + 1, last):
        if (tokens.tag[k] == "R" or tokens.low[k] in ("que", "who")) and tokens.depth[k] == tokens.depth[first]:
            return k - 1 if tokens.tag[k - 1] == "," and k - 1 > first else k
    return last


def _acronym(tokens: Tokens, first: int, last: int) -> tuple[str | None, int]:
    """ "(OVP)" at the end of a name, and where the name ends before it."""
    if last - first >= 4 and tokens.tag[last - 1] == ")" and tokens.tag[last - 3] == "(":
        word = tokens.word[last - 2]
        if word.startswith("@"):
            return None, last - 3
        return (word if word.isupper() or word[:1].isupper() else None), last - 3
    return None, last
