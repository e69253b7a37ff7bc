"""All the text of some HTML, block by block, with the standard library alone: the plain fallback."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCK_NAMES = (
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section summary table tbody tfoot thead "
    "title tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "title"})
_CELLS = frozenset({"td", "th"})


def text_of_markup(html: str) -> str:
    """The words of `html` without its tags: a line for each block, a tab between cells."""
    collector = _Collector()
    collector.feed(html)
    collector.close()
    lines = (_tidy(line) for line in "".join(collector.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _tidy(line: str) -> str:
    return "\t".join(re.sub(r"[^\S\t]+", " ", cell).strip() for cell in line.strip().split("\t"))


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent is None and tag in _SILENT:
            self._silent = tag
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = None
        elif tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in _CELLS:
            self.pieces.append("\t")

    def parse_html_declaration(self, i: int) -> int:
        # As browsers do, a comment to the next ">": the library raises AssertionError on "<![x" (fuzzing found it).
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_data(self, data: str) -> None:
        if self._silent is None:
            self.pieces.append(re.sub(r"\s+", " ", data))
