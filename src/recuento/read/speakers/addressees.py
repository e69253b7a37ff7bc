"""Who is asked to do something: told after the verb, by a pronoun, by calling them, or as the subject of "must"."""

from __future__ import annotations

from recuento.read.readings import Reading
from recuento.read.sources.source_before import source_before
from recuento.read.speakers.known_speakers import Resolved, Wanted
from recuento.read.speakers.speakers import Speakers
from recuento.read.text.lexicon import Lexicon, words_of
from recuento.read.text.people_words import PeopleWords, people_words
from recuento.read.text.tokens import Span, Tokens

_OURS = frozenset(["me", "us", "nos", "mí", "nosotros", "nosotras", "i", "we", "yo"])
_SEVERAL = frozenset(["us", "nos", "nosotros", "nosotras", "we"])
_MUST = frozenset(["must", "debe", "deben", "tiene", "tienen"])
_ASKING = words_of("we_ask")
_THINGS = frozenset(["cosa", "cosas", "thing", "things", "mismo", "same", "something", "algo"])
_YOURS = frozenset(["you", "te", "os", "usted", "ustedes", "lo", "la", "los", "las", "se"])
_THEIRS = frozenset(["them", "they", "les", "ellos", "ellas"])
_HIS = frozenset(["him", "he", "él"])
_HERS = frozenset(["her", "she", "ella"])
_TO_SOMEBODY = frozenset(["le", "les", "me", "nos"])
_PRONOUNS = _OURS | _YOURS | _THEIRS | _HIS | _HERS | frozenset(["le", "it"])
_CALLED = words_of("called_by")


class Addressees(Speakers):
    """Resolves who is asked in the demands of a document."""

    def addressee(self, reading: Reading, lexicon: Lexicon, speaker: Resolved, parent: Resolved | None) -> str | None:
        """The name of whoever a demand is made to; None where the text does not tell."""
        tokens = self.tokens
        span = reading.addressee or _behind_verb(tokens, reading, lexicon) or _clitic(tokens, reading, lexicon)
        span = span or _object(tokens, reading, lexicon) or _pleaded_with(tokens, reading)
        if span is None and reading.rule.endswith(".passive") and reading.cue is not None:
            span = source_before(tokens, reading.sentence[0], reading.cue[0], lexicon)
        span = span or _we_ask(tokens, reading.content, lexicon)
        span = span or _vocative(tokens, reading.content, lexicon) or _must_act(tokens, reading.content)
        if span is None or tokens.low[span[1] - 1] in _THINGS:
            return None
        if span[1] - span[0] == 1 and _bare(tokens.low[span[0]]) in _PRONOUNS:
            return self._by_pronoun(span[0], reading, speaker, parent)
        first = span[0] - (span[0] > 0 and tokens.low[span[0] - 1] == "al")
        return self._phrase(first, span[1], lexicon).speaker().name

    def _by_pronoun(self, at: int, reading: Reading, speaker: Resolved, parent: Resolved | None) -> str | None:
        low = _bare(self.tokens.low[at])
        if low in _YOURS:
            return None
        if low in _OURS:
            return _name(self._first_person(reading, low in _SEVERAL, parent))
        wanted = Wanted(
            plural=low in _THEIRS,
            woman=True if low in _HERS else False if low in _HIS else None,
            person=low in _HERS or low in _HIS,
            thing=low == "it",
            other_than=speaker.entity,
        )
        if parent is not None and self.tokens.depth[at] > 0:
            return None
        if parent is not None and parent.entity is not None and wanted.fits(parent.entity):
            return _name(parent)
        found = self._last(at, wanted)
        return found.name if found is not None else None


def _bare(word: str) -> str:
    """A pronoun without the verb written to it: "she'd"."""
    return word.replace("’", "'").partition("'")[0]


def _name(resolved: Resolved) -> str | None:
    name = resolved.speaker().name
    return None if name.startswith("(") else name


def _clitic(tokens: Tokens, reading: Reading, lexicon: Lexicon) -> Span | None:
    """The pronoun before a Spanish verb that tells to whom: «le | había pedido», «nos ordenó»."""
    if lexicon.language != "es" or reading.cue is None:
        return None
    for k in range(reading.cue[1] - 2, max(-1, reading.cue[0] - 4), -1):
        if tokens.low[k] in _TO_SOMEBODY:
            return k, k + 1
        if tokens.tag[k] not in "OVGA":
            return None
    return None


def _object(tokens: Tokens, reading: Reading, lexicon: Lexicon) -> Span | None:
    """The pronoun right behind an English verb: "told | me"."""
    if lexicon.language != "en" or reading.cue is None or reading.cue[1] >= len(tokens):
        return None
    at = reading.cue[1]
    return (at, at + 1) if tokens.tag[at] == "O" and tokens.low[at] in _PRONOUNS else None


def _pleaded_with(tokens: Tokens, reading: Reading) -> Span | None:
    """ "Pleaded with | the guards | to let them out"."""
    if reading.cue is None:
        return None
    first, last = reading.cue[1], reading.content[0][0]
    first -= tokens.low[first - 1] == "with"
    if last <= first + 1 or tokens.low[first] != "with":
        return None
    end = next((k for k in range(first + 1, last) if tokens.tag[k] in ",." or tokens.low[k] == "for"), last)
    return (first + 1, end) if first + 1 < end <= first + 8 else None


def _behind_verb(tokens: Tokens, reading: Reading, lexicon: Lexicon) -> Span | None:
    """Whoever stands right behind a verb that follows its words: «“...”, pidió | al coronel»."""
    if reading.cue is None or ".after." not in reading.rule:
        return None
    k = reading.cue[1]
    spanish = lexicon.language == "es"
    if k + 1 >= len(tokens) or (tokens.low[k] not in ("a", "al") if spanish else tokens.tag[k] not in "DX"):
        return None
    end = next(
        (m for m in range(k + 1, min(len(tokens), k + 9)) if tokens.tag[m] in ",.;:<" or tokens.tag[m] == "T"), k
    )
    if reading.source is not None and reading.source[0] < end and k < reading.source[1]:
        return None
    return (k, end) if end > k + 1 else None


def _we_ask(tokens: Tokens, content: list[Span], lexicon: Lexicon) -> Span | None:
    """Whom somebody's own words ask: «pedimos | a las autoridades | que ...», "we urge | the president | to ..."."""
    for first, last in content:
        for k in range(first, last - 2):
            if tokens.low[k] not in _ASKING or tokens.depth[k] == 0:
                continue
            start = k + 1
            if lexicon.language == "es" and tokens.low[start] not in ("a", "al"):
                continue
            ends = (
                m for m in range(start + 1, min(last, start + 8)) if tokens.tag[m] in "S,:.VQ" or tokens.low[m] == "to"
            )
            end = next(ends, None)
            if end is not None and end > start + 1 and tokens.tag[start + (lexicon.language == "es")] in "DXw":
                return start, end
    return None


def _must_act(tokens: Tokens, content: list[Span]) -> Span | None:
    """The subject of "must" in somebody's own words: "“The ministry | must say how many.”"."""
    for first, last in content:
        for k in range(first + 1, last - 1):
            if tokens.low[k] not in _MUST or tokens.depth[k] == 0:
                continue
            start = k
            while start > first and tokens.tag[start - 1] in "DXwpPN" and k - start < 7:
                start -= 1
            if start < k and (start == first or tokens.tag[start - 1] in ".<,"):
                return start, k
    return None


def _is_title(low: str, words: PeopleWords) -> bool:
    return low not in _CALLED and (words.person(low) is not None or words.people_of(low) is not None)


def _vocative(tokens: Tokens, content: list[Span], lexicon: Lexicon) -> Span | None:
    """Whoever a quotation calls by title before or behind a comma: "Madam President, take ..."."""
    words = people_words(lexicon.language)
    for first, last in content:
        for k in range(first, last):
            opens = k == first or tokens.tag[k - 1] in ".<," or tokens.word[k - 1] in "¡¿"
            if not opens or tokens.depth[k] == 0:
                continue
            end = next((m for m in range(k, min(last, k + 5)) if tokens.tag[m] in ",.>!"), None)
            if end is None or end == k or any(tokens.tag[m] not in "wXqQ" for m in range(k, end)):
                continue
            noun = next((m for m in range(k, end) if _is_title(tokens.low[m], words)), None)
            if noun is not None and (noun == k or tokens.low[k] in _CALLED):
                return noun, end
    return None
