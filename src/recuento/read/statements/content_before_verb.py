"""The content that ends before its verb, and what of it goes on after the speaker."""

from __future__ import annotations

from itertools import pairwise

from recuento.read.sources.source_before import source_before
from recuento.read.sources.subjects import RELATIVES, subject_before
from recuento.read.statements.parenthetical import Parenthetical
from recuento.read.statements.sentence import has_clause
from recuento.read.text.tokens import Span
from recuento.read.text.verb_endings import is_long_infinitive

_ASKED = frozenset(["asked", "pressed", "questioned", "challenged"])


class ContentBeforeVerb(Parenthetical):
    """Finds the content that stands before its verb."""

    def _content_before(self, start: int, mark: int, quoted: bool) -> Span | None:
        """The content that ends at the mark before the verb."""
        tokens, end = self.tokens, mark
        if tokens.tag[mark] == ">" or (tokens.tag[mark] == "." and tokens.word[mark] != "."):
            end = mark + 1
        while end > start and tokens.tag[end - 1] in ",-":
            end -= 1
        while (
            start < end and tokens.tag[start] in ",-;C" and not (tokens.tag[start] == "C" and tokens.low[start] == "ni")
        ):
            start += 1
        if quoted and tokens.tag[end - 1] == ">":
            opening = tokens.partner[end - 1]
            verbal = tokens.tag[opening + 1] in "VQ" and opening - start <= 10
            short = (end - opening <= 4 and 0 < opening - start <= 6) or (verbal and opening > start)
            short = short and tokens.tag[opening - 1] in "wX#"
            if opening >= start and not has_clause(tokens, start, opening, least=1) and not short:
                start = opening
        if not quoted and self._is_adverbial(start, end):
            return None
        if quoted and self._is_told_of_subject(start, mark):
            return None
        if start >= end or not (quoted or self._is_whole(start, end) or has_clause(tokens, start, end)):
            return None
        if not quoted and tokens.tag[mark] == "," and self._is_only_subject(start, mark):
            return None
        return start, end

    def _is_adverbial(self, start: int, end: int) -> bool:
        """Whether nothing but an opening stands before the verb: «En este sentido, subrayó la demora», «Tras negar».

        Each part between commas must be one.
        """
        tags = self.tokens.tag
        if self._opens_with_verb_form(start):
            return True
        parts = [start, *(k + 1 for k in range(start, end) if tags[k] == ","), end + 1]
        return end > start and all(self._is_phrase(first, last - 1) for first, last in pairwise(parts))

    def _is_phrase(self, first: int, last: int) -> bool:
        """Whether a phrase of time or place stands there, without a verb: "hace un año", "in the same yard"."""
        tags, low = self.tokens.tag, self.tokens.low
        ago = low[first] in ("hace", "hacía") and self.lexicon.language == "es"
        return (tags[first] in "PAT" or ago) and not any(tags[k] in "VQ<" for k in range(first + ago, last))

    def _opens_with_verb_form(self, start: int) -> bool:
        """Whether the sentence opens with what its subject did besides: «Tras negar», "After denying"."""
        low, language = self.tokens.low, self.lexicon.language
        if low[start] in _ASKED and language == "en":
            return True  # "Asked whether he would resign, the governor said no."
        if self.tokens.tag[start] not in "PS" or low[start] == "de" or start + 1 >= self.end:
            return False
        return is_long_infinitive(low[start + 1]) if language == "es" else low[start + 1].endswith("ing")

    def _is_only_subject(self, start: int, mark: int) -> bool:
        """Whether all before the verb is its subject with something between commas: "El ministro, X, dijo"."""
        commas = [k for k in range(start, mark) if self.tokens.tag[k] == ","]
        if not commas or mark + 1 >= self.end:
            return False
        told = range(start + 1, commas[0] - 1)
        if any(self.tokens.low[k].endswith("ed") and self.tokens.tag[k + 1] in "#Dp" for k in told):
            return False
        if self.lexicon.language == "en" and self._has_main_verb(start, commas[0]):
            return False
        source = source_before(self.tokens, start, mark + 1, self.lexicon)
        if source is None:
            return False
        opening = self.tokens.tag[start : source[0]]
        return len(opening) <= 1 or (opening[0] in "PAT" and not any(tag in "VQ:;" for tag in opening))

    def _has_main_verb(self, start: int, end: int) -> bool:
        """Whether more verbs stand there than relative clauses that bring one: "a woman who gave birth is suing"."""
        tag = self.tokens.tag
        verbs = sum(tag[k] in "VQ" and tag[k - 1] not in "VQAG" for k in range(start + 1, end))
        return verbs > sum(tag[k] in "RS" for k in range(start, end))

    def _is_told_of_subject(self, start: int, mark: int) -> bool:
        """Whether a quotation stands in a relative clause of the subject: «El preso, que se dice "loco", pidió»."""
        tokens = self.tokens
        if self.lexicon.language != "es" or tokens.tag[mark] != "," or tokens.tag[start] == "<":
            return False
        opening = tokens.partner.get(mark - 1, start)
        relative = any(tokens.low[k] in RELATIVES for k in range(start + 1, opening))
        return relative and subject_before(tokens, start, mark + 1, self.lexicon) == (start, mark)

    def _is_whole(self, start: int, end: int) -> bool:
        """Spanish present tenses are not told by their endings: any words that begin the sentence will do."""
        return self.lexicon.language == "es" and start - self.first <= 1 and end - start >= 2

    def _content_goes_on(self, place: int, quoted: bool, whole: bool = True) -> list[Span]:
        """What follows the source after a comma, when the content was only interrupted.

        `whole` tells that what stands before is a clause already: else a verb goes on with it.
        """
        tokens, k = self.tokens, place
        while k < self.end and k - place < 14 and tokens.tag[k] not in ",-:<.;":
            k += 1
        if k >= self.end or k + 1 >= self.end:
            return []
        if tokens.tag[k] == "<" and quoted:
            return [(k, self.end)]
        if tokens.tag[k] not in ",-:;.":
            return []
        after = k + 1
        while after < self.end and tokens.tag[after] in ",-.":
            after += 1
        if after >= self.end:
            return []
        if quoted:
            opening = next((m for m in range(after, min(self.end, after + 4)) if tokens.tag[m] == "<"), None)
            return [(opening, self.end)] if opening is not None else []
        if (
            tokens.tag[after] in ("SRP" if whole else "SR")
            or tokens.low[after] in ("quien", "who", "que", "which")
            or (tokens.form[after] is not None and whole)
        ) and tokens.tag[k] != "-":
            return []
        if tokens.tag[after] == "C" and (self._another_speaks(after + 1) or self._speaks_itself(after + 1)):
            return []
        dashed = tokens.tag[k] == "-" and self.end - after >= 3 and self.first < after
        return [(after, self.end)] if dashed or has_clause(tokens, after, self.end) else []

    def _another_speaks(self, start: int) -> bool:
        """Whether somebody else says what follows: "officials said, but relatives say that shots were heard"."""
        cue = next((k for k in range(start + 1, self.end) if self.tokens.tag[k] in "VQ"), None)
        form = self.tokens.form[cue] if cue is not None else None
        if cue is None or form is None or not self._is_speaking(cue, form):
            return False
        if self._is_relative(self._before_verb(self._verb_begin(cue))):
            return False
        chosen = self._with_complement(cue, form)
        return chosen is not None and chosen[1].frame != "object"

    def _around_verb(self, start: int, mark: int, after: int) -> list[Span]:
        """What a verb alone between commas interrupts: «Vio, dijo, paredes rotas», «Los copió, explicó, de allí»."""
        tokens = self.tokens
        closed = after + 2 < self.end and tokens.tag[mark] == "," == tokens.tag[after]
        if not closed or tokens.tag[after + 1] in "CR" or self._is_only_subject(start, mark):
            return []
        while start < mark and tokens.tag[start] in ",-;C":
            start += 1
        return [(start, mark), (after + 1, self.end)] if start < mark else []
