"""Where a noun phrase that is what somebody says ends inside its sentence."""

from __future__ import annotations

from recuento.read.statements.sentence import Sentence
from recuento.read.text.lexicon import words_of

_MEANWHILE = frozenset(["before", "after", "while", "by", "without"])
"""Words with which the speaker goes on to what they said besides: "demanded money | before telling her that"."""
_THIS = frozenset(["this", "it"])
_WHAT_WAS_SAID = words_of("what_was_said")
_CONTRASTS = words_of("contrasts")
_CLITICS = frozenset(["lo", "la", "los", "las"])


class ObjectEnd(Sentence):
    """Finds the end of a thing that is demanded, denied or called so, and of what somebody is to do."""

    def _object_end(self, start: int, end: int, is_thing: bool = True, *, is_demanded: bool = False) -> int:
        """A noun phrase ends at a semicolon, and before what its speaker did beside: ", calling it a novel"."""
        tokens = self.tokens
        if (
            is_thing
            and tokens.low[start] in _WHAT_WAS_SAID
            and tokens.tag[start + 1 : end]
            and (tokens.tag[start + 1] == "," or (tokens.tag[start + 1] in "PT" and tokens.low[start] in _THIS))
        ):
            return start + 1
        for k in range(start, end - 1):
            next_act = self._is_next_act(start, k) if is_thing else self._is_finite_again(start, k)
            if next_act or (not is_demanded and self._is_other_clause(start, k)):
                return k
            if is_thing and k > start and tokens.tag[k] == "C" and self._is_clause_of_its_own(k + 1):
                return k
            if tokens.low[k] in _MEANWHILE and tokens.tag[k + 1] == "q" and k > start + 1:
                return k
            if tokens.depth[k] != self.base or tokens.tag[k] not in ",;:":
                continue
            if (
                tokens.tag[k] == ":"
                and k > start + (tokens.tag[start] not in "wX")
                and tokens.tag[k + 1] != "<"
                and any(tokens.tag[m] in "VQ" for m in range(k, end))
            ):
                return k
            spoken = self.lexicon.language == "es" and tokens.tag[k + 1] == "Q" and not self._opens_clause(k)
            if tokens.tag[k] == "," and tokens.low[k + 1] == "then" and k + 2 < end and self._is_past(k + 2):
                return k  # "Denied holding the figures, | then supplied them".
            told = is_thing and not is_demanded and tokens.tag[k] == "," and k + 3 < end
            if told and self._tells_by_pronoun(k + 1):
                return k  # "Blamed the contractor, | which blames the ministry".
            if tokens.tag[k] == "," and tokens.low[k + 1] in _CONTRASTS and tokens.low[k + 1] not in ("que", "sino"):
                return k
            doing = spoken or tokens.low[k + 1].endswith(
                ("ing",) if self.lexicon.language == "en" else ("ando", "iendo")
            )
            listed = is_thing and tokens.low[start].endswith("ing")  # "Recommends closing two wings, capping numbers".
            stops = tokens.tag[k] == ";" and not self._is_item(k)
            if stops or (doing and not listed and tokens.tag[k + 1] in "wqQ"):
                return k
        return end

    def _tells_by_pronoun(self, k: int) -> bool:
        """Whether "which" or "who" at `k` says something itself, or what "they" say of it."""
        tokens = self.tokens
        if tokens.low[k] not in ("which", "who") or self.lexicon.language == "es":
            return False
        verb = k + 1 + (tokens.tag[k + 1] in "NA")
        form = tokens.form[verb] if verb < self.end else None
        if any(tokens.tag[m] == "," and tokens.low[m + 1] in ("as", "to") for m in range(verb, self.end - 1)):
            return False  # "Called for the jail, which holds 600, to be closed".
        return form is not None and form.feature in ("past", "3s", "base") and not form.openers

    def _is_past(self, k: int) -> bool:
        """Whether an English past form stands there, known or not."""
        return self.lexicon.language == "en" and (self.tokens.tag[k] in "VQ" or self.tokens.low[k].endswith("ed"))

    def _is_clause_of_its_own(self, k: int) -> bool:
        """Whether a clause begins that no noun phrase is joined to: "asked for the list | and they sent me menus"."""
        tokens = self.tokens
        clause = (
            self.lexicon.language == "en" and k + 1 < self.end and tokens.tag[k] == "N" and tokens.tag[k + 1] in "VQ"
        )
        return clause and tokens.depth[k] == self.base

    def _is_item(self, k: int) -> bool:
        """Whether a semicolon parts the lines of a list."""
        after = k + 1 + (self.tokens.tag[k + 1] == "C" and k + 2 < self.end)
        return "\n" in self.tokens.text[self.tokens.end[after - 1] : self.tokens.start[after]]

    def _is_next_act(self, start: int, k: int) -> bool:
        """Whether "and" joins what the speaker did next: "asked for 214 beds | and got forty"."""
        tokens = self.tokens
        if self.lexicon.language == "es":
            other = any(tokens.tag[m] in "VQRS" and tokens.tag[m - 1] != "D" for m in range(start, k))
            return k > start and self._is_next_verb(k) and not other  # «La falta de personal | y han»: a noun.
        joined = tokens.low[k] == "and" and tokens.depth[k] == self.base
        if not joined or tokens.tag[k + 1] not in "VQ" or k == start:
            return False
        return not any(tokens.tag[m] in "VQRS" for m in range(start, k))

    def _is_finite_again(self, start: int, k: int) -> bool:
        """Whether a finite verb after "and" cannot go on with an infinitive: "ordered them to keep it | and wants"."""
        tokens = self.tokens
        joined = tokens.low[k] == "and" and tokens.depth[k] == self.base and self.lexicon.language == "en"
        if not joined or "to" not in tokens.low[start : start + 2]:
            return False
        after = k + 1 + (tokens.tag[k + 1] == "A" or tokens.low[k + 1] == "then")
        if tokens.tag[after : after + 1] == ["N"] and tokens.tag[after + 1 : after + 2] in (["V"], ["Q"]):
            return True
        if tokens.tag[k + 1] not in "VQ":
            return False
        if any(tokens.tag[m] in "RS" for m in range(start + 1, k)):
            return False
        form = tokens.form[k + 1]
        return form.feature == "3s" if form is not None else tokens.low[k + 1].endswith("s")

    def _is_other_clause(self, start: int, k: int) -> bool:
        """ "Begged for water | and that a deputy laughed": "and that" goes on with what is said around."""
        tokens = self.tokens
        joined = tokens.tag[k] == "C" and tokens.low[k + 1] in ("that", "que") and tokens.depth[k] == self.base
        return joined and not any(tokens.low[m] in ("that", "que", "who", "which") for m in range(start, k))

    def _is_next_verb(self, k: int) -> bool:
        """Whether a finite verb follows a Spanish "and", or a comma in one's own words: «colchones | y no llegaron»."""
        tokens, verb = self.tokens, k + 1
        joined = tokens.low[k] in ("y", "e") or (tokens.tag[k] == "," and self.voiced)
        while verb < self.end - 1 and (tokens.tag[verb] in "GO" or tokens.low[verb] in _CLITICS):
            verb += 1
        return joined and tokens.tag[verb] in "VQ" and tokens.depth[k] == self.base
