"""`recuento check`: the arithmetic of a text before it is published."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from recuento.casefile.checking import Checked, check_document
from recuento.cli.bilingual import command, language_of, say
from recuento.cli.options import json_option
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line
from recuento.errors import CheckFailed, Fault, FaultsFound
from recuento.model.finding import FINDING_KINDS, Finding
from recuento.store.encoding import to_plain


@command(
    "check",
    es="""Revisa la aritmética de un texto antes de publicarlo: sumas, porcentajes, variaciones, tasas y tablas.

Lee texto, HTML, PDF, DOCX y CSV, en español o inglés; «-» lee la entrada estándar. Calla cuando todo cuadra o puede
cuadrar. Termina en 3 si algo no cuadra, en 4 si un archivo no se puede leer.""",
    en="""Check the arithmetic of a text before it is published: sums, percentages, changes, rates, tables.

Reads text, HTML, PDF, DOCX and CSV, in Spanish or English; "-" reads standard input. Silent where everything closes
or can close. Ends with 3 where something does not close, with 4 where a file cannot be read.""",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@json_option
def run(files: tuple[str, ...], as_json: bool) -> None:
    """Check every file; what cannot be read is told after the rest."""
    checked: list[Checked] = []
    faults: list[Fault] = []
    for name in files:
        try:
            checked.append(check_document(_bytes_of(name), _shown_name(name)))
        except FaultsFound as error:
            faults += error.faults
    if as_json:
        print_json([_plain(one) for one in checked])
    else:
        for one in checked:
            _print(one, named=len(files) > 1)
    if faults:
        raise FaultsFound(say("no se pudo leer", "could not be read"), faults)
    number = sum(len(one.findings) for one in checked)
    if number:
        raise CheckFailed(
            f"{number} {'sum does' if number == 1 else 'sums do'} not close",
            f"{number} {'cuenta no cuadra' if number == 1 else 'cuentas no cuadran'}",
        )


def _bytes_of(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise FaultsFound(name, [Fault(name, f"cannot be opened: {reason}", f"no se puede abrir: {reason}")]) from None


def _shown_name(name: str) -> str:
    return say("entrada estándar", "standard input") if name == "-" else name


def _print(checked: Checked, *, named: bool) -> None:
    if named and checked.findings:
        line(checked.name, bold=True)
    for number, finding in enumerate(checked.findings, start=1):
        kind = FINDING_KINDS[finding.kind].text(language_of())
        where = say("línea", "line")
        line(f"{number}. {kind}, {where} {checked.line_of(finding)}: «{_quoted(finding)}»", hang=3)
        line(finding.words.text(language_of()), indent=3)
        line(finding.sum.text(language_of()), indent=3)
    if not checked.findings and sys.stdout.isatty():
        line(say("Nada que señalar.", "Nothing to report."))


def _quoted(finding: Finding) -> str:
    """The words of the text, the middle left out where they are long."""
    words = " ".join(finding.place.quote.split())
    return words if len(words) <= 160 else f"{words[:90]} […] {words[-60:]}"


def _plain(checked: Checked) -> dict[str, Any]:
    findings = []
    for finding in checked.findings:
        plain = to_plain(finding, Finding)
        plain["line"] = checked.line_of(finding)
        findings.append(plain)
    return {"file": checked.name, "language": checked.language, "findings": findings}
