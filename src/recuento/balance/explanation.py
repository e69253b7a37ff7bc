"""Proofs in words: a sum that can be quoted line by line, in Spanish and English.

Nothing here decides anything: it reads proofs that have been verified. Names of speakers come from `speaker`, so
that whoever publishes decides how each is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recuento.balance.words import Speaker, capital, pick, said_words, term_words
from recuento.model.balance import LineKind, Proof, ProofLine
from recuento.model.claim import Claim
from recuento.model.ledger import Ledger
from recuento.model.measure import Vocabulary
from recuento.values.bilingual import Language
from recuento.values.wording import MINUS, long_date_text, number_text

_HOW = {"low": ("al menos", "at least"), "high": ("a lo sumo", "at most")}


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
    using = pick(language, "con", "using")
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
    tail = "" if proof.term else pick(language, " > 0, y debería ser 0 o menos", " > 0, and should be 0 or less")
    return f"{text} {equals} {number_text(proof.value, language)}{tail}"


def _heading(proof: Proof, ledger: Ledger, language: Language) -> str:
    if not proof.term:
        return pick(language, "No pueden ser ciertas a la vez, porque", "They cannot all be true, because")
    words = capital(term_words(ledger, proof.term, language))
    value = number_text(proof.value, language)
    if proof.side == "low":
        return pick(language, f"{words}: al menos {value}, porque", f"{words}: at least {value}, because")
    return pick(language, f"{words}: a lo sumo {value}, porque", f"{words}: at most {value}, because")


def _line_text(
    line: ProofLine, proof: Proof, ledger: Ledger, claims: Mapping[str, Claim], language: Language,
    speaker: Speaker | None,
) -> str:  # fmt: skip
    if line.kind is LineKind.IDENTITY:
        words = next((i.words.text(language) for i in ledger.identities if i.id == line.ref), "") or line.ref
        return f"{_signed(line.amount, True, language)}: {words}"
    words = term_words(ledger, line.term, language)
    if line.kind is LineKind.NOT_NEGATIVE:
        return pick(language, f"ningún recuento es menor que cero: {words}", f"no count is below zero: {words}")
    value = number_text(abs(line.amount // line.multiplier), language)
    times = f"{number_text(abs(line.multiplier), language)} × " if abs(line.multiplier) != 1 else ""
    claim = claims.get(line.ref)
    exact = line.kind is LineKind.CLAIM and claim is not None and claim.quantity.is_exact
    how = "" if exact else pick(language, *_HOW[line.end]) + " "
    minus = pick(language, "menos ", "minus ") if line.multiplier < 0 else ""
    text = f"{minus}{times}{how}{value} {words}"
    if line.kind is LineKind.CASE:
        return text + pick(language, " (en este caso)", " (in this case)")
    return f"{text} — {_source(line.ref, claims, language, speaker)}"


def _source(id: str, claims: Mapping[str, Claim], language: Language, speaker: Speaker | None) -> str:
    claim = claims.get(id)
    if claim is None:
        return id
    name = speaker(claim) if speaker is not None else claim.claimant
    said = said_words(claim.quantity, language)
    quoted = pick(language, f"«{said}»", f"“{said}”")
    return f"{id}, {name}, {long_date_text(claim.stated, language)}, {quoted}"


def _by_cases(
    proof: Proof, heading: str, ledger: Ledger, claims: Mapping[str, Claim], vocabulary: Vocabulary | None,
    language: Language, speaker: Speaker | None,
) -> Explanation:  # fmt: skip
    assert proof.split is not None
    term, below = proof.split
    words = term_words(ledger, term, language)
    lines: list[ExplainedLine] = []
    identities: dict[str, None] = {}
    limits = (
        pick(language, f"si {words} es a lo sumo {below}", f"if {words} is at most {below}"),
        pick(language, f"si {words} es al menos {below + 1}", f"if {words} is at least {below + 1}"),
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


def _signed(amount: int, first: bool, language: Language) -> str:
    sign = MINUS if amount < 0 else "+"
    if first:
        return (MINUS if amount < 0 else "") + number_text(abs(amount), language)
    return f" {sign} {number_text(abs(amount), language)}"
