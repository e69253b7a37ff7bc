"""One key at a time, from the terminal."""

from __future__ import annotations

import click

from recuento.cli.bilingual import say


def pressed(instead: str) -> str:
    """The next key that is pressed; raise UsageError, which names what to do instead, where there is no terminal."""
    try:
        return click.getchar()
    except OSError:
        raise click.UsageError(
            say(
                f"esto pide una tecla y no hay terminal; sin ella: {instead}",
                f"this asks for a key, and there is no terminal; without one: {instead}",
            )
        ) from None
