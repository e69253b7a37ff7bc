"""The gold set: five stories in each layout."""

from __future__ import annotations

from news_pages import development, held_out
from news_pages.page import Page
from news_pages.story import story

STORIES = 5


def pages(*, is_held_out: bool) -> list[Page]:
    """The pages of one part, the same at every call."""
    layouts = held_out.LAYOUTS if is_held_out else development.LAYOUTS
    return [layout(story(f"{layout.__name__}-{number}")) for layout in layouts for number in range(STORIES)]
