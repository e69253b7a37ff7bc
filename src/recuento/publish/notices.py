"""Pages that stand where a page once was: that it was withdrawn, or that the newest edition does not have it."""

from __future__ import annotations

from typing import Literal

from recuento.publish.render import templates
from recuento.publish.tongue import Tongue
from recuento.values.bilingual import Language
from recuento.values.partial_date import PartialDate


def notice_page(path: str, site: str, kind: Literal["withdrawn", "moved"], month: PartialDate | None = None) -> bytes:
    """A page at `path` of a dossier called `site`, in the language of its folder. It names nothing that stood there."""
    tongue = Tongue(language_of(path))
    up = "../" * path.count("/")
    text = (
        templates()
        .get_template("notice.html")
        .render(
            L=tongue,
            site=site,
            up=up,
            home=f"{up}{tongue.language}/index.html",
            title=tongue.t(f"notice_{kind}_title"),
            text=tongue.t(f"notice_{kind}_page", month=tongue.day(month) if month is not None else ""),
        )
    )
    return f"{text}\n".encode()


def language_of(path: str) -> Language:
    """The language of a page by the folder it lies in, at the root or frozen."""
    return "en" if "en" in path.split("/")[:2] else "es"
