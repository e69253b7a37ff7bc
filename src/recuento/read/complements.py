"""What follows a reporting verb: that-clause, quotation, question, bare clause, request or noun phrase."""

from __future__ import annotations

from recuento.read.adjuncts import past_adjuncts
from recuento.read.counted_objects import counted_object
from recuento.read.counting import count_words
from recuento.read.hidden_names import hides_name
from recuento.read.infinitives import own_doing_after, takes_infinitive, told_to
from recuento.read.lexicon import Lexicon, Verb, words_of
from recuento.read.readings import Complement, Span
from recuento.read.tokens import Tokens
from recuento.values.number_words import number_starts

_COMMENTING = words_of("commenting")
FARTHEST = 16
"""Tokens between a verb and the beginning of its content."""
_ENDING_ING = frozenset(["bring", "sing", "ring", "cling", "swing", "fling", "spring", "string"])
_WARNED_OF = frozenset(["of", "about", "against"])
_UNNAMED = frozenset(
    ["anonimato", "anonymity", "identificado", "identificada", "identificados", "identificadas", "anonymous"]
)
"""Whoever asks not to be named demands nothing that matters."""
_NOT_DEMANDED = words_of("not_demanded")
_QUALIFYING = frozenset(["believe", "accuse", "demand", "claim", "show"])
"""Classes of verbs that may call something by a word in quotation marks, which is no statement."""
_COUNTED = frozenset("myzasg")
"""Frames whose content is a noun phrase with a number (see counted_objects.py)."""
_BETWEEN = frozenset("DPwX#TAOpN(),>C")
_THIS = frozenset(["este", "esta", "estos", "estas", "ese", "esa", "esos", "esas"])
_ANYTHING = frozenset(["algo", "alguien", "nada", "nadie"])
_TOLD = words_of("told")
_PRESSED = frozenset(["pressed", "asked", "questioned", "challenged", "contacted", "reached", "approached"])
_SENSING = frozenset(["hear", "see", "feel", "find"])


def complement_after(tokens: Tokens, verb_at: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """The complement that begins after the verb at `verb_at`, before token `end`; None where there is none."""
    first = _past_aside(tokens, verb_at + 1 + len(verb.particles), end)
    if first >= end:
        return None
    if verb.frames & _COUNTED and (counted := counted_object(tokens, first, end, verb, lexicon)) is not None:
        return counted
    if verb.frames & {"i"} and (asked := _asked_to(tokens, first, end, verb, lexicon)) is not None:
        return asked
    if "c" in verb.frames and (called := _called(tokens, first, end, lexicon)) is not None:
        return called
    if verb.lemma == "describe" and tokens.tag[first] in "DpX#w" and tokens.low[first] != "how":
        return Complement("object", first)
    if "x" in verb.frames:
        accused = _accused_of(tokens, first, end, lexicon)
        if accused is not None or verb.lemma != "blame":
            return accused
    if verb.kind == "demand" and "o" in verb.frames and _is_list(tokens, first, end):
        return Complement("object", first)
    if verb.kind == "demand" and (told := told_to(tokens, first, end, lexicon)) is not None:
        return told
    if takes_infinitive(tokens, first, end, verb, lexicon):
        return Complement("infinitive", first)
    if (doing := own_doing_after(tokens, first, end, verb, lexicon)) is not None:
        return Complement("infinitive", doing)
    if verb.lemma in _REMEMBERING and _is_doing(tokens, first, end):
        return Complement("bare", first)
    if (
        verb.kind == "deny"
        and tokens.low[first] in _WHAT_WAS_SAID
        and tokens.tag[first + 1 : first + 2] in ([], ["."], [","])
    ):
        return Complement("object", first)
    if verb.kind == "demand" and not _UNNAMED.isdisjoint(tokens.low[first : first + 6]):
        return None
    if verb.kind in ("demand", "promise") and _is_plain_infinitive(tokens, first, end, lexicon):
        return Complement("request", first)
    return (
        _marked(tokens, first, end, verb, lexicon)
        or _asked_to(tokens, first, end, verb, lexicon)
        or _bare(tokens, first, end, verb, lexicon)
        or _object(tokens, first, end, verb, lexicon)
    )


def _is_doing(tokens: Tokens, first: int, end: int) -> bool:
    """Whether somebody follows with what they were doing: "remember | the officer telling them that"."""
    for k in range(first + 1, min(end - 1, first + 9)):
        if tokens.low[k].endswith("ing") and tokens.tag[k] in "wq" and tokens.tag[k - 1] in "wXO":
            return tokens.tag[k + 1] in "DpOXPN#wS" and tokens.tag[first] in "DpXON"
        if tokens.tag[k] not in "wXDpOP":
            return False
    return False


def _past_aside(tokens: Tokens, first: int, end: int) -> int:
    """Past a comment between commas right after the verb: "insisted, though, that", «admite, eso sí, un incendio»."""
    if first + 2 < end and tokens.low[first] == "when" and tokens.low[first + 1] in _PRESSED:
        return first + 2
    if first + 3 >= end or tokens.tag[first] != ",":
        return first
    for k in range(first + 1, min(end - 1, first + 6)):
        if tokens.tag[k] == ",":
            return k + 1 if k > first + 1 and tokens.tag[k + 1] not in "VQq" else first
        if tokens.tag[k] not in "ASPCNp" and tokens.low[k] not in _COMMENTING:
            break
    return first


def _is_list(tokens: Tokens, first: int, end: int) -> bool:
    """Whether things and clauses are demanded together: «agua caliente, ginecóloga y que se retire al jefe»."""
    if tokens.tag[first] not in "wD#" or tokens.low[first] in ("al", "del"):
        return False
    for k in range(first + 1, min(end - 1, first + FARTHEST)):
        if tokens.tag[k] in "VQ.;:<N":
            return False
        if tokens.tag[k] == "C" and tokens.low[k + 1] in ("que", "that"):
            return True
    return False


def _colon_after_manner(tokens: Tokens, first: int, end: int) -> int | None:
    """ "Put it more bluntly:", "put it this way:": the colon after the words for how it was put."""
    for k in range(first, min(end - 1, first + 7)):
        if tokens.tag[k] == ":":
            return k
        if tokens.tag[k] not in "wADPp":
            return None
    return None


def _marked(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
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
        if lexicon.has("complement", low):
            if spanish and hides_name(tokens, k, end):
                past = next((m for m in range(k + 3, min(end, k + FARTHEST)) if low == tokens.low[m]), end)
                continue
            if _introduces(tokens, k, first, verb, lexicon):
                start = k - 1 if k > first and tokens.low[k - 1] in ("en", "de", "con") and spanish else k
                return Complement("that", start, _addressee(tokens, first, start))
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
            return Complement("question", lead, _addressee(tokens, first, lead))  # «por qué», «en qué celda»
        if tag == ":" and nominal is not None and verb.kind == "deny" and tokens.tag[k + 1 : k + 2] != ["<"]:
            return None
        if tag == ":" and "q" in frames and k + 1 < end:
            return Complement("quote", k + 1, _addressee(tokens, first, k) if verb.kind == "demand" else None)
        if tag == "C" and k == first + 1 and tokens.tag[first] == ",":
            return None
        if tag == "<":
            if verb.lemma in _SHOWING and tokens.tag[k - 1] not in ",:":
                return None  # «Shown “a wholesale disregard”»: what is shown so is a thing, in borrowed words.
            if tokens.tag[k - 1] not in ",:" and verb.kind in _QUALIFYING and tokens.partner[k] - k <= 4:
                return None
            if verb.lemma in _SENSING:
                return None  # "He heard “maybe ten” batons".
            return _quoted(tokens, k, first, frames, nominal is not None and not told and not prepositional)
        aside = low in ("though", "however") and tokens.tag[k - 1] == "," and tokens.tag[k + 1 : k + 2] == [","]
        between = tag in _BETWEEN or aside or low in _TIMES_BY
        if not between and not _is_noun_between(tokens, k, first):
            return None
        if tag == "P":
            prepositional = True
        elif tag in "DXNpw" and nominal is None:
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


def _is_noun_between(tokens: Tokens, k: int, first: int) -> bool:
    """Whether a form of a reporting verb is a noun on the way to the content: "in a blog post"."""
    form = tokens.form[k]
    if form is not None and form.feature == "inf" and tokens.tag[first] == "," and tokens.tag[k - 1] == "P":
        que = next((m for m in range(k, min(len(tokens), k + FARTHEST)) if tokens.low[m] == "que"), k)
        return tokens.tag[que - 1] == ","  # «Comentó, a condición de mantener el anonimato, que»
    if tokens.low[k] == "writing" and tokens.low[k - 1] == "in":
        return True
    return form is not None and k > first and tokens.tag[k - 1] in "wDX" and "n" in form.verbs[0].frames


def _introduces(tokens: Tokens, k: int, first: int, verb: Verb, lexicon: Lexicon) -> bool:
    """Whether the "that" at `k` opens a clause that the verb may take."""
    frames = verb.frames
    following = tokens.tag[k + 1] if k + 1 < len(tokens) else "."
    if k > first + 1 and tokens.tag[k - 1] == "C":
        return False  # «Contaban a los vivos y que ...»: a second clause of the verb before.
    if lexicon.language == "en":
        if (
            following in ".;)"
            or (following in "PS" and tokens.tag[k + 2 : k + 3] == ["."])
            or (following == "V" and frames & {"n", "k"})
        ):
            return False
        return "t" in frames
    if (tokens.tag[k - 1] == "," and tokens.tag[first:k].count(",") % 2) or tokens.low[k - 1] in _ANYTHING:
        return False
    if (
        first > 1
        and tokens.tag[first - 2] == "," == tokens.tag[first]
        and tokens.tag[first:k].count(",") == 1 < k - first
    ):
        return False  # «Apuntó, asegura, las peticiones que hizo»: the verb only interrupts.
    if _describes_thing(tokens, first, k, lexicon) or (verb.lemma == "referir" and tokens.low[first] in ("a", "al")):
        return False
    if hides_name(tokens, k, len(tokens)):
        return False
    verbal = (
        following in "VQ"
        or (tokens.low[k + 1 : k + 2] != [] and tokens.low[k + 1].endswith(_SUBJUNCTIVE))
        or (following == "q")
    )
    reproached = tokens.low[first] in ("a", "al") and all(tokens.tag[m] in "PDwXp" for m in range(first, k))
    reproached = reproached and k + 1 < len(tokens) and tokens.low[k + 1].endswith(_SUBJUNCTIVE)
    told = first >= 2 and tokens.low[first - 2] in _DATIVES and tokens.low[first] in ("en", "por", "desde", "ante")
    addressed = told or reproached or (k > first + 1 and _is_once(tokens, first, k))
    if k > first and verbal and verb.kind != "demand" and not addressed and not _is_setting(tokens, first, k):
        return False
    if verb.kind == "promise" and k == first + 2 and tokens.low[first] in ("un", "una", "unos", "unas"):
        return False  # «Prometió un plan que nunca llegó»
    if k > first and verb.kind == "demand" and _is_within_object(tokens, first, k):
        return False
    before = tokens.low[k - 1] if k > first else ""
    if before == "en":
        return "e" in frames or ("t" in frames and k - 1 == first)
    if before == "de":
        return ("d" in frames or k - 1 == first) and not (k - 2 >= first and tokens.low[k - 2] in _BEFORE_DE)
    if before == "con" and verb.lemma == "especular":
        return True
    if before in _JOINED_QUE and not _is_once(tokens, first, k):
        return False
    return bool(frames & {"t", "i"})


def _is_once(tokens: Tokens, first: int, k: int) -> bool:
    """Whether «vez» before «que» tells how often: «me dijo una vez que», «repitió otra vez que»."""
    often = k - first == 2 and tokens.low[first] in _TIMES
    return tokens.low[k - 1] == "vez" and (often or (k - first == 3 and tokens.low[first] == "por"))


def _describes_thing(tokens: Tokens, first: int, k: int, lexicon: Lexicon) -> bool:
    """Whether «que» describes a thing that stands as the object: «añadiendo un artículo sobre tarifas que suben»."""
    if (
        k - first < 4
        or tokens.low[first] not in ("un", "una", "el", "la", "los", "las")
        or tokens.tag[first + 1] != "w"
    ):
        return False
    noun, lists = tokens.low[first + 1], lexicon.lists
    if any(noun in lists[name] for name in ("role", "organisation", "unnamed", "woman", "time", "post")):
        return False
    if noun in count_words("es").who or tokens.tag[k - 1] not in "wX":
        return False
    return tokens.tag[first + 2] == "P" and all(tokens.tag[m] not in "VQ,.;:T" for m in range(first, k))


def _is_within_object(tokens: Tokens, first: int, k: int) -> bool:
    """Whether «que» describes a thing that is demanded: «pidió explicaciones sobre los reclusos que faltan»."""
    if tokens.tag[k - 1] not in "wX" or any(tokens.tag[m] in "VQ" for m in range(first, k)):
        return False
    things = [m for m in range(first, k) if tokens.tag[m] == "w" and (m == first or tokens.tag[m - 1] == ",")]
    return bool(things)


def _is_setting(tokens: Tokens, first: int, k: int) -> bool:
    """Whether what stands before «que» tells when, where or to whom rather than being a noun it describes."""
    if all(tokens.tag[m] in "ATOG," for m in range(first, k)):
        return True
    if tokens.tag[k - 1] in "wq" and k - 2 >= first and tokens.low[k - 2] in _BY:
        return True  # «Respondió por teléfono que»: a noun without an article is described by nothing.
    return tokens.low[k - 1] in _SETTINGS or tokens.tag[k - 1] in "TX#A>)," or tokens.low[k - 1] in ("en", "de")


_BEFORE_DE = words_of("before_de")
_JOINED_QUE = words_of("joined_que")
_BY = frozenset(["por", "en", "ante", "mediante", "vía", "bajo", "durante", "tras"])
_WHAT_WAS_SAID = words_of("what_was_said")
_SHOWING = frozenset(["show", "find", "prove", "see", "hear", "feel", "demonstrate"])
_REMEMBERING = frozenset(["remember", "recall", "describe", "recount"])
_DATIVES = frozenset(["le", "les", "me", "nos", "te", "os"])
"""Whom somebody tells: «les contaron en la puerta que», where «que» tells of no door."""
_WHEN = frozenset(["when", "after", "once", "whenever", "until"])
_IS = frozenset(["es", "era", "fue", "is", "was"])
_TIMES_BY = frozenset(["before", "after", "since", "until"])
_TIMES = frozenset(["una", "otra", "alguna", "cada", "esta", "esa", "tercera"])
_SUBJUNCTIVE = ("ara", "iera", "aran", "ieran", "ase", "iese")
_SETTINGS = words_of("settings")


def _quoted(tokens: Tokens, k: int, first: int, frames: frozenset[str], after_noun: bool) -> Complement | None:
    if "q" not in frames and not ("t" in frames and k == first):
        return None
    if k > first and (after_noun or tokens.tag[k - 1] in "DpwP#") and tokens.tag[k - 1] not in ",:":
        return None
    return Complement("quote", k)


def _addressee(tokens: Tokens, first: int, start: int) -> Span | None:
    """Whoever stands between the verb and its content, where it looks like somebody: "al Gobierno", "reporters"."""
    while first < start and tokens.tag[first] in "AT":
        first += 1
    while start > first and tokens.tag[start - 1] in "AT,PD":
        start -= 1
    if first >= start or tokens.tag[first] not in "DXNpOPw":
        return None
    if tokens.tag[first] == "P":
        if tokens.low[first] not in ("a", "al", "to", "of"):
            return None
        first += 1
    return (first, start) if first < start else None


def _called(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> Complement | None:
    """What somebody calls something: "called the haul “theatre”", "described the note as “long”": it must be quoted."""
    for k in range(first, min(end, first + FARTHEST)):
        if tokens.tag[k] == "<":
            what = any(tokens.low[m] == "what" for m in range(max(0, first - 10), first))
            spanish = lexicon.language == "es" and k + 1 < end and tokens.partner[k] + 1 < end
            named = k > first and (tokens.tag[first] in "DpXNO" or "as" in (tokens.low[first], tokens.low[k - 1]))
            named = named or (k == first and (what or (spanish and tokens.tag[tokens.partner[k] + 1] in "Dpw")))
            return Complement("object", first) if named else None
        if tokens.tag[k] in "VQ.,;:":
            break
    if (
        lexicon.language == "en"
        and (tokens.low[first] == "as" or tokens.tag[first] in "Dw")
        and _after_what(tokens, first)
    ):
        return Complement("object", first)
    return None


def _after_what(tokens: Tokens, first: int) -> bool:
    """Whether the verb before has "what" as its object: "in what the army called | a search"."""
    for k in range(first - 2, max(0, first - 10), -1):
        if tokens.low[k] == "what":
            return k < first - 2
        if tokens.tag[k] not in "DpXwNOA":
            return False
    return False


def _accused_of(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> Complement | None:
    """What somebody is accused of: "accused the head of the prison | of hiding", «acusó al Gobierno | de ocultar»."""
    links = ("de", "por") if lexicon.language == "es" else ("of", "for")
    places = [k for k in range(first, min(end - 1, first + FARTHEST)) if tokens.low[k] in links]
    doing = [
        k for k in places if tokens.low[k + 1].endswith(("ing",) if lexicon.language == "en" else ("ar", "er", "ir"))
    ]
    if not places or (
        lexicon.language == "en" and places[0] == first and first > 0 and tokens.low[first - 1] == "accused"
    ):
        return None  # "An inmate accused | of attacking a guard": it is not told by whom.
    named = [k for k in places if tokens.tag[k + 1] == "<"]
    start = places[0] if named[:1] == places[:1] else (doing or places)[0]
    if any(tokens.tag[k] in "VQ.;:" for k in range(first, start)):
        return None
    return Complement("request", start, _addressee(tokens, first, start))


def _is_plain_infinitive(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the verb is followed at once by what is to be done: «exigen saber», "promised to publish"."""
    if first + 1 >= end:
        return False
    if lexicon.language == "en":
        return tokens.low[first] == "to" and tokens.tag[first + 1] not in "DpXN#"
    at = first + (tokens.low[first] in ("a", "no"))
    at += at < end and tokens.low[at] == "no"
    return at < end and tokens.tag[at] in "wqV" and tokens.low[at].endswith(("ar", "er", "ir"))


def _asked_to(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """Somebody asked to do something: "asked the Government to show", «instó al Gobierno a publicar»."""
    if "i" not in verb.frames and "f" not in verb.frames:
        return None
    spanish = lexicon.language == "es"
    for k in range(first, min(end, first + FARTHEST)):
        tag, low = tokens.tag[k], tokens.low[k]
        if low == ("no" if spanish else "not") and tokens.low[k + 1 : k + 2] == ["to"] and "i" in verb.frames:
            return Complement("request", k, _addressee(tokens, first, k))
        opened = tag == "<" and k + 2 < end and "i" in verb.frames
        if opened and _is_infinitive_mark(tokens, k + 1, end, spanish):
            return Complement("request", k, _addressee(tokens, first, k))
        if verb.lemma == "demand" and k > first:
            return None  # Things are demanded, "an end to transfers", and nobody is: "demanded him to" is no English.
        if "i" in verb.frames and _is_infinitive_mark(tokens, k, end, spanish):
            return Complement("request", k, _addressee(tokens, first, k))
        if low == "for" and tokens.low[k + 1 : k + 2] == ["the"] and tokens.tag[k + 3 : k + 4] == ["T"]:
            continue
        if low == "for" and "time" in tokens.low[k : k + 4]:
            continue
        if tag == ":" and verb.kind == "demand" and "i" in verb.frames and k > first and k + 1 < end:
            return Complement("request", k + 1, _addressee(tokens, first, k))
        if "f" in verb.frames and (low == "for" or (verb.kind == "warn" and low in _WARNED_OF)) and k + 1 < end:
            return Complement("request", k, _addressee(tokens, first, k))
        if tag not in _BETWEEN and low not in ("to", "a"):
            return None
    return None


def _is_infinitive_mark(tokens: Tokens, k: int, end: int, spanish: bool) -> bool:
    if k + 1 >= end:
        return False
    low = tokens.low[k + 1]
    if tokens.tag[k + 1] == "<" and k + 2 < end:
        low = tokens.low[k + 2]
    if spanish:
        if low == "no" and k + 2 < end:
            low = tokens.low[k + 2]
        if low == "que" or low.startswith("cualquier"):
            return low == "que" and tokens.low[k] == "a"
        return tokens.low[k] == "a" and low.endswith(
            ("ar", "er", "ir", "arlos", "arse", "rlo", "rle", "rles", "rlas", "rse")
        )
    plural = low.endswith("s") and not low.endswith(("ss", "us"))
    return (
        tokens.low[k] == "to"
        and tokens.tag[k + 1] not in "DpXN#"
        and not plural
        and (low in _ENDING_ING or not low.endswith("ing"))
    )


_STRICT = frozenset(["announce", "report", "predict", "guarantee", "recognise", "recognize", "acknowledge"])
_BOUNDING = frozenset(
    [
        "some",
        "roughly",
        "between",
        "at",
        "up",
        "more",
        "over",
        "nearly",
        "almost",
        "about",
        "around",
        "fewer",
        "less",
        "under",
    ]
)
_CLAUSE_STARTS = frozenset("NDpXw#T")
_VERBAL = frozenset("VQ")


def _bare(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """An English clause without "that": needs a subject and a finite verb in sight."""
    if "b" not in verb.frames or lexicon.language != "en" or (verb.kind == "demand" and tokens.tag[first] == "#"):
        return None
    k = first
    while k < end and tokens.tag[k] in "AT":
        k += 1
    addressee: Span | None = None
    passive = first >= 2 and tokens.low[first - 2] in lexicon.lists["be"]
    if k < end and verb.lemma in _TOLD and tokens.tag[k] in "ODXwp" and not passive and tokens.low[k] != "there":
        after = _past_addressee(tokens, k, end)
        if after is None:
            return None
        addressee, k = (k, after), after
    if k >= end or tokens.tag[k] == "," or tokens.low[k : k + 2] == ["when", "asked"]:
        return None
    if verb.lemma not in _TOLD and _stands_in_opening(tokens, first):
        return None
    if verb.kind == "believe" and tokens.low[k].endswith("ing") and tokens.tag[k] in "wq":
        return None
    if follows_name(tokens, first, k, end):
        return None
    openers = (
        ("if", "there", "when", "not", "although", "while", "because", "no", "nobody")
        if verb.kind != "show"
        else ("there",)
    )
    bounded = tokens.low[k] in _BOUNDING and verb.kind != "show"
    if (
        tokens.tag[k] not in _CLAUSE_STARTS
        and not (tokens.tag[k] == "q" and verb.kind == "say" and tokens.low[k].endswith("ing"))
        and tokens.low[k] not in openers
        and not bounded
        and not any(tokens.tag[m] == "#" for m in range(k + 1, min(end, k + 3)))
    ):
        return None
    if tokens.tag[k] == "w" and tokens.low[k].endswith("ly") and not tokens.low[k + 1 : k + 2][0].endswith("ed"):
        return None
    follows_mark = first >= 2 and tokens.tag[first - 2] in ",>-."
    if first >= 2 and tokens.tag[first - 2] == ">" and tokens.tag[k] in "Dw" and _is_described(tokens, k, end):
        return None
    if verb.lemma == "say" and k == first and _is_number_alone(tokens, k, end):
        return Complement("bare", k, addressee)
    if verb.lemma == "say" and end - k >= 4 and tokens.tag[k] in "NDp#X" and not follows_mark:
        return Complement("bare", k, addressee)
    if verb.lemma == "expect" and _is_to_do(tokens, k, end):
        return Complement("bare", k, addressee)
    strict = verb.kind in ("believe", "show", "demand") or verb.lemma in _STRICT
    return Complement("bare", k, addressee) if _has_finite(tokens, k, min(end, k + 30), strict) else None


def _stands_in_opening(tokens: Tokens, first: int) -> bool:
    """Whether the verb ends a clause of time or condition: "when staff complained | they were told"."""
    for k in range(first - 2, max(-1, first - 7), -1):
        if tokens.low[k] in _WHEN:
            return True
        if tokens.tag[k] not in "wXDpN":
            return False
    return False


def _is_number_alone(tokens: Tokens, k: int, end: int) -> bool:
    """ "The doctor says eleven": a number and no more."""
    numeral = tokens.tag[k] == "#" or (tokens.low[k] in number_starts("en") and tokens.low[k] not in ("a", "one"))
    return numeral and all(tokens.tag[m] in "w#C" for m in range(k, end)) and end - k <= 4


def _is_described(tokens: Tokens, k: int, end: int) -> bool:
    """Whether the speaker after a quotation is told by a relative clause: "..., said a fisherman who asked that"."""
    place = next((m for m in range(k + 1, min(end, k + 8)) if tokens.tag[m] not in "wXDPp"), end)
    return place < end and tokens.low[place] in ("who", "whose")


def _is_bound(tokens: Tokens, k: int, end: int) -> bool:
    """Whether a number begins with the words that bound it: "around 400", "at least 40"."""
    numerals = number_starts("en")
    return tokens.low[k] in _BOUNDING and any(
        tokens.tag[m] == "#" or (tokens.low[m] in numerals and len(tokens.low[m]) > 2)
        for m in range(k + 1, min(end, k + 3))
    )


def follows_name(tokens: Tokens, first: int, k: int, end: int) -> bool:
    """Whether the speaker comes after the verb: "..., said Gerrit Salvane, whose observatory follows the case"."""
    if first < 2 or tokens.tag[first - 2] not in ",>-" or tokens.tag[k] != "X":
        return False
    while k < end and tokens.tag[k] == "X":
        k += 1
    return k + 1 < end and tokens.tag[k] == "," and tokens.tag[k + 1] in "RD#"


def _is_to_do(tokens: Tokens, k: int, end: int) -> bool:
    """Whether somebody is followed by what they are to do: "expects 400 families to camp outside"."""
    for m in range(k + 1, min(end - 1, k + 10)):
        if tokens.tag[m] in ",.;:<VQ":
            return False
        if tokens.low[m] == "to":
            return tokens.tag[m + 1] in "wqV" and tokens.tag[m - 1] in "wX#O"
    return False


def _past_addressee(tokens: Tokens, k: int, end: int) -> int | None:
    """Past who is told, to the subject of what is told: "told reporters | he", "told the court | the men"."""
    if tokens.tag[k] == "O":
        return _past_place(tokens, k + 1, end)
    for m in range(k + 1, min(end, k + 8)):
        if tokens.tag[m] == "N" or (tokens.tag[m] in "Dp" and tokens.tag[m - 1] in "wXO"):
            return m
        if tokens.tag[m] not in "wXDpP":
            return None
    return None


def _past_place(tokens: Tokens, k: int, end: int) -> int:
    """Past where or when somebody was told: "told reporters | at the gate | the situation was"."""
    if k + 3 >= end or tokens.tag[k] != "P" or tokens.low[k] in ("of", "to"):
        return k
    for m in range(k + 2, min(end, k + 7)):
        if tokens.tag[m] in "NDp" and tokens.tag[m - 1] in "wXT":
            return m
        if tokens.tag[m] not in "DpwXT#":
            break
    return k


def _has_finite(tokens: Tokens, begin: int, last: int, strict: bool) -> bool:
    """Whether a finite verb follows the subject that begins there; strictly: with nothing else between them."""
    if tokens.tag[begin] == "N" and any(mark in tokens.low[begin] for mark in "'’"):
        return True
    for k in range(begin + 1, last):
        tag = tokens.tag[k]
        if strict and tokens.low[k] == "than":
            continue
        if strict and (tag in ",RSC" or (tokens.low[k] == "to" and k + 1 < last and tokens.tag[k + 1] not in "XDp#N")):
            return False
        if tag in _VERBAL:
            return True
        if tag == "w" and tokens.low[k].endswith("ed") and tokens.tag[k - 1] in "wXNA#),<":
            return True
        if (
            tag == "w"
            and tokens.low[k].endswith("s")
            and tokens.tag[k - 1] in "NX"
            and not tokens.low[k].endswith("ss")
        ):
            return True
        if tag in (".", ";"):
            return False
    return False


def _past_time(tokens: Tokens, k: int, end: int) -> int:
    """Past adverbs and times: "on Monday", «este lunes», «ayer por la tarde»."""
    while k < end:
        if tokens.tag[k] in "AT":
            k += 1
        elif k + 1 < end and tokens.tag[k] in "DNP" and tokens.tag[k + 1] == "T":
            k += 2
        elif k + 2 < end and tokens.tag[k] == "P" and tokens.tag[k + 1] in "DN" and tokens.tag[k + 2] == "T":
            k += 3
        else:
            break
    return k


def _object(tokens: Tokens, first: int, end: int, verb: Verb, lexicon: Lexicon) -> Complement | None:
    """A noun phrase that is what is announced, denied or demanded."""
    if "o" not in verb.frames:
        return None
    k, addressee = _past_time(tokens, first, end), None
    if k < end and tokens.tag[k] == "O" and verb.kind == "promise":
        k += 1
    if lexicon.language == "es":
        k = past_adjuncts(tokens, k, end)
    if k < end and lexicon.language == "es" and tokens.low[k] in ("a", "al"):
        for m in range(k + 2, min(end, k + FARTHEST)):
            opens = tokens.tag[m] in "Dp#" and tokens.tag[m - 1] not in "PD" and tokens.low[m] != "al"
            opens = opens or (tokens.tag[m] == "w" and tokens.tag[m - 1] == "N" and tokens.low[m - 1] not in _THIS)
            if opens or tokens.tag[m] == "<" or (tokens.tag[m] == "w" and tokens.tag[m - 1] == ","):
                stop = next((n for n in range(k + 1, m) if tokens.tag[n] == ","), m)
                addressee, k = (k + 1, stop), m
                break
            if tokens.tag[m] not in "wXDP,AT":
                return None
    bounded = k < end and tokens.tag[k] in "PA" and _is_bound(tokens, k, end) and verb.kind != "demand"
    others = bounded or (k + 1 < end and tokens.low[k] in ("otros", "otras", "another") and tokens.tag[k + 1] in "#w")
    if (
        k < end
        and (tokens.tag[k] in "DpwX#<" or others)
        and tokens.low[k] not in ("al", "del")
        and (tokens.low[k] not in _NOT_DEMANDED or verb.kind == "promise")
    ):
        return Complement("object", k, addressee)
    return None
