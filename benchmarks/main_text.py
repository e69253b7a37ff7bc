"""Main text, title, author, date and outlet of invented Spanish news pages: ours, and other extractors beside it.

    python benchmarks/preserve.py --main-text [--each]      # each layout, of those for development

135 pages in 27 layouts (tests/news_pages), 11 of them held out: looked at only for this score. Precision and recall of
runs of four words, the mean over pages; F of the means. Others are shown where they are installed. Bar: F of at least
.92 on either part.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from recuento.preserve.extract import Extraction, Extractor

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
BAR = 0.92
Extract = Callable[[str], str]


def main_text(each: bool) -> int:
    """Print the tables; 1 where ours is below the bar."""
    from news_pages.gold import pages  # type: ignore[import-not-found]

    below = 0
    with Extractor() as extractor:
        for part, is_held_out in (("development", False), ("held out", True)):
            gold = pages(is_held_out=is_held_out)
            layouts = len({one.layout for one in gold})
            print(f"{part}: {len(gold)} pages, {layouts} layouts\n{'':28} {'P':>5} {'R':>5} {'F':>5}  ms a page")
            found = [extractor.extract(one.html.encode(), "a.html") for one in gold]
            below += (
                _print_scores("ours (jailed)", gold, lambda html: _text(extractor, html), each and not is_held_out)
                < BAR
            )
            for name, extract in others():
                _print_scores(name, gold, extract, False)
            _print_fields(gold, found)
    return 1 if below else 0


def _text(extractor: Extractor, html: str) -> str:
    return extractor.extract(html.encode(), "a.html").text or ""


def _print_scores(name: str, gold: list[Any], extract: Extract, each: bool) -> float:
    from news_pages.scoring import mean, score  # type: ignore[import-not-found]

    started = time.process_time()
    texts = [extract(one.html) for one in gold]
    spent = (time.process_time() - started) * 1000 / len(gold)
    scores = [score(one, text) for one, text in zip(gold, texts, strict=True)]
    all_of_them = mean(scores)
    shown = f"{all_of_them.precision:5.3f} {all_of_them.recall:5.3f} {all_of_them.f:5.3f}"
    print(f"{name:28} {shown}  {'' if 'jailed' in name else f'{spent:6.1f}'}")
    if each:
        by_layout = defaultdict(list)
        for one, got in zip(gold, scores, strict=True):
            by_layout[one.layout].append(got)
        for layout, some in by_layout.items():
            print(f"    {layout:24} {mean(some).precision:5.3f} {mean(some).recall:5.3f} {mean(some).f:5.3f}")
    return float(all_of_them.f)


def _print_fields(gold: list[Any], found: list[Extraction]) -> None:
    """How many fields are exactly what is true; for the author also how many are told that are not so."""
    from news_pages.scoring import is_same

    pairs = list(zip(gold, found, strict=True))
    told: dict[str, list[tuple[str | None, str | None]]] = {
        "title": [(one.title, got.description.title) for one, got in pairs],
        "author": [(one.author, got.description.author) for one, got in pairs],
        "outlet": [(one.outlet, got.description.outlet) for one, got in pairs],
        "date": [(one.published, str(got.description.published or "")) for one, got in pairs],
    }
    for name, both in told.items():
        exact = sum(is_same(got, true) for true, got in both)
        missing = sum(not got and bool(true) for true, got in both)
        print(f"{name:10} exact {exact} of {len(both)}, missing {missing}, wrong {len(both) - exact - missing}")


def others() -> Iterator[tuple[str, Extract]]:
    """Other extractors, as far as they are installed."""
    import trafilatura

    yield "trafilatura", lambda html: trafilatura.extract(html, include_comments=False) or ""
    yield "trafilatura, precision", lambda html: trafilatura.extract(html, favor_precision=True) or ""
    yield "trafilatura, recall", lambda html: trafilatura.extract(html, favor_recall=True) or ""
    yield "trafilatura baseline", lambda html: trafilatura.baseline(html)[1]
    for name, made in (("readability-lxml", _readability), ("jusText", _justext), ("boilerpy3", _boilerpy)):
        try:
            yield name, made()
        except ImportError:
            print(f"{name:28} not installed")


def _readability() -> Extract:
    from readability import Document  # type: ignore[import-not-found,unused-ignore]

    from recuento.preserve.parsers.markup_text import text_of_markup

    return lambda html: text_of_markup(Document(html).summary())


def _justext() -> Extract:
    import justext  # type: ignore[import-untyped,unused-ignore]

    stop = justext.get_stoplist("Spanish")
    return lambda html: "\n".join(p.text for p in justext.justext(html, stop) if not p.is_boilerplate)


def _boilerpy() -> Extract:
    from boilerpy3.extractors import ArticleExtractor  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return lambda html: str(ArticleExtractor().get_content(html))
