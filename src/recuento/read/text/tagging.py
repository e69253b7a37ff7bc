"""One letter a token: the class of word it is, as far as lists of closed classes and endings tell.

D determiner, p possessive, P preposition, S subordinator, R relative, C coordinator, N subject pronoun, O object
pronoun, V auxiliary or another verb in a finite form, Q reporting verb in a finite form, q in another form,
A adverb, T word of time, G negation, X capitalised word, # numeral, w any other word; marks stand for themselves,
with < and > for paired quotation marks and - for every dash.
"""

from __future__ import annotations

import re
from functools import cache

from recuento.read.text.lexicon import Form, Lexicon, words_of
from recuento.read.text.periphrases import tag_periphrases
from recuento.read.text.tokens import Tokens
from recuento.values.bilingual import Language

_SPANISH_FINITE = re.compile(
    r"\w{2,}(?:[^aeiou]ó|ió|aron|ieron|aban|aba|arán|erán|irán|[aeid]rá|arían|erían|irían|aría|ería|iría|ían)|\w*(?:dujo|dujeron)|\w{3,}(?:an|en|amos|emos)"
)
_NOT_FINITE = words_of("not_finite")
_NOT_ADVERBS = words_of("not_adverbs")
_NOUN_AFTER = words_of("before_nouns")
_NOUN_OR_VERB = words_of("before_nouns_or_verbs")
_BEFORE_NOUNS = frozenset(["of", "in", "by", "from", "for", "with", "without", "into", "despite", "after", "amid"])
_CONTRACTED = re.compile(r"(\w+)[’'](?:s|re|ve|d|ll|m)")
_BEFORE_NOUNS_ONLY = frozenset(["de", "del", "la", "el", "una", "un", "los", "las", "su", "sus", "en", "con", "por"])
_VERBAL = ("aron", "ieron", "arán", "erán", "irán", "arían", "erían", "irían")
"""Endings that no noun has: «los canjearán»."""
_GIVEN = words_of("given_women") | words_of("given_men")
_CLITICS = frozenset(["la", "las", "los"])
_BEFORE_CLITICS = frozenset(["que", "quien", "quienes", "no", "nadie"])
_HAVING = ("has", "have", "had", "'s", "’s", "'ve", "’ve", "'d", "’d")
_OPENING_VERB = re.compile(r"\w{2,}(?:[^aeiou]ó|ió|aron|ieron|aban)")
"""Endings of a verb that a capital at the beginning of a sentence does not hide: no name has them."""
_ADJECTIVES = frozenset(["expresa", "confesa", "expreso", "confeso"])
"""Forms that describe a noun before them: «una instrucción expresa»."""
_BEFORE_VERBS = frozenset(["según", "hasta", "excepto", "salvo"])
"""Spanish prepositions that a finite verb may follow: «según dijo», «hasta pidió que»."""
_ENCLITIC = re.compile(r"(\w{2,}[aei]r)(?:me|te|le|les|nos)")
Kind = tuple[str | None, Form | None, str]
WORDS_KEPT = 50_000
"""Words whose kind is remembered: those that come again and again, and never so many that memory grows."""
_DASHES = frozenset(("-", "–", "—", "--", "―", "−"))


def tag_tokens(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> None:
    """Fill `tag` and `form` of the tokens of one paragraph. Quotation marks must be paired before."""
    classes, tag, low, spanish = _classes(lexicon.language), tokens.tag, tokens.low, lexicon.language == "es"
    for i in range(first, last):
        word = tokens.word[i]
        kind = classes.get(word)
        if kind is None:
            kind = _kind_of(word, low[i], lexicon)
            if len(classes) < WORDS_KEPT and word.lower() == low[i]:
                classes[word] = kind
        known, form, open_class = kind
        if form is not None and form.openers and (i + 1 >= last or low[i + 1] not in form.openers):
            named = i > first and tag[i - 1] in "Dp" and form.feature in ("base", "3s", "1s", "2s")
            known = known or ("V" if form.is_finite and not named else None)
            form = None
        if form is not None and known not in ("D", "P", "S") and not _is_noun(tokens, i, first, form):
            tokens.form[i] = form
            tag[i] = "Q" if form.is_finite else "q"
        elif known is not None:
            named = known in "VA" and (_is_name_inside(tokens, i, first) or _is_second_name(tokens, i, first, lexicon))
            named_thing = _is_listed_noun(tokens, i, known, lexicon) or (
                spanish and _is_object(tokens, i, first, lexicon)
            )
            tag[i] = "X" if named else "w" if named_thing else known
        elif open_class == "v":
            tag[i] = "w" if _is_after_article(tokens, i) else "V"
        elif i in tokens.partner and not word[0].isalnum():
            tag[i] = "<" if tokens.partner[i] > i else ">"
        elif open_class == "X" and spanish and (i == first or tag[i - 1] in ".<") and _OPENING_VERB.fullmatch(low[i]):
            tag[i] = "V"  # «Llegaron los abogados y pidieron ...»
        elif open_class == "w" and spanish and i > first and _is_after_clitic(tokens, i) and _is_conjugated(low[i]):
            tag[i] = "V"
        else:
            tag[i] = open_class
    if not spanish:
        _tag_contractions(tokens, first, last, lexicon)
        _tag_nouns_before_verbs(tokens, first, last)
        _tag_reported_nouns(tokens, first, last)
        _tag_possessives(tokens, first, last)
        _tag_since(tokens, first, last)
    tag_periphrases(tokens, first, last, lexicon.language)
    _tag_abbreviations(tokens, first, last, lexicon)
    _tag_titles(tokens, first, last)
    _tag_given_names(tokens, first, last, lexicon)
    _tag_clocks(tokens, first, last)


def _tag_given_names(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> None:
    """«Julio Peña», "April Jones": a month with a capital before another word with one is a given name."""
    for i in range(first, last - 1):
        if tokens.tag[i] != "T" or tokens.tag[i + 1] != "X" or not tokens.word[i].istitle():
            continue
        dated = i > first and (tokens.tag[i - 1] in "PT#" or tokens.low[i - 1] in _DATING)
        if tokens.low[i] in lexicon.lists["month"] and tokens.word[i + 1].istitle() and not dated:
            tokens.tag[i] = "X"


_DATING = frozenset(
    ["of", "in", "on", "since", "by", "until", "from", "last", "next", "this", "early", "late", "mid", "de"]
)


_SOMEBODY = frozenset(["he", "she", "who"])
"""Pronouns with which "'s" is "has": "he's told us that"."""


def _is_noun(tokens: Tokens, i: int, first: int, form: Form) -> bool:
    """Whether a form that could be a verb is a noun or a name here: after an article, or with a capital inside."""
    if i == first:
        return False
    before = tokens.low[i - 1]
    verbal = form.feature == "inf" if before == "al" else before in ("unos", "unas") and form.feature == "3p"
    if verbal and form.verbs[0].language == "es":
        return False  # «Mintió al decir que», «unos dicen que»
    if (
        before in _NOUN_AFTER
        or (before == "por" and tokens.low[i] == "escrito")
        or (form.feature == "2s" and tokens.tag[i - 1] == "Q" and form.verbs[0].language == "es")
        or (before in ("a", "no") and form.verbs[0].language == "en")
        or (before.endswith(("'s", "’s")) and not (form.feature == "past" and before[:-2] in _SOMEBODY))
    ):
        return True
    if form.verbs[0].language == "en" and form.feature in ("base", "3s") and before in _BEFORE_NOUNS:
        return True
    after_preposition = tokens.tag[i - 1] == "P" and tokens.word[i - 1][0].islower() and before not in _BEFORE_VERBS
    if form.verbs[0].language == "es" and form.is_finite and after_preposition:
        return True
    if tokens.low[i] in _ADJECTIVES and tokens.tag[i - 1] == "w":
        return True
    if before in _NOUN_OR_VERB and "n" in form.verbs[0].frames:
        return before not in ("los", "las") or form.feature != "3s"  # «Los cifra en 214»
    return tokens.word[i][0].isupper() and tokens.word[i - 1][0].isalpha() and tokens.word[i - 1] != "Y"


def _tag_nouns_before_verbs(tokens: Tokens, first: int, last: int) -> None:
    """ "Estimates suggest", "reports have revealed": of two verb forms in a row the first is the noun.

    So is a bare form that opens a sentence ("Counsel for the guards") or follows what cannot be its subject
    ("the final report of").
    """
    for i in range(first, last - 1):
        form = tokens.form[i]
        if form is not None and form.feature == "base" and _has_no_subject(tokens, i, first, form):
            tokens.form[i] = None
            tokens.tag[i] = "w"
            continue
        if (
            form is not None
            and form.feature in ("3s", "base")
            and "n" in form.verbs[0].frames
            and tokens.tag[i + 1] in "QV"
        ) and (
            i == first
            or tokens.tag[i - 1] not in "NXOGV"
            or (tokens.tag[i - 1] == "X" and (i - 1 == first or tokens.tag[i - 2] in ".:<"))
        ):
            tokens.form[i] = None
            tokens.tag[i] = "w"


def _has_no_subject(tokens: Tokens, i: int, first: int, form: Form) -> bool:
    if i == first or tokens.tag[i - 1] in ".<":
        return "n" in form.verbs[0].frames or tokens.low[i] == "counsel"
    if "n" not in form.verbs[0].frames or tokens.tag[i - 1] not in "wX" or tokens.low[i - 1].endswith(("s", "men")):
        return False
    owned = i - 2 >= first and tokens.low[i - 1].endswith("ed") and tokens.low[i - 2].endswith(("'s", "’s", "s'", "s’"))
    if owned and tokens.low[i + 1] in _AFTER_TOLD:
        return True
    return any(tokens.tag[k] == "D" for k in range(max(first, i - 3), i)) and tokens.low[i + 1] in _AFTER_NOUN


_AFTER_NOUN = frozenset(
    [
        "of",
        "on",
        "by",
        "from",
        "into",
        "saying",
        "showing",
        "says",
        "said",
        "found",
        "shows",
        "showed",
        "lists",
        "listed",
    ]
)


def _tag_reported_nouns(tokens: Tokens, first: int, last: int) -> None:
    """ "Rejected reports that", "denied claims by", "received calls for": after a verb, what may be a noun."""
    for i in range(first + 1, last - 1):
        form = tokens.form[i]
        if form is not None and tokens.low[i] == "briefing" and tokens.tag[i - 1] in "wD":
            tokens.form[i] = None
            tokens.tag[i] = "w"
            continue
        noun = form is not None and ("n" in form.verbs[0].frames or tokens.low[i] == "calls")
        if form is None or form.feature not in ("3s", "base") or not noun:
            continue
        k = i - 1
        while k > first and tokens.tag[k] in "TP" and i - k < 4:
            k -= 1
        before = tokens.form[k]
        if k == i - 1 and before is not None and "o" in before.verbs[0].frames and tokens.tag[i + 1] in ".,;":
            tokens.form[i] = None
            tokens.tag[i] = "w"
            continue
        told = tokens.low[i - 1] in _OF_REPORTS and form.feature == "3s" and tokens.low[i + 1] in _AFTER_TOLD
        if told and tokens.tag[i - 2] != "D":
            tokens.form[i] = None
            tokens.tag[i] = "w"
            continue
        if tokens.low[i - 2] == "there" and tokens.tag[i - 1] == "V":
            tokens.form[i] = None
            tokens.tag[i] = "w"  # "There are | fears that".
            continue
        done = tokens.tag[i - 1] == "w" and tokens.low[i - 1].endswith("ed") and i - 1 > first
        follows = tokens.low[i + 1] in _AFTER_TOLD or tokens.low[i + 1] == "for"
        if done and form.feature == "3s" and tokens.low[i - 2] not in _NOUN_AFTER and follows:
            tokens.form[i] = None
            tokens.tag[i] = "w"
            continue
        if (
            before is not None
            and before.is_finite
            and "o" in before.verbs[0].frames
            and tokens.low[i + 1] in _AFTER_TOLD
        ):
            tokens.form[i] = None
            tokens.tag[i] = "w"


_OF_REPORTS = frozenset(
    [
        "credible",
        "repeated",
        "numerous",
        "conflicting",
        "persistent",
        "widespread",
        "unconfirmed",
        "false",
        "fresh",
        "similar",
    ]
)
"""What reports and claims are, where they are no verbs: "received credible | reports that"."""
_AFTER_TOLD = frozenset(["that", "of", "by", "from"])


def _tag_possessives(tokens: Tokens, first: int, last: int) -> None:
    """ "Her officers" is a possessive with its noun, and "reporters" before a verb are people like any others."""
    for i in range(first, last - 1):
        low = tokens.low[i]
        if low == "her" and tokens.tag[i] == "O" and tokens.tag[i + 1] in "wX" and i + 1 < last:
            tokens.tag[i] = "p"
        elif low == "her" and tokens.word[i][0] == "H" and _may_be_noun(tokens, i + 1):
            tokens.tag[i], tokens.tag[i + 1], tokens.form[i + 1] = "p", "w", None  # "Her report, out today, ...".
        elif low.endswith("ly") and tokens.tag[i] == "w" and tokens.tag[i + 1] == "Q" and tokens.tag[i - 1] in "NV":
            tokens.tag[i] = "A"  # "I would respectfully invite".
        elif low == "that" and tokens.low[i + 1] in _TIMES and tokens.tag[i + 2 : i + 3] in (["P"], [","], ["."]):
            tokens.tag[i] = "D"  # "Told the shift that morning to expect".
        elif low in ("last", "next") and tokens.tag[i + 1] == "T":
            tokens.tag[i] = "T"
        elif low in _PRESS and (i == first or (tokens.tag[i - 1] not in "Qq" and tokens.low[i - 1] != "to")):
            tokens.tag[i] = "w" if tokens.word[i][0].islower() else "X"


def _may_be_noun(tokens: Tokens, i: int) -> bool:
    form = tokens.form[i]
    return form is not None and form.feature in ("base", "3s") and "n" in form.verbs[0].frames


_TIMES = frozenset(["morning", "afternoon", "evening", "night", "day", "week", "month", "year"])
_PRESS = frozenset(["reporters", "journalists"])


def _tag_contractions(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> None:
    """ "It's", "they’re" are subjects with their verb; "didn’t" is an auxiliary."""
    for i in range(first, last):
        low = tokens.low[i]
        if "'" in low or "’" in low:
            if low.endswith(("n't", "n’t")):
                tokens.tag[i] = "V"
                continue
            match = _CONTRACTED.fullmatch(low)
            if match is not None and (
                lexicon.has("subject", match.group(1)) or match.group(1) in ("there", "that", "this", "what")
            ):
                tokens.tag[i] = "N"


def _tag_since(tokens: Tokens, first: int, last: int) -> None:
    """The adverb of "has since described", "he's since told us"."""
    for i in range(first + 1, last - 1):
        if tokens.low[i] in ("since", "first") and tokens.tag[i + 1] in "Qqw" and tokens.low[i - 1].endswith(_HAVING):
            tokens.tag[i] = "A"


def _tag_titles(tokens: Tokens, first: int, last: int) -> None:
    """A word of time inside a name is part of it: "the Evening Ledger", "the Sydney Morning Herald"."""
    for i in range(first + 1, last - 1):
        if (
            tokens.tag[i] == "T"
            and tokens.word[i][0].isupper()
            and tokens.tag[i + 1] == "X"
            and tokens.tag[i - 1] in "XD"
        ):
            tokens.tag[i] = "X"


def _tag_abbreviations(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> None:
    """The full stop of "Mr.", and of the initial in "George W. Tench", ends nothing: it is part of the name."""
    abbreviations = lexicon.lists["abbreviation"]
    for i in range(first + 1, last - 1):
        if tokens.word[i] != "." or tokens.end[i - 1] != tokens.start[i]:
            continue
        if tokens.low[i - 1] in abbreviations or _is_initial(tokens, i - 1, first):
            tokens.tag[i] = tokens.tag[i - 1] if tokens.tag[i - 1] in "wX" else "w"


def _is_initial(tokens: Tokens, i: int, first: int) -> bool:
    """Whether a letter stands for a name between a given name and a surname."""
    letter = len(tokens.word[i]) == 1 and tokens.word[i].isupper() and tokens.tag[i + 2] == "X"
    if not letter or i == first:
        return False
    following = tokens.word[i + 2]
    another = len(following) == 1 and tokens.word[i + 3 : i + 4] == ["."] and tokens.tag[i + 4 : i + 5] == ["X"]
    second = i - 2 >= first and tokens.word[i - 1] == "." and tokens.tag[i - 1] == "X" == tokens.tag[i - 2]
    return tokens.low[i - 1] in _GIVEN or another or (second and len(tokens.word[i - 2]) == 1)


def _tag_clocks(tokens: Tokens, first: int, last: int) -> None:
    """The colon of "23:15" is part of the hour."""
    for i in range(first + 1, last - 1):
        if (
            tokens.word[i] == ":"
            and tokens.tag[i - 1] == "#" == tokens.tag[i + 1]
            and tokens.end[i] == tokens.start[i + 1]
        ):
            tokens.tag[i] = "#"


def _is_name_inside(tokens: Tokens, i: int, first: int) -> bool:
    """Whether a listed word is written like a name in the middle of a sentence ("May", "Will")."""
    before = tokens.word[i - 1][0]
    inside = before.islower() or (before.isupper() and tokens.tag[i - 1] == "X" and i - 1 > first)
    return i > first and tokens.word[i][0].isupper() and inside


def _is_listed_noun(tokens: Tokens, i: int, known: str, lexicon: Lexicon) -> bool:
    """Whether a listed verb is a noun after an article or a preposition: "the cost", "in use"."""
    if known != "V" or i == 0 or lexicon.language != "en" or tokens.low[i] in lexicon.lists["auxiliary"]:
        return False
    return (
        tokens.low[i - 1] in _BEFORE_LISTED
        or tokens.low[i - 1] in _BEFORE_NOUNS
        or tokens.low[i - 1].endswith(("'s", "’s"))
    )


def _is_object(tokens: Tokens, i: int, first: int, lexicon: Lexicon) -> bool:
    """Whether a Spanish form that may be a noun is one right after a verb of saying: «prometió ayuda»."""
    return i > first and tokens.tag[i - 1] == "Q" and tokens.low[i] in _HOMOGRAPHS


_HOMOGRAPHS = words_of("nouns_like_verbs")
_BEFORE_LISTED = frozenset(["the", "a", "an", "its", "his", "their", "our", "my", "your"])


def _is_second_name(tokens: Tokens, i: int, first: int, lexicon: Lexicon) -> bool:
    """Whether a listed verb ends a name that begins the sentence ("Amity Watch"): no auxiliary, as in a headline."""
    if i == first:
        return False
    opens = i - 1 == first or tokens.tag[i - 2] in ".<"
    named = opens and tokens.word[i][0].isupper() and tokens.tag[i - 1] == "X" and not tokens.word[i].isupper()
    return named and tokens.low[i] not in lexicon.lists["auxiliary"] and tokens.low[i - 1] not in lexicon.lists["role"]


def _kind_of(word: str, low: str, lexicon: Lexicon) -> Kind:
    """What the lists say of a word wherever it stands: its tag, its form as a verb, and its class if neither holds."""
    form = lexicon.forms.get(low)
    if form is None and lexicon.language == "es" and (joined := _ENCLITIC.fullmatch(low)):
        form = lexicon.forms.get(joined[1])  # «Llegó a insinuarle que»
    return lexicon.tags.get(low), form, _open_class(word, low, lexicon.language == "es")


def _open_class(word: str, low: str, spanish: bool) -> str:
    """The class of a word that no list knows, by its first letter and its ending; "v" is a verb unless after "la"."""
    head = word[0]
    if head.isalpha() or head in "@#":
        if head.isupper() or head in "@#":
            return "X"
        if spanish and low not in _NOT_FINITE and _SPANISH_FINITE.fullmatch(low):
            return "v"
        return "A" if low.endswith("mente" if spanish else "ly") and low not in _NOT_ADVERBS else "w"
    if head.isdigit():
        return "#"
    if word in _DASHES:
        return "-"
    if len(word) > 1:
        return "."
    if word in "<>":
        return "*"
    return "." if word in ".!?…" else word


def _is_after_article(tokens: Tokens, i: int) -> bool:
    """Whether what looks like a verb is a noun after an article: «la llegada», and not «que las visitó»."""
    low = tokens.low
    if i == 0 or low[i - 1] not in _BEFORE_NOUNS_ONLY:
        return False
    if low[i - 1] in _CLITICS and low[i].endswith(_VERBAL):
        return False
    return not (i > 1 and low[i - 1] in _CLITICS and low[i - 2] in _BEFORE_CLITICS)


def _is_after_clitic(tokens: Tokens, i: int) -> bool:
    """Whether a pronoun before a word makes it a verb; «lo» may open a noun phrase, but for «lo enterré», «yo vi»."""
    own = tokens.low[i].endswith(("é", "í"))
    return tokens.tag[i - 1] == "O" or (tokens.low[i - 1] in ("lo", "yo") and own)


def _is_conjugated(low: str) -> bool:
    """Whether a word after «se», «le», «me» is a finite verb: nothing else stands there but infinitives of others."""
    return low.isalpha() and not low.endswith(("ar", "er", "ir", "ando", "iendo", "yendo", "ado", "ido"))


@cache
def _classes(language: Language) -> dict[str, Kind]:
    """The kinds of words met so far; it grows up to `WORDS_KEPT` and then stays."""
    return {}
