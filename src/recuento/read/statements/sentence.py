"""One sentence as the rules see it: its reporting verbs, and what their forms tell about their use."""

from __future__ import annotations

from recuento.read.complements.complements import complement_after
from recuento.read.readings import Complement, Reading
from recuento.read.sources.joined_clause import joined_clause
from recuento.read.sources.source_before import source_before
from recuento.read.text.count_words import count_words
from recuento.read.text.lexicon import Form, Lexicon, Verb, words_of
from recuento.read.text.tokens import Span, Tokens
from recuento.values.number_words import number_starts

_ARTICLES = words_of("articles")
_NEGATIONS = frozenset(["no", "not", "nunca", "jamás", "tampoco", "never", "ni", "nor", "neither"])
_HOW_MANY = frozenset(["how", "cuántos", "cuántas", "cuanto", "cuánto"])
"""What is not said then is itself worth knowing: a number that is withheld."""
_LEFT_OPEN = frozenset(["descartar", "rule", "dudar", "doubt", "excluir"])
_SHOULD = frozenset(["should", "must", "could", "might", "may"])
_ONLY = frozenset(["solo", "sólo", "solamente", "only", "just", "obstante"])
_HAVE = frozenset(["has", "have", "had", "having"])
_ONE = frozenset(["un", "una", "uno", "a", "one"])
_CLAIMS = words_of("claims")
_TURNING_DOWN = frozenset(["rechazar", "reject", "dismiss", "challenge"])
_ASKING = words_of("asking_nouns")
_RELAYING = words_of("relaying")
_HIS = frozenset(["his", "her", "their", "its", "our", "my", "su", "sus"])
_DOCUMENTS = words_of("documents")
_OF_DEEDS = frozenset(["anunciar", "proponer", "sugerir", "lamentar"])
"""Spanish verbs that need no number: what they govern is done or to be done, «anunció la construcción de un patio»."""
_NEW = frozenset(["a", "an"])
_VOICED = words_of("voiced")
_HEARING = words_of("hearing_bodies")
_ERRANDS = words_of("errands")
_LETTERS = words_of("letters")
_REACH = 12
"""Tokens between a verb of writing and what is written for: whom it reaches stands there."""
_HEARD = frozenset(["heard", "hear", "saw", "watched"])
_OVERHEARD = ("oy", "oí", "escuch")
_ERRAND = 9
"""Tokens between going somewhere and what is said there."""
_HEARSAY = words_of("hearsay_verbs") | words_of("supposedly_said")
"""Spanish verbs with which «se» speaks of nobody in particular; with others it is reflexive or passive."""


_WHATEVER = words_of("whatever")
"""Verbs whose noun phrase is what somebody said, whatever it is: "announced a march", "attributed it to the heat"."""
_AGENTS = {
    "es": ("dor", "dora", "dores", "doras", "ista", "istas", "ólogo", "óloga", "ólogos", "ólogas"),
    "en": ("tor", "tors", "ist", "ists", "ologist", "men", "women", "man", "woman", "ee", "ees"),
}
"""Endings of nouns that name people by what they do: "interrogators", «colaboradores»."""
_OFFERING = frozenset(["offer", "ofrecer"])
_OFFERED = words_of("offered")
"""What is offered by saying so: "offered safe passage"; a shop that offers bread has said nothing."""
_UPHELD = frozenset(
    ["condena", "sentencia", "fallo", "pena", "prisión", "nombramiento", "auto", "resolución", "absolución"]
)
_AFTER = frozenset(["después", "luego", "antes", "pesar", "hecho"])
_NOUNS = frozenset(["informe", "reporte", "apunte"])
"""Subjunctives that are nouns: «el último informe contabilizó»."""
_FAR = 100
"""Tokens after an interrupting source in which the clause around goes on: time must not grow with the square."""


class Sentence:
    """A sentence between two tokens. `base` is the depth of quotation at which its own verbs stand.

    `inside` is true of what somebody says, in quotation marks or not; `asked` of what somebody asks to be done.
    `earlier` is the subject of the clause before a semicolon that ends right before it.
    `voiced` is true of somebody's own words, in quotation marks, after a raya, in a post or an answer.
    `subject` is that of its first verb, where it stands before an interruption: "The warden, she said, | told her".
    """

    def __init__(
        self,
        tokens: Tokens,
        first: int,
        last: int,
        lexicon: Lexicon,
        *,
        inside: bool = False,
        asked: bool = False,
        subject: Span | None = None,
        voiced: bool = False,
        earlier: Span | None = None,
    ) -> None:
        self.earlier = earlier
        self.inside, self.asked, self.subject, self.voiced = inside, asked, subject, voiced
        self.tokens, self.first, self.last, self.lexicon = tokens, first, last, lexicon
        self.base = min(tokens.depth[first:last], default=0)
        self.end = self._end()
        self.base = min(tokens.depth[first : self.end], default=0)
        self.cues = [k for k in range(first, self.end) if tokens.form[k] is not None and tokens.depth[k] == self.base]
        self.voiced = voiced or self.base > 0
        self.readings: list[Reading] = []

    def _end(self) -> int:
        last = self.last
        while last > self.first and self.tokens.tag[last - 1] in ".;" and self.tokens.depth[last - 1] == self.base:
            last -= 1
        return last

    def _is_free(self, token: int) -> bool:
        """Whether no reading of this depth has used the token."""
        return not any(
            reading.covers(token)
            or (reading.source is not None and reading.source[0] <= token < reading.source[1])
            or (reading.cue is not None and reading.cue[0] <= token < reading.cue[1])
            for reading in self.readings
        )

    def _particles_follow(self, cue: int, verb: Verb) -> bool:
        return all(self.tokens.low[cue + 1 + n : cue + 2 + n] == [word] for n, word in enumerate(verb.particles))

    def _with_complement(self, cue: int, form: Form) -> tuple[Verb, Complement] | None:
        joined = self._next_clause(cue)
        for verb in form.verbs:
            if self._particles_follow(cue, verb):
                complement = complement_after(self.tokens, cue, joined, verb, self.lexicon)
                if complement is not None and self._may_take(verb, complement):
                    return verb, complement
        return None

    def _next_clause(self, cue: int) -> int:
        """Where a Spanish clause ends whose verb has an object, before another with its own subject; else the end."""
        joined = joined_clause(self.tokens, self.first, cue, self.end) if self.lexicon.language == "es" else None
        return self.end if joined is None else joined

    def _may_take(self, verb: Verb, complement: Complement) -> bool:
        """A noun phrase is content where it is demanded, or where it names something that is counted."""
        if verb.lemma in _OFFERING:
            near = range(complement.start, min(self.end, complement.start + 5))
            if complement.frame == "infinitive":
                return True
            return complement.frame == "object" and any(
                self.tokens.low[k] in _OFFERED or "%" in self.tokens.low[k] for k in near
            )
        if (
            complement.frame != "object"
            or verb.frames & {"a", "z", "c", "y", "s", "g"}
            or verb.kind in ("demand", "promise", "warn", "admit")
            or verb.lemma in _WHATEVER
            or verb.particles == ("por",)
            or verb.lemma in ("explicar", "justificar")
            or (verb.lemma == "creer" and self._is_judged(complement.start))
            or (verb.lemma == "contar" and self._is_number(complement.start))
        ):
            return True
        of_it = {"m", "k"} <= verb.frames
        if of_it and "<" in self.tokens.tag[complement.start + 1 : complement.start + 3]:
            return True
        if of_it and self.tokens.low[complement.start] == "de":
            return True  # «Habla de un cortocircuito», see counted_objects.py.
        if verb.kind == "deny":
            return verb.lemma not in _TURNING_DOWN or self._is_claim(complement.start)
        words, low = count_words(self.lexicon.language), self.tokens.low
        if low[complement.start] == "this" and self.tokens.tag[complement.start + 1 : complement.start + 2] in (
            ["P"],
            ["T"],
            ["."],
            [","],
        ):
            return verb.kind in ("say", "show")  # "Disclosed this on Thursday": what was said before.
        if verb.lemma == "announce" and low[complement.start] in _NEW:
            return True
        deed = verb.lemma in _OF_DEEDS or (verb.kind == "accuse" and verb.language == "es")
        if deed and self.tokens.tag[complement.start] in "Dp":
            return True
        if verb.lemma == "denunciar" and self.tokens.tag[complement.start] == "w":
            return True  # «Denunciaron golpizas»
        if verb.lemma == "confirmar" and self.tokens.tag[complement.start] in "Dp":
            # «Confirmó el acuerdo», and no court that upholds.
            return _UPHELD.isdisjoint(low[complement.start + 1 : complement.start + 2])
        if any(low[k] in _VOICED for k in range(complement.start, min(self.end, complement.start + 3))):
            return verb.kind in ("say", "accuse")
        if verb.kind == "accuse" and any(
            self.tokens.tag[k] == "<" for k in range(complement.start, min(self.end, complement.start + 4))
        ):
            return True
        start = complement.start
        if low[start] in _HIS and not _ASKING.isdisjoint(low[start + 1 : min(self.end, start + 4)]):
            return False  # Their own demand is read with its noun (see nominal.py).
        told = _CLAIMS | _ASKING if verb.lemma in _RELAYING else _CLAIMS
        reach = 4 if verb.lemma in _RELAYING else 2
        if any(low[k] in told for k in range(complement.start, min(self.end, complement.start + reach))):
            return verb.kind in ("show", "say")
        if verb.lemma in _RELAYING:
            return False
        numerals = number_starts(self.lexicon.language)
        return any(
            low[k] in words.event
            or low[k] in words.who
            or self.tokens.tag[k] == "#"
            or (k - complement.start < 3 and low[k] in numerals and low[k] not in _ONE)
            for k in range(complement.start, min(self.end, complement.start + 12))
        )

    def _is_judged(self, k: int) -> bool:
        """«Cree improbable que pertenezcan»: what is believed of a clause."""
        return self.tokens.tag[k] == "w" and self.tokens.low[k + 1 : k + 2] == ["que"]

    def _is_number(self, k: int) -> bool:
        numerals = number_starts(self.lexicon.language)
        return self.tokens.tag[k] == "#" or (self.tokens.low[k] in numerals and self.tokens.low[k] not in _ONE)

    def _is_claim(self, start: int) -> bool:
        """Whether what is rejected is something said, and not something asked: "rejected the figures", «la versión»."""
        low = self.tokens.low
        near = range(start, min(self.end, start + 5))
        return any(low[k] in _CLAIMS for k in near) or any(self.tokens.tag[k] == "<" for k in near)

    def _verb_begin(self, cue: int) -> int:
        """Where the verb begins with its auxiliaries: «ha dicho», "has said"."""
        k = cue
        while k > self.first and (
            self.tokens.low[k - 1] in self.lexicon.lists.get("have", _HAVE)
            or self.tokens.tag[k - 1] in "OG"
            or (self.tokens.low[k - 1] in ("le", "les", "se", "lo", "me", "nos"))
        ):
            k -= 1
        if (
            k - 1 > self.first
            and self.tokens.low[k - 1] in ("la", "los", "las")
            and self.tokens.tag[k - 2] in ",>-"
            and self.tokens.low[cue].endswith(("ó", "aron", "ieron"))
        ):
            k -= 1  # «..., la retó»
        return k

    def _is_denied(self, cue: int, form: Form) -> bool:
        """Whether nothing is said: «no confirmó», "would not say". What is not denied or ruled out is left open."""
        verb = form.verbs[0]
        if verb.kind in ("deny", "accuse", "believe") or verb.lemma in _LEFT_OPEN:
            return False
        tokens, k = self.tokens, cue - 1
        if not _HOW_MANY.isdisjoint(tokens.low[cue + 1 : min(self.end, cue + 5)]):
            return False
        while k >= self.first and cue - k < 6 and tokens.tag[k] in "GAOV":
            low = tokens.low[k]
            if low in _NEGATIONS or low.endswith(("n't", "n’t")):
                return tokens.low[k + 1] not in _ONLY and tokens.low[k - 1 : k] not in (["si"], ["if"], ["why"])
            k -= 1
        return False

    def _before_verb(self, begin: int) -> int:
        k = begin - 1
        while k >= self.first and self.tokens.tag[k] in "AGO":
            k -= 1
        return k

    def _is_relative(self, k: int) -> bool:
        """Whether the pronoun before the verb stands for a noun: ", quien dijo que", "who said that"."""
        tokens = self.tokens
        if k <= self.first:
            return tokens.tag[k] == "R"
        if tokens.tag[k] == "R":
            return tokens.low[k] not in ("donde", "where", "which", "whose", "cuyo", "cuya", "cuyos", "cuyas")
        return tokens.low[k] in ("que", "that") and tokens.tag[k - 1] in "wX,)" and tokens.form[k - 1] is None

    def _is_speaking(self, cue: int, form: Form) -> bool:
        """Whether the form at `cue` is a verb in use, neither noun nor passive nor bare infinitive."""
        tokens = self.tokens
        before = tokens.low[cue - 1] if cue > self.first else ""
        if self._is_denied(cue, form):
            return False
        verbal = form.feature == "inf" if before == "al" else before in ("unos", "unas")
        if (before in _ARTICLES and not verbal) or (before.endswith(("'s", "’s")) and "n" in form.verbs[0].frames):
            return False
        if self.lexicon.language == "en":
            return self._is_speaking_english(cue, form, before)
        if form.feature == "part" and before in ("sido", "siendo"):
            return False
        if form.feature == "part":
            having = [k for k in range(max(self.first, cue - 3), cue) if tokens.low[k] in self.lexicon.lists["have"]]
            return bool(having) and not self._is_past_infinitive(having[0])
        if form.feature == "inf":
            return self._is_adverbial_infinitive(cue)
        if form.feature == "sub":
            return self._is_told_in_subjunctive(cue)
        if cue > self.first and tokens.tag[cue - 1] == "V" and before not in self.lexicon.lists["have"]:
            opening = tokens.low[self.first : self.first + 2]
            free = opening[:1] in (["quien"], ["quienes"]) or opening[1:] == ["que"]
            if not free and not self._ends_relative(cue - 1):
                return False
        if before in ("cabe", "sin", "con", "de", "por", "en", "más", "menos", "tan", "muy"):
            return False
        if form.feature == "2s":
            return self.base > 0 and "n" not in form.verbs[0].frames
        return form.feature in ("1s", "1p", "3s", "3p", "ger")

    def _ends_relative(self, verb: int) -> bool:
        """Whether a relative clause of its subject ends in a verb: «El médico que los atendió | explicó que»."""
        tokens, k = self.tokens, verb - 1
        while k > self.first and (tokens.tag[k] in "OGA" or tokens.low[k] in ("lo", "la", "los", "las")):
            k -= 1
        return k > self.first and tokens.low[k] in ("que", "quien", "quienes") and tokens.tag[k - 1] in "wXN,"

    def _is_past_infinitive(self, k: int) -> bool:
        """«Por no | haber denunciado», «después de haber pedido»: a circumstance, in which nothing is said."""
        before = k - 1 - (k > self.first and self.tokens.tag[k - 1] == "G")
        return self.tokens.low[k] == "haber" and before > self.first and self.tokens.low[before] in ("de", "por", "sin")

    def _is_said_by_several(self, cue: int) -> bool:
        """Whether those who say it follow "say": "nine are dead, | say the guards"; not "of, say, nine"."""
        tokens, form = self.tokens, self.tokens.form[cue]
        said = form is not None and form.verbs[0].lemma == "say" and cue + 1 < self.end
        return said and tokens.tag[cue - 1] in ",-" and tokens.tag[cue - 2] != "P" and tokens.tag[cue + 1] in "DpwX#"

    def _is_told_in_subjunctive(self, cue: int) -> bool:
        """Whether a subjunctive tells what was said: «criticó que lo niegue», «luego de que el fiscal concluyera que».

        What is asked, and what stands in a condition, has not been said.
        """
        tokens = self.tokens
        if tokens.low[cue] in _NOUNS or self.base > 0:
            return False
        for k in range(cue - 1, self.first, -1):
            if tokens.tag[k] in "VQ.;:" or (tokens.tag[k] in "SR" and tokens.low[k] != "que"):
                return False
            if tokens.low[k] == "que":
                return tokens.low[k - 1] == "de" and tokens.low[k - 2] in _AFTER
        return self.inside and not self.asked and tokens.low[self.first] == "que"

    def _is_adverbial_infinitive(self, cue: int) -> bool:
        """Whether an infinitive tells what its subject said beside: «al asegurar que», «tras concluir que»."""
        low, k = self.tokens.low, cue - 1
        if self._went_to(cue) is not None or self._heard(cue) is not None:
            return True
        if k <= self.first or low[k] in ("al", "tras"):
            return k >= self.first
        return low[k] == "de" and low[k - 1] in _AFTER

    def _heard(self, cue: int) -> Span | None:
        """Whom somebody heard say it: «oyó a | un oficial | ordenar que»."""
        tokens, k = self.tokens, cue
        if self.lexicon.language != "es":
            return None
        while k > self.first and cue - k < _ERRAND and tokens.tag[k - 1] in "DwXp":
            k -= 1
        at = k - 1
        if k == cue or at <= self.first or tokens.low[at] not in ("a", "al"):
            return None
        return (k, cue) if tokens.low[at - 1].startswith(_OVERHEARD) else None

    def _went_to(self, cue: int) -> int | None:
        """The Spanish verb with which somebody comes to speak: «salió a decir», «la llamó para avisarle»."""
        tokens, k = self.tokens, cue - 1
        if k <= self.first or tokens.low[k] not in ("a", "para") or self.lexicon.language != "es":
            return None
        while k > self.first and cue - k < _ERRAND and tokens.tag[k - 1] in "DwXPpO":
            k -= 1
        return k - 1 if tokens.low[k - 1] in _ERRANDS else None

    def _is_speaking_english(self, cue: int, form: Form, before: str) -> bool:
        tokens, lists = self.tokens, self.lexicon.lists
        k = self._before_verb(cue)
        previous = tokens.low[k] if k >= self.first else ""
        if previous in lists["be"] and form.feature in ("past", "part"):
            return False
        if form.feature == "ger" and before in ("in", "by") and form.verbs[0].lemma == "write":
            return False
        if form.feature == "base":
            if previous == "to":
                return self._errand(cue) is not None
            if before in ("of", "in", "for", "with"):
                return False
            if previous in lists["modal"] or previous in ("do", "did", "don't", "didn't", "does"):
                polite = previous == "would" and tokens.low[k - 1] in ("i", "we")
                return polite or (previous not in _SHOULD and (previous != "would" or "n" not in form.verbs[0].frames))
            return (
                tokens.tag[k] in "NRDC>)"
                or (form.verbs[0].lemma in ("say", "tell") and tokens.tag[k] in "wX")
                or previous.endswith(("s", "men"))
                or previous in ("people", "police")
                or (previous in ("rest", "majority", "others", "both") and form.verbs[0].kind != "believe")
                or previous in lists["unnamed"]
                or self._is_of_several(cue)
                or self._is_said_by_several(cue)
                or self._is_heard(cue)
            )
        if form.feature == "part" and before in ("sido", "siendo"):
            return False
        if form.feature == "part":
            return previous in _HAVE or previous.endswith(("'ve", "'d"))
        return True

    def _errand(self, cue: int) -> int | None:
        """The verb with which somebody comes to speak: "rang to say", "went on to say"."""
        k = cue - 2
        if k <= self.first or self.tokens.low[cue - 1] != "to":
            return None
        if self.tokens.low[k] == "on":
            return k - 1 if self.tokens.low[k - 1] in ("go", "goes", "went", "gone", "going") else None
        return k if self.tokens.low[k] in _ERRANDS else self._letter_before(cue - 1)

    def _letter_before(self, k: int) -> int | None:
        """The verb of writing or calling before whom it reaches: "had written | to the board | to warn that"."""
        tokens, last = self.tokens, k
        while k > self.first + 1 and last - k < _REACH and tokens.tag[k - 1] in "DXwpPTAON#":
            k -= 1
            if tokens.low[k] in _LETTERS:
                return k
        k -= 1
        written = k > self.first and tokens.low[k] in _LETTERS and tokens.low[k + 1] not in ("for", "on", "upon")
        return k if written else None

    def _is_heard(self, cue: int) -> bool:
        """Whether somebody is heard to say it: "she heard | a guard | tell them"."""
        k = cue
        while k > self.first and cue - k < 6 and self.tokens.tag[k - 1] in "DXwpON#":
            k -= 1
        return k > self.first and k < cue and self.tokens.low[k - 1] in _HEARD

    def _is_of_several(self, cue: int) -> bool:
        """Whether the subject of a bare form is a plural: "prisoners of Sector F at Grey Point ask"."""
        source = source_before(self.tokens, self.first, cue, self.lexicon)
        if source is None:
            return False
        heads = (k for k in range(*source) if self.tokens.tag[k] in "wX")
        ends = next((k for k in range(*source) if self.tokens.tag[k] in "P,R" and k > source[0]), source[1])
        last = max((k for k in heads if k < ends), default=source[0])
        return self.tokens.low[last].endswith("s") and not self.tokens.low[last].endswith("ss")

    def _is_impersonal(self, begin: int, cue: int, verb: Verb) -> bool:
        """ "It is rumoured that", «se dice que»."""
        tokens = self.tokens
        if self.lexicon.language == "es":
            form = tokens.form[cue]
            if verb.lemma == "trascender":
                return form is not None and form.is_finite
            near = range(max(self.first, cue - 3), cue)
            return (
                form is not None
                and form.is_finite
                and verb.lemma in _HEARSAY
                and any(tokens.low[k] == "se" and tokens.tag[k] == "O" and self._is_joined(k, cue) for k in near)
            )
        k = self._before_verb(cue)
        spoken = tokens.form[cue]
        if spoken is not None and spoken.feature == "ger":
            return False
        if k <= self.first or tokens.low[k] not in self.lexicon.lists["be"]:
            return False
        while k > self.first and tokens.tag[k - 1] in "VA":
            k -= 1
        return tokens.low[k - 1] == "it"

    def _is_joined(self, pronoun: int, cue: int) -> bool:
        """Whether nothing but its auxiliaries parts a verb from its pronoun: «se ha dicho», and not «se fue y dijo»."""
        have = self.lexicon.lists["have"]
        return all(self.tokens.tag[k] in "OGA" or self.tokens.low[k] in have for k in range(pronoun + 1, cue))

    def _relative_around(self, cue: int, place: int) -> list[Span] | None:
        """«El candidato, quien, según los analistas, podría ganar»: a relative clause that the source interrupts.

        Only that clause is said: its pronoun, and what follows the source up to the verb of the clause around it.
        """
        tokens, pronoun = self.tokens, cue - 2
        if self.lexicon.language != "es" or pronoun <= self.first or place + 1 >= self.end:
            return None
        if tokens.tag[cue - 1] != "," or tokens.tag[place] != "," or tokens.depth[pronoun] != self.base:
            return None
        low, before = tokens.low[pronoun], tokens.tag[pronoun - 1]
        if not (low in ("quien", "quienes") or (low == "que" and before in "wX,")):
            return None
        if low == "que" and any(tokens.tag[k] in "VQ" for k in range(max(self.first, pronoun - 3), pronoun)):
            return None  # «Dijo ayer que, según X», «es probable que, según X»: it is no pronoun.
        far = min(self.end - 1, place + _FAR)
        verb = next((k for k in range(place + 1, far) if tokens.tag[k] in "VQ"), far)
        last = next((k for k in range(verb + 1, far) if self._closes_relative(k)), self.end)
        return [(pronoun, pronoun + 1), (place + 1, last)]

    def _opens_clause(self, k: int) -> bool:
        """Whether the token, or the one before a comma there, is a conjunction inside the sentence."""
        k -= k > self.first and self.tokens.tag[k] in ",<"
        return k > self.first and (self.tokens.tag[k] in "SR" or self.tokens.low[k] == "que")

    def _lies_in(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a reading belongs to the content of a later one, and is read again there."""
        return start <= (reading.cue or reading.content[0])[0] < end

    def _closes_relative(self, k: int) -> bool:
        """Whether a comma and the verb of the clause around come next: «..., que, según X, mintió, | fue detenido»."""
        tokens = self.tokens
        return tokens.tag[k] == "," and tokens.tag[k + 1] in "VQ" and tokens.depth[k] == self.base

    def _is_somebody(self, source: Span) -> bool:
        """Whether a noun phrase names somebody who can speak: a name, a role, a body, people, a document."""
        tokens, lists, who = self.tokens, self.lexicon.lists, count_words(self.lexicon.language).who
        return any(
            tokens.tag[k] in "XNR>"
            or tokens.low[k] in who
            or tokens.low[k] in _DOCUMENTS
            or tokens.low[k].endswith(_AGENTS[self.lexicon.language])
            or any(tokens.low[k] in lists[name] for name in ("role", "organisation", "unnamed", "woman", "self"))
            for k in range(source[0], min(source[1], source[0] + 6))
        )

    def _is_hearing(self, source: Span) -> bool:
        """Whether a court or a committee hears it: "the court heard" tells that somebody said it there."""
        return not _HEARING.isdisjoint(self.tokens.low[source[0] : source[1]])

    def _is_time(self, k: int) -> bool:
        return self.tokens.tag[k] == "T" or (k + 1 < self.end and self.tokens.tag[k + 1] == "T")


def has_clause(tokens: Tokens, first: int, last: int, least: int = 2) -> bool:
    """Whether the tokens look like a sentence of their own: a finite verb, or a quotation, and enough words."""
    words = verbs = 0
    for k in range(first, last):
        tag = tokens.tag[k]
        if tag in "VQ<" or (tag == "w" and tokens.low[k].endswith(("ed", "'s", "n't"))):
            verbs += 1
        if tag in "wXVQNTD#A":
            words += 1
    return verbs >= 1 and words >= least


def has_content(tokens: Tokens, first: int, last: int) -> bool:
    """Whether at least two words that carry meaning stand there."""
    return sum(1 for k in range(first, last) if tokens.tag[k] in "wXVQ#") >= 2
