"""`recuento balance`: what the figures of an event imply."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from recuento.balance import bound_words, proof_to_json, readings_words, verify_file
from recuento.casefile.balancing import Accounting, account_for, conflicts_of, selected_world, with_words
from recuento.casefile.gathering import event_named, gather
from recuento.casefile.headlines import strongest
from recuento.casefile.settings import Settings
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import heading, line, today
from recuento.cli.summary import print_proof
from recuento.errors import CheckFailed, Fault, FaultsFound
from recuento.model.balance import Balance, Conflict, World
from recuento.model.casting import Event
from recuento.store.encoding import to_plain


@command(
    "balance",
    es="""Calcula qué se deduce de las cifras de un suceso en un mundo: cotas exactas, cada una con su suma.

Un mundo es lo que se decide creer: --world ID (los de recuento.toml, party:ID, uncontested, all) o --claims
T001,T041. Sin ninguno, el primero. Termina en 3 si las afirmaciones elegidas no pueden ser todas ciertas.""",
    en="""Work out what the figures of an event imply in a world: exact bounds, each with its sum.

A world is what one chooses to believe: --world ID (those of recuento.toml, party:ID, uncontested, all) or --claims
T001,T041. Without either, the first. Ends with 3 where the chosen claims cannot all be true.""",
)
@click.argument("event", required=False)
@option("--world", "world_id", es="El mundo que se elige.", en="The world to choose.")
@option("--claims", es="Afirmaciones elegidas, separadas por comas.", en="Chosen claims, separated by commas.")
@option("--worlds", "list_worlds", is_flag=True, es="Enumera los mundos.", en="List the worlds.")
@option("--conflicts", "list_conflicts", is_flag=True, es="Enumera los choques.", en="List the conflicts.")
@option("--all", "every", is_flag=True, es="Muestra todas las incógnitas.", en="Show every unknown.")
@option("--unreviewed", is_flag=True, es="Cuenta también lo no revisado.", en="Count what nobody reviewed, too.")
@option(
    "--proofs",
    type=click.Path(path_type=Path, file_okay=False),
    es="Guarda las pruebas en esta carpeta.",
    en="Save the proofs into this folder.",
)
@option(
    "--verify",
    "proof_file",
    type=click.Path(path_type=Path, dir_okay=False),
    es="Comprueba un archivo de prueba.",
    en="Check a proof file.",
)
@casefile_option
@json_option
def run(
    event: str | None,
    world_id: str | None,
    claims: str | None,
    list_worlds: bool,
    list_conflicts: bool,
    every: bool,
    unreviewed: bool,
    proofs: Path | None,
    proof_file: Path | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Work out what the figures imply."""
    if proof_file is not None:
        _verify(proof_file)
        return
    with opened(folder) as casefile:
        settings = casefile.settings
        wanted = event_named(casefile, event)
        accounting = account_for(settings, gather(casefile, wanted, settings.edition or today()), unreviewed=unreviewed)
    if list_worlds:
        _print_worlds(accounting, as_json)
        return
    if list_conflicts:
        _print_conflicts(
            strongest(conflicts_of(accounting, settings), accounting, wanted, settings.cast, most=10**6), as_json
        )
        return
    found = with_words(accounting.balanced(_chosen(accounting, world_id, claims)), accounting, settings)
    if proofs is not None:
        _save_proofs(found, accounting, proofs)
    if as_json:
        print_json(to_plain(found, Balance))
    else:
        _print(found, accounting, settings, wanted, every)
    if not found.consistent:
        raise CheckFailed("these claims cannot all be true", "estas afirmaciones no pueden ser todas ciertas")


def _chosen(accounting: Accounting, world_id: str | None, claims: str | None) -> World:
    if claims:
        return selected_world(accounting, [id.strip() for id in claims.split(",") if id.strip()])
    return accounting.world(world_id) if world_id else accounting.worlds[0]


def _print(found: Balance, accounting: Accounting, settings: Settings, event: Event, every: bool) -> None:
    language = language_of()
    claims = {claim.id: claim for claim in accounting.claims}
    line(f"{event.name.text(language)}: {found.world.name.text(language)}", bold=True)
    used = [id for id in found.world.claims if any(said.claim == id for said in found.constraints)]
    line(say("Se cree: ", "Believed: ") + ", ".join(used), hang=2)
    for words in readings_words(found.world.readings, found.ledger, language):
        line(say("Se lee que ", "It is read that ") + words, hang=2)
    if found.conflict is not None:
        heading(say("No pueden ser ciertas a la vez", "They cannot all be true"))
        if found.conflict.words:
            line(found.conflict.words.text(language), indent=2)
        print_proof(found.conflict.proof, found.ledger, claims, settings, indent=2)
        return
    shown = {term.id for term in found.ledger.terms if every or term.measure in event.headline}
    for bound in sorted(found.bounds, key=lambda b: _place(b.term, found, event)):
        term = found.ledger.term(bound.term)
        if bound.term not in shown or term is None:
            continue
        outer = "" if bound.low_tight and bound.high_tight else say(" (cota exterior)", " (outer bound)")
        heading(f"{term.words.text(language)}: {bound_words(bound, language)}{outer}")
        for proof in (bound.low_proof, bound.high_proof):
            if proof is not None and any(one.amount for one in proof.lines):
                print_proof(proof, found.ledger, claims, settings, indent=2)


def _place(term_id: str, found: Balance, event: Event) -> tuple[int, str]:
    term = found.ledger.term(term_id)
    measure = term.measure if term else None
    return (event.headline.index(measure) if measure in event.headline else len(event.headline), term_id)


def _print_worlds(accounting: Accounting, as_json: bool) -> None:
    if as_json:
        print_json([to_plain(world, World) for world in accounting.worlds])
        return
    for world in accounting.worlds:
        line(f"{world.id}: {world.name.text(language_of())} ({len(world.claims)})", hang=4)


def _print_conflicts(found: Sequence[Conflict], as_json: bool) -> None:
    if as_json:
        print_json([to_plain(conflict, Conflict) for conflict in found])
        return
    for number, conflict in enumerate(found, start=1):
        words = conflict.words.text(language_of()) if conflict.words else ""
        line(f"{number}. {words} [{', '.join(conflict.claims)}]", hang=4)


def _save_proofs(found: Balance, accounting: Accounting, folder: Path) -> None:
    claims = {claim.id: claim for claim in accounting.claims}
    folder.mkdir(parents=True, exist_ok=True)
    for bound in found.bounds:
        ends = (("low", bound.low_proof, bound.low_attained), ("high", bound.high_proof, bound.high_attained))
        for side, proof, attained in ends:
            if proof is None:
                continue
            plain = proof_to_json(
                proof, found.ledger, found.constraints, attained=attained, claims=claims, event=found.event
            )
            path = folder / f"{bound.term.replace('@', '-')}-{side}.json"
            path.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _verify(path: Path) -> None:
    try:
        plain: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FaultsFound(str(path), [Fault(path.name, str(error), str(error))]) from error
    proof = verify_file(plain)
    sign = "≥" if proof.side == "low" else "≤"
    line(
        say("La prueba se sostiene: ", "The proof holds: ")
        + (f"{proof.term} {sign} {proof.value}" if proof.term else "0 ≥ 1")
    )
