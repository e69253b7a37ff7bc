"""Content with a mark of its own: "that", a question word, a colon, a quotation."""

from __future__ import annotations

from recuento.read.complements.before_complements import BETWEEN, FARTHEST, addressee
from recuento.read.complements.that_clauses import introduces_clause
from recuento.read.readings import Complement
from recuento.read.sources.hidden_names import hides_name
from recuento.read.text.lexicon import Lexicon, Verb, words_of
from recuento.read.text.tokens import Tokens

_QUALIFYING = frozenset(["believe", "accuse", "demand", "claim", "show"])
"""Classes of verbs that may call something by a word in quotation marks, which is no statement."""
_TOLD = words_of("told")
_CLAIMS = words_of("loose_claims")
_SUBJECTS = frozenset(["he", "she", "they", "we", "i"])
_SENSING = frozenset(["hear", "see", "feel", "find"])
_SHOWING = frozenset(["show", "find", "prove", "see", "hear", "feel", "demonstrate"])
_IS = frozenset(["es", "era", "fue", "is", "was"])
_TIMES_BY = frozenset(["before", "after", "since", "until"])


def marked_content(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """A complement with a mark of its own: "that", a question word, a colon, a quotation."""
    spanish, frames = lexicon.language == "es", verb.frames
    if (
        tokens.low[first] in _IS
        and "t" in frames
        and first + 2 < end
        and lexicon.has("complement", tokens.low[first + 1])
    ):
        return Complement("that", first + 1)  # "What they say is that", «lo único que piden es que».
    if verb.particles == ("it",) and (colon := _colon_after_manner(tokens, first, end)) is not None:
        return Complement("quote", colon + 1)
    told = spanish or verb.lemma in _TOLD
    nominal: int | None = None
    prepositional = False
    past, far = first, first + FARTHEST
    for k in range(first, min(end, first + 2 * FARTHEST)):
        if k >= max(far, past + 1):
            break
        tag, low = tokens.tag[k], tokens.low[k]
        if k < past:
            continue
        lead = k - (k > first and tokens.tag[k - 1] == "P" and spanish)
        if lexicon.has("complement", low) and tag != "D":
            if spanish and hides_name(tokens, k, end):
                past = next((m for m in range(k + 3, min(end, k + FARTHEST)) if low == tokens.low[m]), end)
                continue
            if low == "that" and k - 1 > first and tokens.low[k - 1] in _CLAIMS and verb.kind == "deny":
                return Complement("object", k - 1)  # "Rejected on Tuesday | claims that".
            if introduces_clause(tokens, k, first, verb, lexicon):
                start = k - 1 if k > first and tokens.low[k - 1] in ("en", "de", "con") and spanish else k
                return Complement("that", start, addressee(tokens, first, start))
            return None
        if (
            (
                low in lexicon.lists["question"]
                and "w" in frames
                and (
                    all(tokens.tag[m] in "AT" for m in range(first, lead))
                    or (nominal is not None and (told or tokens.low[first] == "to"))
                )
            )
            and tag != "D"
            and not (low == "when" and tokens.low[k + 1 : k + 2] == ["asked"])
            and not (low == "si" and k > first + 8)
            and not (nominal is not None and tokens.tag[k - 1] == "," and not spanish)
        ):
            return Complement("question", lead, addressee(tokens, first, lead))  # «por qué», «en qué celda»
        if tag == ":" and nominal is not None and verb.kind == "deny" and tokens.tag[k + 1 : k + 2] != ["<"]:
            return None
        if tag == ":" and spanish and nominal is not None and _is_no_content(tokens, verb, first, k, end):
            return None
        if tag == ":" and "q" in frames and k + 1 < end:
            return Complement("quote", k + 1, addressee(tokens, first, k) if verb.kind == "demand" else None)
        if tag == "C" and k == first + 1 and tokens.tag[first] == ",":
            return None
        if tag == "<":
            if verb.lemma in _SHOWING and tokens.tag[k - 1] not in ",:":
                return None  # «Shown “a wholesale disregard”»: what is shown so is a thing, in borrowed words.
            stated = k == first and verb.lemma == "alegar"
            if tokens.tag[k - 1] not in ",:" and verb.kind in _QUALIFYING and tokens.partner[k] - k <= 4 and not stated:
                return None
            if verb.lemma in _SENSING or (tokens.low[k - 1] in _SUBJECTS and k - 1 > first):
                return None  # "He heard “maybe ten” batons".
            quoted = _quoted(tokens, k, first, frames, nominal is not None and not told and not prepositional)
            asked = quoted is not None and verb.kind == "demand" and spanish and k > first
            return Complement("quote", k, addressee(tokens, first, k)) if asked else quoted
        aside = low in ("though", "however") and tokens.tag[k - 1] == "," and tokens.tag[k + 1 : k + 2] == [","]
        between = tag in BETWEEN or aside or low in _TIMES_BY
        if not between and not _is_noun_between(tokens, k, first):
            return None
        if tag == "P" or low in _TIMES_BY:
            prepositional = True
        elif (tag in "DXNpw" or (tag == "O" and verb.lemma == "ask")) and nominal is None:
            nominal = k
            if (
                not told
                and not (verb.kind == "deny" and low in ("it", "this", "that"))
                and not prepositional
                and not low.endswith("ly")
                and not (tag == "D" and tokens.tag[k + 1 : k + 2] == ["T"])
            ):
                return None
    return None


def _is_no_content(tokens: Tokens, verb: Verb, first: int, colon: int, end: int) -> bool:
    """Whether what follows a colon after the object of a verb is told beside, by another verb or as a reason."""
    return _speaks_on(tokens, colon + 1, end) or (verb.kind == "demand" and _explains(tokens, first, colon, end))


def _speaks_on(tokens: Tokens, k: int, end: int) -> bool:
    """Whether a verb of saying opens what follows a colon: «cuestionan la cifra: | aseguran que faltan diez»."""
    form = tokens.form[k] if k + 1 < end else None
    return (
        form is not None and form.feature in ("3s", "3p") and tokens.low[k + 1] == "que" and "t" in form.verbs[0].frames
    )


def _explains(tokens: Tokens, first: int, colon: int, end: int) -> bool:
    """Whether a clause after a colon tells why a thing is asked: «reclamó más guardias: de noche solo hay dos»."""
    if colon + 1 >= end or tokens.low[first] in ("a", "al"):
        return False
    if tokens.tag[colon + 1] in "<S" or tokens.low[colon + 1] == "que":
        return False
    stop = next((k for k in range(colon + 1, end) if tokens.tag[k] in ";" or tokens.low[k] == "que"), end)
    return any(tokens.tag[k] in "VQ" for k in range(colon + 1, stop))


def _colon_after_manner(tokens: Tokens, first: int, end: int) -> int | None:
    """ "Put it more bluntly:", "put it this way:": the colon after the words for how it was put."""
    for k in range(first, min(end - 1, first + 7)):
        if tokens.tag[k] == ":":
            return k
        if tokens.tag[k] not in "wADPp":
            return None
    return None


def _is_noun_between(tokens: Tokens, k: int, first: int) -> bool:
    """Whether a form of a reporting verb is a noun on the way to the content: "in a blog post"."""
    form = tokens.form[k]
    if form is not None and form.feature == "inf" and tokens.tag[first] == "," and tokens.tag[k - 1] == "P":
        que = next((m for m in range(k, min(len(tokens), k + FARTHEST)) if tokens.low[m] == "que"), k)
        return tokens.tag[que - 1] == ","  # «Comentó, a condición de mantener el anonimato, que»
    if tokens.low[k] == "writing" and tokens.low[k - 1] == "in":
        return True
    return form is not None and k > first and tokens.tag[k - 1] in "wDX" and "n" in form.verbs[0].frames


def _quoted(tokens: Tokens, k: int, first: int, frames: frozenset[str], after_noun: bool) -> Complement | None:
    if "q" not in frames and not ("t" in frames and k == first):
        return None
    if k > first and (after_noun or tokens.tag[k - 1] in "DpwP#") and tokens.tag[k - 1] not in ",:":
        return None
    return Complement("quote", k)
