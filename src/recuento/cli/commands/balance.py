"""`recuento balance`: what the figures of an event imply."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from recuento.balance import corrections, verify_file
from recuento.casefile.events.balancing import (
    Accounting,
    View,
    account_for,
    conflicts_of,
    proof_files,
    questions_for,
    selected_world,
    with_words,
)
from recuento.casefile.events.estimating import estimate_for
from recuento.casefile.events.gathering import documents_of, event_named, gather
from recuento.casefile.events.headlines import strongest
from recuento.casefile.events.independence import copied_from, independent_sources
from recuento.casefile.events.summary import term_of
from recuento.casefile.settings.settings import Settings
from recuento.cli.balance_text import print_balance, print_conflicts, print_corrections, print_questions, print_worlds
from recuento.cli.bilingual import command, option, say
from recuento.cli.estimate_text import print_estimate
from recuento.cli.options import Day, casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, progress, today
from recuento.errors import CheckFailed, Fault, FaultsFound, InvalidValue
from recuento.model.balance import Balance, World
from recuento.store.durable import write_file
from recuento.store.encoding import to_plain
from recuento.values.conventions import Convention
from recuento.values.partial_date import PartialDate


@command(
    "balance",
    es="""Calcula qué se deduce de las cifras de un suceso en un mundo: cotas exactas, cada una con su suma.

Un mundo es lo que se decide creer: --world ID (los de recuento.toml, party:ID, speaker:ID, uncontested, all) o
--claims T001,T041. Sin ninguno, el primero. Termina en 3 si las afirmaciones elegidas no pueden ser todas
ciertas.""",
    en="""Work out what the figures of an event imply in a world: exact bounds, each with its sum.

A world is what one chooses to believe: --world ID (those of recuento.toml, party:ID, speaker:ID, uncontested, all)
or --claims T001,T041. Without either, the first. Ends with 3 where the chosen claims cannot all be true.""",
)
@click.argument("event", required=False)
@option("--world", "world_id", es="El mundo que se elige.", en="The world to choose.")
@option("--claims", es="Afirmaciones elegidas, separadas por comas.", en="Chosen claims, separated by commas.")
@option("--worlds", "list_worlds", is_flag=True, es="Enumera los mundos.", en="List the worlds.")
@option("--conflicts", "list_conflicts", is_flag=True, es="Enumera los choques.", en="List the conflicts.")
@option(
    "--corrections",
    "list_corrections",
    is_flag=True,
    es="Qué cifras, apartadas, dejarían cuadrar el resto.",
    en="Which figures, set aside, would let the rest add up.",
)
@option("--all", "every", is_flag=True, es="Muestra todas las incógnitas.", en="Show every unknown.")
@option("--ask", es="Qué preguntar primero sobre esta medida.", en="What to ask first about this measure.")
@option(
    "--estimate",
    is_flag=True,
    es="Muestra qué sugieren las cifras juntas; una ilustración, no un dato.",
    en="Show what the figures suggest together; an illustration, not a finding.",
)
@option("--known-on", type=Day(), es="Solo lo dicho hasta ese día.", en="Only what had been said by that day.")
@option(
    "--current", is_flag=True, es="De cada quien, solo su última cifra.", en="Of each speaker only the last figure."
)
@option("--switch", "switched", multiple=True, es="Cambia una lectura.", en="Switch a reading.")
@option(
    "--convention",
    type=click.Choice([convention.value for convention in Convention]),
    default=Convention.PLAIN.value,
    es="De quién es la regla para «decenas», «unos 3.000».",
    en="Whose rule is used for “dozens”, “about 3,000”.",
)
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
    list_corrections: bool,
    every: bool,
    ask: str | None,
    estimate: bool,
    known_on: date | None,
    current: bool,
    switched: tuple[str, ...],
    convention: str,
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
    view = View(unreviewed, PartialDate.of(known_on) if known_on else None, current, switched, Convention(convention))
    with opened(folder) as casefile:
        settings = casefile.settings
        wanted = event_named(casefile, event)
        documents = documents_of(casefile)
        gathered = gather(casefile, wanted, settings.edition or today(), documents=documents)
        # Finding copies takes longer than most of what this command does: only where sources are counted.
        copies = {} if list_worlds or ask is not None else copied_from(casefile, documents)
    accounting = account_for(settings, gathered, view)
    if list_worlds:
        print_worlds(accounting, as_json)
        return
    if list_conflicts:
        every_one = conflicts_of(accounting, settings)
        told = strongest(every_one, accounting, wanted, settings.cast, most=len(every_one))
        print_conflicts(told, independent_sources(accounting, accounting.world("all"), copies), as_json)
        return
    # What is to be reconciled is what clashes: without a choice, corrections and estimate weigh all claims.
    world = _chosen(accounting, world_id or ("all" if estimate or list_corrections else None), claims)
    sources = independent_sources(accounting, world, copies)
    if list_corrections:
        groups = corrections(accounting.ledger, accounting.constraints, world, weights=sources.weights)
        print_corrections(groups, accounting, settings, sources, as_json)
        return
    if estimate:
        with progress(say("Muestreando", "Sampling")) as show:
            estimated = estimate_for(accounting, world, wanted, copies=copies, progress=show)
        print_estimate(estimated, accounting, settings, wanted, as_json)
        return
    if ask is not None:
        target = _target(ask, accounting, settings)
        print_questions(questions_for(accounting, world, target, gathered.demands), accounting, target, as_json)
        return
    found = with_words(accounting.balanced(world), accounting, settings)
    if proofs is not None:
        _save_proofs(found, accounting, proofs)
    if as_json:
        print_json(to_plain(found, Balance) | {"sources": [list(group) for group in sources.groups]})
    else:
        print_balance(found, accounting, settings, wanted, every, sources)
    if not found.consistent:
        raise CheckFailed("these claims cannot all be true", "estas afirmaciones no pueden ser todas ciertas")


def _target(name: str, accounting: Accounting, settings: Settings) -> str:
    """The term of a measure, by id or alias, or a term by its own id."""
    if accounting.ledger.term(name) is not None:
        return name
    term = term_of(settings.vocabulary.canonical(name), accounting.ledger)
    if term is None:
        listed = ", ".join(sorted(term.id for term in accounting.ledger.terms))
        raise InvalidValue(f"{name!r} is not in the ledger: {listed}", f"{name!r} no está en el balance: {listed}")
    return term.id


def _chosen(accounting: Accounting, world_id: str | None, claims: str | None) -> World:
    if claims:
        return selected_world(accounting, [id.strip() for id in claims.split(",") if id.strip()])
    return accounting.world(world_id) if world_id else accounting.worlds[0]


def _save_proofs(found: Balance, accounting: Accounting, folder: Path) -> None:
    claims = {claim.id: claim for claim in accounting.claims}
    for bound in found.bounds:
        for side, plain in proof_files(found, bound, claims):
            path = folder / f"{bound.term.replace('@', '-')}-{side}.json"
            write_file(path, f"{json.dumps(plain, ensure_ascii=False, indent=1)}\n".encode())


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
