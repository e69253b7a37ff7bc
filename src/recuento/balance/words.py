"""Bounds, proofs and conflicts in words that can be quoted, in Spanish and English.

Nothing here decides anything: it reads results that have been verified. Names of speakers come from `speaker`, so
that whoever publishes decides how each is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from recuento.balance.dates import day_words
from recuento.model.balance import Bound, Conflict, ConflictKind, LineKind, Proof, ProofLine, Question
from recuento.model.claim import Claim
from recuento.model.ledger import Ledger
from recuento.model.measure import Vocabulary
from recuento.values.bilingual import Language
from recuento.values.quantity import Number, Quantity

Speaker = Callable[[Claim], str]
"""What a page calls the speaker of a claim."""

_MINUS = "−"
_HOW = {"low": ("al menos", "at least"), "high": ("a lo sumo", "at most")}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One line of a sum in words: the amount with its sign, and the claim it names (None: no count is negative)."""

    text: str
    amount: int
    claim: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A proof in words: what it shows, line by line, the identities it uses, and the sum in figures."""

    heading: str
    lines: tuple[ExplainedLine, ...]
    identities: tuple[str, ...]
    sum: str


def number(n: Number, language: Language) -> str:
    """The number with its thousands marked: 1.600 in Spanish, 1,600 in English."""
    text = f"{n:,}" if not isinstance(n, Decimal) else f"{n:,f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "es" else text


def proof_lines(
    proof: Proof,
    ledger: Ledger,
    claims: Mapping[str, Claim],
    vocabulary: Vocabulary | None,
    language: Language,
    *,
    speaker: Speaker | None = None,
) -> list[str]:
    """Give the proof as lines to print: the bound, a line for each claim, the identities, the sum."""
    told = explanation(proof, ledger, claims, vocabulary, language, speaker=speaker)
    using = _pick(language, "con", "using")
    return [
        told.heading,
        *(f"  {line.text}" for line in told.lines),
        *([f"  {using}: {'; '.join(told.identities)}"] if told.identities else []),
        *([f"  {told.sum}"] if told.sum else []),
    ]


def explanation(
    proof: Proof,
    ledger: Ledger,
    claims: Mapping[str, Claim],
    vocabulary: Vocabulary | None,
    language: Language,
    *,
    speaker: Speaker | None = None,
) -> Explanation:
    """Give the proof in words. `vocabulary` may be None: the words of the ledger are used."""
    heading = _heading(proof, ledger, language)
    if proof.split is not None:
        return _by_cases(proof, heading, ledger, claims, vocabulary, language, speaker)
    lines = tuple(
        ExplainedLine(_line_text(line, proof, ledger, claims, language, speaker), line.amount, _claim_of(line))
        for line in proof.lines
        if _is_told(line, proof)
    )
    identities = tuple(
        dict.fromkeys(
            i.words.text(language) for line in proof.lines for i in ledger.identities
            if line.kind is LineKind.IDENTITY and i.id == line.ref and i.words.text(language)
        )
    )  # fmt: skip
    return Explanation(heading, lines, identities, sum_text(proof, language))


def sum_text(proof: Proof, language: Language) -> str:
    """The sum in figures: "2,500 − 1,600 − 97 − 11 = 792"; empty where there is nothing to add."""
    amounts = [line.amount for line in proof.lines if line.amount]
    if len(amounts) < 2 and proof.divisor == 1:
        return ""
    text = "".join(_signed(amount, place == 0, language) for place, amount in enumerate(amounts))
    if proof.divisor > 1:
        text = f"({text}) / {proof.divisor}"
    equals = "=" if sum(amounts) == proof.value * proof.divisor else "→"
    tail = "" if proof.term else _pick(language, " > 0, y debería ser 0 o menos", " > 0, and should be 0 or less")
    return f"{text} {equals} {number(proof.value, language)}{tail}"


def bound_words(bound: Bound, language: Language) -> str:
    """The range in words: "between 792 and 1,889", "at least 792; no limit known"."""
    low = number(bound.low, language)
    if bound.high is None:
        if bound.low == 0:
            return _pick(language, "nada lo acota", "nothing bounds it")
        return _pick(language, f"al menos {low}; no se conoce un límite", f"at least {low}; no limit known")
    if bound.low == bound.high:
        return low
    high = number(bound.high, language)
    if bound.low == 0:
        return _pick(language, f"a lo sumo {high}", f"at most {high}")
    return _pick(language, f"entre {low} y {high}", f"between {low} and {high}")


def conflict_sentence(
    conflict: Conflict,
    ledger: Ledger,
    claims: Mapping[str, Claim],
    vocabulary: Vocabulary | None,
    language: Language,
    *,
    speaker: Speaker | None = None,
) -> str:
    """Give the conflict in one sentence, naming what each claim says and what cannot be."""
    says = _Says(ledger, claims, language, speaker)
    if conflict.kind is ConflictKind.DISAGREEMENT or conflict.proof.split is not None:
        return _disagreement(conflict, says)
    lines = [line for line in conflict.proof.lines if line.kind is LineKind.CLAIM]
    lows = sorted((line for line in lines if line.end == "low"), key=lambda line: (line.amount, line.ref))
    if not lows:
        return _disagreement(conflict, says)
    pivot = lows[0]
    limits = sorted((line for line in lines if line.end == "high"), key=lambda line: (line.amount, line.ref))
    rest = [*limits, *reversed(lows[1:])]
    room = -sum(line.amount for line in conflict.proof.lines if line is not pivot) // pivot.multiplier
    premises = _joined([says.premise(line) for line in rest], language)
    return f"{premises} {says.room(pivot, room)}; {says.yet(pivot)}."


def question_sentence(question: Question, ledger: Ledger, language: Language) -> str:
    """Give what to ask for next, and by how much the answer would narrow the target, in one sentence."""
    asked, target = (_term_words(ledger, term, language) for term in (question.term, question.target))
    cut, width = number(question.guaranteed_cut, language), number(question.width, language)
    told = _pick(
        language,
        f"Preguntar por «{asked}»: sea cual sea la respuesta, recorta en {cut} el margen de {width} de «{target}»",
        f"Ask for “{asked}”: whatever the answer, it cuts the margin of {width} for “{target}” by {cut}",
    )
    if question.decides == 0:
        return told + "."
    pairs = number(question.decides, language)
    if question.decides == 1:
        return told + _pick(language, " y desmiente uno de dos relatos.", " and refutes one of two accounts.")
    return told + _pick(
        language, f" y decide entre {pairs} pares de relatos.", f" and decides between {pairs} pairs of accounts."
    )


def readings_words(ids: Iterable[str], ledger: Ledger, language: Language) -> list[str]:
    """The readings of those ids in words, in a fixed order."""
    wanted = frozenset(ids)
    return [r.words.text(language) for r in sorted(ledger.readings, key=lambda r: r.id) if r.id in wanted]


def said_words(quantity: Quantity, language: Language) -> str:
    """The words of a figure with its number put back where the table left an N."""
    words = quantity.words
    if " km" in words:
        return words
    for letter, value in zip("NM", quantity.stated, strict=False):
        words = re.sub(rf"\b{letter}\b", number(value, language), words, count=1)
    return words


@dataclass(frozen=True, slots=True)
class _Says:
    """Turns lines of a conflict into clauses."""

    ledger: Ledger
    claims: Mapping[str, Claim]
    language: Language
    speaker: Speaker | None

    def premise(self, line: ProofLine) -> str:
        """ "1,600 people held at the start (the minister)"."""
        amount = self._amount(line)
        return f"{amount} {_term_words(self.ledger, line.term, self.language)} ({self._name(line.ref)})"

    def room(self, line: ProofLine, room: int) -> str:
        """ "leave no leaders at large"."""
        words = _term_words(self.ledger, line.term, self.language)
        if room < 0:
            return _pick(self.language, f"no pueden darse juntas, ni con cero {words}",
                         f"cannot hold together, even with no {words}")  # fmt: skip
        if room == 0:
            return _pick(self.language, f"no dejan lugar a {words}", f"leave no {words}")
        most = number(room, self.language)
        return _pick(self.language, f"dejan a lo sumo {most} {words}", f"leave at most {most} {words}")

    def yet(self, line: ProofLine) -> str:
        """ "yet the ministry says at least 1"."""
        name, amount = self._name(line.ref), self._amount(line)
        return _pick(self.language, f"sin embargo, {name} da {amount}", f"yet {name} says {amount}")

    def figure(self, id: str) -> str:
        """ "1,500 (official figures)"."""
        claim = self.claims.get(id)
        return f"{quantity_words(claim.quantity, self.language)} ({self._name(id)})" if claim else id

    def _amount(self, line: ProofLine) -> str:
        value = number(abs(line.amount // line.multiplier), self.language)
        claim = self.claims.get(line.ref)
        if claim is not None and claim.quantity.is_exact and claim.quantity.low == abs(line.amount // line.multiplier):
            return value
        if line.end == "low":
            return _pick(self.language, f"al menos {value}", f"at least {value}")
        return _pick(self.language, f"a lo sumo {value}", f"at most {value}")

    def _name(self, id: str) -> str:
        claim = self.claims.get(id)
        if claim is None:
            return id
        return self.speaker(claim) if self.speaker is not None else claim.claimant


def quantity_words(quantity: Quantity, language: Language) -> str:
    """The range of a figure in words: "1,600", "at least 80", "between 2,500 and 3,500"."""
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        return _pick(language, "sin cifra", "no figure")
    if low is not None and low == high:
        return number(low, language)
    if high is None:
        return _pick(language, "al menos ", "at least ") + number(low or 0, language)
    if not low:
        return _pick(language, "a lo sumo ", "at most ") + number(high, language)
    between = _pick(language, ("entre", "y"), ("between", "and"))
    return f"{between[0]} {number(low, language)} {between[1]} {number(high, language)}"


def _disagreement(conflict: Conflict, says: _Says) -> str:
    language = says.language
    terms = _joined([_term_words(says.ledger, term, language) for term in conflict.terms], language)
    figures = _joined([says.figure(id) for id in conflict.claims], language)
    tail = _pick(language, "no pueden ser ciertas a la vez", "they cannot all be true")
    if len(conflict.claims) == 2:
        tail = _pick(language, "no pueden ser ciertas las dos", "both cannot be true")
    return f"{_capital(terms)}: {figures}; {tail}."


def _heading(proof: Proof, ledger: Ledger, language: Language) -> str:
    if not proof.term:
        return _pick(language, "No pueden ser ciertas a la vez, porque", "They cannot all be true, because")
    words = _capital(_term_words(ledger, proof.term, language))
    value = number(proof.value, language)
    if proof.side == "low":
        return _pick(language, f"{words}: al menos {value}, porque", f"{words}: at least {value}, because")
    return _pick(language, f"{words}: a lo sumo {value}, porque", f"{words}: at most {value}, because")


def _line_text(
    line: ProofLine, proof: Proof, ledger: Ledger, claims: Mapping[str, Claim], language: Language,
    speaker: Speaker | None,
) -> str:  # fmt: skip
    if line.kind is LineKind.IDENTITY:
        words = next((i.words.text(language) for i in ledger.identities if i.id == line.ref), "") or line.ref
        return f"{_signed(line.amount, True, language)}: {words}"
    words = _term_words(ledger, line.term, language)
    if line.kind is LineKind.NOT_NEGATIVE:
        return _pick(language, f"ningún recuento es menor que cero: {words}", f"no count is below zero: {words}")
    value = number(abs(line.amount // line.multiplier), language)
    times = f"{number(abs(line.multiplier), language)} × " if abs(line.multiplier) != 1 else ""
    claim = claims.get(line.ref)
    exact = line.kind is LineKind.CLAIM and claim is not None and claim.quantity.is_exact
    how = "" if exact else _pick(language, *_HOW[line.end]) + " "
    minus = _pick(language, "menos ", "minus ") if line.multiplier < 0 else ""
    text = f"{minus}{times}{how}{value} {words}"
    if line.kind is LineKind.CASE:
        return text + _pick(language, " (en este caso)", " (in this case)")
    return f"{text} — {_source(line.ref, claims, language, speaker)}"


def _source(id: str, claims: Mapping[str, Claim], language: Language, speaker: Speaker | None) -> str:
    claim = claims.get(id)
    if claim is None:
        return id
    name = speaker(claim) if speaker is not None else claim.claimant
    said = said_words(claim.quantity, language)
    quoted = _pick(language, f"«{said}»", f"“{said}”")
    return f"{id}, {name}, {day_words(claim.stated).text(language)}, {quoted}"


def _by_cases(
    proof: Proof, heading: str, ledger: Ledger, claims: Mapping[str, Claim], vocabulary: Vocabulary | None,
    language: Language, speaker: Speaker | None,
) -> Explanation:  # fmt: skip
    assert proof.split is not None
    term, below = proof.split
    words = _term_words(ledger, term, language)
    lines: list[ExplainedLine] = []
    identities: dict[str, None] = {}
    limits = (
        _pick(language, f"si {words} es a lo sumo {below}", f"if {words} is at most {below}"),
        _pick(language, f"si {words} es al menos {below + 1}", f"if {words} is at least {below + 1}"),
    )
    for limit, case in zip(limits, proof.cases, strict=True):
        told = explanation(case, ledger, claims, vocabulary, language, speaker=speaker)
        lines.append(ExplainedLine(f"{limit}: {told.heading}", 0, None))
        lines += [ExplainedLine(f"  {line.text}", line.amount, line.claim) for line in told.lines]
        identities |= dict.fromkeys(told.identities)
    return Explanation(heading, tuple(lines), tuple(identities), "")


def _is_told(line: ProofLine, proof: Proof) -> bool:
    """Claims and cases are told; identities where they add a number; "no count is negative" where nothing else is."""
    if line.kind is LineKind.IDENTITY:
        return line.amount != 0
    return line.kind is not LineKind.NOT_NEGATIVE or _rests_on_zero(proof)


def _rests_on_zero(proof: Proof) -> bool:
    """Whether a proof has nothing but "no count is negative" to stand on: then the line has to be said."""
    return not any(line.kind in (LineKind.CLAIM, LineKind.CASE) for line in proof.lines)


def _claim_of(line: ProofLine) -> str | None:
    return line.ref if line.kind is LineKind.CLAIM else None


def _term_words(ledger: Ledger, term: str, language: Language) -> str:
    found = ledger.term(term)
    return found.words.text(language) if found is not None and found.words.text(language) else term


def _signed(amount: int, first: bool, language: Language) -> str:
    sign = _MINUS if amount < 0 else "+"
    if first:
        return (_MINUS if amount < 0 else "") + number(abs(amount), language)
    return f" {sign} {number(abs(amount), language)}"


def _joined(parts: list[str], language: Language) -> str:
    if len(parts) < 2:
        return "".join(parts)
    last = parts[-1]
    also = "and"
    if language == "es":
        also = "e" if re.match(r"h?i(?!e)", last.lower()) else "y"
    return f"{', '.join(parts[:-1])} {also} {last}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _pick(language: Language, es: _T, en: _T) -> _T:
    return es if language == "es" else en
