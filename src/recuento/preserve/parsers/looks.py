"""Looks at web files that make no text: what a page shows, what a style draws in, what a feed names."""

from __future__ import annotations

from typing import Any


def look(task: str, data: bytes) -> dict[str, Any]:
    """Plain data for the border; with `fault` where the bytes do not let themselves be looked at."""
    try:
        if task == "feed":
            from recuento.preserve.parsers.feed import look_at_feed

            return look_at_feed(data)
        if task == "metadata":
            from recuento.preserve.parsers.metadata import look_at_metadata

            return look_at_metadata(data)
        from recuento.preserve.parsers.web_page import look_at_page, look_at_style

        return look_at_style(data) if task == "style" else look_at_page(data)
    except MemoryError:
        raise
    except Exception as error:
        # A parser on foreign bytes raises anything.
        return {"fault": type(error).__name__}
