"""What commands print: text for people, wrapped to the terminal, and JSON for programs."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import click

from recuento.casefile.documents.preserving import Progress
from recuento.cli.bilingual import say


def width() -> int:
    """Columns to fill: those of the terminal, at most 100, at least 40."""
    return max(40, min(100, shutil.get_terminal_size((80, 24)).columns))


def line(text: str = "", *, indent: int = 0, hang: int = 0, bold: bool = False) -> None:
    """Print one paragraph, wrapped; `hang` more columns before its second and later lines."""
    if not text:
        click.echo()
        return
    for piece in textwrap.wrap(
        text,
        width(),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    ):
        click.secho(piece, bold=bold or None)


def heading(text: str) -> None:
    """Print a heading with a blank line before it."""
    click.echo()
    line(text, bold=True)


def pairs(rows: list[tuple[str, str]], *, indent: int = 2) -> None:
    """Print two columns; where the terminal is narrow the second goes under the first."""
    if not rows:
        return
    first = max(len(left) for left, _ in rows) + 2
    if indent + first > width() // 2:
        for left, right in rows:
            line(left, indent=indent, hang=2)
            line(right, indent=indent + 4)
        return
    for left, right in rows:
        body = textwrap.wrap(right, width() - indent - first, break_long_words=False) or [""]
        click.echo(" " * indent + left.ljust(first) + body[0])
        for more in body[1:]:
            click.echo(" " * (indent + first) + more)


def as_json(plain: Any) -> None:
    """Print plain data as JSON."""
    click.echo(json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True))


def note(text: str) -> None:
    """Say something that is not data, on standard error."""
    click.echo(text, err=True)


@contextmanager
def progress(label: str) -> Iterator[Progress | None]:
    """A progress bar on standard error while a person watches; None where nobody does."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Bars(*columns, console=console, transient=True) as bars:
        task = bars.add_task(label, total=None, name="")

        def show(done: int, total: int, name: str) -> None:
            bars.update(task, completed=done, total=total, name=name[:30])

        yield show


def now() -> datetime:
    """The moment of the command. The only place that reads the clock."""
    return datetime.now(UTC)


def today() -> date:
    """The day of the command."""
    return now().astimezone().date()


def who() -> str:
    """The person at the keyboard: RECUENTO_USER, or the account's name."""
    import getpass

    try:
        return os.environ.get("RECUENTO_USER") or getpass.getuser()
    except (OSError, KeyError):
        return say("sin nombre", "unnamed")
