"""Templates compiled to plainer Python say what Jinja itself says."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from recuento.publish.quick_templates import QuickEnvironment


@dataclass(frozen=True)
class _Told:
    name: str
    rows: tuple[object, ...]

    def in_words(self, joint: str = ", ") -> str:
        return joint.join(map(str, self.rows))


_PARTS = "{% macro tag(words, kind='b') %}<{{ kind }}>{{ words }}</{{ kind }}>{% endmacro %}"
_PAGE = (
    '{% from "parts.html" import tag with context %}{% macro frame() %}[{{ caller() }}]{% endmacro %}'
    "{{ told.name }}|{{ tag(told.name) }}|{{ tag(html, 'i') }}|{{ told.in_words(joint='<') }}|{{ 'x' if none }}"
    "{% for row in told.rows %}{{ loop.index }}{{ row }}{{ letters[row] }}{% endfor %}|{{ told.name[1:3] }}"
    "|{{ 'a' ~ told.name ~ html }}|{{ 2.5 }}{{ none }}{{ true }}|{{ told.name | upper }}"
    "|{% call frame() %}<p>{% endcall %}"
)


def _rendered(kind: type[Environment], page: str, values: Mapping[str, object]) -> str:
    environment = kind(
        loader=DictLoader({"parts.html": _PARTS, "page.html": page}), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("page.html").render(values)


@pytest.mark.parametrize("name", ["plain", "<b>&'\"</b>", "", "ñ≠"])
def test_a_page_says_the_same_as_by_jinja_alone(name: str) -> None:
    """Attributes, items, calls, macros, escaping, HTML that is HTML already, and conditions that do not hold."""
    values = {"told": _Told(name, (1, "<", 2.5)), "html": Markup("<u>&</u>"), "letters": {1: "A", "<": "&", 2.5: "C"}}
    assert _rendered(QuickEnvironment, _PAGE, values) == _rendered(Environment, _PAGE, values)


@pytest.mark.parametrize(
    "page", ["{{ nobody }}", "{{ nobody.name }}", "{{ told.nothing }}", "{% from 'parts.html' import tag %}{{ tag() }}"]
)
def test_what_is_not_there_is_an_error_and_never_empty(page: str) -> None:
    """A name, an attribute or an argument that is missing stops the page."""
    with pytest.raises((UndefinedError, AttributeError)):
        _rendered(QuickEnvironment, page, {"told": _Told("a", ())})
