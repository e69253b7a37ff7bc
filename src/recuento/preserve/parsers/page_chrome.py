"""Take out of a page what outlets put around and into their stories, before its main text is looked for.

trafilatura knows the usual names of such boxes in English; these are the Spanish ones, the links to other stories that
stand between paragraphs as if they were some, and tables that only lay the page out. Nothing is taken that holds much
of the words of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_BOXES = re.compile(
    r"(?:^|[\s_-])(?:relacionad[oa]s?|te-puede-interesar|lo-mas-(?:leido|visto)|mas-(?:leidas?|vistas?|noticias)|boletin"
    r"|suscri\w*|paywall\w*|publicidad|compartir|etiquetas|comentarios|encuesta|programacion|inline-related"
    r"|newsletter(?:-\w+)?|subscription-widget\w*|author-(?:bio|box)|sobre-(?:el|la)-autora?|disclaimer|blogarchive|cookies?"
    r"|cookie-\w+|post-footer|patrocinad[oa]s?|taboola|outbrain)(?:$|[\s_-])",
    re.I,
)
_LEADS = re.compile(
    r"\W*(?:(?:le[ae]|leer|ve[ar]?|mir[ae]|escuch[ae]|puedes? (?:leer|ver)) (?:también|tambien|además|más|mas)\b"
    r"|(?:te|le) (?:puede interesar|recomendamos)\b|más (?:información|noticias)\s*:|relacionad[oa]s?\s*:"
    r"|(?:mir[ae]|ve[ar]|le[ae]|v[ií]deo)\s*:|[uú]n(?:ete|ase) a nuestr|s[ií]g[au]\w*nos en\b|suscr[ií]b[ae](?:se|te)\b"
    r"|read (?:more|also)\b|related\s*:)",
    re.I,
)
_LINES = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "div", "aside", "em", "strong"})
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "table", "section", "article", "h1", "h2", "h3", "h4", "blockquote", "figure"}
)
_LEAD_WORDS_MAX = 30
_BOXES_MAX = 200
_SHARE_MAX = 0.4
_CELL_WORDS_MIN = 60


def without_chrome(tree: Any) -> None:
    """Take it out of this tree of lxml. Takes time in proportion to the page."""
    total = sum(len(words.split()) for words in tree.itertext())
    _drop_boxes(tree, total)
    for element in [one for one in tree.iter(*_LINES) if _leads_elsewhere(one)]:
        _drop(element)
    _unfold_tables(tree)


def _drop_boxes(tree: Any, total: int) -> None:
    most = total * _SHARE_MAX
    named = [one for one in tree.iter() if isinstance(one.tag, str) and _BOXES.search(_names(one))]
    for element in named[:_BOXES_MAX]:
        if element.tag not in ("html", "body", "main", "article") and _words_up_to(element, most) < most:
            _drop(element)


def _names(element: Any) -> str:
    return f"{element.get('class', '')[:300]} {element.get('id', '')[:100]}"


def _leads_elsewhere(element: Any) -> bool:
    """A short line that begins as such lines do and has a link in it; the words around a link in a sentence stay."""
    # Boxes first: to look for a link in each of many boxes that hold one another would take the square of them.
    if any(child.tag in _BLOCKS for child in element) or next(element.iter("a"), None) is None:
        return False
    words: list[str] = []
    for piece in element.itertext():
        words += piece.split()
        if len(words) > _LEAD_WORDS_MAX:
            return False
    return _LEADS.match(" ".join(words)) is not None


def _unfold_tables(tree: Any) -> None:
    """A cell with so many words is no figure: its table lays the page out, and is one box within another."""
    for table in tree.iter("table"):
        if any(_words_up_to(cell, _CELL_WORDS_MIN) >= _CELL_WORDS_MIN for cell in _cells(table)):
            for part in (table, *_parts(table)):
                part.tag = "div"


def _parts(table: Any) -> Iterator[Any]:
    """Rows and cells of this table, not of one inside it."""
    for child in list(table):
        if child.tag in ("tbody", "thead", "tfoot", "tr"):
            yield child
            yield from _parts(child)
        elif child.tag in ("td", "th"):
            yield child


def _cells(table: Any) -> Iterator[Any]:
    return (part for part in _parts(table) if part.tag in ("td", "th"))


def _words_up_to(element: Any, most: float) -> int:
    count = 0
    for piece in element.itertext():
        count += len(piece.split())
        if count > most:
            break
    return count


def _drop(element: Any) -> None:
    """Take an element out and leave what stands behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
