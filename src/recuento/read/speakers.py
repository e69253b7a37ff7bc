"""Who a source is, inside one document: names, roles and organisations joined over its whole length.

"The NGO", "he" and "Nieto" become the name they stand for. What was concluded rather than read is marked.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from recuento.model.statement import Speaker, SpeakerKind
from recuento.read.lexicon import Lexicon
from recuento.read.readings import Reading, Span
from recuento.read.tokens import Tokens
from recuento.values.names import fold, key_words

RUMOUR = Speaker(name="(rumour)", kind=SpeakerKind.RUMOUR)
UNKNOWN = Speaker(name="(unnamed)", kind=SpeakerKind.UNNAMED, inferred=True)
_PLURAL = frozenset(["they", "ellos", "ellas", "quienes", "we", "nosotros", "them"])
_HE = frozenset(["he", "él", "éste", "este", "aquel", "aquél"])
_SHE = frozenset(["she", "ella", "ésta", "esta"])
_FIRST = frozenset(["i", "we", "yo", "nosotros", "nosotras", "me", "us", "you", "usted", "tú"])


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


@dataclass(frozen=True, slots=True)
class Resolved:
    """An entity, or a fixed speaker that is nobody in particular, and whether it was concluded."""

    entity: Entity | None
    fixed: Speaker | None = None
    inferred: bool = False

    def speaker(self) -> Speaker:
        """The speaker, with all that the whole document told of it."""
        if self.fixed is not None:
            return self.fixed
        return self.entity.speaker(self.inferred) if self.entity is not None else UNKNOWN


class Speakers:
    """The speakers of one document in the order in which they were met."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.entities: list[Entity] = []
        self.recent: list[Entity] = []

    def resolve(self, reading: Reading, lexicon: Lexicon, parent: Resolved | None) -> Resolved:
        """Who speaks in this reading. Readings must come in the order of the text."""
        if reading.impersonal:
            return self._impersonal(reading)
        if reading.source is None and reading.implied is not None:
            return Resolved(self._phrase(*reading.implied, lexicon, spoken=False).entity, None, True)
        if reading.source is None:
            return self._without_source(reading, parent)
        first, last = reading.source
        head = self.tokens.low[first]
        if last - first <= 2 and (
            lexicon.has("subject", head) or lexicon.has("relative", head) or head in ("que", "that")
        ):
            return self._pronoun(reading, head, lexicon, parent)
        return self._phrase(first, last, lexicon, spoken=parent is None)

    def name_of(self, span: Span, lexicon: Lexicon) -> str:
        """The name of an addressee, joined with the document's speakers but not remembered as one."""
        return self._phrase(*span, lexicon, spoken=False).speaker().name

    def _impersonal(self, reading: Reading) -> Resolved:
        if reading.verb is not None and reading.verb.lemma in (
            "rumor",
            "rumour",
            "rumorear",
            "say",
            "decir",
            "especular",
            "speculate",
        ):
            return Resolved(None, RUMOUR)
        return Resolved(None, UNKNOWN)

    def _without_source(self, reading: Reading, parent: Resolved | None) -> Resolved:
        if parent is not None and (parent.entity is not None or parent.fixed is not None):
            return Resolved(parent.entity, parent.fixed, True)
        if reading.feature in ("1s", "1p", "2s"):
            return Resolved(None, UNKNOWN)
        return self._last(plural=reading.feature == "3p")

    def _last(self, plural: bool = False, woman: bool | None = None, person: bool = False) -> Resolved:
        """The last speaker that fits; the very last one where none does."""
        for entity in reversed(self.recent):
            if entity.plural == plural and _fits(entity, woman, person):
                return Resolved(entity, None, True)
        for entity in reversed(self.recent):
            if person and entity.kind is SpeakerKind.PERSON and _fits(entity, woman, person):
                return Resolved(entity, None, True)
        return Resolved(self.recent[-1] if self.recent else None, None, True)

    def _pronoun(self, reading: Reading, head: str, lexicon: Lexicon, parent: Resolved | None) -> Resolved:
        if head in _FIRST:
            return Resolved(parent.entity, parent.fixed, True) if parent is not None else Resolved(None, UNKNOWN)
        if lexicon.has("relative", head) or head in ("que", "that"):
            antecedent = self._antecedent(reading, lexicon)
            if antecedent is not None:
                return antecedent
        if head in _PLURAL:
            return self._last(plural=True)
        if head in _SHE:
            return self._last(woman=True, person=True)
        if head in _HE:
            return self._last(woman=False, person=True)
        return self._last()

    def _antecedent(self, reading: Reading, lexicon: Lexicon) -> Resolved | None:
        assert reading.source is not None
        end = reading.source[0]
        while end > reading.sentence[0] and self.tokens.tag[end - 1] in ",P":
            end -= 1
        start = end
        while start > reading.sentence[0] and end - start < 12 and self.tokens.tag[start - 1] in "wXDpP)":
            start -= 1
        while start < end and self.tokens.tag[start] == "P":
            start += 1
        return self._phrase(start, end, lexicon, spoken=True) if start < end else None

    # Noun phrases.

    def _phrase(self, first: int, last: int, lexicon: Lexicon, spoken: bool) -> Resolved:
        described = describe(self.tokens, first, last, lexicon)
        known = self._known(described, lexicon)
        if known is not None:
            _merge(known, described)
            inferred = fold(described.name) != fold(known.name) and fold(described.name) not in fold(known.name)
            if spoken:
                self._remember(known)
            return Resolved(known, None, inferred)
        self.entities.append(described)
        if spoken:
            self._remember(described)
        return Resolved(described)

    def _remember(self, entity: Entity) -> None:
        if entity in self.recent[-8:]:
            self.recent.remove(entity)
        self.recent.append(entity)
        del self.recent[:-40]

    def _known(self, new: Entity, lexicon: Lexicon) -> Entity | None:
        if new.kind is SpeakerKind.ORGANISATION and key_words(new.name) <= _GENERIC_SELF:
            for entity in [*reversed(self.recent), *reversed(self.entities[-60:])]:
                if entity.kind is SpeakerKind.ORGANISATION:
                    return entity
        for entity in reversed(self.entities[-60:]):
            if new.kind is not SpeakerKind.UNNAMED and _same(entity, new, lexicon):
                return entity
        return None


def _fits(entity: Entity, woman: bool | None, person: bool) -> bool:
    if person and entity.kind is not SpeakerKind.PERSON:
        return False
    return woman is None or entity.woman is None or entity.woman == woman


def _merge(known: Entity, new: Entity) -> None:
    """Learn from another mention: a longer name, a role, a gender."""
    if (
        known.kind is SpeakerKind.PERSON
        and new.kind is SpeakerKind.PERSON
        and len(new.name.split()) > len(known.name.split())
    ):
        if new.name[:1].isupper():
            known.name = new.name
    known.role = known.role or new.role
    known.organisation = known.organisation or new.organisation
    known.acronym = known.acronym or new.acronym
    known.woman = known.woman if known.woman is not None else new.woman
    known.words |= new.words


def _same(known: Entity, new: Entity, lexicon: Lexicon) -> bool:
    """Whether two mentions name one speaker: acronym, surname, role alone, or a part of the organisation's name."""
    if fold(known.name) == fold(new.name):
        return True
    if new.acronym and known.acronym:
        return new.acronym == known.acronym
    if known.acronym and fold(new.name) == fold(known.acronym):
        return True
    if new.acronym and fold(known.name) == fold(new.acronym):
        return True
    if new.words and known.kind is SpeakerKind.PERSON and new.kind is SpeakerKind.PERSON:
        if new.name[:1].isupper() and known.name[:1].isupper():
            one, other = key_words(new.name), key_words(known.name)
            return bool(one) and bool(other) and (one <= other or other <= one)
        if new.role and not new.name[:1].isupper():
            wanted, had = key_words(new.role), key_words(known.role or "")
            return bool(wanted & had)
    if known.kind is SpeakerKind.ORGANISATION and new.kind is SpeakerKind.ORGANISATION:
        one, other = key_words(new.name), key_words(known.name)
        if not one:
            return False
        if one <= other and not new.name[:1].isupper():
            return True
        if len(one) == 1 and not new.name[:1].isupper() and lexicon.has("self", next(iter(fold(new.name).split()))):
            return not (_GENERIC_SELF.isdisjoint(one) and one.isdisjoint(other))
        return bool(one <= other and len(one) >= 1)
    return False


_GENERIC_SELF = frozenset(
    [
        "ngo",
        "ong",
        "organization",
        "organisation",
        "organizacion",
        "group",
        "grupo",
        "entity",
        "entidad",
        "association",
        "asociacion",
        "agency",
        "agencia",
        "body",
        "institution",
        "institucion",
    ]
)


def describe(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Entity:
    """Read a noun phrase as an entity: name, role, organisation, acronym, kind."""
    while first < last - 1 and tokens.tag[first] in "PDp," and not _is_name_article(tokens, first, last):
        first += 1
    acronym, last = _acronym(tokens, first, last)
    text = tokens.slice(first, last)
    names = _name_runs(tokens, first, last)
    lows = tokens.low[first:last]
    lists = lexicon.lists
    role_at = next((k for k in range(first, last) if tokens.low[k] in lists["role"] and tokens.tag[k] != "N"), None)
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


def _is_name_article(tokens: Tokens, first: int, last: int) -> bool:
    """Whether an article belongs to a name: "Una Ventana a la Libertad", and "A Window" inside a sentence."""
    word = tokens.word[first]
    inside = first > 0 and tokens.word[first - 1][-1].isalpha()
    return (word in ("Una", "Un") and tokens.tag[first + 1] == "X") or (
        word in ("A", "El", "La", "Los", "Las") and inside and word != "El"
    )


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


_INSIDE_NAMES = frozenset(
    ["de", "del", "la", "los", "las", "y", "for", "of", "the", "and", "para", "por", "e", "-", "al"]
)


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
