"""Claims and identities in; exact bounds, proofs and conflicts out. Works without a casefile."""

from recuento.balance.adjustment import Adjustment, least_adjustment
from recuento.balance.bounds import balance
from recuento.balance.check import ProofFails, verify, verify_attained, verify_world
from recuento.balance.clashes import Clashes, clashes, conflicts, one_smallest_conflict
from recuento.balance.constraints import LeftOut, constraints_from, default_readings, left_out
from recuento.balance.copies import one_source
from recuento.balance.corrections import Corrections, corrections
from recuento.balance.duties import standard_duties
from recuento.balance.exchange import ImportedLedger, export_ledger, import_ledger
from recuento.balance.explanation import Explanation, explanation, proof_lines
from recuento.balance.ledgers import ledger_for
from recuento.balance.periods import days_of, ledger_over_time, months_of
from recuento.balance.proof_file import proof_from_json, proof_to_json, verify_file
from recuento.balance.questions import questions
from recuento.balance.sentences import conflict_sentence, question_sentence
from recuento.balance.terms import TermFinder
from recuento.balance.words import bound_words, readings_words
from recuento.balance.worlds import favoured_world, uncontested_world, world_of, worlds_of
from recuento.model.rules import Rules, Template, rules_from, standard_rules

__all__ = [
    "Adjustment",
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
    "days_of",
    "default_readings",
    "explanation",
    "export_ledger",
    "favoured_world",
    "import_ledger",
    "least_adjustment",
    "ledger_for",
    "ledger_over_time",
    "left_out",
    "months_of",
    "one_smallest_conflict",
    "one_source",
    "proof_from_json",
    "proof_lines",
    "proof_to_json",
    "question_sentence",
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
