"""What the nouns of a phrase tell of somebody: what they are, a woman or a man, one or several."""

from __future__ import annotations

from recuento.read.speakers.entities import Entity
from recuento.read.speakers.person_runs import POSSESSIVES
from recuento.read.text.lexicon import Lexicon
from recuento.read.text.people_words import is_listed_woman, is_woman_by_name, people_words
from recuento.read.text.tokens import Tokens
from recuento.values.number_words import number_starts

INDEFINITE = frozenset(["un", "una", "a", "an", "another", "otro", "otra", "some", "any", "one", "unos", "unas"])
_FOR_HER, FOR_HIM = (
    frozenset(["la", "una", "esta", "esa", "otra"]),
    frozenset(["el", "un", "este", "ese", "al", "del"]),
)
_RANKS = {
    "fr": "priest", "dr": "doctor", "prof": "professor", "col": "colonel", "cnel": "coronel", "gen": "general",
    "gral": "general", "capt": "captain", "sgt": "sergeant", "lt": "lieutenant", "maj": "major", "sen": "senator",
    "rep": "representative", "gov": "governor", "pres": "president", "rev": "reverend", "insp": "inspector",
    "pbro": "sacerdote", "mons": "monseñor", "msgr": "monsignor", "hna": "hermana", "tte": "teniente",
}  # fmt: skip
_MR = frozenset(["mr", "sr", "don", "señor", "sir", "lord", "fr"])


def heads_of(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> set[str]:
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


def sex_of(tokens: Tokens, begin: int, first: int, last: int, entity: Entity, lexicon: Lexicon) -> bool | None:
    """Whether somebody is a woman: by a listed given name, by the words around it, by the ending of a name."""
    given = entity.name.split()[0] if entity.is_named and " " in entity.name else ""  # A name alone may be a surname.
    woman = is_listed_woman(given)
    if woman is None:
        woman = _is_woman(tokens, begin, first, last, lexicon)
    return is_woman_by_name(given) if woman is None and given else woman


def is_role(tokens: Tokens, k: int, last: int, lexicon: Lexicon) -> bool:
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


def is_plural(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
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


def are_people(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the noun of a phrase is a plural of a noun for people: "union leaders", «dos presos»."""
    words = people_words(lexicon.language)
    end = next((k for k in range(first + 1, last) if tokens.tag[k] in "P,R" or tokens.low[k] == "que"), last)
    low = tokens.low
    return any(
        low[k].endswith("s") and (words.person(low[k][:-1]) or words.person(low[k].removesuffix("es")))
        for k in range(first, end)
    )


def is_word(tokens: Tokens, k: int, lexicon: Lexicon) -> bool:
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
    return opens and (
        tokens.tag[k] in "DN" or low in INDEFINITE or (low.endswith("s") and tokens.tag[k + 1 : k + 2] == ["P"])
    )


def _head_of(part: list[str], lexicon: Lexicon) -> set[str]:
    words, listed = people_words(lexicon.language), [_RANKS.get(word, word) for word in part]
    listed = [words.people_of(word) or word for word in listed]
    heads = [word for word in listed if words.person(word) is not None]
    heads = heads or [word for word in listed if word in words.bodies]
    return set() if not heads else {heads[0] if lexicon.language == "es" else heads[-1]}


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
        return True if low in _FOR_HER else False if low in FOR_HIM else None
    return None
