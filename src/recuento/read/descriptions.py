"""A noun phrase read as somebody: name, role, organisation, acronym, and what kind of speaker it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from recuento.model.statement import Speaker, SpeakerKind
from recuento.read.folding import fold
from recuento.read.lexicon import Lexicon, words_of
from recuento.read.readings import Span
from recuento.read.tokens import Tokens
from recuento.values.number_words import number_starts

_SAME = words_of("same")
_INSIDE_NAMES = words_of("inside_names")


@dataclass(slots=True)
class Entity:
    """Somebody who speaks in a document, as known so far. `name` grows to the longest form met."""

    name: str
    kind: SpeakerKind
    role: str | None = None
    organisation: str | None = None
    acronym: str | None = None
    woman: bool | None = None
    plural: bool = False
    words: set[str] = field(default_factory=set)

    def speaker(self, inferred: bool) -> Speaker:
        """The speaker as it is handed out."""
        return Speaker(self.name, self.kind, self.role, self.organisation, inferred)


def describe(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Entity:
    """Read a noun phrase as an entity: name, role, organisation, acronym, kind."""
    while first < last - 1 and (
        (tokens.tag[first] in "PDp," and not _is_name_article(tokens, first, last, lexicon))
        or tokens.low[first] in _SAME
    ):
        first += 1
    last = _without_relative(tokens, first, last)
    acronym, last = _acronym(tokens, first, last)
    text = tokens.slice(first, last)
    names = _name_runs(tokens, first, last)
    lows = tokens.low[first:last]
    lists = lexicon.lists
    role_at = next((k for k in range(first, last) if _is_role(tokens, k, last, lexicon)), None)
    organisation_at = next((k for k in range(first, last) if tokens.low[k] in lists["organisation"]), None)
    unnamed_at = next((k for k in range(first, last) if tokens.low[k] in lists["unnamed"]), None)
    woman = True if any(w in lists["woman"] for w in lows) else None
    person = _person_run(tokens, names, role_at, organisation_at, lexicon, first, last)
    if person is not None and not (unnamed_at == first and person[0] > first + 3):
        role, organisation = _role_beside(tokens, first, last, person, role_at, lexicon)
        name = _without_title(tokens, *person, lexicon)
        return Entity(name, SpeakerKind.PERSON, role, organisation, acronym, woman, False, {fold(name)})
    if (
        unnamed_at is not None
        and (organisation_at is None or unnamed_at < organisation_at)
        and (not names or unnamed_at < names[0][0])
    ):
        plural = tokens.low[unnamed_at].endswith("s") or tokens.low[unnamed_at] in ("police", "media")
        return Entity(_anonymous_name(text), SpeakerKind.UNNAMED, None, None, None, woman, plural, {fold(text)})
    if role_at is not None and (organisation_at is None or role_at < organisation_at):
        return Entity(text, SpeakerKind.PERSON, text, None, acronym, woman, False, {fold(text)})
    if names and all(_is_common(tokens.low[k], lexicon) for run in names for k in range(*run)):
        names = []
    if organisation_at is not None or names or acronym:
        return Entity(text, SpeakerKind.ORGANISATION, None, None, acronym, None, False, {fold(text)})
    plural = lows[-1].endswith("s") if lows else False
    return Entity(_anonymous_name(text), SpeakerKind.UNNAMED, None, None, None, woman, plural, {fold(text)})


def _is_role(tokens: Tokens, k: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a word is somebody's role here; "official figures" are nobody's."""
    if tokens.low[k] not in lexicon.lists["role"] or tokens.tag[k] == "N":
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


def named_organisations(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> list[Span]:
    """Names of organisations in full: with an acronym behind them, or a word such as "Observatory" inside."""
    found: list[Span] = []
    for start, end in _name_runs(tokens, first, last):
        start = _start_of_organisation(tokens, start, end, lexicon)
        if end - start < 2 or end - start > 10:
            continue
        acronym = (
            end + 2 < last and tokens.tag[end] == "(" and tokens.tag[end + 2] == ")" and tokens.word[end + 1].isupper()
        )
        if acronym:
            found.append((start, end + 3))
        elif any(lexicon.has("organisation", tokens.low[k]) for k in range(start, end)):
            found.append((start, end))
    return found


def _is_name_article(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether an article belongs to a name: "Una Ventana a la Libertad", and "A Window" inside a sentence."""
    word = tokens.word[first]
    inside = first > 0 and tokens.word[first - 1][-1].isalpha()
    if word in ("El", "La", "Los", "Las", "The") and not inside and tokens.tag[first + 1] == "X":
        return _is_title(tokens, first, last, lexicon) or _is_named_inside(tokens.text, tokens.slice(first, last))
    return (word in ("Una", "Un") and tokens.tag[first + 1] == "X") or (
        word in ("A", "El", "La", "Los", "Las") and inside and word != "El"
    )


def _is_title(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether «El» opens a name such as «El Siglo»: before capitals that are no acronym, role or known kind of body."""
    if tokens.low[first] == "the":
        return False
    lists = lexicon.lists
    known = (lists["organisation"], lists["role"], lists["unnamed"], lists["title"])
    names = [k for k in range(first + 1, min(last, first + 4)) if tokens.tag[k] == "X"]
    return not tokens.word[first + 1].isupper() and not any(tokens.low[k] in words for k in names for words in known)


def _start_of_organisation(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> int:
    """Without what only introduces the name: "Comunicado del | Observatorio"."""
    for k in range(start + 2, end):
        if lexicon.has("organisation", tokens.low[k]) and tokens.low[k - 1] in ("de", "del", "of"):
            return start if any(lexicon.has("organisation", tokens.low[m]) for m in range(start, k)) else k
    return start


def _is_named_inside(text: str, name: str) -> bool:
    """Whether the name stands elsewhere with its capital article inside a sentence: "el diario El Siglo"."""
    place = text.find(f" {name}")
    for _ in range(5):
        if place < 0:
            return False
        if place > 0 and text[place - 1].islower():
            return True
        place = text.find(f" {name}", place + 1)
    return False


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


def _name_runs(tokens: Tokens, first: int, last: int) -> list[Span]:
    """The runs of capitalised words, with small words such as "de" and "for" inside them."""
    runs: list[Span] = []
    k = first
    while k < last:
        if tokens.tag[k] == "X" or (tokens.word[k][0].isupper() and tokens.tag[k] not in "D"):
            end = k + 1
            while end < last:
                if tokens.tag[end] == "X" or tokens.word[end][0].isupper():
                    end += 1
                elif end + 1 < last and tokens.low[end] in _INSIDE_NAMES and tokens.word[end + 1][0].isupper():
                    end += 2
                else:
                    break
            runs.append((k, end))
            k = end
        else:
            k += 1
    return runs


def _person_run(
    tokens: Tokens,
    names: list[Span],
    role_at: int | None,
    organisation_at: int | None,
    lexicon: Lexicon,
    first: int,
    last: int,
) -> Span | None:
    """The run of capitalised words that is a person's name, where one is."""
    candidates = [
        run for run in names
        if not any(tokens.low[k] in lexicon.lists["organisation"] for k in range(*run))
        and not all(_is_common(tokens.low[k], lexicon) for k in range(*run))
        and run[1] - run[0] <= 6
    ]  # fmt: skip
    if not candidates:
        return None
    if role_at is not None or any(tokens.low[k].rstrip(".") in lexicon.lists["title"] for k in range(first, last)):
        beside = [run for run in candidates if _is_apart(tokens, run, first)]
        if beside:
            return (
                beside[0]
                if beside[0][0] == first and len(beside) == 1
                else beside[-1]
                if beside[0][0] != first
                else beside[0]
            )
        return None
    run = candidates[0]
    alone = run[0] == first and (run[1] == last or tokens.tag[run[1]] in ",R" or tokens.low[run[1]] in ("que", "who"))
    several = 2 <= run[1] - run[0] <= 4 and tokens.tag[first] == "X"
    previous = tokens.low[first - 1] if first > 0 else ""
    if (
        alone
        and organisation_at is None
        and previous not in ("the", "el", "la", "los", "las")
        and not tokens.word[first].isupper()
    ):
        return run if several or run[1] - run[0] == 1 else None
    return None


def _is_common(word: str, lexicon: Lexicon) -> bool:
    """Whether a capitalised word is only the beginning of a sentence: "Relatives", "Prosecutors"."""
    lists = lexicon.lists
    return (
        word in lists["role"]
        or word in lists["unnamed"]
        or word in number_starts(lexicon.language)
        or (word.endswith("s") and word[:-1] in lists["role"])
        or (word.endswith("es") and word[:-2] in lists["role"])
    )


def _is_apart(tokens: Tokens, run: Span, first: int) -> bool:
    """Whether a name stands beside a role rather than inside it: after a comma, or right after the role's words."""
    if run[0] == first or tokens.tag[run[0] - 1] == ",":
        return True
    return tokens.low[run[0] - 1] not in (
        "de",
        "del",
        "of",
        "for",
        "la",
        "los",
        "the",
        "el",
        "to",
        "para",
        "at",
        "in",
        "en",
    )


def _without_title(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> str:
    role = max(
        (k for k in range(first, min(last - 1, first + 4)) if tokens.low[k] in lexicon.lists["role"]), default=None
    )
    if role is not None and role > first - 1:
        after = role + 1
        if tokens.low[after] in ("de", "del", "of", "for"):
            after += 2
        if last - after >= (2 if after > role + 1 else 1) and tokens.tag[after] == "X":
            first = after
    while last - first > 1 and (
        tokens.low[first].rstrip(".") in lexicon.lists["title"]
        or tokens.low[first] in lexicon.lists["role"]
        or tokens.word[first] == "."
    ):
        first += 1
        if tokens.word[first] == "." and last - first > 1:
            first += 1
    name = tokens.slice(first, last)
    return name[:-2] if name.endswith(("'s", "’s")) else name


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
    while end > begin and tokens.tag[end - 1] in ",D":
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
