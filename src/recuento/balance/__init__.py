"""Claims and identities in; exact bounds, proofs and conflicts out. Works without a casefile."""

from recuento.balance.bounds import balance
from recuento.balance.check import ProofFails, verify, verify_attained, verify_world
from recuento.balance.clashes import Clashes, clashes, conflicts, one_smallest_conflict
from recuento.balance.constraints import LeftOut, constraints_from, default_readings, left_out
from recuento.balance.copies import one_source
from recuento.balance.corrections import Corrections, corrections
from recuento.balance.duties import standard_duties
from recuento.balance.exchange import ImportedLedger, export_ledger, import_ledger
from recuento.balance.ledgers import ledger_for
from recuento.balance.proof_file import proof_from_json, proof_to_json, verify_file
from recuento.balance.questions import questions
from recuento.balance.rules import Rules, Template, rules_from, standard_rules
from recuento.balance.terms import TermFinder
from recuento.balance.words import (
    Explanation,
    bound_words,
    conflict_sentence,
    explanation,
    number,
    proof_lines,
    readings_words,
)
from recuento.balance.worlds import favoured_world, uncontested_world, world_of, worlds_of

__all__ = [
    "Clashes",
    "Corrections",
    "Explanation",
    "ImportedLedger",
    "LeftOut",
    "ProofFails",
    "Rules",
    "Template",
    "TermFinder",
    "balance",
    "bound_words",
    "clashes",
    "conflict_sentence",
    "conflicts",
    "constraints_from",
    "corrections",
    "default_readings",
    "explanation",
    "export_ledger",
    "favoured_world",
    "import_ledger",
    "ledger_for",
    "left_out",
    "number",
    "one_smallest_conflict",
    "one_source",
    "proof_from_json",
    "proof_lines",
    "proof_to_json",
    "questions",
    "readings_words",
    "rules_from",
    "standard_duties",
    "standard_rules",
    "uncontested_world",
    "verify",
    "verify_attained",
    "verify_file",
    "verify_world",
    "world_of",
    "worlds_of",
]
