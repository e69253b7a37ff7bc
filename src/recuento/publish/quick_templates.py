"""Templates compiled to plainer Python: what Jinja looks up anew at every dot, call and letter is settled once.

Its language, its escaping and its errors stay. Left out is what none of our templates uses: `a.b` never means
`a["b"]`, no function wants the context handed in, and a macro is called by position. A page takes half the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from functools import partial
from keyword import iskeyword
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro, Undefined
from jinja2.utils import missing
from markupsafe import Markup, escape

_special = re.compile("[&<>'\"]").search
"""What must not stand in a page as it is. Most texts have none, and asking is three times as quick as escaping."""


def _is_plain(frame: Frame, finalize: Any) -> bool:
    """Whether a value is written escaped, known while the template is compiled."""
    return bool(frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None)


class _Generator(CodeGenerator):
    """Writes an attribute, an item and a call as Python writes them, and a macro whose words are HTML."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _is_plain(frame, finalize):
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("(_v if (_k := type(_v := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _is_plain(frame, finalize):
            super()._output_child_post(node, frame, finalize)
            return
        self.write(")) is html or _k is str and special(_v) is None else escape(_v))")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        super().return_buffer_contents(frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if not node.attr.isidentifier() or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        named = any(iskeyword(one.key) for one in node.kwargs)
        if forward_caller or node.dyn_args is not None or node.dyn_kwargs is not None or named:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class _Template(Template):
    """A template whose code finds quicker tools under the names of Jinja's."""

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> Template:
        namespace.update(escape=_escaped, special=_special, html=Markup, Markup=_marked, Macro=_macro)
        return super()._from_namespace(environment, namespace, globals)


class QuickEnvironment(Environment):
    """An environment with autoescape whose templates are compiled so."""

    code_generator_class = _Generator
    template_class = _Template


_marked: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A text that is HTML already; `Markup` itself asks of every text what it is."""


def _escaped(value: Any) -> str:
    """What is written in the place of a value that is neither HTML nor text without anything to escape."""
    kind = type(value)
    if kind is int or kind is float:
        return str(value)
    # A condition without "else" that does not hold.
    return "" if kind is Undefined else escape(value)


def _macro(
    environment: Environment,
    function: Callable[..., str],
    name: str,
    arguments: Sequence[str],
    catches_named: bool,
    catches_more: bool,
    caller: bool,
    autoescape: bool,
) -> Callable[..., str]:
    """The function of a macro itself, which reads "missing" as not handed in; Jinja's own where it asks for more."""
    if catches_named or catches_more or caller:
        return Macro(environment, function, name, list(arguments), catches_named, catches_more, caller, autoescape)
    function.__defaults__ = (missing,) * len(arguments)
    return function
