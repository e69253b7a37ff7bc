"""A noun phrase read as somebody: name, role, organisation, acronym, and what kind of speaker it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from recuento.model.statement import Speaker, SpeakerKind
from recuento.read.body_names import is_name_article
from recuento.read.folding import fold
from recuento.read.issuers import document_at, issuer_of
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.people_words import PeopleWords, is_listed_woman, is_woman_by_name, people_words
from recuento.read.person_runs import ABBREVIATED_KINDS, POSSESSIVES, Named, name_runs, named_in
from recuento.read.readings import Span
from recuento.read.tokens import Tokens
from recuento.values.number_words import number_starts

_SAME = words_of("same") | words_of("self_same")
_A = frozenset(["un", "una", "a", "an", "another", "otro", "otra", "some", "any", "one", "unos", "unas"])
_THE = frozenset(["el", "la", "los", "las", "the", "del", "al", "este", "esta", "ese", "esa", "this", "that"])
_FOR_HER, _FOR_HIM = (
    frozenset(["la", "una", "esta", "esa", "otra"]),
    frozenset(["el", "un", "este", "ese", "al", "del"]),
)
_GIVING_A_NAME = words_of("giving_a_name")
_OWNED = words_of("owned")
_TOLD_APART = words_of("told_apart_by")
_POINTING = frozenset(["esta", "este", "esa", "ese", "dicha", "dicho", "mi", "mis"])
_LINKS = frozenset(["of", "de", "del", "for", "at"])


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody who speaks in a document, as known so far. `name` grows to the longest form met.

    `heads` are the nouns for what somebody is ("ministra"); `article` tells whether the text took it as known ("the")
    as new ("a") or as somebody's ("its"); `woman` is None where nothing tells.
    """

    name: str
    kind: SpeakerKind
    role: str | None = None
    organisation: str | None = None
    acronym: str | None = None
    woman: bool | None = None
    plural: bool = False
    words: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    article: str = ""
    is_named: bool = False
    is_document: bool = False
    spoke: bool = False
    met: int = 0
    """Its place among all that the document mentions."""
    place: int = 0
    """The token at which it is first mentioned."""

    def speaker(self, inferred: bool) -> Speaker:
        """The speaker as it is handed out."""
        return Speaker(self.name, self.kind, self.role, self.organisation, inferred)


def describe(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Entity:
    """Read a noun phrase as an entity: name, role, organisation, acronym, kind.

    Of a document that tells who issued it, the issuer is read: «el anuario de la Red».
    """
    begin = first
    while first < last - 1 and (
        (tokens.tag[first] in "PDp,CG<" and not is_name_article(tokens, first, last, lexicon))
        or tokens.low[first] in _SAME
        or tokens.low[first] in _POINTING
    ):
        first += 1
    issuer = issuer_of(tokens, first, last, lexicon)
    if issuer is not None:
        return describe(tokens, *issuer, lexicon)
    joined = next((k for k in range(first + 1, last - 2) if _joins_another(tokens, k, first)), None)
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
            heads=_heads(tokens, first, called[0], lexicon),
        )
    whole = last
    last = _without_relative(tokens, first, last)
    acronym, last = _acronym(tokens, first, last)
    named = named_in(tokens, first, last, lexicon)
    entity = _as_person(tokens, first, last, named, lexicon) or _as_others(tokens, first, last, whole, named, lexicon)
    entity.acronym = acronym
    if begin < first and not entity.is_named and tokens.low[first - 1] in _TOLD_APART:
        entity.name = f"{tokens.low[first - 1]} {entity.name}"
    entity.article = _article(tokens, begin, first)
    entity.is_document = document_at(tokens, first, last, lexicon) is not None
    if not entity.is_document:
        entity.heads = _heads(tokens, first, last, lexicon)
    if not entity.plural and entity.kind is not SpeakerKind.ORGANISATION:
        entity.woman = _sex(tokens, begin, first, last, entity, lexicon)
    return entity


def _sex(tokens: Tokens, begin: int, first: int, last: int, entity: Entity, lexicon: Lexicon) -> bool | None:
    """Whether somebody is a woman: by a listed given name, by the words around it, by the ending of a name."""
    given = entity.name.split()[0] if entity.is_named and " " in entity.name else ""  # A name alone may be a surname.
    woman = is_listed_woman(given)
    if woman is None:
        woman = _is_woman(tokens, begin, first, last, lexicon)
    return is_woman_by_name(given) if woman is None and given else woman


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
    role_at = next((k for k in around if _is_role(tokens, k, last, lexicon)), None)
    role, organisation = _role_beside(tokens, first, last, named.span, role_at, lexicon)
    name = tokens.slice(*named.span)
    name = name[:-2] if name.endswith(("'s", "’s")) else name
    if len(several := _each(name)) > 1:
        return Entity("; ".join(several), SpeakerKind.PERSON, plural=True, words={fold(name)}, is_named=True)
    return Entity(name, SpeakerKind.PERSON, role, organisation, words={fold(name)}, is_named=True)


def _joins_another(tokens: Tokens, k: int, first: int) -> bool:
    """Whether "and" at `k` joins a noun phrase with an article of its own: "the union | and | the government"."""
    if (
        tokens.low[k] not in ("and", "y", "e")
        or tokens.tag[k + 1] not in "Dp"
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


def parts_of(entity: Entity) -> list[Entity]:
    """Each of several people by name, so that one of them alone is known again; empty for anybody else."""
    if not entity.is_named or not entity.plural or entity.kind is not SpeakerKind.PERSON:
        return []
    names = entity.name.split("; ")
    return [
        Entity(name, entity.kind, woman=is_woman_by_name(name.split()[0]), words={fold(name)}, is_named=True)
        for name in names
    ]


def _each(name: str) -> list[str]:
    """The people of "Tom Devin and Mark Rath"; «Justicia y Memoria» is no two."""
    parts = [part.strip() for part in _AND.split(name)]
    people = all(" " in part or is_listed_woman(part) is not None for part in parts)
    return parts if len(parts) > 1 and people else [name]


_AND = re.compile(r" (?:and|y|e) ")


def _as_others(tokens: Tokens, first: int, last: int, whole: int, named: Named | None, lexicon: Lexicon) -> Entity:
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
    if tokens.tag[first] in "XDN" and _is_word(tokens, first, lexicon) and not _is_capital(tokens, first + 1, last):
        text = text.lower() if text.isupper() else text[:1].lower() + text[1:]
    names = name_runs(tokens, first, last)
    role_at = next((k for k in range(first, last) if _is_role(tokens, k, last, lexicon)), None)
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
        if first > 0 and low[first - 1] in _A:
            text = _with_relative(tokens, first, last, whole, text)
        return Entity(text, SpeakerKind.PERSON, text, words={fold(text)})
    several = _is_plural(tokens, first, last, lexicon) and _are_people(tokens, first, last, lexicon)
    if several:
        text = _anonymous_name(_with_relative(tokens, first, last, whole, text))
        return Entity(text, SpeakerKind.UNNAMED, plural=True, words={fold(text)})
    if names and all(_is_word(tokens, k, lexicon) for run in names for k in range(*run)):
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
    plural = _is_plural(tokens, first, last, lexicon)
    return Entity(text, SpeakerKind.UNNAMED, plural=plural, words={fold(text)})


def _are_people(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the noun of a phrase is a plural of a noun for people: "union leaders", «dos presos»."""
    words = people_words(lexicon.language)
    end = next((k for k in range(first + 1, last) if tokens.tag[k] in "P,R" or tokens.low[k] == "que"), last)
    low = tokens.low
    return any(
        low[k].endswith("s") and (words.person(low[k][:-1]) or words.person(low[k].removesuffix("es")))
        for k in range(first, end)
    )


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
    return low[k] in words.people and k > 0 and low[k - 1] in _FOR_HIM


def _is_plural(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a noun phrase speaks of several: by its article, or by the ending of its noun."""
    if first > 0 and tokens.low[first - 1] in ("los", "las", "unos", "unas", "los", "estos", "estas", "these", "those"):
        return True
    end = next((k for k in range(first, last) if tokens.tag[k] in "P,R" or tokens.low[k] == "que"), last)
    nouns = [k for k in range(first, end) if tokens.tag[k] in "wX"]
    if not nouns:
        return False
    noun = tokens.low[nouns[0] if lexicon.language == "es" else nouns[-1]]
    noun = noun[:-2] if noun.endswith(("'s", "’s")) else noun
    return (noun.endswith("s") and not noun.endswith("ss")) or noun in ("men", "women", "people", "children")


def _is_word(tokens: Tokens, k: int, lexicon: Lexicon) -> bool:
    """Whether a capitalised word is a common noun that only begins a sentence: "Relatives", "Former", "Otra"."""
    low, lists = tokens.low[k], lexicon.lists
    words = people_words(lexicon.language)
    if (
        low in lists["role"]
        or low in lists["unnamed"]
        or words.person(low)
        or words.person(low.removesuffix("s"))
        or low in number_starts(lexicon.language)
    ):
        return True
    opens = (
        k == 0
        or tokens.tag[k - 1] in ".<>-"
        or tokens.start[k] == 0
        or "\n" in tokens.text[tokens.end[k - 1] : tokens.start[k]]
    )
    return opens and (tokens.tag[k] in "DN" or low in _A or (low.endswith("s") and tokens.tag[k + 1 : k + 2] == ["P"]))


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


_SETTING = frozenset(["en", "durante", "tras", "desde", "during", "after"])
_IN_OFFICE = frozenset(["jefe", "funciones", "turno", "retiro"])


def _with_relative(tokens: Tokens, first: int, last: int, whole: int, text: str) -> str:
    """People without a name keep the clause that tells them apart: «un custodio que pide no ser identificado»."""
    restricts = last < whole and tokens.tag[last] != "," and tokens.tag[first] != "X"
    if not restricts:
        return text
    whole = next((k for k in range(last, whole) if tokens.tag[k] == ","), whole)
    return text + tokens.slice(first, whole)[len(tokens.slice(first, last)) :]


def _without_mark(text: str) -> str:
    return text[:-2] if text.endswith(("'s", "’s")) else text


def _article(tokens: Tokens, begin: int, first: int) -> str:
    """ "the" where the text takes somebody as known, "a" where it brings somebody new, "" where nothing tells."""
    for k in range(begin, first):
        if tokens.low[k] in _A:
            return "a"
        if tokens.low[k] in _THE:
            return "the"
        if tokens.low[k] in _OWNED:
            return "its"
    return ""


def _heads(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> set[str]:
    """The nouns for what somebody is: "spokeswoman" of "prison service spokeswoman", one for each apposition."""
    heads: set[str] = set()
    part: list[str] = []
    complement = False
    for k in range(first, last):
        if tokens.tag[k] == ",":
            heads |= _head_of(part, lexicon)
            part, complement = [], False
        elif tokens.tag[k] == "P" and part:
            complement = True
        elif tokens.low[k].endswith(POSSESSIVES) and k < last - 1:
            part = []
        elif not complement:
            part.append(tokens.low[k].strip(".").removesuffix("'s").removesuffix("’s"))
    return heads | _head_of(part, lexicon)


def _head_of(part: list[str], lexicon: Lexicon) -> set[str]:
    words, listed = people_words(lexicon.language), [_RANKS.get(word, word) for word in part]
    listed = [words.people_of(word) or word for word in listed]
    heads = [word for word in listed if words.person(word) is not None]
    heads = heads or [word for word in listed if word in words.bodies]
    return set() if not heads else {heads[0] if lexicon.language == "es" else heads[-1]}


_RANKS = {
    "fr": "priest", "dr": "doctor", "prof": "professor", "col": "colonel", "cnel": "coronel", "gen": "general",
    "gral": "general", "capt": "captain", "sgt": "sergeant", "lt": "lieutenant", "maj": "major", "sen": "senator",
    "rep": "representative", "gov": "governor", "pres": "president", "rev": "reverend", "insp": "inspector",
    "pbro": "sacerdote", "mons": "monseñor", "msgr": "monsignor", "hna": "hermana", "tte": "teniente",
}  # fmt: skip


def _is_woman(tokens: Tokens, begin: int, first: int, last: int, lexicon: Lexicon) -> bool | None:
    """Whether the words of a phrase speak of a woman: its noun, its title, in Spanish its article."""
    words = people_words(lexicon.language)
    for k in range(first, last):
        if tokens.tag[k] in "PR" and k > first:
            break
        low = tokens.low[k].strip(".")
        if low in lexicon.lists["woman"]:
            return True
        if (woman := words.woman(low)) is not None:
            return woman
        if low in _MR:
            return False
    if lexicon.language == "es" and first > begin:
        low = tokens.low[first - 1]
        return True if low in _FOR_HER else False if low in _FOR_HIM else None
    return None


_MR = frozenset(["mr", "sr", "don", "señor", "sir", "lord", "fr"])


def _is_role(tokens: Tokens, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a word is somebody's role here; "official figures" are nobody's."""
    low = tokens.low[k]
    if (low not in lexicon.lists["role"] and people_words(lexicon.language).person(low) is None) or tokens.tag[
        k
    ] == "N":
        return False
    if low in lexicon.lists["unnamed"] or low in lexicon.lists["organisation"]:
        return False
    if tokens.low[k] != "official" or k + 1 >= last or tokens.tag[k + 1] != "w":
        return True
    return tokens.low[k + 1] in lexicon.lists["role"]


def _without_relative(tokens: Tokens, first: int, last: int) -> int:
    """Where a name ends before ", who asked not to be named" or «que esperaba»."""
    for k in range(first + 1, last):
        if (tokens.tag[k] == "R" or tokens.low[k] in ("que", "who")) and tokens.depth[k] == tokens.depth[first]:
            return k - 1 if tokens.tag[k - 1] == "," and k - 1 > first else k
    return last


def _anonymous_name(text: str) -> str:
    return text.strip("“”\"«»'’ ").replace("”", "").replace("“", "").replace("»", "").replace("«", "") or text


def _acronym(tokens: Tokens, first: int, last: int) -> tuple[str | None, int]:
    """ "(OVP)" at the end of a name, and where the name ends before it."""
    if last - first >= 4 and tokens.tag[last - 1] == ")" and tokens.tag[last - 3] == "(":
        word = tokens.word[last - 2]
        if word.startswith("@"):
            return None, last - 3
        return (word if word.isupper() or word[:1].isupper() else None), last - 3
    return None, last


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
