"""Click commands and options whose help is in Spanish or English, chosen when it is shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from recuento.values.bilingual import Bilingual, Language

F = TypeVar("F", bound=Callable[..., Any])


def language_of(context: click.Context | None = None) -> Language:
    """The language of the running command: `--lang`, else the environment, else English."""
    context = context or click.get_current_context(silent=True)
    found = context.find_root().obj if context else None
    return found if found in ("es", "en") else language_from(os.environ)


def language_from(environment: Mapping[str, str]) -> Language:
    """The language of the usual variables: LC_ALL, LC_MESSAGES, LANG; English where they name neither."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "es" if environment[name].lower().startswith("es") else "en"
    return "en"


def say(es: str, en: str) -> str:
    """The one of the two texts that the running command speaks."""
    return es if language_of() == "es" else en


_USAGE_ES = {"[OPTIONS]": "[OPCIONES]", "COMMAND [ARGS]...": "ORDEN [ARGUMENTOS]..."}


class BilingualCommand(click.Command):
    """A command whose help text is kept in both languages."""

    words: Bilingual

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line of the help."""
        return self.words.text(language_of()).split("\n")[0].rstrip(".")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands after the name of the command in its usage line."""
        pieces = super().collect_usage_pieces(ctx)
        return [_USAGE_ES.get(piece, piece) for piece in pieces] if language_of(ctx) == "es" else pieces

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the context."""
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in self.words.text(language_of(ctx)).split("\n\n"):
                formatter.write_text(" ".join(paragraph.split()))
                formatter.write_paragraph()


class BilingualOption(click.Option):
    """An option whose help is kept in both languages."""

    def __init__(self, *args: Any, words: Bilingual, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Name and help in the language of the context."""
        self.help = self.words.text(language_of(ctx))
        return super().get_help_record(ctx)


def command(name: str, *, es: str, en: str) -> Callable[[Callable[..., Any]], BilingualCommand]:
    """Make a command with help in both languages."""

    def decorate(function: Callable[..., Any]) -> BilingualCommand:
        made = click.command(name, cls=BilingualCommand)(function)
        made.words = Bilingual(es=es, en=en)
        return made

    return decorate


def option(*names: str, es: str, en: str, **kwargs: Any) -> Callable[[F], F]:
    """Make an option with help in both languages."""
    return click.option(*names, cls=BilingualOption, words=Bilingual(es=es, en=en), **kwargs)


class LazyGroup(BilingualCommand, click.Group):
    """A group that imports a command only when it is run: `--help` reads the table of one-line helps instead."""

    def __init__(self, *args: Any, lazy: Sequence[tuple[str, str, Bilingual]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = {name: (module, words) for name, module, words in lazy}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of the command and give what it calls `run`."""
        if cmd_name not in self.lazy:
            return None
        from importlib import import_module

        found = import_module(f"recuento.cli.commands.{self.lazy[cmd_name][0]}").run
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their one-line help, without importing any."""
        language = language_of(ctx)
        with formatter.section("Órdenes" if language == "es" else "Commands"):
            formatter.write_dl([(name, words.text(language)) for name, (_, words) in self.lazy.items()])
