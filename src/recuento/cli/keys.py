"""Ask for a keeper's key and its passphrase: at the terminal, or from a file, never as a word of the command."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from recuento.casefile.sealing.keepers import read_key_file
from recuento.cli.bilingual import option, say
from recuento.errors import InvalidValue
from recuento.seal.keys import PrivateKey

F = TypeVar("F", bound=Callable[..., Any])


def keeper_option(*, required: bool = True) -> Callable[[F], F]:
    """`--keeper FILE`: the key file of a keeper, with `--passphrase-file`."""

    def decorate(function: F) -> F:
        chosen = option(
            "--keeper",
            "key_file",
            required=required,
            metavar="FILE",
            type=click.Path(path_type=Path, dir_okay=False),
            es="Archivo de clave de una persona custodia.",
            en="Key file of a keeper.",
        )
        return chosen(passphrase_option(function))

    return decorate


def passphrase_option(function: F) -> F:
    """`--passphrase-file FILE`: for programs; without it the passphrase is asked for."""
    return option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False),
        es="Lee la frase de paso de la primera línea de un archivo (- es la entrada).",
        en="Read the passphrase from the first line of a file (- is standard input).",
    )(function)


def key_in(file: Path, passphrase_file: Path | None) -> PrivateKey:
    """The key in a keeper's key file; the passphrase is asked for without showing it."""
    return read_key_file(file, passphrase(passphrase_file))


def passphrase(file: Path | None, *, new: bool = False) -> str:
    """A passphrase, typed twice where it is a new one."""
    if file is not None:
        try:
            text = sys.stdin.readline() if str(file) == "-" else file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidValue(f"{file} cannot be read: {error}", f"no se puede leer {file}: {error}") from error
        return text.split("\n")[0].rstrip("\r")
    again = say("Otra vez", "Once more") if new else False
    return str(click.prompt(say("Frase de paso", "Passphrase"), hide_input=True, confirmation_prompt=again, err=True))
